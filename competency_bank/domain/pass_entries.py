"""The canonical bytes of many passes at once, as the ledger would write each by itself.

The passes of a sheet differ in learner and commitment, and in few units and days. So one entry for
each unit and day is written by ``ledger.canonical_bytes`` and cut open where the two stand.
"""

from collections.abc import Callable, Iterable
from datetime import date
from json.encoder import encode_basestring

from competency_bank.domain.holdings import details_of_pass
from competency_bank.domain.ledger import Entry, canonical_bytes, commitment_to, json_bytes
from competency_bank.domain.people import PersonId
from competency_bank.domain.recording import Pass
from standards.model import UnitKey

EntryOfPass = Callable[[PersonId, UnitKey, date, str], Entry]
"""Makes the entry of a pass from learner, unit, day and commitment."""

_COMMITMENT, _LEARNER = "\x00commitment", "\x00learner"
"""Stand for the two; no id holds a control character."""


def pass_bodies(
    passes: Iterable[Pass], salts: Iterable[bytes], *, entry: EntryOfPass
) -> list[bytes]:
    """Return the canonical bytes of the entry of every pass, each with its salt's commitment."""
    vouched: dict[object, bytes] = {}
    cut: dict[tuple[UnitKey, date], tuple[str, str, str]] = {}
    bodies = []
    for (learner, unit, day, score, note), salt in zip(passes, salts, strict=True):
        details = (score, note)
        if details not in vouched:  # a class shares few scores, and mostly has none
            vouched[details] = json_bytes(details_of_pass(score, note))
        if (unit, day) not in cut:
            cut[unit, day] = _cut(entry(PersonId(_LEARNER), unit, day, _COMMITMENT))
        before, between, after = cut[unit, day]
        commitment = commitment_to(salt, vouched[details])
        text = f'{before}"{commitment}"{between}{encode_basestring(learner)}{after}'
        bodies.append(text.encode())
    return bodies


def _cut(entry: Entry) -> tuple[str, str, str]:
    """Return the text before the commitment, between it and the learner, and after the learner."""
    before, _, rest = canonical_bytes(entry).decode().partition(encode_basestring(_COMMITMENT))
    between, _, after = rest.partition(encode_basestring(_LEARNER))
    return before, between, after
