"""Which file is what: sorts data files by their place into a draft, each read with its own model."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from typing import TypeVar

from pydantic import BaseModel

from bot.catalogue import borders, gazetteer
from bot.catalogue.draft import Draft, IntentDraft, Parsed
from bot.catalogue.files import DataFile, collect
from bot.catalogue.models.base import is_id, is_language_code
from bot.catalogue.models.city import AgreementFile, CityFile, CityPartFile
from bot.catalogue.models.glossary import GlossaryFile
from bot.catalogue.models.intent import IntentFile, TextFile, WrittenFile
from bot.catalogue.models.lexicon import ConceptsFile, LexiconFile, OutOfScopeFile
from bot.catalogue.models.lodging import LodgingFile
from bot.catalogue.models.menu import LanguagesFile, TopicsFile
from bot.catalogue.models.owners import OwnersFile
from bot.catalogue.models.point import PointFile, ServicesFile
from bot.catalogue.models.yearly import GoalsFile, SurveyFile
from bot.catalogue.problem import Report, did_you_mean, shown
from bot.catalogue.words import validated
from bot.catalogue.yaml_file import read_yaml

M = TypeVar("M", bound=BaseModel)

FIXED = {
    "intents": ("languages.yaml", "topics.yaml"),
    "knowledge": (
        "agreement.yaml",
        "services.yaml",
        "places/borders.geojson",
        "places/postal_codes.csv",
        "places/districts.csv",
    ),
}
"""Files that must be there."""

_OPTIONAL = ("lodging.yaml", "owners.yaml", "glossary.yaml")
"""Files of a fixed name that need not be there."""


def read_draft(intents: Path, knowledge: Path, *, today: date) -> tuple[Draft, Report]:
    """Both folders read without the cross checks; an error in the report means that the draft lacks something."""
    draft, report = Draft(today), Report()
    Reading(draft, report).read(collect(intents, knowledge, report))
    return draft, report


@dataclass(slots=True)
class Reading:
    """Puts files into `draft` and problems into `report`."""

    draft: Draft
    report: Report

    def read(self, files: Iterable[DataFile]) -> None:
        """Reads every file; nothing stops at the first problem."""
        for file in files:
            self._one(file)

    def _one(self, file: DataFile) -> None:
        """Reads one file by its place."""
        take = self._taker(file)
        if take is not None:
            take(file)
        elif PurePath(file.path).suffix in {".yaml", ".yml", ".json"}:
            self._misplaced(file)
        else:
            self.report.warn(file.path, 1, "this file is not read", "move it out of the data folders")

    def _taker(self, file: DataFile) -> Callable[[DataFile], None] | None:
        """What reads a file of this place; None for a place the format does not have."""
        yaml = file.parts[-1].endswith(".yaml")
        match (file.folder, *file.parts):
            case ("intents", "languages.yaml" | "topics.yaml" | "lodging.yaml") | (
                "knowledge",
                "agreement.yaml" | "services.yaml" | "owners.yaml" | "glossary.yaml",
            ):
                return self._single
            case ("intents", "lexicon" | "out-of-scope", _) if yaml:
                return self._words
            case ("intents", "lexicon" | "out-of-scope", *_):
                return None
            case ("intents", _, _, _) if yaml:
                return self._intent
            case ("knowledge", "cities", _, "city.yaml"):
                return self._city
            case ("knowledge", "cities", _, "intents", _) if yaml:
                return self._part
            case ("knowledge", "points", _, _) if yaml:
                return self._point
            case ("knowledge", "goals" | "surveys", _) if yaml:
                return self._yearly
            case ("knowledge", "places", "borders.geojson" | "postal_codes.csv" | "districts.csv" | "towns.csv"):
                return self._places
        return None

    def _misplaced(self, file: DataFile) -> None:
        """A data file where the format has none."""
        name = PurePath(file.path)
        if name.suffix == ".yml":
            self.report.error(file.path, 1, "the name ends in .yml", f"rename it to {shown(name.stem + '.yaml')}")
            return
        known = [fixed for names in (*FIXED.values(), _OPTIONAL) for fixed in names]
        mend = did_you_mean("/".join(file.parts), known, "see the data formats for where each file belongs")
        self.report.error(file.path, 1, f"no file belongs at {shown('/'.join(file.parts))}", mend)

    def _parse(self, file: DataFile, model: type[M]) -> Parsed[M] | None:
        """The file as `model`; None after a problem."""
        files, place = self.draft.memory.files, (file.path, model)
        before = files.get(place)
        if before is None or before[0] != file.raw:
            own = Report()
            document = read_yaml(file.raw, file.path, own)
            checked = validated(document, model, own) if document else None
            before = files[place] = (file.raw, document, checked, frozenset(own.found))
        _, document, checked, found = before
        self.report.found |= found
        if document is not None:
            self.draft.documents.append(document)
        return Parsed(document, checked) if document is not None and checked is not None else None

    def _name(self, file: DataFile, name: str, what: str) -> str:
        """`name` as an id; a name of another form is reported."""
        if not is_id(name):
            mend = "use lowercase letters, digits and hyphens"
            self.report.error(file.path, 1, f"{shown(name)} is not {what}", mend)
        return name

    def _single(self, file: DataFile) -> None:
        draft = self.draft
        match file.parts[-1]:
            case "languages.yaml":
                draft.languages = self._parse(file, LanguagesFile)
            case "topics.yaml":
                draft.topics = self._parse(file, TopicsFile)
            case "lodging.yaml":
                draft.lodging = self._parse(file, LodgingFile)
            case "owners.yaml":
                draft.owners = self._parse(file, OwnersFile)
            case "glossary.yaml":
                draft.glossary = self._parse(file, GlossaryFile)
            case "agreement.yaml":
                draft.agreement = self._parse(file, AgreementFile)
            case _:
                draft.services = self._parse(file, ServicesFile)

    def _intent(self, file: DataFile) -> None:
        topic, key, name = file.parts
        self._name(file, key, "an intent id")
        intent = self.draft.intents.get(key)
        if intent is None:
            intent = IntentDraft(key, topic, str(PurePath(file.path).with_name("intent.yaml")))
            self.draft.intents[key] = intent
        elif intent.topic != topic:
            what = f"the intent {shown(key)} stands under the topics {shown(intent.topic)} and {shown(topic)}"
            self.report.error(file.path, 1, what, "keep one of the two folders")
        if name == "intent.yaml":
            intent.has_file = True
            intent.facts = self._parse(file, IntentFile) or intent.facts
            return
        language = self._language(file, "intent.yaml")
        intent.languages.add(language)
        # `languages.yaml` lies at the top of the folder, so it is read before any text.
        model: type[TextFile] = WrittenFile if self.draft.is_written(language) else TextFile
        parsed = self._parse(file, model)
        if parsed is not None:
            intent.texts.setdefault(language, parsed)

    def _words(self, file: DataFile) -> None:
        """Concepts, a language's words for them, or its messages out of scope."""
        folder, name = file.parts
        if folder == "out-of-scope":
            language = self._language(file)
            self.draft.word_files.add((folder, language))
            outside = self._parse(file, OutOfScopeFile)
            if outside is not None:
                self.draft.out_of_scope[language] = outside
        elif name == "concepts.yaml":
            self.draft.concepts = self._parse(file, ConceptsFile)
        else:
            language = self._language(file, "concepts.yaml")
            self.draft.word_files.add((folder, language))
            entries = self._parse(file, LexiconFile)
            if entries is not None:
                self.draft.lexicon[language] = entries

    def _language(self, file: DataFile, *others: str) -> str:
        """The language that a file's name says; a name of another form is reported. `others` may stand beside it."""
        name = file.parts[-1]
        language = name.removesuffix(".yaml")
        if not is_language_code(language):
            mend = did_you_mean(name, others, "name it after a language code, such as fi.yaml")
            self.report.error(file.path, 1, f"{shown(language)} is no language code", mend)
        return language

    def _city(self, file: DataFile) -> None:
        city = self._name(file, file.parts[1], "a city id")
        self.draft.city_ids.add(city)
        parsed = self._parse(file, CityFile)
        if parsed is not None:
            self.draft.cities[city] = parsed

    def _part(self, file: DataFile) -> None:
        key = (file.parts[1], file.parts[3].removesuffix(".yaml"))
        parsed = self._parse(file, CityPartFile)
        if parsed is not None:
            self.draft.parts[key] = parsed

    def _point(self, file: DataFile) -> None:
        point = self._name(file, file.parts[2].removesuffix(".yaml"), "a point id")
        first = self.draft.point_paths.setdefault(point, file.path)
        parsed = self._parse(file, PointFile)
        if first != file.path:
            what = f"the point {shown(point)} is also in {shown(first, 200)}"
            self.report.error(file.path, 1, what, "keep one of the two files, or give one another id")
        elif parsed is not None:
            self.draft.points[point] = parsed

    def _yearly(self, file: DataFile) -> None:
        kind, name = file.parts[0], file.parts[1].removesuffix(".yaml")
        if kind == "surveys":
            survey = self._parse(file, SurveyFile)
            if survey is not None:
                self.draft.surveys[self._name(file, name, "a survey's name")] = survey
            return
        goals = self._parse(file, GoalsFile)
        if not (len(name) == 4 and name.isascii() and name.isdigit()):
            self.report.error(file.path, 1, f"{shown(name)} is no year", "name the file after its year: 2027.yaml")
        elif goals is not None:
            self.draft.goals[int(name)] = goals

    def _places(self, file: DataFile) -> None:
        draft = self.draft
        match file.parts[-1]:
            case "borders.geojson":
                draft.borders = borders.borders(file.raw, file.path, self.report)
                draft.borders_path = file.path
            case "postal_codes.csv":
                draft.postal_codes = gazetteer.postal_codes(file.raw, file.path, self.report)
            case "towns.csv":
                draft.towns = gazetteer.towns(file.raw, file.path, self.report)
            case _:
                draft.districts = gazetteer.districts(file.raw, file.path, self.report)
