"""How texts are written: their length, no markup, no placeholder, no promise of an outcome."""

from __future__ import annotations

import re

from bot.catalogue.draft import Draft, IntentDraft
from bot.catalogue.problem import Report, shown
from bot.catalogue.rules.walk import Wording, city_words, texts, words

LONGEST_TITLE = 60
"""Characters; a title is also a button."""

ANSWER_WORDS = (40, 120)
CITY_WORDS = (15, 60)
MOST = {"steps": 7, "bring": 8}

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>|&(?:[a-z]+|#\d+);")
_MARKDOWN = re.compile(r"\*\*|__|\]\(|`|^#{1,6} |^[-*] ", re.MULTILINE)
_URL = re.compile(r"https?:\s*//\S*|www\.\S+|\S+@\S+\.\S+|\b[\w-]+\.(?:fi|com|org|net|eu)/\S*")
_PHONE = re.compile(r"(?<![\d+])(?:\+358|0[1-9])[\d ]{4,}\d")
_PLACEHOLDER = re.compile(r"\{[^{}\n]*\}|\bTODO\b|\bTBD\b|\bFIXME\b|\bXXX+\b|\?\?\?|\blorem ipsum\b|%\(\w+\)s|%s\b")
PROMISES = {
    "fi": (
        r"saat (?:varmasti|aina|taatusti)|varmasti saat|saat (?:oleskelu|työ)luvan\b|saat kansalaisuuden|"
        r"sinulle myönnetään|hakemuksesi hyväksytään|(?:lupaamme|takaamme)\b|päätös on myönteinen"
    ),
    "sv": (
        r"du kommer att (?:få|beviljas)|du får (?:säkert|garanterat|alltid)|du beviljas|"
        r"din ansökan (?:godkänns|kommer att godkännas)|vi (?:lovar|garanterar)|garanterat\b"
    ),
    "en": (
        r"you will (?:get|be granted|certainly|definitely|always)|you are (?:guaranteed|sure to)|"
        r"(?:will be|is) (?:approved|granted) (?:to you|for sure)|your application will be (?:approved|accepted)|"
        r"we (?:promise|guarantee)"
    ),
}
"""Phrases that promise how a matter will be decided."""

_PROMISES = {language: re.compile(rf"\b(?:{pattern})", re.IGNORECASE) for language, pattern in PROMISES.items()}


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family."""
    for intent in draft.intents.values():
        for wording in texts(intent):
            _length(wording, intent, report)
            if intent.facts and intent.facts.model.urgency == "normal":
                _phones(wording, report)
        _entries(intent, report)
    for wording in words(draft):
        _markup(wording, report)
        _promise(wording, report)
    for entry in city_words(draft):
        for language, text in entry.texts.items():
            _within(entry.file.at((*entry.keys, language)), f"{language} text", text, CITY_WORDS, report)


def word_count(text: str) -> int:
    """Words of a text; 1.5 Chinese characters count as one."""
    han = len(_HAN.findall(text))
    return round(han / 1.5) + len(_HAN.sub(" ", text).split() if han else text.split())


def _within(at: tuple[str, int], name: str, text: str, bounds: tuple[int, int], report: Report) -> None:
    """Warns about a text outside its bounds."""
    count, (least, most) = word_count(text), bounds
    if not least <= count <= most:
        report.warn(*at, f"the {name} has {count} words", f"write {least} to {most}")


def _length(wording: Wording, intent: IntentDraft, report: Report) -> None:
    """A title that fits a button; an answer long enough to help and short enough to be read."""
    if wording.role == "title":
        if len(wording.text) > LONGEST_TITLE:
            mend = f"shorten it to {LONGEST_TITLE}: it is also a button"
            report.error(*wording.at, f"the title has {len(wording.text)} characters", mend)
        if "\n" in wording.text:
            report.error(*wording.at, "the title has several lines", "write one line")
    elif wording.role == "answer" and intent.facts is not None and not intent.is_dialogue:
        _within(wording.at, "answer", wording.text, ANSWER_WORDS, report)


def _entries(intent: IntentDraft, report: Report) -> None:
    """Few enough steps and things to bring."""
    for file in intent.texts.values():
        for key, most in MOST.items():
            count = len(getattr(file.model, key))
            if count > most:
                report.warn(*file.at((key,)), f"{count} entries in {shown(key)}", f"at most {most} are read")


def _markup(wording: Wording, report: Report) -> None:
    """Texts are plain: the bot writes the markup, points and sources hold the links."""
    text = wording.text
    for tag in _TAG.findall(text):
        report.error(*wording.found(tag), f"HTML {shown(tag)} in a text", "take it out: texts are plain")
    for placeholder in _PLACEHOLDER.findall(text):
        what = f"the placeholder {shown(placeholder)} in a text"
        report.error(*wording.found(placeholder), what, "write the words that belong there")
    for url in map(_without_stop, _URL.findall(text)):
        mend = "links belong into `sources` or the service point"
        report.warn(*wording.found(url), f"the link {shown(url)} in a text", mend)
    for mark in _MARKDOWN.findall(text):
        report.warn(*wording.found(mark.strip()), f"markdown {shown(mark.strip(), 5)} in a text", "texts are plain")


def _without_stop(url: str) -> str:
    """The link without the marks of the sentence around it."""
    bare: str = url.rstrip(".,;:!?\"'»”’")
    return _without_stop(bare[:-1]) if bare.endswith(")") and bare.count(")") > bare.count("(") else bare


def _phones(wording: Wording, report: Report) -> None:
    """Numbers stand with the service point, where they are checked; only an urgent answer names help lines itself."""
    for phone in _PHONE.findall(wording.text):
        report.warn(*wording.found(phone), f"the phone number {shown(phone)} in a text", "give it to the service point")


def _promise(wording: Wording, report: Report) -> None:
    """No text says how a matter will be decided."""
    pattern = _PROMISES.get(wording.language)
    for match in pattern.finditer(wording.text) if pattern else ():
        phrase = match.group()
        mend = "guidance decides nothing: say who decides and what is looked at"
        report.warn(*wording.found(phrase), f"{shown(phrase)} promises an outcome", mend)
