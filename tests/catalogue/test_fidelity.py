"""Translations against their Finnish source."""

import pytest

DAYCARE = "intents/education/daycare-application"
FI, SV, EN = (f"{DAYCARE}/{language}.yaml" for language in ("fi", "sv", "en"))
PART = "knowledge/cities/espoo/intents/daycare-application.yaml"
RU = (
    "title: Место в детском саду\n"
    "answer: Дошкольное воспитание (varhaiskasvatus) — это детский сад или семейный детский сад, где ребёнок играет и "
    "учится вместе с другими. Место предоставляет город, он же принимает решение по вашему заявлению. Подайте "
    "заявление заранее. Если вы быстро нашли работу, сразу сообщите об этом городу.\n"
    "steps: [Заполните заявление.]\n"
)


@pytest.mark.parametrize(
    ("there", "here", "said"),
    [
        ("Hae 4 kuukautta ennen.", "Apply 4 months before.", ""),
        ("Hae 4 kuukautta ennen.", "Apply 3 months before.", "lacks 4, which the Finnish text has"),
        ("Hae 40 päivää ennen.", "Apply 30 days before.", "lacks 40, which the Finnish text has, and has 30, which"),
        ("Hae neljä kuukautta ennen.", "Apply 4 months before.", ""),
        ("Laki muuttuu 16.6.2027.", "The law changes on 16 June 2027.", ""),
        ("Laki muuttuu 16.6.2027.", "The law changes on 16.06.2027.", ""),
        ("Laki muuttuu 16.6.2027.", "The law changes in June 2026.", "lacks 16, 2027, which"),
        ("Soita 116 117.", "Call.", "lacks 116, 117, which the Finnish text has"),
    ],
)
def test_figures_stay_the_same(data, there, here, said):
    data.change(FI, "Neuvontapiste auttaa", f"{there} Neuvontapiste auttaa")
    data.change(SV, "Rådgivningen hjälper", f"{there} Rådgivningen hjälper")
    data.change(EN, "The advice point helps", f"{here} The advice point helps")
    found = [line for line in data.problems() if "the Finnish text" in line]
    assert len(found) == bool(said)
    assert all(line.startswith(f"{EN}:2: warning: the text {said}") for line in found)


def test_as_much_to_bring(data):
    data.change(FI, "examples:", "bring: [Passi, Vuokrasopimus]\nexamples:")
    data.change(SV, "examples:", "bring: [Pass, Hyreskontrakt]\nexamples:")
    data.change(EN, "examples:", "bring: [Passport]\nexamples:")
    assert data.only() == f"{EN}:5: warning: 1 entries in `bring`, fi.yaml has 2; translate the same things"


def test_a_sentence_left_over_in_another_language(data):
    text = (data.root / FI).read_text(encoding="utf-8").split("\n")[1]
    lines = (data.root / EN).read_text(encoding="utf-8").split("\n")
    lines[3] = f"  - {text.removeprefix('answer: ')[:90]}"
    data.write(EN, "\n".join(lines))
    data.change(FI, "  - Täytä hakemus.", lines[3])
    assert any("stands in en.yaml too; write it in fi" in line for line in data.problems())


def test_a_city_text_left_in_english(data):
    data.change(
        PART,
        "  en: In Espoo",
        "  ru: In Espoo the city's growth and learning sector is in charge of early childhood education.\n"
        "    You apply in the city's own service.\n  en: In Espoo",
    )
    script, copied = (line for line in data.problems() if "Latin letters" in line or "translate it" in line)
    assert script.startswith(f"{PART}:8: warning: the ru text has 101 Latin letters and 0 of its own script; ")
    assert copied == f"{PART}:8: warning: the text under `ru` is that under `en`; translate it"


def test_a_russian_text_in_latin_letters(data):
    data.write(f"{DAYCARE}/ru.yaml", RU)
    assert [line for line in data.problems() if "Latin letters" in line] == []
    data.change(f"{DAYCARE}/ru.yaml", "Заполните заявление.", "Zapolnite zayavlenie na saite goroda i otprav'te ego.")
    found = [line for line in data.problems() if "Latin letters" in line]
    assert len(found) == 1
    assert found[0].startswith(f"{DAYCARE}/ru.yaml:3: warning: the ru text has 44 Latin letters and 0 of its own ")


@pytest.mark.parametrize(("times", "said"), [(40, []), (55, ["the answer has 207 words; write 24 to 180"])])
def test_a_translation_may_be_longer_than_its_source(data, times, said):
    data.write(f"{DAYCARE}/ru.yaml", RU.replace("Если вы", "Город решает сам. " * times + "Если вы"))
    found = [line for line in data.problems() if "the answer has" in line]
    assert found == [f"{DAYCARE}/ru.yaml:2: warning: {line}" for line in said]


def test_no_language_promises(data):
    data.write(f"{DAYCARE}/ru.yaml", RU.replace("Если вы", "Вы обязательно получите место. Если вы"))
    promised = [line for line in data.problems() if "promises" in line]
    assert len(promised) == 1
    assert promised[0].startswith(f"{DAYCARE}/ru.yaml:2: warning: `Вы обязательно получите` promises an outcome; ")
