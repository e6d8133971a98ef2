"""Inbox, outbox, residents and exchanges."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

serial = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("received_at", sa.Float, nullable=False),
    )
    op.create_index("ix_inbox_state_update_id", "inbox", ["state", "update_id"])
    op.create_table(
        "outbox",
        sa.Column("id", serial, primary_key=True),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("method", sa.String(40), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("error", sa.Text),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("settled_at", sa.Float),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_state_id", "outbox", ["state", "id"])
    op.create_table(
        "residents",
        sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("language", sa.String(8)),
        sa.Column("city", sa.String(16)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("step", sa.String(16), nullable=False),
        sa.Column("misses", sa.Integer, nullable=False),
        sa.Column("last_intent", sa.String(64)),
        sa.Column("last_question", sa.Text),
        sa.Column("reachable", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("updated_at", sa.Float, nullable=False),
    )
    op.create_table(
        "exchanges",
        sa.Column("id", serial, primary_key=True),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("city", sa.String(16)),
        sa.Column("intents", sa.String(256), nullable=False),
        sa.Column("score", sa.Float),
        sa.Column("text", sa.Text),
        sa.Column("helpful", sa.Boolean),
    )
    op.create_index("ix_exchanges_chat_at", "exchanges", ["chat", "at"])
    op.create_index("ix_exchanges_at", "exchanges", ["at"])


def downgrade() -> None:
    for table in ("exchanges", "residents", "outbox", "inbox"):
        op.drop_table(table)
