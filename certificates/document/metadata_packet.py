"""The XMP packet of a certificate (ISO 16684-1; identification schema of ISO 19005-3, 6.6.4)."""

from datetime import datetime
from xml.sax.saxutils import escape

from certificates.credential.achievement import shown_of
from certificates.credential.snapshot import Statement
from certificates.document import page_words

CONFORMANCE = "A"
"""Level A of PDF/A-3: every text is tagged, in reading order, and maps to its characters."""

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <pdfaid:part>3</pdfaid:part>
   <pdfaid:conformance>{conformance}</pdfaid:conformance>
   <dc:format>application/pdf</dc:format>
   <dc:identifier>{identifier}</dc:identifier>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{creator}</rdf:li></rdf:Seq></dc:creator>
   <dc:language><rdf:Bag><rdf:li>th</rdf:li></rdf:Bag></dc:language>
   <xmp:CreateDate>{moment}</xmp:CreateDate>
   <xmp:ModifyDate>{moment}</xmp:ModifyDate>
   <xmp:MetadataDate>{moment}</xmp:MetadataDate>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def title_of(statement: Statement) -> str:
    """Return the document's title: kind, what in, and serial number; not the holder's name.

    Titles show in window bars, search results and logs, where a name has no business.
    """
    kind = page_words.KIND[statement.kind][0]
    return f"{kind}: {shown_of(statement).title_th} ({statement.serial})"


def metadata_packet(statement: Statement) -> bytes:
    """Return the packet, UTF-8; its dates are the moment of issue."""
    packet = _PACKET.format(
        conformance=CONFORMANCE,
        identifier=escape(statement.id),
        title=escape(title_of(statement)),
        creator=escape(statement.issuer.name_th),
        moment=_iso(statement.issued_at),
    )
    return packet.encode()


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
