"""Ids that name something elsewhere, in both directions."""

import pytest

from bot.catalogue.problem import did_you_mean

DAYCARE = "intents/education/daycare-application"
INTENT = f"{DAYCARE}/intent.yaml"
FI = f"{DAYCARE}/fi.yaml"
POINT = "knowledge/points/espoo/advice-espoo.yaml"
TOPICS = "intents/topics.yaml"
SERVICES = "knowledge/services.yaml"
AGREEMENT = "knowledge/agreement.yaml"


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (
            INTENT,
            "owner: shared",
            "related: [day-care]\nowner: shared",
            f"{INTENT}:10: error: there is no intent `day-care`; ",
        ),
        (
            INTENT,
            "owner: shared",
            "related: [daycare-application]\nowner: shared",
            f"{INTENT}:10: error: the intent is related to itself; ",
        ),
        (
            INTENT,
            "owner: shared",
            "near: {day-care: the fee is asked there}\nowner: shared",
            f"{INTENT}:10: error: there is no intent `day-care`; ",
        ),
        (
            INTENT,
            "service: daycare",
            "service: daycares",
            f"{INTENT}:4: error: there is no service `daycares`; did you mean `daycare`?",
        ),
        (
            INTENT,
            "authority: city",
            "authority: police",
            f"{INTENT}:3: error: there is no authority `police`; add the authority or take the id out",
        ),
        (
            INTENT,
            "owner: shared",
            "owner: espo",
            f"{INTENT}:10: error: there is no owner `espo`; did you mean `espoo`?",
        ),
        (INTENT, "terms:", "terms:\n  - {fi: päiväkoti}", f"{INTENT}:7: warning: the term `päiväkoti` has no sv; "),
        (INTENT, "{fi: varhaiskasvatus, ", "{", f"{INTENT}:7: error: `terms` entry 1 has no fi; "),
        (
            TOPICS,
            "[daycare-application]",
            "[daycare-application, daycare-aplication]",
            f"{TOPICS}:3: error: there is no intent `daycare-aplication`; did you mean `daycare-application`?",
        ),
        (
            TOPICS,
            "[daycare-application]",
            "[daycare-application, daycare-application]",
            f"{TOPICS}:3: error: the intent `daycare-application` is listed twice; ",
        ),
        (
            TOPICS,
            "[daycare-application]",
            "[]",
            f"{INTENT}:1: error: the intent `daycare-application` is not listed in topics.yaml; add it",
        ),
        (TOPICS, "en: Education", "eng: Education", None),
        (
            SERVICES,
            "espoo: [advice-espoo]",
            "espoo: [advice-espoo, advice-esbo]",
            f"{SERVICES}:10: error: there is no point `advice-esbo`; did you mean `advice-espoo`?",
        ),
        (
            SERVICES,
            "espoo: [advice-espoo]",
            "espo: [advice-espoo]",
            f"{SERVICES}:10: error: there is no city `espo`; did you mean `espoo`?",
        ),
        (
            SERVICES,
            "    authority: city",
            "    authority: citty",
            f"{SERVICES}:8: error: there is no authority `citty`; did you mean `city`?",
        ),
        (
            SERVICES,
            "espoo: [advice-espoo]",
            "espoo: []",
            f"{POINT}:12: warning: services.yaml does not list `advice-espoo` under `daycare`; ",
        ),
        (
            POINT,
            "services: [daycare]",
            "services: []",
            f"{SERVICES}:10: error: the point `advice-espoo` does not name the service `daycare`; add it to ",
        ),
        (POINT, "services: [daycare]", "services: [daycare, day]", f"{POINT}:12: error: there is no service `day`; "),
        (
            POINT,
            "city: espoo",
            "city: null",
            f"{POINT}:3: error: the city is `null` in the folder espoo/; write espoo, or move the file",
        ),
        (
            "knowledge/cities/vantaa/city.yaml",
            "point: advice-espoo",
            "point: advice-vantaa",
            "knowledge/cities/vantaa/city.yaml:4: error: there is no point `advice-vantaa`; ",
        ),
        (
            AGREEMENT,
            "espoo: 27.1",
            "espoo: 27.2",
            f"{AGREEMENT}:3: error: the cost shares sum to 100.1 per cent; make them sum to 100",
        ),
        (
            AGREEMENT,
            "kauniainen: 1.0}",
            "grankulla: 1.0}",
            f"{AGREEMENT}:3: error: cost_shares and cities differ in grankulla, kauniainen; ",
        ),
        (AGREEMENT, "required_languages: [fi, sv, en]", "required_languages: [fi, sv, en, ru]", None),
        (
            "intents/languages.yaml",
            "en: {name: English, direction: ltr, tier: required}",
            "en: {name: English, direction: ltr, tier: offered}",
            "intents/languages.yaml:3: error: `en` is offered here and required in agreement.yaml; make the two agree",
        ),
    ],
)
def test_a_reference_that_leads_nowhere(data, name, old, new, expected):
    data.change(name, old, new)
    if expected is None:
        assert any(": error: " in line for line in data.problems())
    else:
        assert data.only().startswith(expected)


