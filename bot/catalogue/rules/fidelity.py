"""Translations against their Finnish source: the same figures, as much to bring, no words left over, its own script."""

from __future__ import annotations

import re

from bot.catalogue.draft import Draft, IntentDraft, Parsed
from bot.catalogue.models.intent import TextFile
from bot.catalogue.problem import Report, shown
from bot.catalogue.rules.walk import Translations, Wording, texts, translations
from bot.catalogue.rules.wording import WRITTEN_FIRST
from bot.catalogue.source_hash import SOURCE

SCRIPTS = {
    "ru": "Ѐ-ӿ",
    "uk": "Ѐ-ӿ",
    "ar": "\u0600-\u06ff",
    "fa": "\u0600-\u06ff",
    "zh": "\u3400-\u9fff",
}
"""Language -> the letters that it is written in, where those are not Latin."""

_OWN = {language: re.compile(f"[{letters}]") for language, letters in SCRIPTS.items()}
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
_NUMBER = re.compile(r"\d+")
_DATE = re.compile(r"\b\d{1,2}\.(\d{1,2})\.(?:\d{4})?")

TELLING = 40
"""Characters from which a text's script is judged, and from which two equal texts are no coincidence."""

LONGEST_NUMBER = 40
"""Digits of a number that a message shows."""

LEAST = {"zh": 0.25}
"""Own letters for each Latin one, where that is not a half: one Chinese character is worth several letters."""


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family."""
    for intent in draft.intents.values():
        source = intent.texts.get(SOURCE)
        for language, file in intent.texts.items():
            if source and language != SOURCE and source.model.answer and file.model.answer:
                _bring(file, len(source.model.bring), report)
                _figures(file.at(("answer",)), _written(file), _written(source), report)
        _left_over(intent, report)
        for wording in texts(intent):
            _script(wording, report)
    for entry in translations(draft):
        origin = entry.texts.get(SOURCE)
        for language, text in entry.texts.items():
            keys = (*entry.keys, language)
            _script(Wording(entry.file, keys, language, "words", text), report)
            if origin and language != SOURCE:
                _figures(entry.file.at(keys), text, origin, report)
                _copied(entry, language, report)


def _bring(file: Parsed[TextFile], expected: int, report: Report) -> None:
    """Nothing that one needs is missing."""
    count = len(file.model.bring)
    if count != expected:
        what = f"{count} entries in `bring`, {SOURCE}.yaml has {expected}"
        report.warn(*file.at(("bring",)), what, "translate the same things")


def _figures(at: tuple[str, int], text: str, source: str, report: Report) -> None:
    """Every number of the Finnish text, and none that it does not have: 8 years stay 8 years."""
    here, there = set(_NUMBER.findall(text)), set(_NUMBER.findall(source))
    # A month may be a word.
    months = {month for date in _DATE.findall(source) for month in (date, date.lstrip("0"), date.zfill(2))}
    # A single digit that the Finnish text lacks may be a word there: `kolme toivetta`, "3 wishes".
    lacks, more = there - here - months, {number for number in here - there - months if len(number) > 1}
    said = [f"lacks {_listed(lacks)}, which the Finnish text has"] if lacks else []
    said += [f"has {_listed(more)}, which the Finnish text lacks"] if more else []
    if said:
        report.warn(*at, f"the text {', and '.join(said)}", "say the same figures, in digits 0-9")


def _listed(numbers: set[str]) -> str:
    first = sorted(numbers, key=lambda number: (len(number), number))[:5]
    return ", ".join(number if len(number) <= LONGEST_NUMBER else f"{number[:LONGEST_NUMBER]}…" for number in first)


def _written(file: Parsed[TextFile]) -> str:
    """Everything undated that residents read."""
    model = file.model
    return "\n".join([model.answer or "", *model.steps, *model.bring])


def _left_over(intent: IntentDraft, report: Report) -> None:
    """No sentence of one language stands unchanged in another's file."""
    seen: dict[str, str] = {}
    for wording in texts(intent):
        if len(wording.text) < TELLING:
            continue
        other = seen.setdefault(wording.text.strip(), wording.language)
        if other != wording.language:
            what = f"the text {shown(wording.text.strip())} stands in {other}.yaml too"
            report.warn(*wording.at, what, f"write it in {wording.language}")


def _copied(entry: Translations, language: str, report: Report) -> None:
    """The same for a mapping of languages; names may be alike."""
    text = entry.texts[language].strip()
    twin = next((code for code in WRITTEN_FIRST if entry.texts.get(code, "").strip() == text), language)
    if twin != language and len(text) >= TELLING and len(text.split()) > TELLING // 8:
        at = entry.file.at((*entry.keys, language))
        report.warn(*at, f"the text under {shown(language)} is that under {shown(twin)}", "translate it")


def _script(wording: Wording, report: Report) -> None:
    """A text in Cyrillic, Arabic or Chinese letters; official terms in brackets stay as they are."""
    own = _OWN.get(wording.language)
    if own is None:
        return
    bare = _BRACKETS.sub(" ", wording.text)
    if len(bare) < TELLING:
        return
    letters, latin = len(own.findall(bare)), len(_LATIN.findall(bare))
    if letters < latin * LEAST.get(wording.language, 0.5):
        what = f"the {wording.language} text has {latin} Latin letters and {letters} of its own script"
        report.warn(*wording.at, what, "write it in the language's own letters")
