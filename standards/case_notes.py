"""What reading a CASE package leaves for a person to judge."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from standards import exchange_words
from standards.case_members import Entry
from standards.case_outline import Licence
from standards.case_package import Package
from standards.model import Edition
from standards.wording import Message, fill

_SHOWN = 80


class NoteCode(StrEnum):
    """Why something of a package is not in the edition, or is there with a doubt."""

    UNKNOWN_ITEM_TYPE = "unknown-item-type"
    """What kind of thing the item is was not said in words that are understood."""
    MISPLACED_ITEM = "misplaced-item"
    """Its type is understood, but it stands where the model has no place for it."""
    OTHER_TEXT = "other-text"
    """A translation into a third language, or a second one into the same."""
    KEPT_ASSOCIATION = "kept-association"
    KEPT_MEMBER = "kept-member"
    KEPT_DEFINITION = "kept-definition"
    NO_THAI_TEXT = "no-thai-text"
    """The text stands in the place of the Thai one as it is printed."""
    COMPOSITION_UNKNOWN = "composition-unknown"
    """CASE does not say how many of its units a qualification asks for."""
    SEVERAL_PLACES = "several-places"
    """The unit or qualification hangs under several industries, sectors or occupations."""
    NO_CODE = "no-code"
    """An element without a code; its identifier stands in for it."""
    DIFFERS = "differs"
    """A package of this format says something more or else than its edition."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to be judged; nothing of it is lost."""

    code: NoteCode
    file: str
    place: str
    """JSON path in the file."""
    element: str
    """Identifier of the object, or empty for the package itself."""
    value: str
    """What was found, as JSON."""


@dataclass(frozen=True, slots=True)
class CaseReading:
    """An edition read from a package, and what did not go into it."""

    edition: Edition
    notes: tuple[Note, ...]
    licence: Licence | None


def note(code: NoteCode, entry: Entry, value: object) -> Note:
    """Return a note on an object of a package."""
    return Note(code, entry.at.file, entry.at.place, entry.id, as_json(value))


def note_sentence(of: Note) -> Message:
    """Return what ``of`` says to a person, file and place first."""
    pair = exchange_words.NOTES[of.code]
    text = of.value if len(of.value) <= _SHOWN else f"{of.value[:_SHOWN]}…"
    values = {"file": of.file, "place": of.place, "element": of.element, "value": text}
    return Message(th=fill(pair[0], values), en=fill(pair[1], values))


def as_json(value: object) -> str:
    """Return ``value`` as JSON with sorted keys."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def licence_of(package: Package) -> Licence | None:
    """Return the licence that the document names and the package contains."""
    entry = licence_entry(package)
    if entry is None:
        return None
    return Licence(title=str(entry.members["title"]), text=str(entry.members["licenseText"]))


def licence_entry(package: Package) -> Entry | None:
    """Return the definition of the licence that the document names, if it is in the package."""
    link = package.document.members.get("licenseURI")
    named = link.get("identifier") if isinstance(link, dict) else None
    found = package.definitions.get("CFLicenses", ())
    return next((entry for entry in found if entry.id == named), None)


def unused_members(entry: Entry, used: frozenset[str], stamp: str | None = None) -> Iterator[Note]:
    """Yield a note for the members that are not among ``used``; a time equal to ``stamp`` is."""
    left = {name: value for name, value in entry.members.items() if name not in used}
    if left.get("lastChangeDateTime") == stamp:
        left.pop("lastChangeDateTime", None)
    if left:
        yield note(NoteCode.KEPT_MEMBER, entry, left)
