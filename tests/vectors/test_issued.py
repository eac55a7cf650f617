"""Everything that was ever issued verifies for ever."""

from pathlib import Path

import pytest

from certificates.credential.snapshot import CertificateKind
from certificates.errors import NotChecked, Refused
from certificates.report import examine
from certificates.sealing.trust_file import read_trust_list
from tests.everything_issued import LISTS, expected_forms, require_lists

SHELF = Path(__file__).parent / "issued"
SAMPLES = sorted(path for path in SHELF.rglob("*-*.*") if path.name != "trust.json")
LISTED = [path for path in SAMPLES if path.name.startswith("list-")]
DOCUMENTS = [path for path in SAMPLES if path not in LISTED]


def test_the_shelf_holds_every_kind_and_every_form() -> None:
    """Pictures of one kind stand for all: what is baked into them is the same."""
    held = {path.name.partition("-")[2] for path in SAMPLES}
    pictures = {name for name in expected_forms() if name.endswith((".png", ".svg"))}
    others = {name for name in pictures if not name.startswith("unit.")}

    assert held >= expected_forms() - others
    ended = {path.name.partition(".")[2] for path in DOCUMENTS if path.name[0] == "c"}
    assert ended >= {"pdf", "jwt", "json", "paper.txt", "sd-jwt"}
    assert {path.name.split("-")[1].partition(".")[0] for path in DOCUMENTS} >= set(CertificateKind)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_document_on_the_shelf_still_has_its_verdict(path: Path) -> None:
    trust = read_trust_list((path.parent / "trust.json").read_bytes())
    report = examine(path.read_bytes(), name=path.name, trust=trust, at=trust.made_at)

    assert report.verdict.value == path.name.split("-")[0]
    # What a holder showed of a letter is told by its steps; it is no whole credential.
    assert (report.credential is None) == (path.suffix == ".sd-jwt")


@pytest.mark.parametrize(
    "shelf", sorted({path.parent for path in LISTED}), ids=lambda one: one.name
)
def test_a_status_list_on_the_shelf_is_still_proved(shelf: Path) -> None:
    trust = read_trust_list((shelf / "trust.json").read_bytes())
    lists = {name: (shelf / f"list-{name}").read_bytes() for name in LISTS}
    require_lists(lists, trust)

    for name, content in lists.items():
        place = (
            content.rindex(b".") - 9 if name.endswith("jwt") else content.index(b"proofValue") + 40
        )
        other = b"A" if content[place : place + 1] != b"A" else b"B"
        changed = content[:place] + other + content[place + 1 :]
        with pytest.raises((Refused, NotChecked)):
            require_lists({**lists, name: changed}, trust)
