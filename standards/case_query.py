"""The query parameters of a CASE provider: paging, order, simple filters, choice of members.

Source: the REST binding of CASE 1.1 with the parameters that 1EdTech's services share: ``limit``,
``offset``, ``sort``, ``orderBy``, ``filter``, ``fields``. A filter is ``member`` ``operator``
``'value'``, several joined by AND or by OR (not both); a list meets it when one of its texts does,
and an absent member meets nothing but ``!=``. Parameters of other names are passed over.
"""

import operator
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from standards.errors import BadQuery
from standards.json_cursor import Json, shown

LIMIT = 100
"""Objects of a page where the caller names no limit."""

_WHOLE = re.compile("[0-9]{1,9}")
_TERM = re.compile(r"\s*([A-Za-z]+)\s*(!=|>=|<=|=|>|<|~)\s*'([^']*)'\s*")
_JOIN = re.compile(r"(AND|OR)\b")
_LONGEST = 1000
_COMPARE: Mapping[str, Callable[[str, str], bool]] = {
    "=": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
    "~": lambda text, part: part.casefold() in text.casefold(),
}

Part = dict[str, Json]
Test = Callable[[Part], bool]


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the objects that were asked for."""

    parts: tuple[Part, ...]
    total: int
    """How many there are without paging."""
    links: tuple[tuple[str, str], ...]
    """Relation (first, prev, next, last) and query string of the other pages."""


def page_of(parts: Sequence[Part], query: Mapping[str, str], *, members: Collection[str]) -> Page:
    """Return the page of ``parts`` that ``query`` asks for; ``members`` are those that exist.

    Holds: following ``next`` from the first page gives every object that passes the filter once.

    Raises:
        BadQuery: ``bad-parameter``, ``bad-sort``, ``bad-filter``.

    """
    limit, offset = _whole(query, "limit", LIMIT), _whole(query, "offset", 0)
    if limit < 1:
        raise BadQuery("bad-parameter", parameter="limit", value=shown(query["limit"]))
    test = _filter(query.get("filter", ""), members)
    found = _sorted([part for part in parts if test(part)], query, members)
    links = _links(query, limit=limit, offset=offset, total=len(found))
    return Page(tuple(found[offset : offset + limit]), len(found), links)


def chosen_members(
    part: Part, query: Mapping[str, str], *, members: Collection[str], required: Collection[str]
) -> Part:
    """Return ``part`` with the members that ``fields`` names.

    The required ones are there in any case: without them the answer would be no CASE.

    Raises:
        BadQuery: ``bad-fields`` with the first name that is not among ``members``.

    """
    names = [name.strip() for name in query.get("fields", "").split(",") if name.strip()]
    for name in names:
        if name not in members:
            raise BadQuery("bad-fields", parameter="fields", value=shown(name))
    wanted = {*names, *required}
    return {key: value for key, value in part.items() if not names or key in wanted}


def _whole(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name, str(default))
    if _WHOLE.fullmatch(text) is None:
        raise BadQuery("bad-parameter", parameter=name, value=shown(text))
    return int(text)


def _sorted(parts: list[Part], query: Mapping[str, str], members: Collection[str]) -> list[Part]:
    order, name = query.get("orderBy", "asc"), query.get("sort", "")
    if order not in {"asc", "desc"}:
        raise BadQuery("bad-parameter", parameter="orderBy", value=shown(order))
    if not name:
        return parts
    if name not in members:
        raise BadQuery("bad-sort", parameter="sort", value=shown(name))
    return sorted(parts, key=lambda part: _text(part.get(name)), reverse=order == "desc")


def _filter(text: str, members: Collection[str]) -> Test:
    if not text.strip():
        return lambda _: True
    fault = BadQuery("bad-filter", parameter="filter", value=shown(text))
    if len(text) > _LONGEST:
        raise fault
    tests: list[Test] = []
    joins: set[str] = set()
    at = 0
    while (term := _TERM.match(text, at)) is not None and term[1] in members:
        tests.append(_test(*term.group(1, 2, 3)))
        if term.end() == len(text) and len(joins) <= 1:
            return partial(_meets, tests, any if "OR" in joins else all)
        if (join := _JOIN.match(text, term.end())) is None:
            break
        joins.add(join[0])
        at = join.end()
    raise fault


def _meets(tests: list[Test], how: Callable[[Iterable[bool]], bool], part: Part) -> bool:
    return how(test(part) for test in tests)


def _test(name: str, sign: str, wanted: str) -> Test:
    if sign == "!=":
        return lambda part: wanted not in _texts(part.get(name, []))
    compare = _COMPARE[sign]
    return lambda part: any(compare(text, wanted) for text in _texts(part.get(name, [])))


def _texts(value: Json) -> list[str]:
    return list(map(_text, value)) if isinstance(value, list) else [_text(value)]


def _text(value: Json) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _links(
    query: Mapping[str, str], *, limit: int, offset: int, total: int
) -> tuple[tuple[str, str], ...]:
    last = max(0, (total - 1) // limit * limit)
    offsets = {
        "first": 0,
        "prev": max(0, offset - limit) if offset > 0 else None,
        "next": offset + limit if offset + limit < total else None,
        "last": last,
    }
    return tuple(
        (relation, urlencode({**query, "limit": limit, "offset": at}, errors="replace"))
        for relation, at in offsets.items()
        if at is not None
    )
