"""Stems of a place name and the endings that languages put on it."""

from __future__ import annotations

from enum import Enum


class Role(Enum):
    """What an ending or a preposition says of a place."""

    NONE = "none"
    AT = "at"
    TO = "to"
    FROM = "from"


_LAST_PARTS = {
    "maki": ("mae", "make"), "lahti": ("lahde", "lahte", "lahta"), "niemi": ("nieme",), "saari": ("saare",),
    "jarvi": ("jarve",), "koski": ("koske",), "ranta": ("ranna",), "silta": ("silla",), "santa": ("sanna",),
    "pelto": ("pello",), "vuori": ("vuore",), "korpi": ("korve", "korpe"), "kumpu": ("kummu",),
    "keskus": ("keskukse",), "kaupunki": ("kaupungi",), "haka": ("haa",), "tammi": ("tamme",), "lampi": ("lamme",),
    "nummi": ("numme",), "kivi": ("kive",), "joki": ("joe", "joke"), "lehto": ("lehdo",), "varsi": ("varre", "varte"),
    "tie": ("tie",), "kentta": ("kenta",), "rinne": ("rintee",), "tori": ("tori",),
}  # fmt: skip
"""Folded last parts of Finnish names -> stems that rules do not give."""

_GRADATION = (
    ("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("nt", "nn"), ("mp", "mm"), ("lt", "ll"), ("rt", "rr"),
    ("rk", "r"), ("lk", "l"),
)  # fmt: skip
"""Strong -> weak grade before the last vowel: Kamppi, Kampi-; Helsinki, Helsingi-; Turku, Turu-."""

_VOWELS = frozenset("aeiouy")

_FINNISH = {
    Role.AT: ("ssa", "lla", "s", "l"),
    Role.TO: ("seen", "see", "an", "en", "in", "on", "un", "yn", "hin", "hon", "hun", "lle"),
    Role.FROM: ("sta", "lta", "st", "lt"),
    Role.NONE: ("n", "a", "ta", "tta", "na", "ksi", "i", "ten", "sten"),
}
_OTHER = {
    # Estonian, Turkish; Turkish endings stand after an apostrophe, which the reader of words takes away.
    Role.AT: ("is", "da", "de", "ta", "te", "daki", "deki", "taki", "teki"),
    Role.TO: ("sse", "isse", "le", "ya", "ye"),
    Role.FROM: ("ist", "dan", "den", "tan"),
    Role.NONE: ("", "ni", "ks", "ga", "i", "yi", "yu", "nin", "nun", "in", "un", "li", "lu", "liyim", "luyum"),
}
_PEOPLE = tuple(
    f"lai{ending}"
    for ending in ("nen", "set", "sen", "sia", "sten", "sille", "sta", "selle", "sena", "sella", "selta", "sessa")
)
_CLITICS = ("", "kin", "kaan", "ko", "han", "kohan", "pa")


def _endings() -> dict[str, Role]:
    table = dict.fromkeys(_PEOPLE, Role.NONE)
    for role, endings in _OTHER.items():
        table.update(dict.fromkeys(endings, role))
    for role, endings in _FINNISH.items():
        table.update({ending + clitic: role for ending in endings for clitic in _CLITICS})
    return table


ENDINGS = _endings()
"""Folded ending of a Latin word -> role; the empty one is the bare name."""

FULL_CASES = frozenset(
    case + clitic
    for case in ("ssa", "sta", "lla", "lta", "lle", "seen", "daki", "deki", "dan", "den")
    for clitic in _CLITICS
)
"""Endings that say by themselves that a word is a place."""

SHORT_NAME_ENDINGS = FULL_CASES | {"", "n", "s", "st", "in", "an", "on"}
"""Endings that a name of four letters may take: more would find it in ordinary words."""

LONGEST_ENDING = max(map(len, ENDINGS))

ADJECTIVES = (
    "скии", "ская", "ское", "ские", "ского", "скои", "ском", "скую", "ских", "ська", "ське", "ські", "ського", "ськіи",
)  # fmt: skip
"""Folded endings of Russian and Ukrainian adjectives made of a city's name; й is и by then."""

PLURALS = ("ах", "ам", "ами")
"""Endings of names in -и that are declined as plurals: "в Хельсинках"."""

CYRILLIC_ENDINGS = {
    "": Role.NONE, "е": Role.AT, "і": Role.AT, "ах": Role.AT, "у": Role.TO, "ы": Role.FROM, "и": Role.FROM,
    "а": Role.FROM, "ои": Role.NONE, "ом": Role.NONE, "ем": Role.NONE, "ою": Role.NONE, "ами": Role.NONE,
    "ам": Role.NONE,
} | dict.fromkeys(ADJECTIVES, Role.NONE)  # fmt: skip
"""Folded endings of Russian and Ukrainian names."""

LONGEST_CYRILLIC_ENDING = max(map(len, CYRILLIC_ENDINGS))


def stems(folded: str) -> set[str]:
    """Stems of a folded one-word name in Latin letters, itself among them, to which `ENDINGS` are put."""
    found = {folded}
    if folded.endswith("nen"):
        base = folded[:-3]
        return found | {base + "se", base + "si", base + "s"}
    for part, others in _LAST_PARTS.items():
        if folded.endswith(part):
            return found | {folded.removesuffix(part) + other for other in others}
    if folded[-1:] in _VOWELS:
        before, vowel = folded[:-1], folded[-1]
        found |= {before.removesuffix(strong) + weak + vowel for strong, weak in _GRADATION if before.endswith(strong)}
        if folded.endswith("e"):
            found.add(folded + "e")
    elif len(folded) > 4:
        found.add(folded + "i")
        if folded.endswith("s"):
            found.add(folded[:-1] + "kse")
    return found
