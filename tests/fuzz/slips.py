"""A small catalogue with a file of every kind, and what slips of the hand and broken editors make of a file."""

import re
from random import Random

from tests.catalogue.conftest import FILES

EXPLAINED = """\
    fi: Kunta, jossa asut vakituisesti ja jonka palveluja voit yleensä käyttää sen asukkaana.
    sv: Den kommun där du bor stadigvarande och vars tjänster du i allmänhet kan använda.
    en: The municipality where you live permanently and whose services you can usually use.
"""
MORE = {
    "intents/lexicon/concepts.yaml": "people:\n  - child\nservices:\n  - daycare\n",
    "intents/lexicon/fi.yaml": "child: [lapsi, lapse*]\ndaycare: [päiväkot*, päivä hoito]\n",
    "intents/lexicon/sv.yaml": "child: [barn]\ndaycare: [dagis*]\n",
    "intents/lexicon/en.yaml": "child: [child*, kid]\ndaycare: [day care, nursery]\n",
    "intents/lexicon/ru.yaml": "child: [дети]\ndaycare: [детский сад*, садик*]\n",
    "intents/out-of-scope/fi.yaml": "far:\n  - kerro joku hyvä vitsi\nnear:\n  - mistä saan koirankopin\n",
    "intents/lodging.yaml": (
        "questions:\n  bank-codes:\n    text:\n      fi: Onko sinulla pankkitunnukset?\n      sv: Har du bankkoder?\n"
        "      en: Do you have online banking codes?\n    options:\n      yes: {fi: Kyllä, sv: Ja, en: 'Yes'}\n"
        "      no: {fi: Ei, sv: Nej, en: 'No'}\nmatters:\n  daycare-application:\n    online:\n"
        "      fi: Hae kaupungin verkkopalvelussa.\n      sv: Ansök i stadens e-tjänst.\n"
        "      en: Apply in the city's online service.\n    in_person:\n      fi: Pyydä palveluohjauksesta lomake.\n"
        "      sv: Be om en blankett.\n      en: Ask for a paper form.\n    questions: [bank-codes]\n"
    ),
    "knowledge/glossary.yaml": (
        "kotikunta:\n  fi: kotikunta\n  sv: hemkommun\n  forms: [kotikunnan, koti kunta]\n  explanation:\n"
        f"{EXPLAINED}  intent: daycare-application\n  sources: ['https://dvv.fi']\n"
    ),
    "knowledge/owners.yaml": (
        "shared: '@neuvoja/shared'\nThe city: '@neuvoja/city'\n"
        "City of Espoo, early childhood education: '@neuvoja/espoo @neuvoja/shared'\n"
    ),
    "knowledge/goals/2027.yaml": (
        "first-answer:\n  names: {fi: Vastaus, sv: Svar, en: Answer}\n  target: 5\n  unit: minutes\n"
        "  direction: at-most\n"
    ),
    "knowledge/surveys/residents.yaml": (
        "audience: residents\nquestions:\n  - id: understood\n    text: {fi: Selvä?, sv: Klart?, en: Clear?}\n"
        "  - id: more\n    text: {fi: Muuta?, sv: Annat?, en: More?}\n    kind: comment\n"
    ),
    "knowledge/places/towns.csv": "name_fi,name_sv,aliases,url\nTampere,Tammerfors,Тампере;坦佩雷,https://www.tampere.fi\n",
}
"""One small file of each kind that need not be there."""

