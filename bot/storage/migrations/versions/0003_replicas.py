"""Several replicas: who holds an update's location, which update a call came from, switches, what is yet to go."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

KEPT = (
    ("exchanges", "at", "chat <> 0"),
    ("tickets", "closed_at", "chat <> 0"),
    ("entries", "at", "(text <> '' OR from_chat IS NOT NULL)"),
)
"""Retention read all that was ever forgotten at each of its runs; these indexes hold what is yet to be."""


def upgrade() -> None:
    op.add_column("inbox", sa.Column("keeper", sa.String(36)))
    pending = sa.text("state = 'pending'")
    op.create_index("ix_inbox_waiting", "inbox", ["chat", "update_id"], sqlite_where=pending, postgresql_where=pending)
    op.add_column("outbox", sa.Column("origin", sa.BigInteger))
    op.create_table(
        "switches",
        sa.Column("name", sa.String(24), primary_key=True),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("actor", sa.BigInteger),
    )
    for table, column, condition in KEPT:
        kept = sa.text(condition)
        op.drop_index(f"ix_{table}_{column}", table)
        op.create_index(f"ix_{table}_kept", table, [column], sqlite_where=kept, postgresql_where=kept)


def downgrade() -> None:
    for table, column, _ in KEPT:
        op.drop_index(f"ix_{table}_kept", table)
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.drop_table("switches")
    op.drop_column("outbox", "origin")
    op.drop_index("ix_inbox_waiting", "inbox")
    op.drop_column("inbox", "keeper")
