"""Sums of tables: counts and checksums that are the same on every engine when the rows are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Column, Float, Integer, String, Table

INTEGER = 2**31
"""One more than the largest number of a 32-bit column."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A table's rows, a checksum over them in the order of their keys, and the highest number given to a row.

    `given` counts rows that are gone, as far as the engine remembers them; None where rows are not numbered.
    """

    table: str
    rows: int
    checksum: str
    given: int | None


class Tally:
    """A sum that is being made, row by row."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._hash = hashlib.sha256()
        self._rows = 0

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Takes the next rows, as `plain` gives them."""
        lines = [json.dumps(list(row), default=bytes.hex) for row in rows]
        self._hash.update("".join(f"{line}\n" for line in lines).encode())
        self._rows += len(lines)

    def done(self, given: int | None) -> Sum:
        """The whole sum."""
        return Sum(self._table.name, self._rows, self._hash.hexdigest(), given)


def plain(table: Table, rows: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Rows as every engine gives them back: SQLite does not keep the sign of a zero."""
    floats = [isinstance(column.type, Float) for column in table.columns]
    return [
        tuple(0.0 if is_float and value == 0 else value for is_float, value in zip(floats, row, strict=True))
        for row in rows
    ]


def misfit(table: Table, rows: Sequence[Sequence[Any]]) -> str | None:
    """Which column holds what PostgreSQL refuses though SQLite takes it, and how to find it; None when all fit."""
    for column, values in zip(table.columns, zip(*rows, strict=True), strict=False):
        found = _misfit(column, [value for value in values if value is not None])
        if found:
            what, where = found
            keys = ", ".join(f'"{key.name}"' for key in table.primary_key)
            return f'{table.name}.{column.name} holds {what}; find it: SELECT {keys} FROM "{table.name}" WHERE {where}'  # noqa: S608 - shown, not run
    return None


def _misfit(column: Column[Any], values: Sequence[Any]) -> tuple[str, str] | None:
    name = f'"{column.name}"'
    if set(map(type, values)) - {column.type.python_type}:
        stored = {bool: "integer", int: "integer", float: "real", str: "text"}[column.type.python_type]
        return f"a value that is not of its type ({stored})", f"typeof({name}) NOT IN ('{stored}', 'null')"
    if isinstance(column.type, String):
        length = column.type.length
        if length and max(map(len, values), default=0) > length:
            return f"a text of more than {length} characters", f"length({name}) > {length}"
        if any("\0" in value for value in values):
            return "a text with a NUL character", f"instr({name}, char(0))"
    is_short = isinstance(column.type, Integer) and not isinstance(column.type, BigInteger)
    if is_short and any(not -INTEGER <= value < INTEGER for value in values):
        return "a number of more than 32 bits", f"abs({name}) >= {INTEGER}"
    return None
