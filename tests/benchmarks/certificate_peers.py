"""Other people's ways to make the same unit letter: drawn by them, sealed by pyHanko.

Each draws the same texts in the same typeface, shaped where it can, and a QR symbol, but no
artwork; pyHanko then signs with P-256. They are peers to measure against, not part of the product.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from typing import Any

import pyhanko.sign.signers
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certificates.credential.snapshot import Statement
from certificates.document.page_items import Words
from certificates.document.palette import PAGE_HEIGHT, PAGE_WIDTH
from certificates.document.sheet import sheet_items
from certificates.sealing.keys import DocumentKey
from tests.benchmarks.first_engine import drawn_page, finish
from tests.benchmarks.revision_seal import seal_revision

FONTS = files("fontpkg_sarabun").joinpath("files")
RESERVED = 16_384


@dataclass(frozen=True, slots=True)
class Peer:
    """A way to make one certificate."""

    name: str
    make: Callable[[Statement, str], bytes]
    """Statement and signed credential to a sealed file."""


def peers(key: DocumentKey, raw: ec.EllipticCurvePrivateKey) -> Iterator[tuple[str, Peer | str]]:
    """Yield each peer by name; the reason instead where it cannot run on this machine."""
    default, tuned = _default_signer(key, raw), _tuned_signer(key)
    yield "first engine (pikepdf + pyHanko)", Peer("first", _first_engine(key))
    drawings: tuple[tuple[str, Callable[[], Callable[[Statement, str], bytes]]], ...] = (
        ("ReportLab", _reportlab),
        ("fpdf2", _fpdf),
        ("WeasyPrint", _weasyprint),
        ("typst", _typst),
    )
    for name, ready in drawings:
        try:
            draw = ready()
        except (ImportError, OSError) as absent:
            yield f"{name} + pyHanko", f"absent: {type(absent).__name__}"
            continue
        yield f"{name} + pyHanko", Peer(name, _signed(draw, tuned, reserved=RESERVED))
        if name == "ReportLab":
            yield f"{name} + pyHanko default", Peer(name, _signed(draw, default, reserved=None))


def shown_texts(statement: Statement) -> list[tuple[str, float, float, float, bool]]:
    """Return every line of the certificate: text, left, baseline, size, bold."""
    return [
        (line.text, x, y, item.setting.size, item.setting.weight.value == "Bold")
        for item in sheet_items(statement)
        if isinstance(item, Words)
        for line, x, y in item.rows()
    ]


def _first_engine(key: DocumentKey) -> Callable[[Statement, str], bytes]:
    def make(statement: Statement, jwt: str) -> bytes:
        whole = finish(drawn_page(statement), statement=statement, attachment=jwt.encode())
        return seal_revision(whole, key, at=statement.issued_at)

    return make


def _signed(
    draw: Callable[[Statement, str], bytes],
    signer: pyhanko.sign.signers.Signer,
    *,
    reserved: int | None,
) -> Callable[[Statement, str], bytes]:
    meta = pyhanko.sign.signers.PdfSignatureMetadata(
        field_name="Seal", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, certify=True
    )

    def make(statement: Statement, jwt: str) -> bytes:
        writer = IncrementalPdfFileWriter(BytesIO(draw(statement, jwt)), strict=False)
        pdf_signer = pyhanko.sign.signers.PdfSigner(
            meta, signer, new_field_spec=SigFieldSpec("Seal")
        )
        output = pdf_signer.sign_pdf(writer, bytes_reserved=reserved)
        return bytes(output.getvalue())

    return make


def _store(key: DocumentKey) -> Any:  # noqa: ANN401 - a library without types
    store: Any = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # no types there
    store.register_multiple([asn1_x509.Certificate.load(der) for der in key.chain[1:]])
    return store


def _default_signer(
    key: DocumentKey, raw: ec.EllipticCurvePrivateKey
) -> pyhanko.sign.signers.Signer:
    private = raw.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return pyhanko.sign.signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(key.chain[0]),
        signing_key=asn1_keys.PrivateKeyInfo.load(private),
        cert_registry=_store(key),
    )


def _tuned_signer(key: DocumentKey) -> pyhanko.sign.signers.Signer:
    """Return a signer that keeps its key loaded, which the library's own does not."""

    class Kept(pyhanko.sign.signers.Signer):
        async def async_sign_raw(
            self,
            data: bytes,
            digest_algorithm: str,
            dry_run: bool = False,  # noqa: FBT001, FBT002
        ) -> bytes:
            del digest_algorithm
            if dry_run:
                return bytes(72)
            made = key.sign(data)
            halves = (int.from_bytes(made[:32], "big"), int.from_bytes(made[32:], "big"))
            return encode_dss_signature(*halves)

    return Kept(
        signing_cert=asn1_x509.Certificate.load(key.chain[0]),
        cert_registry=_store(key),
    )


