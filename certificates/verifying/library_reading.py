"""Reading a PDF with pyHanko, strictly and quietly; loaded only when a document needs it."""

import logging
from functools import cache
from importlib import import_module
from io import BytesIO
from typing import Any, Final

_CHATTY: Final = ("pyhanko", "pyhanko_certvalidator")


def strict_reader(pdf: bytes) -> Any:  # noqa: ANN401 - a class of a library that is loaded late
    """Return pyHanko's reader of ``pdf``; it fails in many ways, all of them the caller's."""
    return _reader()(BytesIO(pdf), strict=True)


@cache
def _reader() -> Any:  # noqa: ANN401 - a class of a library that is loaded late
    found = import_module("pyhanko.pdf_utils.reader").PdfFileReader
    for name in _CHATTY:  # its warnings quote the document, which is no business of a log
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return found
