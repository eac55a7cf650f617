"""A bank in a nutshell for tests: keys, a trust list, and documents sealed with them."""

import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
from reportlab.pdfgen.canvas import Canvas

from certificates.credential.open_badge import to_open_badge
from certificates.credential.snapshot import Party, Statement
from certificates.document.attachments import Attachment, Relationship
from certificates.document.certificate_pages import certificate as pages_of
from certificates.document.draft import Draft
from certificates.sealing.checkpoint import Checkpoint, sign_checkpoint
from certificates.sealing.development_pki import create_development_keys
from certificates.sealing.keys import KeyRing, Window, load_keys
from certificates.sealing.merkle import EMPTY_ROOT
from certificates.sealing.pades import seal_pdf
from certificates.sealing.status_list import StatusList, sign_status_list
from certificates.sealing.token import sign_credential
from certificates.sealing.trust_file import read_trust_list, write_trust_list
from certificates.sealing.trust_list import (
    Mandate,
    TrustedLog,
    TrustList,
    own_issuer,
    own_time_stampers,
)
from tests.benchmarks.first_engine import finish
from tests.certificates.statements import ISSUER, UNIT_LETTER

MADE = datetime(2026, 5, 1, tzinfo=UTC)
"""When the keys were made."""
ISSUED = UNIT_LETTER.issued_at
CHECKED = ISSUED + timedelta(hours=2)
"""When documents are checked, unless a test says otherwise."""
STATUS_URI = UNIT_LETTER.status.list_uri
ORIGIN = "log.bank.example"
STRANGER = Party("https://elsewhere.example/issuer", "หน่วยงานอื่น", "Somebody Else")


@cache
def ring(name: str = "bank", issuer: Party = ISSUER) -> KeyRing:
    """Return the keys of one bank; another ``name`` has other keys under the same names."""
    with tempfile.TemporaryDirectory() as home:
        create_development_keys(Path(home) / name, now=MADE, issuer=issuer)
        return load_keys(Path(home) / name)


@dataclass(frozen=True)
class Office:
    """What an issuer has published: whom it may certify and what it has revoked."""

    keys: KeyRing
    owners: tuple[str, ...] = ("TPQI",)
    mandate_from: datetime = MADE
    revoked: tuple[int, ...] = ()
    listed_at: datetime = ISSUED + timedelta(hours=1)

    def draft(self) -> TrustList:
        """Return the trust list before it is signed."""
        window = Window(self.mandate_from, self.mandate_from + timedelta(days=700))
        mandate = Mandate(self.owners, (), (), window)
        issuer = own_issuer(
            self.keys, role="school", mandates=(mandate,), status_lists=(STATUS_URI,)
        )
        content = StatusList.revoked(self.revoked, uri=STATUS_URI, issuer=issuer.id)
        head = Checkpoint(origin=ORIGIN, size=0, root=EMPTY_ROOT)
        return TrustList(
            root=self.keys.document.chain[-1],
            made_at=MADE,
            demonstration=True,
            issuers=(issuer,),
            log=TrustedLog(ORIGIN, self.keys.checkpoint.public_bytes, "https://log.bank.example/"),
            witnesses=(),
            status_tokens={
                STATUS_URI: sign_status_list(content, self.keys.status, at=self.listed_at)
            },
            checkpoint=sign_checkpoint(head, self.keys.checkpoint),
            time_stampers=own_time_stampers(self.keys),
        )

    def file(self) -> bytes:
        """Return ``trust.json``."""
        return write_trust_list(self.draft(), self.keys.trust)

    def trust(self) -> TrustList:
        """Return the trust list as a verifier reads it."""
        return read_trust_list(self.file())


@cache
def office() -> Office:
    """Return the bank of most tests."""
    return Office(ring())


@cache
def trust() -> TrustList:
    """Return the trust list of most tests."""
    return office().trust()


def page(*attachments: tuple[str, bytes], text: str = "certificate") -> bytes:
    """Return a PDF of one page with attached files."""
    drawn = BytesIO()
    canvas = Canvas(drawn, invariant=1)
    canvas.drawString(72, 700, text)
    canvas.save()
    with pikepdf.open(BytesIO(drawn.getvalue())) as document:
        for name, content in attachments:
            attach(document, name, content)
        finished = BytesIO()
        document.save(finished, deterministic_id=True)
    return finished.getvalue()


def attach(document: pikepdf.Pdf, name: str, content: bytes) -> None:
    """Attach a file to an open document."""
    document.attachments[name] = pikepdf.AttachedFileSpec(
        document,
        content,
        description="",
        filename=name,
        mime_type="application/octet-stream",
        creation_date="",
        mod_date="",
    )


def archived(statement: Statement, attachment: bytes) -> bytes:
    """Return a plain page for ``statement`` with a credential inside, ready to be sealed."""
    return finish(page(text=statement.serial), statement=statement, attachment=attachment)


def token(statement: Statement = UNIT_LETTER, keys: KeyRing | None = None) -> str:
    """Return the credential of a statement as VC-JWT."""
    return sign_credential(to_open_badge(statement), (keys or ring()).credential)


def draft(statement: Statement = UNIT_LETTER, credential: str | None = None) -> Draft:
    """Return a certificate that lacks only its seal."""
    content = (credential or token(statement)).encode()
    source = Attachment("credential.jwt", "application/vc+jwt", Relationship.SOURCE, content)
    return pages_of(statement).draft([source])


def sealed(
    statement: Statement = UNIT_LETTER, keys: KeyRing | None = None, *, at: datetime | None = None
) -> bytes:
    """Return a whole certificate: page, attached credential, seal."""
    keys = keys or ring()
    signed_at = statement.issued_at if at is None else at
    return seal_pdf(draft(statement, token(statement, keys)), keys.document, at=signed_at)


@cache
def certificate() -> bytes:
    """Return the one document that most tests check or damage."""
    return sealed()


def by_stranger(statement: Statement = UNIT_LETTER) -> bytes:
    """Return a certificate sealed by somebody the trust list does not know."""
    stranger = ring("stranger", STRANGER)
    return sealed(replace(statement, issuer=STRANGER), stranger)
