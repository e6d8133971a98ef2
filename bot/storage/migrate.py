"""Bringing a database to the newest tables; at start, so that an operator has nothing to run."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import HEAD

SCRIPTS = Path(__file__).parent / "migrations"


async def upgrade(connection: AsyncConnection) -> bool:
    """Runs the missing migrations inside the caller's transaction; True when there were any."""
    if await connection.run_sync(_version) == HEAD:
        return False
    await connection.run_sync(_run)
    return True


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
