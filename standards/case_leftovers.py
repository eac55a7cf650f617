"""What of a foreign CASE package did not go into the edition, named piece by piece."""

from collections.abc import Collection, Iterator, Mapping
from itertools import product

from standards import model
from standards.case_framework import read_level
from standards.case_members import Entry
from standards.case_notes import Note, NoteCode, as_json, licence_entry, note, unused_members
from standards.case_outline import Kind, Tie
from standards.case_package import Association, Package
from standards.case_tree import Joined, Tree

_STEPS = {
    model.LevelScale.EIGHT: 8,
    model.LevelScale.SEVEN: 7,
    model.LevelScale.THREE: 3,
}
_ADDRESSED = {"identifier", "uri"}
_DOCUMENT = frozenset(
    {*_ADDRESSED, "title", "creator", "language", "lastChangeDateTime", "statusStartDate"}
)
_ITEM = frozenset({*_ADDRESSED, "fullStatement", "language", "CFItemType", "CFItemTypeURI"})
_PLACES = (Kind.INDUSTRY, Kind.SECTOR, Kind.OCCUPATION)
_STANDS_UNDER = {
    (Kind.UNIT, Kind.QUALIFICATION),
    (Kind.ELEMENT, Kind.UNIT),
    (Kind.CRITERION, Kind.ELEMENT),
    *product((Kind.UNIT, Kind.QUALIFICATION, *_PLACES), _PLACES),
}
"""The parenthoods for which the model has a place."""


def read_step(name: str) -> model.Level | None:
    """Return the level that ``name`` states together with its ladder, if the ladder has it."""
    level = read_level(name)
    return level if level is not None and level.value <= _STEPS[level.scale] else None


def leftovers(package: Package, tree: Tree, used: Collection[str]) -> Iterator[Note]:
    """Yield a note for everything that is neither in the edition nor mere bookkeeping.

    ``used`` holds the identifiers of the joined items that went in. Bookkeeping is what the edition
    says by its structure: identifiers, addresses, types, languages, numbers of a sequence.
    """
    yield from _of_package(package)
    kinds: dict[str, Kind | None] = {}
    for each in tree.joined.values():
        if each.id in used:
            kinds |= dict.fromkeys((entry.id for entry in each.entries), each.kind)
            yield from _of_used(each, str(package.document.members["lastChangeDateTime"]))
        else:
            unknown = each.kind is None
            code = NoteCode.UNKNOWN_ITEM_TYPE if unknown else NoteCode.MISPLACED_ITEM
            yield from (note(code, entry, entry.members) for entry in each.entries)
    for association in package.associations:
        if not _is_said(association, kinds, package.document.id):
            entry = association.entry
            yield note(NoteCode.KEPT_ASSOCIATION, entry, entry.members)


def _of_package(package: Package) -> Iterator[Note]:
    licence = licence_entry(package)
    used = _DOCUMENT if licence is None else _DOCUMENT | {"licenseURI"}
    yield from unused_members(package.document, used | {"caseVersion"})
    if "extensions" in package.top:
        value = as_json(package.top["extensions"])
        yield Note(NoteCode.KEPT_MEMBER, package.file, "$.extensions", "", value)
    lists = package.top.get("CFDefinitions")
    if isinstance(lists, dict) and "extensions" in lists:
        place, value = "$.CFDefinitions.extensions", as_json(lists["extensions"])
        yield Note(NoteCode.KEPT_MEMBER, package.file, place, "", value)
    for entries in package.definitions.values():
        for entry in entries:
            if licence is None or entry.id != licence.id:
                yield note(NoteCode.KEPT_DEFINITION, entry, entry.members)


def _of_used(each: Joined, stamp: str) -> Iterator[Note]:
    # The model has one text for an industry, a sector or an occupation, and no second one.
    said = (each.first,) if each.kind in _PLACES else (each.first, each.english)
    for entry in each.entries:
        if entry in said:
            yield from unused_members(entry, _members_used(each, entry), stamp)
        else:
            yield note(NoteCode.OTHER_TEXT, entry, entry.members)


def _members_used(each: Joined, entry: Entry) -> frozenset[str]:
    used = set(_ITEM)
    if entry.text("humanCodingScheme") in {None, each.code} and each.kind not in _PLACES:
        used.add("humanCodingScheme")
    levels = each.texts("educationLevel")
    most = {Kind.UNIT: len(levels), Kind.QUALIFICATION: 1}.get(each.kind or Kind.ELEMENT, 0)
    if (
        entry.members.get("educationLevel") == list(levels)
        and all(map(read_step, levels))
        and len(levels) <= most
    ):
        used.add("educationLevel")
    return frozenset(used)


def _is_said(each: Association, kinds: Mapping[str, Kind | None], document: str) -> bool:
    """Say whether the edition says by its structure what the association says.

    ``kinds`` holds the kind of each item that is in the edition.
    """
    if not {"notes", "extensions"}.isdisjoint(each.entry.members):
        return False
    if each.tie == Tie.CHILD and each.origin in kinds:
        pair = kinds[each.origin], kinds.get(each.destination)
        return each.destination == document or pair in _STANDS_UNDER
    return each.tie == Tie.TRANSLATION and each.origin in kinds and each.destination in kinds
