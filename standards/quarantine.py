"""What was read for certain, what waits for a person, and how a person releases it.

A reader of messy sources drops nothing and guesses nothing. Each oddity becomes a doubt, which
keeps the text as printed beside the text as the reader would clean it. A part of a unit against
which a doubt stands does not count until a person has decided; a doubt that holds back no part is
a remark that asks to be seen.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from standards.errors import RefusedDecision
from standards.model import Edition, OwnerCode, Qualification, Unit
from standards.parts import Field, Part, check_part, qualification_of, unit_of
from standards.reading_json import read_edition, write_edition

TPQI = OwnerCode("TPQI")


@dataclass(frozen=True, slots=True)
class Doubt:
    """One oddity of a source, at its place."""

    code: str
    """Stable; ``doubt_wording`` holds its sentence."""
    place: str
    """Where in the file: ``§5:20`` is section 5, line 20; ``C7`` a cell; ``$.units[0]`` JSON."""
    raw: str
    """The text exactly as it stands in the source."""
    cleaned: str | None
    """The text as the reader would write it; None where only a person can say."""
    values: tuple[tuple[str, str], ...] = ()
    """What else the sentence names."""
    subject: str | None = None
    """Key of the unit or qualification."""

    @property
    def id(self) -> str:
        """Name of the doubt: equal for equal code, subject, place and raw text, in every run."""
        text = "\x1f".join((self.code, self.subject or "", self.place, self.raw))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Verdict(StrEnum):
    """What a person may decide about a doubt."""

    ACCEPT = "accept"
    """The cleaned text is right; for a remark: seen."""
    REPLACE = "replace"
    """The part reads as the decision's text."""
    DROP = "drop"
    """The part is left out; the decision's text is the reason."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about one doubt."""

    doubt: str
    verdict: Verdict
    text: str | None
    """New text or reason, see ``Verdict``; None when accepted."""
    by: str
    """Id of the person, in the system that keeps the decisions."""
    at: datetime
    """With its time zone."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one source says: units for certain, and the doubts that wait for a person.

    Holds: ``units`` and ``qualifications`` are made of the parts against which no open doubt
    stands, and of nothing else.
    """

    edition: Edition | None
    """The whole edition, from a file that states one; such a reading has no doubts."""
    units: tuple[Unit, ...]
    doubts: tuple[Doubt, ...]
    """Those on which nobody has decided, in the order of the source."""
    qualifications: tuple[Qualification, ...] = ()
    owner: OwnerCode = TPQI
    parts: tuple[Part, ...] = ()
    """Everything read, in the order of the source, with what waits and what the model has no room
    for."""
    settled: tuple[Doubt, ...] = ()
    decisions: tuple[Decision, ...] = ()
    """Those taken so far, by doubt."""


def whole_reading(edition: Edition) -> Reading:
    """Return the reading of a file that states an edition without any doubt."""
    return Reading(
        edition=edition,
        units=edition.units,
        doubts=(),
        qualifications=edition.qualifications,
        owner=edition.owner,
    )


def reading_of(parts: Iterable[Part], doubts: Iterable[Doubt], *, owner: OwnerCode) -> Reading:
    """Return the reading with these parts and doubts, and no decision; equal doubts count once."""
    empty = Reading(edition=None, units=(), doubts=(), owner=owner)
    distinct = {doubt.id: doubt for doubt in doubts}
    return _rebuilt(replace(empty, parts=tuple(parts), doubts=tuple(distinct.values())))


def joined(readings: Iterable[Reading], *, owner: OwnerCode) -> Reading:
    """Return the undecided readings of several pages as one; decisions are taken on the whole."""
    listed = tuple(readings)
    return reading_of(
        (part for each in listed for part in each.parts),
        (doubt for each in listed for doubt in (*each.doubts, *each.settled)),
        owner=owner,
    )


def release(reading: Reading, decisions: Iterable[Decision]) -> Reading:
    """Return ``reading`` with the decisions carried out.

    Holds: in which order decisions come, at once or one after the other, makes no difference; a
    decision repeated changes nothing; without decisions the reading comes back unchanged.

    Raises:
        RefusedDecision: ``unknown-doubt``, ``decided-otherwise`` (two decisions on one doubt, or
            two different texts for one part), ``nothing-to-accept``, ``text-missing``,
            ``person-missing``, ``time-zone-missing``.
        FaultInFile: the new text has not the form of its part, see ``parts.check_part``.

    """
    doubts = {doubt.id: doubt for doubt in (*reading.settled, *reading.doubts)}
    taken = {decision.doubt: decision for decision in reading.decisions}
    for decision in decisions:
        if decision.doubt not in doubts:
            raise RefusedDecision("unknown-doubt", doubt=decision.doubt)
        if taken.setdefault(decision.doubt, decision) != decision:
            raise RefusedDecision("decided-otherwise", doubt=decision.doubt)
        _check_form(decision)
    _check_parts(reading.parts, taken)
    return _rebuilt(replace(reading, decisions=tuple(taken[each] for each in sorted(taken))))


