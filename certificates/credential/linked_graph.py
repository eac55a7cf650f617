"""A credential as the graph that a Data Integrity proof signs (JSON-LD 1.1 to RDF 1.1).

Only what lies in the graph is signed, so everything a reader could see must lie there: a property
that no context defines, a null, an empty list or object, a name that is no absolute IRI are refused
where a lenient JSON-LD processor drops them without a word. What is left is a small part of
JSON-LD, which needs no general processor: no context but the known ones, no keywords, compacted
form.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from certificates.credential.linked_terms import (
    STRUCTURE,
    Scope,
    Term,
    Vocabulary,
    vocabulary_of,
)
from certificates.errors import CannotSay

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
TYPE: Final = f"<{RDF}type>"
FIRST: Final = f"<{RDF}first>"
REST: Final = f"<{RDF}rest>"
NIL: Final = f"<{RDF}nil>"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
LARGEST_NUMBER: Final = 2**53 - 1
PURPOSES: Final = {"assertionMethod": "https://w3id.org/security#assertionMethod"}
"""What a ``@vocab`` term may name: the one purpose that proofs of credentials have."""
_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]+")
_SPECIAL: Final = re.compile(r'[\x00-\x1f"\\\x7f]')
_ESCAPES: Final = str.maketrans(
    {code: f"\\u{code:04X}" for code in (*range(32), 127)}
    | {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}
)
_TAKEN_PREFIXES: Final = ("cred:", "obi:", "_:")
"""Beginnings that JSON-LD would read as something else than the scheme of an address."""

Quad = tuple[str, str, str, str]
"""Subject, predicate, object and graph (empty: the default graph) as N-Quads write them.

