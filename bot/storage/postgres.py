"""PostgreSQL: several processes on one database, kept apart by advisory locks, woken by notifications."""

from __future__ import annotations

from sqlalchemy import TextClause, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

ALONE, LEADER = 0x6E657576_01, 0x6E657576_02
"""Keys of advisory locks: a unit that must be the only one, and the process that leads."""
CHANNEL = "neuvoja"
CONNECTIONS = 10
CONNECT_SECONDS, COMMAND_SECONDS = 5.0, 60.0
# A peer that vanished without a word is noticed by the server after 3 seconds, and its locks are free.
SESSION = {
    "application_name": "neuvoja",
    "tcp_keepalives_idle": "1",
    "tcp_keepalives_interval": "1",
    "tcp_keepalives_count": "2",
    "tcp_user_timeout": "3000",
    "idle_in_transaction_session_timeout": "60000",
}

LOCK_ALONE: TextClause = text(f"SELECT pg_advisory_xact_lock({ALONE})")
LOCK_BESIDE: TextClause = text(f"SELECT pg_advisory_xact_lock_shared({ALONE})")
NOTIFY: TextClause = text(f"SELECT pg_notify('{CHANNEL}', :what)")


class UnreachableError(SQLAlchemyError):
    """No connection could be had, or the server does not answer on it."""


def engine_at(url: str) -> AsyncEngine:
    """The engine of a server's database."""
    return create_async_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=CONNECT_SECONDS,
        pool_pre_ping=True,
        connect_args={"timeout": CONNECT_SECONDS, "command_timeout": COMMAND_SECONDS, "server_settings": SESSION},
    )


def dsn(url: str) -> str:
    """The address as the driver alone wants it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
