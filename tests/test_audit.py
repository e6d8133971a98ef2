"""What CI looks for: secrets in the tracked files, known vulnerabilities of the pinned dependencies."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
TOKEN = "1234567890:" + "AAHd9xQ2-vL7mZk" + "4TgWc_R8sYb1NfU6pEo3"
"""Of a bot token's form; in two parts, so that it is no finding here."""


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    baseline = json.loads((ROOT / ".secrets.baseline").read_text("utf-8")) | {"results": {}}
    (tmp_path / ".secrets.baseline").write_text(json.dumps(baseline), "utf-8")
    run(tmp_path, "git", "init", "-q")
    return tmp_path


def scan(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    run(repository, "git", "add", ".")
    return run(repository, sys.executable, ".ci/secrets.py", *arguments)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (f"BOT_TOKEN={TOKEN}", "Telegram Bot Token"),
        (f'https://api.telegram.org/bot{TOKEN}/getMe"', "Telegram Bot Token"),
        ("DATABASE_URL=postgresql+asyncpg://neuvoja:" + "hunter2secret@db/neuvoja", "Basic Auth Credentials"),
        ("-----BEGIN " + "RSA PRIVATE KEY-----", "Private Key"),
        ('webhook_secret = "' + 'kJ8_vw2LmQx9"', "Secret Keyword"),
    ],
)
def test_a_new_secret_fails_with_its_place(repository: Path, line: str, kind: str) -> None:
    assert scan(repository).returncode == 0
    (repository / "deploy.py").write_text(f"# a file\n{line}\n", "utf-8")
    done = scan(repository)
    assert done.returncode == 1
    assert f"deploy.py:2: {kind}\n" in done.stdout, done.stdout + done.stderr
    assert TOKEN not in done.stdout + done.stderr


def test_a_finding_passes_only_once_somebody_has_looked_at_it(repository: Path) -> None:
    (repository / "notes.md").write_text(f"the token {TOKEN}\n", "utf-8")
    assert scan(repository, "--update").returncode == 0
    assert scan(repository).returncode == 1, "in the baseline, not looked at"
    baseline = repository / ".secrets.baseline"
    baseline.write_text(baseline.read_text("utf-8").replace('"is_secret": null', '"is_secret": false'), "utf-8")
    assert TOKEN not in baseline.read_text("utf-8")
    assert scan(repository).returncode == 0
    (repository / "notes.md").write_text(f"one more line\nthe token {TOKEN}\n", "utf-8")
    assert scan(repository).returncode == 0, "lines may move"
    (repository / "other.md").write_text(f"the token {TOKEN}\n", "utf-8")
    assert "other.md:1" in scan(repository).stdout, "in another file it is looked at anew"
    assert scan(repository, "--update").returncode == 0
    assert "notes.md" not in scan(repository).stdout, "an update forgets nobody's look"


def test_every_finding_of_this_repository_was_looked_at() -> None:
    baseline = json.loads((ROOT / ".secrets.baseline").read_text("utf-8"))
    findings = [one for results in baseline["results"].values() for one in results]
    assert findings
    assert {one["is_secret"] for one in findings} == {False}


VULNERABLE = {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}
CLEAN: dict[str, Any] = {"name": "b", "version": "1", "vulns": []}
UNKNOWN = {"name": "c", "skip_reason": "Dependency not found"}


@pytest.mark.parametrize(
    ("packages", "code", "said"),
    [
        ([VULNERABLE, CLEAN], 1, "requirements.lock: a 1: PYSEC-1; mended in 2"),
        ([VULNERABLE, UNKNOWN], 1, "NOT looked up: c"),
        ([CLEAN], 0, "1 packages looked up, no known vulnerability"),
        ([CLEAN, UNKNOWN], 0, "NOT looked up: c"),
        ([UNKNOWN, UNKNOWN], 0, "LEFT OUT"),
        ([], 0, "LEFT OUT"),
        (None, 0, "LEFT OUT"),
    ],
)
def test_a_vulnerability_fails_and_what_was_not_asked_is_said(packages: Any, code: int, said: str) -> None:
    given = "" if packages is None else json.dumps({"dependencies": packages, "fixes": []})
    done = subprocess.run(
        [sys.executable, ROOT / ".ci/advisories.py"], input=given, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stderr
    assert said in done.stdout
    assert ("no known vulnerability" in done.stdout) == (packages == [CLEAN])
