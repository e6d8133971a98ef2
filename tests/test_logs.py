import asyncio
import json
import logging
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import structlog
from structlog.contextvars import bind_contextvars, bound_contextvars

from bot.logs import configure

TOKEN = "123456:ABC-secret"


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    """The logging of the other tests stays as it was."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    noisy = {name: logging.getLogger(name).level for name in ("aiogram.event", "aiogram.dispatcher", "watchfiles")}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in noisy.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """The events on stderr; stdout stays empty."""
    out, err = capsys.readouterr()
    assert out == ""
    return [json.loads(line) for line in err.splitlines()]


def test_an_event_is_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    configure("INFO")
    structlog.get_logger("bot.test").info("call parked", row=7, words="ä\nb")
    logging.getLogger("library").warning("a %s", "foreign one", extra={"more": 1})
    first, second = lines(capsys)
    assert (first["event"], first["row"], first["words"], first["level"]) == ("call parked", 7, "ä\nb", "info")
    assert first["timestamp"].endswith("Z")
    assert (second["event"], second["level"], second["more"]) == ("a foreign one", "warning", 1)


@pytest.mark.parametrize(("level", "seen"), [("DEBUG", 4), ("INFO", 3), ("WARNING", 2), ("ERROR", 1)])
def test_the_level_counts_for_everybody(capsys: pytest.CaptureFixture[str], level: str, seen: int) -> None:
    configure(level)
    for log in (structlog.get_logger("bot.test"), logging.getLogger("library")):
        log.debug("a")
        log.info("b")
        log.warning("c")
        log.error("d")
    assert len(lines(capsys)) == 2 * seen


@pytest.mark.parametrize("name", ["aiogram.event", "aiogram.dispatcher", "watchfiles", "alembic", "aiosqlite"])
def test_chatty_libraries_say_only_what_matters(capsys: pytest.CaptureFixture[str], name: str) -> None:
    configure("DEBUG")
    logging.getLogger(name).info("a query with a resident's words")
    assert lines(capsys) == []


def test_no_secret_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    configure("INFO", TOKEN, None, "", "hook-secret")
    structlog.get_logger("bot.test").error(
        f"at {TOKEN}", url=f"https://x/bot{TOKEN}/getMe", other="hook-secret hook-secret"
    )
    logging.getLogger("library").error("POST /bot%s/sendMessage", TOKEN)
    out = capsys.readouterr().err
    assert TOKEN not in out
    assert "hook-secret" not in out
    assert "/bot***/getMe" in out


@pytest.mark.parametrize("value", [[TOKEN], {"url": TOKEN}, (1, [f"x{TOKEN}"]), ValueError(TOKEN)])
def test_no_secret_is_written_from_inside_a_value(capsys: pytest.CaptureFixture[str], value: Any) -> None:
    configure("INFO", TOKEN)
    structlog.get_logger("bot.test").error("problems", problems=value)
    assert TOKEN not in capsys.readouterr().err


def test_an_exception_is_told_by_its_name_only(capsys: pytest.CaptureFixture[str]) -> None:
    configure("INFO")

    def fail() -> None:
        raise ZeroDivisionError("what a resident wrote")

    for log in (structlog.get_logger("bot.test"), logging.getLogger("library")):
        try:
            fail()
        except ZeroDivisionError:
            log.exception("update failed")
    found = lines(capsys)
    assert [line["error"] for line in found] == ["ZeroDivisionError"] * 2
    assert "resident" not in json.dumps(found)
    assert "Traceback" not in json.dumps(found)


def test_an_exception_that_is_handed_over_is_told_by_its_name_too(capsys: pytest.CaptureFixture[str]) -> None:
    """asyncio and others log an exception when none is being handled."""
    configure("INFO")
    error = ZeroDivisionError("what a resident wrote")
    structlog.get_logger("bot.test").error("task failed", exc_info=error)
    logging.getLogger("library").error("task failed", exc_info=error)
    found = lines(capsys)
    assert [line["error"] for line in found] == ["ZeroDivisionError"] * 2
    assert "resident" not in json.dumps(found)


def test_configuring_twice_writes_once(capsys: pytest.CaptureFixture[str]) -> None:
    configure("INFO")
    configure("INFO")
    logging.getLogger("library").warning("once")
    assert len(lines(capsys)) == 1


def test_what_is_bound_stands_in_every_line_until_it_is_over(capsys: pytest.CaptureFixture[str]) -> None:
    configure("INFO")
    with bound_contextvars(update=17):
        structlog.get_logger("bot.test").info("handled", ms=1.5)
        logging.getLogger("library").warning("a foreign one")
    structlog.get_logger("bot.test").info("after")
    own, foreign, after = lines(capsys)
    assert (own["update"], own["ms"], foreign["update"]) == (17, 1.5, 17)
    assert "update" not in after


def test_what_a_line_says_itself_counts(capsys: pytest.CaptureFixture[str]) -> None:
    configure("INFO")
    with bound_contextvars(update=17):
        structlog.get_logger("bot.test").info("another one", update=18)
    assert [line["update"] for line in lines(capsys)] == [18]


async def test_tasks_at_the_same_time_do_not_mix(capsys: pytest.CaptureFixture[str]) -> None:
    configure("INFO")

    async def work(number: int) -> None:
        bind_contextvars(update=number)
        await asyncio.sleep(0)
        structlog.get_logger("bot.test").info("call made", row=number)

    await asyncio.gather(*(work(number) for number in range(5)))
    assert all(line["update"] == line["row"] for line in lines(capsys))


def test_a_log_that_cannot_be_written_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    configure("INFO")
    with Path("/dev/full").open("w", buffering=1, encoding="utf-8") as full:
        monkeypatch.setattr("sys.stderr", full)
        with pytest.raises(OSError, match="No space left"):
            full.write("it is full\n")
        structlog.get_logger("bot.test").info("handled", update=1)
        with suppress(OSError):  # what could not be written is tried once more
            full.close()
