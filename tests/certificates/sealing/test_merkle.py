"""What must be true of the log's hashing and its proofs."""

import base64
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.errors import ProofFails
from certificates.sealing.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

VECTORS = Path(__file__).parents[4] / "shared" / "vectors" / "rfc6962"
needs_vectors = pytest.mark.skipif(not VECTORS.is_dir(), reason=f"no vectors at {VECTORS.name}")
quick = settings(deadline=None, max_examples=60)
hashes = st.binary(min_size=32, max_size=32)
trees = st.lists(hashes, min_size=1, max_size=70)


def by_definition(leaves: list[bytes]) -> bytes:
    """Follow RFC 6962 section 2.1 word by word, as the judge of the fast code."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + by_definition(leaves[:k]) + by_definition(leaves[k:])).digest()


def flipped(data: bytes, bit: int) -> bytes:
    at = bit % (len(data) * 8)
    return bytes(b ^ (1 << (at % 8)) if i == at // 8 else b for i, b in enumerate(data))


def test_leaves_and_nodes_are_hashed_with_different_first_bytes() -> None:
    assert leaf_hash(b"x") == sha256(b"\x00x").digest()
    assert node_hash(b"l", b"r") == sha256(b"\x01lr").digest()
    assert root_of([]) == EMPTY_ROOT


@quick
@given(st.lists(hashes, max_size=70))
def test_the_root_is_the_one_the_definition_gives(leaves: list[bytes]) -> None:
    assert root_of(leaves) == by_definition(leaves)


@quick
@given(trees, st.data())
def test_a_saved_frontier_goes_on_where_it_stopped(
    leaves: list[bytes], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(leaves)))
    frontier = Frontier()
    frontier.extend(leaves[:cut])
    frontier = Frontier.from_bytes(frontier.to_bytes())
    for leaf in leaves[cut:]:
        frontier.append(leaf)
    assert (frontier.size, frontier.root()) == (len(leaves), by_definition(leaves))


@quick
@given(trees, st.data())
def test_every_leaf_can_be_proved_and_no_other(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = inclusion_proof(leaves, index)
    root = by_definition(leaves)
    verify_inclusion(leaves[index], index, size=len(leaves), proof=proof, root=root)
    wrong = flipped(leaves[index], data.draw(st.integers(0, 255)))
    with pytest.raises(ProofFails):
        verify_inclusion(wrong, index, size=len(leaves), proof=proof, root=root)
    for other in set(range(len(leaves))) - {i for i, v in enumerate(leaves) if v == leaves[index]}:
        with pytest.raises(ProofFails):
            verify_inclusion(leaves[index], other, size=len(leaves), proof=proof, root=root)


@quick
@given(trees, st.data())
def test_growth_can_be_proved_and_rewriting_cannot(
    leaves: list[bytes], data: st.DataObject
) -> None:
    old = data.draw(st.integers(0, len(leaves)))
    proof = consistency_proof(leaves, old)
    before, after = by_definition(leaves[:old]), by_definition(leaves)
    verify_consistency(old, len(leaves), proof=proof, old_root=before, new_root=after)
    rewritten = flipped(before, data.draw(st.integers(0, 255)))
    with pytest.raises(ProofFails):
        verify_consistency(old, len(leaves), proof=proof, old_root=rewritten, new_root=after)
    with pytest.raises(ProofFails):
        verify_consistency(old, len(leaves), proof=[*proof, after], old_root=before, new_root=after)


FAULTS: dict[str, Callable[[], object]] = {
    "short leaf": lambda: root_of([b"short"]),
    "empty leaf": lambda: Frontier().append(b""),
    "frontier without size": lambda: Frontier.from_bytes(b"\x00" * 7),
    "frontier cut": lambda: Frontier.from_bytes((3).to_bytes(8, "big") + bytes(32)),
    "no leaves": lambda: inclusion_proof([], 0),
    "negative index": lambda: inclusion_proof([bytes(32)], -1),
    "old above new": lambda: consistency_proof([bytes(32)], 2),
    "index at size": lambda: verify_inclusion(bytes(32), 1, size=1, proof=[], root=bytes(32)),
    "shrunk": lambda: verify_consistency(2, 1, proof=[], old_root=bytes(32), new_root=bytes(32)),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_not_well_formed_is_refused(fault: str) -> None:
    with pytest.raises(ProofFails):
        FAULTS[fault]()


def test_extending_with_one_bad_hash_changes_nothing() -> None:
    frontier = Frontier()
    with pytest.raises(ProofFails):
        frontier.extend([bytes(32), b"bad"])
    assert frontier.size == 0


def _vectors(kind: str) -> list[Path]:
    return sorted((VECTORS / kind).rglob("*.json"))


def _name(file: Path) -> str:
    return str(file.relative_to(VECTORS).with_suffix(""))


def _bytes(text: str | None) -> bytes:
    return base64.b64decode(text or "")


@needs_vectors
@pytest.mark.parametrize("file", _vectors("inclusion"), ids=_name)
def test_public_inclusion_vectors_are_judged_right(file: Path) -> None:
    vector = json.loads(file.read_text("utf-8"))

    def check() -> None:
        verify_inclusion(
            _bytes(vector["leafHash"]),
            vector["leafIdx"],
            size=vector["treeSize"],
            proof=[_bytes(item) for item in vector["proof"] or ()],
            root=_bytes(vector["root"]),
        )

    assert _refuses(check) == (vector["wantErr"] or len(_bytes(vector["root"])) != 32)


@needs_vectors
@pytest.mark.parametrize("file", _vectors("consistency"), ids=_name)
def test_public_consistency_vectors_are_judged_right(file: Path) -> None:
    vector = json.loads(file.read_text("utf-8"))
    roots = _bytes(vector["root1"]), _bytes(vector["root2"])

    def check() -> None:
        verify_consistency(
            vector["size1"],
            vector["size2"],
            proof=[_bytes(item) for item in vector["proof"] or ()],
            old_root=roots[0],
            new_root=roots[1],
        )

    assert _refuses(check) == (vector["wantErr"] or any(len(root) != 32 for root in roots))


def _refuses(check: Callable[[], None]) -> bool:
    try:
        check()
    except ProofFails:
        return True
    return False
