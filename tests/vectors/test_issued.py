"""Everything that was ever issued verifies for ever."""

from pathlib import Path

import pytest

from certificates.report import examine
from certificates.sealing.trust_file import read_trust_list

SHELF = Path(__file__).parent / "issued"
DOCUMENTS = sorted(SHELF.rglob("*.pdf"))


def test_the_shelf_is_not_empty() -> None:
    kinds = {path.name.split("-")[1] for path in DOCUMENTS}

    assert kinds >= {"unit", "course"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_on_the_shelf_still_has_its_verdict(path: Path) -> None:
    trust = read_trust_list((path.parent / "trust.json").read_bytes())
    report = examine(path.read_bytes(), name=path.name, trust=trust, at=trust.made_at)

    assert report.verdict.value == path.name.split("-")[0]
    assert report.credential is not None
