"""Proof-reading rules for qualifications."""

from collections import Counter
from collections.abc import Iterator

from standards.finding_model import Copy, Finding, Severity, finding


def units_named_twice(copy: Copy) -> Iterator[Finding]:
    """Find qualifications that name a unit twice: it would count twice toward them."""
    for n, qualification in enumerate(copy.qualifications):
        counts = Counter(key for group in qualification.groups for key in group.units)
        titles = {unit.key: unit.title_th for unit in copy.units}
        for key, count in counts.items():
            if count > 1:
                yield finding(
                    "unit-named-twice",
                    Severity.WARNING,
                    f"$.qualifications[{n}]",
                    title=qualification.title_th,
                    name=titles.get(key, key),
                )


def levels_apart(copy: Copy) -> Iterator[Finding]:
    """Find units that state levels on a qualification's scale, but not the qualification's."""
    units = {unit.key: unit for unit in copy.units}
    for n, qualification in enumerate(copy.qualifications):
        level = qualification.level
        for key in qualification.units:
            unit = units.get(key)
            if level is None or unit is None:
                continue
            same_scale = [each for each in unit.levels if each.scale is level.scale]
            if same_scale and level not in same_scale:
                yield finding(
                    "level-not-of-qualification",
                    Severity.WARNING,
                    f"$.qualifications[{n}]",
                    unit=unit,
                    title=qualification.title_th,
                    name=unit.shown_code,
                )
