"""Cyrillic for a Latin word that no known word is like, letter by letter."""

from __future__ import annotations

import re
from functools import cache

_SHARED = """
a а
b б
c ц
ch ч
cz ч
tch ч
tsch ч
4 ч
d д
e е
f ф
ph ф
i и
j и
ja я
ya я
ju ю
yu ю
jo е
yo е
je е
ye е
k к
kh х
l л
m м
n н
o о
p п
q к
r р
s с
sh ш
sch щ
shch щ
stsch щ
t т
ts ц
tz ц
u у
ou у
v в
w в
x кс
iu ю
tsa тся
tsya тся
tsja тся
tsia тся
z з
zh ж
"""
_RUSSIAN = """
g г
h х
y ы
ia ия
iya ия
ija ия
iy ии
iye ие
ije ие
yy ыи
yj ыи
ay аи
oy ои
ey еи
uy уи
"""
_UKRAINIAN = """
g г
h г
y и
i і
yi і
ji і
ye є
je є
ie є
ia ія
iya ія
ija ія
iye іє
ije іє
yy ии
yj ии
ay аи
oy ои
ey еи
"""
_LETTERS = {"ru": _SHARED + _RUSSIAN, "uk": _SHARED + _UKRAINIAN}
"""Of two rows for the same letters the later one counts."""


@cache
def _table(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    rows = dict(line.split(" ") for line in _LETTERS[language].split("\n") if line)
    return re.compile("|".join(sorted(rows, key=len, reverse=True))), rows


def guess(word: str, language: str) -> str | None:
    """The folded Cyrillic spelling that the letters suggest; None for other languages and for no word."""
    if language not in _LETTERS or not word.isascii() or word.isdigit():
        return None
    pattern, rows = _table(language)
    return pattern.sub(lambda match: rows[match[0]], word)
