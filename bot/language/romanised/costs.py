"""What it costs to read the vowels of a Latin word as those of a native word; sounds as in `sounds.py`."""

from __future__ import annotations

from collections.abc import Mapping

_CYRILLIC_SAME = """
a o .4
o a .4
i y .1
y i .1
e i .4
i e .4
y e .6
e y .6
o e .4
u o .8
"""
_CYRILLIC_EXTRA = "i .4|y .4|a .8|e .7|o .8|u .9"
_CYRILLIC_UNSAID = "i .4|y .6|a .8|e .7|o .8|u .9|' .1"

_ABJAD_SAME = """
a ا .1
A ا 0
e ا .4
o ا .5
i ا .5
u ا .6
2 ا .3
a ٱ 0
e ٱ 0
i ٱ .1
o ٱ 0
u ٱ .1
A ٱ .1
2 ٱ 0
3 ٱ .3
3 ا .3
o و .1
u و 0
U و 0
w و 0
i ی 0
I ی 0
y ی 0
e ی .2
a ی .5
3 ع 0
a ع .1
A ع .1
e ع .2
i ع .3
o ع .3
2 ع .2
H ه 0
e ه 0
"""

SAME: Mapping[str, str] = {
    "ru": _CYRILLIC_SAME,
    "uk": _CYRILLIC_SAME,
    "ar": _ABJAD_SAME + "a ه .05\ni ه .3\nA ه .3\n",
    "fa": _ABJAD_SAME + "a ه .3\ni ه .6\n",
}
"""Cost of reading a Latin vowel as a native one; equal ones cost nothing, others are not read as each other."""

EXTRA: Mapping[str, str] = {
    "ru": _CYRILLIC_EXTRA,
    "uk": _CYRILLIC_EXTRA,
    "ar": "a .15|e .1|i .15|o .2|u .15|y .5|w .7|A .7|I .7|U .7|H .3|3 .6|2 .4|= .3",
    "fa": "a .15|e .1|i .5|o .15|u .4|y .5|w .8|A .7|I .8|U .8|H .3|3 .4|2 .2|= .3",
}
"""Cost of a Latin vowel that the native word does not write."""

UNSAID: Mapping[str, str] = {
    "ru": _CYRILLIC_UNSAID,
    "uk": _CYRILLIC_UNSAID,
    "ar": "ا .6|ٱ .4|و .7|ی .7|ع .2|ه .2|= .3",
    "fa": "ا .6|ٱ .5|و .5|ی .7|ع .1|ه .3|= .3",
}
"""Cost of a native vowel that the Latin word leaves out."""
