"""The editions that come with this package; ``data/README.md`` says where their facts are from."""

from functools import cache
from importlib.resources import files

from standards.model import Edition
from standards.reading_json import read_edition

_FILES = ("tpqi-facts.json", "tst-standard.json")


@cache
def shipped_editions() -> tuple[Edition, ...]:
    """Return TPQI's facts and the made-up demonstration standard, in this order."""
    folder = files("standards") / "data"
    return tuple(read_edition((folder / name).read_bytes(), name=name) for name in _FILES)
