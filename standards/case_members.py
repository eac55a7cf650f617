"""The members that the objects of a CASE 1.1 package have, and what each must be.

Source: ``case_v1p1_cfpackage-jsonschema1.json`` of 1EdTech. No object has any other member; what
somebody adds stands under ``extensions``.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from standards.errors import FaultInFile
from standards.json_cursor import Cursor, shown

Reader = Callable[[Cursor], object]

_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_TIE = re.compile("ext:[a-zA-Z0-9._|-]+")
_TIES = frozenset(
    (
        *("isChildOf", "isPartOf", "isPeerOf", "isRelatedTo", "isTranslationOf"),
        *("exactMatchOf", "precedes", "replacedBy", "exemplar", "hasSkillLevel"),
    )
)
_DEPTH = 64
_OTHER_NAMES = {
    "sourcedId": "identifier",
    "document": "CFDocument",
    "items": "CFItems",
    "associations": "CFAssociations",
    "definitions": "CFDefinitions",
    "rubrics": "CFRubrics",
}
"""Names of an older draft that some tools still write, and what CASE 1.1 calls them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One object of a package that has an identifier."""

    at: Cursor
    id: str
    members: Mapping[str, object]
    """Every member as it stands in the file."""

    def text(self, name: str) -> str | None:
        """Return a member that is a text; None where it is absent or blank."""
        value = self.members.get(name)
        return value if isinstance(value, str) and value.strip() else None


def only_members(at: Cursor, names: set[str]) -> None:
    """Return if this object has no other members; an older draft's name is called by its name."""
    for name, wanted in _OTHER_NAMES.items():
        if name in at.object():
            raise FaultInFile(
                "other-case-name", file=at.file, place=at.place, value=name, wanted=wanted
            )
    at.only(names)


def read_entry(at: Cursor, fields: Mapping[str, Reader]) -> Entry:
    """Return the object at ``at``; names in ``fields`` that end in ``!`` are required."""
    readers = {name.rstrip("!"): read for name, read in fields.items()}
    only_members(at, set(readers))
    for name in (name for name in fields if name.endswith("!")):
        at.field(name.rstrip("!"))
    for name in at.object():
        readers[name](at.field(name))
    return Entry(at, str(at.object().get("identifier", "")), at.object())


def is_uuid(text: str) -> bool:
    """Say whether ``text`` is a UUID in lower case, as CASE has it."""
    return _UUID.fullmatch(text) is not None


def _uuid(at: Cursor) -> None:
    if not is_uuid(text := at.text()):
        raise FaultInFile("not-a-uuid", file=at.file, place=at.place, value=shown(text))


def _time(at: Cursor) -> None:
    text = at.text()
    if _TIME.fullmatch(text) is None or not _is_time(text):
        raise FaultInFile("bad-date-time", file=at.file, place=at.place, value=shown(text))


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _tie(at: Cursor) -> None:
    text = at.text()
    if text not in _TIES and _TIE.fullmatch(text) is None:
        raise FaultInFile("unknown-value", file=at.file, place=at.place, value=shown(text))


def _version(at: Cursor) -> None:
    if at.text() != "1.1":
        raise FaultInFile("unknown-value", file=at.file, place=at.place, value=shown(at.value))


def _number(at: Cursor) -> None:
    if not isinstance(at.value, float):
        at.whole()


def check_extensions(at: Cursor) -> None:
    """Return if these extensions can be walked through and printed.

    What is nested very deep could overrun the stack, and half a character cannot be written again.
    """
    layer: list[object] = [at.object()]
    for _ in range(_DEPTH):
        layer = [inner for value in layer for inner in _inside(Cursor(at.file, at.place, value))]
    if layer:
        raise FaultInFile("too-deep", file=at.file, place=at.place, limit=_DEPTH)


def _inside(at: Cursor) -> list[object]:
    if isinstance(at.value, str):
        at.text()
    if isinstance(at.value, dict):
        return [*at.value.keys(), *at.value.values()]
    return at.value if isinstance(at.value, list) else []


