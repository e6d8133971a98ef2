"""What the examples teach about languages: which one a message is in, and its native words when it is romanised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from bot.domain.lexicon import Lexicon
from bot.language.detected import Detected
from bot.language.folding import fold
from bot.language.identifier import Identifier
from bot.language.romanised import LANGUAGES, RomanisedIndex, han_runs, words_of
from bot.language.tokens import tokens
from bot.matching.concepts import entry_tokens
from bot.matching.settings import Example

LENDERS = ("fi", "sv", "en")
"""Languages whose words people keep inside a romanised message."""

_IDENTIFIER, _ROMANISED = "language-", "romanised-"


@dataclass(frozen=True, slots=True)
class Tongues:
    """The languages of the examples, an identifier trained on them, and an index of their native words."""

    languages: tuple[str, ...]
    identifier: Identifier
    romanised: RomanisedIndex

    def detect(self, text: str, prior: str | None = None) -> Detected:
        """The language of a message among those of the examples; `prior` is the resident's stored choice."""
        return self.identifier.detect(text, self.languages, prior)

    def native(self, text: str) -> list[str] | None:
        """The native folded words of a message that is romanised; None for any other."""
        found = self.detect(text)
        if not found.romanised or found.language not in LANGUAGES:
            return None
        return self.romanised.native(words_of(text, found.language), found.language)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """File stem -> array."""
        parts = ((_IDENTIFIER, self.identifier.arrays()), (_ROMANISED, self.romanised.arrays()))
        return {f"{prefix}{name}": array for prefix, arrays in parts for name, array in arrays.items()}

    @classmethod
    def from_arrays(cls, languages: Sequence[str], arrays: Mapping[str, NDArray[Any]]) -> Tongues:
        """The inverse of `arrays`; others among them are passed over."""
        return cls(
            tuple(languages),
            Identifier.from_arrays(_below(_IDENTIFIER, arrays)),
            RomanisedIndex.from_arrays(_below(_ROMANISED, arrays)),
        )


def teach(examples: Sequence[Example], lexicon: Lexicon, strangers: Sequence[tuple[str, str]] = ()) -> Tongues | None:
    """Learned from examples in several languages, the lexicon's words, and (language, text) of other messages.

    None from examples in one language, or in none that is told.
    """
    from bot.language.training import train

    languages = tuple(sorted({example.language for example in examples} | lexicon.entries.keys()))
    if len(languages) < 2:
        return None
    texts: dict[str, list[str]] = {language: [] for language in languages}
    for example in examples:
        texts[example.language].append(fold(example.text))
    for language, entries in lexicon.entries.items():
        texts[language] += [" ".join(entry_tokens(entry)) for listed in entries.values() for entry in listed]
    words = {language: Counter(word for text in texts[language] for word in tokens(text)) for language in languages}
    if "zh" in words:
        words["zh"] = han_runs(texts["zh"]) + Counter({word: n for word, n in words["zh"].items() if word.isascii()})
    messages = [(example.language, example.text) for example in examples]
    messages += strangers
    stay = {word for language in LENDERS for word in words.get(language, ()) if len(word) > 3}
    return Tongues(
        languages,
        train(messages),
        RomanisedIndex.of({language: words[language] for language in LANGUAGES if language in words}, stay),
    )


def _below(prefix: str, arrays: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The arrays of one part, under their own names."""
    return {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}
