"""Logs: one line an event on stderr, JSON unless a person watches; no secret, no resident's words, no traceback."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any

import structlog


def configure(level: str, *secrets: str | None) -> None:
    """Sets up structlog and the standard library's loggers; `secrets` are replaced wherever they would appear."""
    hidden = [secret for secret in secrets if secret]

    def without_traceback(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        error = event.pop("exc_info", None)
        if error:
            found = (
                error[0] if isinstance(error, tuple) else type(error) if error is not True else type(sys.exception())
            )
            event["error"] = getattr(found, "__name__", str(found))
        return event

    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_traceback,
    ]
    written: Any = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()

    def rendered(logger: Any, name: str, event: MutableMapping[str, Any]) -> str:
        """The line as it is written, with every secret replaced wherever it stood."""
        line = str(written(logger, name, event))
        for secret in hidden:
            line = line.replace(secret, "***")
        return line

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, rendered],
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("aiogram.event", "aiogram.dispatcher", "watchfiles", "alembic", "aiosqlite"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # The bot's own lines, several a question, do not go through the standard library: that would double their price.
    structlog.configure(
        processors=[*shared, rendered],
        logger_factory=_Stderr,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )


class _Stderr:
    """Writes finished lines."""

    def __init__(self, *_: Any) -> None:
        """The loggers' names are not written."""

    def msg(self, line: str) -> None:
        """Whole, so that lines of several threads do not mix; a full disk or a reader who left stops nobody's work."""
        with suppress(OSError, ValueError):
            sys.stderr.write(f"{line}\n")

    debug = info = warning = error = critical = msg
