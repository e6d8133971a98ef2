"""Which of the bot's languages a message is in, or that it is in none of them."""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.language.folding import fold, is_han
from bot.language.tokens import tokens
from bot.language.words import FUNCTION_WORDS

READ = 600
"""Characters of a message that are looked at."""

SURE = 0.6
"""Confidence from which a language is named."""


@dataclass(frozen=True, slots=True)
class Detected:
    """The language, None when unsure or unsupported; `confidence` 0 to 1 of the most likely supported language."""

    language: str | None
    confidence: float


NOTHING = Detected(None, 0.0)

# Languages that residents of the region may write in but the bot does not speak. The model's other labels are
# small neighbours of these and of ours (Extremaduran, Walloon ...) that only draw short messages away.
_OTHER_LATIN = frozenset(
    "vi sq ku de pl pt ro it nl no da lv lt hu hr sl sk cs tl id sw rw om ln ha yo uz az tk ca is".split()  # noqa: SIM905
)
_OTHER_CYRILLIC = ("be", "bg", "mk", "sr", "kk", "ky", "tg", "mn", "tt", "ba")
_OTHER_ARABIC = ("ur", "ps", "ug", "sdh")
_LATIN = ("fi", "sv", "en", "et", "so", "tr", "es", "fr")

_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#/]\w+|\d+")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]+")
_FOREIGN_CYRILLIC = re.compile("[ђјљњћџѓќѕўәғқңөұүһҳҷӣӯ]", re.IGNORECASE)
_UKRAINIAN = re.compile("[іїєґ]", re.IGNORECASE)
_RUSSIAN = re.compile("[ыэёъ]", re.IGNORECASE)
_FOREIGN_ARABIC = re.compile("[ڕڵێۆەڤټډړږښګڼېۍٹڈڑںےہۇۈڭۋ]")
_PERSIAN = re.compile("[پچژگکی]")
_ARABIC_ONLY = re.compile("[ةىيكؤإ]|\\bال")
_FOREIGN_LATIN = re.compile(
    "[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹłąęćńśźżřěůčđțșőűēīūāņļķģ]", re.IGNORECASE
)


def _scripts(text: str) -> dict[str, int]:
    """Letters a script; kana and Hangul count as `other`."""
    counts = {"latin": 0, "cyrillic": 0, "arabic": 0, "han": 0, "other": 0}
    for character in text:
        if not character.isalpha():
            continue
        code = ord(character)
        if code < 0x250 or 0x1E00 <= code < 0x1F00:
            counts["latin"] += 1
        elif 0x400 <= code < 0x530:
            counts["cyrillic"] += 1
        elif 0x600 <= code < 0x780 or 0xFB50 <= code < 0xFF00:
            counts["arabic"] += 1
        elif is_han(code):
            counts["han"] += 1
        else:
            counts["other"] += 1
    return counts


def _script(counts: dict[str, int]) -> str:
    """The script of the message's own words: Finnish terms stand in Latin letters inside other scripts."""
    own = max(("cyrillic", "arabic", "han", "other"), key=counts.__getitem__)
    weight = counts[own] * (4 if own == "han" else 1)
    return own if not counts["latin"] or (counts[own] >= 2 and weight * 6 >= counts["latin"]) else "latin"


