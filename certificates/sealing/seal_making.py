"""Making the seal of a document: signed, time-stamped where the key is set up so, assembled.

Whoever writes the document asks ``seal_room`` how many bytes to keep free, and ``make_seal`` for
the bytes, once the digest of everything else is known.
"""

from certificates.errors import CannotSay
from certificates.sealing.cms_profile import longest_seal, seal_mould, signed_attributes
from certificates.sealing.keys import DocumentKey
from certificates.sealing.p256 import low_der


def seal_room(key: DocumentKey) -> int:
    """Return the most bytes that ``make_seal`` returns for this key."""
    return longest_seal(*key.chain[:2], time_stamp=key.longest_stamp)


def make_seal(key: DocumentKey, digest: bytes) -> bytes:
    """Return the CMS over a document with this SHA-256: B-B, or B-T where the key has stamps.

    Raises:
        CannotSay: ``time-stamp-too-long``; and whatever the key and the authority raise.

    """
    signer, authority = key.chain[:2]
    signature = low_der(key.sign(signed_attributes(digest, signer)))
    token = key.stamp(signature) if key.stamp else b""
    if len(token) > key.longest_stamp:
        raise CannotSay("time-stamp-too-long", length=len(token))
    mould = seal_mould(signer, authority, len(signature), len(token))
    return mould.filled(digest, signature, *([token] if token else []))
