"""Many passes written at once are the entries that each would be by itself."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from competency_bank.domain.holdings import details_of_pass
from competency_bank.domain.ledger import Entry, EntryKind, canonical_bytes, commitment, read_entry
from competency_bank.domain.pass_entries import pass_bodies
from competency_bank.domain.people import PersonId
from competency_bank.domain.recording import Pass
from standards.model import UnitKey
from tests.banks import NOON

TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=8)
PASSES = st.builds(
    Pass,
    TEXT.map(PersonId),
    st.sampled_from(["U-1", 'ห"น่วย', "U\\2"]).map(UnitKey),
    st.integers(0, 2).map(lambda days: date(2026, 3, 3) + timedelta(days)),
    st.none() | st.decimals(0, 100, places=2),
    st.none() | TEXT,
)


def entry(learner: PersonId, unit: UnitKey, day: date, vouched: str) -> Entry:
    facts = {
        "learner": learner,
        "unit": unit,
        "edition": f"edition of {unit}",
        "basis": "training",
        "class": "c\n",
        "passed_on": day.isoformat(),
        "commitment": vouched,
    }
    return Entry(EntryKind.UNIT_PASSED, NOON, "t", dict(facts))


@given(st.lists(st.tuples(PASSES, st.binary(min_size=16, max_size=16)), max_size=8))
def test_each_body_is_the_canonical_bytes_of_its_entry(told: list[tuple[Pass, bytes]]) -> None:
    bodies = pass_bodies([one for one, _ in told], [salt for _, salt in told], entry=entry)

    expected = [
        entry(one.learner, one.unit, one.passed_on, commitment(salt, _details(one)))
        for one, salt in told
    ]
    assert bodies == [canonical_bytes(each) for each in expected]
    assert [read_entry(body) for body in bodies] == expected


def _details(one: Pass) -> dict[str, str | None]:
    return dict(details_of_pass(one.score, one.note))
