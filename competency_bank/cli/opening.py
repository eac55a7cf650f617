"""The opened bank of one run of the program."""

import typer

from competency_bank.bank import Bank, open_bank
from competency_bank.cli.beginning import settings_of


def opened_bank(context: typer.Context) -> Bank:
    """Open the bank for this run of the program; it is closed when the run ends.

    Raises NotFound("no-bank"), KeyUnusable, MarkUnusable.
    """
    bank = open_bank(settings_of(context))
    context.call_on_close(bank.database.close)
    return bank
