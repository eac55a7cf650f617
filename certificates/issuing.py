"""Issuing one certificate: prepare, check, seal once.

``prepare`` is free of side effects and gives the same for the same statement; it makes the
credential and the page and reads them over. A ``Ticket`` then seals exactly these, at most once.
Rule for failures: a ticket is spent when its sealing begins. If a signer fails half-way nobody can
know what left the house, so the caller prepares again, from the plan that was written down before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from orjson import loads

from certificates.credential.open_badge import to_open_badge
from certificates.credential.snapshot import Statement
from certificates.document.attachments import Attachment, Relationship
from certificates.document.issuer_marks import NO_MARKS, IssuerMarks
from certificates.errors import AlreadySealed, CannotSay
from certificates.proofreading import proofread
from certificates.sealing.strict_json import from_base64url, quickly

if TYPE_CHECKING:  # the press is loaded with the first print: a server that only answers has none
    from certificates.document.draft import Draft
    from certificates.document.template import Filled

ATTACHMENT_NAME: Final = "credential.jwt"
ATTACHMENT_TYPE: Final = "application/vc+jwt"
"""Media type of a credential secured as a JWT (W3C VC-JOSE-COSE, section 6.1)."""
_DESCRIPTION: Final = "Open Badges 3.0 credential (VC-JWT)"
REGISTERED_CLAIMS: Final = frozenset({"iss", "sub", "jti", "nbf", "exp", "iat"})
"""What a signer may add to a credential (Open Badges 3.0, section 8.2; RFC 7519, section 4.1)."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A certificate as it leaves the house."""

    pdf: bytes
    credential_jwt: str
    pdf_sha256: str
    """Digest of ``pdf``, in hexadecimal."""


class Ticket:
    """A checked certificate that can be sealed once; made by ``prepare``."""

    def __init__(self, statement: Statement, credential: dict[str, Any], pages: "Filled") -> None:
        """Keep what was checked; nobody can change it afterwards."""
        self._statement = statement
        self._credential = quickly(credential)
        self._pages = pages
        self._unspent = Lock()

    @property
    def statement(self) -> Statement:
        """What the certificate says."""
        return self._statement

    @property
    def credential(self) -> dict[str, Any]:
        """The credential that will be signed; a copy each time."""
        copy: dict[str, Any] = loads(self._credential)
        return copy

    @property
    def page_sha256(self) -> str:
        """Digest of what the sealed pages will show and say, in hexadecimal."""
        return self._pages.digest()

    @property
    def awaits_paper_token(self) -> bool:
        """Whether a signed statement is still to come onto its verification sheet."""
        return not self._pages.is_complete

    def seal(
        self,
        *,
        sign_credential: Callable[[dict[str, Any]], str],
        seal_pdf: "Callable[[Draft], bytes]",
        attachments: Sequence[Attachment] = (),
        sign_paper: Callable[[str], str] | None = None,
    ) -> Sealed:
        """Sign the credential, embed it, seal the file.

        ``sign_credential`` returns the compact JWS (RFC 7515) whose payload is the credential,
        with registered claims added at most; ``seal_pdf`` puts a signature into the draft;
        ``attachments`` follow the credential; ``sign_paper`` returns, for the signed credential,
        the statement on the verification sheet, which a ticket with such a sheet needs.

        Raises ``AlreadySealed`` for a second call, from whatever thread, and ``CannotSay`` with
        code ``signed-other`` or ``sealed-other`` where a signer gave back something else than it
        was handed. Whatever is raised, by the signers too, the ticket is spent.
        """
        if not self._unspent.acquire(blocking=False):
            raise AlreadySealed("already-sealed", id=self._statement.id)
        jwt = sign_credential(self.credential)
        if not _says_no_other(jwt, self._credential):
            raise CannotSay("signed-other", id=self._statement.id)
        pages = self._pages
        if sign_paper is not None:
            from certificates.document.certificate_pages import with_token  # noqa: PLC0415  (above)

            pages = with_token(pages, sign_paper(jwt))
        draft = pages.draft([_source(jwt), *attachments])
        sealed = seal_pdf(draft)
        if not draft.is_sealed_as(sealed):
            raise CannotSay("sealed-other", id=self._statement.id)
        digest = draft.hash_state()
        digest.update(memoryview(sealed)[len(draft.beginning) :])
        return Sealed(pdf=sealed, credential_jwt=jwt, pdf_sha256=digest.hexdigest())


def prepare(
    statement: Statement,
    *,
    verification_sheet: bool = False,
    compact: bool = False,
    marks: IssuerMarks = NO_MARKS,
) -> Ticket:
    """Return the ticket for ``statement``, read over and set.

    A ``verification_sheet`` is a second page that can be checked from paper alone; ``compact``
    files take about half the bytes and longer to make; ``marks`` are the issuer's emblem and
    signatories. Raises ``CannotSay`` (a rule of
    ``proofreading`` is broken) or ``CannotSet`` (a text has no room or no glyph on the page);
    nothing was signed then, and nothing was written anywhere.
    """
    from certificates.document.certificate_pages import certificate  # noqa: PLC0415  (above)

    proofread(statement)
    credential = to_open_badge(statement)
    pages = certificate(
        statement, verification_sheet=verification_sheet, compact=compact, marks=marks
    )
    return Ticket(statement, credential, pages)


def prepare_for_print(statement: Statement, marks: IssuerMarks = NO_MARKS) -> Ticket:
    """Return the ticket for ``statement`` as a paper that can be checked with no network.

    Every kind gets a verification sheet but the portfolio, which tells on a page of its own how
    to check it. Raises as ``prepare``.
    """
    return prepare(statement, verification_sheet=statement.portfolio is None, marks=marks)


def _source(jwt: str) -> Attachment:
    """Return the credential as the file that the pages are drawn from."""
    content = jwt.encode("ascii")
    return Attachment(ATTACHMENT_NAME, ATTACHMENT_TYPE, Relationship.SOURCE, content, _DESCRIPTION)


def _says_no_other(jwt: str, credential: bytes) -> bool:
    """Tell whether the payload is the credential, with registered claims added at most."""
    beginning = credential[:-1] + b","
    try:
        _, payload, _ = jwt.split(".")
        said = from_base64url(payload)
        if said.startswith(beginning):  # byte for byte: only what follows needs to be read
            added = loads("{" + said[len(beginning) :].decode())
            return bool(added) and added.keys() <= REGISTERED_CLAIMS
        claims = loads(said)
        rest = {name: claims[name] for name in claims if name not in REGISTERED_CLAIMS}
    except (ValueError, TypeError):
        return False
    return bool(rest == loads(credential))
