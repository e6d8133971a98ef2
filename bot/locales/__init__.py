"""Interface texts: gettext catalogues read from `<language>.po`, English source texts as message ids."""

from __future__ import annotations

import gettext
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


@dataclass(frozen=True, slots=True)
class Translator:
    """The interface in one language; call it with an English text and the values of its {placeholders}."""

    language: str
    catalogue: gettext.NullTranslations

    def __call__(self, text: str, **values: object) -> str:
        """`text` translated, with {placeholders} filled; the English text where a translation is missing."""
        return self.catalogue.gettext(text).format(**values)

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """The plural form that the language wants for `n`; {n} is available in the texts."""
        return self.catalogue.ngettext(one, many, n).format(n=n, **values)


@cache
def translator(language: str) -> Translator:
    """The interface in `language` (code); English for a language without a catalogue."""
    source = files(__package__).joinpath(f"{language}.po")
    if not source.is_file():
        return Translator(language, gettext.NullTranslations())
    compiled = io.BytesIO()
    with source.open("rb") as po:
        write_mo(compiled, read_po(po, locale=language))
    compiled.seek(0)
    return Translator(language, gettext.GNUTranslations(compiled))
