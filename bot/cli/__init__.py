"""The command `neuvoja`: one module a command."""

from __future__ import annotations

import typer

from bot.cli import ask, benchmark, chat, check, evaluate, locate, run

cli = typer.Typer(
    name="neuvoja",
    help="First-line guidance for residents of Helsinki, Espoo, Vantaa and Kauniainen.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for module in (run, chat, ask, evaluate, benchmark, locate, check):
    cli.command(module.__name__.rpartition(".")[2])(module.command)


def main() -> None:
    """Runs the command line."""
    cli()
