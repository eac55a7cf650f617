"""An edition laid out as a CASE framework.

Industry, sector, occupation, qualification, unit, element and criterion are items; ``isChildOf``
is the tree. A unit that stands in several qualifications has several parents, and each parenthood
names its group. ``isPartOf`` says which industry, sector and occupation a unit or qualification
states of itself, which the tree alone could not say. An English text is an item of its own, tied
to the Thai one by ``isTranslationOf``.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace

from standards import model
from standards.case_outline import (
    Edge,
    Grouping,
    Head,
    Kind,
    Licence,
    Node,
    Outline,
    Tie,
    identifier,
    raw_if_changed,
)
from standards.case_taxonomy import Taxonomy, child_edge
from standards.errors import FaultInFile
from standards.json_cursor import Json
from standards.reading_json import with_digest

_NUMBER = re.compile("[1-9][0-9]?")
FORMAT = "competency-bank/case/v1"
"""Names what this package writes under ``extensions``; a change of it needs a new version."""


def item_identifier(edition: model.EditionId, kind: Kind, *key: str | int | None) -> str:
    """Return the identifier of an item of an edition.

    ``key`` is the surrogate key of a unit or qualification; for an element follows its place in
    the unit, for a criterion its place in the element: their codes are not unique in the sources.
    """
    return identifier("item", edition, kind.value, *key)


def document_identifier(edition: model.EditionId) -> str:
    """Return the identifier of the CFDocument of an edition."""
    return identifier("document", edition)


def outline_of(edition: model.Edition, *, licence: Licence | None = None) -> Outline:
    """Return ``edition`` as a CASE framework.

    Raises:
        FaultInFile: ``other-owner``: a unit or qualification has another owner than the edition,
            for which a framework with one creator has no place.

    """
    _check_owners(edition)
    taxonomy = Taxonomy(edition, document_identifier(edition.id))
    nodes = list(taxonomy.nodes())
    edges = list(taxonomy.edges())
    groupings: list[Grouping] = []
    for each in edition.qualifications:
        node = _qualification(edition, each)
        nodes.append(node)
        edges += taxonomy.place_qualification(node.id, each)
        groupings += _groupings(edition, each)
    edges += _memberships(edition)
    members = {key for each in edition.qualifications for key in each.units}
    for unit in edition.units:
        nodes += _unit_nodes(edition, unit)
        item = item_identifier(edition.id, Kind.UNIT, unit.key)
        edges += taxonomy.place_unit(item, unit, alone=unit.key not in members)
        edges += _unit_edges(edition, unit)
    twins, twin_edges = _twins(edition)
    return Outline(
        head=_head(edition, licence),
        nodes=(*nodes, *twins),
        edges=(*_numbered(edges), *twin_edges),
        groupings=tuple(groupings),
    )


def _check_owners(edition: model.Edition) -> None:
    owners = [(str(unit.key), unit.owner) for unit in edition.units]
    owners += [(str(each.key), each.owner) for each in edition.qualifications]
    for key, owner in owners:
        if owner != edition.owner:
            raise FaultInFile("other-owner", file=edition.id, place=f"{key}.owner", value=owner)


def _head(edition: model.Edition, licence: Licence | None) -> Head:
    own: dict[str, Json] = {
        "format": FORMAT,
        "edition": str(edition.id),
        "owner": str(edition.owner),
        "made_up": edition.made_up,
        "title_en": edition.title_en,
        "digest": with_digest(edition).digest,
        **raw_if_changed("title_th", edition.title_th),
    }
    return Head(
        id=document_identifier(edition.id),
        title=edition.title_th,
        creator=edition.owner,
        version=edition.id,
        day=edition.released.isoformat(),
        own=own,
        licence=licence,
    )


def level_name(level: model.Level) -> str:
    """Return a level as ``educationLevel`` names it; a bare number would lose its ladder."""
    return f"{level.scale.value} {level.value}"


def read_level(name: str) -> model.Level | None:
    """Return the level that ``level_name`` wrote; None for any other text.

    Whether the ladder has that step is not judged here.
    """
    scale, _, value = name.partition(" ")
    if scale not in set(model.LevelScale) or _NUMBER.fullmatch(value) is None:
        return None
    return model.Level(int(value), model.LevelScale(scale))


def _aliases(aliases: tuple[model.Alias, ...]) -> list[Json]:
    return [{"kind": a.kind.value, "value": a.value, "scope": a.scope} for a in aliases]


def _qualification(edition: model.Edition, of: model.Qualification) -> Node:
    own: dict[str, Json] = {
        "key": str(of.key),
        "aliases": _aliases(of.aliases),
        "composition_known": of.composition_known,
        "certifying_bodies": list(of.certifying_bodies),
        "published": None if of.published is None else of.published.isoformat(),
        "source_url": of.source_url,
    }
    return Node(
        id=item_identifier(edition.id, Kind.QUALIFICATION, of.key),
        kind=Kind.QUALIFICATION,
        text=of.title_th,
        levels=() if of.level is None else (level_name(of.level),),
        own=own,
    )


def _group_id(edition: model.Edition, of: model.Qualification, place: int) -> str:
    return identifier("grouping", edition.id, of.key, place)


def _groupings(edition: model.Edition, of: model.Qualification) -> Iterator[Grouping]:
    for place, group in enumerate(of.groups):
        yield Grouping(
            id=_group_id(edition, of, place),
            title=group.name or of.title_th,
            own={
                "qualification": item_identifier(edition.id, Kind.QUALIFICATION, of.key),
                "name": group.name,
                "minimum": group.minimum,
            },
        )


def _memberships(edition: model.Edition) -> Iterator[Edge]:
    for each in edition.qualifications:
        for place, group in enumerate(each.groups):
            for unit in group.units:
                yield Edge(
                    id=identifier("member", edition.id, each.key, place, unit),
                    tie=Tie.CHILD,
                    origin=item_identifier(edition.id, Kind.UNIT, unit),
                    destination=item_identifier(edition.id, Kind.QUALIFICATION, each.key),
                    grouping=_group_id(edition, each, place),
                )


def _unit_nodes(edition: model.Edition, unit: model.Unit) -> Iterator[Node]:
    own: dict[str, Json] = {
        "key": str(unit.key),
        "aliases": _aliases(unit.aliases),
        "revision": asdict(unit.revision),
        "target_groups": list(unit.target_groups),
        "elements_known": unit.elements is not None,
        "source_url": unit.source_url,
        "isco": list(unit.isco),
        **raw_if_changed("code", unit.code),
    }
    yield Node(
        id=item_identifier(edition.id, Kind.UNIT, unit.key),
        kind=Kind.UNIT,
        text=unit.title_th,
        code=unit.code,
        levels=tuple(map(level_name, unit.levels)),
        concepts=unit.isco,
        own=own,
    )
    for n, element in enumerate(unit.elements or ()):
        methods: list[Json] = list(element.assessment_methods)
        yield Node(
            id=item_identifier(edition.id, Kind.ELEMENT, unit.key, n),
            kind=Kind.ELEMENT,
            text=element.title_th,
            code=element.code,
            own={"assessment_methods": methods, **raw_if_changed("code", element.code)},
        )
        for m, criterion in enumerate(element.criteria):
            yield Node(
                id=item_identifier(edition.id, Kind.CRITERION, unit.key, n, m),
                kind=Kind.CRITERION,
                text=criterion.text_th,
                code=criterion.code,
                own=raw_if_changed("code", criterion.code),
            )


def _unit_edges(edition: model.Edition, unit: model.Unit) -> Iterator[Edge]:
    parent = item_identifier(edition.id, Kind.UNIT, unit.key)
    for n, element in enumerate(unit.elements or ()):
        child = item_identifier(edition.id, Kind.ELEMENT, unit.key, n)
        yield child_edge(child, parent)
        for m in range(len(element.criteria)):
            yield child_edge(item_identifier(edition.id, Kind.CRITERION, unit.key, n, m), child)


def _twins(edition: model.Edition) -> tuple[list[Node], list[Edge]]:
    nodes, edges = [], []
    for kind, key, text in _english(edition):
        if text is not None:
            thai = item_identifier(edition.id, kind, *key)
            twin = Node(identifier("twin", thai, "en"), kind, text, language="en")
            nodes.append(twin)
            tie_id = identifier("translation", thai, "en")
            edges.append(Edge(tie_id, Tie.TRANSLATION, twin.id, thai))
    return nodes, edges


def _english(
    edition: model.Edition,
) -> Iterator[tuple[Kind, tuple[str | int, ...], str | None]]:
    for each in edition.qualifications:
        yield Kind.QUALIFICATION, (each.key,), each.title_en
    for unit in edition.units:
        yield Kind.UNIT, (unit.key,), unit.title_en
        for n, element in enumerate(unit.elements or ()):
            yield Kind.ELEMENT, (unit.key, n), element.title_en
            for m, criterion in enumerate(element.criteria):
                yield Kind.CRITERION, (unit.key, n, m), criterion.text_en


def _numbered(edges: Iterable[Edge]) -> Iterator[Edge]:
    """Yield ``edges``, those of the tree with their place among the children of one parent."""
    count: Counter[tuple[str, str | None]] = Counter()
    for edge in edges:
        if edge.tie is Tie.CHILD:
            among = edge.destination, edge.grouping
            count[among] += 1
            yield replace(edge, sequence=count[among])
        else:
            yield edge
