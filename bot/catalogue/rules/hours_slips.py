"""Opening hours as people write them by hand, turned into OpenStreetMap syntax where only one meaning is left."""

from __future__ import annotations

import re

DAYS = {
    "Mo": "mo mon monday ma maanantai maanantaisin må mån måndag måndagar",
    "Tu": "tu tue tues tuesday ti tiistai tiistaisin tis tisdag tisdagar",
    "We": "we wed wednesday ke keskiviikko keskiviikkoisin on ons onsdag onsdagar",
    "Th": "th thu thur thurs thursday to torstai torstaisin tor tors torsdag torsdagar",
    "Fr": "fr fri friday pe perjantai perjantaisin fre fredag fredagar",
    "Sa": "sa sat saturday la lauantai lauantaisin lö lör lördag lördagar",
    "Su": "su sun sunday sunnuntai sunnuntaisin sö sön söndag söndagar",
    "Mo-Fr": "arkisin arkipäivisin vardagar vardag weekdays weekday",
    "Sa-Su": "viikonloppuisin viikonloppu helger weekends weekend",
    "Mo-Su": "päivittäin dagligen daily",
    "PH": "pyhäpäivisin pyhäpäivät pyhät pyhinä helgdagar",
    "off": "off closed kiinni suljettu stängt stängd",
    "": "klo kello kl avoinna auki öppet open",
}
"""What is written -> the words for it in Finnish, Swedish and English, lower case."""

APPOINTMENT = re.compile(
    r"ajanvara|varau|varaa|varat|sopimu|sovit|tidsbest|tidsbok|\bbok|överens|avtal|\bbook|reserv|app?oi?ntm|arrange",
    re.IGNORECASE,
)
"""Words by which people say that a visit is agreed beforehand."""

_WORDS = {word: written for written, words in DAYS.items() for word in words.split()}
_COMMENT = re.compile(r'"[^"]*"|#')
_WORD = re.compile(r"[^\W\d_]+\.?")
_TIMES = re.compile(
    r"(?<![\d:])(\d{1,2})(?:[:.](\d\d))?(?:\s*(?:-|to|till?)\s*)(\d{1,2})(?:[:.](\d\d))?(?![\d:.]\d|\d)", re.IGNORECASE
)
_BY_APPOINTMENT = re.compile(
    r'(?:\bunknown\s+)?(?:"|\b)(?:(?:vain|only|endast|enligt|by) )?'
    r"(?:ajanvarau\w*|tidsbeställning\w*|tidsbokning\w*|överenskommelse|sopimuksen mukaan|appointment)"
    r'(?: only)?\b"?',
    re.IGNORECASE,
)
_ALWAYS = re.compile(
    r"24 ?h|24-7|24 tuntia|aina(?: auki)?|(?:avoinna|auki) aina|ympäri vuorokauden|vuorokauden ympäri|dygnet runt|"
    r"alltid(?: öppet)?|öppet dygnet runt|always(?: open)?|24 hours",
    re.IGNORECASE,
)
_TIMED = re.compile(r"\d\d:\d\d-\d\d:\d\d")


def mended(hours: str) -> str | None:
    """`hours` in the syntax, nothing added; None without times and appointments. It may still be unreadable."""
    if _ALWAYS.fullmatch(hours.strip()):
        return "24/7"
    text = re.sub(r"\s*[\u2010-\u2015\u2212]\s*", "-", hours.strip().rstrip("."))
    text = _BY_APPOINTMENT.sub("@", text)
    comments = _COMMENT.findall(text)
    text = _COMMENT.sub("#", text)
    text = _TIMES.sub(_time, text)
    text = _WORD.sub(_word, text)
    text = re.sub(r"\s*-\s*", "-", " ".join(text.split()))
    text = re.sub(r"(?<=\d\d:\d\d)\s+(?:ja|och|and)\s+(?=\d)", ",", text)
    # A comma before a day begins a new rule when times stand before it: "Mo 09:00-16:00, Tu 10:00-12:00".
    text = re.sub(r"(?<=\d\d:\d\d)(?:\s*[,;]\s*|\s+(?:and |ja |och )?)(?=[A-Z])", "; ", text)
    text = re.sub(r"\s*([,;])\s*", r"\1 ", text).replace(", ", ",").strip(" ;,")
    if not (_TIMED.search(text) or "@" in text):
        return None
    text = text.replace("@", 'unknown "by appointment"')
    return re.sub("#", lambda _: comments.pop(0), text)


def as_line(hours: str) -> str:
    """`hours` as the line of the file, in the quotes that fit."""
    quote = "'" if '"' in hours else '"'
    return f"hours: {quote}{hours}{quote}"


def _time(match: re.Match[str]) -> str:
    """A span of time in four digits each; left alone when there is no such time."""
    first, minutes, last, last_minutes = (int(part or 0) for part in match.groups())
    if first > 24 or last > 24 or minutes > 59 or last_minutes > 59:
        return match.group()
    return f"{first:02}:{minutes:02}-{last:02}:{last_minutes:02}"


def _word(match: re.Match[str]) -> str:
    """A day's name or another known word as the syntax has it; unknown words stay."""
    return _WORDS.get(match.group().rstrip(".").lower(), match.group())