@cache
def _identifier() -> Any:
    """py3langid's model, loaded once and only when a message needs it (some 0.5 s, 100 MB at its peak)."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    wanted = {*_LATIN, *_OTHER_LATIN, *_OTHER_CYRILLIC, *_OTHER_ARABIC, "ru", "uk", "ar", "fa"}
    identifier.set_languages(sorted(wanted & set(identifier.nb_classes)))
    # The identifier keeps all its 140 languages to be able to go back to them; we never do, and they are 16 MB.
    identifier._full_model = identifier.nb_ptc, identifier.nb_pc, identifier.nb_classes  # noqa: SLF001
    return identifier


def _scores(text: str, labels: Collection[str]) -> dict[str, float]:
    """Log-likelihoods of `labels`, tempered by the square root of the length as py3langid does."""
    temper = math.sqrt(len(text.encode("utf-8", "surrogatepass")) or 1)
    wanted = set(labels)
    return {label: score / temper for label, score in _identifier().rank(text) if label in wanted}


def _softmax(scores: dict[str, float]) -> dict[str, float]:
    """Scores as probabilities that sum to one."""
    top = max(scores.values())
    weights = {label: math.exp(score - top) for label, score in scores.items()}
    total = sum(weights.values())
    return {label: weight / total for label, weight in weights.items()}


def _among_scores(
    text: str, ours: Collection[str], others: Collection[str], prior: str | None, head_start: float = 0.5
) -> Detected:
    """Decide between `ours`, and against `others` when one of them is likelier by more than `head_start`."""
    scores = _scores(text, {*ours, *others})
    mine = {language: scores[language] for language in ours if language in scores}
    if not mine:
        return NOTHING
    words = tokens(fold(text))
    for language in mine:
        known = FUNCTION_WORDS.get(language, frozenset())
        # A function word tells more than its letters do, and one-letter words less.
        weight = sum(0.9 if len(word) > 1 else 0.3 for word in words if word in known)
        mine[language] += weight / math.sqrt(len(words) or 1)
    if prior in mine:
        mine[prior] += 0.8
    rejected = max((scores[label] for label in others if label in scores), default=-math.inf)
    best = max(mine, key=mine.__getitem__)
    if rejected > mine[best] + head_start:
        return Detected(None, _softmax(mine)[best])
    confidence = _softmax(mine)[best]
    return Detected(best if confidence >= SURE else None, confidence)


def _cyrillic(text: str, ours: Collection[str], prior: str | None) -> Detected:
    """Russian or Ukrainian by their own letters, else by the model."""
    ukrainian, russian = bool(_UKRAINIAN.search(text)), bool(_RUSSIAN.search(text))
    if _FOREIGN_CYRILLIC.search(text) or (ukrainian and russian and len(text) < 40):
        return NOTHING
    if ukrainian and not russian and "uk" in ours:
        return Detected("uk", 0.95)
    if russian and not ukrainian and "ru" in ours:
        return Detected("ru", 0.9)
    return _among_scores(text, [code for code in ("ru", "uk") if code in ours], _OTHER_CYRILLIC, prior, 1.2)


def _arabic(text: str, ours: Collection[str], prior: str | None) -> Detected:
    """Arabic or Persian by their own letters, else by the model."""
    if len(_FOREIGN_ARABIC.findall(text)) > len(text) / 50:
        return NOTHING
    persian, arabic = len(_PERSIAN.findall(text)), len(_ARABIC_ONLY.findall(text))
    if persian and not arabic and "fa" in ours:
        return Detected("fa", 0.95)
    if arabic and not persian and "ar" in ours:
        return Detected("ar", 0.95)
    return _among_scores(text, [code for code in ("ar", "fa") if code in ours], _OTHER_ARABIC, prior, 1.2)


def detect(text: str, among: Collection[str], prior: str | None = None) -> Detected:
    """The language of `text`, one of `among`; None when it is too short, unsure or in another language.

    `prior` is the resident's stored choice: it wins ties and short messages.
    """
    cleaned = " ".join(_NOISE.sub(" ", text[:READ]).split())
    counts = _scripts(cleaned)
    letters = sum(counts.values())
    if letters == 0:
        return NOTHING
    script = _script(counts)
    if script == "other" or (script == "han" and counts["other"]):
        return NOTHING
    if script == "han":
        return Detected("zh", min(0.99, 0.6 + 0.1 * counts["han"])) if "zh" in among else NOTHING
    if letters < 3:
        return NOTHING
    if script == "cyrillic":
        return _cyrillic(_LATIN_WORD.sub(" ", cleaned), among, prior)
    if script == "arabic":
        return _arabic(_LATIN_WORD.sub(" ", cleaned), among, prior)
    if len(_FOREIGN_LATIN.findall(cleaned)) > letters / 25:
        return NOTHING
    return _among_scores(cleaned, [code for code in _LATIN if code in among], _OTHER_LATIN, prior)
