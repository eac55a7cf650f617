"""Standards exchanged as CASE 1.1 packages (1EdTech), one CFPackage for one edition."""

from collections.abc import Mapping

from standards.case_foreign import read_foreign
from standards.case_framework import item_identifier, outline_of
from standards.case_notes import CaseReading
from standards.case_outline import Kind, Licence
from standards.case_own import is_own, read_own
from standards.case_package import open_package
from standards.case_writing import item_address, package_of
from standards.json_cursor import canonical_bytes
from standards.model import Edition, EditionId, UnitKey


def write_case(edition: Edition, *, base: str, licence: Licence | None = None) -> bytes:
    """Return ``edition`` as the canonical JSON of a CFPackage whose objects live at ``base``.

    ``licence`` is left out where none is known. Identifiers do not depend on ``base``, and times
    are the day of release, so equal arguments give equal bytes.
    Holds: ``read_case(write_case(e, base=b), name=n).edition == e`` for every edition with a right
    digest.

    Raises:
        FaultInFile: ``other-owner``: a unit or qualification has another owner than the edition.

    """
    return canonical_bytes(package_of(outline_of(edition, licence=licence), base=base))


def read_case(data: bytes, *, name: str, kinds: Mapping[str, Kind] | None = None) -> CaseReading:
    """Return the edition in a CFPackage, with notes on what did not go into it.

    Packages that ``write_case`` made are read without loss. Those of others are read as far as
    their meaning allows (see ``case_foreign``); ``kinds`` says what their item types mean.

    Raises:
        UnreadableFile: ``file-too-large``, ``empty-file``, ``not-json``.
        FaultInFile: with file, place and value; codes of ``open_package`` and, for packages of our
            own format, of ``read_edition``.

    """
    package = open_package(data, name=name)
    return read_own(package) if is_own(package) else read_foreign(package, kinds=kinds)


def unit_address(edition: EditionId, unit: UnitKey, *, base: str) -> str:
    """Return the address of a unit, as that edition states it, at the provider at ``base``.

    It never changes, so a certificate may carry it.
    """
    of = item_identifier(edition, Kind.UNIT, unit)
    return item_address(of, base=base)
