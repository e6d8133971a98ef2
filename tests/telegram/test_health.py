"""What the running bot tells load balancers and Prometheus."""

import asyncio
import json
import time

import aiohttp
import pytest

from bot.app import App
from bot.catalogue.loader import Loaded
from bot.health import Health, HealthListenError, Signs
from bot.metrics import Metrics
from bot.simulator.server import TelegramServer
from bot.storage.engine import Database
from bot.storage.inbox import KEPT_SECONDS, Received
from bot.storage.switches import HUMAN_ONLY
from bot.telegram.client import client
from bot.telegram.current import Current
from bot.telegram.reach import Reach
from tests.pages import Pages
from tests.telegram.conftest import ADMIN, Running
from tests.telegram.desk.conftest import Room

QUESTION = "how do I get a tax card"


@pytest.fixture
def pages() -> Pages:
    return Pages()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was seen a moment ago is not believed."""
    monkeypatch.setattr("bot.telegram.reach.RECENT", 0.2)
    monkeypatch.setattr("bot.health.KEPT", 0.2)


@pytest.fixture
async def watched(server: TelegramServer, running, pages: Pages):
    """A bot on SQLite with its pages."""
    async with running(server, metrics_listen=pages.listen) as bot:
        await pages.until_ready(200)
        yield bot


async def ask(server: TelegramServer, number: int, language: str = "en", text: str = QUESTION) -> None:
    person = server.person(number, language_code=language)
    server.send_text(person, text)
    await server.next_message(person)


async def test_a_bot_that_lives_and_is_ready_says_so(watched: Running, pages: Pages) -> None:
    assert await pages.get("/healthz") == (200, '{"alive": true}')
    status, checks = await pages.ready()
    assert status == 200
    assert checks == {"parts": "ok", "database": "ok", "catalogue": "ok", "telegram": "ok"}
    for path in ("/", "/metrics/", "/healthz/x", "/telegram"):
        assert (await pages.get(path))[0] == 404


async def test_without_the_setting_nothing_listens(server: TelegramServer, bot: Running, pages: Pages) -> None:
    assert bot.settings.metrics_listen is None
    with pytest.raises(aiohttp.ClientConnectorError):
        await pages.get("/healthz")


async def test_an_address_that_is_taken_ends_the_start(server: TelegramServer, watched: Running, running) -> None:
    with pytest.raises(HealthListenError):
        async with running(server, metrics_listen=watched.settings.metrics_listen) as second:
            await second.task


async def test_questions_are_counted_by_language_city_and_kind(
    server: TelegramServer, watched: Running, pages: Pages
) -> None:
    await ask(server, 1, "en")
    await ask(server, 2, "en")
    await ask(server, 3, "fi", "miten saan verokortin Espoossa")
    await ask(server, 4, "en", "xqzt vbnm wpfg")
    await watched.drained()
    scrape = await pages.scrape()
    kept = watched.sql("select language, coalesce(city, 'none'), kind, count(*) from exchanges group by 1, 2, 3")
    counted = [one for one in scrape.samples if one.name == "neuvoja_questions_total"]
    assert sum(one.value for one in counted) == 4
    for language, city, kind, number in kept:
        assert scrape.value("neuvoja_questions_total", language=language, city=city, kind=kind) == number
    assert scrape.value("neuvoja_questions_total", language="en", city="none", kind="answer") == 2
    assert scrape.value("neuvoja_questions_total", language="fi", city="espoo", kind="answer") == 1
    assert scrape.value("neuvoja_match_seconds_count") == 4
    assert 0 < scrape.value("neuvoja_match_seconds_sum") < 60
    assert scrape.value("neuvoja_updates_total", outcome="handled") == 4
    assert scrape.value("neuvoja_batch_seconds_count") >= 1
    assert scrape.value("neuvoja_inbox_pending") == scrape.value("neuvoja_outbox_pending") == 0


async def test_no_label_holds_anything_of_a_person(server: TelegramServer, watched: Running, pages: Pages) -> None:
    person = server.person(987654321, "Salainen", language_code="xx-secret", username="salanimi")
    server.send_text(person, "my name is Virtanen")
    await server.next_message(person)
    await watched.drained()
    scrape = await pages.scrape()
    text = scrape.text + str(await pages.ready())
    for private in ("987654321", "Salainen", "salanimi", "secret", "Virtanen", server.token):
        assert private not in text, private
    labels = {value for one in scrape.samples for value in one.labels.values()}
    assert not labels & {str(person.id), str(ADMIN)}


async def test_refused_and_failed_calls_are_counted(server: TelegramServer, watched: Running, pages: Pages) -> None:
    server.fault("429", method="sendMessage", retry_after=1)
    server.fault("500", method="sendMessage")
    await ask(server, 1)
    await server.settled(quiet=0.5)
    scrape = await pages.scrape()
    assert scrape.value("neuvoja_telegram_errors_total", method="sendMessage", verdict="wait-chat") == 1
    assert scrape.value("neuvoja_telegram_errors_total", method="sendMessage", verdict="wait-all") == 1
    assert scrape.value("neuvoja_telegram_calls_total", method="sendMessage", outcome="failed") == 2
    sent = len([call for call in server.requests("sendMessage") if call.status == 200])
    assert scrape.value("neuvoja_telegram_calls_total", method="sendMessage", outcome="sent") == sent
    assert scrape.value("neuvoja_telegram_seconds_count") == sent + 2


async def test_updates_that_fail_are_counted(
    server: TelegramServer, watched: Running, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    def poisoned(heard: object, moment: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(watched.current.conversation, "respond", poisoned)
    await ask(server, 1)
    scrape = await pages.until(lambda seen: seen.value("neuvoja_inbox_parked") == 1)
    assert scrape.value("neuvoja_updates_total", outcome="failed") == 2
    assert scrape.value("neuvoja_updates_total", outcome="parked") == 1
    assert scrape.value("neuvoja_updates_total", outcome="handled") == 0
    assert scrape.value("neuvoja_inbox_pending") == 0
    assert scrape.value("neuvoja_questions_total", language="en", city="none", kind="answer") is None


async def test_the_outbox_grows_while_telegram_waits_and_empties_again(
    server: TelegramServer, watched: Running, pages: Pages
) -> None:
    server.fault("429", method="sendMessage", times=5, retry_after=2)
    for number in range(1, 6):
        server.send_text(server.person(number, language_code="en"), QUESTION)
    full = await pages.until(lambda seen: seen.value("neuvoja_outbox_pending") >= 5)
    older = await pages.until(lambda seen: seen.value("neuvoja_outbox_age_seconds") > 0.5)
    assert older.value("neuvoja_outbox_age_seconds") > full.value("neuvoja_outbox_age_seconds")
    empty = await pages.until(lambda seen: seen.value("neuvoja_outbox_pending") == 0)
    assert empty.value("neuvoja_outbox_age_seconds") == 0
    assert empty.value("neuvoja_telegram_errors_total", method="sendMessage", verdict="wait-chat") == 5


async def test_a_call_that_telegram_refuses_is_seen_as_parked(
    server: TelegramServer, watched: Running, pages: Pages
) -> None:
    server.fault("error", method="sendMessage", times=3, description="Bad Request: something is wrong", chat=1)
    server.person(ADMIN)
    server.send_text(server.person(1, language_code="en"), QUESTION)
    parked = await pages.until(lambda seen: seen.value("neuvoja_outbox_parked") == 1)
    assert parked.value("neuvoja_telegram_errors_total", method="sendMessage", verdict="refused") == 3


async def test_the_inbox_shows_what_waits(server: TelegramServer, watched: Running, pages: Pages) -> None:
    body = {"update_id": 7, "message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"},
            "from": {"id": 1, "is_bot": False, "first_name": ""}, "text": "/help"}}  # fmt: skip
    server.person(1)
    database = await Database.open(watched.settings.database_url)
    async with database.write() as unit:  # left for a moment to the process that has its location in memory
        received = Received(7, 1, json.dumps(body), time.time() - KEPT_SECONDS + 2, keeper="another process")
        await unit.inbox.add([received])
    await database.close()
    scrape = await pages.scrape()
    assert scrape.value("neuvoja_inbox_pending") == 1
    assert KEPT_SECONDS - 2 <= scrape.value("neuvoja_inbox_age_seconds") <= KEPT_SECONDS + 1
    empty = await pages.until(lambda seen: seen.value("neuvoja_inbox_pending") == 0)
    assert empty.value("neuvoja_inbox_age_seconds") == 0


async def test_tickets_by_desk(server: TelegramServer, watched: Running, pages: Pages) -> None:
    room = Room(server, watched)
    advisor = server.person(50, "Aino", "fi")
    group = await room.desk("espoo", advisor)
    before = await pages.scrape()
    assert before.value("neuvoja_tickets_waiting", desk="espoo") == 0
    first, second = await room.resident(1), await room.resident(2)
    number = await room.ask(first)
    await room.ask(second)
    waiting = await pages.scrape()
    assert waiting.value("neuvoja_tickets_waiting", desk="espoo") == 2
    assert waiting.value("neuvoja_tickets_late", desk="espoo") == 0
    assert 0 < waiting.value("neuvoja_tickets_wait_seconds", desk="espoo") < 120
    await room.take(advisor, group, number)
    taken = await pages.scrape()
    assert taken.value("neuvoja_tickets_waiting", desk="espoo") == 1
    assert taken.value("neuvoja_tickets_taken", desk="espoo") == 1
    assert watched.sql("select count(*) from outbox where method = 'createForumTopic'") == [(2,)]
    assert watched.sql("select id, method from outbox where origin is null") == [], "what follows from calls is traced"


async def test_the_switch_the_catalogue_and_the_process(watched: Running, pages: Pages) -> None:
    scrape = await pages.scrape()
    catalogue = watched.current.conversation.catalogue
    known = {"hash": catalogue.hash[:12], "intents": str(len(catalogue.intents))}
    assert scrape.value("neuvoja_catalogue_info", **known, languages=str(len(catalogue.languages))) == 1
    assert scrape.value("neuvoja_human_only") == 0
    assert scrape.value("neuvoja_leading") == 1
    assert time.time() - 60 < scrape.value("neuvoja_start_time_seconds") <= time.time()
    assert scrape.value("process_resident_memory_bytes") > 10_000_000
    database = await Database.open(watched.settings.database_url)
    async with database.write() as unit:
        await unit.switches.set(HUMAN_ONLY, on=True, at=time.time(), actor=None)
    await database.close()
    assert (await pages.scrape()).value("neuvoja_human_only") == 1


async def test_bad_data_is_a_warning_and_no_reason_to_be_taken_out(
    server: TelegramServer, talk, settings_for, pages: Pages
) -> None:
    settings = settings_for(server, metrics_listen=pages.listen)
    bot = client(server.token, server.url)
    database = await Database.open(settings.database_url)
    app, stop = App(settings, bot, database, Current(talk)), asyncio.Event()
    running = asyncio.create_task(app.run(stop, ["intents/topics.yaml:1: error: broken"]))
    await pages.until_ready(200)
    refused = await pages.until(lambda seen: seen.value("neuvoja_catalogue_refused") == 1)
    assert refused.value("neuvoja_ready", check="catalogue") == 1
    checks = {"parts": "ok", "database": "ok", "catalogue": "last good one", "telegram": "ok"}
    assert await pages.ready() == (200, checks)
    await app._swap(Loaded(talk.catalogue, (), talk.catalogue.hash))
    assert (await pages.scrape()).value("neuvoja_catalogue_refused") == 0
    stop.set()
    await running
    await database.close()
    await bot.session.close()


async def test_a_bot_that_telegram_does_not_answer_is_not_ready(
    impatient: None, server: TelegramServer, watched: Running, pages: Pages
) -> None:
    await ask(server, 1)
    await watched.drained()
    port = int(server.url.rpartition(":")[2])
    await server.stop()
    checks = await pages.until_ready(503)
    assert checks == {"parts": "ok", "database": "ok", "catalogue": "ok", "telegram": "no answer"}
    assert (await pages.get("/healthz"))[0] == 200, "a restart would not help"
    assert (await pages.scrape()).value("neuvoja_ready", check="telegram") == 0
    await server.start(port=port)
    await pages.until_ready(200)


async def test_telegram_is_asked_only_when_nothing_else_tells(
    server: TelegramServer, watched: Running, pages: Pages
) -> None:
    for _ in range(5):
        await pages.ready()
    assert len(server.requests("getMe")) == 1, "its answer is good for a while"
    await ask(server, 1)
    await watched.drained()
    await pages.ready()
    assert len(server.requests("getMe")) == 1


async def test_who_asks_does_not_wait_for_a_telegram_that_hangs(
    impatient: None, server: TelegramServer, watched: Running, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.reach.GET_ME_SECONDS", 1.0)
    fault = server.fault("hang", method="getMe", times=None, seconds=30)
    await asyncio.sleep(0.3)
    begun = time.monotonic()
    found = await asyncio.gather(*(pages.ready() for _ in range(10)))
    assert time.monotonic() - begun < 3
    assert {(status, checks["telegram"]) for status, checks in found} == {(503, "no answer")}
    assert fault.hits == 1, "ten ask, one call is made"


async def test_a_bot_that_stops_is_not_ready_at_once(server: TelegramServer, watched: Running, pages: Pages) -> None:
    server.fault("hang", method="sendMessage", times=1, seconds=2)  # the stop has something to wait for
    person = server.person(1, language_code="en")
    server.send_text(person, QUESTION)
    await pages.until(lambda seen: seen.value("neuvoja_outbox_pending") > 0)
    watched.stop.set()
    assert await pages.ready() == (503, {"parts": "stopping"})
    assert (await pages.scrape()).value("neuvoja_ready", check="parts") == 0


async def test_a_part_that_ended_is_seen(server: TelegramServer, watched: Running, pages: Pages) -> None:
    bot = client(server.token, server.url)
    database = await Database.open(watched.settings.database_url)
    signs = Signs(alive=lambda: False, stopping=lambda: False, refused=lambda: False)
    health, other = Health(Metrics(), database, watched.current, Reach(bot), signs), Pages()
    await health.start(("127.0.0.1", int(other.listen.rpartition(":")[2])))
    assert await other.get("/healthz") == (503, '{"alive": false}')
    status, checks = await other.ready()
    assert (status, checks["parts"]) == (503, "ended")
    await health.stop()
    await database.close()
    await bot.session.close()


class TestOnPostgreSQL:
    async def test_two_replicas_one_of_which_leads(self, server: TelegramServer, running, postgres) -> None:
        url = postgres.fresh()
        first, second = Pages(), Pages()
        try:
            async with (
                running(server, database_url=url, metrics_listen=first.listen),
                running(server, database_url=url, metrics_listen=second.listen),
            ):
                await first.until_ready(200)
                await second.until_ready(200)
                await ask(server, 1)
                async with asyncio.timeout(20):
                    while True:
                        scrapes = [await first.scrape(), await second.scrape()]
                        if sum(one.value("neuvoja_leading") for one in scrapes) == 1:
                            break
                        await asyncio.sleep(0.1)
                counted = [one.value("neuvoja_updates_total", outcome="handled") for one in scrapes]
                assert sum(counted) == 1, "each counts what it handled itself"
                for one in scrapes:
                    assert one.value("neuvoja_inbox_pending") == 0
        finally:
            postgres.drop(url)

    async def test_a_database_that_is_away(self, server: TelegramServer, running, pages: Pages, postgres) -> None:
        if not postgres.ours:
            pytest.skip("a server that is given is not stopped")
        url = postgres.fresh()
        try:
            async with running(server, database_url=url, metrics_listen=pages.listen):
                await pages.until_ready(200)
                await ask(server, 1)
                before = await pages.until(lambda seen: seen.value("neuvoja_outbox_pending") == 0)
                postgres.stop()
                try:
                    checks = await pages.until_ready(503)
                    assert checks["database"] == "no answer"
                    assert (await pages.get("/healthz"))[0] == 200
                    begun = time.monotonic()
                    away = await pages.scrape()
                    assert time.monotonic() - begun < 6
                finally:
                    postgres.start()
                assert away.value("neuvoja_ready", check="database") == 0
                assert away.value("neuvoja_inbox_pending") is None, "an old figure would look like a new one"
                counted = {"language": "en", "city": "none", "kind": "answer"}
                assert away.value("neuvoja_questions_total", **counted) == 1
                assert before.value("neuvoja_questions_total", **counted) == 1
                assert away.value("process_resident_memory_bytes") > 0
                await pages.until_ready(200)
                await ask(server, 2)
        finally:
            postgres.drop(url)
