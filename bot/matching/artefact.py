"""A ready matcher for given examples: from the cache, or built in a process of its own."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import bot
from bot.domain.lexicon import NO_LEXICON, Lexicon
from bot.matching.build import Progress
from bot.matching.builder import order
from bot.matching.errors import ArtefactError, BuildError
from bot.matching.matcher import Matcher
from bot.matching.settings import ENGINE, Example, MatchSettings

KEPT = 3
"""Artefacts that stay in a cache: today's and two to go back to."""

ABANDONED = 24 * 3600
"""Seconds after which what a killed builder left behind is removed."""

_PREFIX = "matcher-"
_SECRETS = ("BOT_TOKEN", "WEBHOOK_SECRET", "DATABASE_URL")

Rows = Iterable[Example | tuple[str, str, str]]


def key(
    examples: Sequence[Example],
    urgent: frozenset[str],
    settings: MatchSettings,
    oos: Sequence[tuple[str, str]] = (),
    lexicon: Lexicon = NO_LEXICON,
) -> str:
    """Hex digest over everything that decides what is built, the engine's version included."""
    digest = hashlib.sha256(json.dumps([ENGINE, sorted(urgent), asdict(settings), list(oos)]).encode())
    for part in (examples, asdict(lexicon)):
        digest.update(json.dumps(part).encode())
    return digest.hexdigest()[:20]


def ready(
    examples: Rows,
    urgent: frozenset[str],
    settings: MatchSettings,
    cache: Path,
    progress: Progress | None = None,
    *,
    oos: Sequence[tuple[str, str]] = (),
    lexicon: Lexicon = NO_LEXICON,
    shipped: Path | None = None,
) -> Matcher:
    """The matcher for these examples, loaded from `cache` or built there; `BuildError` when it cannot be built.

    `shipped` is a cache that came with the installation: it is looked at first and never written.
    """
    rows = [Example(*row) for row in examples]
    name = f"{_PREFIX}{key(rows, urgent, settings, oos, lexicon)}"
    if shipped is not None:
        with contextlib.suppress(ArtefactError):
            return Matcher.load(shipped / name)
    folder = cache / name
    try:
        matcher = Matcher.load(folder)
    except ArtefactError:
        _build_apart(rows, urgent, settings, folder, progress=progress, oos=oos, lexicon=lexicon)
        try:
            matcher = Matcher.load(folder)
        except ArtefactError as error:
            raise BuildError(str(error)) from error
    with contextlib.suppress(OSError):
        os.utime(folder)
    prune(cache, folder)
    return matcher


def _build_apart(
    rows: Sequence[Example],
    urgent: frozenset[str],
    settings: MatchSettings,
    folder: Path,
    *,
    progress: Progress | None,
    oos: Sequence[tuple[str, str]],
    lexicon: Lexicon,
) -> None:
    """Run the builder and wait; its folder appears whole or not at all."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".order-", dir=folder.parent) as temporary:
            source = Path(temporary) / "order.json"
            source.write_text(json.dumps(order(rows, urgent, settings, oos, lexicon)), encoding="utf-8")
            complaint = Path(temporary) / "stderr"
            with complaint.open("w+", encoding="utf-8", errors="replace") as stderr:
                error = _run([sys.executable, "-m", "bot.matching.builder", str(source), str(folder)], stderr, progress)
            if error is not None:
                lines = complaint.read_text(encoding="utf-8", errors="replace").strip().splitlines()
                raise BuildError(error or (lines[-1] if lines else "the builder ended without a word"))
    except OSError as error:
        raise BuildError(f"{folder.parent}: the matcher's cache cannot be written ({error})") from error


def _run(command: list[str], stderr: object, progress: Progress | None) -> str | None:
    """Run a builder, passing its steps on; None when it succeeded, else what it said, '' if nothing."""
    environment = {name: value for name, value in os.environ.items() if name not in _SECRETS}
    home = str(Path(bot.__file__).resolve().parent.parent)
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [home, environment.get("PYTHONPATH")]))
    environment["PYTHONIOENCODING"] = "utf-8"
    # One core is enough, and the running bot keeps the others.
    environment["OMP_NUM_THREADS"] = environment["OPENBLAS_NUM_THREADS"] = "1"
    failure = ""
    process = subprocess.Popen(  # noqa: S603 - this interpreter, fixed arguments
        command,
        stdout=subprocess.PIPE,
        stderr=stderr,
        env=environment,
        text=True,
        encoding="utf-8",  # type: ignore[call-overload]
    )
    with process:
        try:
            for line in process.stdout or ():
                with contextlib.suppress(ValueError, KeyError, TypeError):
                    said = json.loads(line)
                    failure = said.get("error", failure)
                    if progress and "step" in said:
                        progress(said["step"], said["share"])
        except BaseException:
            process.kill()
            raise
    return failure if process.returncode else None


def prune(cache: Path, current: Path) -> None:
    """Remove all but the `KEPT` latest artefacts, `current` among them, and what dead builders left."""
    entries = []
    for folder in cache.iterdir() if cache.is_dir() else ():
        with contextlib.suppress(OSError):
            entries.append((folder.stat().st_mtime, folder))
    artefacts = [folder for _, folder in sorted(entries, reverse=True) if folder.name.startswith(_PREFIX)]
    kept = [current, *(folder for folder in artefacts if folder != current)][:KEPT]
    old = [folder for folder in artefacts if folder not in kept]
    dead = [
        folder
        for changed, folder in entries
        if folder.name.startswith((".building-", ".broken-", ".order-")) and time.time() - changed > ABANDONED
    ]
    for folder in (*old, *dead):
        shutil.rmtree(folder, ignore_errors=True)
