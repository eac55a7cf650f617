"""A competency framework as CASE sees it, before it has addresses: items and links between them.

CASE 1.1 (1EdTech, Competencies and Academic Standards Exchange) knows items and associations and
nothing else: what an item is, its type says; where it stands, its associations say. An outline
holds both with identifiers that never change, so that the same edition published at two addresses
is still recognised as one.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID, uuid5

from standards.json_cursor import Json

OWN = "competencyBank"
"""The member of ``extensions`` under which stands what CASE has no field for."""

_NAMESPACE = UUID("6b1d0f0e-52a7-4c3e-9a54-0d6a3b9e7c15")
_NOT_NORMAL = re.compile("[\t\r\n]")


class Kind(StrEnum):
    """What an item is; the values are the codes of the item types."""

    INDUSTRY = "industry"
    SECTOR = "sector"
    OCCUPATION = "occupation"
    QUALIFICATION = "qualification"
    UNIT = "unit"
    ELEMENT = "element"
    CRITERION = "criterion"
    COURSE = "course"
    COURSE_PART = "course-part"


class Tie(StrEnum):
    """The kinds of association that are written and understood."""

    CHILD = "isChildOf"
    PART = "isPartOf"
    TRANSLATION = "isTranslationOf"
    RELATED = "isRelatedTo"
    COVERS = "ext:covers"


@dataclass(frozen=True, slots=True)
class Node:
    """One item."""

    id: str
    kind: Kind
    text: str
    code: str | None = None
    language: str = "th"
    levels: tuple[str, ...] = ()
    """Levels with their scale, as ``educationLevel`` names them."""
    concepts: tuple[str, ...] = ()
    """Codes of the classification of occupations to which the item belongs."""
    own: Mapping[str, Json] = field(default_factory=dict)
    """What CASE has no field for."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """Associations that belong together: the units of one group of a qualification."""

    id: str
    title: str
    own: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Edge:
    """One association, from an item to another item, to the document or to a foreign item."""

    id: str
    tie: Tie
    origin: str
    destination: str
    sequence: int | None = None
    grouping: str | None = None
    title: str = ""
    """Title of a destination that is not in this outline."""
    own: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Licence:
    """The terms under which a framework may be passed on."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Head:
    """What is said of a framework as a whole."""

    id: str
    title: str
    creator: str
    version: str
    day: str
    """ISO date of the release: the only time a package knows, for it is made without a clock."""
    own: Mapping[str, Json]
    framework_type: str | None = None
    licence: Licence | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """A framework: its head, its items in their order, and what ties them together."""

    head: Head
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    groupings: tuple[Grouping, ...] = ()


def identifier(*key: str | int | None) -> str:
    """Return the UUID (version 5, RFC 9562) for ``key``.

    Holds: equal keys, equal identifiers, at every address and in every release; different keys,
    different identifiers, for the key is written so that its parts cannot run into each other.
    """
    return str(uuid5(_NAMESPACE, json.dumps(key)))


def normal(text: str) -> str:
    """Return ``text`` as a NormalizedString of CASE: no tab and no line end."""
    return _NOT_NORMAL.sub(" ", text)


def raw_if_changed(name: str, text: str | None) -> dict[str, Json]:
    """Return ``text`` under ``name`` if ``normal`` would lose something of it, else nothing."""
    return {} if text is None or normal(text) == text else {name: text}
