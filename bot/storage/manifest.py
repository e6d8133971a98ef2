"""Manifests: the sums that a backup was made with, kept in a table of the backup file itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Column, Integer, MetaData, String, Table, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.snapshot import Snapshot
from bot.storage.sums import Sum

manifest = Table(
    "backup_manifest",
    MetaData(),
    Column("place", Integer, primary_key=True),
    Column("table", String, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("checksum", String, nullable=False),
    Column("given", Integer),
)


async def write(connection: AsyncConnection, sums: Sequence[Sum]) -> None:
    """Adds the table to a backup."""
    await connection.run_sync(manifest.create)
    await connection.execute(insert(manifest), [asdict(one) for one in sums])


async def read(backup: Snapshot) -> list[Sum] | None:
    """The sums in a backup's table; None in any other database."""
    if manifest.name not in await backup.tables():
        return None
    rows = await backup.rows(select(*(manifest.c[name] for name in Sum.__slots__)).order_by(manifest.c.place))
    return [Sum(*row) for row in rows]
