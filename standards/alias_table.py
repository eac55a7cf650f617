"""Every name by which sources know a unit, with the edition, its day and the page that say so.

Names are looked up here, never joined by: one unit has several codes, one code stands on several
pages, and local codes of two books collide.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from standards.catalogue import Catalogue
from standards.codes import normalise_code
from standards.model import AliasKind, EditionId, Unit, UnitKey


@dataclass(frozen=True, slots=True)
class AliasRow:
    """One name of one unit, as the first edition that has it states it."""

    kind: AliasKind
    value: str
    scope: str | None
    unit: UnitKey
    edition: EditionId
    since: date
    """Release of that edition."""
    source_url: str | None
    """Page from which the unit was read."""


def alias_table(catalogue: Catalogue) -> tuple[AliasRow, ...]:
    """Return every name of every unit, by name, then by unit; each name of a unit once."""
    rows: dict[tuple[str, str, str, str], AliasRow] = {}
    for edition in sorted(catalogue.editions, key=lambda one: (one.released, one.id)):
        for unit in edition.units:
            for kind, value, scope in _names(unit):
                key = (kind.value, value, scope or "", str(unit.key))
                row = AliasRow(
                    kind, value, scope, unit.key, edition.id, edition.released, unit.source_url
                )
                rows.setdefault(key, row)
    return tuple(sorted(rows.values(), key=lambda row: (row.value, row.scope or "", row.unit)))


def named(rows: Iterable[AliasRow], text: str) -> tuple[AliasRow, ...]:
    """Return the rows whose name is ``text``, with or without its scope; case does not matter."""
    wanted = normalise_code(text)
    return tuple(
        row
        for row in rows
        if wanted in {normalise_code(row.value), normalise_code(f"{row.scope}:{row.value}")}
    )


def collisions(rows: Iterable[AliasRow]) -> tuple[tuple[AliasRow, ...], ...]:
    """Return the groups of rows in which one name, without its scope, means several units."""
    groups: dict[tuple[AliasKind, str], list[AliasRow]] = {}
    for row in rows:
        groups.setdefault((row.kind, normalise_code(row.value)), []).append(row)
    return tuple(tuple(own) for own in groups.values() if len({row.unit for row in own}) > 1)


def _names(unit: Unit) -> Iterable[tuple[AliasKind, str, str | None]]:
    if unit.code is not None:
        yield AliasKind.CERTIFICATE_CODE, unit.code, None
    for alias in unit.aliases:
        yield alias.kind, alias.value, alias.scope
