"""One way to write a graph: W3C RDF Dataset Canonicalization (RDFC-1.0) with SHA-256.

Nameless nodes get labels that depend on what is said about them and on nothing else, so that two
programs that hold the same graph write the same bytes. Almost always what is said about each node
is unique and one hash a node settles its label; only twins need the costly rule, which is capped,
because a graph can be made that would take for ever.
"""

from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from itertools import permutations
from typing import Final

from certificates.credential.linked_graph import Graph, Quad
from certificates.errors import CannotSay

MOST_TRIES: Final = 4_000
"""Orders of twins tried before the graph is given up as made to be slow."""
_SUBJECT, _OBJECT, _GRAPH = 0, 2, 3
_PLACES: Final = ((_SUBJECT, "s"), (_OBJECT, "o"), (_GRAPH, "g"))


def canonical_quads(graph: Graph) -> bytes:
    """Return the canonical N-Quads of a graph.

    Raises:
        CannotSay: ``graph-tangled``: too many twins.

    """
    if not graph.blank:
        return "".join(sorted(graph.named)).encode()
    labels = _Labels(graph).canonical()
    lines = {_line(*(labels.get(part, part) for part in quad)) for quad in graph.blank}
    return "".join(sorted(graph.named | lines)).encode()


def _line(subject: str, predicate: str, said: str, graph: str) -> str:
    tail = f" {graph} .\n" if graph else " .\n"
    return f"{subject} {predicate} {said}{tail}"


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


class _Issuer(dict[str, str]):
    """Gives out labels in order."""

    def __init__(self, prefix: str, issued: dict[str, str] | None = None) -> None:
        super().__init__(issued or {})
        self._prefix = prefix

    def issue(self, node: str) -> str:
        """Return the label of a node, a new one if it has none."""
        label = self.get(node)
        if label is None:
            label = self[node] = f"_:{self._prefix}{len(self)}"
        return label

    def copy(self) -> "_Issuer":
        return _Issuer(self._prefix, self)


class _Labels:
    """The labels of one graph's nameless nodes (section 4.4 of the Recommendation)."""

    def __init__(self, graph: Graph) -> None:
        self._quads: dict[str, list[Quad]] = defaultdict(list)
        for quad in graph.blank:
            for node in {quad[_SUBJECT], quad[_OBJECT], quad[_GRAPH]}:
                if node[:2] == "_:":
                    self._quads[node].append(quad)
        self._first = {node: self._first_degree(node) for node in self._quads}
        self._issued = _Issuer("c14n")
        self._tries = 0

    def canonical(self) -> _Issuer:
        """Return node -> lasting label."""
        alike: dict[str, list[str]] = defaultdict(list)
        for node, found in self._first.items():
            alike[found].append(node)
        for found in sorted(alike):
            if len(alike[found]) == 1:
                self._issued.issue(alike[found][0])
        for found in sorted(alike):
            if len(alike[found]) > 1:
                self._settle_twins(alike[found])
        return self._issued

    def _settle_twins(self, nodes: list[str]) -> None:
        results = []
        for node in nodes:
            if node not in self._issued:
                issuer = _Issuer("b")
                issuer.issue(node)
                results.append(self._n_degree(node, issuer))
        for _, issuer in sorted(results, key=lambda result: result[0]):
            for node in issuer:
                self._issued.issue(node)

    def _first_degree(self, node: str) -> str:
        """Return the hash of what is said about a node (section 4.6)."""
        lines = [
            _line(*(("_:a" if part == node else "_:z") if part[:2] == "_:" else part for part in q))
            for q in self._quads[node]
        ]
        return _hash("".join(sorted(lines)))

    def _related(self, node: str, quad: Quad, issuer: _Issuer, place: str) -> str:
        """Return the hash of a neighbour as seen from one place of a quad (section 4.7)."""
        predicate = "" if place == "g" else quad[1]
        label = self._issued.get(node) or issuer.get(node) or self._first[node]
        return _hash(f"{place}{predicate}{label}")

    def _neighbours(self, node: str, issuer: _Issuer) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for quad in self._quads[node]:
            for position, place in _PLACES:
                other = quad[position]
                if other[:2] == "_:" and other != node:
                    found[self._related(other, quad, issuer, place)].append(other)
        return found

    def _n_degree(self, node: str, issuer: _Issuer) -> tuple[str, _Issuer]:
        """Return the hash of a node's surroundings and the labels given there (section 4.8)."""
        data = ""
        neighbours = self._neighbours(node, issuer)
        for related in sorted(neighbours):
            path, issuer = min(
                self._paths(neighbours[related], issuer), key=lambda choice: choice[0]
            )
            data += related + path
        return _hash(data), issuer

    def _paths(self, nodes: list[str], issuer: _Issuer) -> Iterator[tuple[str, _Issuer]]:
        for order in permutations(nodes):
            self._tries += 1
            if self._tries > MOST_TRIES:
                raise CannotSay("graph-tangled")
            yield self._path(order, issuer.copy())

    def _path(self, order: tuple[str, ...], issuer: _Issuer) -> tuple[str, _Issuer]:
        path, new = "", []
        for node in order:
            if node in self._issued:
                path += self._issued[node]
                continue
            if node not in issuer:
                new.append(node)
            path += issuer.issue(node)
        for node in new:
            found, reached = self._n_degree(node, issuer)
            path += f"{issuer.issue(node)}<{found}>"
            issuer = reached
        return path, issuer
