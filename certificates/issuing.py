"""Issuing one certificate: prepare, check, seal once.

``prepare`` is free of side effects and gives the same for the same statement; it makes the
credential and the page and reads them over. A ``Ticket`` then seals exactly these, at most once.
Rule for failures: a ticket is spent when its sealing begins. If a signer fails half-way nobody can
know what left the house, so the caller prepares again, from the plan that was written down before.
"""

from base64 import urlsafe_b64decode
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256
from json import loads
from threading import Lock
from typing import Any, Final

from certificates.credential.open_badge import to_open_badge
from certificates.credential.snapshot import Statement
from certificates.document.archive import finish
from certificates.document.attachments import Attachment
from certificates.document.sheet import draw_sheet
from certificates.errors import AlreadySealed, CannotSay
from certificates.proofreading import proofread

ATTACHMENT_NAME: Final = "credential.jwt"
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

    def __init__(self, statement: Statement, credential: dict[str, Any], page: bytes) -> None:
        """Keep what was checked; nobody can change it afterwards."""
        self._statement = statement
        self._credential = deepcopy(credential)
        self._page = page
        self._page_sha256 = sha256(page).hexdigest()
        self._unspent = Lock()

    @property
    def statement(self) -> Statement:
        """What the certificate says."""
        return self._statement

    @property
    def credential(self) -> dict[str, Any]:
        """The credential that will be signed; a copy each time."""
        return deepcopy(self._credential)

    @property
    def page_sha256(self) -> str:
        """Digest of the page that will be sealed, in hexadecimal."""
        return self._page_sha256

    def seal(
        self,
        *,
        sign_credential: Callable[[dict[str, Any]], str],
        seal_pdf: Callable[[bytes], bytes],
        attachments: Sequence[Attachment] = (),
    ) -> Sealed:
        """Sign the credential, embed it, seal the file.

        ``sign_credential`` returns the compact JWS (RFC 7515) whose payload is the credential,
        with registered claims added at most; ``seal_pdf`` appends a signature to the file;
        ``attachments`` follow the credential. Raises
        ``AlreadySealed`` for a second call, from whatever thread, and ``CannotSay`` with code
        ``signed-other`` or ``sealed-other`` where a signer gave back something else than it was
        handed. Whatever is raised, by the signers too, the ticket is spent.
        """
        if not self._unspent.acquire(blocking=False):
            raise AlreadySealed("already-sealed", id=self._statement.id)
        jwt = sign_credential(self.credential)
        _refuse_other_payload(jwt, self._credential)
        whole = finish(
            self._page,
            statement=self._statement,
            attachment_name=ATTACHMENT_NAME,
            attachment=jwt.encode("ascii"),
            further=attachments,
        )
        sealed = seal_pdf(whole)
        if not sealed.startswith(whole):
            raise CannotSay("sealed-other", id=self._statement.id)
        return Sealed(pdf=sealed, credential_jwt=jwt, pdf_sha256=sha256(sealed).hexdigest())


def prepare(statement: Statement) -> Ticket:
    """Return the ticket for ``statement``, read over and set.

    Raises ``CannotSay`` (a rule of ``proofreading`` is broken) or ``CannotSet`` (a text has no room
    or no glyph on the page); nothing was signed then, and nothing was written anywhere.
    """
    proofread(statement)
    credential = to_open_badge(statement)
    return Ticket(statement, credential, draw_sheet(statement))


def _refuse_other_payload(jwt: str, credential: dict[str, Any]) -> None:
    try:
        _, payload, _ = jwt.split(".")
        claims = loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        said = {name: claims[name] for name in claims if name not in REGISTERED_CLAIMS}
    except (ValueError, TypeError) as bad:
        raise CannotSay("signed-other", id=credential["id"]) from bad
    if said != credential:
        raise CannotSay("signed-other", id=credential["id"])
