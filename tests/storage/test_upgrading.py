"""Replicas are replaced one by one: an older version goes on while the tables are already those of a newer one."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
import structlog
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, Integer, String, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.types import BigInteger, TypeEngine

from bot.domain.resident import Resident, State, Step
from bot.domain.ticket import TicketState
from bot.storage import postgres as postgresql
from bot.storage import sqlite
from bot.storage.engine import Database
from bot.storage.inbox import Received
from bot.storage.migrate import SCRIPTS
from bot.storage.outbox import Settled
from bot.storage.tables import HEAD

SINCE = "0002"
"""Before the script that follows it there were no replicas, so nothing was ever replaced one by one."""
REVISIONS = [one.revision for one in reversed(list(ScriptDirectory(str(SCRIPTS)).walk_revisions()))]
STEPS = list(pairwise(REVISIONS[REVISIONS.index(SINCE) :]))


@pytest.fixture
async def engine(url: str) -> AsyncIterator[AsyncEngine]:
    """The database past the program, empty at first."""
    made = postgresql.engine_at(url) if url.startswith("postgresql") else sqlite.engine_at(url)
    yield made
    await made.dispose()


async def bring(engine: AsyncEngine, revision: str) -> None:
    """Brings the tables up to a revision."""

    def run(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(SCRIPTS))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)

    async with engine.begin() as connection:
        await connection.run_sync(run)


async def say(engine: AsyncEngine, *statements: str) -> list[tuple[Any, ...]]:
    """Runs statements as they stand, in one transaction; the last one's rows."""
    rows: list[tuple[Any, ...]] = []
    async with engine.begin() as connection:
        for statement in statements:
            done = await connection.execute(text(statement.replace(":", "\\:")))
            rows = [tuple(row) for row in done] if done.returns_rows else []
    return rows


# --- An older version on newer tables


async def test_tables_of_a_later_version_are_opened_with_a_warning_and_used(engine: AsyncEngine, url: str) -> None:
    await (await Database.open(url)).close()
    await say(
        engine,
        "UPDATE alembic_version SET version_num = '9999'",
        "ALTER TABLE outbox ADD COLUMN later INTEGER NOT NULL DEFAULT 1",
        "ALTER TABLE inbox ADD COLUMN later VARCHAR(8)",
        "CREATE TABLE later (id INTEGER PRIMARY KEY)",
    )
    with structlog.testing.capture_logs() as logs:
        database = await Database.open(url)
    try:
        told = {"event": "the database is of a newer version", "log_level": "warning", "tables": "9999", "known": HEAD}
        assert told in logs
        async with database.write() as unit:
            await unit.inbox.add([Received(1, 7, "{}", 1.0)])
            unit.outbox.add(7, "sendMessage", {"chat_id": 7})
            unit.residents.put(Resident(7, language="so"))
        async with database.write(beside=True) as unit:
            assert [one.update_id for one in await unit.inbox.pending(9)] == [1]
            (call,) = await unit.outbox.pending(9)
            assert (await unit.residents.get(7)).language == "so"
            unit.inbox.done(1)
            unit.outbox.settle(Settled(call.id, "sent", 1, 5))
    finally:
        await database.close()
    assert await say(engine, "SELECT version_num FROM alembic_version") == [("9999",)]
    assert await say(engine, "SELECT state, later FROM outbox") == [("sent", 1)]


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_the_newer_tables_wait_for_what_the_older_version_is_about(engine: AsyncEngine, url: str) -> None:
    await bring(engine, SINCE)
    async with engine.begin() as older:
        await older.execute(postgresql.LOCK_BESIDE)
        await older.execute(text("INSERT INTO inbox VALUES (1, 7, '{}', 'pending', 0, 1.0)"))
        newer = asyncio.create_task(Database.open(url))
        await asyncio.sleep(0.5)
        assert not newer.done()
        await older.execute(text("UPDATE inbox SET state = 'done' WHERE update_id = 1"))
    await (await asyncio.wait_for(newer, 10)).close()
    assert await say(engine, "SELECT state FROM inbox") == [("done",)]
    assert await say(engine, "SELECT version_num FROM alembic_version") == [(HEAD,)]


# --- Each step only adds


@dataclass(frozen=True)
class Kept:
    """What the code of a version relies on in one table."""

    columns: dict[str, tuple[TypeEngine[Any], bool, bool]]
    """Name: type, may be NULL, has a default of the server's."""
    rules: set[tuple[Any, ...]]
    """What the database refuses by itself: keys, what is unique, checks, triggers."""


