"""The catalogue's files as a slip of the hand or a broken editor leaves them: problems with their line, and no more."""

import os
import re
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.catalogue.loader import Loaded, load
from bot.catalogue.memory import Memory
from bot.cli import cli
from bot.settings import Settings
from tests.catalogue.conftest import TODAY, Data

from .conftest import examples
from .slips import CSV, ENCODINGS, LAUGHS, MORE, NAMES, mutated

PATIENCE = 10.0
"""Seconds for a file as large as may be; all others take milliseconds."""


def sound(loaded: Loaded) -> None:
    """A catalogue, or errors that say where; each in one line that any terminal takes."""
    errors = [problem for problem in loaded.problems if problem.severity == "error"]
    assert (loaded.catalogue is None) == bool(errors)
    for problem in loaded.problems:
        line = str(problem)
        assert re.match(r"(intents|knowledge)[^:]*:[1-9]\d*: (error|warning): \S", line), line
        assert line.isprintable()
        line.encode()
        assert len(line) < 2000


@pytest.fixture
def files(data: Data) -> Iterator[Data]:
    for name, text in MORE.items():
        data.write(name, text)
    return data


@examples(150)
@given(name=st.sampled_from(NAMES), random=st.randoms(use_true_random=False))
def test_any_slip_in_any_file_is_a_problem_with_its_line(files: Data, name: str, random: Random) -> None:
    before = (files.root / name).read_bytes()
    files.write(name, mutated(random, before, csv=name in CSV))
    try:
        sound(files.load())
    finally:
        files.write(name, before)


@examples(20)
@given(slips=st.lists(st.tuples(st.sampled_from(NAMES), st.randoms(use_true_random=False)), min_size=1, max_size=4))
def test_a_reading_with_a_memory_finds_the_same(files: Data, slips: list[tuple[str, Random]]) -> None:
    memory = Memory()
    kept = {name: (files.root / name).read_bytes() for name, _ in slips}
    try:
        for name, random in slips:
            files.write(name, mutated(random, kept[name], csv=name in CSV))
            again = load(Path("intents"), Path("knowledge"), today=TODAY, memory=memory)
            assert (again.problems, again.hash) == ((fresh := files.load()).problems, fresh.hash)
            assert (again.catalogue is None) == (fresh.catalogue is None)
    finally:
        for name, source in kept.items():
            files.write(name, source)
    assert repr(load(Path("intents"), Path("knowledge"), today=TODAY, memory=memory)) == repr(files.load())


@examples(20)
@given(today=st.dates())
def test_any_day_is_a_day_to_load_on(files: Data, today: date) -> None:
    loaded = load(Path("intents"), Path("knowledge"), today=today)
    sound(loaded)
    assert loaded.catalogue


LARGE = {
    "one line": b"title: " + b"x" * 999_000,
    "one line of words": b"title: " + b"ab " * 333_000,
    "one line of digits": b"title: " + b"1" * 999_000,
    "one key": b"x" * 999_000 + b": y",
    "one line of quotes": b'title: "' + b'\\"' * 400_000,
    "spaces": b"title:" + b" " * 999_000 + b"x",
    "tabs": b"\t" * 999_000,
    "colons": b":" * 999_000,
    "brackets": b"title: " + b"[" * 999_000,
    "brackets closed": b"title: " + b"[" * 400_000 + b"]" * 400_000,
    "braces": b"{a: " * 200_000,
    "hyphens": b"- " * 499_000,
    "mapping": b"".join(b"k%d: v\n" % number for number in range(20_000)),
    "same key": b"title: x\n" * 25_000,
    "list": b"examples:\n" + b"  - same words again\n" * 40_000,
    "anchors": b"".join(b"- &a%d x\n" % number for number in range(80_000)),
    "comments": b"# comment\n" * 90_000,
    "documents": b"---\na: b\n" * 90_000,
    "breaks": b"title: a\n" + "\u2028".encode() * 300_000,
    "laughs": LAUGHS,
    "too large": b"title: " + b"x" * 1_000_001,
    "nul": b"\0" * 999_000,
    "not text": bytes(range(256)) * 3900,
}
LANGUAGE_FILE = "intents/education/daycare-application/fi.yaml"


