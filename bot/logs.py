"""Logs: one line an event on stderr, JSON unless a person watches; no secret, no resident's words, no traceback."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
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
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
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
            foreign_pre_chain=shared,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("aiogram.event", "aiogram.dispatcher", "watchfiles", "alembic", "aiosqlite"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