TRIGGERS = {
    "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT relname, tgname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal",
}


def reflected(connection: Connection) -> dict[str, Kept]:
    """Every table but Alembic's own, as the database describes it."""
    seen = inspect(connection)
    triggers = [tuple(row) for row in connection.execute(text(TRIGGERS[connection.dialect.name]))]
    tables = {}
    for table in set(seen.get_table_names()) - {"alembic_version"}:
        rules: set[tuple[Any, ...]] = {("key", *seen.get_pk_constraint(table)["constrained_columns"])}
        rules |= {("unique", *one["column_names"]) for one in seen.get_unique_constraints(table)}
        rules |= {("unique", *one["column_names"]) for one in seen.get_indexes(table) if one["unique"]}
        rules |= {("check", one["sqltext"]) for one in seen.get_check_constraints(table)}
        rules |= {("refers", *one["constrained_columns"]) for one in seen.get_foreign_keys(table)}
        rules |= {("trigger", name) for owner, name in triggers if owner == table}
        columns = {
            one["name"]: (one["type"], one["nullable"], one["default"] is not None) for one in seen.get_columns(table)
        }
        tables[table] = Kept(columns, rules)
    return tables


async def shape(engine: AsyncEngine) -> dict[str, Kept]:
    async with engine.connect() as connection:
        return await connection.run_sync(reflected)


def holds(new: TypeEngine[Any], old: TypeEngine[Any]) -> bool:
    """True when every value of the old type fits into the new one and is read as before."""
    if isinstance(old, String) and isinstance(new, String):
        return new.length is None or (old.length is not None and old.length <= new.length)
    if isinstance(old, Integer) and isinstance(new, Integer):
        return isinstance(new, BigInteger) or not isinstance(old, BigInteger)
    return type(new) is type(old)


def faults(before: dict[str, Kept], after: dict[str, Kept]) -> set[str]:
    """What the version of the tables before could not live with."""
    found = {f"{table} is gone" for table in before.keys() - after.keys()}
    for table in before.keys() & after.keys():
        old, new = before[table], after[table]
        found |= {f"{table}.{name} is gone" for name in old.columns.keys() - new.columns.keys()}
        found |= {f"{table}: {' '.join(rule)} is new" for rule in new.rules - old.rules}
        found |= {f"{table}: {' '.join(rule)} is gone" for rule in old.rules - new.rules}
        for name, (kind, nullable, default) in new.columns.items():
            if name not in old.columns:
                if not (nullable or default):
                    found.add(f"{table}.{name} must be given")
                continue
            old_kind, old_nullable, old_default = old.columns[name]
            if not holds(kind, old_kind):
                found.add(f"{table}.{name} is narrower")
            if nullable != old_nullable:
                found.add(f"{table}.{name} is {'now' if nullable else 'no longer'} NULL at times")
            if old_default and not default:
                found.add(f"{table}.{name} has lost its default")
    return found


@pytest.mark.parametrize("step", STEPS, ids=["-".join(step) for step in STEPS])
async def test_a_step_takes_nothing_from_the_version_before(engine: AsyncEngine, step: tuple[str, str]) -> None:
    await bring(engine, step[0])
    before = await shape(engine)
    await bring(engine, step[1])
    assert faults(before, await shape(engine)) == set()


Change = Callable[[Operations], None]


def column(table: str, name: str, **changes: Any) -> Change:
    def change(op: Operations) -> None:
        with op.batch_alter_table(table) as batch:
            batch.alter_column(name, **changes)

    return change


def added(table: str, **changes: Any) -> Change:
    def change(op: Operations) -> None:
        with op.batch_alter_table(table) as batch:
            batch.add_column(Column("later", Integer, **changes))

    return change


def said(statement: str) -> Change:
    return lambda op: op.execute(statement)


