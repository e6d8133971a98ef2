"""A room with a small scripted bot and a headless Chromium; without Chromium these tests are skipped."""

import asyncio
import contextlib
import functools
import json
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, Literal

import aiohttp
import pytest
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, async_playwright

from bot.cli.explain import as_words
from bot.conversation.conversation import Conversation
from bot.practice.practice import Practice
from bot.settings import Settings
from bot.simulator import TelegramServer
from bot.simulator.player import Player
from bot.simulator.room import Room, add_room
from bot.simulator.story import Story, expect, note, photo, press, say, voice

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)

FINNISH, SOMALI, ARABIC = 1001, 1002, 1003
ADVISOR, OTHER_ADVISOR = 2001, 2002

ANSWERS = {
    "fi": (
        "<b>Verokortti</b>\n\nVerokortin saat Verohallinnosta. Jos olet uusi Suomessa, mene ensin käymään "
        "palvelupisteessä: siellä saat myös suomalaisen henkilötunnuksen.\n\n<b>Ota mukaan</b>\n• passi\n• työsopimus"
        '\n\n🔗 <a href="https://www.vero.fi/verokortti">vero.fi/verokortti</a>\n<i>Tarkista tiedot linkistä.</i>'
    ),
    "so": (
        "<b>Codsiga xannaanada carruurta</b> (varhaiskasvatushakemus)\n\nXannaanada carruurta ee Espoo waxaad ka "
        "codsataa magaalada. Codso afar bilood ka hor inta aanu ilmuhu bilaabin.\n\n<b>Waxa aad u baahan tahay</b>\n"
        "• aqoonsiga\n• taariikhda bilowga\n\n"
        "<blockquote>Haddii shaqo degdeg ah bilaabmayso, laba toddobaad ayaa ku filan.</blockquote>"
    ),
    "ar": (
        "<b>البطاقة الضريبية</b> (verokortti)\n\nتحصل على البطاقة الضريبية من مصلحة الضرائب (Verohallinto). "
        "إذا كنت جديداً في فنلندا فاذهب أولاً إلى مركز الخدمة، وهناك تحصل أيضاً على رقم الهوية.\n\n"
        "<b>أحضر معك</b>\n• جواز السفر\n• عقد العمل\n\n"
        '🔗 <a href="https://www.vero.fi/en/tax-card">vero.fi/en/tax-card</a>\nاكتب /help للمساعدة.'
    ),
}
BUTTONS = {
    "fi": ("👍 Hyödyllinen", "👎 Ei auttanut", "🗺️ Näytä kartalla", "🙋 Juttele ihmisen kanssa"),
    "so": ("👍 Waa i caawisay", "👎 Ima caawin", "🗺️ Khariidadda", "🙋 La hadal qof"),
    "ar": ("👍 مفيد", "👎 لم يساعد", "🗺️ اعرض على الخريطة", "🙋 تحدث مع موظف"),
}
Api = Callable[..., Awaitable[Any]]
Scheme = Literal["light", "dark"]


