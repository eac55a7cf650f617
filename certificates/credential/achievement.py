"""What a statement certifies, and the remarks that go with it."""

from operator import attrgetter

from certificates.credential import phrases
from certificates.credential.snapshot import (
    CertificateKind,
    CourseShown,
    PortfolioShown,
    QualificationShown,
    RecordShown,
    Shown,
    Statement,
    UnitShown,
)
from certificates.errors import CannotSay

_ALL_KINDS = attrgetter(*[kind.value for kind in CertificateKind])
_SENTENCE = {
    CertificateKind.HONOUR: phrases.HONOUR_SENTENCE,
    CertificateKind.RECORD: phrases.RECORD_SENTENCE,
    CertificateKind.PORTFOLIO: phrases.PORTFOLIO_SENTENCE,
}
"""Kinds that rest on more or other than one basis of one pass."""


def shown_of(statement: Statement) -> Shown:
    """Return what is certified; raises ``CannotSay('kind')`` unless that is one thing."""
    shown: Shown | None = getattr(statement, statement.kind.value)
    others = _ALL_KINDS(statement).count(None)
    if shown is None or others != len(CertificateKind) - 1:
        raise CannotSay("kind", field="kind", kind=statement.kind.value)
    return shown


def units_of(statement: Statement) -> tuple[UnitShown, ...]:
    """Return the units that a statement certifies; none for an honour.

    The issuer needs a mandate for each. What is left of an unfinished course is not among them.
    """
    shown = shown_of(statement)
    if isinstance(shown, UnitShown):
        return (shown,)
    if isinstance(shown, CourseShown | QualificationShown | RecordShown):
        return shown.units
    if isinstance(shown, PortfolioShown):
        return tuple(each.unit for each in shown.held)
    return ()


def remarks_of(statement: Statement) -> list[str]:
    """Return the sentences on the basis and, where it is one, on the demonstration."""
    remarks = [_SENTENCE.get(statement.kind, phrases.BASIS_SENTENCE[statement.basis])]
    if statement.demonstration:
        remarks.append(phrases.DEMONSTRATION)
    return remarks
