"""The desk works on both engines."""

from tests.databases import database, path, url

__all__ = ["database", "path", "url"]
