from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.settings import MENDS, Settings, SettingsError, listen_address, read_settings, without_password

TOKEN = "123456:ABC-DEF_secret"


@pytest.fixture(autouse=True)
def _empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of this machine and no .env but the test's own."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def faults(**variables: str) -> list[str]:
    """The variables that the message names, one a line, in order."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        with pytest.raises(SettingsError) as caught:
            read_settings(need_token="BOT_TOKEN" in variables)
    return [line.split()[0] for line in str(caught.value).splitlines()[1:]]


RIGHT: list[tuple[str, str, str, Any]] = [
    ("TELEGRAM_API_URL", "http://localhost:8081/", "telegram_api_url", "http://localhost:8081"),
    ("DATABASE_URL", "sqlite+aiosqlite:////data/n.db", "database_url", "sqlite+aiosqlite:////data/n.db"),
    ("ADMIN_IDS", "1,2, 3 4", "admin_ids", (1, 2, 3, 4)),
    ("ADMIN_IDS", "", "admin_ids", ()),
    ("WEBHOOK_LISTEN", "[::1]:80", "webhook_listen", "[::1]:80"),
    ("METRICS_LISTEN", "127.0.0.1:9090", "metrics_listen", "127.0.0.1:9090"),
    ("METRICS_LISTEN", "", "metrics_listen", None),
    ("WEBHOOK_NETWORKS", "", "webhook_networks", ()),
    ("WEBHOOK_NETWORKS", "91.108.4.0/22, ::1", "webhook_networks", (ip_network("91.108.4.0/22"), ip_network("::1"))),
    ("WEBHOOK_PROXIES", "127.0.0.1", "webhook_proxies", (ip_network("127.0.0.1"),)),
    ("RETENTION_DAYS", "30", "retention_days", 30),
    ("LOG_LEVEL", "DEBUG", "log_level", "DEBUG"),
    ("SEND_PER_SECOND", "25", "send_per_second", 25.0),
    ("NEUVOJA_INTENTS", "data/intents", "neuvoja_intents", Path("data/intents")),
    ("NEUVOJA_KNOWLEDGE", "data/knowledge", "neuvoja_knowledge", Path("data/knowledge")),
    ("NEUVOJA_CACHE", "cache", "neuvoja_cache", Path("cache")),
]


@pytest.mark.parametrize(("name", "value", "field", "read"), RIGHT)
def test_a_right_value(monkeypatch: pytest.MonkeyPatch, name: str, value: str, field: str, read: Any) -> None:
    monkeypatch.setenv(name, value)
    assert getattr(read_settings(), field) == read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "no-colon"),
        ("BOT_TOKEN", "abc:def"),
        ("BOT_TOKEN", "123:"),
        ("BOT_TOKEN", "123:with space"),
        ("BOT_TOKEN", "123:ä"),
        ("TELEGRAM_API_URL", "nowhere"),
        ("TELEGRAM_API_URL", "ftp://x.example"),
        ("TELEGRAM_API_URL", "https://"),
        ("TELEGRAM_API_URL", "http://[::1"),
        ("DATABASE_URL", "sqlite:///n.db"),
        ("DATABASE_URL", "mysql://u:p@h/n"),
        ("ADMIN_IDS", "me"),
        ("ADMIN_IDS", "1;2"),
        ("ADMIN_IDS", "1.5"),
        ("WEBHOOK_URL", "x.example"),
        ("WEBHOOK_SECRET", "with space"),
        ("WEBHOOK_SECRET", "ä"),
        ("WEBHOOK_SECRET", "x" * 257),
        ("WEBHOOK_LISTEN", "8080"),
        ("WEBHOOK_LISTEN", "host:"),
        ("WEBHOOK_LISTEN", ":80"),
        ("WEBHOOK_LISTEN", "host:99999"),
        ("WEBHOOK_LISTEN", "host:²"),
        ("METRICS_LISTEN", "9090"),
        ("METRICS_LISTEN", "host:99999"),
        ("RETENTION_DAYS", "0"),
        ("RETENTION_DAYS", "3651"),
        ("RETENTION_DAYS", "a month"),
        ("RETENTION_DAYS", "1.5"),
        ("LOG_LEVEL", "loud"),
        ("LOG_LEVEL", "info"),
        ("SEND_PER_SECOND", "0"),
        ("SEND_PER_SECOND", "1001"),
        ("SEND_PER_SECOND", "nan"),
    ],
)
def test_a_wrong_value_is_named_and_nothing_else(name: str, value: str) -> None:
    found = faults(**{"BOT_TOKEN": TOKEN, "WEBHOOK_SECRET": "s3cret", name: value})
    assert found == [name]


@pytest.mark.parametrize("name", ["DATABASE_URL", "WEBHOOK_URL", "WEBHOOK_SECRET", "RETENTION_DAYS", "ADMIN_IDS"])
def test_an_empty_variable_is_as_good_as_none(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "")
    assert read_settings() == Settings(_env_file=None)


def test_all_faults_stand_in_one_message_with_their_mends() -> None:
    wrong = {
        "BOT_TOKEN": "wrong",
        "TELEGRAM_API_URL": "wrong",
        "DATABASE_URL": "wrong",
        "ADMIN_IDS": "wrong",
        "WEBHOOK_URL": "wrong",
        "WEBHOOK_SECRET": "wrong!",
        "WEBHOOK_LISTEN": "wrong",
        "WEBHOOK_NETWORKS": "wrong",
        "WEBHOOK_PROXIES": "wrong",
        "METRICS_LISTEN": "wrong",
        "RETENTION_DAYS": "wrong",
        "LOG_LEVEL": "wrong",
        "SEND_PER_SECOND": "wrong",
        "SEND_PER_MINUTE_GROUP": "wrong",
        "FLOOD_PER_MINUTE": "wrong",
        "INTAKE_BACKLOG": "wrong",
        "MATCH_PRECISION": "wrong",
    }
    assert faults(**wrong) == sorted(wrong)
    assert wrong.keys() == MENDS.keys(), "every variable that can be wrong says how to mend it"


def test_a_webhook_needs_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults(BOT_TOKEN=TOKEN, WEBHOOK_URL="https://x.example") == ["WEBHOOK_SECRET"]
    monkeypatch.setenv("WEBHOOK_URL", "https://x.example/hook/")
    monkeypatch.setenv("WEBHOOK_SECRET", "a-Z_9")
    assert read_settings().webhook_url == "https://x.example/hook"


def test_a_missing_secret_is_named_beside_other_faults() -> None:
    assert faults(BOT_TOKEN=TOKEN, WEBHOOK_URL="https://x.example", RETENTION_DAYS="0") == [
        "RETENTION_DAYS",
        "WEBHOOK_SECRET",
    ]


def test_a_missing_token_is_named_alone_and_beside_other_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match="BOT_TOKEN is missing; wanted: the token that @BotFather gave"):
        read_settings(need_token=True)
    monkeypatch.setenv("RETENTION_DAYS", "0")
    with pytest.raises(SettingsError, match="BOT_TOKEN is missing") as caught:
        read_settings(need_token=True)
    assert "RETENTION_DAYS" in str(caught.value)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    with pytest.raises(SettingsError) as caught:
        read_settings(need_token=True)
    assert "BOT_TOKEN" not in str(caught.value)


def test_only_the_running_bot_needs_a_token() -> None:
    assert read_settings().bot_token is None


def test_what_a_mend_proposes_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    proposed = {
        "BOT_TOKEN": ["123456:ABC-DEF"],
        "TELEGRAM_API_URL": ["https://api.telegram.org"],
        "DATABASE_URL": ["sqlite+aiosqlite:///var/neuvoja.db"],
        "ADMIN_IDS": ["123,456"],
        "WEBHOOK_LISTEN": ["0.0.0.0:8080"],
        "WEBHOOK_NETWORKS": ["149.154.160.0/20,91.108.4.0/22"],
        "WEBHOOK_PROXIES": ["127.0.0.1,10.0.0.0/8"],
    }
    for name, values in proposed.items():
        for value in values:
            if value in MENDS[name]:
                monkeypatch.setenv(name, value)
                read_settings(need_token=name == "BOT_TOKEN")
        assert any(value in MENDS[name] for value in values)


def test_the_file_env_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text(f'BOT_TOKEN="{TOKEN}"\nRETENTION_DAYS=7\n# a comment\nOTHER=ä\n', encoding="utf-8")
    chosen = read_settings(need_token=True)
    assert chosen.bot_token.get_secret_value() == TOKEN
    assert chosen.retention_days == 7
    monkeypatch.setenv("RETENTION_DAYS", "8")
    assert read_settings().retention_days == 8


def test_a_wrong_line_in_the_file_env_is_named() -> None:
    Path(".env").write_text("RETENTION_DAYS=often\n", encoding="utf-8")
    assert faults() == ["RETENTION_DAYS"]


def test_the_command_line_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEUVOJA_INTENTS", "a")
    assert read_settings(neuvoja_intents=Path("b")).neuvoja_intents == Path("b")


def test_no_secret_is_shown() -> None:
    secret = "s3cret-value"
    chosen = Settings(_env_file=None, bot_token=f"1:{secret}", webhook_url="https://x.example", webhook_secret=secret)
    assert secret not in repr(chosen)
    assert secret not in str(chosen.model_dump())
    for name in ("BOT_TOKEN", "WEBHOOK_SECRET", "DATABASE_URL", "ADMIN_IDS", "WEBHOOK_URL"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(name, f"wrong {secret}!")
            with pytest.raises(SettingsError) as caught:
                read_settings()
        assert secret not in str(caught.value), name


def test_a_databases_address_is_shown_without_its_password() -> None:
    shown = without_password("postgresql+asyncpg://bot:s%40cret@db:5432/neuvoja")
    assert shown == "postgresql+asyncpg://bot:***@db:5432/neuvoja"
    for plain in ("postgresql+asyncpg://bot@db/neuvoja", "sqlite+aiosqlite:///var/neuvoja.db"):
        assert without_password(plain) == plain


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        Settings(_env_file=None).retention_days = 3


@pytest.mark.parametrize(
    ("value", "read"),
    [("0.0.0.0:8080", ("0.0.0.0", 8080)), ("[::]:1", ("::", 1)), ("localhost:0", ("localhost", 0))],
)
def test_an_address_to_listen_on(value: str, read: tuple[str, int]) -> None:
    assert listen_address(value) == read


@given(st.text(max_size=30))
@example("host:²")
def test_any_address_is_read_or_refused_in_words(value: str) -> None:
    try:
        host, port = listen_address(value)
    except ValueError as error:
        assert str(error) == "is not host:port"  # noqa: PT017 - both ways are right
    else:
        assert host
        assert 0 <= port <= 65535
