"""Where things stand on a page, by what is really inked."""

from collections.abc import Sequence
from itertools import combinations

from certificates.document.page_items import Box, Figure, Item, Words
from certificates.document.palette import PAGE_HEIGHT, PAGE_WIDTH, SAFE


def _ink(words: Words) -> Box:
    """Return the box of what is really inked, from the outlines of the clusters."""
    size = words.setting.size / 1000
    edges = [
        (
            x,
            y + min(c.bottom for c in line.clusters) * size,
            y + max(c.top for c in line.clusters) * size,
        )
        for line, x, y in words.rows()
    ]
    left = min(x for x, _, _ in edges)
    return (
        left,
        min(bottom for _, bottom, _ in edges),
        left + words.setting.width,
        max(top for _, _, top in edges),
    )


def _boxes(items: Sequence[Item]) -> list[tuple[Item, Box]]:
    """Return the ink of texts, and figures, codes with the quiet zone around them."""
    boxes: list[tuple[Item, Box]] = []
    for item in items:
        if isinstance(item, Words):
            boxes.append((item, _ink(item)))
        elif isinstance(item, Figure):
            left, bottom, right, top = item.frame
            is_code = "\nBI /W " in item.operators
            modules = int(item.operators.split("/W ")[1].split()[0]) if is_code else 1
            quiet = (right - left) * 4 / modules if is_code else 0
            boxes.append((item, (left - quiet, bottom - quiet, right + quiet, top + quiet)))
    return boxes


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def assert_in_order(items: Sequence[Item]) -> None:
    """Assert that no two things overlap and that nothing comes near the edge of the paper."""
    boxes = _boxes(items)
    for (item, box), (other, other_box) in combinations(boxes, 2):
        assert not _overlap(box, other_box), (item, other)
    for item, (left, bottom, right, top) in boxes:
        assert min(left, bottom) >= SAFE, item
        assert right <= PAGE_WIDTH - SAFE, item
        assert top <= PAGE_HEIGHT - SAFE, item
