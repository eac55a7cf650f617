"""How every command begins: the options before the verb, and the settings they make.

Nothing of the bank is loaded here: ``serve`` begins with this and is another program then.
"""

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

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
