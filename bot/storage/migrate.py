"""Bringing a database to the newest tables; at start, so that an operator has nothing to run."""

from __future__ import annotations

from pathlib import Path

import structlog
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import HEAD

log = structlog.get_logger(__name__)

SCRIPTS = Path(__file__).parent / "migrations"


async def upgrade(connection: AsyncConnection) -> bool:
    """Runs the missing migrations inside the caller's transaction; True when there were any.

    Newer tables than this version's are left alone: migrations only add what an older version can do without, so
    that both may run while replicas are replaced one by one.
    """
    version = await connection.run_sync(_version)
    if version is not None and version >= HEAD:
        if version > HEAD:
            log.warning("the database is of a newer version", tables=version, known=HEAD)
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
