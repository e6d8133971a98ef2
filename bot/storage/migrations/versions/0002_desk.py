"""Desks, tickets and what belongs to them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

serial = sa.BigInteger().with_variant(sa.Integer, "sqlite")

APPEND_ONLY = """CREATE TRIGGER audit_no_{act} BEFORE {act} ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"""
# INSERT OR REPLACE deletes a row without a DELETE.
NO_REPLACE = """CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"""
POSTGRESQL = (
    """CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$""",
    """CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()""",
)


def upgrade() -> None:
    op.add_column("outbox", sa.Column("topic", sa.Integer))
    op.add_column("outbox", sa.Column("context", sa.Text))
    op.create_index("ix_outbox_topic", "outbox", ["topic"])
    op.add_column("residents", sa.Column("draft", sa.Text))
    op.create_table(
        "desks",
        sa.Column("city", sa.String(16), primary_key=True),
        sa.Column("chat", sa.BigInteger, nullable=False, unique=True),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("names", sa.Boolean, nullable=False),
        sa.Column("goal_minutes", sa.Integer, nullable=False),
        sa.Column("hours", sa.Text),
    )
    op.create_table(
        "advisors",
        sa.Column("user", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("city", sa.String(16), primary_key=True),
        sa.Column("first_name", sa.String(64), nullable=False),
        sa.Column("skills", sa.String(512), nullable=False),
    )
    op.create_table(
        "tickets",
        sa.Column("id", serial, primary_key=True),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("city", sa.String(16)),
        sa.Column("desk", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("intent", sa.String(64)),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("languages", sa.String(128), nullable=False),
        sa.Column("opened_at", sa.Float, nullable=False),
        sa.Column("waiting_since", sa.Float, nullable=False),
        sa.Column("taker", sa.BigInteger),
        sa.Column("taken_at", sa.Float),
        sa.Column("closed_at", sa.Float),
        sa.Column("closed_by", sa.String(16)),
        sa.Column("nudges", sa.Integer, nullable=False),
        sa.Column("stars", sa.Integer),
        sa.Column("comment", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tickets_chat", "tickets", ["chat"])
    op.create_index("ix_tickets_state_desk", "tickets", ["state", "desk"])
    op.create_index("ix_tickets_closed_at", "tickets", ["closed_at"])
    op.create_table(
        "topics",
        sa.Column("id", serial, primary_key=True),
        sa.Column("ticket", sa.Integer, nullable=False),
        sa.Column("city", sa.String(16), nullable=False),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("thread", sa.BigInteger),
        sa.Column("owner", sa.Boolean, nullable=False),
        sa.Column("card", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_topics_ticket", "topics", ["ticket"])
    op.create_index("ix_topics_chat_thread", "topics", ["chat", "thread"])
    op.create_table(
        "entries",
        sa.Column("id", serial, primary_key=True),
        sa.Column("ticket", sa.Integer, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("author", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("actor", sa.BigInteger),
        sa.Column("media", sa.String(16)),
        sa.Column("from_chat", sa.BigInteger),
        sa.Column("from_messages", sa.Text),
    )
    op.create_index("ix_entries_ticket", "entries", ["ticket"])
    op.create_index("ix_entries_at", "entries", ["at"])
    op.create_table(
        "pairs",
        sa.Column("id", serial, primary_key=True),
        sa.Column("ticket", sa.Integer, nullable=False),
        sa.Column("from_chat", sa.BigInteger, nullable=False),
        sa.Column("from_message", sa.BigInteger, nullable=False),
        sa.Column("to_chat", sa.BigInteger, nullable=False),
        sa.Column("to_message", sa.BigInteger, nullable=False),
        sa.Column("media", sa.Boolean, nullable=False),
    )
    op.create_index("ix_pairs_from", "pairs", ["from_chat", "from_message"])
    op.create_index("ix_pairs_to", "pairs", ["to_chat", "to_message"])
    op.create_index("ix_pairs_ticket", "pairs", ["ticket"])
    op.create_table(
        "albums",
        sa.Column("id", serial, primary_key=True),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("thread", sa.BigInteger),
        sa.Column("album", sa.String(64), nullable=False),
        sa.Column("message", sa.BigInteger, nullable=False),
        sa.Column("sender", sa.BigInteger, nullable=False),
        sa.Column("caption", sa.Text),
        sa.Column("media", sa.String(16), nullable=False),
        sa.Column("due_at", sa.Float, nullable=False),
    )
    op.create_index("ix_albums_due_at", "albums", ["due_at"])
    op.create_table(
        "bans",
        sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("until", sa.Float, nullable=False),
        sa.Column("actor", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "notices",
        sa.Column("point", sa.String(64), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("until", sa.String(10)),
        sa.Column("actor", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("id", serial, primary_key=True),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("actor", sa.BigInteger),
        sa.Column("act", sa.String(24), nullable=False),
        sa.Column("ticket", sa.Integer),
        sa.Column("detail", sa.String(200), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_ticket", "audit", ["ticket"])
    if op.get_bind().dialect.name == "postgresql":
        triggers = [*POSTGRESQL]
    else:
        triggers = [*(APPEND_ONLY.format(act=act) for act in ("update", "delete")), NO_REPLACE]
    for statement in triggers:
        op.execute(statement)


def downgrade() -> None:
    for table in ("audit", "notices", "bans", "albums", "pairs", "entries", "topics", "tickets", "advisors", "desks"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_append_only()")
    op.drop_index("ix_outbox_topic", "outbox")
    # Not as a batch: a table copied by it would lose its AUTOINCREMENT.
    op.drop_column("residents", "draft")
    op.drop_column("outbox", "topic")
    op.drop_column("outbox", "context")
