"""Which term of the glossary a message asks about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.glossary import Term
from bot.language.meaning import asked_about, ways, word_key

_QUESTION_MARKS = ("?", "؟", "？")


@dataclass(frozen=True, slots=True)
class Asked:
    """A term that a message is about; `surely` when the message asks what it means, not only names it."""

    term: Term
    surely: bool


class Glossary:
    """Terms by their folded spellings: a question costs the same however many there are."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms: dict[str, Term] = {}
        self._names: set[str] = set()
        for term in terms:
            names = [word_key(name) for name in term.names]
            self._names.update(names)
            for key in (*names, *map(word_key, term.forms)):
                self._terms.setdefault(key, term)
        if self._terms:
            ways()  # read now, so that no question waits for it

    def asked(self, text: str) -> Asked | None:
        """The term that the whole of `text` asks about; None when it says anything else.

        A term's own name with a question mark surely asks; another form with one may ask for the thing itself.
        """
        if not self._terms:
            return None
        named: Term | None = None
        for key, surely in asked_about(text):
            term = self._terms.get(key)
            if term and (surely or (key in self._names and text.rstrip().endswith(_QUESTION_MARKS))):
                return Asked(term, surely=True)
            named = named or term
        return Asked(named, surely=False) if named else None
