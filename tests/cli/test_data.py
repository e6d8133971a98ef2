"""Commands on data that is missing, broken or elsewhere; settings that are wrong."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of the intents in which one line names what does not exist."""
    copy = tmp_path / "intents"
    shutil.copytree(ROOT / "intents", copy)
    facts = copy / "money" / "tax-card" / "intent.yaml"
    text = facts.read_text(encoding="utf-8")
    assert "service: tax" in text
    facts.write_text(text.replace("service: tax", "service: no-such-service"), encoding="utf-8")
    return copy


def test_the_data_of_the_repository_is_right(neuvoja) -> None:
    result = neuvoja("check")
    assert result.exit_code == 0, result.stdout
    assert result.stdout.splitlines()[-1].startswith("0 errors")


def test_an_error_has_its_file_its_line_and_its_mend(neuvoja, broken: Path) -> None:
    result = neuvoja("check", "--intents", str(broken))
    assert result.exit_code == 1
    (line,) = [line for line in result.stdout.splitlines() if ": error: " in line]
    path, number, _ = line.split(":", 2)
    assert path.endswith("money/tax-card/intent.yaml")
    assert "no-such-service" in Path(path).read_text(encoding="utf-8").splitlines()[int(number) - 1]
    assert "; " in line
    assert result.stdout.splitlines()[-1].startswith("1 error,")


@pytest.mark.parametrize(
    "command", [("ask", "tax card"), ("chat",), ("locate", "Espoo"), ("evaluate", "q.tsv"), ("check",)]
)
def test_no_command_works_on_broken_data(neuvoja, broken: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "q.tsv").write_text("lang\tquestion\tintent\n", encoding="utf-8")
    result = neuvoja(*command, "--intents", str(broken))
    assert result.exit_code == 1
    assert "no-such-service" in result.output


@pytest.mark.parametrize("option", ["--intents", "--knowledge"])
@pytest.mark.parametrize("command", [("ask", "tax card"), ("chat",), ("locate", "Espoo"), ("check",)])
def test_a_folder_that_is_not_there(neuvoja, command: tuple[str, ...], option: str) -> None:
    result = neuvoja(*command, option, "no/such/folder")
    assert result.exit_code == 1
    assert "no/such/folder" in result.output
    assert "there is no such folder" in result.output


def test_the_folders_can_be_named_by_the_environment(neuvoja, broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEUVOJA_INTENTS", str(broken))
    assert neuvoja("check").exit_code == 1
    assert neuvoja("check", "--intents", str(ROOT / "intents")).exit_code == 0, "the option wins"


@pytest.mark.parametrize("command", [("ask", "x"), ("chat",), ("locate", "x"), ("check",), ("run",)])
def test_wrong_settings_end_every_command(neuvoja, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]) -> None:
    monkeypatch.setenv("RETENTION_DAYS", "often")
    monkeypatch.setenv("ADMIN_IDS", "me")
    result = neuvoja(*command)
    assert result.exit_code == 2
    assert "RETENTION_DAYS" in result.stderr
    assert "ADMIN_IDS" in result.stderr


@pytest.mark.parametrize("arguments", [(), ("frobnicate",), ("ask",), ("ask", "x", "--frob"), ("benchmark", "one.tsv")])
def test_a_command_line_that_is_none(neuvoja, arguments: tuple[str, ...]) -> None:
    result = neuvoja(*arguments)
    assert result.exit_code == 2
    assert "Usage" in result.output


def test_help_names_every_command(neuvoja) -> None:
    result = neuvoja("--help")
    assert result.exit_code == 0
    for command in ("run", "chat", "ask", "evaluate", "benchmark", "locate", "check"):
        assert command in result.stdout


def run(tmp_path: Path, cache: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """`python -m bot run` as an operator starts it."""
    base = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "NEUVOJA_CACHE": str(cache), "BOT_TOKEN": "1:secret"}
    base |= {"NEUVOJA_HEARTBEAT": str(tmp_path / "heartbeat"), "TELEGRAM_API_URL": "http://127.0.0.1:9"}
    command = [sys.executable, "-m", "bot", "run"]
    return subprocess.run(
        command, cwd=tmp_path, env=base | variables, capture_output=True, text=True, timeout=30, check=False
    )


def test_run_without_a_token(tmp_path: Path, data_settings) -> None:
    ended = run(tmp_path, data_settings.neuvoja_cache, BOT_TOKEN="")
    assert ended.returncode == 2
    assert "BOT_TOKEN" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("where", ["file/neuvoja.db", "file", "folder"])
def test_run_with_a_database_that_cannot_be_opened(tmp_path: Path, data_settings, talk, where: str) -> None:
    (tmp_path / "file").write_text("this is no database, only a file that is in the way")
    (tmp_path / "folder").mkdir()
    ended = run(tmp_path, data_settings.neuvoja_cache, DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path / where}")
    assert ended.returncode not in {0, -9}
    assert "Traceback" not in ended.stderr, ended.stderr[-300:]
    assert "DATABASE_URL" in ended.stderr


def test_run_with_a_port_that_is_taken(tmp_path: Path, data_settings, talk) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        hook = {"WEBHOOK_URL": "https://x.example/hook", "WEBHOOK_SECRET": "s", "WEBHOOK_LISTEN": address}
        ended = run(tmp_path, data_settings.neuvoja_cache, **hook)
    assert ended.returncode not in {0, -9}
    assert "Traceback" not in ended.stderr, ended.stderr[-300:]
    assert "WEBHOOK_LISTEN" in ended.stderr
