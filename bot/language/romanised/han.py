"""Known runs of Han characters under their pinyin, and the likeliest runs for a message of syllables."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.language.folding import is_han
from bot.language.romanised.pinyin import LONGEST_RUN, plain, split

_UNKNOWN = 25.0
"""Cost of a syllable that no known character has."""


def han_runs(folded: Iterable[str], least: int = 2) -> Counter[str]:
    """Runs of 1 to 6 Han characters of folded texts with their counts; of 3 and more those seen `least` times."""
    counts: Counter[str] = Counter()
    for text in folded:
        run: list[str] = []
        for word in [*text.split(), ""]:
            if len(word) == 1 and is_han(ord(word)):
                run.append(word)
                continue
            for start in range(len(run)):
                for size in range(1, min(LONGEST_RUN, len(run) - start) + 1):
                    counts["".join(run[start : start + size])] += 1
            run = []
    return Counter({run: count for run, count in counts.items() if len(run) <= 2 or count >= least})


def rarely_pinyin(words: Mapping[str, int], terms: Collection[str]) -> set[str]:
    """Latin words of Chinese texts that are `terms` and written more often than the characters with that pinyin."""
    from bot.language.romanised.forward import syllables

    spoken: Counter[str] = Counter()
    for run, count in words.items():
        if not run.isascii():
            spoken["".join(map(plain, syllables(run)))] += count
    return {word for word, count in words.items() if word in terms and split(word) and count > spoken[plain(word)]}


def _number(syllables: Sequence[str]) -> int:
    return crc32("'".join(syllables).encode())


@dataclass(frozen=True, slots=True)
class HanRuns:
    """Run i: its pinyin's checksum `keys[i]`, its cost `costs[i]` (minus log of its share), its characters."""

    keys: NDArray[np.uint32]
    costs: NDArray[np.float32]
    runs: NDArray[np.str_]

    @classmethod
    def of(cls, words: Mapping[str, int]) -> HanRuns:
        """The commonest run for every pinyin; entries that are not Han characters are left out."""
        from bot.language.romanised.forward import syllables

        total = sum(count for run, count in words.items() if len(run) == 1) or sum(words.values())
        best: dict[int, tuple[int, str]] = {}
        for run, count in words.items():
            if len(run) <= LONGEST_RUN and all(is_han(ord(character)) for character in run):
                spoken = [plain(syllable) for syllable in syllables(run)]
                if len(spoken) == len(run):
                    number = _number(spoken)
                    best[number] = max(best.get(number, (0, "")), (count, run))
        keys = sorted(best)
        return cls(
            np.array(keys, np.uint32),
            np.array([-math.log(best[key][0] / total) for key in keys], np.float32),
            np.array([best[key][1] for key in keys], f"U{LONGEST_RUN}"),
        )

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """The runs as named arrays; characters as numbers."""
        return {"han_keys": self.keys, "han_costs": self.costs, "han_runs": self.runs.view(np.uint32)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> HanRuns:
        """The runs from their named arrays."""
        runs = np.asarray(arrays["han_runs"]).view(f"U{LONGEST_RUN}")
        return cls(arrays["han_keys"], arrays["han_costs"], runs)  # type: ignore[arg-type]

    def read(self, words: Sequence[str], stays: Sequence[bool]) -> list[str]:
        """Words of pinyin, joined or spaced, as Han characters; other words, and those that stay, as they are."""
        read: list[str] = []
        chunk: list[tuple[tuple[str, ...], ...]] = []
        for word, stay in zip([*words, ""], [*stays, True], strict=True):
            ways = () if stay or not word.isascii() else split(word)
            if ways:
                chunk.append(ways)
                continue
            if chunk:
                read += self._characters(chunk)
                chunk = []
            if word:
                read.append(word)
        return read

    def _characters(self, chunk: Sequence[tuple[tuple[str, ...], ...]]) -> list[str]:
        """The cheapest runs over a chunk of syllables; ambiguous words are alternative paths."""
        edges, last = _lattice(chunk)
        pieces = [(start, end, path) for start in range(last) for end, path in _paths(edges, start)]
        wanted = np.array([_number(path) for _, _, path in pieces], np.uint32)
        if not len(self.keys):
            return [syllable for ways in chunk for syllable in ways[0]]
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        hits = (self.keys[places] == wanted).tolist()
        costs = self.costs[places].tolist()
        best: dict[int, tuple[float, int, list[str]]] = {0: (0.0, 0, [])}
        for place, (start, end, path) in enumerate(pieces):
            if start not in best or (not hits[place] and len(path) > 1):
                continue
            cost = best[start][0] + (costs[place] if hits[place] else _UNKNOWN)
            if end not in best or cost < best[end][0]:
                found = list(str(self.runs[places[place]])) if hits[place] else list(path)
                best[end] = (cost, start, found)
        read: list[list[str]] = []
        at = last
        while at:
            read.append(best[at][2])
            at = best[at][1]
        return [character for found in reversed(read) for character in found]


def _lattice(chunk: Sequence[tuple[tuple[str, ...], ...]]) -> tuple[dict[int, list[tuple[int, str]]], int]:
    """Syllables as edges between places in the letters of a chunk, and the last place."""
    edges: dict[int, list[tuple[int, str]]] = {}
    offset = 0
    for ways in chunk:
        for way in ways:
            at = offset
            for syllable in way:
                step = (at + len(syllable), syllable)
                if step not in edges.setdefault(at, []):
                    edges[at].append(step)
                at = step[0]
        offset += sum(map(len, ways[0]))
    return edges, offset


def _paths(edges: Mapping[int, list[tuple[int, str]]], start: int) -> list[tuple[int, tuple[str, ...]]]:
    """All paths of 1 to 6 syllables from a place, with where they end."""
    found: list[tuple[int, tuple[str, ...]]] = []
    reached: list[tuple[int, tuple[str, ...]]] = [(start, ())]
    for _ in range(LONGEST_RUN):
        reached = [(end, (*path, syllable)) for at, path in reached for end, syllable in edges.get(at, ())]
        found += reached
    return found
