import os
from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalogue import kept as module
from bot.catalogue.kept import KEPT, keep, kept, newest
from bot.domain.catalogue import Catalogue


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def catalogue(data) -> Catalogue:
    found = data.load().catalogue
    assert found is not None
    return found


def test_a_kept_catalogue_is_the_same(catalogue: Catalogue, cache: Path) -> None:
    assert kept(cache, catalogue.hash) is None
    assert newest(cache) is None
    keep(cache, catalogue)
    again = kept(cache, catalogue.hash)
    assert again is not None
    assert (again.hash, list(again.intents), again.points) == (
        catalogue.hash,
        list(catalogue.intents),
        catalogue.points,
    )
    assert again.examples() == catalogue.examples()


def test_the_one_used_last_is_the_newest_and_old_ones_go(catalogue: Catalogue, cache: Path) -> None:
    versions = [replace(catalogue, hash=f"{number:064d}"[::-1]) for number in range(1, KEPT + 3)]
    for number, version in enumerate(versions):
        keep(cache, version)
        for path in cache.glob(f"catalogue-{version.hash[:20]}*"):
            os.utime(path, (number, number))
    keep(cache, versions[-2])
    found = newest(cache)
    assert found is not None
    assert found.hash == versions[-2].hash
    assert len(list(cache.iterdir())) <= KEPT + 1


def test_other_code_does_not_read_it(catalogue: Catalogue, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(cache, catalogue)
    monkeypatch.setattr(module, "_code", lambda: "another")
    assert kept(cache, catalogue.hash) is None
    assert newest(cache) is None


@pytest.mark.parametrize("bytes_", [b"", b"garbage", b"\x80\x05N.", b"\x80\x05\x8c\x08os.sys.x\x94."])
def test_a_broken_file_is_no_catalogue(catalogue: Catalogue, cache: Path, bytes_: bytes) -> None:
    keep(cache, catalogue)
    (path,) = cache.iterdir()
    path.write_bytes(bytes_)
    assert kept(cache, catalogue.hash) is None
    assert newest(cache) is None


def test_a_folder_that_cannot_be_written_is_no_fault(catalogue: Catalogue, cache: Path) -> None:
    cache.write_text("", encoding="utf-8")
    keep(cache / "inside", catalogue)
