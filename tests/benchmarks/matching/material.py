"""What is measured: the catalogue's examples, all or some of them, its full matcher, and the development questions."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

import bot.language
import bot.matching
from bot.catalogue.loader import load
from bot.domain.catalogue import Catalogue
from bot.domain.lexicon import Lexicon
from bot.matching import table
from bot.matching.artefact import ready
from bot.matching.concepts import Concepts
from bot.matching.matcher import Matcher
from bot.matching.settings import Example, MatchSettings
from bot.matching.tongues import Tongues, teach
from bot.matching.training import STRANGER, Prepared, Trainer, Words, prepare


@dataclass(frozen=True, slots=True)
class Question:
    """A development question; `style` is plain, short, noisy, places or multi, of one out of scope far or near."""

    language: str
    text: str
    intents: tuple[str, ...]
    style: str


@dataclass(frozen=True)
class Material:
    """Where the data is and which part of it is used; None = all."""

    benchmarks: Path
    questions: Path
    intents: Path
    knowledge: Path
    cache: Path
    only_languages: tuple[str, ...] | None = None
    only_intents: int | None = None
    settings: MatchSettings = field(default_factory=MatchSettings)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The whole catalogue; the process ends when it has an error."""
        loaded = load(self.intents, self.knowledge, today=datetime.now(ZoneInfo("Europe/Helsinki")).date())
        if loaded.catalogue is None:
            sys.exit("\n".join(str(problem) for problem in loaded.problems if problem.severity == "error"))
        return loaded.catalogue

    @cached_property
    def chosen(self) -> frozenset[str]:
        """Ids of the intents that are used, spread over all of them."""
        names = sorted(self.catalogue.intents)
        return frozenset(names[:: max(1, len(names) // self.only_intents)] if self.only_intents else names)

    @cached_property
    def examples(self) -> list[Example]:
        """The examples that are used."""
        rows = [Example(*row) for row in self.catalogue.examples()]
        return [row for row in rows if row.intent in self.chosen and self._speaks(row.language)]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the examples, in the catalogue's order."""
        return tuple(dict.fromkeys(code for code in self.catalogue.understood if self._speaks(code)))

    @cached_property
    def outside(self) -> list[tuple[str, str]]:
        """(language, text) of the written out-of-scope messages."""
        return [(one.language, one.text) for one in self.catalogue.out_of_scope if self._speaks(one.language)]

    @property
    def lexicon(self) -> Lexicon:
        """Of all languages."""
        return self.catalogue.lexicon

    @cached_property
    def urgent(self) -> frozenset[str]:
        """Ids of the urgent intents."""
        return frozenset(intent.id for intent in self.catalogue.intents.values() if intent.urgent)

    @cached_property
    def trainer(self) -> Trainer:
        """What every model of these examples has in common."""
        return Trainer(Words.of(self.lexicon), self.urgent, self.settings)

    @cached_property
    def inside(self) -> Prepared:
        """The features of all examples."""
        return self.prepared(self.trainer.lexicon.concepts)

    @cached_property
    def strangers(self) -> Prepared:
        """The features of the out-of-scope messages."""
        return self.prepared_outside(self.trainer.lexicon.concepts)

    def prepared(self, concepts: Concepts) -> Prepared:
        """The features of all examples with these concepts."""
        texts, languages = [row.text for row in self.examples], [row.language for row in self.examples]
        return prepare(texts, languages, [row.intent for row in self.examples], concepts)

    def prepared_outside(self, concepts: Concepts) -> Prepared:
        """The features of the out-of-scope messages with these concepts."""
        texts, languages = [text for _, text in self.outside], [language for language, _ in self.outside]
        return prepare(texts, languages, [STRANGER] * len(texts), concepts)

    def tongues(self, examples: Sequence[Example]) -> Tongues | None:
        """What these examples teach about languages."""
        return teach(examples, self.lexicon)

    @cached_property
    def matcher(self) -> Matcher:
        """Of all examples that are used; built once for each state of the engine."""
        folder = self.cache / engine()
        for other in self.cache.glob("*"):
            if other.is_dir() and other != folder:
                shutil.rmtree(other)
        return ready(self.examples, self.urgent, self.settings, folder, oos=self.outside, lexicon=self.lexicon)

    def asked(self, suffix: str = "") -> Iterator[Question]:
        """Development questions of the languages and intents that are used; those out of scope have no intents."""
        for language in self.languages:
            for _, cells in table.read(self.questions / f"{language}{suffix}.tsv", ("lang", "question")):
                label = cells.get("intents") or cells.get("intent") or ""
                intents = tuple(part.strip() for part in label.split(",") if part.strip())
                if set(intents) <= self.chosen:
                    style = cells.get("style") or cells.get("kind") or suffix.strip(".")
                    yield Question(language, cells["question"], intents, style)

    def _speaks(self, language: str) -> bool:
        return self.only_languages is None or language in self.only_languages


def cells(examples: Sequence[Example]) -> dict[tuple[str, str], list[int]]:
    """(language, intent) -> the places of its examples."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, row in enumerate(examples):
        found[row.language, row.intent].append(place)
    return found


def engine() -> str:
    """Eight hex digits over the sources that decide how a message is matched."""
    digest = hashlib.sha256()
    for package in (bot.language, bot.matching):
        folder = Path(str(package.__file__)).parent
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def told(step: str, share: float = 0.0) -> None:
    """One line of progress to standard error."""
    print(f"  {100 * share:3.0f} % {step}" if share else f"  {step}", file=sys.stderr, flush=True)
