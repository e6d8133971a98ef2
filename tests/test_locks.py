"""The lock files: every requirement pinned and hashed, nothing of the machine they were made on."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
PINNED = re.compile(r"[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==[0-9][0-9a-z.+!]*( ; [^\\]+)?( --hash=sha256:[0-9a-f]{64})+")


def requirements(name: str) -> list[str]:
    """One requirement a line, as pip joins them."""
    text = (ROOT / name).read_text("utf-8")
    return [re.sub(r"\s+", " ", line).strip() for line in text.replace("\\\n", " ").splitlines() if line.strip()]


def names(name: str) -> set[str]:
    return {line.partition("==")[0].partition("[")[0] for line in requirements(name)}


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_with_hashes_and_nothing_else_is_there(name: str) -> None:
    wrong = [line[:80] for line in requirements(name) if not PINNED.fullmatch(line)]
    assert len(requirements(name)) > 30
    assert not wrong


@pytest.mark.parametrize("name", LOCKS)
def test_no_address_stands_in_a_lock_file(name: str) -> None:
    assert not re.search(r"://|@|--(extra-)?index|--find-links|/home/|/root/|/work/", (ROOT / name).read_text("utf-8"))


def test_the_developers_lock_holds_everything_that_runs() -> None:
    assert names("requirements.lock") <= names("requirements-dev.lock")
    pins = {line.partition(" --hash")[0] for line in requirements("requirements.lock")}
    assert pins <= {line.partition(" --hash")[0] for line in requirements("requirements-dev.lock")}
