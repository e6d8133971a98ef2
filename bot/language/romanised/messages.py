"""The words of a message in Latin letters, with the signs that are sounds in its language."""

from __future__ import annotations

import re

from bot.language.folding import fold
from bot.language.romanised.sounds import CARONS
from bot.language.tokens import tokens

_APOSTROPHE = re.compile("(?<=[^\\W_])['’‘`´ʼʻʹ](?=[^\\W_]|\\b)|(?<=[a-z])['’‘`´ʼʻʹ]")
_ARTICLE = re.compile(r"\b([aei]l|[aei][std]h?|[wbfl][aei]?l)-(?=\w)")
_CARONS = str.maketrans(dict(CARONS))


def words_of(text: str, language: str) -> list[str]:
    """Folded words of a raw message: signs inside a word are dropped, carons spelt out; ü is v in pinyin."""
    text = text.lower()
    text = text.replace("ü", "v") if language == "zh" else text.translate(_CARONS)
    if language == "ar":
        text = _ARTICLE.sub(r"\1", text)
    return tokens(fold(_APOSTROPHE.sub("", text)))