def _texts(at: Cursor) -> None:
    at.each(Cursor.text)


def _link(at: Cursor) -> None:
    read_entry(at, {"title!": Cursor.text, "identifier!": _uuid, "uri!": Cursor.text})


def _any_link(at: Cursor) -> None:
    read_entry(at, _texts_of("title! identifier! uri! targetType"))


def _links(at: Cursor) -> None:
    at.each(_link)


def _list_of_extensions(at: Cursor) -> None:
    at.each(check_extensions)


def _each(fields: Mapping[str, Reader]) -> Reader:
    return lambda at: at.each(lambda row: read_entry(row, fields))


def _texts_of(names: str, **others: Reader) -> dict[str, Reader]:
    return {**dict.fromkeys(names.split(), Cursor.text), **others}


_DATES: dict[str, Reader] = {"statusStartDate": Cursor.day, "statusEndDate": Cursor.day}
_HEAD: dict[str, Reader] = {
    "identifier!": _uuid,
    "uri!": Cursor.text,
    "lastChangeDateTime!": _time,
    "extensions": check_extensions,
}
DOCUMENT: dict[str, Reader] = {
    **_HEAD,
    **_DATES,
    **_texts_of(
        "frameworkType officialSourceURL publisher description language version adoptionStatus "
        "notes",
        caseVersion=_version,
        subject=_texts,
        subjectURI=_links,
        licenseURI=_link,
    ),
    "creator!": Cursor.name,
    "title!": Cursor.name,
}
ITEM: dict[str, Reader] = {
    **_HEAD,
    **_DATES,
    **_texts_of(
        "alternativeLabel CFItemType humanCodingScheme listEnumeration abbreviatedStatement notes "
        "language",
        conceptKeywords=_texts,
        conceptKeywordsURI=_link,
        subject=_texts,
        subjectURI=_links,
        educationLevel=_texts,
        CFItemTypeURI=_link,
        licenseURI=_link,
    ),
    "fullStatement!": Cursor.name,
}
ASSOCIATION: dict[str, Reader] = {
    **_HEAD,
    "associationType!": _tie,
    "originNodeURI!": _any_link,
    "destinationNodeURI!": _any_link,
    "sequenceNumber": Cursor.whole,
    "CFAssociationGroupingURI": _link,
    "notes": Cursor.text,
}

_LEVEL: dict[str, Reader] = {
    **{name: read for name, read in _HEAD.items() if name != "extensions"},
    **_texts_of("description quality feedback", rubricCriterionId=_uuid),
    "score": _number,
    "position": Cursor.whole,
    "extensions": _list_of_extensions,
}
_RUBRIC_ROW: dict[str, Reader] = {
    **_HEAD,
    **_texts_of("category description", CFItemURI=_link, rubricId=_uuid),
    "weight": _number,
    "position": Cursor.whole,
    "CFRubricCriterionLevels": _each(_LEVEL),
}
RUBRIC: dict[str, Reader] = {
    **_HEAD,
    **_texts_of("title description"),
    "CFRubricCriteria": _each(_RUBRIC_ROW),
}
_NAMED: dict[str, Reader] = {**_HEAD, "title!": Cursor.text, "description": Cursor.text}
_CODED: dict[str, Reader] = {**_NAMED, "hierarchyCode!": Cursor.text}
DEFINITIONS: dict[str, Mapping[str, Reader]] = {
    "CFConcepts": {**_CODED, "keywords": Cursor.text},
    "CFSubjects": _CODED,
    "CFLicenses": {**_NAMED, "licenseText!": Cursor.text},
    "CFItemTypes": {
        **{name: read for name, read in _CODED.items() if name != "description"},
        "description!": Cursor.text,
        "typeCode": Cursor.text,
    },
    "CFAssociationGroupings": _NAMED,
}
