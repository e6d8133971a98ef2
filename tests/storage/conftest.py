"""Every test of the storage runs on both engines."""

from tests.city import city, goal
from tests.databases import database, path, sql, url

__all__ = ["city", "database", "goal", "path", "sql", "url"]
