"""What the files say before it is known to fit together: parsed files with their lines, found by id."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from pydantic import BaseModel

from bot.catalogue.borders import Rings
from bot.catalogue.memory import Memory
from bot.catalogue.models.city import AgreementFile, CityFile, CityPartFile
from bot.catalogue.models.glossary import GlossaryFile
from bot.catalogue.models.intent import IntentFile, TextFile
from bot.catalogue.models.lexicon import ConceptsFile, LexiconFile, OutOfScopeFile
from bot.catalogue.models.lodging import LodgingFile
from bot.catalogue.models.menu import UNDERSTOOD, LanguagesFile, TopicsFile
from bot.catalogue.models.owners import OwnersFile
from bot.catalogue.models.point import PointFile, ServicesFile
from bot.catalogue.models.yearly import GoalsFile, SurveyFile
from bot.catalogue.yaml_file import Document, KeyPath
from bot.domain.place import District, PostalCode, Town
from bot.language import fold, tokens

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Parsed(Generic[M]):
    """A file that fits its model."""

    document: Document
    model: M

    @property
    def path(self) -> str:
        """The file as messages show it."""
        return self.document.path

    def line(self, *keys: str | int) -> int:
        """Line of the value at `keys`, or of what stands above it."""
        return self.document.line(*keys)

    def at(self, keys: KeyPath) -> tuple[str, int]:
        """Path and line of the value at `keys`."""
        return self.document.path, self.document.line(*keys)


@dataclass(slots=True)
class IntentDraft:
    """One intent's folder; `path` is its `intent.yaml`, `has_file` whether it is there.

    `languages` are those with a file, whether or not it could be understood; `texts` has the understood ones.
    """

    id: str
    topic: str
    path: str
    has_file: bool = False
    facts: Parsed[IntentFile] | None = None
    languages: set[str] = field(default_factory=set)
    texts: dict[str, Parsed[TextFile]] = field(default_factory=dict)

    @property
    def is_dialogue(self) -> bool:
        """True when the bot answers by itself; unknown facts count as an answer."""
        return self.facts is not None and self.facts.model.kind == "dialogue"


@dataclass(slots=True)
class Draft:
    """All files of one run. Ids count as known when their file exists, whether or not it could be understood."""

    today: date
    languages: Parsed[LanguagesFile] | None = None
    topics: Parsed[TopicsFile] | None = None
    lodging: Parsed[LodgingFile] | None = None
    concepts: Parsed[ConceptsFile] | None = None
    lexicon: dict[str, Parsed[LexiconFile]] = field(default_factory=dict)
    """Language -> its words for the concepts."""
    out_of_scope: dict[str, Parsed[OutOfScopeFile]] = field(default_factory=dict)
    word_files: set[tuple[str, str]] = field(default_factory=set)
    """(lexicon or out-of-scope, language) of every file there is, whether or not it could be understood."""
    agreement: Parsed[AgreementFile] | None = None
    services: Parsed[ServicesFile] | None = None
    glossary: Parsed[GlossaryFile] | None = None
    owners: Parsed[OwnersFile] | None = None
    intents: dict[str, IntentDraft] = field(default_factory=dict)
    cities: dict[str, Parsed[CityFile]] = field(default_factory=dict)
    city_ids: set[str] = field(default_factory=set)
    parts: dict[tuple[str, str], Parsed[CityPartFile]] = field(default_factory=dict)
    points: dict[str, Parsed[PointFile]] = field(default_factory=dict)
    point_paths: dict[str, str] = field(default_factory=dict)
    """Point id -> its file."""
    goals: dict[int, Parsed[GoalsFile]] = field(default_factory=dict)
    surveys: dict[str, Parsed[SurveyFile]] = field(default_factory=dict)
    postal_codes: tuple[PostalCode, ...] | None = None
    districts: tuple[District, ...] | None = None
    borders: dict[str, Rings] | None = None
    borders_path: str = ""
    towns: tuple[Town, ...] | None = None
    documents: list[Document] = field(default_factory=list)
    """Every YAML file that could be read, understood or not."""
    memory: Memory = field(default_factory=Memory)

    def key(self, text: str) -> str:
        """The folded words of `text`, by which messages are compared; empty when it has none."""
        known = self.memory.keys.get(text)
        if known is None:
            known = self.memory.keys[text] = " ".join(tokens(fold(text)))
        return known

    def language_codes(self) -> list[str] | None:
        """The bot's languages, None when `languages.yaml` could not be read."""
        return list(self.languages.model.root) if self.languages else None

    def is_written(self, language: str) -> bool:
        """True for a required or offered language; an unknown one has its own error."""
        model = self.languages.model.root.get(language) if self.languages else None
        return model is not None and model.tier != UNDERSTOOD

    def required_languages(self) -> list[str]:
        """Languages that everything must have."""
        if self.agreement:
            return list(self.agreement.model.required_languages)
        if self.languages:
            return [code for code, model in self.languages.model.root.items() if model.tier == "required"]
        return []

    def agreed_cities(self) -> list[str]:
        """The agreement's cities, else those that have a folder."""
        return list(self.agreement.model.cities) if self.agreement else sorted(self.city_ids)
