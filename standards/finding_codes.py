"""Proof-reading rules for codes, aliases and levels of units."""

import re
from collections import Counter
from collections.abc import Iterator

from standards.code_prefixes import MADE_UP_PREFIXES, TPQI_PREFIXES
from standards.codes import CodeFormat, format_of, normalise_code
from standards.finding_model import Copy, Finding, Severity, certificate_codes, finding
from standards.model import AliasKind, Level, LevelScale, Unit

_LEVEL_IN_CODE = re.compile(r"[A-Z]{2,4}-[A-Z]{3}-([0-9])-[0-9]{3,4}Z[A-Z]")
_OFTEN = 3


def unknown_formats(copy: Copy) -> Iterator[Finding]:
    """Find certificate codes that are written in no known way."""
    for place, unit in copy.placed():
        for code in certificate_codes(unit):
            if format_of(code) is CodeFormat.MALFORMED:
                yield finding("code-format-unknown", Severity.WARNING, place, unit=unit, value=code)


def unknown_prefixes(copy: Copy) -> Iterator[Finding]:
    """Find codes whose industry prefix was not seen before and stands on few units here."""
    prefixes = Counter(
        code.split("-")[0] for unit in copy.units for code in certificate_codes(unit)
    )
    known = TPQI_PREFIXES | MADE_UP_PREFIXES
    for place, unit in copy.placed():
        for code in certificate_codes(unit):
            prefix = code.split("-")[0]
            formed = format_of(code) is not CodeFormat.MALFORMED
            if formed and prefix not in known and prefixes[prefix] < _OFTEN:
                yield finding("code-prefix-unknown", Severity.NOTE, place, unit=unit, value=code)


def codes_of_several_units(copy: Copy) -> Iterator[Finding]:
    """Find certificate codes that are the code of several units."""
    yield from _shared(
        copy,
        "code-on-several-units",
        Severity.SERIOUS,
        {unit.key: {normalise_code(unit.code)} for unit in copy.units if unit.code is not None},
    )


def aliases_of_several_units(copy: Copy) -> Iterator[Finding]:
    """Find names that two units claim: a certificate code, or a local code of one standard.

    Aliases never make two units one; a name that two units claim finds neither.
    """
    yield from _shared(
        copy, "alias-on-several-units", Severity.SERIOUS, {u.key: _claims(u) for u in copy.units}
    )


def _claims(unit: Unit) -> set[str]:
    """Return the names that must be a unit's own, but its code itself."""
    own = normalise_code(unit.code or "")
    claims = set()
    for alias in unit.aliases:
        value = normalise_code(alias.value)
        if alias.kind is AliasKind.LOCAL_CODE:
            claims.add(f"{alias.scope or ''}:{value}")
        elif alias.kind is not AliasKind.CERTIFICATE_CODE or value != own:
            claims.add(f"{alias.kind.value}:{value}")
    return claims


def codes_claimed_as_alias(copy: Copy) -> Iterator[Finding]:
    """Find units that claim another unit's code as an alias."""
    owners = {normalise_code(unit.code): unit for unit in copy.units if unit.code is not None}
    for place, unit in copy.placed():
        for code in certificate_codes(unit):
            owner = owners.get(normalise_code(code))
            if owner is not None and owner.key != unit.key and code != unit.code:
                yield finding(
                    "alias-is-code-of-another",
                    Severity.SERIOUS,
                    place,
                    unit=unit,
                    value=code,
                    other=owner.title_th,
                )


def _shared(
    copy: Copy, code: str, severity: Severity, names: dict[str, set[str]]
) -> Iterator[Finding]:
    counts = Counter(name for claimed in names.values() for name in claimed)
    for place, unit in copy.placed():
        for name in sorted(names.get(unit.key, ())):
            if counts[name] > 1:
                others = "; ".join(
                    u.title_th
                    for u in copy.units
                    if u.key != unit.key and name in names.get(u.key, ())
                )
                yield finding(code, severity, place, unit=unit, value=name, others=others)


def old_levels_only(copy: Copy) -> Iterator[Finding]:
    """Find units whose levels are all on the scale that ended in 2017."""
    for place, unit in copy.placed():
        if unit.levels and all(level.scale is LevelScale.SEVEN for level in unit.levels):
            yield finding(
                "level-on-old-scale",
                Severity.NOTE,
                f"{place}.levels",
                unit=unit,
                levels=_said(unit.levels),
                name=unit.shown_code,
            )


def levels_against_code(copy: Copy) -> Iterator[Finding]:
    """Find units whose levels do not fit the digit in their legacy code.

    Which scale the digit means is not certain, and step n of seven became n or n + 1 of eight;
    only what fits neither is found.
    """
    for place, unit in copy.placed():
        match = _LEVEL_IN_CODE.fullmatch(unit.code or "")
        if match is None or not unit.levels:
            continue
        digit = int(match[1])
        if not any(level.value in {digit, digit + 1} for level in unit.levels):
            yield finding(
                "level-against-code",
                Severity.WARNING,
                f"{place}.levels",
                unit=unit,
                value=unit.code or "",
                levels=_said(unit.levels),
            )


def _said(levels: tuple[Level, ...]) -> str:
    return ", ".join(f"{level.value} ({level.scale.value})" for level in levels)
