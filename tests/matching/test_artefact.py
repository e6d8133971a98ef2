import asyncio
import json
import mmap
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from bot.matching import ArtefactError, BuildError, Matcher, MatchSettings, Model, ready
from bot.matching.artefact import key, prune
from bot.matching.settings import Example

from .conftest import EXAMPLES, URGENT

FEW = [Example(*row) for row in EXAMPLES[:36]]
SETTINGS = MatchSettings(holdouts=1)


def only_folder(cache: Path) -> Path:
    (folder,) = cache.glob("matcher-*")
    return folder


def test_a_saved_model_matches_alike(model: Model, tmp_path: Path) -> None:
    model.save(tmp_path / "m")
    loaded, fresh = Matcher.load(tmp_path / "m"), Matcher(model)
    for text in ("tax card", "miten saan pasihakemus ja verokortti?", "", "怎么办"):
        assert loaded.match(text) == fresh.match(text)
    assert [path.name for path in tmp_path.iterdir()] == ["m"]


def test_arrays_are_mapped(model: Model, tmp_path: Path) -> None:
    model.save(tmp_path / "m")
    steps = Matcher.load(tmp_path / "m").model.linear.steps
    owner: object = steps
    while isinstance(owner, np.ndarray):
        owner = owner.base
    assert isinstance(owner, mmap.mmap)
    assert not steps.flags.writeable


@pytest.mark.parametrize("damage", ["missing", "cut", "changed", "json", "engine", "file gone"])
def test_damage_is_noticed(model: Model, tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "m"
    if damage != "missing":
        model.save(folder)
    weights, document = folder / "weights.npy", folder / "model.json"
    if damage == "cut":
        weights.write_bytes(weights.read_bytes()[:-10])
    elif damage == "changed":
        data = bytearray(weights.read_bytes())
        data[-7] ^= 1
        weights.write_bytes(data)
    elif damage == "json":
        document.write_text("{")
    elif damage == "engine":
        document.write_text(json.dumps({**json.loads(document.read_text()), "engine": -1}))
    elif damage == "file gone":
        weights.unlink()
    with pytest.raises(ArtefactError, match=str(folder)):
        Matcher.load(folder)
    model.save(folder)
    assert Matcher.load(folder).rank("tax card")[0].intent == "tax-card"


def test_built_apart_once_and_cached(tmp_path: Path) -> None:
    steps: list[tuple[str, float]] = []
    first = ready(FEW, URGENT, SETTINGS, tmp_path, lambda step, share: steps.append((step, share)))
    assert first.rank("daycare place")[0].intent == "daycare"
    assert steps[-1] == ("ready", 1.0)
    steps.clear()
    ready(FEW, URGENT, SETTINGS, tmp_path, lambda step, share: steps.append((step, share)))
    assert steps == []
    assert [path.name for path in tmp_path.iterdir()] == [only_folder(tmp_path).name]


def test_a_corrupt_cache_is_rebuilt(tmp_path: Path) -> None:
    ready(FEW, URGENT, SETTINGS, tmp_path)
    (only_folder(tmp_path) / "bias.npy").write_bytes(b"rubbish")
    assert ready(FEW, URGENT, SETTINGS, tmp_path).rank("daycare place")[0].intent == "daycare"
    Matcher.load(only_folder(tmp_path))


def test_two_builders_at_once_do_no_harm(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        matchers = list(pool.map(lambda _: ready(FEW, URGENT, SETTINGS, tmp_path), range(2)))
    assert matchers[0].match("daycare place") == matchers[1].match("daycare place")
    Matcher.load(only_folder(tmp_path))


async def test_the_event_loop_goes_on(tmp_path: Path) -> None:
    building = asyncio.create_task(asyncio.to_thread(ready, FEW, URGENT, SETTINGS, tmp_path))
    longest, last = 0.0, time.monotonic()
    while not building.done():
        await asyncio.sleep(0.01)
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
    assert (await building).rank("daycare place")[0].intent == "daycare"
    assert longest < 1


def test_a_failed_build_says_why(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="no example message"):
        ready([], URGENT, SETTINGS, tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(BuildError, match="cannot be written"):
        ready(FEW, URGENT, SETTINGS, tmp_path / "file")
    assert list(tmp_path.glob("matcher-*")) == []


def test_the_key_follows_everything_that_matters() -> None:
    keys = {
        key(FEW, URGENT, SETTINGS),
        key(FEW[1:], URGENT, SETTINGS),
        key(FEW, frozenset(), SETTINGS),
        key(FEW, URGENT, MatchSettings()),
        key(FEW, URGENT, SETTINGS, [("en", "who won the match")]),
    }
    assert len(keys) == 5


def test_old_artefacts_and_remains_are_removed(tmp_path: Path) -> None:
    for age, name in enumerate(
        ["matcher-a", "matcher-b", "matcher-c", "matcher-d", ".building-x", ".order-y", "other"]
    ):
        (tmp_path / name).mkdir()
        when = time.time() - 90_000 - age
        os.utime(tmp_path / name, (when, when))
    (tmp_path / ".building-now").mkdir()
    prune(tmp_path, tmp_path / "matcher-d")
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"matcher-a", "matcher-b", "matcher-d", ".building-now", "other"}


def test_scikit_learn_stays_out_of_the_bot(model: Model, tmp_path: Path) -> None:
    model.save(tmp_path / "m")
    code = (
        "import sys, pathlib, bot.matching as m; "
        f"m.Matcher.load(pathlib.Path({str(tmp_path / 'm')!r})).match('tax card and bank account'); "
        "sys.exit('sklearn' in sys.modules or 'scipy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
