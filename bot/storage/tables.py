"""The tables. Texts are stored masked; coordinates, names and usernames are never stored."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, MetaData, String, Table, Text, text

HEAD = "0003"
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
    Column("keeper", String(36)),  # the process that has its location in memory; locations are not stored
)
Index("ix_inbox_state_update_id", inbox.c.state, inbox.c.update_id)
WAITING = text("state = 'pending'")
Index("ix_inbox_waiting", inbox.c.chat, inbox.c.update_id, sqlite_where=WAITING, postgresql_where=WAITING)

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
    Column("topic", Integer),  # the ticket's topic it is for; its thread is looked up when the call is made
    Column("context", Text),  # JSON: what the call depends on, and what follows from Telegram's answer
    Column("origin", BigInteger),  # the update that it answers, for the logs
    sqlite_autoincrement=True,  # the sender asks for ids above the last one it saw
)
Index("ix_outbox_state_id", outbox.c.state, outbox.c.id)
Index("ix_outbox_topic", outbox.c.topic)

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
    Column("draft", Text),  # JSON of a hand-over that is being prepared
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
KEPT = text("chat <> 0")
"""Of whom it is: what is forgotten is nobody's. Retention finds what is left to forget without a look at the rest."""
Index("ix_exchanges_kept", exchanges.c.at, sqlite_where=KEPT, postgresql_where=KEPT)

desks = Table(
    "desks",
    metadata,
    Column("city", String(16), primary_key=True),
    Column("chat", BigInteger, nullable=False, unique=True),
    Column("language", String(8), nullable=False),
    Column("names", Boolean, nullable=False),
    Column("goal_minutes", Integer, nullable=False),
    Column("hours", Text),
)

advisors = Table(
    "advisors",
    metadata,
    Column("user", BigInteger, primary_key=True, autoincrement=False),
    Column("city", String(16), primary_key=True),
    Column("first_name", String(64), nullable=False),
    Column("skills", String(512), nullable=False),  # joined by a comma
)

tickets = Table(
    "tickets",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("chat", BigInteger, nullable=False),  # 0 once the resident is forgotten
    Column("city", String(16)),
    Column("desk", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("intent", String(64)),
    Column("language", String(8), nullable=False),
    Column("languages", String(128), nullable=False),
    Column("opened_at", Float, nullable=False),
    Column("waiting_since", Float, nullable=False),
    Column("taker", BigInteger),
    Column("taken_at", Float),
    Column("closed_at", Float),
    Column("closed_by", String(16)),
    Column("nudges", Integer, nullable=False),
    Column("stars", Integer),
    Column("comment", Text),  # masked; None after the retention time
    sqlite_autoincrement=True,  # a number is never given twice
)
Index("ix_tickets_chat", tickets.c.chat)
Index("ix_tickets_state_desk", tickets.c.state, tickets.c.desk)
Index("ix_tickets_kept", tickets.c.closed_at, sqlite_where=KEPT, postgresql_where=KEPT)

topics = Table(
    "topics",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("ticket", Integer, nullable=False),
    Column("city", String(16), nullable=False),
    Column("chat", BigInteger, nullable=False),
    Column("thread", BigInteger),
    Column("owner", Boolean, nullable=False),
    Column("card", BigInteger),
    sqlite_autoincrement=True,
)
Index("ix_topics_ticket", topics.c.ticket)
Index("ix_topics_chat_thread", topics.c.chat, topics.c.thread)

entries = Table(
    "entries",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("ticket", Integer, nullable=False),
    Column("at", Float, nullable=False),
    Column("author", String(16), nullable=False),
    Column("text", Text, nullable=False),  # masked; empty after the retention time
    Column("actor", BigInteger),
    Column("media", String(16)),
    Column("from_chat", BigInteger),
    Column("from_messages", Text),  # message ids joined by a comma
)
Index("ix_entries_ticket", entries.c.ticket)
SAID = text("(text <> '' OR from_chat IS NOT NULL)")
Index("ix_entries_kept", entries.c.at, sqlite_where=SAID, postgresql_where=SAID)

pairs = Table(
    "pairs",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("ticket", Integer, nullable=False),
    Column("from_chat", BigInteger, nullable=False),
    Column("from_message", BigInteger, nullable=False),
    Column("to_chat", BigInteger, nullable=False),
    Column("to_message", BigInteger, nullable=False),
    Column("media", Boolean, nullable=False),
)
Index("ix_pairs_from", pairs.c.from_chat, pairs.c.from_message)
Index("ix_pairs_to", pairs.c.to_chat, pairs.c.to_message)
Index("ix_pairs_ticket", pairs.c.ticket)

albums = Table(
    "albums",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("chat", BigInteger, nullable=False),
    Column("thread", BigInteger),
    Column("album", String(64), nullable=False),
    Column("message", BigInteger, nullable=False),
    Column("sender", BigInteger, nullable=False),
    Column("caption", Text),  # masked
    Column("media", String(16), nullable=False),
    Column("due_at", Float, nullable=False),
)
Index("ix_albums_due_at", albums.c.due_at)

bans = Table(
    "bans",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("reason", Text, nullable=False),
    Column("until", Float, nullable=False),
    Column("actor", BigInteger, nullable=False),
)

notices = Table(
    "notices",
    metadata,
    Column("point", String(64), primary_key=True),
    Column("text", Text, nullable=False),
    Column("until", String(10)),  # ISO day, the last one
    Column("actor", BigInteger, nullable=False),
)

switches = Table(
    "switches",
    metadata,
    Column("name", String(24), primary_key=True),  # what is switched on; a row that is not there is off
    Column("at", Float, nullable=False),
    Column("actor", BigInteger),  # Telegram user id of the admin; None: from the command line
)

audit = Table(
    "audit",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("at", Float, nullable=False),
    Column("actor", BigInteger),  # Telegram user id of staff; None: the resident, or the bot itself
    Column("act", String(24), nullable=False),
    Column("ticket", Integer),
    Column("detail", String(200), nullable=False),  # never a message's text
    sqlite_autoincrement=True,
)
Index("ix_audit_ticket", audit.c.ticket)
