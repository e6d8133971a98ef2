"""The *human only* switch as coordinators turn it: everybody at the desks hears of it, and the audit log keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.guidance.hours import HELSINKI
from bot.locales import Translator, translator
from bot.rendering.numbers import clock, full_date
from bot.storage.switches import HUMAN_ONLY, Turned
from bot.storage.unit import Unit


async def turn(unit: Unit, *, on: bool, at: datetime, actor: int | None, admins: Sequence[int]) -> bool:
    """Turns *human only*, and tells every admin and every desk in their language; False when it stood so already.

    `actor` is the Telegram user id of the admin; None: the command line.
    """
    if not await unit.switches.set(HUMAN_ONLY, on=on, at=at.timestamp(), actor=actor):
        return False
    await unit.audit.add(f"human only {'on' if on else 'off'}", actor=actor)
    turned = Turned(at.timestamp(), actor)
    for admin in admins:
        tr = translator((await unit.residents.get(admin)).language or "en")
        say(unit, admin, _is_on(turned, tr) if on else _is_off(turned, tr))
    for desk in (await unit.staff.desks()).values():
        tr = translator(desk.language)
        say(unit, desk.chat, _is_on(turned, tr) if on else _is_off(turned, tr))
    return True


async def state(unit: Unit, language: str) -> str:
    """How the switch stands: since when, and who turned it."""
    turned, tr = await unit.switches.on(HUMAN_ONLY), translator(language)
    return _is_on(turned, tr) if turned else tr("Human only is off: the bot answers residents. On: /humanonly on")


def say(unit: Unit, chat: int, words: str) -> None:
    """A plain line in a chat."""
    unit.outbox.add(chat, "sendMessage", {"chat_id": chat, "text": words})


def _is_on(turned: Turned, tr: Translator) -> str:
    return tr(
        "Human only is on ({time}, {actor}). Residents get a notice and the way to a person, no answers from the bot. "
        "Requests and /answer work as before. A coordinator ends it: /humanonly off",
        time=_time(turned.at, tr.language),
        actor=_actor(turned.actor, tr),
    )


def _is_off(turned: Turned, tr: Translator) -> str:
    return tr(
        "Human only is off ({time}, {actor}). The bot answers residents again.",
        time=_time(turned.at, tr.language),
        actor=_actor(turned.actor, tr),
    )


def _actor(user: int | None, tr: Translator) -> str:
    return str(user) if user is not None else tr("command line")


def _time(at: float, language: str) -> str:
    local = datetime.fromtimestamp(at, UTC).astimezone(HELSINKI)
    return f"{full_date(local.date(), language)} {clock(local.time(), language)}"