class LittleBot:
    """Answers a question with a fixed text, and hands over to the desk when asked."""

    def __init__(self, api: Api, desk: int) -> None:
        self._api = api
        self._desk = desk
        self._topics: dict[int, int] = {}
        self._residents: dict[int, int] = {}
        self._number = 0

    async def run(self) -> None:
        offset = 0
        while True:
            try:
                updates = await self._api("getUpdates", offset=offset, timeout=20)
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)
                continue
            for update in updates:
                offset = update["update_id"] + 1
                if "callback_query" in update:
                    await self._pressed(update["callback_query"])
                elif "message" in update:
                    await self._heard(update["message"])

    async def _heard(self, message: dict[str, Any]) -> None:
        person, chat = message["from"], message["chat"]["id"]
        if chat == self._desk:
            await self._from_desk(message)
        elif person["id"] in self._topics:
            copied = {"from_chat_id": chat, "message_id": message["message_id"]}
            await self._api("copyMessage", chat_id=self._desk, message_thread_id=self._topics[chat], **copied)
        elif "location" in message:
            await self._api("sendMessage", chat_id=chat, text="Espoo ✓", reply_markup={"remove_keyboard": True})
        elif message.get("text") == "/city":
            keyboard = {
                "keyboard": [[{"text": "📍 Jaa sijainti", "request_location": True}]],
                "one_time_keyboard": True,
            }
            await self._api("sendMessage", chat_id=chat, text="Missä asut?", reply_markup=keyboard)
        else:
            await self._api("sendChatAction", chat_id=chat, action="typing")
            await self._answer(chat, person["language_code"])

    async def _answer(self, chat: int, language: str) -> None:
        good, bad, place, human = BUTTONS[language]
        rows = [[(good, "y|tax"), (bad, "n|tax")], [(place, "m|espoo")], [(human, "h")]]
        keyboard = [[{"text": text, "callback_data": data} for text, data in row] for row in rows]
        keyboard.append([{"text": "vero.fi", "url": "https://www.vero.fi/"}])
        html = {"text": ANSWERS[language], "parse_mode": "HTML", "reply_markup": {"inline_keyboard": keyboard}}
        await self._api("sendMessage", chat_id=chat, **html)

    async def _pressed(self, query: dict[str, Any]) -> None:
        person, message, data = query["from"], query["message"], query["data"]
        place = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
        answer: dict[str, Any] = {}
        match data.split("|"):
            case ["y", _]:
                answer = {"text": "Kiitos!"}
                await self._api("setMessageReaction", **place, reaction=[{"type": "emoji", "emoji": "👍"}])
            case ["n", _]:
                answer = {"text": "Harmi. Kysy toisin sanoin.", "show_alert": True}
            case ["m", _]:
                venue = {"title": "Ison Omenan palvelutori", "address": "Piispansilta 11, 02230 Espoo"}
                await self._api("sendVenue", chat_id=person["id"], latitude=60.1616, longitude=24.7383, **venue)
            case ["h"]:
                await self._hand_over(person)
            case ["D", "take", number]:
                await self._taken(place, int(number), person)
        await self._api("answerCallbackQuery", callback_query_id=query["id"], **answer)

    async def _hand_over(self, person: dict[str, Any]) -> None:
        self._number += 1
        name = f"#{self._number} · {person['language_code']} · tax-card"
        topic = (await self._api("createForumTopic", chat_id=self._desk, name=name))["message_thread_id"]
        self._topics[person["id"]], self._residents[topic] = topic, person["id"]
        text = f"<b>{name}</b>\n👤 {person['first_name']}: ?"
        rows = [
            [{"text": "✋ Ota", "callback_data": f"D|take|{self._number}"}],
            [{"text": "✅ Sulje", "callback_data": "D|close|1"}],
        ]
        place = {"chat_id": self._desk, "message_thread_id": topic}
        card = await self._api(
            "sendMessage", **place, text=text, parse_mode="HTML", reply_markup={"inline_keyboard": rows}
        )
        await self._api("pinChatMessage", chat_id=self._desk, message_id=card["message_id"])
        await self._api("sendMessage", chat_id=person["id"], text="✓ #1")

    async def _taken(self, place: dict[str, int], number: int, person: dict[str, Any]) -> None:
        rows = [[{"text": "✅ Sulje", "callback_data": f"D|close|{number}"}]]
        text = f"#{number} · {person['first_name']}"
        await self._api("editMessageText", **place, text=text, reply_markup={"inline_keyboard": rows})

    async def _from_desk(self, message: dict[str, Any]) -> None:
        resident = self._residents.get(message.get("message_thread_id", 0))
        if resident is None or message.get("text", "//").startswith("//"):
            return
        await self._api("sendMessage", chat_id=resident, text=f"{message['from']['first_name']}: {message['text']}")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip(f"no Chromium: install one of {', '.join(NAMES)}, or set CHROMIUM to its path")
    async with async_playwright() as playwright:
        # A container's root has no sandbox of its own; the page is this test's.
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest.fixture
async def telegram() -> TelegramServer:
    return TelegramServer()


async def inspect(person: int, text: str) -> dict[str, Any]:
    return {
        "question": text,
        "language": {"code": "fi", "confidence": 0.97, "stored": "so"},
        "city": {"name": "Espoo", "why": "the stored city"},
        "kind": "answer",
        "candidates": [
            {"intent": "tax-card", "title": "Verokortti", "score": 0.91, "file": "intents/work/tax-card/intent.yaml"},
            {"intent": "daycare-application", "title": "Päivähoitoon hakeminen", "score": 0.12},
        ],
        "source": {"path": "intents/work/tax-card/fi.yaml", "line": 3, "changed": None},
        "lines": ["tax-card  0.91  verokortti +0.60", f"person {person}"],
    }