def _reportlab() -> Callable[[Statement, str], bytes]:
    from reportlab.graphics import renderPDF  # noqa: PLC0415 - a peer may be absent
    from reportlab.graphics.barcode.qr import QrCodeWidget  # noqa: PLC0415
    from reportlab.graphics.shapes import Drawing  # noqa: PLC0415
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont, shapeStr  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    for weight in ("Regular", "Bold"):
        path = str(FONTS.joinpath(f"Sarabun-{weight}.ttf"))
        pdfmetrics.registerFont(TTFont(f"Sarabun-{weight}", path, shapable=True))

    def draw(statement: Statement, jwt: str) -> bytes:
        del jwt
        written = BytesIO()
        canvas = Canvas(written, pagesize=(PAGE_WIDTH, PAGE_HEIGHT))
        for inset in (20, 35, 38):
            canvas.rect(inset, inset, PAGE_WIDTH - 2 * inset, PAGE_HEIGHT - 2 * inset)
        for line, x, y, size, bold in shown_texts(statement):
            name = "Sarabun-Bold" if bold else "Sarabun-Regular"
            canvas.setFont(name, size)
            canvas.drawString(x, y, shapeStr(line, name, size, force=True))
        code = QrCodeWidget(statement.check_url, barLevel="M")
        drawing = Drawing(80, 80)
        drawing.add(code)
        renderPDF.draw(drawing, canvas, PAGE_WIDTH - 150, 60)
        canvas.showPage()
        canvas.save()
        return written.getvalue()

    return draw


def _fpdf() -> Callable[[Statement, str], bytes]:
    import segno  # noqa: PLC0415 - a peer may be absent
    from fpdf import FPDF  # noqa: PLC0415

    def draw(statement: Statement, jwt: str) -> bytes:
        pdf = FPDF(orientation="landscape", unit="pt", format="A4")
        pdf.add_font("Sarabun", "", str(FONTS.joinpath("Sarabun-Regular.ttf")))
        pdf.add_font("Sarabun", "B", str(FONTS.joinpath("Sarabun-Bold.ttf")))
        pdf.add_page()
        pdf.set_text_shaping(use_shaping_engine=True)
        for inset in (20, 35, 38):
            pdf.rect(inset, inset, PAGE_WIDTH - 2 * inset, PAGE_HEIGHT - 2 * inset)
        for line, x, y, size, bold in shown_texts(statement):
            pdf.set_font("Sarabun", "B" if bold else "", size)
            pdf.text(x, PAGE_HEIGHT - y, line)
        picture = BytesIO()
        segno.make(statement.check_url, error="m").save(picture, kind="png")
        pdf.image(picture, PAGE_WIDTH - 150, PAGE_HEIGHT - 140, 80, 80)
        pdf.embed_file(bytes=jwt.encode(), basename="credential.jwt")
        return bytes(pdf.output())

    return draw


def _weasyprint() -> Callable[[Statement, str], bytes]:
    import segno  # noqa: PLC0415 - a peer may be absent
    from weasyprint import HTML  # type: ignore[import-untyped]  # noqa: PLC0415 - no stubs
    from weasyprint.text.fonts import (  # type: ignore[import-untyped]  # noqa: PLC0415 - no stubs
        FontConfiguration,
    )

    faces = "".join(
        f"@font-face{{font-family:Sarabun;font-weight:{weight};"
        f"src:url(file://{FONTS.joinpath(f'Sarabun-{name}.ttf')})}}"
        for name, weight in (("Regular", 400), ("Bold", 700))
    )
    fonts = FontConfiguration()

    def draw(statement: Statement, jwt: str) -> bytes:
        del jwt
        lines = "".join(
            f'<div style="left:{x}pt;top:{PAGE_HEIGHT - y - size}pt;font-size:{size}pt;'
            f'font-weight:{700 if bold else 400}">{line}</div>'
            for line, x, y, size, bold in shown_texts(statement)
        )
        code = segno.make(statement.check_url, error="m").svg_inline(scale=2)
        style = "@page{size:A4 landscape;margin:0}div{position:absolute;font-family:Sarabun}"
        html = f"<style>{faces}{style}</style>{lines}<div style='right:60pt'>{code}</div>"
        return bytes(HTML(string=html).write_pdf(font_config=fonts))

    return draw


def _typst() -> Callable[[Statement, str], bytes]:
    import segno  # noqa: PLC0415 - a peer may be absent
    import typst  # noqa: PLC0415

    compiler = typst.Compiler(font_paths=[str(FONTS)])

    def draw(statement: Statement, jwt: str) -> bytes:
        del jwt
        lines = "\n".join(
            f"#place(dx: {x}pt, dy: {PAGE_HEIGHT - y - size}pt, text(size: {size}pt, "
            f'weight: "{"bold" if bold else "regular"}", "{line}"))'
            for line, x, y, size, bold in shown_texts(statement)
        )
        picture = BytesIO()
        segno.make(statement.check_url, error="m").save(picture, kind="svg", scale=2)
        svg = picture.getvalue().decode().replace('"', "'")
        head = '#set page(width: 842pt, height: 595pt, margin: 0pt)\n#set text(font: "Sarabun")\n'
        body = f'{head}{lines}\n#place(dx: 690pt, dy: 450pt, image(bytes("{svg}"), format: "svg"))'
        made = compiler.compile(input=body.encode(), format="pdf")
        if not isinstance(made, bytes):
            raise TypeError("not one file")
        return made

    return draw
