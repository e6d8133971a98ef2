"""How texts are written: their length, no markup, no placeholder."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.catalogue.draft import Draft, IntentDraft
from bot.catalogue.problem import Report, shown
from bot.catalogue.rules.walk import Wording, city_words, texts, words

LONGEST_TITLE = 60
"""Characters; a title is also a button."""

ANSWER_WORDS = (40, 120)
CITY_WORDS = (15, 60)
CARRIED = (0.6, 1.5)
"""How much shorter and longer the same text may be in a language that it was translated into: Turkish, French."""

WRITTEN_FIRST = ("fi", "sv", "en")
"""Languages that texts are written in; the others are translated from them."""
MOST = {"steps": 7, "bring": 8}

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>|&(?:[a-z]+|#\d+);")
_MARKDOWN = re.compile(r"\*\*|__|\]\(|`|^#{1,6} |^[-*] ", re.MULTILINE)
_STOPS = frozenset(".,;:!?\"'»”’")
# The lengths are bounded, or a long line without a space would be read anew from each of its characters.
_URL = re.compile(r"https?:\s*//\S*|www\.\S+|[^\s@]{1,64}@[^\s@]{1,255}\.\S+|\b[\w-]{1,63}\.(?:fi|com|org|net|eu)/\S*")
_PHONE = re.compile(r"(?<![\d+])(?:\+358|0[1-9])[\d ]{4,}\d")
_PLACEHOLDER = re.compile(r"\{[^{}\n]*\}|\bTODO\b|\bTBD\b|\bFIXME\b|\bXXX+\b|\?\?\?|\blorem ipsum\b|%\(\w+\)s|%s\b")


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
    for entry in city_words(draft):
        for language, text in entry.texts.items():
            at = entry.file.at((*entry.keys, language))
            _within(at, f"{language} text", text, bounds(language, CITY_WORDS), report)


def word_count(text: str) -> int:
    """Words of a text; 1.5 Chinese characters count as one."""
    han = len(_HAN.findall(text))
    return round(han / 1.5) + len(_HAN.sub(" ", text).split() if han else text.split())


def bounds(language: str, words: tuple[int, int]) -> tuple[int, int]:
    """Least and most words of a text in `language`, given those of the languages that texts are written in."""
    if language in WRITTEN_FIRST:
        return words
    return round(words[0] * CARRIED[0]), round(words[1] * CARRIED[1])


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
        _within(wording.at, "answer", wording.text, bounds(wording.language, ANSWER_WORDS), report)


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
    if _is_plain(text):
        return
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


@lru_cache(maxsize=50_000)
def _is_plain(text: str) -> bool:
    """True for a text with nothing of what is looked for; remembered, because a reload reads the same texts again."""
    return not any(pattern.search(text) for pattern in (_TAG, _PLACEHOLDER, _URL, _MARKDOWN))


def _without_stop(url: str) -> str:
    """The link without the marks of the sentence around it, and brackets that it does not open."""
    end, surplus = len(url), url.count(")") - url.count("(")
    while end and (url[end - 1] in _STOPS or (url[end - 1] == ")" and surplus > 0)):
        end -= 1
        surplus -= url[end] == ")"
    return url[:end]


def _phones(wording: Wording, report: Report) -> None:
    """Numbers stand with the service point, where they are checked; only an urgent answer names help lines itself."""
    for phone in _PHONE.findall(wording.text):
        report.warn(*wording.found(phone), f"the phone number {shown(phone)} in a text", "give it to the service point")
