"""How standards, their doubts and their differences are answered: plain values in two languages."""

from collections.abc import Iterable
from typing import Any

from competency_bank.cli.answers import as_dict
from competency_bank.services.compare_editions import Comparison
from standards.case_notes import Note, note_sentence
from standards.catalogue import Catalogue
from standards.coverage import Coverage
from standards.doubt_wording import doubt_sentence
from standards.finding_model import Finding
from standards.finding_wording import finding_sentence
from standards.model import Alias, Edition, Unit
from standards.quarantine import Reading


def edition_answer(edition: Edition) -> dict[str, Any]:
    """Return an edition in a line."""
    return {
        "edition": edition.id,
        "owner": edition.owner,
        "title": edition.title_th,
        "released": edition.released.isoformat(),
        "made_up": edition.made_up,
        "units": len(edition.units),
        "qualifications": len(edition.qualifications),
        "digest": edition.digest,
    }


def reading_answer(reading: Reading) -> dict[str, Any]:
    """Return what a source says for certain and what waits for a person."""
    return {
        "units": [
            {"code": unit.shown_code, "title": unit.title_th, "elements": _elements(unit)}
            for unit in reading.units
        ],
        "qualifications": [each.title_th for each in reading.qualifications],
        "doubts": [
            {
                "id": doubt.id,
                "code": doubt.code,
                "place": doubt.place,
                "raw": doubt.raw,
                "cleaned": doubt.cleaned,
                "message": as_dict(doubt_sentence(doubt)),
            }
            for doubt in reading.doubts
        ],
    }


def finding_answers(findings: Iterable[Finding], notes: Iterable[Note]) -> dict[str, Any]:
    """Return what proof-reading found, and what of a CASE package did not go in."""
    return {
        "findings": [
            {
                "code": one.code,
                "severity": one.severity.name.lower(),
                "place": one.place,
                "message": as_dict(finding_sentence(one)),
            }
            for one in findings
        ],
        "notes": [
            {
                "code": one.code.value,
                "place": one.place,
                "element": one.element,
                "value": one.value,
                "message": as_dict(note_sentence(one)),
            }
            for one in notes
        ],
    }


def unit_answer(unit: Unit, catalogue: Catalogue) -> dict[str, Any]:
    """Return everything an edition states of a unit."""
    return {
        "key": unit.key,
        "code": unit.code,
        "aliases": [_alias(one) for one in unit.aliases],
        "title_th": unit.title_th,
        "title_en": unit.title_en,
        "owner": unit.owner,
        "industry": unit.industry,
        "occupation": unit.occupation,
        "levels": [f"{level.value} ({level.scale})" for level in unit.levels],
        "isco": list(unit.isco),
        "elements": _elements(unit),
        "source": unit.source_url,
        "edition": catalogue.edition_of(unit.key).id,
        "qualifications": [one.title_th for one in catalogue.qualifications_with(unit.key)],
    }


def comparison_answer(comparison: Comparison) -> dict[str, Any]:
    """Return what a new edition changes and whom it touches."""
    changes = comparison.diff
    return {
        "old": changes.old,
        "new": changes.new,
        "added": [unit.shown_code for unit in changes.added],
        "removed": [unit.shown_code for unit in changes.removed],
        "changed": [
            {"unit": one.key, "fields": [change.place for change in one.changes]}
            for one in changes.changed
        ],
        "qualifications_added": [one.title_th for one in changes.added_qualifications],
        "qualifications_removed": [one.title_th for one in changes.removed_qualifications],
        "requalified": [one.key for one in changes.requalified],
        "look_alike": [
            {"old": one.old, "new": one.new, "because": one.likeness.value, "what": one.what}
            for one in changes.suggestions
        ],
        "mappings": [
            {"course": one.course_code, "unit": one.link.unit, "fate": one.fate.value}
            for one in comparison.mappings
        ],
        "people": [
            {
                "learner": one.person,
                "gained": [each.qualification for each in one.gained],
                "kept": [each.qualification for each in one.kept],
                "lost": [each.qualification for each in one.lost],
            }
            for one in comparison.people
        ],
    }


def coverage_answer(cover: Coverage) -> dict[str, Any]:
    """Return how a mapping covers its units, with gaps and what is covered more than needed."""
    return {
        "units": [
            {
                "code": one.unit.shown_code,
                "title": one.unit.title_th,
                "counted_in": one.basis.value,
                "share": float(one.share),
                "proved_share": float(one.proved_share),
                "hours": float(one.hours),
                "banked": one.banked,
                "gaps": [place.text_th for place in one.gaps],
                "over_covered": [place.text_th for place in one.over_covered],
            }
            for one in cover.units
        ],
        "idle_parts": list(cover.idle_parts),
        "overspent_parts": list(cover.overspent_parts),
    }


def _elements(unit: Unit) -> list[str] | None:
    return None if unit.elements is None else [one.title_th for one in unit.elements]


def _alias(alias: Alias) -> str:
    scope = f"{alias.scope}:" if alias.scope else ""
    return f"{alias.kind} {scope}{alias.value}"
