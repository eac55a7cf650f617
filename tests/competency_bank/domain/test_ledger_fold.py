"""The ledger folded from entry 0."""

from datetime import UTC, date, datetime

import pytest

from competency_bank.domain.awards import CertificateState
from competency_bank.domain.courses import EnrolmentState
from competency_bank.domain.errors import RecordDamaged
from competency_bank.domain.ledger import Entry, EntryKind, Fact
from competency_bank.domain.ledger_fold import Folded, fold

AT = datetime(2026, 5, 1, tzinfo=UTC)
PASS: dict[str, Fact] = {
    "learner": "p",
    "unit": "u",
    "edition": "e",
    "basis": "training",
    "class": "c",
    "passed_on": "2026-05-01",
    "commitment": "00",
}


def stated(kind: EntryKind, facts: dict[str, Fact]) -> tuple[EntryKind, dict[str, Fact]]:
    return kind, facts


def folded(*stated: tuple[EntryKind, dict[str, Fact]]) -> Folded:
    return fold(enumerate(Entry(kind, AT, "x", facts) for kind, facts in stated))


PASSED: tuple[EntryKind, dict[str, Fact]] = (EntryKind.UNIT_PASSED, PASS)
PLANNED: tuple[EntryKind, dict[str, Fact]] = (
    EntryKind.CERTIFICATE_PLANNED,
    {
        "serial": "S",
        "learner": "p",
        "certificate": "unit",
        "subject": "u",
        "rests_on": [0],
        "digest": "d",
    },
)
ISSUED: tuple[EntryKind, dict[str, Fact]] = (
    EntryKind.CERTIFICATE_ISSUED,
    {"serial": "S", "document": "f"},
)
REVOKED: tuple[EntryKind, dict[str, Fact]] = (
    EntryKind.CERTIFICATE_REVOKED,
    {"serial": "S", "reason": "r"},
)


def voided(*reopens: str) -> tuple[EntryKind, dict[str, Fact]]:
    return EntryKind.RECORD_VOIDED, {"entry": 0, "reason": "slip", "reopens": list(reopens)}


def test_leaving_a_course_takes_nothing_from_what_was_passed() -> None:
    left = stated(EntryKind.COURSE_WITHDRAWN, {"learner": "p", "class": "c"})
    state = folded(PASSED, left)

    assert set(state.records) == {0}
    assert state.enrolments == {("c", "p"): EnrolmentState.WITHDRAWN}


def test_a_voided_pass_is_gone_and_the_course_open_again() -> None:
    done = stated(EntryKind.COURSE_COMPLETED, {"learner": "p", "class": "c"})
    state = folded(PASSED, done, voided("c"))

    assert state.records == {}
    assert state.enrolments == {("c", "p"): EnrolmentState.ENROLLED}


def test_an_amended_pass_keeps_its_entry_and_changes_its_day() -> None:
    change: dict[str, Fact] = {
        "entry": 0,
        "reason": "slip",
        "passed_on": "2026-05-02",
        "commitment": "11",
    }
    state = folded(PASSED, (EntryKind.RECORD_AMENDED, change))

    assert state.records[0].passed_on == date(2026, 5, 2)
    assert state.records[0].unit == "u"


def test_a_certificate_goes_from_planned_to_issued_to_revoked() -> None:
    assert folded(PASSED, PLANNED).certificates["S"][0] is CertificateState.PLANNED
    assert folded(PASSED, PLANNED, ISSUED).certificates["S"] == (CertificateState.ISSUED, "d", "f")
    revoked = folded(PASSED, PLANNED, ISSUED, REVOKED)
    assert revoked.certificates["S"] == (CertificateState.REVOKED, "d", "f")


