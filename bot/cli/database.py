"""`neuvoja db copy`, `neuvoja backup`, `neuvoja restore`: a whole database to another place, compared."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.advice import Progress
from bot.cli.common import fail, progress_bar, settings

if TYPE_CHECKING:
    from bot.storage.sums import Sum

SHOWN = 12
"""Characters of a checksum that are printed."""

db = typer.Typer(help="Move the database.", no_args_is_help=True)

From = Annotated[str, typer.Argument(metavar="FROM", help="Where it is, written as in DATABASE_URL.")]
To = Annotated[str, typer.Argument(metavar="TO", help="An empty database, or a SQLite file that is not there yet.")]
NewFile = Annotated[Path, typer.Argument(metavar="FILE", help="The backup to make; nothing is overwritten.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="A backup made by `neuvoja backup`.")]


@db.command("copy")
def copy(source: From, target: To) -> None:
    """Copy a database to an empty one of either engine; a bot at work on it waits until the copy is made."""
    from bot.storage import transfer

    _report(lambda progress: transfer.copy(source, target, progress), "copied")
    print(
        "Next: a bot that still works on the first database goes on writing there, and the copy lacks what it writes.\n"
        "Then stop it, empty the second database, and copy again. Else set DATABASE_URL to the second one, and start."
    )


def backup(file: NewFile) -> None:
    """Copy the database of DATABASE_URL to a new SQLite file, while the bot works or not."""
    from bot.storage import transfer

    url = settings(None, None).database_url
    _report(lambda progress: transfer.back_up(url, file, progress), f"backed up in {file}")


def restore(file: File) -> None:
    """Copy a backup to the database of DATABASE_URL, which must be empty or not there yet."""
    from bot.storage import transfer

    url = settings(None, None).database_url
    _report(lambda progress: transfer.restore(file, url, progress), f"restored from {file}")


def _report(work: Callable[[Progress], Coroutine[Any, Any, Sequence[Sum]]], done: str) -> None:
    """Runs a transfer and prints what was compared; exits 1 with the reason when nothing was kept."""
    from bot.storage.address import TransferError

    start = time.monotonic()
    try:
        with progress_bar() as progress:
            sums = asyncio.run(work(progress))
    except TransferError as error:
        fail(str(error), 1)
    print(f"{'table':<10} {'rows':>10}  checksum")
    for one in sums:
        print(f"{one.table:<10} {one.rows:>10}  {one.checksum[:SHOWN]}  ok")
    rows = sum(one.rows for one in sums)
    print(f"{'all':<10} {rows:>10}  {done}, read back and compared, {time.monotonic() - start:.1f} s")
