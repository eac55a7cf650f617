"""Resources of the log are named as C2SP tlog-tiles says, in one spelling only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competency_bank.domain.errors import NotFound
from competency_bank.domain.log_tiles import WIDTH
from competency_bank.domain.tile_paths import ENTRIES, TileName, all_names, read_tile_name


@given(st.integers(ENTRIES, 63), st.integers(0, 10**13), st.integers(1, WIDTH))
def test_a_name_reads_back_from_its_path(level: int, index: int, width: int) -> None:
    name = TileName(level, index, width)

    assert read_tile_name(name.path) == name


def test_the_examples_of_the_specification() -> None:
    assert TileName(0, 1234067, WIDTH).path == "tile/0/x001/x234/067"
    assert TileName(ENTRIES, 5, 1).path == "tile/entries/005.p/1"
    names = all_names(70_000)
    assert len([one for one in names if one.level == 0 and one.width == WIDTH]) == 273
    partial = {(one.level, one.width) for one in names if one.width < WIDTH}
    assert partial == {(0, 112), (ENTRIES, 112), (1, 17), (2, 1)}
    assert [(one.level, one.width) for one in all_names(256)] == [(0, 256), (ENTRIES, 256), (1, 1)]
    assert all_names(0) == []


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0/0",
        "tile/00/000",
        "tile/64/000",
        "tile/0/x000/000",
        "tile/0/001/002",
        "tile/0/x001/x002",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/999",
        "tile/0/000.p/5/",
        "tile/0/../0/000",
        "tile/entries/๐๐๐",
        "tile/data/000",
        "checkpoint",
    ],
)
def test_any_other_spelling_names_nothing(path: str) -> None:
    with pytest.raises(NotFound, match="unknown-tile"):
        read_tile_name(path)
