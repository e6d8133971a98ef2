"""One key for a name however it is spelt in Latin, Cyrillic or Arabic letters; table-driven."""

from __future__ import annotations

import re
from itertools import groupby, islice, product

from bot.language.folding import fold

_VOWELS = frozenset("aeiou")

_LATIN = {"y": "u", "w": "v", "c": "k", "q": "k", "z": "s", "x": "ks"}
"""Letters of the Latin alphabet that residents exchange."""

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "s", "и": "i", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "є": "e", "і": "i",
}  # fmt: skip
"""Folded Cyrillic letters (й is и, ё is е, ї is і by then); ю and я depend on what stands before them."""

_IOTATED = {"ю": "u", "я": "a"}
"""After a consonant the Finnish y and ä ("Мюурмяки"), elsewhere ju and ja ("Якомяки")."""

_ARABIC = {
    "ب": "b", "پ": "b", "ت": "t", "ط": "t", "ث": "s", "د": "d", "ذ": "d", "ض": "d", "ر": "r", "ز": "z", "ژ": "z",
    "س": "s", "ش": "s", "ص": "s", "ف": "f", "ڤ": "f", "ق": "k", "ک": "k", "گ": "k", "غ": "k", "ج": "j", "چ": "j",
    "خ": "h", "ح": "h", "ه": "h", "ل": "l", "م": "m", "ن": "n", "و": "w", "ی": "y", "ا": "a", "ع": "a",
}  # fmt: skip
"""Folded Arabic and Persian letters; the long vowels are kept, alef only inside a word."""

_INTO_ARABIC = {
    "a": ("a",), "e": ("y", ""), "i": ("y", ""), "o": ("w", ""), "u": ("w", ""), "y": ("w", "y", ""),
    "p": ("b",), "g": ("k",), "v": ("f", "w"), "j": ("y",), "c": ("k",), "x": ("ks",), "z": ("z",), "å": ("w", "a"),
    "ä": ("a",), "ö": ("w", "y", ""),
}  # fmt: skip
"""What a Latin letter can become when a name is written by ear in Arabic letters."""

_RUNS = re.compile(r"(.)\1+")
_MOST_LEFT_OUT = 1
"""Vowels of a name that its Arabic spelling may lack beyond a and doubled ones."""
_MOST_SPELLINGS = 400
"""Spellings of one name that are kept; longer names have more, and their first ones are the likely ones."""


def _collapsed(text: str) -> str:
    """`text` without doubled letters."""
    return _RUNS.sub(r"\1", text)


def latin_key(folded: str) -> str:
    """Key of a folded Latin or Cyrillic word: doubles collapsed, letters that spellings exchange made equal."""
    letters: list[str] = []
    for letter in folded:
        if letter in _IOTATED:
            vowel = _IOTATED[letter]
            after_consonant = bool(letters) and letters[-1][-1:] not in _VOWELS
            # "Кауниайнен" is also written "Каунияйнен": no j is heard between i and a.
            plain = after_consonant or (bool(letters) and letters[-1] in {"i", vowel})
            letters.append(vowel if plain else f"j{vowel}")
        else:
            sound = _CYRILLIC.get(letter, _LATIN.get(letter, letter))
            if sound:
                letters.append(sound)
    return _collapsed(re.sub(r"j(?=[^aeiou]|$)", "i", "".join(letters)))


def cyrillic_keys(folded: str) -> tuple[str, ...]:
    """Keys of a folded Cyrillic word: г is g, and h in "Гельсінкі"; яя is ää, and äjä in "Питяянмяки"."""
    written = (folded, folded.replace("г", "х"), folded.replace("яя", "яja"))
    return tuple(dict.fromkeys(map(latin_key, written)))


def spellings(name: str) -> tuple[str, ...]:
    """Folded spellings whose keys a name's Cyrillic form can have: ö is written ё, which folding turns into е."""
    written = name.casefold()
    return tuple(dict.fromkeys((fold(written), fold(written.replace("ö", "e")))))


def _trimmed(key: str) -> str:
    """A key without the alef it begins with and the vowel it ends with: both are often left out."""
    return _collapsed(key).removeprefix("a").removesuffix("h").removesuffix("a")


def arabic_key(folded: str) -> str:
    """Key of a folded word in Arabic letters: its consonants and long vowels, doubles collapsed."""
    return _trimmed("".join(_ARABIC.get(letter, "") for letter in folded))


def arabic_keys(name: str) -> set[str]:
    """Keys that a Latin name can have when it is written by ear in Arabic letters; empty for more than one word."""
    word = name.casefold()
    if not word.isalpha():
        return set()
    # The hamza of "کائونیاینن" is ی after folding.
    options = [("aw", "ayw", "w")] * word.count("au") if word[1:3] == "au" else []
    rest = word.replace("au", "", 1) if options else word
    letters = [_INTO_ARABIC.get(letter) or (fold(letter),) for letter, _ in groupby(rest)]
    letters[1:1] = options[:1]
    spellings = (spelling for spelling in product(*letters) if spelling.count("") <= _MOST_LEFT_OUT)
    return {_trimmed("".join(spelling)) for spelling in islice(spellings, _MOST_SPELLINGS)}
