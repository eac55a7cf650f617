"""An outline written as a CFPackage of CASE 1.1, as the published JSON Schema has it.

Required and allowed members are those of ``case_v1p1_cfpackage-jsonschema1.json``; inside a
package a document carries no ``CFPackageURI`` and an item no ``CFDocumentURI``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from standards import case_definitions
from standards.case_outline import OWN, Edge, Node, Outline, identifier, normal
from standards.json_cursor import Json

ROOT = "/ims/case/v1p1"
"""Path below which a provider answers (1EdTech, CASE 1.1 REST binding)."""

Part = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a framework is published and how old it is."""

    base: str
    """Scheme and host, for example ``https://bank.example``, without a path."""
    day: str
    """ISO date."""

    @property
    def stamp(self) -> str:
        """The time that everything in the package was last changed."""
        return f"{self.day}T00:00:00Z"

    def uri(self, room: str, of: str) -> str:
        """Return the address of one object, ``room`` being the name of its endpoint."""
        return _uri(self.base, room, of)

    def link(self, room: str, of: str, *, title: str) -> Part:
        """Return a link object."""
        return {"title": normal(title), "identifier": of, "uri": self.uri(room, of)}

    def sealed(self, room: str, part: Part) -> Part:
        """Return ``part`` with its address and its time."""
        uri = self.uri(room, str(part["identifier"]))
        return {**part, "uri": uri, "lastChangeDateTime": self.stamp}


def item_address(of: str, *, base: str) -> str:
    """Return the address of an item at the provider at ``base``."""
    return _uri(base, "CFItems", of)


def _uri(base: str, room: str, of: str) -> str:
    return f"{base.rstrip('/')}{ROOT}/{room}/{of}"


def package_of(outline: Outline, *, base: str) -> Part:
    """Return the CFPackage of ``outline`` for a provider at ``base``."""
    at = Address(base, outline.head.day)
    titles = {node.id: node.text for node in outline.nodes}
    titles |= {group.id: group.title for group in outline.groupings}
    titles |= {edge.destination: edge.title for edge in outline.edges if edge.title}
    titles[outline.head.id] = outline.head.title
    return {
        "CFDocument": _document(outline, at),
        "CFItems": [_item(outline, node, at) for node in outline.nodes],
        "CFAssociations": [_association(outline, edge, titles, at) for edge in outline.edges],
        "CFDefinitions": _definitions(outline, at),
        "CFRubrics": _rubrics(outline, at),
    }


def _document(outline: Outline, at: Address) -> Part:
    head = outline.head
    names = case_definitions.subject_names(outline)
    part: Part = {
        "identifier": head.id,
        "caseVersion": "1.1",
        "creator": normal(head.creator),
        "publisher": normal(head.creator),
        "title": normal(head.title),
        "language": "th",
        "version": normal(head.version),
        "statusStartDate": head.day,
        "subject": list(names),
        "subjectURI": [
            at.link("CFSubjects", case_definitions.subject_id(outline, name), title=name)
            for name in names
        ],
        "extensions": {OWN: dict(head.own)},
    }
    if head.framework_type is not None:
        part["frameworkType"] = head.framework_type
    if head.licence is not None:
        of = case_definitions.licence_id(outline, head.licence)
        part["licenseURI"] = at.link("CFLicenses", of, title=head.licence.title)
    return at.sealed("CFDocuments", part)


def _item(outline: Outline, node: Node, at: Address) -> Part:
    title = case_definitions.TITLES[node.kind]
    of_type = case_definitions.type_id(outline, node.kind)
    part: Part = {
        "identifier": node.id,
        "fullStatement": node.text,
        "CFItemType": title,
        "CFItemTypeURI": at.link("CFItemTypes", of_type, title=title),
        "language": node.language,
    }
    if node.code is not None:
        part["humanCodingScheme"] = normal(node.code)
    if node.levels:
        part["educationLevel"] = list(node.levels)
    if node.concepts:
        part["conceptKeywords"] = [normal(code) for code in node.concepts]
    if node.own:
        part["extensions"] = {OWN: dict(node.own)}
    return at.sealed("CFItems", part)


def _association(outline: Outline, edge: Edge, titles: Mapping[str, str], at: Address) -> Part:
    part: Part = {
        "identifier": edge.id,
        "associationType": edge.tie.value,
        "originNodeURI": _node_link(outline, edge.origin, titles, at),
        "destinationNodeURI": _node_link(outline, edge.destination, titles, at),
    }
    if edge.sequence is not None:
        part["sequenceNumber"] = edge.sequence
    if edge.grouping is not None:
        part["CFAssociationGroupingURI"] = at.link(
            "CFAssociationGroupings", edge.grouping, title=titles[edge.grouping]
        )
    if edge.own:
        part["extensions"] = {OWN: dict(edge.own)}
    return at.sealed("CFAssociations", part)


def _node_link(outline: Outline, of: str, titles: Mapping[str, str], at: Address) -> Part:
    room = "CFDocuments" if of == outline.head.id else "CFItems"
    return {**at.link(room, of, title=titles[of]), "targetType": "CASE"}


def _definitions(outline: Outline, at: Address) -> Part:
    named = {
        "CFConcepts": case_definitions.concepts(outline),
        "CFSubjects": case_definitions.subjects(outline),
        "CFLicenses": case_definitions.licences(outline),
        "CFItemTypes": case_definitions.item_types(outline),
        "CFAssociationGroupings": case_definitions.groupings(outline, OWN),
    }
    return {room: [at.sealed(room, part) for part in parts] for room, parts in named.items()}


def _rubrics(outline: Outline, at: Address) -> list[Json]:
    rubrics: list[Json] = []
    for unit, pairs in case_definitions.rubric_rows(outline):
        of = identifier("rubric", unit.id)
        rows: list[Json] = []
        for position, (element, leaf) in enumerate(pairs, start=1):
            row: Part = {
                "identifier": identifier("rubric-criterion", leaf.id),
                "category": normal(element.text),
                "CFItemURI": at.link("CFItems", leaf.id, title=leaf.text),
                "position": position,
                "rubricId": of,
            }
            row["uri"] = f"{at.uri('CFRubrics', of)}#{row['identifier']}"
            row["lastChangeDateTime"] = at.stamp
            rows.append(row)
        rubric: Part = {"identifier": of, "title": normal(unit.text), "CFRubricCriteria": rows}
        rubrics.append(at.sealed("CFRubrics", rubric))
    return rubrics
