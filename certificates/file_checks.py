"""Checking files: reading them, their trust list and the day asked for, and showing what was found.

Both command lines use it, the bank's and the one that needs no bank.
"""

import json
import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Final

import typer
from rich.console import Console
from rich.text import Text

from certificates.bounded_checks import examine_outside
from certificates.check_sentences import sentence
from certificates.credential.achievement import shown_of
from certificates.credential.open_badge import statement_of
from certificates.errors import NotChecked
from certificates.report import WORDS, Report, Verdict, unread
from certificates.sealing.trust_file import LONGEST_FILE, read_trust_list
from certificates.verifying.bearer import TrustSource
from certificates.verifying.journal import NOT_REACHED, Outcome
from certificates.verifying.recognising import LARGEST_FILE
from certificates.verifying.wishes import Known

BANGKOK: Final = timezone(timedelta(hours=7), "Asia/Bangkok")
"""Thailand has no daylight-saving time: a fixed offset needs no time-zone data of the machine."""
FINGERPRINT: Final = re.compile(r"[0-9a-f]{64}")
SIGNS: Final = {
    Verdict.VALID: ("✔", "bold green"),
    Verdict.CHANGED: ("▲", "bold yellow"),
    Verdict.FORGED: ("✘", "bold red"),
    Verdict.UNKNOWN: ("■", "bold"),
}
MARKS: Final = {Outcome.OK: "✔", Outcome.FAILED: "✘", Outcome.NOT_CHECKED: "–"}


def moment_of(text: str | None, *, now: datetime) -> datetime:
    """Read ``--at``; a date means the end of that day in Bangkok, or now if it is today."""
    if text is None:
        return now.replace(microsecond=0)
    try:
        moment = datetime.fromisoformat(text)
        if len(text) == len("2026-01-05"):
            return _end_of_day(moment.date(), now=now)
        return (moment if moment.tzinfo else moment.replace(tzinfo=BANGKOK)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise typer.BadParameter(
            "not a date (2026-01-05) or time (2026-01-05T10:00:00Z)", param_hint="--at"
        ) from None


def _end_of_day(day: date, *, now: datetime) -> datetime:
    if day == now.astimezone(BANGKOK).date():
        return now.replace(microsecond=0)
    return datetime.combine(day, time(23, 59, 59), BANGKOK).astimezone(UTC)


def fingerprint_of(text: str | None) -> str | None:
    """Read ``--root``: the SHA-256 of a root certificate, with or without colons."""
    if text is None:
        return None
    digits = text.replace(":", "").strip().lower()
    if not FINGERPRINT.fullmatch(digits):
        raise typer.BadParameter("not 64 hexadecimal digits", param_hint="--root")
    return digits


def trust_in(path: Path | None, root: str | None) -> TrustSource:
    """Read ``--trust``; a list that cannot be used becomes the reason why nothing is believed."""
    if path is None:
        return None
    try:
        return read_trust_list(_read(path, LONGEST_FILE), root_fingerprint=root)
    except NotChecked as error:
        return error
    except (OSError, ValueError):
        return NotChecked("trust-list-unreadable")


def examine_file(
    path: Path, trust: TrustSource, *, at: datetime, known: Known | None = None
) -> Report:
    """Check one file; one that cannot be opened is reported, not raised."""
    name = str(path).encode("utf-8", "replace").decode("utf-8")
    try:
        data = _read(path, LARGEST_FILE)
    except (OSError, ValueError):
        return unread(name, at)
    return examine_outside(data, name=name, trust=trust, at=at, known=known)


def _read(path: Path, limit: int) -> bytes:
    """Read one byte more than is allowed at most, so that too long is seen to be too long."""
    with path.open("rb") as file:
        return file.read(limit + 1)


def show(reports: list[Report], *, as_json: bool) -> None:
    """Print reports for people, or as the one JSON list of ``--json``."""
    if as_json:
        typer.echo(json.dumps([report.as_dict() for report in reports], ensure_ascii=False))
        return
    console = Console(highlight=False, markup=False, soft_wrap=True)
    for report in reports:
        sign, style = SIGNS[report.verdict]
        words = WORDS[report.verdict]
        console.print(Text(report.name))
        console.print(Text(f"  {sign} {words.th} / {words.en}", style=style))
        for line in _told(report):
            console.print(Text(f"    {line}"))
        for step in report.steps:
            if step.code == NOT_REACHED:
                break
            said = sentence(step.step, step.code)
            console.print(Text(f"    {MARKS[step.outcome]} {said.th} / {said.en}"))


def _told(report: Report) -> list[str]:
    """Tell what the certificate says; only of one that was proved to be the issuer's."""
    if report.credential is None:
        return []
    paper = report.credential.get("paper")
    if isinstance(paper, dict):
        return [str(value) for value in paper.values()]
    statement = statement_of(report.credential)
    shown = shown_of(statement)
    code = getattr(shown, "code", None)
    title = shown.title_th if code is None else f"{code} {shown.title_th}"
    return [statement.serial, statement.holder.name, title, statement.issuer.name_th]
