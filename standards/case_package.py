"""A CFPackage of CASE 1.1 opened: every member of the right type, every reference sound.

Members and their types are those of the published ``case_v1p1_cfpackage-jsonschema1.json``. What
the schema cannot say is checked as well: that an identifier stands for one thing, that the tree
has no gaps and no circles.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import chain

from standards.case_members import (
    ASSOCIATION,
    DEFINITIONS,
    DOCUMENT,
    ITEM,
    RUBRIC,
    Entry,
    Reader,
    check_extensions,
    only_members,
    read_entry,
)
from standards.errors import FaultInFile
from standards.json_cursor import Cursor, open_json, shown

_WITHOUT_CIRCLES = ("isChildOf", "isPartOf", "precedes", "replacedBy")


@dataclass(frozen=True, slots=True)
class Association:
    """One association; ``origin`` and ``destination`` are identifiers."""

    entry: Entry
    tie: str
    origin: str
    destination: str
    sequence: int | None
    grouping: str | None


@dataclass(frozen=True, slots=True)
class Package:
    """A whole package; ``items`` are in the order of the file."""

    file: str
    document: Entry
    items: Mapping[str, Entry]
    associations: tuple[Association, ...]
    definitions: Mapping[str, tuple[Entry, ...]]
    """By the name of the list, ``CFRubrics`` among them."""
    top: Mapping[str, object]
    """The file's own members."""


def open_package(data: bytes, *, name: str) -> Package:
    """Return the package in ``data``; ``name`` only names the file in errors.

    Raises:
        UnreadableFile: as ``open_json``.
        FaultInFile: with file, place and value. Codes of ``json_cursor``; ``other-case-name`` (a
            member named as in another draft), ``not-a-uuid``, ``bad-date-time``, ``too-deep``,
            ``duplicate-identifier``, ``dangling-association`` (an ``isChildOf`` with an end outside
            the package, or any association with both ends outside), ``cyclic-association``.

    """
    top = open_json(data, name=name)
    lists = {"CFItems": ITEM, "CFAssociations": ASSOCIATION, "CFRubrics": RUBRIC}
    only_members(top, {"CFDocument", *lists, "CFDefinitions", "extensions"})
    document = read_entry(top.field("CFDocument"), DOCUMENT)
    found = {room: _entries(top, room, fields) for room, fields in lists.items()}
    definitions = _definitions(top)
    if "extensions" in top.object():
        check_extensions(top.field("extensions"))
    _check_identifiers([document, *chain(*found.values(), *definitions.values())])
    package = Package(
        file=name,
        document=document,
        items={entry.id: entry for entry in found["CFItems"]},
        associations=tuple(map(_association, found["CFAssociations"])),
        definitions={**definitions, "CFRubrics": found["CFRubrics"]},
        top=top.object(),
    )
    _check_ends(package)
    _check_circles(package)
    return package


def _entries(top: Cursor, room: str, fields: Mapping[str, Reader]) -> tuple[Entry, ...]:
    if room not in top.object():
        return ()
    return top.field(room).each(lambda at: read_entry(at, fields))


def _definitions(top: Cursor) -> dict[str, tuple[Entry, ...]]:
    if "CFDefinitions" not in top.object():
        return {}
    at = top.field("CFDefinitions")
    only_members(at, {*DEFINITIONS, "extensions"})
    if "extensions" in at.object():
        check_extensions(at.field("extensions"))
    return {room: _entries(at, room, fields) for room, fields in DEFINITIONS.items()}


def _association(entry: Entry) -> Association:
    at = entry.at
    members = entry.members
    grouped = "CFAssociationGroupingURI" in members
    return Association(
        entry=entry,
        tie=at.field("associationType").text(),
        origin=at.field("originNodeURI").field("identifier").text(),
        destination=at.field("destinationNodeURI").field("identifier").text(),
        sequence=at.field("sequenceNumber").whole() if "sequenceNumber" in members else None,
        grouping=at.field("CFAssociationGroupingURI").field("identifier").text()
        if grouped
        else None,
    )


def _check_identifiers(entries: list[Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            place = f"{entry.at.place}.identifier"
            raise FaultInFile(
                "duplicate-identifier", file=entry.at.file, place=place, value=entry.id
            )
        seen.add(entry.id)


def _check_ends(package: Package) -> None:
    inside = {package.document.id, *package.items}
    for each in package.associations:
        outside = [end for end in (each.origin, each.destination) if end not in inside]
        if outside and (each.tie == "isChildOf" or len(outside) > 1):
            raise FaultInFile(
                "dangling-association",
                file=package.file,
                place=each.entry.at.place,
                value=shown(outside[0]),
                element=each.entry.id,
            )


def _check_circles(package: Package) -> None:
    for tie in _WITHOUT_CIRCLES:
        graph: dict[str, set[str]] = {}
        for each in package.associations:
            if each.tie == tie:
                graph.setdefault(each.origin, set()).add(each.destination)
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            circle = error.args[1]
            ends = set(circle)
            place = next(
                each.entry.at.place
                for each in package.associations
                if each.tie == tie and {each.origin, each.destination} <= ends
            )
            raise FaultInFile(
                "cyclic-association",
                file=package.file,
                place=place,
                value=tie,
                elements=tuple(circle),
            ) from None
