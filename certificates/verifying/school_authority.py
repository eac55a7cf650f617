"""Whether the school that a certificate names had the mandate for what it says was passed there."""

from certificates.credential.achievement import units_of
from certificates.credential.snapshot import Statement
from certificates.errors import Refused
from certificates.sealing.school_mandate import school_may
from certificates.sealing.trust_list import TrustedIssuer


def require_school(statement: Statement, issuer: TrustedIssuer) -> None:
    """Require a mandate of the school for every unit on the day of the pass.

    What an issuer says in its own name, as a portfolio over several schools, needs none.

    Raises:
        Refused: ``school-mandate``.

    """
    if statement.school.id == statement.issuer.id:
        return
    for unit in units_of(statement):
        named = (statement.school.id, unit.owner, unit.code)
        if not school_may(issuer.schools, *named, at=statement.issued_at):
            raise Refused("school-mandate", school=statement.school.id, unit=unit.code)
