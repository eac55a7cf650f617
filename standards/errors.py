"""Errors of this package.

StandardsError
|-- UnreadableFile     bytes that are no table or no JSON, or too large; names the file
|-- FaultInFile        a place in a file does not hold what it must; names row, field and value
|-- UnknownCode        no unit or qualification has this code or alias
|-- AmbiguousCode      several have it; names them
|-- BadQuery           a parameter of a look-up at the CASE provider is wrong; names it
`-- RefusedDecision    a person's decision cannot be carried out; names it

A leaf holds a stable code and the values; ``wording`` turns them into Thai and English sentences.
"""


class StandardsError(Exception):
    """Base of everything this package raises on purpose."""

    def __init__(self, code: str, **values: object) -> None:
        """Keep the stable ``code`` and the values that its sentence names."""
        super().__init__(code, values)
        self.code = code
        self.values = values


class UnreadableFile(StandardsError):
    """The bytes cannot be read as what they claim to be."""


class FaultInFile(StandardsError):
    """One place in a file is wrong; ``values`` holds ``file``, ``place`` and ``value``."""


class UnknownCode(StandardsError):
    """No unit or qualification is known by this code or alias."""


class AmbiguousCode(StandardsError):
    """Several units or qualifications share this alias; ``values`` holds ``candidates``."""


class BadQuery(StandardsError):
    """A query parameter cannot be followed; ``values`` holds ``parameter`` and ``value``."""


class RefusedDecision(StandardsError):
    """A person's decision breaks a rule; ``values`` holds its ``reference`` or its ``doubt``."""
