"""Plain language, measured: long sentences and words, and words of offices, in answers, steps and city parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from bot.catalogue.draft import Draft, Parsed
from bot.catalogue.problem import Report, shown
from bot.catalogue.rules.walk import city_words, texts
from bot.catalogue.yaml_file import KeyPath

LONGEST_SENTENCE = 22
"""Words of one sentence."""

LONGEST_MEAN = 14
"""Words of a sentence on average, in a text of two sentences and more."""

LONG_WORD = {"fi": 14, "sv": 14, "en": 10}
"""Letters from which a word is long; of `e-palvelu` the longest part counts."""

MOST_LONG = {
    "fi": {"answer": 0.16, "steps": 0.18, "text": 0.24},
    "sv": {"answer": 0.10, "steps": 0.12, "text": 0.17},
    "en": {"answer": 0.11, "steps": 0.14, "text": 0.17},
}
"""Share of long words in a text: one in a hundred of the first 152 answers, 138 steps and 240 city parts had more."""

SHORTEST = 12
"""Words below which a share says nothing."""

PLAIN: Mapping[str, Mapping[str, str]] = {
    "fi": {
        "mikäli": "jos",
        "ellei": "jos ei",
        "jollei": "jos ei",
        "taikka": "tai",
        "kyseinen": "tämä",
        "kyseis*": "tämä",
        "edellyt*": "vaatia, tarvita",
        "suoritta*": "tehdä, maksaa",
        "suorite*": "tehdä, maksaa",
        "toimita*": "lähetä, vie",
        "toimitta*": "lähettää, viedä",
        "välittömästi": "heti",
        "viipymättä": "heti",
        "välityksellä": "ja kerro, kenen kautta",
        "toimesta": "ja kerro, kuka tekee",
        "johdosta": "takia",
        "puitteissa": "ja kerro, missä",
        "koskien": "-sta, -stä",
        "liittyen": "-sta, -stä",
        "asianomai*": "tämä, oma",
        "tarkoituksenmuk*": "sopiva",
        "ajantasai*": "uusin, tämänhetkinen",
        "muutoksenhaku": "valitus",
        "varataan": "varaa",
        "täytetään": "täytä",
        "lähetetään": "lähetä",
        "ilmoitetaan": "ilmoita",
        "ilmoittaudutaan": "ilmoittaudu",
        "otetaan yhteyttä": "ota yhteyttä",
    },
    "sv": {
        "samt": "och",
        "skall": "ska",
        "ej": "inte",
        "endast": "bara",
        "dock": "men",
        "huruvida": "om",
        "såvida": "om",
        "erhåll*": "få",
        "erford*": "behövs",
        "ombesörj*": "ordna",
        "tillhandahåll*": "ge, ordna",
        "inneha*": "ha",
        "uppvisa*": "visa",
        "omgående": "genast",
        "beträffande": "om",
        "angående": "om",
        "rörande": "om",
        "avseende": "om",
        "vederbörande": "du, den",
        "förutsätt*": "kräver, du behöver",
        "i enlighet med": "enligt",
        "med anledning av": "på grund av",
        "i samband med": "när, vid",
        "gällande": "aktuell, nuvarande",
        "den sökande*": "du, den som söker",
        "ombeds": "man ber dig",
        "åtgärdas": "och säg vem som ordnar det",
        "fylls i": "fyll i",
    },
    "en": {
        "prior to": "before",
        "in order to": "to",
        "in accordance with": "by, under",
        "pursuant to": "under",
        "in the event of": "if",
        "regarding": "about",
        "concerning": "about",
        "commence*": "begin",
        "terminate*": "end",
        "obtain*": "get",
        "submit*": "send, hand in",
        "notify": "tell",
        "notifies": "tells",
        "provide": "give, run",
        "provides": "gives, runs",
        "purchase*": "buy",
        "reside": "live",
        "resides": "lives",
        "shall": "must",
        "utilise*": "use",
        "upon": "when, on",
        "approximately": "about",
        "additional": "extra, more",
        "sufficient": "enough",
        "subsequently": "later",
        "eligible": "and say who can apply",
        "the applicant": "you",
        "persons": "people",
        "aforementioned": "this",
    },
}
"""Words of offices, passives where the reader should be told what to do, and what to write instead; `*` ends a stem."""

_MUST = re.compile(r"\bon (?:itse |yleensä |aina |yhä |myös |silti )?\w{2,}(?:ttava|ttävä|tava|tävä)\b")
"""Finnish `on käytävä`, where speech says `pitää käydä`."""

_ENDS = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[\"“”‘(]?[^\W\d_a-zåäö])|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_HYPHEN = re.compile(r"[-’']")


@dataclass(frozen=True, slots=True)
class Passage:
    """An answer, all steps or a city's part in one language: each piece has its place."""

    file: Parsed[Any]
    language: str
    kind: str
    """answer, steps or text."""
    pieces: list[tuple[KeyPath, str]] = field(default_factory=list)

    @property
    def at(self) -> tuple[str, int]:
        """Path and line where it begins."""
        return self.file.at(self.pieces[0][0])

    def sentences(self) -> Iterator[tuple[KeyPath, str]]:
        """Every sentence with the place of its text."""
        for keys, text in self.pieces:
            for sentence in _sentences_of(text):
                yield keys, sentence


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family."""
    for passage in _passages(draft):
        _sentences(passage, report)
        _long_words(passage, report)
        for keys, text in passage.pieces:
            _offices(passage, keys, text, report)


def _passages(draft: Draft) -> Iterator[Passage]:
    """What is judged, in the languages that it is known for."""
    for intent in draft.intents.values():
        found: dict[tuple[str, KeyPath], Passage] = {}
        for wording in texts(intent):
            if wording.language in LONG_WORD and wording.role in {"answer", "steps"}:
                whole = wording.keys[:-1] if wording.role == "steps" else wording.keys
                passage = Passage(wording.file, wording.language, wording.role)
                found.setdefault((wording.language, whole), passage).pieces.append((wording.keys, wording.text))
        yield from found.values()
    for entry in city_words(draft):
        for language, text in entry.texts.items():
            if language in LONG_WORD:
                yield Passage(entry.file, language, "text", [((*entry.keys, language), text)])


def _sentences(passage: Passage, report: Report) -> None:
    """No sentence is long, and they are short on average."""
    counts = []
    for keys, sentence in passage.sentences():
        counts.append(len(sentence.split()))
        if counts[-1] > LONGEST_SENTENCE:
            at = _place(passage, keys, sentence)
            what = f"a sentence of {counts[-1]} words: {shown(sentence)}"
            report.warn(*at, what, f"cut it in two: at most {LONGEST_SENTENCE}, better 12")
    if len(counts) > 1 and sum(counts) > LONGEST_MEAN * len(counts):
        longest = max((sentence for _, sentence in passage.sentences()), key=lambda one: len(one.split()))
        what = f"the sentences of the {passage.language} {passage.kind} have {sum(counts) / len(counts):.1f} words each"
        report.warn(*passage.at, what, f"cut the longest: {shown(longest)}; at most {LONGEST_MEAN} on average")


def _long_words(passage: Passage, report: Report) -> None:
    """Not too many long words; names in the middle of a sentence are no choice of the writer."""
    least, words = LONG_WORD[passage.language], 0
    long: list[str] = []
    for _, sentence in passage.sentences():
        count, found = _words_of(sentence, least)
        words += count
        long += found
    most = MOST_LONG[passage.language][passage.kind]
    if words >= SHORTEST and len(long) > most * words:
        named = ", ".join(sorted(dict.fromkeys(long), key=len, reverse=True)[:4])
        what = f"{len(long)} of {words} words in the {passage.language} {passage.kind} have {least} letters or more"
        report.warn(*passage.at, what, f"use shorter words or say it in several, at most {most:.0%}: {named}")


def _offices(passage: Passage, keys: KeyPath, text: str, report: Report) -> None:
    """Words that offices write and nobody says."""
    language = passage.language
    for phrase, plain in _chancery(language, text):
        report.warn(*_place(passage, keys, phrase), f"{shown(phrase)} is office language", f"write: {plain}")


# What follows is remembered, because a reload reads the same texts again.


@lru_cache(maxsize=50_000)
def _sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text."""
    return tuple(filter(None, (part.strip() for part in _ENDS.split(text))))


