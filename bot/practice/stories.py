"""Guided stories that play by themselves: what residents and advisors do, and what the bot must then say."""

from __future__ import annotations

from bot.domain.catalogue import Catalogue
from bot.practice.people import AINO, AMINA, DESKS, FARID, GRACE, IRINA, KERSTIN, LAYLA, MARIA, OMAR
from bot.simulator.story import Step, Story, Words, expect, locate, note, photo, press, say


def stories(catalogue: Catalogue) -> tuple[Story, ...]:
    """All stories; their expectations are the catalogue's own titles, so that an edited text does not break them."""
    return tuple(tell(catalogue) for tell in (_newcomer, _daycare, _latin, _paperless, _urgent, _transfer, _lodging))


def _desk(city: str) -> str:
    return DESKS[city]


def _arrives(person: int, language: str, city: str) -> list[Step]:
    """Begins as a stranger: whatever an earlier story left is deleted first."""
    return [
        say(person, "/delete"),
        press(person, "d"),
        say(person, "/start"),
        press(person, f"l|{language}"),
        press(person, f"c|{city}"),
    ]


def _both(en: str, fi: str) -> Words:
    return {"en": en, "fi": fi}


def _newcomer(catalogue: Catalogue) -> Story:
    def asks(text: str, intent: str) -> list[Step]:
        return [say(MARIA, text), expect(catalogue.intents[intent].title("en"), MARIA)]

    return Story(
        "newcomer",
        {"en": "A newcomer's first day", "fi": "Uuden asukkaan ensimmäinen päivä"},
        _both("Maria has just come to Vantaa and asks one thing after the other.", "Maria on juuri tullut Vantaalle."),
        (
            note(_both("Maria chooses her language and her city.", "Maria valitsee kielen ja kaupungin.")),
            *_arrives(MARIA, "en", "vantaa"),
            *asks("I just moved to Finland with my family, what should I do first?", "arrival-first-steps"),
            *asks("Where can I learn Finnish?", "finnish-course"),
            note(_both("A location changes the city and shows the nearest point.", "Sijainti vaihtaa kaupungin.")),
            say(MARIA, "/city"),
            locate(MARIA, 60.2055, 24.6559),
            expect("Espoo", MARIA),
            *asks("how do I get a tax card", "tax-card"),
        ),
    )


def _daycare(catalogue: Catalogue) -> Story:
    title = catalogue.intents["daycare-application"].title("so")
    return Story(
        "daycare",
        {"en": "Day care in Espoo, in Somali", "fi": "Päivähoito Espoossa, somaliksi"},
        _both("Amina asks as she speaks.", "Amina kysyy niin kuin puhuu."),
        (
            *_arrives(AMINA, "so", "espoo"),
            say(AMINA, "Sideen cunugayga ugu helaa xannaano?"),
            expect(title, AMINA),
            note(_both("Other cities' points serve her too.", "Muidenkin kaupunkien pisteet palvelevat häntä.")),
            press(AMINA, "o|daycare-application|"),
            expect("Vantaa", AMINA),
            press(AMINA, "y|daycare-application"),
        ),
    )


def _latin(catalogue: Catalogue) -> Story:
    def asks(text: str, intent: str) -> list[Step]:
        return [say(IRINA, text), expect(catalogue.intents[intent].title("ru"), IRINA)]

    return Story(
        "latin-russian",
        {"en": "Russian in Latin letters", "fi": "Venäjää latinalaisin kirjaimin"},
        _both("Irina's phone has no Cyrillic letters.", "Irinan puhelimessa ei ole kyrillisiä kirjaimia."),
        (
            *_arrives(IRINA, "ru", "vantaa"),
            *asks("kak oformit detskie posobija", "child-benefit"),
            *asks("gde mozhno uchit finskij jazyk", "finnish-course"),
            *asks("мне нужен kotikunta", "municipality-of-residence"),
        ),
    )


