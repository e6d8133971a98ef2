"""Which language to speak: the stored choice, unless a message is clearly in another one."""

from __future__ import annotations

from collections.abc import Callable, Collection

from bot.domain.catalogue import Catalogue
from bot.domain.resident import Resident
from bot.language import Detected, fold

KNOWN = ("fi", "sv", "en", "et", "ru", "uk", "ar", "fa", "so", "tr", "es", "fr", "zh")
"""Languages that are told apart, whether or not the catalogue speaks them yet."""

CONFIDENT = 0.85
"""Below this a message does not change the language of its answer."""

WORDS = 3
"""Shorter messages are too often names, terms or another language's words."""


Detect = Callable[[str, Collection[str], str | None], Detected]
"""(message, languages to tell apart, the resident's stored one) -> the language it is in."""


class Tongue:
    """Languages of the catalogue and how residents show theirs."""

    def __init__(self, catalogue: Catalogue, detect: Detect) -> None:
        self._languages = catalogue.languages
        self._detect = detect

    def hinted(self, hint: str | None) -> str | None:
        """The catalogue's language that Telegram's code ("ru", "pt-br", "zh-hans") means, None if it has none."""
        code = (hint or "").split("-")[0].lower()
        return code if code in self._languages else None

    def of(self, resident: Resident, hint: str | None = None) -> str:
        """The language to speak: stored, else hinted, else English."""
        stored = resident.language if resident.language in self._languages else None
        return stored or self.hinted(hint) or "en"

    def written(self, text: str, stored: str | None) -> str | None:
        """A language other than `stored` that `text` is confidently in (the catalogue may not have it), or None."""
        found = self._detect(text, KNOWN, stored)
        sure = found.confidence >= CONFIDENT and (len(text.split()) >= WORDS or not text.isascii())
        return found.language if sure and found.language != stored else None

    def stranger(self, text: str) -> str | None:
        """The language, of all that are told apart, that a message of somebody unknown is in; None when unsure."""
        return self._detect(text, KNOWN, None).language

    def named(self, text: str) -> str | None:
        """The code of the catalogue's language whose own name or code was typed."""
        typed = fold(text)
        return next((code for code, language in self._languages.items() if typed in {code, fold(language.name)}), None)
