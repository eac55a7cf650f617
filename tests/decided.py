"""Decisions on units, drawn and made by hand."""

from datetime import date, timedelta

from hypothesis import strategies as st

from standards.errors import RefusedDecision
from standards.model import EditionId, QualificationKey, UnitKey
from standards.succession import (
    Decision,
    DecisionKind,
    Decisions,
    Signed,
    Withdrawal,
    check_decisions,
)

START = date(2026, 1, 1)
KEYS = tuple(UnitKey(f"u-{n}") for n in range(6))
days = st.integers(0, 40).map(lambda n: START + timedelta(days=n))
held_units = st.frozensets(st.sampled_from(KEYS))


def signed(reference: str, on: date = START) -> Signed:
    """Return the signatures of two persons."""
    return Signed(reference, "officer", "head", on, "the board said so")


def decide(
    kind: DecisionKind, old: str, new: str, *, on: date = START, reference: str | None = None
) -> Decision:
    """Return a decision named after what it says."""
    name = reference or f"{kind.value} {old} {new}"
    return Decision(kind, UnitKey(old), UnitKey(new), signed(name, on))


def withdraw(qualification: str, edition: str, on: date = START) -> Withdrawal:
    """Return a withdrawal named after what it takes."""
    name = f"withdraws {qualification} {edition}"
    return Withdrawal(QualificationKey(qualification), EditionId(edition), signed(name, on))


@st.composite
def decisions(draw: st.DrawFn) -> Decisions:
    """Draw decisions that stand together: whatever contradicts an earlier one is left out."""
    drawn = draw(
        st.lists(
            st.tuples(
                st.sampled_from(DecisionKind), st.sampled_from(KEYS), st.sampled_from(KEYS), days
            ),
            max_size=7,
        )
    )
    kept = Decisions()
    for n, (kind, old, new, on) in enumerate(drawn):
        more = (*kept.units, decide(kind, old, new, on=on, reference=f"d-{n}"))
        try:
            kept = check_decisions(more)
        except RefusedDecision:
            continue
    return kept
