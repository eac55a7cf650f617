"""What a proof-reader finds in a standard, and the copy that is proof-read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from standards.model import Alias, AliasKind, Element, Qualification, Unit, UnitKey


class Severity(IntEnum):
    """How much a finding matters."""

    NOTE = 1
    """Seen in many right standards too; worth a look."""
    WARNING = 2
    """Most likely a slip of the source."""
    SERIOUS = 3
    """What is built on it would be wrong; it stops an import."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found."""

    code: str
    """Stable; ``finding_wording`` holds its sentence."""
    severity: Severity
    place: str
    """JSON path in the edition: ``$.units[3].elements[0]``."""
    unit: UnitKey | None = None
    values: tuple[tuple[str, str], ...] = ()
    """What the sentence names."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What is proof-read."""

    units: tuple[Unit, ...]
    qualifications: tuple[Qualification, ...] = ()
    descriptions: Mapping[UnitKey, str] = field(default_factory=dict)
    """Section 6 of the units whose pages were read; editions do not keep it."""

    def placed(self) -> Iterator[tuple[str, Unit]]:
        """Yield every unit with its place."""
        for n, unit in enumerate(self.units):
            yield f"$.units[{n}]", unit


def finding(
    code: str, severity: Severity, place: str, *, unit: Unit | None = None, **values: str
) -> Finding:
    """Return a finding; ``values`` is what its sentence names."""
    return Finding(
        code=code,
        severity=severity,
        place=place,
        unit=None if unit is None else unit.key,
        values=tuple(sorted(values.items())),
    )


def elements_of(place: str, unit: Unit) -> Iterator[tuple[str, Element]]:
    """Yield every element of ``unit`` with its place; none where they were not read."""
    for n, element in enumerate(unit.elements or ()):
        yield f"{place}.elements[{n}]", element


def local_codes(unit: Unit) -> tuple[Alias, ...]:
    """Return the local codes of a unit."""
    return tuple(each for each in unit.aliases if each.kind is AliasKind.LOCAL_CODE)


def certificate_codes(unit: Unit) -> tuple[str, ...]:
    """Return every certificate code of a unit, each once, its own first."""
    others = (a.value for a in unit.aliases if a.kind is AliasKind.CERTIFICATE_CODE)
    return tuple(dict.fromkeys(code for code in (unit.code, *others) if code is not None))
