"""What a CASE 1.1 provider answers, as pure functions of what is published.

A web router hands over path and query and sends back status, headers and body. Nothing here knows
of users: everything under ``/ims/case/v1p1`` is public.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import cast

from standards.case_courses import CourseFacts, course_outline
from standards.case_discovery import DISCOVERY, discovery_document
from standards.case_framework import outline_of
from standards.case_members import ASSOCIATION, DEFINITIONS, DOCUMENT, ITEM, RUBRIC, is_uuid
from standards.case_outline import Licence, Outline
from standards.case_query import Part, chosen_members, page_of
from standards.case_writing import ROOT, package_of
from standards.catalogue import Catalogue
from standards.course_map import CourseMap
from standards.errors import BadQuery
from standards.json_cursor import Json, canonical_bytes
from standards.model import Edition, EditionId
from standards.wording import sentence

_IN_MEMORY = 8
_SETS = ("CFConcepts", "CFSubjects", "CFItemTypes")
_MINOR = {"bad-sort": "invalid_sort_field"}
_TABLES = {
    "CFDocuments": {**DOCUMENT, "CFPackageURI!": None},
    "CFItems": {**ITEM, "CFDocumentURI!": None},
    "CFAssociations": {**ASSOCIATION, "CFDocumentURI": None},
    "CFAssociationGroupings": DEFINITIONS["CFAssociationGroupings"],
    "CFLicenses": DEFINITIONS["CFLicenses"],
    "CFRubrics": RUBRIC,
}
"""Members of the objects that an answer can consist of; required ones end in ``!``."""
_ROOMS = (*_TABLES, *_SETS, "CFPackages", "CFItemAssociations")


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class _Built:
    """One package and its objects by endpoint and identifier."""

    package: Part
    objects: Mapping[tuple[str, str], Part]


class CaseProvider:
    """The answers of one provider; built once, never changed.

    Keeps the identifiers of everything and the last few packages in memory, and builds others from
    their outline when they are asked for.
    """

    __slots__ = ("_base", "_build", "_documents", "_holder")

    def __init__(self, outlines: Iterable[Callable[[], Outline]], *, base: str) -> None:
        """Index what ``outlines`` return; ``base`` is the public address without a path."""
        builders = tuple(outlines)
        self._base = base.rstrip("/")
        self._documents: list[Part] = []
        self._holder: dict[tuple[str, str], int] = {}

        def build(n: int) -> _Built:
            package = package_of(builders[n](), base=self._base)
            return _Built(package, dict(_objects(package)))

        self._build = lru_cache(maxsize=_IN_MEMORY)(build)
        for n in range(len(builders)):
            built = build(n)
            self._holder |= dict.fromkeys(built.objects, n)
            self._documents += [
                part for (room, _), part in built.objects.items() if room == "CFDocuments"
            ]

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        """Return the answer to GET ``path``; a fault is an ``imsx_StatusInfo`` in English."""
        if path == f"{ROOT}/{DISCOVERY}":
            return _ok(discovery_document(self._base))
        room, _, of = path.removeprefix(f"{ROOT}/").partition("/")
        try:
            if room == "CFDocuments" and not of:
                return self._all_documents(query)
            if path.startswith(f"{ROOT}/") and room in _ROOMS and of:
                return self._one(room, of, query)
        except BadQuery as error:
            minor = _MINOR.get(error.code, "invalid_selection_field")
            return _fault(400, minor, sentence(error).en)
        return _fault(404, "unknownobject", "There is nothing at this address")

    def _all_documents(self, query: Mapping[str, str]) -> Answer:
        members, required = _members("CFDocuments")
        page = page_of(self._documents, query, members=members)
        parts = [
            chosen_members(part, query, members=members, required=required) for part in page.parts
        ]
        at = f"{self._base}{ROOT}/CFDocuments"
        links = ", ".join(f'<{at}?{text}>; rel="{relation}"' for relation, text in page.links)
        headers = (("X-Total-Count", str(page.total)), ("Link", links))
        if not parts:
            # The published schema wants at least one document in a set.
            return _fault(404, "unknownobject", "There are no documents here", headers)
        return _ok({"CFDocuments": cast("Json", parts)}, headers)

    def _one(self, room: str, of: str, query: Mapping[str, str]) -> Answer:
        if not is_uuid(of):
            return _fault(404, "invalid_uuid", "The identifier is not a UUID")
        kind = {"CFPackages": "CFDocuments", "CFItemAssociations": "CFItems"}.get(room, room)
        holder = self._holder.get((kind, of))
        if holder is None:
            return _fault(404, "unknownobject", f"There is no such object among the {room}")
        built = self._build(holder)
        part = built.objects[kind, of]
        if room == "CFPackages":
            return _ok(built.package)
        if room == "CFItemAssociations":
            return _ok({"CFItem": part, "CFAssociations": list(_ties(built.package, of))})
        if room in _SETS:
            return _ok({room: list(_family(built.package, room, part))})
        members, required = _members(room)
        return _ok(chosen_members(part, query, members=members, required=required))


def provider_of(
    editions: Iterable[Edition],
    *,
    courses: Iterable[tuple[CourseFacts, CourseMap]] = (),
    licences: Mapping[EditionId, Licence] | None = None,
    base: str,
) -> CaseProvider:
    """Return the provider of ``editions`` and of ``courses`` with their approved mappings.

    Raises:
        FaultInFile: ``other-course``, ``unit-not-in-edition``.
        UnknownCode: ``unknown-edition``: a mapping names an edition that is not among these.

    """
    known = tuple(editions)
    catalogue = Catalogue(known)
    outlines = [partial(outline_of, each, licence=(licences or {}).get(each.id)) for each in known]
    mapped = [
        partial(course_outline, facts, course_map, catalogue=catalogue)
        for facts, course_map in courses
    ]
    return CaseProvider((*outlines, *mapped), base=base)


def _members(room: str) -> tuple[set[str], set[str]]:
    table = _TABLES[room]
    required = {name.rstrip("!") for name in table if name.endswith("!")}
    return {name.rstrip("!") for name in table}, required


def _objects(package: Part) -> Iterator[tuple[tuple[str, str], Part]]:
    """Yield every object by endpoint and identifier, with its way back to the document."""
    document = cast("Part", package["CFDocument"])
    of, title = str(document["identifier"]), document["title"]
    link = {"title": title, "identifier": of, "uri": document["uri"]}
    whole = {**link, "uri": str(document["uri"]).replace("/CFDocuments/", "/CFPackages/")}
    yield ("CFDocuments", of), {**document, "CFPackageURI": whole}
    for room in ("CFItems", "CFAssociations"):
        for part in _parts(package, room):
            yield (room, str(part["identifier"])), {**part, "CFDocumentURI": link}
    for room in ("CFAssociationGroupings", "CFLicenses", *_SETS):
        for part in _parts(cast("Part", package["CFDefinitions"]), room):
            yield (room, str(part["identifier"])), part
    for part in _parts(package, "CFRubrics"):
        yield ("CFRubrics", str(part["identifier"])), part


def _parts(within: Part, room: str) -> list[Part]:
    return cast("list[Part]", within[room])


def _ties(package: Part, item: str) -> Iterator[Part]:
    for part in _parts(package, "CFAssociations"):
        ends = (part["originNodeURI"], part["destinationNodeURI"])
        if any(cast("Part", end)["identifier"] == item for end in ends):
            yield part


def _family(package: Part, room: str, part: Part) -> Iterator[Part]:
    """Yield a definition and those below it in the order of their hierarchy codes."""
    yield part
    for other in _parts(cast("Part", package["CFDefinitions"]), room):
        if str(other["hierarchyCode"]).startswith(f"{part['hierarchyCode']}."):
            yield other


def _ok(value: Json, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    return _answer(200, value, headers)


def _answer(status: int, value: Json, headers: tuple[tuple[str, str], ...]) -> Answer:
    typed = (("Content-Type", "application/json"), *headers)
    return Answer(status, typed, canonical_bytes(value))


def _fault(
    status: int, minor: str, description: str, headers: tuple[tuple[str, str], ...] = ()
) -> Answer:
    field: Part = {
        "imsx_codeMinorFieldName": "TargetEndSystem",
        "imsx_codeMinorFieldValue": minor,
    }
    status_info: Part = {
        "imsx_codeMajor": "failure",
        "imsx_severity": "error",
        "imsx_description": description,
        "imsx_codeMinor": {"imsx_codeMinorField": [field]},
    }
    return _answer(status, status_info, headers)
