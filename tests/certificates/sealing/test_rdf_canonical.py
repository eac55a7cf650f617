"""A graph has one way to be written, and it is everybody's."""

from itertools import permutations

import pytest
from hypothesis import example, given, reject, settings
from hypothesis import strategies as st

from certificates.credential.linked_graph import Graph, graph_of
from certificates.credential.open_badge import to_open_badge
from certificates.credential.snapshot import Statement
from certificates.errors import CannotSay
from certificates.sealing.rdf_canonical import canonical_quads
from tests.certificates.linked_judges import canonical_by_pyld, canonical_quads_by_pyld
from tests.certificates.statements import statements


def _mentions(quad: tuple[str, str, str, str]) -> int:
    return sum(part[:2] == "_:" for part in quad)


NODES = st.sampled_from([f"_:{number}" for number in range(5)])
NAMES = st.sampled_from(["<urn:a>", "<urn:b>"])
quads = st.tuples(
    NODES | NAMES,
    st.sampled_from(["<urn:p>", "<urn:q>"]),
    NODES | NAMES | st.just('"x"'),
    st.just("") | NODES | NAMES,
).filter(lambda quad: len({part for part in quad if part[:2] == "_:"}) == _mentions(quad))
"""Statements of a node about itself are left out: PyLD counts them twice, the Recommendation
once."""


def drawn(found: list[tuple[str, str, str, str]]) -> Graph:
    graph = Graph()
    for quad in dict.fromkeys(found):
        if any(part[:2] == "_:" for part in quad):
            graph.blank.append(quad)
        else:
            graph.named.add(" ".join(part for part in quad if part) + " .\n")
    return graph


@settings(deadline=None, max_examples=25)
@given(statements())
def test_every_credential_is_written_as_pyld_writes_it(statement: Statement) -> None:
    credential = to_open_badge(statement)
    try:
        graph_of(credential)
    except CannotSay:  # one address that stands for two names: chance brings it, banks do not
        reject()

    assert canonical_quads(graph_of(credential)) == canonical_by_pyld(credential)


TOLD_IN_TWO_WAYS = [
    ("_:1", "<urn:p>", "<urn:a>", ""),
    ("_:0", "<urn:q>", "_:1", "_:3"),
    ("_:3", "<urn:q>", "_:2", "_:0"),
]
"""Two graphs that name each other: the Recommendation cannot tell which is which."""


@settings(deadline=None, max_examples=100)
@given(st.lists(quads, min_size=1, max_size=9))
@example(TOLD_IN_TWO_WAYS)
def test_twins_are_told_apart_as_pyld_tells_them_apart(
    found: list[tuple[str, str, str, str]],
) -> None:
    """Where PyLD itself goes by how nodes are called, ours is among what it writes."""
    ours = canonical_quads(drawn(found))
    names = sorted({part for quad in found for part in quad if part[:2] == "_:"})

    if ours != by_pyld(found, {}):
        told = {
            by_pyld(found, dict(zip(names, others, strict=True))) for others in permutations(names)
        }
        assert len(told) > 1
        assert ours in told


def by_pyld(found: list[tuple[str, str, str, str]], called: dict[str, str]) -> bytes:
    """Return what PyLD writes when the nodes are called otherwise."""
    quads_told = [[called.get(part, part) for part in quad if part] for quad in found]
    lines = dict.fromkeys(" ".join(quad) + " .\n" for quad in quads_told)
    return canonical_quads_by_pyld("".join(lines).replace("_:", "_:e"))


def test_the_order_in_which_things_are_said_changes_nothing() -> None:
    ring = [(f"_:{n}", "<urn:p>", f"_:{(n + 1) % 4}", "") for n in range(4)]

    assert canonical_quads(drawn(ring)) == canonical_quads(drawn(ring[::-1]))


def test_a_graph_made_to_take_for_ever_is_given_up() -> None:
    nodes = range(9)
    tangled = [(f"_:{a}", "<urn:p>", f"_:{b}", "") for a in nodes for b in nodes if a != b]
    with pytest.raises(CannotSay, match="graph-tangled"):
        canonical_quads(drawn(tangled))
