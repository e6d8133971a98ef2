"""The tables. Texts are stored masked; coordinates, names and usernames are never stored."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, MetaData, String, Table, Text

HEAD = "0001"
"""The migration that makes these tables; a test compares it with the newest script."""

metadata = MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"})

Serial = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only in an INTEGER primary key."""

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat", BigInteger, nullable=False),
    Column("body", Text, nullable=False),  # emptied when handled
    Column("state", String(8), nullable=False),  # pending, done, parked
    Column("attempts", Integer, nullable=False, default=0),
    Column("received_at", Float, nullable=False),  # Unix seconds, as all times here
)
Index("ix_inbox_state_update_id", inbox.c.state, inbox.c.update_id)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("chat", BigInteger, nullable=False),
    Column("method", String(40), nullable=False),
    Column("payload", Text, nullable=False),  # the Bot API method's parameters as JSON
    Column("state", String(16), nullable=False),  # pending, sent, dropped, parked, undeliverable
    Column("attempts", Integer, nullable=False, default=0),
    Column("message_id", BigInteger),  # Telegram's, once sent
    Column("error", Text),
    Column("created_at", Float, nullable=False),
    Column("settled_at", Float),
    sqlite_autoincrement=True,  # the sender asks for ids above the last one it saw
)
Index("ix_outbox_state_id", outbox.c.state, outbox.c.id)

residents = Table(
    "residents",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(8)),
    Column("city", String(16)),
    Column("state", String(16), nullable=False),
    Column("step", String(16), nullable=False),
    Column("misses", Integer, nullable=False),
    Column("last_intent", String(64)),
    Column("last_question", Text),
    Column("reachable", Boolean, nullable=False, default=True),
    Column("created_at", Float, nullable=False),
    Column("updated_at", Float, nullable=False),
)

exchanges = Table(
    "exchanges",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("chat", BigInteger, nullable=False),
    Column("at", Float, nullable=False),
    Column("kind", String(16), nullable=False),  # answer, choice, handoff, dialogue, wish, feedback
    Column("language", String(8), nullable=False),
    Column("city", String(16)),
    Column("intents", String(256), nullable=False),  # ids joined by a comma
    Column("score", Float),
    Column("text", Text),  # masked; None after the retention time
    Column("helpful", Boolean),
)
Index("ix_exchanges_chat_at", exchanges.c.chat, exchanges.c.at)
Index("ix_exchanges_at", exchanges.c.at)
