"""What a table and its indexes take on disk, as the database itself says."""

from __future__ import annotations

from sqlalchemy import text

from bot.storage.engine import Database
from bot.storage.tables import metadata

SQLITE = """SELECT s.tbl_name, s.type = 'index', s.name, sum(d.pgsize) FROM dbstat d JOIN sqlite_master s
ON s.name = d.name GROUP BY 1, 2, 3"""
POSTGRESQL = """SELECT t.relname, i.relname IS NOT NULL, coalesce(i.relname, t.relname),
CASE WHEN i.oid IS NULL THEN pg_table_size(t.oid) ELSE pg_relation_size(i.oid) END
FROM pg_class t LEFT JOIN (pg_index x JOIN pg_class i ON i.oid = x.indexrelid) ON x.indrelid = t.oid
WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace
UNION ALL SELECT relname, false, relname, pg_table_size(oid) FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relhasindex"""


async def sizes(database: Database) -> list[tuple[str, bool, str, int]]:
    """(table, whether it is an index, its name, bytes), the biggest first."""
    async with database.write() as unit:
        found = await unit.connection.execute(text(POSTGRESQL if database.shared else SQLITE))
        unique = {(row[0], bool(row[1]), row[2]): int(row[3]) for row in found if row[0] in metadata.tables}
    return sorted(((*key, size) for key, size in unique.items()), key=lambda one: -one[3])


async def counts(database: Database) -> dict[str, int]:
    """Table -> rows."""
    async with database.write() as unit:
        return {
            name: int(await unit.connection.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0)
            for name in metadata.tables
        }
