"""Errors of the bank's rules.

BankError
|-- NotFound       no person, class, course, certificate or entry has this name
|-- NotAllowed     this person may not do this here
|-- Conflict       it contradicts what is recorded, or was done before in another way
|-- BadInput       a value that was handed in cannot be what it should be
|-- NotNow         the bank itself cannot do it now; nothing was changed, try again later
`-- RecordDamaged  stored bytes are not what was written; the bank stops rather than guesses

A leaf holds a stable code and the values; ``messages`` turns them into Thai and English
sentences. Which HTTP status or exit status that means is the business of the doors.
"""


class BankError(Exception):
    """Base of everything the bank raises on purpose."""

    def __init__(self, code: str, **values: object) -> None:
        """Keep the stable ``code`` and the values that its sentence names."""
        super().__init__(code, values)
        self.code = code
        self.values = values


class NotFound(BankError):
    """Nothing is known by this name; ``values`` holds ``name``."""


class NotAllowed(BankError):
    """The person has no mandate for this; nothing was changed."""


class Conflict(BankError):
    """The request contradicts what is recorded; nothing was changed."""


class BadInput(BankError):
    """A value is not of the form or range it must have; ``values`` names it and its place."""


class NotNow(BankError):
    """Disk, database or clock fail the bank; nothing was changed, and trying again is safe."""


class RecordDamaged(BankError):
    """A stored entry, tile or checkpoint is not what was written; ``values`` names it."""
