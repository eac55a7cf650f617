"""A learner's bank, arranged for a page: how far, what is held, what is left."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from certificates.credential.achievement import shown_of
from certificates.credential.open_badge import statement_of
from certificates.credential.snapshot import Statement
from competency_bank.services.show_holdings import Bank, CourseStanding
from competency_bank.storage.certificate_rows import KeptCertificate
from standards.catalogue import Catalogue
from standards.model import Qualification, Unit
from standards.qualifying import Progress


@dataclass(frozen=True, slots=True)
class GoalShown:
    """How far a learner is on the way to one qualification."""

    qualification: Qualification
    done: int
    """Units that count, out of ``needed``."""
    needed: int
    missing: int
    left: tuple[Unit, ...]
    held: tuple[Unit, ...]

    @property
    def choose(self) -> bool:
        """Whether fewer units are needed than are offered."""
        return self.missing < len(self.left)


@dataclass(frozen=True, slots=True)
class CertificateShown:
    """A certificate and what it says."""

    kept: KeptCertificate
    statement: Statement

    @property
    def title_th(self) -> str:
        """What it certifies."""
        return shown_of(self.statement).title_th

    @property
    def title_en(self) -> str | None:
        """The same in English, where it has an English title."""
        return shown_of(self.statement).title_en


@dataclass(frozen=True, slots=True)
class BankShown:
    """Everything on the page of one learner."""

    bank: Bank
    goals: tuple[GoalShown, ...]
    courses: tuple[CourseStanding, ...]
    certificates: tuple[CertificateShown, ...]

    @property
    def units(self) -> int:
        """How many different units are held."""
        return len({one.unit.key for one in self.bank.held})


def bank_shown(bank: Bank, catalogue: Catalogue) -> BankShown:
    """Arrange a learner's bank for the page, newest certificates first."""
    return BankShown(
        bank=bank,
        goals=tuple(_goal(one, catalogue) for one in bank.goals),
        courses=bank.courses,
        certificates=tuple(certificates_shown(reversed(bank.certificates))),
    )


def certificates_shown(kept: Iterable[KeptCertificate]) -> Iterable[CertificateShown]:
    """Yield certificates with what their frozen plans say."""
    for one in kept:
        yield CertificateShown(one, statement_of(json.loads(one.plan)))


def _goal(one: Progress, catalogue: Catalogue) -> GoalShown:
    needed = sum(group.minimum for group in one.qualification.groups)
    return GoalShown(
        qualification=one.qualification,
        done=needed - one.missing_count,
        needed=needed,
        missing=one.missing_count,
        left=tuple(catalogue.unit(key) for key in one.left),
        held=tuple(catalogue.unit(key) for key in one.held),
    )
