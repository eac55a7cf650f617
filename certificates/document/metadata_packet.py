"""What a file says about itself: the XMP packet (ISO 16684-1) and the same title for old readers.

Identification schemas: ISO 19005-3, 6.6.4 (PDF/A) and ISO 14289-1, 5 (PDF/UA); the latter is not
predefined, so its one property is described in an extension schema (ISO 19005-3, 6.6.2.3).
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import Final

from certificates.document.flowing import joined, part

CONFORMANCE: Final = "A"
"""Level A of PDF/A-3: every text is tagged, in reading order, and maps to its characters."""

_PACKET: Final = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>{CONFORMANCE}</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
<dc:identifier>{{identifier}}</dc:identifier>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{{title}}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{{creator}}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>th</rdf:li></rdf:Bag></dc:language>
{{dates}}
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


_CUT: Final = re.split(r"\{(\w+)\}", _PACKET)
_PARTS: Final = tuple(part(piece.encode()) for piece in _CUT[::2])
_GAPS: Final = tuple(_CUT[1::2])
"""The packet cut apart: what never changes, and the names of what stands between."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file says about itself, besides its pages."""

    identifier: str
    """URN of the credential that the pages are drawn from."""
    title: str
    """Shows in window bars, search results and logs: it names nobody."""
    creator: str
    moment: datetime
    """Moment of issue, UTC, whole seconds: every date in the file."""


def packed_metadata(facts: FileFacts) -> bytes:
    """Return the packet, UTF-8, as zlib data (allowed since ISO 19005-2)."""
    said = {
        "identifier": escape(facts.identifier, quote=False),
        "title": escape(facts.title, quote=False),
        "creator": escape(facts.creator, quote=False),
        "dates": _dates(facts.moment),
    }
    return joined(_PARTS, [said[name].encode() for name in _GAPS])


@lru_cache(maxsize=64)
def _dates(moment: datetime) -> str:
    written = moment.isoformat().replace("+00:00", "Z")
    names = ("CreateDate", "ModifyDate", "MetadataDate")
    return "\n".join([f"<xmp:{name}>{written}</xmp:{name}>" for name in names])


@lru_cache(maxsize=64)
def pdf_moment(moment: datetime) -> str:
    """Return a moment in UTC as a PDF date (ISO 32000-1, 7.9.4), for example D:20260504031500Z."""
    digits = moment.isoformat()[:19].translate(_NO_SIGNS)
    return f"D:{digits}Z"


_NO_SIGNS: Final = str.maketrans("", "", "-:T")
