"""Masking of personal identifiers before a text is stored, logged or matched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stdnum import iban, luhn
from stdnum.fi import hetu

MASKS = {"identity code": "[***id***]", "iban": "[***iban***]", "card": "[***card***]", "e-mail": "[***@***]",
         "phone": "[***tel***]"}  # fmt: skip
"""What stands in the text instead; no digits, so that masking twice changes nothing."""

DIGITS = {ord(digit): str(value) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value, digit in enumerate(digits)}
DASHES = dict.fromkeys(map(ord, "‐‑‒–—−﹣-"), "-") | {ord("＋"): "+"}

# A code with a wrong check character is masked too: it is most often a real one with a slip of the finger.
IDENTITY_CODE = re.compile(
    r"(?<![0-9A-Za-z])[0-3]\d[01]\d\d\d ?[-+A-FU-Y] ?\d{3}[0-9A-Z](?![0-9A-Za-z])", re.IGNORECASE
)
IBAN = re.compile(r"(?<![0-9A-Za-z])[A-Z]{2}\d{2}(?:[ -]?[0-9A-Z]){11,30}(?![0-9A-Za-z])", re.IGNORECASE)
CARD = re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)")
EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63})+")
DIGIT_RUN = re.compile(r"\d\D{0,3}\d\D{0,3}\d\D{0,3}\d\D{0,3}\d\D{0,3}\d")


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without personal identifiers, and which kinds were taken out (keys of MASKS)."""

    text: str
    kinds: frozenset[str]


PUBLIC = frozenset({"e-mail", "phone"})
"""Kinds that advisors have to write: an office's number, an address to send a form to."""


def mask(text: str, spare: frozenset[str] = frozenset()) -> Masked:
    """`text` with Finnish identity codes, IBANs, card numbers, e-mail addresses and phone numbers replaced.

    The kinds in `spare` stay.
    """
    # Same length as `text`, so that positions agree.
    plain = text.translate(DIGITS).translate(DASHES)
    spans: list[tuple[int, int, str]] = []
    for start, end, kind in _found(plain):
        if kind not in spare and all(end <= taken or start >= until for taken, until, _ in spans):
            spans.append((start, end, kind))
    result = text
    for start, end, kind in sorted(spans, reverse=True):
        result = result[:start] + MASKS[kind] + result[end:]
    return Masked(result, frozenset(kind for *_, kind in spans))


def _found(plain: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of what looks like an identifier; surer kinds first."""
    for match in EMAIL.finditer(plain):
        yield *match.span(), "e-mail"
    if not DIGIT_RUN.search(plain):
        return
    for match in IDENTITY_CODE.finditer(plain):
        if _dated(match.group()):
            yield *match.span(), "identity code"
    for match in IBAN.finditer(plain):
        end = _iban_end(match.group())
        if end:
            yield match.start(), match.start() + end, "iban"
    for match in CARD.finditer(plain):
        if luhn.is_valid(re.sub(r"\D", "", match.group())):
            yield *match.span(), "card"
    from phonenumbers import Leniency, PhoneNumberMatcher

    for number in PhoneNumberMatcher(plain, "FI", leniency=Leniency.VALID):
        yield number.start, number.end, "phone"


def _dated(code: str) -> bool:
    """True for a valid code, and for a wrong check character behind a possible day and month."""
    code = code.replace(" ", "").upper()
    return hetu.is_valid(code, allow_temporary=True) or (1 <= int(code[:2]) <= 31 and 1 <= int(code[2:4]) <= 12)


def _iban_end(candidate: str) -> int:
    """Length of the IBAN at the start of `candidate`, 0 if there is none; what follows may be ordinary words."""
    for end in range(len(candidate), 14, -1):
        if candidate[end - 1].isalnum() and iban.is_valid(candidate[:end]):
            return end
    return 0
