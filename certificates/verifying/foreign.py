"""Telling an honest document of somebody else from a broken one of ours.

Our own form is strict, so a sound signature by another program never has it. Calling such a
document forged would be wrong: we just cannot judge it. It counts as somebody else's only if
pyHanko, reading strictly and offline, finds every signature intact and the last one over the whole
file, and no certificate in the file bears a name we trust; in all doubt it is not, and the refusal
stands. Nothing here can ever make a document valid.
"""

import re
from importlib import import_module
from typing import Any, Final

from certificates.sealing.trust_list import TrustList
from certificates.verifying.library_reading import strict_reader
from certificates.verifying.signer import bears_trusted_name

_HEX_DIGITS: Final = re.compile(rb"[0-9A-Fa-f\s]{400,}")
MOST_SIGNATURES: Final = 16


def is_by_somebody_else(pdf: bytes, trust: TrustList | None) -> bool:
    """Tell whether ``pdf`` is intact under signatures of somebody the trust list does not name."""
    strings = b"\0".join(_unhex(found) for found in _HEX_DIGITS.findall(pdf))
    if trust is not None and bears_trusted_name(strings, trust):
        return False
    try:
        return _is_intact(pdf)
    except Exception:  # noqa: BLE001 - the library fails in more ways than it says
        return False


def _is_intact(pdf: bytes) -> bool:
    signatures = strict_reader(pdf).embedded_regular_signatures
    if not 1 <= len(signatures) <= MOST_SIGNATURES:
        return False
    whole = import_module("pyhanko.sign.validation.status").SignatureCoverageLevel.ENTIRE_FILE
    found = [_status(each) for each in signatures]
    sound = all(each.intact and each.valid and each.docmdp_ok is not False for each in found)
    return sound and found[-1].coverage == whole


def _status(signature: Any) -> Any:  # noqa: ANN401 - classes of a library that is loaded late
    context = import_module("pyhanko_certvalidator").ValidationContext(
        trust_roots=[], allow_fetching=False
    )
    validation = import_module("pyhanko.sign.validation")
    return validation.validate_pdf_signature(signature, context)


def _unhex(text: bytes) -> bytes:
    digits = b"".join(text.split())
    return bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
