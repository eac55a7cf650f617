"""Proof-reading rules for titles, texts and descriptions."""

import re
from collections.abc import Iterator

from standards.finding_model import Copy, Finding, Severity, elements_of, finding
from standards.model import Unit
from standards.spelling import lost_tone_marks, without_marks
from standards.thai_text import find_forbidden, forgiving_key

_WORD = re.compile("[\u0e01-\u0e4e]{6,}")
_LONG_DESCRIPTION = 40
_STRANGE, _FAMILIAR = 0.1, 0.6
"""Shares of a title's letter triples that a description holds."""


def same_titles(copy: Copy) -> Iterator[Finding]:
    """Find units with one title: titles suggest, they never join."""
    groups: dict[str, list[Unit]] = {}
    for unit in copy.units:
        groups.setdefault(forgiving_key(unit.title_th), []).append(unit)
    for place, unit in copy.placed():
        others = [u for u in groups[forgiving_key(unit.title_th)] if u.key != unit.key]
        if others:
            yield finding(
                "title-on-several-units",
                Severity.NOTE,
                place,
                unit=unit,
                title=unit.title_th,
                others=", ".join(each.shown_code for each in others),
            )


def hidden_characters(copy: Copy) -> Iterator[Finding]:
    """Find characters that the eye cannot see: equal-looking texts would not be equal."""
    for at, unit, text in _texts(copy):
        for found in find_forbidden(text)[:1]:
            yield finding(
                "hidden-character",
                Severity.SERIOUS,
                at,
                unit=unit,
                character=f"{found.code_point} {found.name}",
                position=str(found.position),
            )


def lost_marks(copy: Copy) -> Iterator[Finding]:
    """Find words that lost their tone marks.

    Told by words that are none without them, and by words that stand elsewhere in the same
    standard with them.
    """
    marked: dict[str, str] = {}
    for _, _, text in _texts(copy):
        for word in _WORD.findall(text):
            if (bare := without_marks(word)) != word:
                marked.setdefault(bare, word)
    for at, unit, text in _texts(copy):
        word = lost_tone_marks(text) or next((w for w in _WORD.findall(text) if w in marked), "")
        if word:
            yield finding(
                "tone-marks-lost",
                Severity.NOTE,
                at,
                unit=unit,
                word=word,
                marked=marked.get(word, ""),
            )


def shared_descriptions(copy: Copy) -> Iterator[Finding]:
    """Find units of different titles with one description: at least one has another's."""
    seen: dict[str, Unit] = {}
    for place, unit in copy.placed():
        text = forgiving_key(copy.descriptions.get(unit.key, ""))
        if len(text) < _LONG_DESCRIPTION:
            continue
        first = seen.setdefault(text, unit)
        if forgiving_key(first.title_th) != forgiving_key(unit.title_th):
            yield finding(
                "description-shared",
                Severity.WARNING,
                place,
                unit=unit,
                title=unit.title_th,
                other=first.title_th,
            )


def foreign_descriptions(copy: Copy) -> Iterator[Finding]:
    """Find descriptions that hold the words of another unit's title and none of their own."""
    titles = [(unit, _triples(unit.title_th)) for unit in copy.units]
    for place, unit in copy.placed():
        text = _triples(copy.descriptions.get(unit.key, ""))
        if not text or _share(_triples(unit.title_th), text) > _STRANGE:
            continue
        for other, title in titles:
            if other.key != unit.key and _share(title, text) >= _FAMILIAR:
                yield finding(
                    "description-of-another-unit",
                    Severity.WARNING,
                    place,
                    unit=unit,
                    title=unit.title_th,
                    other=other.title_th,
                )
                break


def _texts(copy: Copy) -> Iterator[tuple[str, Unit, str]]:
    for place, unit in copy.placed():
        yield f"{place}.title_th", unit, unit.title_th
        for name in ("industry", "sector", "occupation"):
            text = getattr(unit, name)
            if text is not None:
                yield f"{place}.{name}", unit, text
        for at, element in elements_of(place, unit):
            yield f"{at}.title_th", unit, element.title_th
            for n, criterion in enumerate(element.criteria):
                yield f"{at}.criteria[{n}]", unit, criterion.text_th


def _triples(text: str) -> frozenset[str]:
    folded = without_marks(forgiving_key(text))
    return frozenset(folded[n : n + 3] for n in range(len(folded) - 2))


def _share(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part & whole) / len(part) if part else 1.0
