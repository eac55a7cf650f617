"""A check's result for people and programs: one of four verdicts, and every step with its reason.

This is the boundary where the last unexpected error of a reader ends: nothing that a document
contains may bring a traceback to anybody.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Final

from certificates.check_sentences import Sentence, sentence
from certificates.errors import NoLongerValid, NotChecked, Refused
from certificates.sealing.trust_list import TrustList
from certificates.verifying import paper_token_check, presentation
from certificates.verifying.bearer import TrustSource
from certificates.verifying.elsewhere import check_foreign
from certificates.verifying.foreign_presentation import (
    check_foreign_presentation,
    is_by_a_stranger,
)
from certificates.verifying.foreign_reading import reading_of
from certificates.verifying.journal import Journal, Step, StepDone
from certificates.verifying.recognising import is_from_wallet, is_on_paper
from certificates.verifying.wishes import Answers, Known, Wish

_LOG: Final = logging.getLogger(__name__)


class Verdict(StrEnum):
    """The four answers; "could not check" is never "forged"."""

    VALID = "valid"
    CHANGED = "changed"
    FORGED = "forged"
    UNKNOWN = "unknown"


WORDS: Final = {
    Verdict.VALID: Sentence("ถูกต้องและยังใช้ได้", "Genuine and valid"),
    Verdict.CHANGED: Sentence("ถูกยกเลิก / หมดอายุ / ออกใบใหม่แทนแล้ว", "Genuine but no longer valid"),
    Verdict.FORGED: Sentence("ไม่ตรงกับต้นฉบับ", "Does not match the original"),
    Verdict.UNKNOWN: Sentence("ยังตรวจไม่ได้ ลองอีกครั้ง", "Could not be checked now"),
}
EXIT_STATUS: Final = {Verdict.FORGED: 1, Verdict.CHANGED: 4, Verdict.UNKNOWN: 3}
"""Exit status by verdict, the gravest first; 0 if all are valid."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was found out about one file."""

    name: str
    """Name of the file as its reader knows it."""
    verdict: Verdict
    as_of: datetime
    """The moment for which the verdict holds."""
    steps: tuple[StepDone, ...]
    credential: dict[str, object] | None
    """The credential, if its signature and its issuer hold and it is not forged."""
    wish: Wish | None = None
    """What its issuer could be asked to tell more; the same check then runs again."""

    def as_dict(self) -> dict[str, object]:
        """Return the report as ``verify --json`` prints it."""
        return {
            "file": self.name,
            "verdict": self.verdict.value,
            "as_of": self.as_of.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "steps": [_step_dict(each) for each in self.steps],
            "credential": self.credential,
        }


def examine(
    data: bytes, *, name: str, trust: TrustSource, at: datetime, known: Known | None = None
) -> Report:
    """Check ``data`` and tell what was found; never raises for what the data contain.

    ``known`` is what other issuers answered so far; nobody is asked here.
    """
    journal, answers = Journal(), Answers(known or {})
    verdict = _verdict(data, trust, at=at, journal=journal, answers=answers)
    credential = None if verdict is Verdict.FORGED else journal.credential
    return Report(name, verdict, at, journal.complete(), credential, wish=answers.wish)


def unread(name: str, at: datetime) -> Report:
    """Report a file that could not be opened."""
    return stopped(name, at, "file-unreadable")


def stopped(name: str, at: datetime, code: str) -> Report:
    """Report a file of which nothing could be found out."""
    journal = Journal()
    journal.skip(Step.FORMAT, code)
    return Report(name, Verdict.UNKNOWN, at, steps=journal.complete(), credential=None)


def exit_status(reports: Iterable[Report]) -> int:
    """Return 0 if all are valid, else the status of the gravest verdict."""
    verdicts = {report.verdict for report in reports}
    return next((status for verdict, status in EXIT_STATUS.items() if verdict in verdicts), 0)


def _verdict(
    data: bytes, trust: TrustSource, *, at: datetime, journal: Journal, answers: Answers
) -> Verdict:
    try:
        if is_from_wallet(data):
            _check_presentation(data, trust, at=at, journal=journal, answers=answers)
        elif is_on_paper(data):
            paper_token_check.verify_paper_token(
                data.strip(b"\r\n").decode("latin-1"), trust=trust, at=at, journal=journal
            )
        else:
            _check_file(data, trust, at=at, journal=journal, answers=answers)
    except Refused:
        return Verdict.FORGED
    except NoLongerValid:
        return Verdict.CHANGED
    except NotChecked:
        return Verdict.UNKNOWN
    except MemoryError:
        journal.interrupt("check-limits")
        return Verdict.UNKNOWN
    except Exception as error:  # noqa: BLE001 - the one boundary; readers fail in many ways
        # Only the kind is logged: the text of such an error can quote the document.
        _LOG.warning("internal error in a check: %s", type(error).__name__)
        journal.interrupt("internal")
        return Verdict.UNKNOWN
    return Verdict.VALID


def _check_presentation(
    data: bytes, trust: TrustSource, *, at: datetime, journal: Journal, answers: Answers
) -> None:
    """Check what a holder shows, of an issuer on the trust list or by the issuer's own word."""
    text = data.strip().decode("latin-1")
    if isinstance(trust, TrustList) and is_by_a_stranger(text, trust):
        check_foreign_presentation(text, at=at, journal=journal, answers=answers)
    else:
        presentation.verify_presentation(text, trust=trust, at=at, journal=journal)


def _check_file(
    data: bytes, trust: TrustSource, *, at: datetime, journal: Journal, answers: Answers
) -> None:
    """Check a file by the trust list; one of an issuer that is not on it by that issuer's word."""
    try:
        _steps().verify(data, trust=trust, at=at, journal=journal)
    except NotChecked as stop:
        if stop.code != "issuer-unknown" or not isinstance(trust, TrustList):
            raise
        try:
            said = reading_of(data)
        except (NotChecked, Refused):
            raise stop from None
        journal.steps.clear()
        check_foreign(said, trust=trust, at=at, journal=journal, answers=answers)


@cache
def _steps() -> ModuleType:
    """Load the steps when the first document comes.

    They carry a PDF reader (10 MB of memory), which a server that only waits should not hold.
    """
    return import_module("certificates.verifying.verification")


def _step_dict(done: StepDone) -> dict[str, object]:
    said = sentence(done.step, done.code)
    return {
        "step": done.step.value,
        "outcome": done.outcome.value,
        "code": done.code,
        "message": {"th": said.th, "en": said.en},
    }
