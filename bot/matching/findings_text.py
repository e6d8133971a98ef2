"""The findings of `overmatch` as an editor reads them: where, what is wrong, how to mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType

from bot.matching import table
from bot.matching.findings import ENOUGH, Confusion, Elsewhere, Near, Overmatch, Same, Thin

LONGEST = 90
"""Characters of a message that are quoted."""


Reasons = Mapping[frozenset[str], str]
"""Two intents -> what sets them apart, in their editors' words."""


def unexplained(found: Overmatch, reasons: Reasons) -> tuple[Confusion, ...]:
    """Pairs that are often confused and whose editors have not said what sets them apart."""
    return tuple(one for one in found.confusions if one.wants_reason and one.pair not in reasons)


def render(
    found: Overmatch, limit: int | None, *, strict: bool = False, reasons: Reasons = MappingProxyType({})
) -> str:
    """All sections, at most `limit` lines of each; with `strict`, clear cases are errors."""
    repeated = [same for same in found.same if same.fault]
    sections = (
        (
            "Examples that seem to belong elsewhere, the surest first",
            [_elsewhere(one, strict=strict) for one in found.elsewhere],
        ),
        (
            "Intents that are taken for each other, the most confused first",
            [_confusion(one, reasons) for one in found.confusions],
        ),
        ("The same words twice", [_same(one) for one in repeated]),
        (
            "Nearly the same words under two intents: confusing",
            [_near(one) for one in found.near if one.across_intents],
        ),
        (
            "Nearly the same words twice in one file: wasted",
            [_near(one) for one in found.near if not one.across_intents],
        ),
        ("Intents with too few or badly recognised examples, the worst first", [_thin(one) for one in found.thin]),
    )
    parts = [_section(title, lines, limit) for title, lines in sections]
    return "\n\n".join([*parts, "\n".join(_summary(found, len(repeated), reasons))])


def _section(title: str, lines: Sequence[str], limit: int | None) -> str:
    """A title with how many there are, and the first of them."""
    shown = lines[:limit]
    count = "none" if not lines else str(len(lines))
    cut = f"; the first {len(shown)}, more with --limit" if len(shown) < len(lines) else ""
    return "\n".join([f"{title}: {count}{cut}", *shown])


def _elsewhere(found: Elsewhere, *, strict: bool) -> str:
    here, like = found.example, found.like
    return (
        f"{here.place}: {'error' if strict and found.clear else 'warning'}: {_quoted(here.text)} under {here.intent} "
        f"reads as {found.other}, like {_quoted(like.text)} ({like.place}); "
        f"move it there, or say in it what makes it {here.intent}"
    )


def _confusion(found: Confusion, reasons: Reasons) -> str:
    languages = [f"{code} {count}" for code, count in islice(found.languages.items(), 3)]
    where = f"mostly in {found.language}: " if found.language else ""
    more = f" and {len(found.languages) - 3} more" if len(found.languages) > 3 else ""
    reason = reasons.get(found.pair)
    if reason:
        said = f"; known: {reason}"
    else:
        said = "; say under `near` in an intent.yaml of the two what sets them apart" if found.wants_reason else ""
    return (
        f"  {found.first} / {found.second}: "
        f"{found.first_as_second} of {found.first_examples} taken for {found.second}, "
        f"{found.second_as_first} of {found.second_examples} for {found.first} ({where}{', '.join(languages)}{more})"
        f"{said}"
    )


def _same(found: Same) -> str:
    first, *others = found.examples
    if found.across_intents:
        mend = "keep it under the intent that a resident would mean"
    else:
        # Of a group that is one intent's, only those of one language are too many.
        first, *others = next(
            [one for one in found.examples if one.language == language]
            for language in {one.language for one in found.examples}
            if sum(one.language == language for one in found.examples) > 1
        )
        mend = "write a different one"
    also = ", ".join(f"{one.intent} ({one.place})" for one in others[:3])
    more = f" and {len(others) - 3} more" if len(others) > 3 else ""
    return f"{first.place}: warning: {_quoted(first.text)} under {first.intent} also stands under {also}{more}; {mend}"


def _near(found: Near) -> str:
    one, other = found.one, found.other
    if found.across_intents:
        under, there, mend = f" under {one.intent}", f"{other.intent}, ", "say in each what sets it apart"
    else:
        under, there, mend = "", "", "write one of them differently"
    repeated = f", and so in other languages ({found.repeated} more)" if found.repeated else ""
    return (
        f"{one.place}: warning: {_quoted(one.text)}{under} is nearly {_quoted(other.text)} "
        f"({there}{other.place}){repeated}; {mend}"
    )


def _thin(found: Thin) -> str:
    start = f"{found.first.place}: warning: {found.intent} in {found.language}: "
    taken = ", ".join(f"{intent} ({count})" for intent, count in found.taken_for)
    recognised = (
        f"{found.recognised} of {found.examples} examples are recognised, usual in {found.language} are "
        f"{100 * found.usual:.0f} %"
    )
    if found.few:
        return f"{start}{found.different} different examples, {recognised}; write at least {ENOUGH}"
    others = f", others are taken for {taken}" if taken else ""
    return f"{start}only {recognised}{others}; say in them what sets {found.intent} apart"


def _summary(found: Overmatch, repeated: int, reasons: Reasons) -> Iterator[str]:
    """How many were recognised in every language, and what is to be done."""
    rows = [
        (code, str(figures.examples), table.percent(figures.top1), table.percent(figures.top3))
        for code, figures in (*found.languages.items(), ("all", found.total))
    ]
    yield "Left out and recognised again, as the first intent and among the first three"
    yield table.aligned(("language", "examples", "first %", "three %"), rows)
    terms = len(found.same) - repeated
    if terms:
        yield f"{terms} messages stand in several languages of one intent; that is no fault."
    often = sum(one.wants_reason for one in found.confusions)
    yield (
        f"{found.intents} intents: {len(found.elsewhere)} examples seem to belong elsewhere "
        f"({len(found.clear)} quite clearly), {len(found.confusions)} pairs of intents are confused "
        f"({often} often, {len(unexplained(found, reasons))} of these without a reason), {repeated} "
        f"messages stand twice, {len(found.near)} nearly so, {len(found.thin)} intents are thin in a language."
    )


def _quoted(text: str) -> str:
    """A message in backticks on one line, cut to `LONGEST` characters."""
    line = "".join(character if character.isprintable() else " " for character in text)
    return f"`{line if len(line) <= LONGEST else line[: LONGEST - 1] + '…'}`"
