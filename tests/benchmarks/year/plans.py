"""How the database goes about each statement: its plan, asked for right before the statement runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event

from bot.storage.engine import Database

BIG = 10_000
"""Rows from which on a table is big."""
PLANNED = ("SELECT", "UPDATE", "DELETE", "WITH")


@dataclass(frozen=True, slots=True)
class Plan:
    """A statement in short, its steps in short, and the big tables that it reads from end to end."""

    statement: str
    steps: tuple[str, ...]
    scanned: tuple[str, ...]


@contextmanager
def explaining(database: Database, rows: dict[str, int]) -> Iterator[list[Plan]]:
    """Collects the plans of all statements that run in the block, each wording once; `rows` by table."""
    found: dict[str, Plan] = {}
    collected: list[Plan] = []
    explain = _postgresql if database.shared else _sqlite

    def before(connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        short = shortened(statement)
        if not statement.startswith(PLANNED) or short in found or "advisory" in statement:
            return
        found[short] = Plan(short, (), ())  # the question itself is not asked about
        steps = explain(connection, statement, parameters[0] if many else parameters)
        scanned = tuple(dict.fromkeys(table for table, full in steps.values() if full and rows.get(table, 0) >= BIG))
        found[short] = Plan(short, tuple(steps), scanned)
        collected.append(found[short])

    engine = database._engine.sync_engine
    event.listen(engine, "before_cursor_execute", before)
    try:
        yield collected
    finally:
        event.remove(engine, "before_cursor_execute", before)


def shortened(statement: str) -> str:
    """Without lists of columns and casts, on one line."""
    text = re.sub(r"\s+", " ", statement)
    text = re.sub(r"::[A-Z]+(\(\d+\))?", "", text)
    text = re.sub(r"SELECT (\w+\.\w+(?: AS \w+)?)(?:, \w+\.\w+(?: AS \w+)?)+ FROM", r"SELECT … FROM", text)
    return re.sub(r"\((\?|\$\d+)(, (\?|\$\d+))+\)", "(…)", text)


def _sqlite(connection: Any, statement: str, parameters: Any) -> dict[str, tuple[str, bool]]:
    """Step -> (table, whether it is read from end to end)."""
    steps: dict[str, tuple[str, bool]] = {}
    alias = dict(re.findall(r"(\w+) AS (\w+)", statement))
    names = {short: table for table, short in alias.items()}
    for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters):
        detail = row[3].replace("USING INTEGER PRIMARY KEY", "by number").replace("USING ", "")
        table = detail.split()[1] if detail.startswith(("SCAN", "SEARCH")) else ""
        partial = re.search(r"_(kept|waiting)\b", detail)
        whole = detail.startswith("SCAN") or re.search(r"\(\w+<\?\)$", detail)  # from the first row on
        steps[detail] = (names.get(table, table), bool(whole and not partial))
    return steps


def _postgresql(connection: Any, statement: str, parameters: Any) -> dict[str, tuple[str, bool]]:
    answer = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar()
    steps: dict[str, tuple[str, bool]] = {}
    nodes = [(json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]]
    while nodes:
        node = nodes.pop(0)
        nodes[:0] = node.get("Plans", [])
        kind, table, index = node["Node Type"], node.get("Relation Name", ""), node.get("Index Name", "")
        if kind in {"Bitmap Heap Scan", "ModifyTable"} or not (table or index):
            continue
        partial = index.endswith(("_kept", "_waiting"))
        full = kind == "Seq Scan" or ("Scan" in kind and not node.get("Index Cond") and not partial)
        words = (kind, table, index, "(whole)" if full and index else "")
        steps[" ".join(word for word in words if word)] = (table, full)
    return steps
