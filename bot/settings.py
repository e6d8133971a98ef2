"""One frozen settings object, read from the environment and `.env`; every fault is named in one message."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

MENDS: Mapping[str, str] = {
    "BOT_TOKEN": "the token that @BotFather gave, such as 123456:ABC-DEF",
    "TELEGRAM_API_URL": "the address of a Bot API server, such as https://api.telegram.org",
    "DATABASE_URL": "a SQLite file such as sqlite+aiosqlite:///var/neuvoja.db, or postgresql+asyncpg://user:password@host/neuvoja",
    "ADMIN_IDS": "Telegram user ids separated by commas, such as 123,456",
    "WEBHOOK_URL": "the https address that Telegram calls",
    "WEBHOOK_SECRET": "1 to 256 characters of A-Z a-z 0-9 _ - ; needed with WEBHOOK_URL",
    "WEBHOOK_LISTEN": "host:port, such as 0.0.0.0:8080",
    "METRICS_LISTEN": "host:port, such as 127.0.0.1:9090; nothing: no such pages",
    "WEBHOOK_NETWORKS": "networks separated by commas, such as 149.154.160.0/20,91.108.4.0/22",
    "WEBHOOK_PROXIES": "networks separated by commas, such as 127.0.0.1,10.0.0.0/8",
    "RETENTION_DAYS": "a whole number of days from 1 to 3650",
    "LOG_LEVEL": "DEBUG, INFO, WARNING or ERROR",
    "MATCH_PRECISION": "a share from 0.5 to 0.999, such as 0.97: higher answers fewer questions directly",
    "SEND_PER_SECOND": "messages a second from 1 to 1000; Telegram allows 30",
    "SEND_PER_MINUTE_GROUP": "messages a minute to one group from 5 to 60000; Telegram allows 20",
    "FLOOD_PER_MINUTE": "messages a minute of one person from 5 to 100000",
    "INTAKE_BACKLOG": "updates that may wait from 100 to 1000000",
}


class SettingsError(Exception):
    """A wrong or missing variable; the text names every one of them with its mend."""


class Settings(BaseSettings):
    """What operators set; the names are the environment variables in lower case."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    bot_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    database_url: str = "sqlite+aiosqlite:///var/neuvoja.db"
    admin_ids: Annotated[tuple[int, ...], NoDecode] = ()
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    webhook_listen: str = "0.0.0.0:8080"
    webhook_networks: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = ()
    webhook_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = ()
    metrics_listen: str | None = None
    retention_days: int = Field(180, ge=1, le=3650)
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")
    send_per_second: float = Field(30, ge=1, le=1000)
    send_per_minute_group: float = Field(20, ge=5, le=60_000)
    flood_per_minute: int = Field(30, ge=5, le=100_000)
    intake_backlog: int = Field(20_000, ge=100, le=1_000_000)
    match_precision: float = Field(0.97, ge=0.5, le=0.999)
    """Wanted share of right ones among held-out examples answered directly; a change builds the matcher anew."""
    neuvoja_intents: Path | None = None
    neuvoja_knowledge: Path | None = None
    neuvoja_cache: Path = Path("var/models")
    neuvoja_models: Path | None = None
    """A read-only cache that came with the installation (the container image)."""

    @field_validator("admin_ids", "webhook_networks", "webhook_proxies", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return [part for part in value.replace(",", " ").split() if part] if isinstance(value, str) else value

    @field_validator("telegram_api_url", "webhook_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname):
            raise ValueError("is not an http(s) address")
        return value.rstrip("/") if value else value

    @field_validator("database_url")
    @classmethod
    def _engine(cls, value: str) -> str:
        if not value.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
            raise ValueError("names no database engine that this version supports")
        return value

    @field_validator("webhook_listen", "metrics_listen")
    @classmethod
    def _listen(cls, value: str | None) -> str | None:
        if value is not None:
            listen_address(value)
        return value

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            bot, _, secret = value.get_secret_value().partition(":")
            if not bot.isdigit() or not secret or not secret.isascii() or any(c.isspace() for c in secret):
                raise ValueError("is not a bot token")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            text = value.get_secret_value()
            if not 1 <= len(text) <= 256 or not text.replace("_", "").replace("-", "").isalnum() or not text.isascii():
                raise ValueError("has a form that Telegram refuses")
        return value

    @model_validator(mode="after")
    def _webhook_needs_secret(self) -> Settings:
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("WEBHOOK_SECRET is missing")
        return self


def without_password(url: str) -> str:
    """A database's address as it may be shown: `***` in the place of a password."""
    password = urlsplit(url).password
    return url.replace(f":{password}@", ":***@", 1) if password else url


def listen_address(value: str) -> tuple[str, int]:
    """(host, port) of a "host:port" text; ValueError when it is none."""
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or not 0 <= int(port) <= 65535:
        raise ValueError("is not host:port")
    return host.strip("[]"), int(port)


def read_settings(*, need_token: bool = False, **overrides: Any) -> Settings:
    """Settings from the environment; SettingsError names every fault. `need_token`: BOT_TOKEN must be there."""
    faults: dict[str, str] = {}
    try:
        settings = Settings(**overrides)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False):
            name = str(fault["loc"][0]).upper() if fault["loc"] else "WEBHOOK_SECRET"
            own_words = fault["type"] == "value_error"
            what = fault["msg"].removeprefix("Value error, ").removeprefix(f"{name} ")
            faults[name] = what if own_words else "has a value that does not fit"
    else:
        if not need_token or settings.bot_token is not None:
            return settings
    given = _Given()
    if need_token and not given.bot_token:
        faults["BOT_TOKEN"] = "is missing"  # noqa: S105 - a message, no token
    if given.webhook_url and not given.webhook_secret:
        faults["WEBHOOK_SECRET"] = "is missing"  # noqa: S105 - likewise
    lines = [f"  {name} {what}; wanted: {MENDS.get(name, 'another value')}" for name, what in sorted(faults.items())]
    raise SettingsError("These settings (environment or .env) must be mended:\n" + "\n".join(lines))


class _Given(BaseSettings):
    """What is set at all, right or wrong: pydantic looks at several variables together only when each is right."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")
    bot_token: str | None = None
    webhook_url: str | None = None
    webhook_secret: str | None = None
