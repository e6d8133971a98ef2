"""What letters sound like: tables from native and from Latin letters to one alphabet of sounds.

A row is `letters sound [other sounds]`, the likeliest sound first; `-` is no sound, `^` the beginning of a word and
`$` its end. Sounds that are no `CONSONANTS` are vowels, of which a key keeps nothing: Latin ones are `a e i o u y w`,
the surely long ones `A I U`, a final h `H`; those of the Arabic script are its own letters, and ٱ an ا that carries
any vowel.
"""

from __future__ import annotations

from collections.abc import Mapping

CONSONANTS = "bcCdfgGhjklmnpqrsStvxzZ"

_CYRILLIC_NATIVE = """
б b
в v
г g
д d
ж Z
з z
к k
л l
м m
н n
п p
р r
с s
т t
ф f
х x
ц c
ч C
ш S
щ S
сч S
тс c
тьс c
тц c
дц c
а a
о o
у u
е e
э e
ю iu
я ia
и i
ы y
і i
ї i
є ie
ыи y
ии i
ь '
ъ -
ў u
"""

_CYRILLIC_LATIN = """
b b
c c k C
ch C x
tch C
tsch C
d d
f f
ph f
g g
je e Ze
ye e
ie e
jo o Zo
yo o
iy i
ij i
ii i
yy y
yj y
h x g
j i Z
k k
kh x
l l
m m
n n
p p
q k
r r
s s z
sh S
shn Sn Cn
sht St Ct
sch S
shch S
ssh S
stsch S
szcz S
sz S
cz C
t t
tc c
ts c
tz c
v v
w v S
x x ks
z z Z c
zh Z
4 C
6 S
9 ia
3 z
0 o
a a
e e
i i
o o
ou u
oo u
u u
y y
"""

_ABJAD_NATIVE = """
ب b
پ p
ت t
ط t
ج j
چ C
ح h
ه h
خ x
د d
ر r
ز z
ژ Z
س s
ص s
ش S
ف f
ڤ v
ک k
گ g
ل l
م m
ن n
^ا ٱ
ا ا
^ای ی
^او و
و و
ی ی
ع ع
"""

NATIVE: Mapping[str, str] = {
    "ru": _CYRILLIC_NATIVE,
    "uk": _CYRILLIC_NATIVE.replace("\nи i\n", "\nи y\n").replace("ии i", "ии y").replace("х x\n", "х g\n"),
    "ar": _ABJAD_NATIVE + "^الا اlٱ\n^الای اlی\n^الاو اlو\nث t\nذ d\nض d\nظ d\nغ G\nق q\n",
    "fa": _ABJAD_NATIVE + "خوا xا\nث s\nذ z\nض z\nظ z\nغ q\nق q\n",
}
"""Sounds of folded native letters; other characters have none."""

_ABJAD_LATIN = """
b b
d d
f f
h h
k k
kh x
l l
m m
n n
p p b
r r
sh S
t t
z z
a a
aa A
e e
ee I
i i
ii I
o o
oo U
ou U
u u
uu U
w w
y y
x x
"""

LATIN: Mapping[str, str] = {
    "ru": _CYRILLIC_LATIN,
    "uk": _CYRILLIC_LATIN.replace("h x g\n", "h g\n")
    .replace("kh x\n", "kh g\n")
    .replace("x x ks\n", "x g ks\n")
    .replace("ch C x\n", "ch C g\n")
    .replace("je e Ze\nye e\nie e\n", "")
    + "zgh zg\nzhg Zg\nsz S\n",
    "ar": _ABJAD_LATIN.replace("k k\n", "k k q\n").replace("z z\n", "z z d\n").replace("x x\n", "x x ks\n")
    + """
at$ at aH
et$ et eH
it$ it iH
c k s
ch S k C
dh d
dj j
g j q g
gh G
j j
q q k
s s t
th t d
v f v
2 2 q
3 3
3' G
4 d G
5 x
6 t
6' d
7 h
7' x
8 q G
9 s q
9' d
""",
    "fa": _ABJAD_LATIN.replace("x x\n", "x x ks\n")
    + """
c C k
ch C
g g
gh q
j j Z
q q
s s
th s
v w
zh Z
3 ع
7 h
""",
}
"""Sounds of Latin letters as typed, the likeliest first."""

CARONS: Mapping[str, str] = {"š": "sh", "ž": "zh", "č": "ch", "ş": "sh", "ç": "ch", "ğ": "gh", "ā": "aa", "â": "aa"}
"""Letters whose diacritics are the sound."""