Nameless nodes are written ``_:0``, ``_:1``, ... here; their lasting labels come later.
"""


@dataclass(slots=True)
class Graph:
    """The statements of one document."""

    named: set[str] = field(default_factory=set)
    """Finished N-Quads lines, those without a nameless node."""
    blank: list[Quad] = field(default_factory=list)
    """Statements that touch a nameless node."""
    blanks: int = 0
    """How many nameless nodes there are."""


def graph_of(document: Mapping[str, object], contexts: object = None) -> Graph:
    """Return the graph of a document; ``contexts`` stand in where it names none itself.

    Raises:
        CannotSay: ``context-unknown``, ``term-undefined`` or ``value-unsigned``, each naming
            where.

    """
    named = document.get("@context", contexts)
    walk = _Walk(vocabulary_of(named), named if isinstance(named, list) else [named])
    walk.node(document, "", path="")
    return walk.graph


class _Walk:
    """One way through a document."""

    def __init__(self, vocabulary: Vocabulary, contexts: list[object]) -> None:
        self.graph = Graph()
        self._contexts = contexts
        self._vocabulary = vocabulary
        self._scopes: dict[tuple[str, ...], Scope] = {}
        self._known: dict[tuple[str, str], dict[str, object]] = {}

    def node(self, value: Mapping[str, object], graph: str, *, path: str) -> str:
        """Add all statements about a node; return its name."""
        if not value or ("@context" in value and not self._adds_nothing(value["@context"])):
            raise CannotSay("value-unsigned", path=path)
        subject, types = self._name(value, path), _types(value.get("type"), path)
        if subject[0] == "<" and len(value) > 1:
            self._require_same(subject, graph, value, path)
        for one in types:
            self._add(subject, TYPE, self._type(one, path), graph)
        scope = self._scope(types)
        for name, member in value.items():
            if name in STRUCTURE:
                continue
            term = scope.get(name)
            if term is None:
                raise CannotSay("term-undefined", path=f"{path}/{name}")
            self._member(subject, term, member, graph, f"{path}/{name}")
        return subject

    def _member(self, subject: str, term: Term, member: object, graph: str, path: str) -> None:
        values = member if isinstance(member, list) else [member]
        if not values:
            raise CannotSay("value-unsigned", path=path)
        if term.container == "@list":
            self._add(subject, term.predicate, self._list(term, values, graph, path), graph)
            return
        for value in values:
            if type(value) is str and term.reference is None:  # by far the most frequent
                text = value if _SPECIAL.search(value) is None else value.translate(_ESCAPES)
                said = f'"{text}{term.closing}'
            elif term.container == "@graph":
                said = self._blank()
                self.node(_object(value, path), said, path=path)
            else:
                said = self._said(term, value, graph, path)
            self._add(subject, term.predicate, said, graph)

    def _said(self, term: Term, value: object, graph: str, path: str) -> str:
        """Return a value as the object of a statement."""
        if isinstance(value, dict):
            return self.node(value, graph, path=path)
        if isinstance(value, str):
            if term.reference is None:
                return f'"{value.translate(_ESCAPES)}{term.closing}'
            return _iri(PURPOSES.get(value, "") if term.reference == "@vocab" else value, path)
        if isinstance(value, bool):
            return f'"{str(value).lower()}"^^<{term.datatype or XSD + "boolean"}>'
        if isinstance(value, int | float):
            return _number(value, term, path)
        raise CannotSay("value-unsigned", path=path)

    def _list(self, term: Term, values: Sequence[object], graph: str, path: str) -> str:
        rest = NIL
        for value in reversed(values):
            here = self._blank()
            self._add(here, FIRST, self._said(term, value, graph, path), graph)
            self._add(here, REST, rest, graph)
            rest = here
        return rest

    def _name(self, value: Mapping[str, object], path: str) -> str:
        if "id" not in value:
            return self._blank()
        return _iri(value["id"], f"{path}/id")

    def _adds_nothing(self, contexts: object) -> bool:
        """Tell whether contexts that an inner document names are all in force already."""
        return isinstance(contexts, list) and all(one in self._contexts for one in contexts)

    def _require_same(
        self, subject: str, graph: str, value: Mapping[str, object], path: str
    ) -> None:
        """Require that a thing described twice is not described in two ways.

        Two descriptions of one thing become one in the graph: what each said of the same property
        could be exchanged without the signature noticing.
        """
        known = self._known.setdefault((subject, graph), {})
        for name, member in value.items():
            if name != "type" and known.setdefault(name, member) != member:
                raise CannotSay("value-unsigned", path=f"{path}/{name}")

    def _type(self, name: str, path: str) -> str:
        known = self._vocabulary.types.get(name)
        if known is None:
            raise CannotSay("term-undefined", path=f"{path}/type", type=name[:100])
        return known

    def _scope(self, types: tuple[str, ...]) -> Scope:
        scope = self._scopes.get(types)
        if scope is None:
            scope = self._scopes[types] = self._vocabulary.scope(types)
        return scope

    def _blank(self) -> str:
        number = self.graph.blanks
        self.graph.blanks += 1
        return f"_:{number}"

    def _add(self, subject: str, predicate: str, said: str, graph: str) -> None:
        if subject[0] == "_" or said[0] == "_" or graph:
            self.graph.blank.append((subject, predicate, said, graph))
        else:
            self.graph.named.add(f"{subject} {predicate} {said} .\n")


def _types(value: object, path: str) -> tuple[str, ...]:
    if value is None:
        return ()
    types = tuple(value) if isinstance(value, list) else (value,)
    if not types or not all(isinstance(one, str) for one in types) or len(set(types)) < len(types):
        raise CannotSay("value-unsigned", path=f"{path}/type")
    return types


def _iri(value: object, path: str) -> str:
    if isinstance(value, str) and _IRI.fullmatch(value) and not value.startswith(_TAKEN_PREFIXES):
        return f"<{value}>"
    raise CannotSay("value-unsigned", path=path)


def _number(value: float, term: Term, path: str) -> str:
    """Write a number canonically (JSON-LD 1.1 API, section 8.2.2).

    ``3.0`` is refused: some processors take it for the whole number that JSON says it is, others
    for a floating-point one, and sign something else.
    """
    if isinstance(value, int):
        if abs(value) > LARGEST_NUMBER:
            raise CannotSay("value-unsigned", path=path)
        return f'"{value}"^^<{term.datatype or XSD + "integer"}>'
    if value.is_integer():
        raise CannotSay("value-unsigned", path=path)
    digits, _, exponent = f"{value:.15E}".partition("E")
    whole = f"{digits.rstrip('0')}E{int(exponent)}"
    return f'"{whole}"^^<{term.datatype or XSD + "double"}>'


def _object(value: object, path: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise CannotSay("value-unsigned", path=path)
    return value
