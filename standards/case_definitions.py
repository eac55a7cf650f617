"""The lists at the end of a CASE package: item types, subjects, concepts, licence, rubrics.

All of them are worked out from the outline, so that they cannot say anything else than it.
"""

from collections.abc import Iterable

from standards.case_outline import Kind, Licence, Node, Outline, Tie, identifier, normal
from standards.json_cursor import Json

_TYPES = {
    Kind.INDUSTRY: ("1", "Industry", "A branch of the economy, the widest grouping of occupations"),
    Kind.SECTOR: ("1.1", "Sector", "A part of an industry"),
    Kind.OCCUPATION: ("1.1.1", "Occupation", "An occupation for which a standard was published"),
    Kind.QUALIFICATION: ("1.1.1.1", "Qualification", "One occupation at one level"),
    Kind.UNIT: (
        "1.1.1.1.1",
        "Unit of competency",
        "The smallest part of a standard that is assessed and certified by itself",
    ),
    Kind.ELEMENT: ("1.1.1.1.1.1", "Element of competency", "A part of a unit of competency"),
    Kind.CRITERION: (
        "1.1.1.1.1.1.1",
        "Performance criterion",
        "What must be seen for an element to count as mastered",
    ),
    Kind.COURSE: ("2", "Course", "A course of a school"),
    Kind.COURSE_PART: ("2.1", "Part of a course", "A subject, topic or week of a course"),
}
TITLES = {kind: title for kind, (_, title, _) in _TYPES.items()}
"""What ``CFItemType`` of an item says."""


def type_id(outline: Outline, kind: Kind) -> str:
    """Return the identifier of an item type within a framework."""
    return identifier("item-type", outline.head.id, kind.value)


def item_types(outline: Outline) -> list[dict[str, Json]]:
    """Return the item types that the outline uses, from the widest to the narrowest."""
    used = {node.kind for node in outline.nodes}
    return [
        {
            "identifier": type_id(outline, kind),
            "title": title,
            "description": description,
            "hierarchyCode": code,
            "typeCode": kind.value,
        }
        for kind, (code, title, description) in _TYPES.items()
        if kind in used
    ]


def subject_names(outline: Outline) -> list[str]:
    """Return the industries of a framework, each once."""
    return _distinct(node.text for node in outline.nodes if node.kind is Kind.INDUSTRY)


def subject_id(outline: Outline, name: str) -> str:
    """Return the identifier of a subject within a framework."""
    return identifier("subject", outline.head.id, name)


def subjects(outline: Outline) -> list[dict[str, Json]]:
    """Return the industries of a framework as subjects."""
    return [
        {"identifier": subject_id(outline, name), "title": name, "hierarchyCode": str(n)}
        for n, name in enumerate(subject_names(outline), start=1)
    ]


def concepts(outline: Outline) -> list[dict[str, Json]]:
    """Return the codes of the classification of occupations (ISCO) that the items name."""
    named = _distinct(code for node in outline.nodes for code in node.concepts)
    return [
        {
            "identifier": identifier("concept", outline.head.id, code),
            "title": code,
            "keywords": "ISCO",
            "hierarchyCode": code,
        }
        for code in named
    ]


def groupings(outline: Outline, own: str) -> list[dict[str, Json]]:
    """Return the groups of the qualifications; ``own`` names the member for their rules."""
    return [
        {"identifier": each.id, "title": normal(each.title), "extensions": {own: dict(each.own)}}
        for each in outline.groupings
    ]


def licence_id(outline: Outline, licence: Licence) -> str:
    """Return the identifier of the licence of a framework."""
    return identifier("licence", outline.head.id, licence.title)


def licences(outline: Outline) -> list[dict[str, Json]]:
    """Return the licence; none where none is known."""
    licence = outline.head.licence
    if licence is None:
        return []
    return [
        {
            "identifier": licence_id(outline, licence),
            "title": normal(licence.title),
            "licenseText": licence.text,
        }
    ]


def rubric_rows(outline: Outline) -> list[tuple[Node, list[tuple[Node, Node]]]]:
    """Return each unit that has criteria, with its (element, criterion) pairs in their order.

    No source states degrees of mastery, so a rubric has criteria and no levels.
    """
    nodes = {node.id: node for node in outline.nodes}
    children: dict[str, list[Node]] = {}
    for edge in outline.edges:
        if edge.tie is Tie.CHILD:
            children.setdefault(edge.destination, []).append(nodes[edge.origin])
    rows = []
    for unit in (node for node in outline.nodes if node.kind is Kind.UNIT):
        elements = children.get(unit.id, [])
        pairs = [(each, leaf) for each in elements for leaf in children.get(each.id, [])]
        if pairs:
            rows.append((unit, pairs))
    return rows


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(map(normal, texts)))
