"""Where the data is looked for, in this order."""

from pathlib import Path

import pytest

from bot.catalogue.defaults import DataFolders, data_folders


@pytest.fixture
def package(tmp_path):
    """An installed package with data inside it."""
    for name in ("intents", "knowledge"):
        (tmp_path / "site/bot/data" / name).mkdir(parents=True)
    return tmp_path / "site/bot"


def test_an_argument_comes_before_the_environment(package):
    environment = {"NEUVOJA_INTENTS": "/from/env", "NEUVOJA_KNOWLEDGE": "/from/env2"}
    found = data_folders(Path("mine"), environment=environment, package=package)
    assert found == DataFolders(Path("mine"), Path("/from/env2"))


def test_a_checkout_comes_before_package_data(package):
    site = package.parent
    (site / "intents").mkdir()
    assert data_folders(environment={}, package=package).intents == package / "data/intents"

    (site / "pyproject.toml").touch()
    assert data_folders(environment={"NEUVOJA_INTENTS": " "}, package=package) == DataFolders(
        site / "intents", package / "data/knowledge"
    )


def test_this_repository_is_found():
    found = data_folders(environment={})
    assert found.intents.name == "intents"
    assert (found.intents.parent / "pyproject.toml").is_file()
