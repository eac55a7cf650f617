"""Whether a credential of another issuer still holds: W3C Bitstring Status List v1.0.

A list says something only if the credential's own issuer signed it, as a token or with a proof
inside, if it is the list that the credential names, of the purpose that it names, and in its time.
A set bit then ends the credential; anything else that is wrong means "could not be checked".
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from certificates.errors import NoLongerValid, NotChecked, Refused
from certificates.sealing.status_list import CLOCK_TOLERANCE, StatusList, decode_bits
from certificates.sealing.strict_json import parse_object
from certificates.sealing.token import LAST_MOMENT, moment_of
from certificates.sealing.trust_list import NO_END
from certificates.verifying.issuer_proof import (
    credential_in,
    issuer_in,
    prove_linked_of,
    prove_token_of,
    token_parts,
)
from certificates.verifying.wishes import Answers, Wish, WishKind

ENTRY: Final = "BitstringStatusListEntry"
LIST: Final = "BitstringStatusListCredential"
ENDS: Final = ("revocation", "suspension")
"""Purposes that end a credential, for good or for a time; others only tell something."""
PURPOSES: Final = frozenset({*ENDS, "message", "refresh"})
MOST_ENTRIES: Final = 4
_INDEX: Final = re.compile(r"[0-9]{1,9}")


def require_standing_elsewhere(
    credential: Mapping[str, object], issuer: str, *, at: datetime, answers: Answers
) -> None:
    """Prove by its issuer's lists that a credential held at ``at``.

    Raises:
        NoLongerValid: ``revoked`` or ``suspended``, by any of them.
        NotChecked: ``status-none`` (it names no list), or why one could not be had or says nothing.

    """
    entries = _entries(credential)
    unknown: NotChecked | None = None
    for entry in entries:
        try:
            _require_unset(entry, issuer, at=at, answers=answers)
        except NotChecked as stop:
            unknown = unknown or stop
    if unknown is not None:
        raise unknown


def _entries(credential: Mapping[str, object]) -> list[Mapping[str, object]]:
    status = credential.get("credentialStatus", [])
    found = status if isinstance(status, list) else [status]
    entries = [one for one in found if isinstance(one, dict) and ENTRY in _several(one.get("type"))]
    purposes = {str(one.get("statusPurpose")) for one in entries}
    if len(entries) != len(found) or len(found) > MOST_ENTRIES or not purposes <= PURPOSES:
        raise NotChecked("status-kind")
    ending: list[Mapping[str, object]] = [one for one in entries if one["statusPurpose"] in ENDS]
    if not ending:
        raise NotChecked("status-none")
    return ending


def _require_unset(
    entry: Mapping[str, object], issuer: str, *, at: datetime, answers: Answers
) -> None:
    address, index = entry.get("statusListCredential"), str(entry.get("statusListIndex"))
    plain = _INDEX.fullmatch(index) and entry.get("statusSize", 1) == 1
    if not isinstance(address, str) or not plain:
        raise NotChecked("status-kind")
    data = answers.ask(Wish(address, WishKind.STATUS), "elsewhere-off")
    listed = _proved(data.strip(), issuer, at=at, answers=answers)
    purpose = str(entry["statusPurpose"])
    bits = _bits_of(listed, address, purpose)
    is_set = StatusList(address, issuer, bits=bits).is_revoked(int(index))
    # A revocation cannot be taken back: what a later list shows as good was good before.
    if not _is_of_time(listed, at) and (is_set or purpose != ENDS[0]):
        raise NotChecked("issuer-list-later")
    if is_set and purpose == ENDS[0]:
        raise NoLongerValid("revoked", index=index)
    if is_set:
        raise NoLongerValid("suspended", index=index)


def _is_of_time(listed: Mapping[str, object], at: datetime) -> bool:
    """Tell whether a list was made before ``at``; raises NotChecked if it had ended by then."""
    start = _moment(listed, "validFrom", "issuanceDate")
    ends = [_moment(listed, "validUntil", "expirationDate") or NO_END]
    exp = listed.get("exp")
    if isinstance(exp, int) and 0 <= exp <= LAST_MOMENT:
        ends.append(moment_of(exp))
    if at > min(ends):
        raise NotChecked("issuer-list-ended")
    return start is not None and start <= at + CLOCK_TOLERANCE


def _proved(data: bytes, issuer: str, *, at: datetime, answers: Answers) -> Mapping[str, object]:
    """Return a list once ``issuer`` is proved to have signed it, whichever way."""
    try:
        if data.startswith(b"{"):
            listed: Mapping[str, object] = parse_object(data)
        else:
            listed = credential_in(token_parts(data)[1])
        if issuer_in(listed) != issuer:
            raise NotChecked("issuer-list-of-another", issuer=issuer_in(listed)[:200])
        if data.startswith(b"{"):
            prove_linked_of(issuer, listed, at=at, answers=answers)
        else:
            prove_token_of(issuer, data.decode("ascii"), at=at, answers=answers)
    except (ValueError, Refused) as fault:
        raise NotChecked("status-unreadable") from fault
    return listed


def _bits_of(listed: Mapping[str, object], address: str, purpose: str) -> bytes:
    subject = listed.get("credentialSubject")
    if not isinstance(subject, dict) or LIST not in _several(listed.get("type")):
        raise NotChecked("status-unreadable", reason="type")
    # The credential names one list; another of the same issuer must not answer for it.
    if listed.get("id", address) != address:
        raise NotChecked("issuer-list-of-another", id=str(listed.get("id"))[:200])
    right = "BitstringStatusList" in _several(subject.get("type"))
    if not right or purpose not in _several(subject.get("statusPurpose")):
        raise NotChecked("status-purpose")
    encoded = subject.get("encodedList")
    if not isinstance(encoded, str):
        raise NotChecked("status-unreadable", reason="encodedList")
    return decode_bits(encoded)


def _several(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _moment(listed: Mapping[str, object], *names: str) -> datetime | None:
    """Return the first of these members that is there."""
    value = next((listed[name] for name in names if name in listed), None)
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        raise NotChecked("status-unreadable", reason=names[0]) from None
    if found.tzinfo is None:
        raise NotChecked("status-unreadable", reason=names[0])
    return found
