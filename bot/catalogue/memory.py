"""What earlier readings in this process found, so that a reading after one edit does not read everything again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.catalogue.problem import Problem, Report

if TYPE_CHECKING:
    from bot.catalogue.draft import Draft

Rule = Callable[["Draft", Report], None]


@dataclass(slots=True)
class Memory:
    """Files as they were understood, folded texts, and what the slow rules found; about 150 MB for all languages."""

    files: dict[tuple[str, Hashable], tuple[bytes, Any, Any, frozenset[Problem]]] = field(default_factory=dict)
    """(path, model) -> the bytes, the document, what it says, and the problems in it."""
    keys: dict[str, str] = field(default_factory=dict)
    """Text -> its folded words."""
    findings: dict[Rule, tuple[Hashable, frozenset[Problem]]] = field(default_factory=dict)
    """Rule -> what its findings depend on, and those."""

    def run(self, rule: Rule, depends: Hashable, draft: Draft, report: Report) -> None:
        """The rule's findings: the earlier ones while what they depend on is the same."""
        before = self.findings.get(rule)
        if before is None or before[0] != depends:
            own = Report()
            rule(draft, own)
            before = self.findings[rule] = (depends, frozenset(own.found))
        report.found |= before[1]