def accept_all(reading: Reading, *, by: str, at: datetime) -> tuple[Decision, ...]:
    """Return decisions that accept every open doubt that can be accepted.

    For looking at what a reader proposes, and for a person who has looked at all of it.
    """
    empty = {doubt for part in reading.parts if not part.text for doubt in part.doubts}
    return tuple(
        Decision(doubt=each.id, verdict=Verdict.ACCEPT, text=None, by=by, at=at)
        for each in reading.doubts
        if each.id not in empty
    )


def as_edition(reading: Reading, head: Edition) -> Edition:
    """Return an edition with the head's names and the units and qualifications that count.

    Units and qualifications of ``head`` are not used. Nothing against which an open doubt stands
    is in it.

    Raises:
        FaultInFile: what counts is no valid edition, codes of ``reading_json``: a unit stands
            twice, a qualification names a unit that still waits.

    """
    filled = replace(head, units=reading.units, qualifications=reading.qualifications)
    return read_edition(write_edition(filled), name=head.id)


def _check_form(decision: Decision) -> None:
    if not decision.by.strip():
        raise RefusedDecision("person-missing", doubt=decision.doubt)
    if decision.at.tzinfo is None:
        raise RefusedDecision("time-zone-missing", doubt=decision.doubt)
    if decision.verdict is not Verdict.ACCEPT and not (decision.text or "").strip():
        raise RefusedDecision("text-missing", doubt=decision.doubt)


def _check_parts(parts: Iterable[Part], taken: Mapping[str, Decision]) -> None:
    for part in parts:
        mine = sorted((taken[d] for d in part.doubts if d in taken), key=lambda each: each.doubt)
        texts = [each for each in mine if each.verdict is Verdict.REPLACE]
        for each in texts:
            check_part(part.field, each.text or "")
        if len({each.text for each in texts}) > 1:
            raise RefusedDecision("decided-otherwise", doubt=texts[-1].doubt)
        for each in mine:
            if each.verdict is Verdict.ACCEPT and not part.text:
                raise RefusedDecision("nothing-to-accept", doubt=each.doubt)


def _rebuilt(reading: Reading) -> Reading:
    taken = {decision.doubt: decision for decision in reading.decisions}
    known = (*reading.settled, *reading.doubts)
    stated = reading.edition
    units: list[Unit] = [] if stated is None else list(stated.units)
    qualifications: list[Qualification] = [] if stated is None else list(stated.qualifications)
    for subject, parts in _by_subject(reading.parts).items():
        counting = [(p.field, text) for p in parts if (text := _counting(p, taken)) is not None]
        lists = {Field.ELEMENT, Field.ELEMENTS_READ, Field.MEMBER, Field.COMPLETE}
        whole = not any(p.field in lists and not _decided(p, taken) for p in parts)
        if any(part.field in {Field.MEMBER, Field.COMPLETE} for part in parts):
            made = qualification_of(subject, reading.owner, counting, whole=whole)
            qualifications += [] if made is None else [made]
        else:
            unit = unit_of(subject, reading.owner, counting, whole=whole)
            units += [] if unit is None else [unit]
    return replace(
        reading,
        units=tuple(units),
        qualifications=tuple(qualifications),
        doubts=tuple(doubt for doubt in known if doubt.id not in taken),
        settled=tuple(
            sorted((doubt for doubt in known if doubt.id in taken), key=lambda each: each.id)
        ),
    )


def _by_subject(parts: Iterable[Part]) -> Mapping[str, list[Part]]:
    subjects: dict[str, list[Part]] = {}
    for part in parts:
        subjects.setdefault(part.subject, []).append(part)
    return subjects


def _decided(part: Part, taken: Mapping[str, Decision]) -> bool:
    return all(doubt in taken for doubt in part.doubts)


def _counting(part: Part, taken: Mapping[str, Decision]) -> str | None:
    """Return the text with which ``part`` counts, or None while it waits or when it is dropped."""
    if not _decided(part, taken):
        return None
    verdicts = [taken[doubt] for doubt in part.doubts]
    if any(each.verdict is Verdict.DROP for each in verdicts):
        return None
    texts = [each.text for each in verdicts if each.verdict is Verdict.REPLACE]
    return texts[0] if texts else part.text
