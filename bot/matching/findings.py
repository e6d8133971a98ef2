"""What `overmatch` finds in the examples, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

ENOUGH = 24
"""Different examples of an intent and language; what the measured accuracy needs."""

PAIRED = 2
"""Examples that must be mistaken, both ways together, before two intents are called confusable."""

CONFUSED, OFTEN = 0.05, 10
"""Share of an intent's examples, and how many of them, that are taken for one other intent before it wants a reason."""

ONE_LANGUAGE = 0.6
"""Share of a pair's mistakes from which on they are one language's matter."""


class Located(NamedTuple):
    """An example message and where it is written."""

    language: str
    text: str
    intent: str
    path: str
    line: int

    @property
    def place(self) -> str:
        """`path:line`."""
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An example that the other examples say belongs to another intent."""

    example: Located
    other: str
    like: Located
    """The other intent's example that is most like it, in its own language if there is any."""
    lead: float
    """Of the other intent's score over the own one's; where the own one wins, it leads by 0.6 in the median."""
    clear: bool
    """True when its neighbours, too, leave hardly a doubt."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two intents whose left-out examples are taken for each other."""

    first: str
    second: str
    first_as_second: int
    first_examples: int
    second_as_first: int
    second_examples: int
    languages: Mapping[str, int]
    """Language -> mistakes in it, both ways, most first."""

    @property
    def mistakes(self) -> int:
        """Both ways together."""
        return self.first_as_second + self.second_as_first

    @property
    def share(self) -> float:
        """Of both intents' examples that are mistaken for the other's."""
        return self.mistakes / (self.first_examples + self.second_examples)

    @property
    def pair(self) -> frozenset[str]:
        """Both intents."""
        return frozenset({self.first, self.second})

    @property
    def wants_reason(self) -> bool:
        """True when so many examples of one are taken for the other that its editors should know why."""
        ways = ((self.first_as_second, self.first_examples), (self.second_as_first, self.second_examples))
        return any(taken >= max(OFTEN, CONFUSED * examples) for taken, examples in ways)

    @property
    def language(self) -> str | None:
        """The language whose matter it is, if it is one's of several."""
        code, count = next(iter(self.languages.items()))
        return code if len(self.languages) > 1 and count >= max(PAIRED, ONE_LANGUAGE * self.mistakes) else None


@dataclass(frozen=True, slots=True)
class Same:
    """Examples that have the same folded words."""

    examples: tuple[Located, ...]

    @property
    def across_intents(self) -> bool:
        """True when several intents claim the words."""
        return len({one.intent for one in self.examples}) > 1

    @property
    def wasted(self) -> bool:
        """True when one intent has them twice in one language; several languages may well share a term."""
        return len({(one.intent, one.language) for one in self.examples}) < len(self.examples)

    @property
    def fault(self) -> bool:
        """True when an editor should change one of them."""
        return self.across_intents or self.wasted


@dataclass(frozen=True, slots=True)
class Near:
    """Two examples that say nearly the same, in one language of one intent, or under two intents."""

    one: Located
    other: Located
    likeness: float
    """Cosine, 0 to 1."""
    repeated: int
    """Further pairs of the same two wordings in other languages."""

    @property
    def across_intents(self) -> bool:
        """True when two intents claim nearly the same words."""
        return self.one.intent != self.other.intent


@dataclass(frozen=True, slots=True)
class Thin:
    """An intent that has too few examples in a language, or whose examples there are badly recognised."""

    intent: str
    language: str
    first: Located
    different: int
    recognised: int
    examples: int
    usual: float
    """Share of the language's examples that are recognised."""
    taken_for: tuple[tuple[str, int], ...]
    """Other intents and how many of the examples were taken for them, most first."""

    @property
    def few(self) -> bool:
        """True when there are fewer than `ENOUGH` different ones."""
        return self.different < ENOUGH


@dataclass(frozen=True, slots=True)
class Recognised:
    """Shares of left-out examples that were recognised: first, and among the best three."""

    examples: int
    top1: float
    top3: float


@dataclass(frozen=True, slots=True)
class Overmatch:
    """All findings, in each list the most serious first."""

    intents: int
    total: Recognised
    languages: Mapping[str, Recognised]
    elsewhere: tuple[Elsewhere, ...]
    confusions: tuple[Confusion, ...]
    same: tuple[Same, ...]
    near: tuple[Near, ...]
    thin: tuple[Thin, ...]

    @property
    def clear(self) -> tuple[Elsewhere, ...]:
        """The examples that quite clearly belong elsewhere."""
        return tuple(found for found in self.elsewhere if found.clear)

    def as_json(self, limit: int | None = None) -> dict[str, Any]:
        """The fields as plain values, at most `limit` entries of each list; `found` has the whole numbers."""
        lists = {
            "elsewhere": [_plain(one) for one in self.elsewhere],
            "confusions": [{**asdict(one), "share": round(one.share, 4)} for one in self.confusions],
            "same": [
                {"fault": one.fault, "examples": [example._asdict() for example in one.examples]} for one in self.same
            ],
            "near": [_plain(one) for one in self.near],
            "thin": [_plain(one) for one in self.thin],
        }
        return {
            "intents": self.intents,
            "total": asdict(self.total),
            "languages": {code: asdict(figures) for code, figures in self.languages.items()},
            "found": {name: len(found) for name, found in lists.items()} | {"clear": len(self.clear)},
            **{name: found[:limit] for name, found in lists.items()},
        }


def _plain(one: Elsewhere | Near | Thin) -> dict[str, Any]:
    """The fields of a finding, examples as mappings too."""
    fields = {name: getattr(one, name) for name in type(one).__slots__}
    return {name: value._asdict() if isinstance(value, Located) else value for name, value in fields.items()}
