"""How letters are written in Latin by people who type: one row a letter or cluster, the commonest way first.

`^` is the beginning of a word, `$` its end, `+` what follows a vowel; `J` is the writer's own glide (y, j or i),
`-` is nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

VOWELS = "аеёиоуыэюяіїєў"
"""Cyrillic vowels: after one, е is written with a glide."""

_SHARED = """
а a
б b
в v v w
д d
з z z s
к k k k k c
л l
м m
н n
о o
п p
р r
с s
т t
у u u u ou
ф f
х h kh x ch
ц ts c tz z
ч ch 4 tch c č tsch
ш sh w sch š s
ж zh j g ž z
ю Ju u
+ю Ju u
я Ja a
+я Ja
ь - - - '
ъ - - '
' - '
’ - '
кс ks x
"""

_RUSSIAN = """
г g
е e
^е e Je
+е e Je
ё e Jo o
^ё Jo e
и i
й J i
ы y i
ый$ J Ji iJ i
ий$ iJ J i
ого$ ogo ovo
его$ ego evo
щ sch shch sh w šč
э e
тс ts
что chto shto 4to
сч sch
"""

_UKRAINIAN = """
г h g
ґ g
е e
є Je ie e
^є Je
и y i
і i
ї Ji i
й J i
ий$ yJ iJ y
щ shch sch sh šč
що shcho sho scho wo
э e
ы y
ё Jo
зг zgh zh
"""

CYRILLIC: Mapping[str, str] = {"ru": _SHARED + _RUSSIAN, "uk": _SHARED + _UKRAINIAN}

ABJAD: Mapping[str, str] = {
    "ar": """
ا a a aa
أ a a 2
آ a aa
إ i e
ٱ a
ى a
ئ 2 - i
ؤ 2 - o
ء 2 - '
ب b
پ p
ت t
ث th t s
ج j g
چ ch
ح 7 h
خ kh 5 7'
د d
ذ th d z dh
ر r
ز z
ژ j
س s
ش sh sh ch
ص s 9
ض d dh 9'
ط t 6
ظ z th dh 6'
ع 3 3 a '
غ gh 3' g
ف f
ڤ v
ق q k 2 9 8 g
ك k
ک k
گ g
ل l
م m
ن n
ه h
ة a a e eh ah
و w
ي y
ی y
""",
    "fa": """
ا a a aa
أ a
آ a a aa
إ e
ئ - y
ؤ o
ء - '
ب b
پ p
ت t
ث s
ج j
چ ch
ح h
خ kh kh x
د d
ذ z
ر r
ز z
ژ zh j
س s
ش sh
ص s
ض z
ط t
ظ z
ع - a '
غ gh q
ف f
ق gh q g
ك k
ک k
گ g
ل l
م m
ن n
ه h
ة e
ۀ eye e
و v v w
ي y
ی y
""",
}
"""Consonants of the Arabic script, and its letters that are always vowels."""

LONG: Mapping[str, str] = {
    "ar": "و u o oo ou\nي i ee e i\nی i ee e i",
    "fa": "و u oo o ou\nي i i ee\nی i i ee",
}
"""What و and ی are when they are vowels."""

SHORT: Mapping[str, tuple[str, ...]] = {"ar": ("a", "a", "i", "e", "u"), "fa": ("a", "a", "e", "e", "o")}
"""Vowels that the Arabic script leaves out, as often as they come."""

FINAL_HE: Mapping[str, tuple[str, ...]] = {"ar": ("a", "e", "eh", "ah", "h"), "fa": ("e", "e", "eh")}
"""A final ه after a consonant."""

ARTICLE = ("al", "el", "il", "al-", "el-", "l")
"""The Arabic article as it is joined to its word."""
