"""The advisor's guide, in both its languages: it names what there is, all of it, and quotes the bot's real words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import bot
from bot.locales import translator
from bot.telegram.desk_commands import COMMANDS
from bot.telegram.menu import _commands

CODE = Path(bot.__file__).parent
DOCS = CODE.parent / "docs"
GUIDES = {"en": "advisors.md", "fi": "advisors.fi.md"}
QUOTES = {"en": re.compile("“([^”]+)”"), "fi": re.compile("”([^”]+)”")}
COMMAND = re.compile(r"(?<![\w/.:<])/([a-z]+)")
BUTTON = re.compile(r"\[([^\]]+)\](?!\()")
TELLING = 12
"""Characters beside its {placeholders} that a text needs: others would fit any quote."""
DESK_BUTTONS = ("rendering/desk.py", "telegram/linking.py")
RESIDENTS_BUTTONS = ("rendering/handover.py",)

each_guide = pytest.mark.parametrize("language", GUIDES)


def guide(language: str) -> str:
    return (DOCS / GUIDES[language]).read_text(encoding="utf-8")


def commands(language: str) -> set[str]:
    """The commands that a guide tells one to write; a slip that the bot is quoted with is none."""
    return set(COMMAND.findall(QUOTES[language].sub("", guide(language))))


def labels(modules: tuple[str, ...], language: str) -> dict[str, re.Pattern[str]]:
    """The buttons that the code makes with words of its own, by their words in `language`."""
    found = [text for module in modules for text in _texts(CODE / module)]
    return {text: _pattern(translator(language).catalogue.gettext(text)) for text in found}


def _texts(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name("Button"), args=[ast.Call(args=[ast.Constant(str(text)), *_]), *_]):
                yield text


def _pattern(text: str) -> re.Pattern[str]:
    """What a text looks like with anything in the place of its {placeholders}."""
    return re.compile("[^.?!:]{1,30}".join(re.escape(part) for part in re.split(r"\{\w+\}", text)))


def sentences(language: str) -> list[re.Pattern[str]]:
    """Everything the bot says in `language`: whole texts, and what they consist of."""
    with (CODE / "locales" / "fi.po").open("rb") as po:
        texts = [str(one.id if language == "en" else one.string) for one in read_po(po, locale="fi") if one.id]
    parts = [part for text in texts for part in (text, *re.split(r"(?<=[.?!])\s", text))]
    return [_pattern(part.rstrip(".")) for part in parts if len(re.sub(r"\{\w+\}", "", part)) >= TELLING]


@each_guide
def test_the_guide_names_every_command_and_no_other(language: str) -> None:
    named = commands(language)
    assert {*COMMANDS, "desk"} - named == set(), "commands that the guide does not tell of"
    assert named - {*COMMANDS, "desk", *(one.command for one in _commands("en"))} == set(), "there are no such commands"


@each_guide
def test_the_guide_names_every_button_and_no_other(language: str) -> None:
    named = BUTTON.findall(guide(language))
    desk, residents = labels(DESK_BUTTONS, language), labels(RESIDENTS_BUTTONS, language)
    assert len(desk) > 7
    missing = [text for text, pattern in desk.items() if not any(map(pattern.fullmatch, named))]
    assert missing == [], "buttons that the guide does not tell of"
    known = [*desk.values(), *residents.values()]
    assert [label for label in named if not any(one.fullmatch(label) for one in known)] == [], "no such buttons"


@each_guide
def test_the_guide_quotes_what_the_bot_says(language: str) -> None:
    said = sentences(language)
    quoted = [quote for quote in QUOTES[language].findall(guide(language)) if " " in quote]
    assert len(quoted) > 15
    assert [quote for quote in quoted if not any(one.fullmatch(quote.rstrip(".")) for one in said)] == []


def test_both_guides_tell_the_same() -> None:
    """As many quotes, buttons, commands, tables and sections: what one tells the other does not leave out."""
    shapes = []
    for language in GUIDES:
        text = guide(language)
        lines = [line[:1] for line in text.splitlines() if line[:1] in {"#", "|", "*"}]
        quotes = [quote for quote in QUOTES[language].findall(text) if " " in quote]
        shapes.append((lines, len(quotes), len(BUTTON.findall(text)), COMMAND.findall(QUOTES[language].sub("", text))))
    assert shapes[0] == shapes[1]
