"""Odd command lines: whatever is typed, a command ends with 0, 1 or 2 and with words, never with a traceback."""

import os
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import typer.main
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.cli import cli
from tests.cli.conftest import OFFICE, Neuvoja, Office

from .conftest import examples

ROOT = Path(__file__).parents[2]
LOST = "\udcff"
"""A byte that is no UTF-8, as Python passes it on from a command line."""

VALUES = (
    "", " ", "-", "--", "0", "-1", "9" * 5000, "nan", "1e400", "٣", LOST, "a\0b", "x" * 5000, ".", "no/such",
    "/dev/null", "intents/languages.yaml", "fi", "sv", "FI", "fi,sv", "tax-card", "everyday/pets", "money/tax-card",
    "a/b/c", "../x/y", "/", "//", "everyday/", "2026-02-30", "0001-01-01", "9999-12-31", "20270101", "espoo",
    "\u202e", "\n", "\x1b[31m", "*", "$HOME", "{0}", "%s", "[bold]", "<b>", "vi", "xx", "de-AT", "60.2", "24.9",
)  # fmt: skip
OPTIONS = (
    "--intents",
    "--knowledge",
    "--lang",
    "--json",
    "--before",
    "--owner",
    "--check",
    "--help",
    "--no-such",
    "-h",
)
COMMANDS = (("coverage",), ("due",), ("owners",), ("stamp",), ("new", "intent"), ("new", "language"),
            ("new",), ("check",), ("locate",), ())  # fmt: skip
WHOLE = frozenset({"/", "//"})
"""Values that would be folders with the whole machine in them."""


def told(*arguments: str, said: str | bytes = "") -> str:
    """What a command line says; its end is as every command's."""
    result = CliRunner().invoke(cli, arguments, input=said)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise AssertionError(f"neuvoja {arguments} ended with a traceback") from result.exception
    assert result.exit_code in {0, 1, 2}
    assert "Traceback" not in result.output
    return result.output


WORDS = st.one_of(st.sampled_from(VALUES), st.sampled_from(OPTIONS), st.text(max_size=8))
LINES = st.lists(WORDS, max_size=4).filter(
    lambda words: not any(first in {"--intents", "--knowledge"} and then in WHOLE for first, then in pairwise(words))
)


@examples(50)
@given(command=st.sampled_from(COMMANDS), arguments=LINES)
def test_any_words_behind_a_command(office: Office, command: tuple[str, ...], arguments: list[str]) -> None:
    for folder in ("intents", "knowledge"):
        shutil.rmtree(office.root / folder, ignore_errors=True)
    for name, text in OFFICE.items():
        office.write(name, text)
    told(*command, *arguments)


def every() -> list[tuple[str, ...]]:
    """Every command, those of a group too."""
    group = typer.main.get_command(cli)
    return [
        (name, *inner)
        for name, command in group.commands.items()
        for inner in ([(one,) for one in command.commands] if hasattr(command, "commands") else [()])
    ]


@pytest.mark.parametrize("command", every(), ids=" ".join)
@pytest.mark.parametrize(
    "wrong", [["--no-such"], ["--intents", "a\0b"], ["--intents"], [f"--{LOST}"], ["--", *"x" * 40]]
)
def test_no_command_takes_what_it_does_not_know(office: Office, command: tuple[str, ...], wrong: list[str]) -> None:
    if wrong[0] != "--" or command not in {("locate",), ("stamp",), ("evaluate",)}:
        result = CliRunner().invoke(cli, [*command, *wrong])
        assert result.exit_code == 2, result.output


@pytest.mark.parametrize("port", ["-1", "0", "65536", "9" * 30])
def test_a_port_that_is_none(office: Office, port: str) -> None:
    assert "--port" in told("demo", "--no-browser", "--story", "none", "--port", port)


@pytest.mark.parametrize("command", [("ask", "x"), ("check",), ("coverage",), ("overmatch",)])
@pytest.mark.parametrize("option", ["--intents", "--knowledge"])
@pytest.mark.parametrize("folder", ["x" * 5000, f"{LOST}/x", "/dev/null"])
def test_a_folder_that_cannot_be(office: Office, command: tuple[str, ...], option: str, folder: str) -> None:
    assert "no such folder" in (said := told(*command, option, folder)) or "is not a folder" in said


def test_any_lines_in_a_conversation(neuvoja: Neuvoja) -> None:
    lines = [
        *VALUES,
        "9" * 5000,
        "@1e400,2",
        "@nan,nan",
        "@1,2,3",
        "@",
        "@60.2,24.9",
        "²",
        "/",
        "/ ",
        "/\0",
        "/" + "x" * 5000,
    ]
    said = b"\n".join(line.replace("\n", " ").encode("utf-8", "surrogateescape") for line in lines)
    told("chat", said=said + b"\n\xff\xfe\n/start\n1\n/quit\n")


@pytest.mark.parametrize("more", [("--json", "--explain"), ("--at", "2000-01-01T00:00+14:00")])
def test_a_question_with_bytes_that_are_no_text(neuvoja: Neuvoja, more: tuple[str, ...]) -> None:
    told("ask", f"{LOST} how do I get a tax card\0 {'9' * 5000}", *more)


@pytest.mark.parametrize("place", ["/dev/full", "x" * 5000, "no/such/table.tsv", "."])
def test_predictions_that_cannot_be_written(neuvoja: Neuvoja, tmp_path: Path, place: str) -> None:
    (tmp_path / "q.tsv").write_text("lang\tquestion\tintent\nen\thow do I get a tax card\ttax-card\n", encoding="utf-8")
    assert place in told("evaluate", "q.tsv", "--predictions", place)


@pytest.mark.parametrize("command", ["evaluate", "benchmark"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        bytes(range(256)),
        b"\xff\xfel\x00",
        b"text\tlabel\n" + b"x" * 200_000,
        b"text,label\n\0,\0\n",
        b'lang\t"question\n',
    ],
)
def test_tables_that_are_none(neuvoja: Neuvoja, tmp_path: Path, command: str, content: bytes) -> None:
    (tmp_path / "t.tsv").write_bytes(content)
    told(command, *["t.tsv"] * (2 if command == "benchmark" else 1))


def test_a_folder_for_the_practice_room_that_cannot_be_made(neuvoja: Neuvoja) -> None:
    assert "/dev/null/x" in told("demo", "--no-browser", "--story", "none", "--folder", "/dev/null/x")


def test_a_terminal_without_utf_8(office: Office) -> None:
    office.write("intents/money/tax-card/fi.yaml", "title: 税卡 \u202e\n")
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "latin-1"}
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "check", "--intents", "intents", "--knowledge", "knowledge"],
        cwd=office.root, env=environment, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode == 1
    assert b"Traceback" not in ended.stderr
    assert b"fi.yaml:1: error:" in ended.stdout
