"""The interface in every language of bot/locales: complete, without leftovers, with the same placeholders."""

import ast
import re
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po

import bot
from bot.guidance.holidays import holiday
from bot.locales import translator
from bot.rendering.holidays import holiday_name

ROOT = Path(bot.__file__).parent
SOURCES = sorted(ROOT.rglob("*.py"))
CATALOGUES = sorted((ROOT / "locales").glob("*.po"))
KEYWORDS = {"tr": (1,), "plural": (1, 2)}
LABEL = 34
EMOJI = re.compile(r"[\u2600-\u27bf\U0001f300-\U0001faff]")

every_catalogue = pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)


@cache
def calls() -> list[tuple[str, ast.Call]]:
    """Every call in the code with its place."""
    return [
        (f"{source.relative_to(ROOT.parent)}:{node.lineno}", node)
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.Call)
    ]


@cache
def used() -> frozenset[str | tuple[str, ...]]:
    """The texts of the code, a plural as its two forms."""
    return frozenset(
        message for source in SOURCES for _, message, _, _ in extract("python", BytesIO(source.read_bytes()), KEYWORDS)
    )


@cache
def catalogue(path: Path) -> Catalog:
    with path.open("rb") as po:
        return read_po(po, locale=path.stem, abort_invalid=True)


def messages(path: Path) -> list[Message]:
    return [message for message in catalogue(path) if message.id]


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> set[str]:
    return {f"{name}!{change}:{spec}" for _, name, spec, change in Formatter().parse(text) if name is not None}


def function(call: ast.expr) -> str | None:
    """The name of the function that is called, without what it belongs to."""
    if not isinstance(call, ast.Call):
        return None
    match call.func:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
    return None


def literal(call: ast.expr) -> str | None:
    match call:
        case ast.Call(args=[ast.Constant(str(text)), *_]):
            return text
    return None


def test_there_are_texts_and_catalogues():
    assert len(used()) > 100
    assert {"fi", "sv"} <= {path.stem for path in CATALOGUES}


def test_the_extractor_finds_every_text():
    # Babel knows a text by the word before its bracket: tr("..."), but neither tr(moment)("...") nor words("...").
    hidden = [
        f"{place}: {literal(call)}"
        for place, call in calls()
        if function(call.func) in {"tr", "translator"} and literal(call) is not None
    ]
    unknown = [
        place
        for place, call in calls()
        if isinstance(call.func, ast.Name) and function(call) == "tr" and literal(call) is None
    ]
    assert not hidden
    assert not unknown


@every_catalogue
def test_every_text_is_translated(path):
    translated = {forms(message.id): message for message in messages(path)}
    missing = [text for text in used() if forms(text) not in translated]
    empty = [message.id for message in messages(path) if not all(forms(message.string))]
    assert not missing
    assert not empty
    assert not [message.id for message in messages(path) if message.fuzzy]


@every_catalogue
def test_no_text_is_left_over(path):
    wanted = {forms(text) for text in used()}
    assert not [message.id for message in messages(path) if forms(message.id) not in wanted]
    assert not catalogue(path).obsolete


@every_catalogue
def test_plural_forms_are_complete(path):
    plurals = [message for message in messages(path) if message.pluralizable]
    assert plurals
    assert not [message.id for message in plurals if len(forms(message.string)) != catalogue(path).num_plurals]
    # The file's own rule is what gettext follows; the language's rule is what Babel knows.
    known = Catalog(locale=path.stem)
    assert f"nplurals={known.num_plurals}; plural={known.plural_expr};" in path.read_text("utf-8")


@every_catalogue
def test_placeholders_commands_and_emoji_are_kept(path):
    for message in messages(path):
        source, *translations = forms(message.id)[-1], *forms(message.string)
        for text in translations:
            assert placeholders(text) == placeholders(source), message.id
            assert sorted(re.findall(r"(?<!\w)/[a-z]+", text)) == sorted(re.findall(r"(?<!\w)/[a-z]+", source)), text
            assert EMOJI.findall(text) == EMOJI.findall(source), text
            assert text == text.strip(), text
            assert not re.search(r"[<>&]", text), text


@pytest.mark.parametrize("language", ["en", *(path.stem for path in CATALOGUES)])
def test_button_labels_fit(language):
    tr = translator(language)
    labels = [
        text
        for _, call in calls()
        if function(call) in {"Button", "Screen"}
        for value in [*call.args[:1], *(word.value for word in call.keywords if word.arg in {"text", "ask_location"})]
        if function(value) == "tr" and (text := literal(value)) is not None
    ]
    assert len(labels) > 10
    shown = [tr.catalogue.gettext(label) for label in labels]
    assert not [label for label in shown if len(label) > LABEL]


@every_catalogue
def test_header_names_the_project_and_no_person(path):
    header = path.read_text("utf-8").split("\n\n", 1)[0]
    assert '"Project-Id-Version: neuvoja ' in header
    assert '"Language-Team: neuvoja\\n"' in header
    assert "@" not in header
    assert "Creation-Date" not in header


def test_finnish_holidays_are_the_calendar_s():
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    names = {name for day in days if (name := holiday(day))}
    assert len(names) > 15
    assert {holiday_name(name, translator("fi")) for name in names} == {name.lower() for name in names}
    assert not {holiday_name(name, translator("sv")) for name in names} & names


def test_translator_fills_and_counts():
    assert translator("fi")("City: {city}", city="Espoo") == "Kaupunki: Espoo"
    assert translator("sv")("City: {city}", city="Esbo") == "Stad: Esbo"
    stored = (
        "Everything that is stored about you: your settings and {n} message.",
        "Everything that is stored about you: your settings and {n} messages.",
    )
    assert translator("fi").plural(*stored, 1).endswith("1 viesti.")
    assert translator("fi").plural(*stored, 7).endswith("7 viestiä.")
    assert translator("sv").plural(*stored, 7).endswith("7 meddelanden.")
