"""Proof-read a standard: many small rules, each looking for one kind of slip.

A rule takes the copy and yields findings; it changes nothing and knows no other rule. To add one,
write it, name it in ``RULES``, and give its code a sentence in ``finding_wording``.
"""

from collections.abc import Callable, Iterable, Iterator

from standards import finding_codes, finding_elements, finding_qualifications, finding_texts
from standards.finding_model import Copy, Finding, Severity
from standards.model import Edition, UnitKey
from standards.parts import Field
from standards.quarantine import Reading

RULES: tuple[Callable[[Copy], Iterator[Finding]], ...] = (
    finding_codes.unknown_formats,
    finding_codes.unknown_prefixes,
    finding_codes.codes_of_several_units,
    finding_codes.aliases_of_several_units,
    finding_codes.codes_claimed_as_alias,
    finding_codes.old_levels_only,
    finding_codes.levels_against_code,
    finding_elements.repeated_codes,
    finding_elements.codes_of_two_units,
    finding_elements.misspelt_codes,
    finding_elements.corrupt_joins,
    finding_elements.codes_out_of_order,
    finding_elements.repeated_titles,
    finding_elements.glued_criteria,
    finding_elements.missing_criteria,
    finding_elements.repeated_criteria,
    finding_elements.copied_criteria,
    finding_qualifications.units_named_twice,
    finding_qualifications.levels_apart,
    finding_texts.same_titles,
    finding_texts.hidden_characters,
    finding_texts.lost_marks,
    finding_texts.shared_descriptions,
    finding_texts.foreign_descriptions,
)
"""Every rule, in the order in which its findings are listed."""

_DESCRIPTION = "6: "
"""How readers keep section 6 of a unit page, see ``parts.Field.KEPT``."""


def proofread(source: Edition | Reading) -> tuple[Finding, ...]:
    """Return what the rules find in ``source``, the gravest first, otherwise by rule and place.

    Of a reading only what counts so far is read; what waits is named by its doubts.
    """
    copy = _copy(source)
    found = [each for rule in RULES for each in rule(copy)]
    return tuple(sorted(found, key=lambda each: -each.severity))


def serious(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that stop an import."""
    return tuple(each for each in findings if each.severity is Severity.SERIOUS)


def _copy(source: Edition | Reading) -> Copy:
    if isinstance(source, Edition):
        return Copy(units=source.units, qualifications=source.qualifications)
    descriptions = {
        UnitKey(part.subject): part.text.removeprefix(_DESCRIPTION)
        for part in source.parts
        if part.field is Field.KEPT and part.text.startswith(_DESCRIPTION)
    }
    return Copy(source.units, source.qualifications, descriptions)
