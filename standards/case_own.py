"""CASE packages written by this package, read back without loss."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from standards.case_definitions import TITLES
from standards.case_framework import FORMAT, outline_of, read_level
from standards.case_members import Entry
from standards.case_notes import CaseReading, Note, NoteCode, as_json, licence_of
from standards.case_outline import OWN, Kind, Tie
from standards.case_package import Association, Package
from standards.case_writing import package_of
from standards.errors import FaultInFile
from standards.json_cursor import Cursor, Json, canonical_bytes, shown
from standards.reading_json import FORMAT as EDITION_FORMAT
from standards.reading_json import read_edition

_KINDS = {title: kind for kind, title in TITLES.items()}
_PLACES = (Kind.INDUSTRY, Kind.SECTOR, Kind.OCCUPATION)


@dataclass(slots=True)
class _Open:
    """A package of this format, its associations sorted by what they mean."""

    package: Package
    english: dict[str, str] = field(default_factory=dict)
    """Text of the English twin of an item."""
    twins: set[str] = field(default_factory=set)
    children: defaultdict[str, list[Association]] = field(default_factory=lambda: defaultdict(list))
    parts: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    places: dict[str, str] = field(default_factory=dict)
    """Where in the package stands what is at a path of the edition."""


def is_own(package: Package) -> bool:
    """Say whether the document is marked as written in this package's format.

    Raises:
        FaultInFile: ``unknown-format``: it is, but in another version of it.

    """
    extensions = package.document.members.get("extensions", {})
    if not isinstance(extensions, dict) or OWN not in extensions:
        return False
    at = _own(package.document).field("format")
    if at.text() != FORMAT:
        raise FaultInFile("unknown-format", file=at.file, place=at.place, value=shown(at.value))
    return True


def read_own(package: Package) -> CaseReading:
    """Return the edition of a package for which ``is_own`` holds.

    What the package says beyond its edition is told by notes.

    Raises:
        FaultInFile: as ``read_edition``, the place being one of the package. ``bad-digest`` where
            the items no longer say what the edition said.

    """
    opened = _Open(package)
    for each in package.associations:
        _sort(opened, each)
    for siblings in opened.children.values():
        siblings.sort(key=lambda each: each.sequence or 0)
    content = _content(opened)
    try:
        edition = read_edition(canonical_bytes(content), name=package.file)
    except FaultInFile as error:
        error.values["place"] = _place(opened, str(error.values.get("place", "$")))
        raise
    licence = licence_of(package)
    ours = package_of(outline_of(edition, licence=licence), base="")
    return CaseReading(edition, tuple(_differences(package, ours)), licence)


def _sort(opened: _Open, each: Association) -> None:
    items = opened.package.items
    if each.tie == Tie.CHILD:
        opened.children[each.destination].append(each)
    elif each.tie == Tie.PART and each.destination in items:
        opened.parts[each.origin].append(each.destination)
    elif each.tie == Tie.TRANSLATION and each.origin in items:
        opened.twins.add(each.origin)
        opened.english[each.destination] = str(items[each.origin].members["fullStatement"])


def _place(opened: _Open, path: str) -> str:
    """Return where in the package the fault at ``path`` of the edition stands."""
    known = max((p for p in opened.places if path.startswith(p)), key=len, default=None)
    start = "$.CFDocument" if known is None else opened.places[known]
    return f"{start} ({path.removeprefix('$.')})"


def _content(opened: _Open) -> Json:
    document = opened.package.document
    own = _own(document)
    title = own.object().get("title_th", document.members["title"])
    owner = own.field("owner").value
    units = _of_kind(opened, Kind.UNIT)
    qualifications = _of_kind(opened, Kind.QUALIFICATION)
    keys = {entry.id: _own(entry).field("key").value for entry in units}
    content = {
        "format": EDITION_FORMAT,
        "id": own.field("edition").value,
        "owner": owner,
        "title_th": title,
        "title_en": own.field("title_en").value,
        "released": document.at.field("statusStartDate").value,
        "made_up": own.field("made_up").value,
        "digest": own.field("digest").value,
        "units": [
            {**_unit(opened, entry, path=f"$.units[{n}]"), "owner": owner}
            for n, entry in enumerate(units)
        ],
        "qualifications": [
            {**_qualification(opened, entry, keys, n=n), "owner": owner}
            for n, entry in enumerate(qualifications)
        ],
    }
    return cast("Json", content)


def _of_kind(opened: _Open, kind: Kind) -> list[Entry]:
    return [
        entry
        for entry in opened.package.items.values()
        if entry.id not in opened.twins and _kind(entry) is kind
    ]


def _kind(entry: Entry) -> Kind:
    at = entry.at.field("CFItemType")
    if at.text() not in _KINDS:
        raise FaultInFile("unknown-value", file=at.file, place=at.place, value=shown(at.value))
    return _KINDS[at.text()]


def _own(entry: Entry) -> Cursor:
    return entry.at.field("extensions").field(OWN)


def _code(entry: Entry) -> object:
    extensions = entry.members.get("extensions")
    own = extensions.get(OWN) if isinstance(extensions, dict) else None
    raw = own.get("code") if isinstance(own, dict) else None
    return raw if raw is not None else entry.members.get("humanCodingScheme")


def _stated(opened: _Open, entry: Entry, kind: Kind) -> object:
    """Return the industry, sector or occupation that an item states of itself."""
    above = (opened.package.items[part] for part in opened.parts[entry.id])
    return next((each.members["fullStatement"] for each in above if _kind(each) is kind), None)


def _levels(entry: Entry) -> list[object]:
    levels: list[object] = []
    for n, name in enumerate(cast("list[str]", entry.members.get("educationLevel", []))):
        level = read_level(name)
        if level is None:
            place = f"{entry.at.place}.educationLevel[{n}]"
            raise FaultInFile("bad-level", file=entry.at.file, place=place, value=shown(name))
        levels.append({"scale": level.scale.value, "value": level.value})
    return levels


def _children(opened: _Open, entry: Entry, kind: Kind) -> list[Entry]:
    items = opened.package.items
    origins = (items[each.origin] for each in opened.children[entry.id] if each.origin in items)
    return [origin for origin in origins if _kind(origin) is kind]


def _unit(opened: _Open, entry: Entry, *, path: str) -> dict[str, object]:
    opened.places[path] = entry.at.place
    own = _own(entry)
    elements = [
        _element(opened, child, path=f"{path}.elements[{n}]")
        for n, child in enumerate(_children(opened, entry, Kind.ELEMENT))
    ]
    copied = ("key", "aliases", "revision", "target_groups", "isco", "source_url")
    return {
        **{name: own.field(name).value for name in copied},
        "code": _code(entry),
        "title_th": entry.members["fullStatement"],
        "title_en": opened.english.get(entry.id),
        "industry": _stated(opened, entry, Kind.INDUSTRY),
        "sector": _stated(opened, entry, Kind.SECTOR),
        "occupation": _stated(opened, entry, Kind.OCCUPATION),
        "levels": _levels(entry),
        "elements": elements if own.field("elements_known").truth() else None,
    }


def _element(opened: _Open, entry: Entry, *, path: str) -> dict[str, object]:
    opened.places[path] = entry.at.place
    criteria = []
    for n, leaf in enumerate(_children(opened, entry, Kind.CRITERION)):
        opened.places[f"{path}.criteria[{n}]"] = leaf.at.place
        criteria.append(
            {
                "code": _code(leaf),
                "text_th": leaf.members["fullStatement"],
                "text_en": opened.english.get(leaf.id),
            }
        )
    return {
        "code": _code(entry),
        "title_th": entry.members["fullStatement"],
        "title_en": opened.english.get(entry.id),
        "criteria": criteria,
        "assessment_methods": _own(entry).field("assessment_methods").value,
    }


def _qualification(
    opened: _Open, entry: Entry, keys: dict[str, object], *, n: int
) -> dict[str, object]:
    opened.places[f"$.qualifications[{n}]"] = entry.at.place
    own = _own(entry)
    copied = ("key", "aliases", "composition_known", "certifying_bodies", "published", "source_url")
    return {
        **{name: own.field(name).value for name in copied},
        "title_th": entry.members["fullStatement"],
        "title_en": opened.english.get(entry.id),
        "industry": _stated(opened, entry, Kind.INDUSTRY),
        "occupation": _stated(opened, entry, Kind.OCCUPATION),
        "level": next(iter(_levels(entry)), None),
        "groups": list(_groups(opened, entry, keys)),
    }


def _groups(opened: _Open, entry: Entry, keys: dict[str, object]) -> Iterator[dict[str, object]]:
    for grouping in opened.package.definitions.get("CFAssociationGroupings", ()):
        own = _own(grouping)
        if own.field("qualification").value == entry.id:
            members = [
                keys[each.origin]
                for each in opened.children[entry.id]
                if each.grouping == grouping.id and each.origin in keys
            ]
            named = {name: own.field(name).value for name in ("name", "minimum")}
            yield {**named, "units": members}


def _differences(package: Package, ours: dict[str, Json]) -> Iterator[Note]:
    """Yield a note for each place at which ``package`` is not what would be written today."""
    found = compare(package.top, ours, place="$")
    for place, value in found:
        yield Note(NoteCode.DIFFERS, package.file, place, "", as_json(value))


def compare(theirs: object, ours: object, *, place: str) -> Iterator[tuple[str, object]]:
    """Yield the places at which two packages differ, with what ``theirs`` says there (or None).

    Objects in lists are compared by their identifier. Addresses may differ.
    """
    left, right = _by_name(theirs), _by_name(ours)
    if left is None or right is None:
        if theirs != ours:
            yield place, theirs
        return
    for name in dict.fromkeys((*left, *right)):
        if name != "uri":
            yield from compare(left.get(name), right.get(name), place=f"{place}.{name}")


def _by_name(value: object) -> dict[str, object] | None:
    if isinstance(value, dict):
        return value
    if isinstance(value, list) and all(isinstance(x, dict) and "identifier" in x for x in value):
        return {str(entry["identifier"]): entry for entry in value}
    return None
