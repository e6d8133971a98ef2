"""Toneless pinyin: which letters are syllables, and how a joined word falls into them."""

from __future__ import annotations

from functools import cache, lru_cache

_SYLLABLES = """
- a ai an ang ao e ei en eng er o ou
b a ai an ang ao ei en eng i ian iao ie in ing o u
p a ai an ang ao ei en eng i ian iao ie in ing o ou u
m a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u
f a an ang ei en eng o ou u
d a ai an ang ao e ei en eng i ian iao ie ing iu ong ou u uan ui un uo
t a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo
n a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue uo
l a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan ue un uo
g a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
k a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
h a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
j i ia ian iang iao ie in ing iong iu u uan ue un
q i ia ian iang iao ie in ing iong iu u uan ue un
x i ia ian iang iao ie in ing iong iu u uan ue un
zh a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo
ch a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo
sh a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo
r an ang ao e en eng i ong ou u uan ui un uo
z a ai an ang ao e ei en eng i ong ou u uan ui un uo
c a ai an ang ao e en eng i ong ou u uan ui un uo
s a ai an ang ao e en eng i ong ou u uan ui un uo
y a an ang ao e i in ing o ong ou u uan ue un
w a ai an ang ao ei en eng o u
"""
LONGEST_RUN = 6
"""Syllables of the longest run of characters that is looked up."""

_LONGEST_SYLLABLE = 6


@cache
def _known() -> frozenset[str]:
    """All syllables, without tones."""
    found = set()
    for line in _SYLLABLES.split("\n"):
        initial, *finals = line.split(" ")
        found |= {("" if initial == "-" else initial) + final for final in finals}
    return frozenset(found - {""})


def plain(letters: str) -> str:
    """Pinyin in one spelling: ü, v and yu after l and n are u, ue for üe."""
    return letters.replace("v", "u").replace("lyu", "lu").replace("nyu", "nu")


@lru_cache(4_000)
def split(word: str) -> tuple[tuple[str, ...], ...]:
    """The ways in which a Latin word falls into fewest syllables, at most four; none if it is no pinyin."""
    word = plain(word)
    best: list[list[tuple[str, ...]]] = [[()]]
    for end in range(1, len(word) + 1):
        ways: list[tuple[str, ...]] = []
        for start in range(max(0, end - _LONGEST_SYLLABLE), end):
            if word[start:end] in _known():
                ways += [(*way, word[start:end]) for way in best[start]]
        fewest = min(map(len, ways), default=0)
        best.append([way for way in ways if len(way) == fewest][:4])
    return tuple(best[-1]) if word else ()
