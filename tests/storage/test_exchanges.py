from dataclasses import replace

from bot.storage.engine import Database
from bot.storage.exchanges import Exchange

ASKED = Exchange(1, 100.0, "answer", "en", "espoo", "tax-card", 0.9, "how do I get a tax card")


async def keep(database: Database, *exchanges: Exchange) -> None:
    async with database.write() as unit:
        for exchange in exchanges:
            unit.exchanges.add(exchange)


async def test_a_residents_exchanges_come_back_oldest_first(database: Database) -> None:
    later, others = replace(ASKED, at=200.0, text=None, score=None), replace(ASKED, chat=2)
    await keep(database, later, others, ASKED)
    async with database.write() as unit:
        assert await unit.exchanges.of_chat(1) == [ASKED, later]
        assert await unit.exchanges.of_chat(3) == []


async def test_the_newest_answer_is_rated(database: Database, sql) -> None:
    await keep(database, ASKED, ASKED, replace(ASKED, chat=2))
    async with database.write() as unit:
        assert await unit.exchanges.rate(1, "tax-card", helpful=False)
    assert sql("select chat, helpful from exchanges order by id") == [(1, None), (1, 0), (2, None)]
    async with database.write() as unit:
        assert await unit.exchanges.rate(1, "tax-card", helpful=True)
    assert sql("select helpful from exchanges order by id") == [(None,), (1,), (None,)]


async def test_one_of_several_answers_can_be_rated(database: Database, sql) -> None:
    await keep(database, replace(ASKED, intents="domestic-violence,tax-card,bank-account"))
    async with database.write() as unit:
        for intent in ("domestic-violence", "tax-card", "bank-account"):
            assert await unit.exchanges.rate(1, intent, helpful=True), intent
    assert sql("select helpful from exchanges") == [(1,)]


async def test_a_rating_of_nothing_is_none(database: Database, sql) -> None:
    await keep(database, ASKED)
    async with database.write() as unit:
        assert not await unit.exchanges.rate(1, "bank-account", helpful=True)
        assert not await unit.exchanges.rate(9, "tax-card", helpful=True)
        assert not await unit.exchanges.rate(1, "%", helpful=True)
        assert not await unit.exchanges.rate(1, "tax_card", helpful=True)
    assert sql("select helpful from exchanges") == [(None,)]


async def test_an_id_inside_another_id_is_not_rated(database: Database, sql) -> None:
    await keep(database, replace(ASKED, intents="daycare"), replace(ASKED, intents="daycare-fee,open-daycare"))
    async with database.write() as unit:
        assert await unit.exchanges.rate(1, "daycare", helpful=True)
    assert sql("select helpful from exchanges order by id") == [(1,), (None,)]


async def test_an_answer_of_the_same_batch_is_rated(database: Database, sql) -> None:
    """After an outage the question and the press on its button are handled in one unit."""
    async with database.write() as unit:
        unit.exchanges.add(ASKED)
        assert await unit.exchanges.rate(1, "tax-card", helpful=True)
    assert sql("select helpful from exchanges") == [(1,)]


async def test_own_data_hold_the_questions_of_the_same_batch(database: Database) -> None:
    async with database.write() as unit:
        unit.exchanges.add(ASKED)
        assert await unit.exchanges.of_chat(1) == [ASKED]


async def test_forgetting_a_resident_takes_what_is_not_written_yet_too(database: Database, sql) -> None:
    await keep(database, ASKED, replace(ASKED, chat=2))
    async with database.write() as unit:
        unit.exchanges.add(ASKED)
        await unit.exchanges.forget(1)
    assert sql("select chat from exchanges") == [(2,)]


async def test_old_texts_go_and_figures_stay(database: Database, sql) -> None:
    await keep(database, ASKED, replace(ASKED, at=200.0), replace(ASKED, kind="wish", text="call me", intents=""))
    async with database.write() as unit:
        assert await unit.exchanges.forget_texts(200.0) == 2
        assert await unit.exchanges.forget_texts(200.0) == 0
    assert sql("select chat, at, kind, intents, text from exchanges order by id") == [
        (0, 100.0, "answer", "tax-card", None),
        (1, 200.0, "answer", "tax-card", "how do I get a tax card"),
        (0, 100.0, "wish", "", None),
    ]


async def test_the_longest_message_is_kept_whole(database: Database) -> None:
    long = replace(ASKED, text="ä" * 4096, intents=",".join(["x" * 64] * 3))
    await keep(database, long)
    async with database.write() as unit:
        assert await unit.exchanges.of_chat(1) == [long]