def _paperless(catalogue: Catalogue) -> Story:
    return Story(
        "paperless",
        {"en": "A mother without papers", "fi": "Paperiton äiti"},
        _both("Layla is pregnant and has no residence permit.", "Layla on raskaana eikä hänellä ole oleskelulupaa."),
        (
            *_arrives(LAYLA, "ar", "helsinki"),
            say(LAYLA, "أنا حامل وليس عندي إقامة، هل أستطيع أن أذهب إلى الطبيب؟"),
            note(
                _both(
                    "She names two matters, and reads about both.",
                    "Hän mainitsee kaksi asiaa ja saa tiedon molemmista.",
                )
            ),
            expect(catalogue.intents["undocumented-person"].title("ar"), LAYLA),
            press(LAYLA, "h|undocumented-person"),
            say(LAYLA, "أريد أن أتكلم مع شخص عن الحمل، وأنا خائفة"),
            press(LAYLA, "S"),
            press(AINO, "D|take|", desk=_desk("helsinki")),
            say(AINO, "/answer undocumented-person", desk=_desk("helsinki")),
            expect(catalogue.intents["undocumented-person"].title("ar"), LAYLA),
            note(
                _both("Aino reads no Arabic: she sees the same answer in Finnish.", "Aino näkee vastauksen suomeksi.")
            ),
            expect(catalogue.intents["undocumented-person"].title("fi"), desk=_desk("helsinki")),
            say(AINO, "/close", desk=_desk("helsinki")),
            press(LAYLA, "g|*|5"),
        ),
    )


def _urgent(catalogue: Catalogue) -> Story:
    title = catalogue.intents["domestic-violence"].title("en")
    return Story(
        "urgent",
        {"en": "An urgent message", "fi": "Kiireellinen viesti"},
        _both("Grace needs help now: the number stands first.", "Grace tarvitsee apua heti: numero on ensimmäisenä."),
        (
            *_arrives(GRACE, "en", "espoo"),
            say(GRACE, "My husband hits me and I am afraid to go home"),
            expect("🚨", GRACE),
            expect(title, GRACE),
            expect("116 016", GRACE),
        ),
    )


def _transfer(catalogue: Catalogue) -> Story:
    espoo, kauniainen = _desk("espoo"), _desk("kauniainen")
    return Story(
        "transfer",
        {"en": "A ticket moves from Kauniainen to Espoo", "fi": "Pyyntö siirtyy Kauniaisista Espooseen"},
        _both(
            "Farid must leave his home; Espoo knows more.",
            "Farid joutuu jättämään kotinsa; Espoossa tiedetään enemmän.",
        ),
        (
            *_arrives(FARID, "fa", "kauniainen"),
            say(FARID, "/human"),
            say(FARID, "صاحب‌خانه می‌گوید باید تا یک هفته خانه را خالی کنم. چه کار کنم؟"),
            press(FARID, "S"),
            press(KERSTIN, "D|take|", desk=kauniainen),
            say(KERSTIN, "// Espoo har en boenderådgivare, jag flyttar ärendet", desk=kauniainen),
            note(
                _both(
                    "A note never leaves the topic. Now the ticket moves.",
                    "Muistiinpano ei lähde mihinkään. Nyt pyyntö siirtyy.",
                )
            ),
            say(KERSTIN, "/transfer espoo", desk=kauniainen),
            press(OMAR, "D|take|", desk=espoo),
            say(OMAR, "سلام فرید. لطفاً عکس نامه صاحب‌خانه را بفرستید.", desk=espoo),
            expect("عکس نامه", FARID),
            photo(FARID, "نامه"),
            expect("[photo]", desk=espoo),
            say(OMAR, "/answer rent-arrears", desk=espoo),
            expect(catalogue.intents["rent-arrears"].title("fa"), FARID),
            say(OMAR, "/close", desk=espoo),
            press(FARID, "g|*|5"),
            say(FARID, "خیلی ممنون"),
        ),
    )


def _lodging(catalogue: Catalogue) -> Story:
    return Story(
        "lodging",
        {"en": "Starting an application with an advisor", "fi": "Hakemus alkuun neuvojan kanssa"},
        _both("Amina starts the day care application.", "Amina aloittaa päivähoitohakemuksen."),
        (
            *_arrives(AMINA, "so", "espoo"),
            say(AMINA, "xannaano codsi"),
            expect(catalogue.intents["daycare-application"].title("so"), AMINA),
            press(AMINA, "j|daycare-application"),
            note(_both("The questions identify nobody.", "Kysymykset eivät kerro, kuka hän on.")),
            *(press(AMINA, f"q|{number}|") for number in range(4)),
            press(AMINA, "S"),
            note(
                _both(
                    "Espoo's desk speaks no Somali and Vantaa's does: the cities serve each other's residents.",
                    "Espoossa ei puhuta somalia, Vantaalla puhutaan: kaupungit palvelevat toistensa asukkaita.",
                )
            ),
            press(AINO, "D|take|", desk=_desk("vantaa")),
            say(AINO, "Salaan Amina! Waan ku caawinayaa.", desk=_desk("vantaa")),
            expect("Waan ku caawinayaa", AMINA),
            say(AINO, "/close", desk=_desk("vantaa")),
            press(AMINA, "g|*|5"),
        ),
    )
