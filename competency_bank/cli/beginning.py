"""How every command begins: the options before the verb, and the settings they make."""

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from competency_bank.bank import Bank, open_bank
from competency_bank.founding import create_bank
from competency_bank.settings import Settings

Json = Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")]


def begin(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option(help="Folder of the bank (default: $COMPETENCY_BANK_HOME or ./var)."),
    ] = None,
) -> None:
    """Keep the digital competency bank (คลังสมรรถนะดิจิทัล)."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(message)s")
    settings = Settings()
    context.obj = settings if home is None else settings.model_copy(update={"home": home})


def settings_of(context: typer.Context) -> Settings:
    """Return the settings that the program was started with."""
    settings = context.obj
    if not isinstance(settings, Settings):
        raise TypeError("the program was not started through its callback")
    return settings


def opened_bank(context: typer.Context) -> Bank:
    """Open the bank for this run of the program; it is closed when the run ends.

    Raises NotFound("no-bank"), KeyUnusable.
    """
    bank = open_bank(settings_of(context))
    context.call_on_close(bank.database.close)
    return bank


def founded_bank(context: typer.Context) -> Bank:
    """Create what is missing of the bank, bring the rest up to date, and open it for this run."""
    bank = create_bank(settings_of(context))
    context.call_on_close(bank.database.close)
    return bank


def new_program() -> typer.Typer:
    """Return a program with the options that stand before every verb."""
    program = typer.Typer(
        name="competency-bank",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    program.callback()(begin)
    return program
