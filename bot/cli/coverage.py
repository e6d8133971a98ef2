"""`neuvoja coverage`: what is answered in which language and city, and what is missing or old."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import AsJson, Intents, Knowledge, data, draft, fail

if TYPE_CHECKING:
    from rich.table import Table

    from bot.catalogue.coverage import Cell, Coverage

Lang = Annotated[str | None, typer.Option("--lang", help="Only this language.", show_default=False)]


def command(
    lang: Lang = None, *, as_json: AsJson = False, intents: Intents = None, knowledge: Knowledge = None
) -> None:
    """Show what the catalogue covers: intents by language, parts by city, and what is missing or old."""
    from bot.catalogue.coverage import coverage  # reads YAML, which the running bot starts without

    found = draft(data(intents, knowledge))
    languages = found.language_codes() or []
    if lang is not None and lang not in languages:
        fail(f"--lang {lang}: not one of {', '.join(languages)}")
    covered = coverage(found, lang)
    if as_json:
        print(json.dumps(_values(covered), ensure_ascii=False, indent=2))
        return
    from rich.console import Console

    console = Console()
    for table in (_by_language(covered), _by_topic(covered), _by_city(covered)):
        console.print(table)
    print("\n".join(_lists(covered)))


def _by_language(covered: Coverage) -> Table:
    """A row a language: its intents by state, and what weakens it."""
    from bot.catalogue.coverage import State

    table = _table("Intents by language", "language", *State, "thin", "no hash")
    for language, tier in covered.tiers.items():
        states = covered.states(language=language)
        cells = list(covered.of(language))
        counts = [states[state] for state in State]
        weak = [sum(cell.is_thin for cell in cells), sum(cell.unstamped for cell in cells)]
        table.add_row(f"{language} {tier}", *(str(number or "") for number in (*counts, *weak)))
    return table


def _by_topic(covered: Coverage) -> Table:
    """A row a topic: how many of its intents are complete in each language that residents are answered in."""
    from bot.catalogue.coverage import State

    languages = _answering(covered)
    table = _table("Complete by topic and language", "topic", "intents", *languages)
    for topic in covered.topics():
        states = [covered.states(language=language, topic=topic) for language in languages]
        total = sum(covered.states(language=next(iter(covered.tiers)), topic=topic).values())
        table.add_row(topic, str(total), *(_share(counts[State.COMPLETE], total) for counts in states))
    totals = [covered.states(language=language) for language in languages]
    total = len({cell.intent for cell in covered.cells})
    table.add_section()
    table.add_row("all", str(total), *(_share(counts[State.COMPLETE], total) for counts in totals))
    return table


def _by_city(covered: Coverage) -> Table:
    """A row a city: the intents that it has its own part of, and in which languages."""
    languages = _answering(covered)
    differing = len({intent for _, intent in covered.parts})
    table = _table("City parts", "city", "parts", *languages)
    for city in covered.cities:
        said = [codes for (owner, _), codes in covered.parts.items() if owner == city]
        by_language = (_share(sum(code in codes for codes in said), len(said)) for code in languages)
        table.add_row(city, _share(len(said), differing), *by_language)
    return table


def _table(title: str, first: str, *others: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(
        title=title,
        title_justify="left",
        min_width=len(title),
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        collapse_padding=True,
    )
    table.add_column(first, no_wrap=True)
    for name in others:
        table.add_column(name, justify="right")
    return table


def _answering(covered: Coverage) -> list[str]:
    """Languages with answers: those the bot writes, those it may write soon, and the one asked about."""
    from bot.catalogue.coverage import ANSWERED

    if len(covered.tiers) == 1:
        return list(covered.tiers)
    begun = {cell.language for cell in covered.cells if cell.state in ANSWERED}
    return [code for code in covered.tiers if code in covered.written or code in begun]


def _share(number: int, of: int) -> str:
    """`12` where all are there, `9/12` where some are missing."""
    return str(number) if number == of else f"{number}/{of}"


def _lists(covered: Coverage) -> Iterator[str]:
    """What is missing, a file a line."""
    from bot.catalogue.coverage import ANSWERED, State

    cells = list(covered.of(*_answering(covered)))
    yield from _section("No answer", (_line(cell, cell.state) for cell in cells if cell.state not in ANSWERED))
    old = "older than its Finnish source; translate what changed, then: neuvoja stamp"
    outdated = (cell for cell in covered.cells if cell.state is State.OUTDATED)
    yield from _section("Outdated", (_line(cell, f"{old} {cell.language} {cell.intent}") for cell in outdated))
    unreviewed = (cell for cell in covered.cells if cell.state is State.UNREVIEWED)
    yield from _section("Unreviewed", (_line(cell, "translated, not reviewed") for cell in unreviewed))
    gaps = (
        f"{gap.path}: {'no ' + ', '.join(gap.languages) if gap.languages else 'missing: other cities have a part'}"
        for gap in covered.part_gaps
    )
    yield from _section("City parts that lack a city or a language", gaps)
    thin = (_line(cell, f"{cell.examples} different examples") for cell in covered.cells if cell.is_thin)
    yield from _section("Thin: fewer than 24 different examples", thin)
    unstamped = sum(cell.unstamped for cell in covered.cells)
    if unstamped:
        yield f"{unstamped} translations hold no source_hash: they may be older than the Finnish text."


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading with how many lines it has, and the lines."""
    found = list(lines)
    yield f"{heading}: {len(found)}"
    if found:
        yield from found
        yield ""


def _line(cell: Cell, what: str) -> str:
    return f"{cell.path}: {what}"


def _values(covered: Coverage) -> dict[str, object]:
    """The same as data, with the whole matrix."""
    from bot.catalogue.coverage import State

    def counted(language: str, topic: str | None = None) -> dict[str, int]:
        states = covered.states(language=language, topic=topic)
        return {state.value: states[state] for state in State}

    matrix: dict[str, dict[str, object]] = {}
    for cell in covered.cells:
        cities = {city: codes for city in covered.cities if (codes := covered.parts.get((city, cell.intent)))}
        row = matrix.setdefault(cell.intent, {"topic": cell.topic, "languages": {}, "cities": cities})
        languages = row["languages"]
        assert isinstance(languages, dict)
        languages[cell.language] = {
            "state": cell.state.value,
            "examples": cell.examples,
            "thin": cell.is_thin,
            "source_hash": not cell.unstamped,
            "path": cell.path,
        }
    return {
        "total": len(matrix),
        "languages": {code: {"tier": tier, **counted(code)} for code, tier in covered.tiers.items()},
        "topics": {topic: {code: counted(code, topic) for code in covered.tiers} for topic in covered.topics()},
        "intents": matrix,
        "city_part_gaps": [
            {"intent": gap.intent, "city": gap.city, "path": gap.path, "languages": list(gap.languages)}
            for gap in covered.part_gaps
        ],
    }