NAMES = sorted({*FILES, *MORE})
CSV = [name for name in NAMES if name.endswith(".csv")]
LAUGHS = b"a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n" + b"".join(
    b"%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n" % (code, code, *([code - 1] * 9))
    for code in range(ord("b"), ord("k"))
)
LINES = (
    "\tkey: value",
    "key:\tvalue",
    "  - deeper",
    "- - - - - - [[[[{a: [",
    "? [a, b]\n: c",
    "? a",
    "<<: *base",
    "&a x: *a",
    "*a : 1",
    "!!python/object/apply:os.system [id]",
    "!!binary aGk=",
    "!!set {a, b}",
    "!local x",
    "%YAML 1.1",
    "%TAG ! !",
    "---",
    "...",
    "--- again",
    "\ufeffkey: 1",
    "a: \0",
    "a: \x85b",
    "a: \u2028b",
    "\x1b[31m: red",
    "'",
    '"',
    '"a\\qb"',
    "`a`",
    "@a: b",
    "a: b: c",
    "a:b",
    ": empty",
    "- ",
    "-",
    "a: |\n\n",
    "a: >9\n x",
    "a: |+\n  x\n\n\n",
    "# only a comment",
    "[" * 200 + "]" * 200,
    "{" * 100,
    "? " * 300 + "a",
    "- " * 300 + "a",
    "a: " + "[" * 40 + "]" * 40,
    "fi: [",
    "fi: {a",
    "fi: fi",
    "fi: &fi fi",
    "'': ''",
    "null: null",
    "yes: no",
    "1: 2",
    "2026-01-01: 2026-01-01",
    "~: ~",
    "? ",
    "a" * 3000,
    "b" * 1030 + ": long key",
    "title: {fi: {fi: {fi: x}}}",
    "\ud83d",
    "\U000e0001: tag",
    "\u202eright: left",
)
VALUES = (
    "",
    "~",
    "yes",
    "0",
    "-1",
    "007",
    "0x1F",
    "0o17",
    "1_000",
    "12:30:45",
    "1e999",
    "-.inf",
    ".nan",
    "9" * 400,
    "9" * 5000,
    "1." + "0" * 400,
    "2026-02-30",
    "2026-13-01",
    "0000-00-00",
    "99999-01-01",
    "2026-01-01 12:00",
    "2026-01-01T12:00:00+25:00",
    "[]",
    "{}",
    "[[]]",
    "[~]",
    "{fi: ~}",
    "{fi: []}",
    "{FI: x}",
    "{fi: x, fi: y}",
    "[fi, fi]",
    "'24/7'",
    "'Mo-Fr 99:99-00:00'",
    "'Mo-Fr 09:00-08:00; PH off; Sa-Su off || \"x\"'",
    "'https://['",
    "'http://\u202e.fi'",
    "'javascript:alert(1)'",
    "'+358'",
    "'<b>&amp;</i>'",
    "'{name} {0} %s'",
    "'a\\0b'",
    '"a\\0b"',
    '"\\ud800"',
    '"\\U0010FFFF"',
    "[60.2, 24.7]",
    "[91, 181]",
    "[nan, inf]",
    "[60.2]",
    "60,2",
    "true",
    "espoo",
    "daycare-application",
    "advice-espoo",
    "'@x'",
    "shared",
    "required",
    "'" + "x" * 20_000 + "'",
    "'" + "ä " * 5000 + "'",
    "!!str 1",
    "&a b",
    "*a",
)
CELLS = (
    "",
    '"',
    '""',
    '"a\nb"',
    "a\0b",
    "=1+1",
    "nan",
    "inf",
    "1e999",
    "-91",
    "181",
    "9" * 400,
    "yes;no",
    ";;;",
    ",,,",
    "\t",
    "٣",
    "\u202e",
    "Helsinki;Espoo",
    "02230",
    "2230",
    "x" * 140_000,
    "\ufeff",
    "\r",
    "'",
)
ENCODINGS = ("utf-16", "utf-32", "utf-8-sig", "latin-1", "cp1252", "cp037")


def mutated(random: Random, source: bytes, *, csv: bool) -> bytes:
    """The file with one to three slips."""
    for _ in range(random.randint(1, 3)):
        source = _cell(random, source) if csv and random.random() < 0.6 else _slip(random, source)
    return source


def _slip(random: Random, source: bytes) -> bytes:
    lines = source.split(b"\n")
    at = random.randrange(len(lines))
    match random.randrange(12):
        case 0:
            lines[at:at] = [_bytes(random.choice(LINES))]
        case 1:
            lines[at] = lines[at] + _bytes(random.choice(LINES))
        case 2:
            lines[at:at] = [lines[at]]
        case 3:
            del lines[at]
        case 4:
            lines[at] = random.choice((b"  ", b" ", b"\t", b"- ", b"\xa0")) + lines[at]
        case 5:
            lines[at] = lines[at].lstrip()
        case 6:
            return source.decode("utf-8", "replace").encode(random.choice(ENCODINGS), "replace")
        case 7:
            cut = random.randrange(len(source) + 1)
            return source[:cut] + random.choice(
                (b"", b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\x1a", random.randbytes(20))
            )
        case 8:
            return source.replace(b"\n", random.choice((b"\r\n", b"\r", b"\n\n", b"\x85", b" ")))
        case 9:
            return random.choice(
                (b"", b"\n", b"---\n", LAUGHS, LAUGHS + source, source + source, b"[]", b"x", b"\0" * 50)
            )
        case _:
            key, colon, _ = lines[at].partition(b":")
            lines[at] = key + (colon or b":") + b" " + _bytes(random.choice(VALUES))
    return b"\n".join(lines)


def _cell(random: Random, source: bytes) -> bytes:
    cells = re.split(rb"([,\n])", source)
    cells[random.randrange(len(cells))] = _bytes(random.choice(CELLS))
    return b"".join(cells)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
