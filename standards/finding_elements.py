"""Proof-reading rules for elements and criteria."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from standards.code_order import extends, marks_of, out_of_order, stem_of
from standards.finding_model import Copy, Finding, Severity, elements_of, finding, local_codes
from standards.glued_criteria import split_criteria, without_number
from standards.model import Unit
from standards.thai_text import forgiving_key

_FEW = 2


def repeated_codes(copy: Copy) -> Iterator[Finding]:
    """Find elements of one unit that share a code: cover is counted by code."""
    for place, unit in copy.placed():
        counts = Counter(element.code for element in unit.elements or ())
        for at, element in elements_of(place, unit):
            if counts[element.code] > 1:
                yield finding(
                    "element-code-repeated",
                    Severity.SERIOUS,
                    at,
                    unit=unit,
                    element=element.code,
                    name=unit.shown_code,
                )


def codes_of_two_units(copy: Copy) -> Iterator[Finding]:
    """Find element codes that stand under two units, in the one whose code they do not extend.

    Units of two standards may have equal local codes; their elements are equal by right.
    """
    holders: dict[str, list[Unit]] = {}
    for unit in copy.units:
        for code in {element.code for element in unit.elements or ()}:
            holders.setdefault(code, []).append(unit)
    for place, unit in copy.placed():
        for at, element in elements_of(place, unit):
            others = [other for other in holders[element.code] if other.key != unit.key]
            rightful = [other for other in others if _extends_unit(element.code, other)]
            if not rightful or _extends_unit(element.code, unit):
                continue
            yield finding(
                "element-code-of-two-units",
                Severity.WARNING,
                at,
                unit=unit,
                element=element.code,
                name=unit.shown_code,
                other=rightful[0].shown_code,
            )


def misspelt_codes(copy: Copy) -> Iterator[Finding]:
    """Find element codes that fit neither their unit's local code nor their siblings."""
    for place, unit in copy.placed():
        if _is_join(unit):
            continue
        stems, marks = _right_stems(unit), _usual_marks(unit)
        for at, element in elements_of(place, unit):
            fits = any(extends(element.code, stem) for stem in stems)
            if stems and not (fits and marks in {None, marks_of(element.code)}):
                yield finding(
                    "element-code-misspelt",
                    Severity.WARNING,
                    at,
                    unit=unit,
                    element=element.code,
                    stem=stems[0],
                )


def corrupt_joins(copy: Copy) -> Iterator[Finding]:
    """Find units whose elements are all numbered as those of another unit.

    Seen in a source: units 00101 to 00103 with the elements 303011 to 303014 of a standard on
    export and import.
    """
    for place, unit in copy.placed():
        if _is_join(unit):
            codes = ", ".join(element.code for element in unit.elements or ())
            yield finding(
                "elements-of-another-unit",
                Severity.SERIOUS,
                f"{place}.elements",
                unit=unit,
                name=unit.shown_code,
                elements=codes,
                local=local_codes(unit)[0].value,
            )


def codes_out_of_order(copy: Copy) -> Iterator[Finding]:
    """Find elements that stand after one with a higher code."""
    for place, unit in copy.placed():
        for (_, before), (at, after) in pairwise(elements_of(place, unit)):
            if out_of_order(before.code, after.code):
                yield finding(
                    "element-order",
                    Severity.NOTE,
                    at,
                    unit=unit,
                    element=after.code,
                    before=before.code,
                )


def repeated_titles(copy: Copy) -> Iterator[Finding]:
    """Find elements of one unit with one title."""
    for place, unit in copy.placed():
        seen: dict[str, str] = {}
        for at, element in elements_of(place, unit):
            first = seen.setdefault(forgiving_key(element.title_th), element.code)
            if first != element.code:
                yield finding(
                    "element-title-repeated",
                    Severity.WARNING,
                    at,
                    unit=unit,
                    element=element.code,
                    other=first,
                )


def glued_criteria(copy: Copy) -> Iterator[Finding]:
    """Find texts in which several criteria stand: they would count as one."""
    for place, unit in copy.placed():
        for at, element in elements_of(place, unit):
            for n, criterion in enumerate(element.criteria):
                count = len(split_criteria(criterion.text_th))
                if count > 1:
                    yield finding(
                        "criteria-glued",
                        Severity.SERIOUS,
                        f"{at}.criteria[{n}]",
                        unit=unit,
                        element=element.code,
                        count=str(count),
                    )


def missing_criteria(copy: Copy) -> Iterator[Finding]:
    """Find elements without criteria; where a whole unit has none, only titles were published."""
    for place, unit in copy.placed():
        bare = [(at, e) for at, e in elements_of(place, unit) if not e.criteria]
        if bare and len(bare) == len(unit.elements or ()):
            yield finding(
                "unit-without-criteria",
                Severity.NOTE,
                f"{place}.elements",
                unit=unit,
                name=unit.shown_code,
            )
            continue
        for at, element in bare:
            yield finding(
                "element-without-criteria", Severity.WARNING, at, unit=unit, element=element.code
            )


def repeated_criteria(copy: Copy) -> Iterator[Finding]:
    """Find criteria that stand twice in one element."""
    for place, unit in copy.placed():
        for at, element in elements_of(place, unit):
            seen: set[str] = set()
            for n, criterion in enumerate(element.criteria):
                bare = forgiving_key(without_number(criterion.text_th))
                if bare in seen:
                    yield finding(
                        "criterion-repeated",
                        Severity.WARNING,
                        f"{at}.criteria[{n}]",
                        unit=unit,
                        element=element.code,
                        text=criterion.text_th,
                    )
                seen.add(bare)


def copied_criteria(copy: Copy) -> Iterator[Finding]:
    """Find elements of one unit that have the very same criteria, two or more of them."""
    for place, unit in copy.placed():
        seen: dict[tuple[str, ...], str] = {}
        for at, element in elements_of(place, unit):
            texts = tuple(forgiving_key(without_number(c.text_th)) for c in element.criteria)
            if len(texts) < _FEW:
                continue
            first = seen.setdefault(texts, element.code)
            if first != element.code:
                yield finding(
                    "criteria-copied",
                    Severity.WARNING,
                    at,
                    unit=unit,
                    element=element.code,
                    other=first,
                )


def _extends_unit(code: str, unit: Unit) -> bool:
    return any(extends(code, alias.value) for alias in local_codes(unit))


def _is_join(unit: Unit) -> bool:
    codes = [element.code for element in unit.elements or ()]
    if len(codes) < _FEW or not local_codes(unit):
        return False
    foreign = not any(_extends_unit(code, unit) for code in codes)
    return foreign and len({stem_of(code) for code in codes}) == 1


def _right_stems(unit: Unit) -> tuple[str, ...]:
    """Return what element codes of ``unit`` must begin with; none where nobody can say."""
    local = tuple(alias.value for alias in local_codes(unit))
    codes = [element.code for element in unit.elements or ()]
    if any(_extends_unit(code, unit) for code in codes):
        return local
    stems = Counter(map(stem_of, codes)).most_common(1)
    if stems and stems[0][0] and stems[0][1] * 2 > len(codes) and stems[0][1] >= _FEW:
        return (stems[0][0],)
    return ()


def _usual_marks(unit: Unit) -> str | None:
    """Return the dots and hyphens that more than half of the element codes have, if any do."""
    codes = [element.code for element in unit.elements or ()]
    usual = Counter(map(marks_of, codes)).most_common(1)
    return usual[0][0] if usual and usual[0][1] * 2 > len(codes) else None
