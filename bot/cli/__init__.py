"""The command `neuvoja`: one module a command."""

from __future__ import annotations

import typer

from bot.cli.ask import command as ask
from bot.cli.benchmark import command as benchmark
from bot.cli.chat import command as chat
from bot.cli.check import command as check
from bot.cli.coverage import command as coverage
from bot.cli.demo import command as demo
from bot.cli.due import command as due
from bot.cli.evaluate import command as evaluate
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
cli.add_typer(new, name="new")


def main() -> None:
    """Runs the command line."""
    cli()
