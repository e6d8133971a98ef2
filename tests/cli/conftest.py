"""The command line inside this process: on the repository's data and the cached model, or on a little data without."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import cli
from bot.conversation.conversation import Conversation
from bot.settings import Settings

Neuvoja = Callable[..., Any]


@pytest.fixture
def neuvoja(talk: Conversation, data_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Neuvoja:
    """Runs `neuvoja ...` in an empty folder; a traceback fails the test. `talk` has built the model."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("NEUVOJA_CACHE", str(data_settings.neuvoja_cache))
    monkeypatch.setenv("NEUVOJA_INTENTS", str(data_settings.neuvoja_intents))
    monkeypatch.setenv("NEUVOJA_KNOWLEDGE", str(data_settings.neuvoja_knowledge))

    def run(*arguments: str, said: str = "") -> Any:
        result = CliRunner().invoke(cli, arguments, input=said)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise AssertionError(f"neuvoja {arguments} ended with a traceback") from result.exception
        return result

    return run


OFFICE = {
    "intents/languages.yaml": (
        "fi: {name: Suomi, direction: ltr, tier: required}\n"
        "sv: {name: Svenska, direction: ltr, tier: required}\n"
        "et: {name: Eesti, direction: ltr, tier: understood}\n"
    ),
    "intents/topics.yaml": (
        "money:\n  titles: {fi: Raha, sv: Pengar}\n  intents: [tax-card]\n"
        "everyday:\n  titles: {fi: Arki, sv: Vardag}\n  intents:\n    - library\n"
    ),
    "intents/money/tax-card/intent.yaml": (
        "sources:\n  - {url: 'https://vero.fi', checked: 2026-11-01, by: Maija}\nowner: shared\nreview_after: 30\n"
    ),
    "intents/money/tax-card/fi.yaml": "title: Verokortti\nanswer: Tilaa kortti.\nexamples:\n  - verokortti\n",
    "intents/money/tax-card/sv.yaml": "title: Skattekort\nanswer: Beställ kortet.\nexamples:\n  - skattekort\n",
    "intents/everyday/library/intent.yaml": "owner: espoo\n",
    "intents/everyday/library/fi.yaml": "title: Kirjasto\nanswer: Lainaa kirjoja.\nexamples:\n  - kirjasto\n",
    "intents/everyday/library/sv.yaml": "title: Bibliotek\nexamples:\n  - bibliotek\n",
    "knowledge/agreement.yaml": (
        "cities: [espoo, vantaa]\nrequired_languages: [fi, sv]\ncost_shares: {espoo: 50, vantaa: 50}\n"
        "promise: {fi: Neuvomme, sv: Vi ger råd}\n"
    ),
    "knowledge/cities/espoo/city.yaml": (
        "names: {fi: Espoo}\nnames_in: {fi: Espoossa}\nlanguages: [fi]\ndesk: {hours: null}\nowner: City of Espoo\n"
    ),
    "knowledge/cities/vantaa/city.yaml": (
        "names: {fi: Vantaa}\nnames_in: {fi: Vantaalla}\nlanguages: [fi]\ndesk: {hours: null}\nowner: City of Vantaa\n"
    ),
    "knowledge/cities/espoo/intents/library.yaml": "owner: Espoo library\ntext: {fi: Espoossa.}\n",
    "knowledge/points/vantaa/vantaa-info.yaml": (
        "names: {fi: Vantaa-info}\noperator: City of Vantaa\ncity: vantaa\nin_person: true\n"
        "checked: 2026-06-01\nsources:\n  - {url: 'https://vantaa.fi', checked: 2026-06-01, by: Matti}\n"
    ),
    "knowledge/owners.yaml": (
        "shared: '@neuvoja/shared'\nCity of Espoo: '@neuvoja/espoo'\nCity of Vantaa: '@neuvoja/vantaa'\n"
        "Espoo library: '@neuvoja/espoo-library @neuvoja/espoo'\n"
    ),
}
"""A few files to read, without everything that `neuvoja check` wants."""


class Office:
    """An editor's copy of a little data, `root` being the current folder, and the commands that work on it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name, text in OFFICE.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

    def read(self, name: str) -> str:
        return (self.root / name).read_bytes().decode()

    def run(self, *arguments: str) -> Any:
        """Runs `neuvoja ...`; a traceback fails the test."""
        result = CliRunner().invoke(cli, arguments)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise AssertionError(f"neuvoja {arguments} ended with a traceback") from result.exception
        return result


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """For commands that need no model; the day is 22 November 2026."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("NEUVOJA_INTENTS", str(tmp_path / "intents"))
    monkeypatch.setenv("NEUVOJA_KNOWLEDGE", str(tmp_path / "knowledge"))
    monkeypatch.setattr("bot.cli.common.today", lambda: date(2026, 11, 22))
    return Office(tmp_path)