CHANGES: dict[str, tuple[Change, set[str]]] = {
    "a new table": (said("CREATE TABLE later (id INTEGER PRIMARY KEY)"), set()),
    "a column that may be NULL": (added("outbox"), set()),
    "a column with a default": (added("outbox", nullable=False, server_default="0"), set()),
    "a wider column": (column("outbox", "method", type_=String(80)), set()),
    "an index": (said("CREATE INDEX later ON outbox (method)"), set()),
    "an index less": (said("DROP INDEX ix_outbox_topic"), set()),
    "a table less": (said("DROP TABLE notices"), {"notices is gone"}),
    "a column less": (said("ALTER TABLE inbox DROP COLUMN attempts"), {"inbox.attempts is gone"}),
    "a new name": (column("inbox", "attempts", new_column_name="tries"), {
        "inbox.attempts is gone", "inbox.tries must be given",
    }),
    "a column that must be given": (added("outbox", nullable=False), {"outbox.later must be given"}),
    "a narrower text": (column("outbox", "method", type_=String(20)), {"outbox.method is narrower"}),
    "another kind": (column("outbox", "topic", type_=String(20)), {"outbox.topic is narrower"}),
    "NULL no more": (column("outbox", "error", nullable=False), {"outbox.error is no longer NULL at times"}),
    "NULL where none was": (column("outbox", "method", nullable=True), {"outbox.method is now NULL at times"}),
    "what must be unique": (said("CREATE UNIQUE INDEX later ON tickets (chat)"), {"tickets: unique chat is new"}),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
async def test_what_a_step_may_do_and_may_not(engine: AsyncEngine, change: str) -> None:
    """The check above sees what it is there for."""
    act, expected = CHANGES[change]
    await bring(engine, SINCE)
    before = await shape(engine)
    async with engine.begin() as connection:
        await connection.run_sync(lambda plain: act(Operations(MigrationContext.configure(plain))))
    assert faults(before, await shape(engine)) == expected


# --- Both versions at work on the same rows

WRITTEN = {
    "0002": """
    INSERT INTO inbox (update_id, chat, body, state, attempts, received_at)
        VALUES (1, 7, 'a question', 'pending', 0, 1.0) ON CONFLICT (update_id) DO NOTHING;
    INSERT INTO inbox (update_id, chat, body, state, attempts, received_at)
        VALUES (1, 7, 'once more', 'pending', 0, 2.0) ON CONFLICT (update_id) DO NOTHING;
    INSERT INTO inbox (update_id, chat, body, state, attempts, received_at)
        VALUES (2, 8, 'another', 'pending', 0, 1.0) ON CONFLICT (update_id) DO NOTHING;
    UPDATE inbox SET body='', state='done' WHERE inbox.update_id = 2;
    UPDATE inbox SET attempts=1, state='pending' WHERE inbox.update_id = 1;
    INSERT INTO outbox (chat, method, payload, state, attempts, created_at, topic, context)
        VALUES (7, 'sendMessage', '{"chat_id": 7}', 'pending', 0, 1.0, NULL, NULL);
    INSERT INTO outbox (chat, method, payload, state, attempts, created_at, topic, context)
        VALUES (7, 'sendMessage', '{"chat_id": 7}', 'pending', 0, 1.0, 3, '{"do": "none"}');
    UPDATE outbox SET payload='', state='sent', attempts=1, message_id=9, error=NULL, settled_at=2.0, context=NULL
        WHERE outbox.id = 1;
    INSERT INTO residents (chat, language, city, state, step, misses, last_intent, last_question, draft, reachable,
        created_at, updated_at) VALUES (7, 'fi', NULL, 'bot', 'none', 0, NULL, NULL, NULL, true, 1.0, 1.0);
    INSERT INTO residents (chat, language, city, state, step, misses, last_intent, last_question, draft, reachable,
        created_at, updated_at)
        VALUES (7, 'so', 'espoo', 'bot', 'none', 1, 'tax-card', 'my question', NULL, true, 2.0, 2.0)
        ON CONFLICT (chat) DO UPDATE SET language = excluded.language, city = excluded.city, state = excluded.state,
        step = excluded.step, misses = excluded.misses, last_intent = excluded.last_intent,
        last_question = excluded.last_question, draft = excluded.draft, reachable = excluded.reachable,
        updated_at = excluded.updated_at;
    UPDATE residents SET reachable=false WHERE residents.chat = 7;
    INSERT INTO exchanges (chat, at, kind, language, city, intents, score, text, helpful)
        VALUES (7, 1.0, 'answer', 'so', 'espoo', 'tax-card', 0.9, 'my question', NULL);
    INSERT INTO tickets (chat, city, desk, kind, state, intent, language, languages, opened_at, waiting_since, nudges)
        VALUES (7, 'espoo', 'espoo', 'question', 'waiting', 'tax-card', 'so', 'so,en', 1.0, 1.0, 0);
    UPDATE tickets SET state='taken', taker=5, taken_at=2.0 WHERE tickets.id = 1 AND tickets.state = 'waiting'
        AND tickets.desk = 'espoo' AND tickets.taker IS NULL;
    INSERT INTO entries (ticket, at, author, text, actor, media, from_chat, from_messages)
        VALUES (1, 1.0, 'resident', 'my question', NULL, NULL, NULL, NULL)
    """,
}
"""By revision: what the version that knew its tables says when it works."""
READ: dict[str, dict[str, list[tuple[Any, ...]]]] = {
    "0002": {
        "SELECT inbox.update_id, inbox.chat, inbox.body, inbox.received_at, inbox.attempts FROM inbox "
        "WHERE inbox.state = 'pending' ORDER BY inbox.update_id LIMIT 9": [(1, 7, "a question", 1.0, 0)],
        "SELECT outbox.id, outbox.chat, outbox.method, outbox.payload, outbox.attempts, outbox.topic, outbox.context "
        "FROM outbox WHERE outbox.state = 'pending' AND outbox.id > 0 ORDER BY outbox.id LIMIT 9": [
            (1, 7, "sendMessage", '{"chat_id": 7}', 0, None, None)
        ],
        "SELECT residents.chat, residents.language, residents.city, residents.state, residents.step, residents.misses, "
        "residents.last_intent, residents.last_question, residents.draft FROM residents WHERE residents.chat IN (7)": [
            (7, "so", "espoo", "bot", "none", 1, "tax-card", "my question", None)
        ],
        "SELECT tickets.id, tickets.chat, tickets.city, tickets.desk, tickets.kind, tickets.state, tickets.intent, "
        "tickets.language, tickets.languages, tickets.opened_at, tickets.waiting_since, tickets.taker, "
        "tickets.taken_at, tickets.closed_at, tickets.closed_by, tickets.nudges, tickets.stars FROM tickets "
        "WHERE tickets.chat = 7 AND tickets.state != 'closed' LIMIT 1": [
            (1, 7, "espoo", "espoo", "question", "waiting", "tax-card", "so", "so,en", 1.0, 1.0, *([None] * 4), 0, None)
        ],
    },
}
"""By revision: how that version reads, and what of the rows that the newest version has written."""


@pytest.mark.parametrize("revision", WRITTEN)
async def test_what_an_older_version_writes_is_read(engine: AsyncEngine, url: str, revision: str) -> None:
    database = await Database.open(url)
    try:
        await say(engine, *WRITTEN[revision].split(";"))
        async with database.write() as unit:
            (waiting,) = await unit.inbox.pending(9, of="a process", groups=False)
            assert waiting == Received(1, 7, "a question", 1.0, 1)
            (call,) = await unit.outbox.pending(9)
            assert (call.id, call.topic, call.context, call.origin) == (2, 3, '{"do": "none"}', None)
            known = Resident(7, "so", "espoo", State.BOT, Step.NONE, 1, "tax-card", "my question")
            assert await unit.residents.get(7) == known
            ticket = await unit.tickets.get(1)
            assert (ticket.state, ticket.taker, ticket.languages) == (TicketState.TAKEN, 5, ("so", "en"))
            assert [one.text for one in await unit.exchanges.of_chat(7)] == ["my question"]
            assert [one.text for one in await unit.entries.of(1)] == ["my question"]
            unit.inbox.done(1)
            assert await unit.tickets.change(ticket, TicketState.WAITING, taker=None, taken_at=None)
    finally:
        await database.close()


@pytest.mark.parametrize("revision", READ)
async def test_what_the_newest_version_writes_an_older_one_reads(engine: AsyncEngine, url: str, revision: str) -> None:
    database = await Database.open(url)
    try:
        async with database.write() as unit:
            await unit.inbox.add([Received(1, 7, "a question", 1.0, keeper="a process")])
            unit.outbox.origin = 1
            unit.outbox.add(7, "sendMessage", {"chat_id": 7})
            unit.residents.put(Resident(7, "so", "espoo", State.BOT, Step.NONE, 1, "tax-card", "my question"))
            await unit.tickets.open(
                chat=7, city="espoo", desk="espoo", kind="question", intent="tax-card", language="so",
                languages=("so", "en"), opened_at=1.0, waiting_since=1.0,
            )  # fmt: skip
    finally:
        await database.close()
    for query, rows in READ[revision].items():
        assert await say(engine, query) == rows
