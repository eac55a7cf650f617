"""A verdict, arranged for a page; what may be shown of the certificate and what not."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from certificates.asking.other_issuers import OtherIssuers
from certificates.bounded_checks import examine_outside
from certificates.check_sentences import Sentence, sentence
from certificates.credential.open_badge import statement_of
from certificates.credential.snapshot import Statement
from certificates.report import WORDS, Report, Verdict, examine
from certificates.sealing.trust_list import TrustList
from certificates.verifying.journal import Outcome, StepDone
from competency_bank.domain.people import Name
from competency_bank.web.door import TrustNow
from competency_bank.web.uploads import Upload
from competency_bank.web.words import DOOR_SENTENCES
from standards.wording import Message

LEADING_VOWELS = range(0x0E40, 0x0E45)
"""Thai vowels that are written before the consonant they follow in speech."""
HIDDEN = "•••"
ASIDES = frozenset(
    {"no-page", "time-stamp-absent", "log-proof-absent", "holder-not-asked", "undisclosed"}
)
"""Codes of steps that are left out in files that are otherwise quite right."""


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step of the check and how it ended."""

    outcome: Outcome
    message: Sentence | Message
    aside: bool = False
    """Whether the step was left out for what the file is, and so decided nothing."""


@dataclass(frozen=True, slots=True)
class VerdictShown:
    """A verdict and, where signature and issuer hold, what the certificate says."""

    verdict: Verdict
    name: str
    at: datetime
    steps: tuple[StepShown, ...]
    statement: Statement | None
    holder: str | None
    """The holder's name, whole or masked as the page may show it."""

    @property
    def word(self) -> Sentence:
        """The verdict in words, the same as everywhere."""
        return WORDS[self.verdict]

    @property
    def cause(self) -> StepShown | None:
        """The step that decided, where the verdict is not valid."""
        wanted = Outcome.NOT_CHECKED if self.verdict is Verdict.UNKNOWN else Outcome.FAILED
        if self.verdict is Verdict.VALID:
            return None
        decisive = (one for one in self.steps if one.outcome is wanted and not one.aside)
        return next(decisive, None)


def check(
    upload: Upload, *, trust: TrustList, at: datetime, holder: Name | None = None
) -> VerdictShown:
    """Check a document that the bank itself keeps, and return what may be shown of the result.

    With ``holder``, the name as the bank knows it, only its first letters are shown: whoever has
    the paper can compare them, whoever only has the code learns little.
    """
    return _shown(examine(upload.data, name=upload.name, trust=trust, at=at), holder)


def check_outside(upload: Upload, listed: TrustNow, others: OtherIssuers) -> VerdictShown:
    """Check a document of anybody's; see ``report_on``."""
    return _shown(report_on(upload, listed, others), None)


def report_on(upload: Upload, listed: TrustNow, others: OtherIssuers) -> Report:
    """Check a document of anybody's, within limits of time and memory.

    Its issuer may be asked, where that is allowed: no transaction may be open.
    """
    check = partial(
        examine_outside, upload.data, name=upload.name, trust=listed.trust, at=listed.at
    )
    return others.answering(check)


def _shown(report: Report, holder: Name | None) -> VerdictShown:
    statement = _statement(report.credential)
    named = None if statement is None else statement.holder.name
    if named is not None and holder is not None:
        named = masked_name(named, holder)
    steps = tuple(_step(one) for one in report.steps)
    return VerdictShown(report.verdict, report.name, report.as_of, steps, statement, named)


def _statement(credential: dict[str, object] | None) -> Statement | None:
    """Return what a credential says; a token from paper is told by its steps alone."""
    if credential is None or "paper" in credential:
        return None
    return statement_of(credential)


def no_document(name: str, at: datetime) -> VerdictShown:
    """Return the verdict on a certificate whose document cannot be read at the moment."""
    step = StepShown(Outcome.NOT_CHECKED, DOOR_SENTENCES["document-missing"])
    return VerdictShown(Verdict.UNKNOWN, name, at, (step,), None, None)


def masked_name(printed: str, known: Name) -> str:
    """Return a name of which only the title and the first letter of each part can be read.

    A certificate prints the name as it was at issue. Where the person is called otherwise today,
    nobody can say what of it is the title, so the first letter alone is shown.
    """
    title = known.title if known.title and known.full == printed else ""
    rest = printed.removeprefix(title)
    masked = " ".join(f"{_first_letter(part)}{HIDDEN}" for part in rest.split())
    return f"{title}{' ' if rest.startswith(' ') else ''}{masked}"


def _first_letter(part: str) -> str:
    """Return the first letter with everything that is written above, below or before it."""
    length = 2 if ord(part[0]) in LEADING_VOWELS else 1
    while length < len(part) and unicodedata.category(part[length]) == "Mn":
        length += 1
    return part[:length]


def _step(done: StepDone) -> StepShown:
    return StepShown(done.outcome, sentence(done.step, done.code), aside=done.code in ASIDES)
