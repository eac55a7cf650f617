"""How the command line answers: results on stdout, messages on stderr, one JSON with ``--json``.

Exit status: 0 done; 1 refused; 2 usage; 3 could not be done now.
"""

import json
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import NoReturn

import typer
from rich.console import Console
from rich.table import Table

from certificates.errors import CertificateError
from certificates.issuing_sentences import sentence_for
from competency_bank.domain.class_sheet import SheetUnusable
from competency_bank.domain.errors import BadInput, BankError, Conflict, NotNow
from competency_bank.domain.messages import filled, sentence_of
from competency_bank.domain.sheet_messages import unusable_message
from competency_bank.storage.storage_faults import named_fault
from standards.errors import StandardsError
from standards.wording import Message, sentence


class Exit:
    """What the exit status means."""

    REFUSED = 1
    USAGE = 2
    NOT_NOW = 3


stdout = Console(soft_wrap=True, highlight=False)
stderr = Console(stderr=True, soft_wrap=True, highlight=False)


def plain(value: object) -> str | list[str]:
    """Turn values that JSON does not know into text."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (Decimal, StrEnum)):
        return str(value)
    if isinstance(value, (set, frozenset, tuple)):
        return sorted(str(one) for one in value)
    return str(value)


def say_json(value: object) -> None:
    """Print the one JSON document of a ``--json`` run."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=plain)
    sys.stdout.write(text + "\n")


def say(text: str) -> None:
    """Print a line of the result; text is never read as mark-up."""
    stdout.print(text, markup=False)


def tell(text: str) -> None:
    """Print a line for the person at the terminal."""
    stderr.print(text, markup=False)


def say_table(title: str, columns: list[str], rows: list[list[str]]) -> None:
    """Print a table."""
    table = Table(*columns, title=title, title_justify="left")
    for row in rows:
        table.add_row(*row)
    stdout.print(table, markup=False)


def as_dict(message: Message) -> dict[str, str]:
    """Return a message as JSON shows it."""
    return {"th": message.th, "en": message.en}


def message_of(error: Exception) -> tuple[str, Message]:
    """Return code and sentence of any error that this project raises on purpose."""
    if isinstance(error, BankError):
        return error.code, sentence_of(error)
    if isinstance(error, StandardsError):
        return error.code, sentence(error)
    if isinstance(error, SheetUnusable):
        return error.code, unusable_message(error)
    if isinstance(error, CertificateError):
        spoken = sentence_for(error)
        return error.code, Message(spoken.th, spoken.en)
    return "internal", filled("internal", {})


@contextmanager
def answering(*, as_json: bool) -> Iterator[None]:
    """Turn every error into a sentence in both languages and the right exit status."""
    try:
        yield
    except (BankError, StandardsError, SheetUnusable, CertificateError) as error:
        _refuse_for(error, as_json=as_json)
    except OSError as error:
        values = {"file": error.filename or "-"}
        named = named_fault(error) or BadInput("file-unreadable", **values)
        _refuse_for(named, as_json=as_json)
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except Exception as error:  # noqa: BLE001  (nobody foresaw it, and no traceback reaches a user)
        # The place and never the values: messages of libraries may hold names.
        frame = traceback.extract_tb(error.__traceback__)[-1]
        tell(f"{type(error).__name__}: {Path(frame.filename).name}:{frame.lineno}")
        _refuse_for(error, as_json=as_json)


def _refuse_for(error: Exception, *, as_json: bool) -> NoReturn:
    code, message = message_of(error)
    refuse(code, message, as_json=as_json, not_now=is_busy(error))


def refuse(code: str, message: Message, *, as_json: bool, not_now: bool) -> NoReturn:
    """Say why nothing was done, and stop."""
    if as_json:
        say_json({"error": {"code": code, "message": as_dict(message)}})
    tell(message.th)
    tell(message.en)
    raise typer.Exit(Exit.NOT_NOW if not_now else Exit.REFUSED)


def is_busy(error: Exception) -> bool:
    """Say whether trying again later may help."""
    busy = isinstance(error, Conflict) and error.code in {"database-busy", "log-moved"}
    return busy or isinstance(error, NotNow)
