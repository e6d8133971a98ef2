"""The command `neuvoja`: one module a command."""

from __future__ import annotations

import io
import sys

import typer

from bot.cli.ask import command as ask
from bot.cli.benchmark import command as benchmark
from bot.cli.chat import command as chat
from bot.cli.check import command as check
from bot.cli.coverage import command as coverage
from bot.cli.database import backup, db, restore
from bot.cli.demo import command as demo
from bot.cli.due import command as due
from bot.cli.evaluate import command as evaluate
from bot.cli.human_only import command as human_only
from bot.cli.locate import command as locate
from bot.cli.new import new
from bot.cli.overmatch import command as overmatch
from bot.cli.owners import command as owners
from bot.cli.run import command as run
from bot.cli.stamp import command as stamp

cli = typer.Typer(
    name="neuvoja",
    help="First-line guidance for residents of Helsinki, Espoo, Vantaa and Kauniainen.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
cli.command("run")(run)
cli.command("human-only")(human_only)
cli.command("demo")(demo)
cli.command("chat")(chat)
cli.command("ask")(ask)
cli.command("evaluate")(evaluate)
cli.command("benchmark")(benchmark)
cli.command("locate")(locate)
cli.command("check")(check)
cli.command("overmatch")(overmatch)
cli.command("coverage")(coverage)
cli.command("due")(due)
cli.command("owners")(owners)
cli.command("stamp")(stamp)
cli.command("backup")(backup)
cli.command("restore")(restore)
cli.add_typer(db, name="db")
cli.add_typer(new, name="new")


@cli.callback()
def prepared() -> None:
    """What a terminal cannot show, or did not send as text, is no reason to stop: it is shown as an escape."""
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)


def main() -> None:
    """Runs the command line."""
    cli()
