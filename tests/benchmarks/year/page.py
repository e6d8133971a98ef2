"""The page `tests/benchmarks/year.md`."""

from __future__ import annotations

from typing import Any

from tests.benchmarks.matching.markdown import table

GOAL = 1.0
OF_QUESTIONS = ("exchanges", "residents")
OF_TICKETS = ("tickets", "topics", "entries", "pairs", "audit")


def rendered(kept: dict[str, Any]) -> str:
    """The page of all engines that were measured."""
    parts = [_TOP]
    for engine, name in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL")):
        if engine in kept:
            parts.append(f"## {name} {kept[engine]['version']}")
            parts += _engine(kept[engine])
    return "\n\n".join(parts) + "\n"


def _engine(found: dict[str, Any]) -> list[str]:
    questions, tickets = found["size"]
    held = ", ".join(f"{count:,} {name}" for name, count in found["rows"].items() if count >= 1000)
    rows = [
        [one["name"], one["detail"] or "-", f"{1000 * one['median']:.1f}", f"{1000 * one['worst']:.1f}", _verdict(one)]
        for one in found["timings"]
    ]
    scanned = [plan for plan in found["plans"] if plan["scanned"]]
    return [
        f"Rows: {held}. Filled in {found['filled']} s.",
        table(["", "of", "median ms", "worst ms", "within 1 s"], rows),
        f"### Plans\n\n{len(found['plans'])} statements; {len(scanned)} read a big table (10,000 rows) whole:",
        "\n".join(f"* {', '.join(plan['scanned'])}: `{plan['statement']}`" for plan in scanned) or "none.",
        "```\n" + "\n".join(_plan(plan) for plan in found["plans"]) + "\n```",
        "### Size and growth",
        _sizes(found),
        _growth(found, questions, tickets),
        f"<sub>{found['day']}</sub>",
    ]


def _verdict(timing: dict[str, Any]) -> str:
    return "yes" if timing["worst"] <= GOAL else "NO"


def _plan(plan: dict[str, Any]) -> str:
    mark = "!" if plan["scanned"] else " "
    return "\n".join([f"{mark} {plan['statement']}", *(f"      {step}" for step in plan["steps"])])


def _sizes(found: dict[str, Any]) -> str:
    after = {name: size for _, _, name, size in found["after"]}
    rows = [
        [name, "index" if index else "table", f"{size / 1e6:.1f}", f"{after[name] / 1e6:.1f}",
         f"{size / max(1, found['rows'][of]):.0f}"]
        for of, index, name, size in found["before"] if size >= 1_000_000 or name in OF_TICKETS
    ]  # fmt: skip
    return table(["", "", "MB", "MB, half forgotten", "bytes a row"], rows)


def _growth(found: dict[str, Any], questions: int, tickets: int) -> str:
    def total(of: tuple[str, ...], when: str) -> int:
        return sum(size for name, _, _, size in found[when] if name in of)

    question, ticket = total(OF_QUESTIONS, "before") / questions, total(OF_TICKETS, "before") / tickets
    year = questions * question + tickets * ticket
    everything = [sum(size for *_, size in found[when]) / 1e6 for when in ("before", "after")]
    return (
        f"A question takes {question:.0f} bytes (its exchange, and its share of the residents), a request "
        f"{ticket:.0f} (with {found['rows']['entries'] / tickets:.1f} entries). "
        f"**A year adds {year / 1e6:.0f} MB.** All tables and indexes: {everything[0]:.0f} MB "
        f"at the end of the year, {everything[1]:.0f} MB after half was forgotten."
    )


_TOP = """\
# A year of a region in the database

Written by `python -m tests.benchmarks.year`; do not edit. Four cities, 2 million questions, 60,000 requests, nothing
forgotten until the last day; the queues as they are on that day. Each line is the bot's own code from the beginning of
a transaction to its commit (durable: `synchronous=FULL`, `fsync=on`), the updates among them from arrival to commit,
with the model; the goal is 1 second. A run before the seven by the clock takes the plans. SQLite has no statistics, as
in the running bot; PostgreSQL has autovacuum's. Retention goes in steps, between which everybody else has their turn;
"half a year at once" happens only when the bot was off for so long or `RETENTION_DAYS` was lowered.

A plan's statement is shortened; `!` marks one that reads a big table whole. What retention and `/delete` read whole is
bounded: a week of the inbox, two days of the outbox, the residents of the retention time. Indexes on what they look for
would be written with every message (on PostgreSQL a resident's row could no more be changed in place). `topics` grows
(and `tickets`, where PostgreSQL reads it whole). The `kept` indexes hold only what is yet to be forgotten: a run does
not pass over all that ever was."""