@lru_cache(maxsize=50_000)
def _words_of(sentence: str, least: int) -> tuple[int, tuple[str, ...]]:
    """How many words a sentence has, and those with `least` letters or more."""
    words = _WORD.findall(sentence)
    long = (
        word
        for number, word in enumerate(words)
        if max(map(len, _HYPHEN.split(word))) >= least and (number == 0 or word[0].islower())
    )
    return len(words), tuple(long)


@lru_cache(maxsize=50_000)
def _chancery(language: str, text: str) -> tuple[tuple[str, str], ...]:
    """The phrases of offices in a text, each with what to write instead."""
    found = [
        (match[0], next(_PLAIN[language][name] for name, value in match.groupdict().items() if value))
        for match in _OFFICES[language].finditer(text)
    ]
    if language == "fi":
        found += [(match[0], "pitää") for match in _MUST.finditer(text)]
    return tuple(found)


def _place(passage: Passage, keys: KeyPath, phrase: str) -> tuple[str, int]:
    """Path and line of a phrase in a text."""
    return passage.file.path, passage.file.document.line_of(phrase, *keys)


def _pattern(words: Mapping[str, str]) -> re.Pattern[str]:
    """One pattern for all words of a language; the group that matched tells which."""
    each = (f"(?P<w{number}>{re.escape(word)})".replace(r"\*", r"\w*") for number, word in enumerate(words))
    return re.compile(rf"\b(?:{'|'.join(each)})\b", re.IGNORECASE)


_OFFICES = {language: _pattern(words) for language, words in PLAIN.items()}
_PLAIN = {
    language: {f"w{number}": plain for number, plain in enumerate(words.values())} for language, words in PLAIN.items()
}