@pytest.fixture
async def player(telegram: TelegramServer) -> AsyncIterator[Player]:
    """The room's player; the server runs and the bot answers."""
    residents = (
        telegram.person(FINNISH, "Marta", "fi"),
        telegram.person(SOMALI, "Amina", "so"),
        telegram.person(ARABIC, "ليلى", "ar"),
    )
    advisors = (telegram.person(ADVISOR, "Liisa"), telegram.person(OTHER_ADVISOR, "Omar"))
    desk = telegram.supergroup("Espoon neuvonta", forum=True, members=advisors)
    story = Story(
        "day-care",
        {"en": "Day care in Espoo", "fi": "Päivähoitoa Espoosta"},
        {"en": "A mother asks in Somali and gets a person.", "fi": "Äiti kysyy somaliksi ja saa ihmisen."},
        (
            note({"en": "Amina has just moved to Espoo.", "fi": "Amina on juuri muuttanut Espooseen."}),
            say(SOMALI, "Xannaanada carruurta sidee loo codsadaa?"),
            expect("varhaiskasvatushakemus", SOMALI, within=4),
            press(SOMALI, "h"),
            expect("#1 · so", desk="Espoo"),
            press(ADVISOR, "D|take|", desk="Espoo"),
            say(ADVISOR, "// soita huomenna", desk="Espoo"),
            say(ADVISOR, "Hei Amina!", desk="Espoo"),
            expect("Liisa: Hei Amina!", SOMALI),
            photo(SOMALI, "warqad"),
            expect("[photo] warqad", desk="Espoo"),
            voice(SOMALI),
            expect("[voice]", desk="Espoo", topic="#1"),
        ),
    )
    room = Room(
        title="Neuvoja: harjoitushuone",
        residents=residents,
        advisors=advisors,
        desks=(desk,),
        borders=json.loads((ROOT / "knowledge/places/borders.geojson").read_text(encoding="utf-8")),
        stories=(story,),
        inspect=inspect,
        notes={
            FINNISH: {"en": "Estonian, Helsinki", "fi": "viro, Helsinki"},
            SOMALI: "Somali, Espoo, mother of two",
            ARABIC: "العربية، فانتا",
        },
    )
    player = add_room(telegram, room)
    async with telegram, aiohttp.ClientSession() as http:

        async def api(method: str, **params: Any) -> Any:
            async with http.post(f"{telegram.url}/bot{telegram.token}/{method}", json=params) as answer:
                body = await answer.json()
                assert body["ok"], body
                return body["result"]

        bot = asyncio.create_task(LittleBot(api, desk.id).run())
        yield player
        bot.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await bot


Open = Callable[..., Awaitable[Page]]


@pytest.fixture
async def open_window(browser: Browser) -> AsyncIterator[Open]:
    """Opens a room's address at a size, in a colour scheme and language; the page is ready.

    Errors of scripts and refused resources fail the test at its end.
    """
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    async def open_one(
        url: str, width: int = 1280, height: int = 800, scheme: Scheme = "light", locale: str = "en-GB"
    ) -> Page:
        size = ViewportSize(width=width, height=height)
        context = await browser.new_context(viewport=size, color_scheme=scheme, locale=locale, reduced_motion="reduce")
        contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(8000)
        page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        await page.goto(url)
        await page.wait_for_selector("body[data-ready]")
        return page

    yield open_one
    for context in contexts:
        await context.close()
    # A test may take the server away; that is no fault of the page.
    assert [problem for problem in problems if "net::ERR_" not in problem] == []


@pytest.fixture
async def open_page(telegram: TelegramServer, player: Player, open_window: Open) -> Open:
    """Opens the room of the little bot; arguments as `open_window`'s after the address; closed before the server."""
    return functools.partial(open_window, telegram.url)


@pytest.fixture
def opened(
    talk: Conversation, data_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., contextlib.AbstractAsyncContextManager[Practice]]:
    """Opens the room of the real bot; `changes` are settings."""
    monkeypatch.setenv("NEUVOJA_HEARTBEAT", str(tmp_path / "heartbeat"))

    @contextlib.asynccontextmanager
    async def run(**changes: Any) -> AsyncIterator[Practice]:
        room, stop, ready = Practice(tmp_path, as_words), asyncio.Event(), asyncio.Event()
        settings = data_settings.model_copy(update=changes)
        opening = asyncio.create_task(room.run(settings, talk, port=0, stop=stop, ready=lambda _: ready.set()))
        waiting = asyncio.create_task(ready.wait())
        try:
            await asyncio.wait({opening, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if opening.done():
                opening.result()
            yield room
        finally:
            waiting.cancel()
            stop.set()
            await asyncio.wait_for(opening, 30)

    return run


@pytest.fixture
async def practice(opened: Any) -> AsyncIterator[Practice]:
    """The room of the real bot."""
    async with opened() as room:
        yield room
