"""What holds for everything a bank issues, and what is drawn for one certificate only."""

from dataclasses import dataclass

from certificates.credential.snapshot import Party
from certificates.document.issuer_marks import NO_MARKS, IssuerMarks
from competency_bank.domain.people import School


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for everything a bank issues."""

    issuer: Party
    public_url: str
    """Address of the bank's pages, without a slash at the end; only the QR code holds it."""
    serial_prefix: str
    demonstration: bool
    """True when the keys are development keys."""
    marks: IssuerMarks = NO_MARKS
    """The issuer's emblem and signatories; they stand on pages, not in credentials."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is drawn or counted for one certificate only."""

    id: str
    serial: str
    paper_code: str
    status_list: int
    status_index: int


def check_url(public_url: str, paper_code: str) -> str:
    """Return the address in the QR: upper case, so that it needs the fewest modules."""
    return f"{public_url}/v/{paper_code}".upper()


def status_list_uri(terms: Terms, number: int) -> str:
    """Return the name of one status list.

    It stands below the issuer's own URI, which lasts as long as the keys: a name below the address
    of the pages would be lost with the next move, and every older certificate with it.
    """
    return f"{terms.issuer.id}/status/{number}"


def school_party(school: School, terms: Terms) -> Party:
    """Return a school as certificates name it."""
    return Party(f"{terms.issuer.id}/schools/{school.id}", school.name_th, school.name_en)
