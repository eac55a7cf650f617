"""Names of the log's resources, as C2SP tlog-tiles lays them out under one address."""

import re
from dataclasses import dataclass

from competency_bank.domain.errors import NotFound
from competency_bank.domain.log_tiles import WIDTH

CHECKPOINT = "checkpoint"
ENTRIES = -1
"""Level of a bundle of entries; levels of hashes count from 0."""
_PART = 1000
_BEYOND = 1 << 55
"""No log reaches a tile of this index: entries are counted in 63 bits."""
_NAME = re.compile(
    r"tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?"
)


@dataclass(frozen=True, slots=True)
class TileName:
    """One tile of hashes, or one bundle of entries, of a certain width."""

    level: int
    """0 to 63, or ``ENTRIES``."""
    index: int
    width: int
    """1 to 256; with 256 it is full and never changes."""

    @property
    def path(self) -> str:
        """Where it is found below the log's address."""
        level = "entries" if self.level == ENTRIES else str(self.level)
        left, digits = divmod(self.index, _PART)
        parts = [f"{digits:03d}"]
        while left:
            left, digits = divmod(left, _PART)
            parts.insert(0, f"x{digits:03d}")
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{level}/{'/'.join(parts)}{partial}"


def read_tile_name(path: str) -> TileName:
    """Return what a path names; raises NotFound("unknown-tile") for any other spelling."""
    parts = _NAME.fullmatch(path)
    if parts is None:
        raise NotFound("unknown-tile", name=path[:80])
    level = ENTRIES if parts[1] == "entries" else int(parts[1])
    index = int(parts[2].replace("x", "").replace("/", ""))
    name = TileName(level, index, WIDTH if parts[3] is None else int(parts[3]))
    if name.path != path or name.width > WIDTH or index >= _BEYOND:
        raise NotFound("unknown-tile", name=path[:80])
    return name


def all_names(size: int) -> list[TileName]:
    """Return every tile and bundle of a log of this size, partial ones at their exact width."""
    names, level, count = [], 0, size
    while count:
        widths = [min(WIDTH, count - first) for first in range(0, count, WIDTH)]
        names += [TileName(level, index, width) for index, width in enumerate(widths)]
        if level == 0:
            names += [TileName(ENTRIES, index, width) for index, width in enumerate(widths)]
        level, count = level + 1, count // WIDTH
    return names
