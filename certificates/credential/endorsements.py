"""Endorsements: what others, as the owner of a standard, say of what is certified.

Open Badges 3.0 has two places for them. ``endorsementJwt`` is missing from one of the two versions
of its context in circulation, so half of the JSON-LD verifiers refuse a credential with it;
therefore an endorsement stands in ``endorsement``, whole and with its own Data Integrity proof.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from certificates.errors import CannotSay

_TYPES: Final = ["VerifiableCredential", "EndorsementCredential"]


def endorsements_of(texts: tuple[str, ...], *, achievement: str) -> list[dict[str, Any]]:
    """Return endorsements, given as canonical JSON, as objects.

    Raises ``CannotSay('endorsement')`` for one that is not canonical JSON, is no endorsement, has
    no proof of its own or speaks of another achievement than that of this id.
    """
    return [_endorsement(text, achievement) for text in texts]


def endorsement_texts(achievement: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the endorsements of an achievement as canonical JSON."""
    return tuple(map(_canonical, achievement.get("endorsement", ())))


def _endorsement(text: str, achievement: str) -> dict[str, Any]:
    try:
        endorsement: dict[str, Any] = json.loads(text)
        fits = (
            _canonical(endorsement) == text
            and endorsement["type"] == _TYPES
            and endorsement["credentialSubject"]["id"] == achievement
            and bool(endorsement["proof"])
        )
    except (ValueError, LookupError, TypeError) as bad:
        raise CannotSay("endorsement", field="endorsements") from bad
    if not fits:
        raise CannotSay("endorsement", field="endorsements")
    return endorsement


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
