"""A sound catalogue becomes domain values; its hash follows every byte."""

import shutil
from datetime import date
from decimal import Decimal

from bot.domain.intent import InPerson

INTENT = "intents/education/daycare-application/intent.yaml"
FI = "intents/education/daycare-application/fi.yaml"


def test_a_sound_catalogue_has_no_problem_and_becomes_domain_values(data):
    loaded = data.load()

    assert [str(problem) for problem in loaded.problems] == []
    catalogue = loaded.catalogue
    assert catalogue is not None
    assert list(catalogue.languages) == ["fi", "sv", "en", "ru"]
    assert [(topic.id, topic.intents) for topic in catalogue.topics] == [("education", ("daycare-application",))]
    intent = catalogue.intents["daycare-application"]
    assert (intent.topic, intent.urgent, intent.in_person) == ("education", False, InPerson.NO)
    assert intent.review_after_days == 180
    assert intent.terms == ({"fi": "varhaiskasvatus", "sv": "småbarnspedagogik"},)
    assert set(intent.texts) == {"fi", "sv", "en"}
    assert intent.texts["en"].steps == ("Fill in the application.",)
    assert len(catalogue.examples()) == 72
    assert catalogue.agreement.cost_shares["espoo"] == Decimal("27.1")
    assert list(catalogue.cities) == ["helsinki", "espoo", "vantaa", "kauniainen"]
    point = catalogue.points["advice-espoo"]
    assert (point.city, point.coordinates, point.address.postal_code) == ("espoo", (60.2, 24.7), "02230")
    assert point.phones[0].note == {}
    assert catalogue.services["daycare"].points == {"espoo": ("advice-espoo",)}
    assert catalogue.city_parts["espoo", "daycare-application"].text["en"].startswith("In Espoo")
    assert catalogue.places.postal_codes[0].city == "espoo"
    assert catalogue.places.districts[0].other_cities == ("espoo",)
    assert catalogue.places.districts[0].aliases == ("Karhis", "K-saari")
    assert catalogue.places.borders["espoo"][0][0] == (24.6, 60.0)


def test_dated_words_goals_surveys_and_towns_are_read(data):
    for language in ("fi", "sv", "en"):
        path = FI.replace("fi.yaml", f"{language}.yaml")
        data.change(path, "steps:", "dated:\n  - valid_from: 2027-03-01\n    steps: [Odota.]\nsteps:")
    data.write(
        "knowledge/goals/2027.yaml",
        "answered-directly:\n  names: {fi: Suoraan, sv: Direkt, en: Directly}\n"
        "  target: 81\n  unit: percent\n  direction: at-least\n",
    )
    data.write(
        "knowledge/surveys/residents.yaml",
        "audience: residents\nquestions:\n  - {id: helped, text: {fi: Autoimme?, sv: Hjälpte vi?, en: Did we help?}}\n",
    )
    data.write("knowledge/places/towns.csv", "name_fi,name_sv,aliases\nTurku,Åbo,Турку;Turkuu\n")

    loaded = data.load()

    assert loaded.problems == ()
    text = loaded.catalogue.intents["daycare-application"].texts["fi"]
    assert text.on(date(2027, 2, 28)).steps == ("Täytä hakemus.",)
    assert text.on(date(2027, 3, 1)).steps == ("Odota.",)
    assert [(goal.year, goal.indicator, goal.reached(80.0), goal.reached(81.0)) for goal in loaded.goals] == [
        (2027, "answered-directly", False, True)
    ]
    assert [(question.id, question.kind) for question in loaded.surveys[0].questions] == [("helped", "scale")]
    assert loaded.catalogue.places.towns[0].names == ("Turku", "Åbo", "Турку", "Turkuu")


def test_a_warning_keeps_the_catalogue_and_an_error_does_not(data):
    data.change(INTENT, "https://", "http://")
    assert data.only().startswith(f"{INTENT}:9: warning: `http://example.fi/daycare` is not encrypted; use https://")
    assert data.load().catalogue is not None

    data.change(INTENT, "owner: shared\n", "")
    assert data.load().catalogue is None


def test_problems_of_all_files_come_in_one_run_by_path_and_line(data):
    data.change(FI, "title:", "titel:")
    data.write("knowledge/agreement.yaml", "cities: [\n")
    data.change("knowledge/services.yaml", "authority: city", "authority: citty")

    found = data.problems()

    assert [line.split(" ")[0] for line in found if ": error:" in line] == [
        f"{FI}:1:",
        f"{FI}:1:",
        "knowledge/agreement.yaml:1:",
        "knowledge/services.yaml:8:",
    ]
    assert f"{FI}:1: error: unknown key `titel`; did you mean `title`?" in found
    assert "knowledge/services.yaml:8: error: there is no authority `citty`; did you mean `city`?" in found


def test_the_hash_changes_with_any_byte_and_any_name_and_with_nothing_else(data):
    first = data.load().hash
    assert data.load().hash == first

    data.change(FI, "title:", "title: ")
    second = data.load().hash
    (data.root / FI).rename(data.root / FI.replace("fi", "et"))
    third = data.load().hash
    data.write("intents/README.md", "not data")
    data.write("intents/.fi.yaml.swp", b"\x00")

    assert len({first, second, third, data.load().hash}) == 3
    assert len(first) == 64


def test_a_missing_folder_is_one_problem(data):
    shutil.rmtree(data.root / "intents")
    assert data.only() == (
        "intents:1: error: there is no such folder; name the folder with the intents data (--intents)"
    )
    assert data.load().catalogue is None


def test_empty_folders_name_each_file_that_is_missing(data):
    for name in ("intents", "knowledge"):
        shutil.rmtree(data.root / name)
        (data.root / name).mkdir()
    assert [line.split(": error")[0] for line in data.problems()] == [
        "intents:1",
        "intents/languages.yaml:1",
        "intents/topics.yaml:1",
        "knowledge/agreement.yaml:1",
        "knowledge/places/borders.geojson:1",
        "knowledge/places/districts.csv:1",
        "knowledge/places/postal_codes.csv:1",
        "knowledge/services.yaml:1",
    ]


def test_files_in_the_wrong_place_are_told(data):
    data.write("intents/education/notes.yaml", "a: 1\n")
    data.write("intents/education/daycare-application/ru.yml", "title: x\n")
    data.write("knowledge/places/old.csv", "a\n")
    data.write("intents/lexicon/more/fi.yaml", "a: 1\n")
    assert [line.split(";")[0] for line in data.problems()] == [
        "intents/education/daycare-application/ru.yml:1: error: the name ends in .yml",
        "intents/education/notes.yaml:1: error: no file belongs at `education/notes.yaml`",
        "intents/lexicon/more/fi.yaml:1: error: no file belongs at `lexicon/more/fi.yaml`",
        "knowledge/places/old.csv:1: warning: this file is not read",
    ]