KNOWN = stated(EntryKind.PERSON_KNOWN, {"person": "p", "commitment": "00"})
ERASED = stated(EntryKind.PERSON_ERASED, {"person": "p", "reason": "asked-by-the-person"})
KEY = stated(EntryKind.KEY_INTRODUCED, {"kid": "k", "purpose": "document"})
RETIRED = stated(
    EntryKind.KEY_RETIRED,
    {"kid": "k", "purpose": "document", "reason": "retired", "until": "2026-11-21T00:00:00Z"},
)
WITHDRAWN = stated(EntryKind.MANDATE_WITHDRAWN, {"mandate": "m", "reason": "ended"})
MANDATE = stated(
    EntryKind.MANDATE_GIVEN,
    {
        "mandate": "m",
        "holder": "h",
        "owner": "TPQI",
        "scope": ["u"],
        "from": "2026-05-01",
        "until": "",
    },
)
SUSPENDED = stated(EntryKind.CERTIFICATE_SUSPENDED, {"serial": "S", "reason": "under-review"})
RESUMED = stated(EntryKind.CERTIFICATE_RESUMED, {"serial": "S", "reason": "cleared"})
COMPROMISED = stated(EntryKind.KEY_RETIRED, {**RETIRED[1], "reason": "compromised"})
NEWER = stated(PLANNED[0], {**PLANNED[1], "serial": "T"})


def replaced(by: str) -> tuple[EntryKind, dict[str, Fact]]:
    return EntryKind.CERTIFICATE_REPLACED, {"serial": "S", "by_serial": by}


def test_a_replaced_certificate_no_longer_holds_and_names_its_successor() -> None:
    state = folded(PASSED, PLANNED, ISSUED, NEWER, replaced("T"))

    assert state.certificates["S"] == (CertificateState.REVOKED, "d", "f")
    assert state.certificates["T"][0] is CertificateState.PLANNED
    assert state.replaced == {"S": "T"}


def test_mandates_and_keys_are_given_and_withdrawn() -> None:
    state = folded(MANDATE, KEY)
    given = state.mandates["m"]
    assert (given.holder, given.owner, given.scope) == ("h", "TPQI", ("u",))
    assert (given.begins, given.ends, given.withdrawn) == ("2026-05-01", "", False)
    assert state.keys == {("k", "document"): True}

    state = folded(MANDATE, KEY, WITHDRAWN, RETIRED)
    assert state.mandates["m"].withdrawn
    assert state.keys == {("k", "document"): False}


def test_a_certificate_is_suspended_and_resumed() -> None:
    assert folded(PASSED, PLANNED, ISSUED, SUSPENDED).suspended == {"S"}
    assert folded(PASSED, PLANNED, ISSUED, SUSPENDED, RESUMED).suspended == set()


def test_that_a_key_fell_into_other_hands_may_be_found_out_after_it_was_retired() -> None:
    assert folded(KEY, RETIRED, COMPROMISED).keys == {("k", "document"): False}


def test_an_erased_person_is_no_longer_known_but_what_was_passed_stands() -> None:
    state = folded(PASSED, KNOWN, ERASED)

    assert state.people == {}
    assert state.erased == {"p"}
    assert set(state.records) == {0}


@pytest.mark.parametrize(
    "impossible",
    [
        (voided(),),
        (ISSUED,),
        (REVOKED,),
        (PLANNED,),
        (PASSED, voided(), voided()),
        (PASSED, PLANNED, ISSUED, replaced("T")),
        (PASSED, PLANNED, ISSUED, replaced("S")),
        (PASSED, PLANNED, NEWER, replaced("T")),
        (WITHDRAWN,),
        (MANDATE, MANDATE),
        (MANDATE, WITHDRAWN, WITHDRAWN),
        (RETIRED,),
        (KEY, RETIRED, RETIRED),
        (PASSED, PLANNED, SUSPENDED),
        (PASSED, PLANNED, ISSUED, RESUMED),
        (PASSED, PLANNED, ISSUED, SUSPENDED, SUSPENDED),
        (ERASED,),
        (KNOWN, ERASED, ERASED),
    ],
)
def test_an_entry_that_cannot_follow_is_named(
    impossible: tuple[tuple[EntryKind, dict[str, Fact]], ...],
) -> None:
    with pytest.raises(RecordDamaged, match="entry-contradicts") as caught:
        folded(*impossible)

    assert caught.value.values["entry"] == len(impossible) - 1