def test_an_intent_id_under_two_topics(data):
    data.write("intents/family/daycare-application/et.yaml", "title: Lasteaiakoht\n")
    assert (
        "intents/family/daycare-application/et.yaml:1: error: the intent `daycare-application` stands under the topics "
        "`education` and `family`; keep one of the two folders"
    ) in data.problems()


def test_a_point_id_in_two_folders(data):
    text = (data.root / POINT).read_text(encoding="utf-8")
    data.write("knowledge/points/state/advice-espoo.yaml", text.replace("city: espoo", "city: null"))
    assert data.only() == (
        f"knowledge/points/state/advice-espoo.yaml:1: error: the point `advice-espoo` is also in `{POINT}`; "
        "keep one of the two files, or give one another id"
    )


def test_a_point_of_the_state_has_no_city(data):
    text = (data.root / POINT).read_text(encoding="utf-8")
    data.write("knowledge/points/state/advice-state.yaml", text.replace("services: [daycare]", "services: []"))
    assert data.only() == (
        "knowledge/points/state/advice-state.yaml:3: error: the city is `espoo` in the folder state/; "
        "write null, or move the file"
    )


def test_a_city_part_of_an_unknown_intent(data):
    part = "knowledge/cities/espoo/intents/daycare-application.yaml"
    text = (data.root / part).read_text(encoding="utf-8")
    data.write("knowledge/cities/espoo/intents/daycare-fees.yaml", text)
    assert data.only().startswith(
        "knowledge/cities/espoo/intents/daycare-fees.yaml:1: error: there is no intent `daycare-fees`; "
    )


def test_a_dialogue_needs_no_topic_and_no_long_answer(data):
    for name in ("intent", "fi", "sv", "en"):
        text = (data.root / f"{DAYCARE}/{name}.yaml").read_text(encoding="utf-8")
        text = text.replace("kind: answer", "kind: dialogue").replace("option", "thing").replace("vaihtoehto", "asia")
        lines = [line if not line.startswith("answer:") else "answer: Hei!" for line in text.split("\n")]
        data.write(f"intents/dialogue/greeting/{name}.yaml", "\n".join(lines).replace("alternativ", "sak"))
    assert data.problems() == []


def test_an_intent_without_facts(data):
    data.write("intents/education/school/fi.yaml", "title: Koulu\nanswer: Koulu alkaa.\n")
    errors = [line for line in data.problems() if ": error: " in line]
    assert errors == [
        "intents/education/school/intent.yaml:1: error: the file is missing; add it: every intent's folder has one"
    ]


def test_an_intent_with_unreadable_facts_is_not_called_missing(data):
    data.write(INTENT, "kind: [\n")
    assert data.only().startswith(
        f"{INTENT}:1: error: a bracket opens here and is not closed where it should be; add the `]`"
    )


def test_a_language_file_with_an_error_is_not_called_missing(data):
    data.change(FI, "title: ", "titel: ")
    assert [line.split(";")[0] for line in data.problems()] == [
        f"{FI}:1: error: the key `title` is missing",
        f"{FI}:1: error: unknown key `titel`",
    ]


@pytest.mark.parametrize(
    ("gone", "others"),
    [
        ("hello-espoo-info", ["shelter-espoo"]),
        ("espoo-daycare-guidance", ["helsinki-daycare-guidance", "vantaa-daycare-guidance"]),
        ("health-station-kivela", ["health-station-kivenlahti"]),
    ],
)
def test_another_thing_is_never_suggested(gone, others):
    assert did_you_mean(gone, others, "add it") == "add it"
    assert did_you_mean(gone.replace("e", "", 1), [gone, *others], "add it") == f"did you mean `{gone}`?"


def test_a_language_file_of_a_language_nobody_speaks_here(data):
    (data.root / FI).rename(data.root / f"{DAYCARE}/de.yaml")
    assert [line.split(";")[0] for line in data.problems()] == [
        f"{DAYCARE}/de.yaml:1: error: the language `de` is not in languages.yaml",
        f"{INTENT}:1: warning: the intent `daycare-application` has no fi.yaml",
    ]


def test_texts_miss_a_required_language_or_name_an_unknown_one(data):
    data.change(POINT, "sv: Rådgivningen, en: Advice point}", "no: Rådgivning}")
    assert [line.split(";")[0] for line in data.problems()] == [
        f"{POINT}:1: error: the language `no` is not in languages.yaml",
        f"{POINT}:1: warning: `names` has no sv, en",
    ]


def test_languages_with_different_numbers_of_steps(data):
    data.change(f"{DAYCARE}/sv.yaml", "  - Fyll i ansökan.", "  - Fyll i ansökan.\n  - Skicka den.")
    assert data.only() == f"{DAYCARE}/sv.yaml:3: warning: 2 steps, fi.yaml has 1; translate the same steps"
