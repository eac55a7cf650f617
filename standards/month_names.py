"""Names of months and eras in typed dates; in lower case, without dots and blanks."""

_THAI = (
    ("มกราคม", "มค"),
    ("กุมภาพันธ์", "กพ"),
    ("มีนาคม", "มีค"),
    ("เมษายน", "เมย"),
    ("พฤษภาคม", "พค"),
    ("มิถุนายน", "มิย"),
    ("กรกฎาคม", "กค"),
    ("สิงหาคม", "สค"),
    ("กันยายน", "กย"),
    ("ตุลาคม", "ตค"),
    ("พฤศจิกายน", "พย"),
    ("ธันวาคม", "ธค"),
)
_ENGLISH = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may", "may"),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)

THAI_MONTHS = {name: n for n, names in enumerate(_THAI, start=1) for name in names}
"""Thai month name, full or short, to 1-12."""

ENGLISH_MONTHS = {name: n for n, names in enumerate(_ENGLISH, start=1) for name in names}
"""English month name, full or of three letters, to 1-12."""

BUDDHIST_ERA = frozenset({"พศ", "be"})
COMMON_ERA = frozenset({"คศ", "ce", "ad"})

DATE_PREFIX = "วันที่"
"""The word that may stand before a date."""
