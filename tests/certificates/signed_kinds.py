"""One statement of each kind that can be signed, and each single change to a JSON document."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

from certificates.credential.snapshot import CertificateKind, Statement
from tests.certificates.papers import LETTERS, PORTFOLIO, PORTFOLIO_LETTER
from tests.certificates.statements import COURSE_LETTER, UNIT_LETTER
from tests.certificates.workshop import token

Path = tuple[str | int, ...]


def signed_kinds() -> dict[CertificateKind, Statement]:
    """Return one of each; the portfolio holds tokens that were really issued."""
    members = (token(UNIT_LETTER), token(COURSE_LETTER))
    held = replace(PORTFOLIO, members=members)
    return {**LETTERS, CertificateKind.PORTFOLIO: replace(PORTFOLIO_LETTER, portfolio=held)}


def leaves(value: dict[str, Any] | list[Any], path: Path = ()) -> Iterator[Path]:
    """Return the way to every text, number and truth value."""
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for name, member in members:
        if isinstance(member, dict | list):
            yield from leaves(member, (*path, name))
        else:
            yield (*path, name)


def changed_at(document: dict[str, Any], path: Path) -> dict[str, Any]:
    """Return a copy with another value of the same type at one place."""
    copy = deepcopy(document)
    place, last = _place(copy, path)
    value = place[last]
    if isinstance(value, bool):
        place[last] = not value
    else:
        place[last] = value + 1 if isinstance(value, int) else f"{value}x"
    return copy


def without(document: dict[str, Any], path: Path) -> dict[str, Any]:
    """Return a copy that lacks one place."""
    copy = deepcopy(document)
    place, last = _place(copy, path)
    del place[last]
    return copy


def _place(document: dict[str, Any], path: Path) -> tuple[Any, Any]:
    place: Any = document
    for name in path[:-1]:
        place = place[name]
    return place, path[-1]
