"""Who is in the practice room: residents on the left, advisors on the right, four desks and a coordinator."""

from __future__ import annotations

from dataclasses import dataclass

from bot.simulator.server import TelegramServer
from bot.simulator.state import Chat, Person

COORDINATOR = 200
"""Telegram user id of the coordinator, who links the desks."""

AMINA, IRINA, LAYLA, MARIA, FARID, GRACE = 101, 102, 103, 104, 105, 106
AINO, OMAR, KERSTIN = 201, 202, 203

_RESIDENTS = {
    AMINA: ("Amina", "so", "Somali · Espoo · two small children"),
    IRINA: ("Irina", "ru", "Russian in Latin letters · Vantaa"),
    LAYLA: ("Layla", "ar", "Arabic · Helsinki · pregnant, no residence permit"),
    MARIA: ("Maria", "en", "English · has just come to Vantaa"),
    FARID: ("Farid", "fa", "Persian · Kauniainen · trouble with the landlord"),
    GRACE: ("Grace", "en", "English · Espoo · afraid at home"),
}
_ADVISORS = {AINO: "Aino", OMAR: "Omar", KERSTIN: "Kerstin"}
DESKS = {"espoo": "Espoo", "helsinki": "Helsinki", "vantaa": "Vantaa", "kauniainen": "Kauniainen"}
"""City id -> what its desk's group is called."""


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in the room; `notes` say in a line who a resident is."""

    residents: tuple[Person, ...]
    advisors: tuple[Person, ...]
    coordinator: Person
    desks: dict[str, Chat]
    notes: dict[int, str]


def gather(server: TelegramServer) -> People:
    """Makes everybody, and a forum group for each city that every advisor is in."""
    residents = tuple(server.person(number, name, language) for number, (name, language, _) in _RESIDENTS.items())
    advisors = tuple(server.person(number, name, "fi") for number, name in _ADVISORS.items())
    coordinator = server.person(COORDINATOR, "Coordinator", "fi")
    desks = {
        city: server.supergroup(f"{name} desk", forum=True, owner=coordinator, members=(coordinator, *advisors))
        for city, name in DESKS.items()
    }
    notes = {number: note for number, (_, _, note) in _RESIDENTS.items()}
    return People(residents, advisors, coordinator, desks, notes)
