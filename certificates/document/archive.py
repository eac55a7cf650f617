"""Making a page a file to keep: PDF/A-3 with the credential inside.

Sources: ISO 19005-3 (PDF/A-3): 6.2.3 output intent, 6.6 metadata, 6.8 embedded files;
ISO 32000-1, 7.11.4 embedded files, 14.4 file identifiers. Equal input gives equal bytes: all dates
are the statement's moment of issue, and the identifier comes from the statement's id.
"""

from collections.abc import Sequence
from functools import cache
from hashlib import md5, sha256
from io import BytesIO
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String
from PIL import ImageCms

from certificates.credential.snapshot import Statement
from certificates.document.attachments import Attachment, Relationship
from certificates.document.metadata_packet import metadata_packet, title_of

ATTACHMENT_TYPE: Final = "application/vc+jwt"
"""Media type of a credential secured as a JWT (W3C VC-JOSE-COSE, section 6.1)."""
_ICC_DATE: Final = slice(24, 36)
_ICC_ID: Final = slice(84, 100)
_FIXED_ICC_DATE: Final = bytes.fromhex("07d0 0001 0001 0000 0000 0000")


def finish(
    page_pdf: bytes,
    *,
    statement: Statement,
    attachment_name: str,
    attachment: bytes,
    further: Sequence[Attachment] = (),
) -> bytes:
    """Return ``page_pdf`` as a PDF/A-3 file with ``attachment`` embedded, ready to be sealed.

    ``attachment`` is the signed credential (VC-JWT) from which page and file can be proved; the
    page must have every font embedded, as ``draw_sheet`` gives it.
    """
    with pikepdf.open(BytesIO(page_pdf)) as pdf:
        root = pdf.Root
        packet = metadata_packet(statement)
        root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
        root.OutputIntents = Array([_output_intent(pdf)])
        root.Lang = String("th")
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        files = {
            each.name: _embedded_file(pdf, statement, each)
            for each in (_credential(attachment_name, attachment), *further)
        }
        root.AF = Array(list(files.values()))
        names = Array([part for name in sorted(files) for part in (String(name), files[name])])
        root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))
        pdf.trailer.Info = pdf.make_indirect(Dictionary(Title=String(title_of(statement))))
        identifier = String(sha256(statement.id.encode()).digest()[:16])
        pdf.trailer.ID = Array([identifier, identifier])
        written = BytesIO()
        pdf.save(written, min_version="1.7", deterministic_id=True)
    return written.getvalue()


def _credential(name: str, token: bytes) -> Attachment:
    description = "Open Badges 3.0 credential (VC-JWT)"
    return Attachment(name, ATTACHMENT_TYPE, Relationship.SOURCE, token, description)


def _embedded_file(pdf: Pdf, statement: Statement, file: Attachment) -> Object:
    """Return the file specification of an attachment."""
    moment = String(statement.issued_at.strftime("D:%Y%m%d%H%M%SZ"))
    params = Dictionary(
        Size=len(file.content),
        CheckSum=String(md5(file.content, usedforsecurity=False).digest()),
        CreationDate=moment,
        ModDate=moment,
    )
    subtype = Name("/" + file.media_type)
    stream = pdf.make_stream(file.content, Type=Name.EmbeddedFile, Subtype=subtype, Params=params)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(file.name),
            UF=String(file.name),
            Desc=String(file.description),
            AFRelationship=Name(f"/{file.relationship.value}"),
            EF=Dictionary(F=stream, UF=stream),
        )
    )


def _output_intent(pdf: Pdf) -> Object:
    profile = pdf.make_stream(srgb_profile(), N=3, Alternate=Name.DeviceRGB)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier=String("sRGB"),
            Info=String("sRGB IEC61966-2.1"),
            DestOutputProfile=profile,
        )
    )


@cache
def srgb_profile() -> bytes:
    """Return an sRGB ICC profile that is the same on every day.

    The library writes the present moment into the header (ICC.1, 7.2.8); a fixed date stands there
    instead, or two runs would never give the same file.
    """
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_ICC_DATE] = _FIXED_ICC_DATE
    profile[_ICC_ID] = bytes(16)
    return bytes(profile)
