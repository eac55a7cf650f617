"""Images of every kind of paper, to be looked at: ``python -m tests.certificates.paper_samples``.

Writes one image a page at 100 dpi into ``docs/papers``; the unit letter with its verification
sheet.
"""

from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2  # type: ignore[import-untyped]  # no stubs are published

from certificates.credential.paper_token import paper_token
from certificates.credential.snapshot import CertificateKind, Statement
from certificates.document.issuer_marks import NO_MARKS, IssuerMarks
from certificates.issuing import prepare, prepare_for_print
from certificates.sealing.pades import seal_pdf
from certificates.sealing.token import sign_credential
from tests.certificates.drawn_marks import marks_in
from tests.certificates.papers import LETTERS
from tests.certificates.workshop import ring

FOLDER = Path("docs/papers")
DPI, COLOURS = 100, 256


def sealed(statement: Statement, marks: IssuerMarks = NO_MARKS) -> bytes:
    """Return the file as a bank would issue it."""
    keys = ring()

    def on_paper(jwt: str) -> str:
        digest = sha256(jwt.encode("ascii")).digest()
        key = keys.credential
        return paper_token(statement, digest, kid=key.kid, sign=key.sign)

    printed = statement.kind is CertificateKind.UNIT and marks is NO_MARKS
    ticket = prepare_for_print(statement) if printed else prepare(statement, marks=marks)
    done = ticket.seal(
        sign_credential=lambda said: sign_credential(said, keys.credential),
        seal_pdf=lambda draft: seal_pdf(draft, keys.document, at=statement.issued_at),
        sign_paper=on_paper if printed else None,
    )
    return done.pdf


def main() -> None:
    """Write the images anew."""
    for statement in LETTERS.values():
        _write(statement.kind.value, sealed(statement))
    with TemporaryDirectory() as home:
        marks = marks_in(Path(home) / "issuer")
    _write("own-marks", sealed(LETTERS[CertificateKind.QUALIFICATION], marks))


def _write(kind: str, pdf: bytes) -> None:
    pages = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(pages, start=1):
        name = kind if len(pages) == 1 else f"{kind}-{number}"
        image = page.render(scale=DPI / 72).to_pil().convert("RGB").quantize(COLOURS)
        image.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
