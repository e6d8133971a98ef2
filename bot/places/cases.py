"""Endings that the languages put on the name of a country or a foreign city, and what each says."""

from __future__ import annotations

from bot.places.inflection import Role, stems

_CLITICS = ("", "kin", "kaan", "ko", "han", "kohan", "pa")
_FINNISH = {
    Role.AT: ("ssa", "lla"),
    Role.TO: ("an", "en", "in", "on", "un", "yn", "aan", "een", "han", "hin", "hon", "lle"),
    Role.FROM: ("sta", "lta"),
    Role.NONE: ("", "n", "a", "ta", "tta", "na", "ksi", "i", "t", "en", "jen"),
}
_ESTONIAN = {
    Role.AT: ("s", "l"),
    Role.TO: ("sse", "le"),
    Role.FROM: ("st", "lt"),
    Role.NONE: ("", "t", "d", "ga", "ni", "ks"),
}
_TURKISH = {
    Role.AT: ("da", "de", "ta", "te", "daki", "deki", "taki", "teki", "dayim", "deyim", "dayiz", "deyiz"),
    Role.TO: ("a", "e", "ya", "ye"),
    Role.FROM: ("dan", "den", "tan", "ten"),
    Role.NONE: ("", "i", "u", "yi", "yu", "in", "un", "nin", "nun", "yla", "yle", "la", "le"),
}
_SOMALI = ("", "da", "ta", "ga", "ka", "ha")


def _table(cases: dict[Role, tuple[str, ...]], clitics: tuple[str, ...] = ("",)) -> dict[str, Role]:
    return {ending + clitic: role for role, endings in cases.items() for ending in endings for clitic in clitics}


PLAIN = {"": Role.NONE}
"""English, Swedish, French, Spanish."""

LATIN = {
    "fi": _table(_FINNISH, _CLITICS),
    "et": _table(_ESTONIAN),
    "tr": _table(_TURKISH),
    "so": dict.fromkeys(_SOMALI, Role.NONE),
    "en": PLAIN,
    "loan": {ending: role for table in (_FINNISH, _TURKISH) for role in (Role.AT, Role.FROM) for ending in table[role]},
}
"""Language -> folded ending -> role; a language that is not listed inflects like English."""

LENT = frozenset({"en", "sv"})
"""Languages whose names are also used with Finnish and Turkish endings: "Stockholm'de"."""

SAFE_LOAN = 6
"""Letters of such a name."""

SURE = frozenset(
    case + clitic for case in ("ssa", "sta", "de", "den", "deki", "dan", "daki", "is", "ist") for clitic in _CLITICS
)
"""Endings that say by themselves that a word is a place."""

LONGEST = max(len(ending) for table in LATIN.values() for ending in table)

_CYRILLIC: dict[str, dict[Role, tuple[str, ...]]] = {
    "f": {Role.AT: ("е", "и", "і"), Role.TO: ("у", "ю", "ь"), Role.NONE: ("а", "я", "ы", "ои", "еи", "ою", "ею", "єю")},
    "m": {Role.AT: ("е", "і", "у", "ю"), Role.TO: ("", "и", "ь"), Role.NONE: ("а", "я", "ом", "ем", "єм")},
    "p": {Role.AT: ("ах", "ях"), Role.TO: ("ы", "и"), Role.NONE: ("", "ам", "ям", "ами", "ями", "ов", "ів")},
    "x": {Role.AT: ("",)},
}
"""Kind of a name (feminine, masculine, plural, not declined) -> what its ending says after в, у or на."""

CYRILLIC = {kind: _table(dict(reversed(cases.items()))) for kind, cases in _CYRILLIC.items()}
LONGEST_CYRILLIC = 3


def latin_stems(word: str, language: str) -> set[str]:
    """Stems of a folded name in Latin letters, itself among them, to which the language's endings are put."""
    if language == "fi":
        found = stems(word)
        return found | {word[:-1] + "kse"} if word.endswith("s") else found
    if language == "et" and word[-1] not in "aeiouy":
        softened = word[:-1] + "gi" if word.endswith("k") else word + "i"
        return {word, softened, word + "e"} if word.endswith(("us", "os")) else {word, softened}
    return {word}


def cyrillic_stem(word: str) -> tuple[str, str]:
    """(stem, kind) of a folded Russian or Ukrainian name; й is и by then, so "китаи" is masculine."""
    if len(word) < 4:
        return word, "x"
    if word[-1] in "ая":
        return word[:-1], "f"
    if word.endswith(("аи", "еи", "аі")):
        return word[:-1], "m"
    if word.endswith("русь"):
        return word[:-1], "f"
    if word.endswith("ь"):
        return word[:-1], "m"
    if word[-1] == "ы" or word.endswith(("ни", "нди", "ати")):
        return word[:-1], "p"
    return (word, "x") if word[-1] in "еиоуэюёі" else (word, "m")
