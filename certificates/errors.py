"""Errors of this package.

CertificateError
|-- CannotSay          the statement is not well formed; nothing was signed
|-- CannotSet          a text cannot be typeset; names the field and the character
|-- MarkUnusable       an issuer's emblem, signature or list of signatories cannot be used
|-- NotACode           what was typed or scanned is no paper code; says why
|-- AlreadySealed      a ticket was redeemed before
|-- KeyUnusable        a key is missing, unreadable, or readable by others
|-- StampMissing       no usable time stamp was had; nothing was sealed
|-- ProofFails         a Merkle proof or a signed checkpoint does not hold
`-- CheckStopped       a check of a document ended before everything was proved
    |-- Refused        the document is not what a trusted issuer signed        -> forged
    |-- NoLongerValid  genuine, but revoked, suspended, expired or replaced    -> changed
    `-- NotChecked     something needed for the check could not be had or read -> unknown

A leaf holds a stable code and the values; ``report`` turns them into Thai and English sentences.
"""


class CertificateError(Exception):
    """Base of everything this package raises on purpose."""

    def __init__(self, code: str, **values: object) -> None:
        """Keep the stable ``code`` and the values that its sentence names."""
        super().__init__(code, values)
        self.code = code
        self.values = values


class CannotSay(CertificateError):
    """The statement is incomplete or contradicts itself; raised before anything is signed."""


class CannotSet(CertificateError):
    """A text cannot be typeset; ``values`` names ``field`` and ``character`` or ``width``."""


class MarkUnusable(CertificateError):
    """An issuer's own mark is damaged, too large or of no kind that is taken; names ``file``."""


class NotACode(CertificateError):
    """A typed or scanned text is no paper code: wrong length, character or check character."""


class AlreadySealed(CertificateError):
    """A ticket seals once; a second redemption is a fault of the caller."""


class KeyUnusable(CertificateError):
    """A key file is missing, unreadable, damaged, or readable by others than its owner."""


class StampMissing(CertificateError):
    """A time-stamping authority did not answer, refused, or answered something else."""


class ProofFails(CertificateError):
    """A proof, a saved frontier or a checkpoint of the log does not hold or is not well formed."""


class CheckStopped(CertificateError):
    """A check ended early; the three leaves say what may be concluded."""


class Refused(CheckStopped):
    """The document does not match what a trusted issuer signed (verdict ``forged``)."""


class NoLongerValid(CheckStopped):
    """Genuine, but revoked, suspended, expired or replaced (verdict ``changed``)."""


class NotChecked(CheckStopped):
    """Something needed is missing, too old or unreadable (verdict ``unknown``)."""
