"""The ledger folded from entry 0: what the bank must hold if every entry is true.

The audit compares this with the tables that the bank works with. Nothing here trusts them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from competency_bank.domain.awards import CertificateState
from competency_bank.domain.courses import EnrolmentState
from competency_bank.domain.errors import RecordDamaged
from competency_bank.domain.ledger import Entry, EntryKind


@dataclass(frozen=True, slots=True)
class FoldedRecord:
    """A pass as the ledger states it, after amendments."""

    learner: str
    unit: str
    edition: str
    basis: str
    class_id: str
    passed_on: date
    commitment: str


@dataclass(frozen=True, slots=True)
class FoldedMandate:
    """Who may do what with whose standards, as the ledger states it."""

    holder: str
    owner: str
    scope: tuple[str, ...]
    begins: str
    """First day (ISO 8601)."""
    ends: str
    """Last day, or "" while no end is set."""
    withdrawn: bool = False


@dataclass(slots=True)
class Folded:
    """The state that follows from the entries read so far."""

    records: dict[int, FoldedRecord] = field(default_factory=dict)
    """Passes that stand, by the index of their entry."""
    enrolments: dict[tuple[str, str], EnrolmentState] = field(default_factory=dict)
    """Only those that an entry moved: (class, learner) withdrawn or completed."""
    certificates: dict[str, tuple[CertificateState, str, str]] = field(default_factory=dict)
    """Serial -> state, digest of the plan, digest of the sealed document ("" before sealing)."""
    people: dict[str, str] = field(default_factory=dict)
    editions: dict[str, str] = field(default_factory=dict)
    mappings: dict[tuple[str, int], str] = field(default_factory=dict)
    decisions: dict[str, tuple[str, str, str, str, date]] = field(default_factory=dict)
    """Reference -> kind, old, new, edition and day of a decision on succession."""
    completions: set[tuple[str, str, str]] = field(default_factory=set)
    """Learner, qualification and the edition on which it was completed."""
    replaced: dict[str, str] = field(default_factory=dict)
    """Serial of a certificate that is out of date -> serial of the one that took its place."""
    suspended: set[str] = field(default_factory=set)
    """Serials of certificates that do not hold for the time being."""
    mandates: dict[str, FoldedMandate] = field(default_factory=dict)
    keys: dict[tuple[str, str], bool] = field(default_factory=dict)
    """Key id and purpose -> whether it is still in use."""
    erased: set[str] = field(default_factory=set)
    """People whose data and salts are gone; their commitments can no longer be opened."""


def fold(entries: Iterable[tuple[int, Entry]]) -> Folded:
    """Return the state after these entries.

    Raises RecordDamaged("entry-contradicts") naming the first entry that cannot follow from
    those before it: a void of what never was, an issue of what was not planned.
    """
    state = Folded()
    for index, entry in entries:
        try:
            _STEPS[entry.kind](state, index, entry)
        except KeyError as fault:
            raise RecordDamaged("entry-contradicts", entry=index, kind=entry.kind) from fault
    return state


def _standard(state: Folded, _: int, entry: Entry) -> None:
    state.editions[entry.text("edition")] = entry.text("digest")


def _mapping(state: Folded, _: int, entry: Entry) -> None:
    state.mappings[(entry.text("course"), entry.number("version"))] = entry.text("digest")


def _decided(state: Folded, _: int, entry: Entry) -> None:
    state.decisions[entry.text("reference")] = (
        entry.text("decision"),
        entry.text("old"),
        entry.text("new"),
        entry.text("edition"),
        date.fromisoformat(entry.text("on")),
    )


def _qualified(state: Folded, _: int, entry: Entry) -> None:
    state.completions.add(
        (entry.text("learner"), entry.text("qualification"), entry.text("edition"))
    )


def _person(state: Folded, _: int, entry: Entry) -> None:
    state.people[entry.text("person")] = entry.text("commitment")


def _passed(state: Folded, index: int, entry: Entry) -> None:
    state.records[index] = FoldedRecord(
        learner=entry.text("learner"),
        unit=entry.text("unit"),
        edition=entry.text("edition"),
        basis=entry.text("basis"),
        class_id=entry.text("class"),
        passed_on=date.fromisoformat(entry.text("passed_on")),
        commitment=entry.text("commitment"),
    )


def _voided(state: Folded, _: int, entry: Entry) -> None:
    gone = state.records.pop(entry.number("entry"))
    for class_id in entry.items("reopens"):
        state.enrolments[(str(class_id), gone.learner)] = EnrolmentState.ENROLLED


def _amended(state: Folded, _: int, entry: Entry) -> None:
    old = state.records[entry.number("entry")]
    state.records[entry.number("entry")] = FoldedRecord(
        learner=old.learner,
        unit=old.unit,
        edition=old.edition,
        basis=old.basis,
        class_id=old.class_id,
        passed_on=date.fromisoformat(entry.text("passed_on")),
        commitment=entry.text("commitment"),
    )


def _withdrawn(state: Folded, _: int, entry: Entry) -> None:
    key = (entry.text("class"), entry.text("learner"))
    state.enrolments[key] = EnrolmentState.WITHDRAWN


def _completed(state: Folded, _: int, entry: Entry) -> None:
    key = (entry.text("class"), entry.text("learner"))
    state.enrolments[key] = EnrolmentState.COMPLETED


def _planned(state: Folded, _index: int, entry: Entry) -> None:
    for rest in entry.items("rests_on"):
        state.records[int(rest)]
    plan = (CertificateState.PLANNED, entry.text("digest"), "")
    state.certificates[entry.text("serial")] = plan


def _issued(state: Folded, _index: int, entry: Entry) -> None:
    _, plan, _ = state.certificates[entry.text("serial")]
    issued = (CertificateState.ISSUED, plan, entry.text("document"))
    state.certificates[entry.text("serial")] = issued


def _revoked(state: Folded, _index: int, entry: Entry) -> None:
    _, plan, document = state.certificates[entry.text("serial")]
    state.certificates[entry.text("serial")] = (CertificateState.REVOKED, plan, document)


def _replaced(state: Folded, _index: int, entry: Entry) -> None:
    old, new = entry.text("serial"), entry.text("by_serial")
    how_far, plan, document = state.certificates[old]
    if how_far is not CertificateState.ISSUED or new not in state.certificates or old == new:
        raise KeyError(old)
    state.certificates[old] = (CertificateState.REVOKED, plan, document)
    state.replaced[old] = new


def _suspended(state: Folded, _index: int, entry: Entry) -> None:
    serial = entry.text("serial")
    if serial in state.suspended or state.certificates[serial][0] is not CertificateState.ISSUED:
        raise KeyError(serial)
    state.suspended.add(serial)


def _resumed(state: Folded, _index: int, entry: Entry) -> None:
    state.suspended.remove(entry.text("serial"))


def _mandated(state: Folded, _index: int, entry: Entry) -> None:
    if entry.text("mandate") in state.mandates:
        raise KeyError(entry.text("mandate"))
    state.mandates[entry.text("mandate")] = FoldedMandate(
        holder=entry.text("holder"),
        owner=entry.text("owner"),
        scope=tuple(str(each) for each in entry.items("scope")),
        begins=entry.text("from"),
        ends=entry.text("until"),
    )


def _unmandated(state: Folded, _index: int, entry: Entry) -> None:
    given = state.mandates[entry.text("mandate")]
    if given.withdrawn:
        raise KeyError(entry.text("mandate"))
    state.mandates[entry.text("mandate")] = replace(given, withdrawn=True)


def _key(state: Folded, _index: int, entry: Entry) -> None:
    state.keys[(entry.text("kid"), entry.text("purpose"))] = True


def _retired(state: Folded, _index: int, entry: Entry) -> None:
    name = (entry.text("kid"), entry.text("purpose"))
    if not state.keys[name] and entry.text("reason") != "compromised":  # found out afterwards
        raise KeyError(name)
    state.keys[name] = False


def _erased(state: Folded, _index: int, entry: Entry) -> None:
    del state.people[entry.text("person")]
    state.erased.add(entry.text("person"))


def _restarted(_state: Folded, index: int, entry: Entry) -> None:
    if not entry.number("kept") == index < entry.number("signed"):
        raise KeyError(index)


_STEPS = {
    EntryKind.STANDARD_RELEASED: _standard,
    EntryKind.MAPPING_APPROVED: _mapping,
    EntryKind.SUCCESSION_DECIDED: _decided,
    EntryKind.QUALIFICATION_COMPLETED: _qualified,
    EntryKind.PERSON_KNOWN: _person,
    EntryKind.UNIT_PASSED: _passed,
    EntryKind.RECORD_VOIDED: _voided,
    EntryKind.RECORD_AMENDED: _amended,
    EntryKind.COURSE_WITHDRAWN: _withdrawn,
    EntryKind.COURSE_COMPLETED: _completed,
    EntryKind.CERTIFICATE_PLANNED: _planned,
    EntryKind.CERTIFICATE_ISSUED: _issued,
    EntryKind.CERTIFICATE_REVOKED: _revoked,
    EntryKind.CERTIFICATE_REPLACED: _replaced,
    EntryKind.CERTIFICATE_SUSPENDED: _suspended,
    EntryKind.CERTIFICATE_RESUMED: _resumed,
    EntryKind.MANDATE_GIVEN: _mandated,
    EntryKind.MANDATE_WITHDRAWN: _unmandated,
    EntryKind.KEY_INTRODUCED: _key,
    EntryKind.KEY_RETIRED: _retired,
    EntryKind.PERSON_ERASED: _erased,
    EntryKind.LOG_RESTARTED: _restarted,
}