@pytest.mark.parametrize("name", LARGE)
@pytest.mark.parametrize("place", [LANGUAGE_FILE, "knowledge/places/districts.csv"])
def test_a_file_as_large_as_may_be_is_refused_soon(files: Data, name: str, place: str) -> None:
    files.write(place, LARGE[name])
    begun = time.perf_counter()
    loaded = files.load()
    assert time.perf_counter() - begun < PATIENCE
    sound(loaded)
    assert loaded.catalogue is None


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_another_encoding_is_refused_and_a_mark_of_this_one_is_no_matter(files: Data, encoding: str) -> None:
    before = files.load()
    files.write(LANGUAGE_FILE, (files.root / LANGUAGE_FILE).read_text(encoding="utf-8").encode(encoding, "replace"))
    loaded = files.load()
    sound(loaded)
    assert (repr(loaded.catalogue) == repr(before.catalogue).replace(before.hash, loaded.hash)) is (
        encoding == "utf-8-sig"
    )
    assert (loaded.catalogue is None) is (encoding != "utf-8-sig")


@pytest.mark.parametrize(
    "name",
    [
        b"\xff.yaml",
        b"a\nb.yaml",
        b"\xe2\x80\xae.yaml",
        b" .yaml",
        b"*.csv",
        b"a:7: error: b.yaml",
        b"x" * 250 + b".csv",
    ],
)
@pytest.mark.parametrize(
    "folder", ["intents/education/daycare-application", "knowledge/points/espoo", "knowledge", "intents"]
)
def test_a_file_with_any_name_is_a_problem_in_one_line(files: Data, folder: str, name: bytes) -> None:
    (files.root / folder / os.fsdecode(name)).write_bytes(b"title: x\n")
    loaded = files.load()
    for problem in loaded.problems:
        assert str(problem).isprintable()
        str(problem).encode()


def test_links_in_a_circle_end(files: Data) -> None:
    (files.root / "intents" / "circle").symlink_to(files.root / "intents")
    (files.root / "knowledge" / "self.yaml").symlink_to("self.yaml")
    loaded = files.load()
    sound(loaded)
    assert loaded.catalogue is None


@examples(25)
@given(name=st.sampled_from(NAMES), random=st.randoms(use_true_random=False))
def test_the_check_command_says_it_in_lines(
    files: Data, monkeypatch: pytest.MonkeyPatch, name: str, random: Random
) -> None:
    for variable in Settings.model_fields:
        monkeypatch.delenv(variable.upper(), raising=False)
    before = (files.root / name).read_bytes()
    files.write(name, mutated(random, before, csv=name in CSV))
    try:
        result = CliRunner().invoke(cli, ["check", "--intents", "intents", "--knowledge", "knowledge"])
    finally:
        files.write(name, before)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    *told, counted = result.stdout.splitlines()
    errors = [line for line in told if ": error: " in line]
    assert result.exit_code == (1 if errors else 0)
    assert counted.startswith(f"{len(errors)} error")
    for line in told:
        assert re.match(r"(intents|knowledge)[^:]*:[1-9]\d*: (error|warning): ", line), line


def test_brackets_behind_a_link_do_not_end_in_a_recursion(files: Data) -> None:
    files.change(LANGUAGE_FILE, "Täytä hakemus.", "Katso (https://example.fi)." + ")" * 5000)
    assert any("the link `https://example.fi`" in str(problem) for problem in files.load().problems)


@pytest.mark.parametrize("text", ["x" * 19_000, "1" * 19_000, "a-" * 9_000, "a@" * 9_000, "www." * 4_000, "{" * 9_000])
def test_a_long_text_without_a_space_is_read_once(files: Data, text: str) -> None:
    """Looking for links once took the square of its length."""
    files.change(LANGUAGE_FILE, "Täytä hakemus.", text)
    begun = time.perf_counter()
    sound(files.load())
    assert time.perf_counter() - begun < PATIENCE / 2


def test_a_line_of_a_megabyte_is_refused(files: Data) -> None:
    files.write(LANGUAGE_FILE, b"title: a\nanswer: " + b"x" * 900_000)
    expected = f"{LANGUAGE_FILE}:2: error: the line has 900008 characters; break it: at most 20000 are read"
    assert expected in files.problems()
