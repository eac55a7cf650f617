"""The ledger: what is written down for ever, and the exact bytes of it.

An entry states one fact. Its canonical bytes are a version line followed by JSON with sorted keys,
no white space and UTF-8 (for the strings and whole numbers used here that is RFC 8785); these
bytes are the leaf of the log. They hold opaque ids and commitments, never a name, a birth date, a
score or a national number, so that a person can be erased and every proof still holds.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from json.encoder import encode_basestring
from types import MappingProxyType
from typing import TypeAlias

from competency_bank.domain.errors import RecordDamaged

VERSION_LINE = b"competency-bank/entry/1\n"
"""First line of every entry: a later form gets another line, and old entries stay readable."""

SALT_BYTES = 16
"""Length of the random salt of a commitment; without it a score could be guessed from its hash."""

SYSTEM = "system"
"""Stands in ``by`` where the bank itself acted, as when keys are introduced."""

Fact: TypeAlias = str | int | list[int] | list[str]


class EntryKind(StrEnum):
    """The closed list of what an entry can state."""

    STANDARD_RELEASED = "standard-released"
    MAPPING_APPROVED = "mapping-approved"
    SUCCESSION_DECIDED = "succession-decided"
    QUALIFICATION_COMPLETED = "qualification-completed"
    PERSON_KNOWN = "person-known"
    UNIT_PASSED = "unit-passed"
    RECORD_VOIDED = "record-voided"
    RECORD_AMENDED = "record-amended"
    COURSE_WITHDRAWN = "course-withdrawn"
    COURSE_COMPLETED = "course-completed"
    CERTIFICATE_PLANNED = "certificate-planned"
    CERTIFICATE_ISSUED = "certificate-issued"
    CERTIFICATE_REVOKED = "certificate-revoked"
    CERTIFICATE_REPLACED = "certificate-replaced"
    CERTIFICATE_SUSPENDED = "certificate-suspended"
    CERTIFICATE_RESUMED = "certificate-resumed"
    MANDATE_GIVEN = "mandate-given"
    MANDATE_WITHDRAWN = "mandate-withdrawn"
    KEY_INTRODUCED = "key-introduced"
    KEY_RETIRED = "key-retired"
    PERSON_ERASED = "person-erased"
    LOG_RESTARTED = "log-restarted"


FACTS: Mapping[EntryKind, frozenset[str]] = MappingProxyType(
    {
        EntryKind.STANDARD_RELEASED: frozenset({"edition", "owner", "digest"}),
        EntryKind.MAPPING_APPROVED: frozenset({"course", "version", "digest", "proposed_by"}),
        EntryKind.SUCCESSION_DECIDED: frozenset(
            {"reference", "decision", "old", "new", "edition", "on", "reason", "decided_by"}
        ),
        EntryKind.QUALIFICATION_COMPLETED: frozenset({"learner", "qualification", "edition"}),
        EntryKind.PERSON_KNOWN: frozenset({"person", "commitment"}),
        EntryKind.UNIT_PASSED: frozenset(
            {"learner", "unit", "edition", "basis", "class", "passed_on", "commitment"}
        ),
        EntryKind.RECORD_VOIDED: frozenset({"entry", "reason", "reopens"}),
        EntryKind.RECORD_AMENDED: frozenset({"entry", "reason", "passed_on", "commitment"}),
        EntryKind.COURSE_WITHDRAWN: frozenset({"learner", "class"}),
        EntryKind.COURSE_COMPLETED: frozenset({"learner", "class"}),
        EntryKind.CERTIFICATE_PLANNED: frozenset(
            {"serial", "learner", "certificate", "subject", "rests_on", "digest"}
        ),
        EntryKind.CERTIFICATE_ISSUED: frozenset({"serial", "document"}),
        EntryKind.CERTIFICATE_REVOKED: frozenset({"serial", "reason"}),
        EntryKind.CERTIFICATE_REPLACED: frozenset({"serial", "by_serial"}),
        EntryKind.CERTIFICATE_SUSPENDED: frozenset({"serial", "reason"}),
        EntryKind.CERTIFICATE_RESUMED: frozenset({"serial", "reason"}),
        EntryKind.MANDATE_GIVEN: frozenset(
            {"mandate", "holder", "owner", "scope", "from", "until"}
        ),
        EntryKind.MANDATE_WITHDRAWN: frozenset({"mandate", "reason"}),
        EntryKind.KEY_INTRODUCED: frozenset({"kid", "purpose"}),
        EntryKind.KEY_RETIRED: frozenset({"kid", "purpose", "reason", "until"}),
        EntryKind.LOG_RESTARTED: frozenset({"origin", "kept", "signed"}),
        EntryKind.PERSON_ERASED: frozenset({"person", "reason"}),
    }
)
"""Exactly the facts that each kind of entry states.

``owner`` of a mandate is whose standards it covers, ``scope`` a list of what within them (empty:
all), ``from`` and ``until`` days (ISO 8601; ``until`` "" while no end is set). ``kept`` and
``signed`` are sizes of the log: what a restored copy held, and what was signed before the loss.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact, when it was written down (UTC, whole seconds) and by whom."""

    kind: EntryKind
    at: datetime
    by: str
    facts: Mapping[str, Fact]

    def __post_init__(self) -> None:
        """Refuse an entry that lacks a fact or states one that its kind does not know."""
        if self.facts.keys() != FACTS[self.kind]:
            raise RecordDamaged("entry-facts", kind=self.kind, facts=sorted(self.facts))

    def text(self, fact: str) -> str:
        """Return a fact that is a string; raises RecordDamaged when it is not."""
        value = self.facts[fact]
        if not isinstance(value, str):
            raise RecordDamaged("entry-fact-type", kind=self.kind, fact=fact)
        return value

    def number(self, fact: str) -> int:
        """Return a fact that is a whole number; raises RecordDamaged when it is not."""
        value = self.facts[fact]
        if not isinstance(value, int) or isinstance(value, bool):
            raise RecordDamaged("entry-fact-type", kind=self.kind, fact=fact)
        return value

    def items(self, fact: str) -> list[int] | list[str]:
        """Return a fact that is a list; raises RecordDamaged when it is not."""
        value = self.facts[fact]
        if not isinstance(value, list):
            raise RecordDamaged("entry-fact-type", kind=self.kind, fact=fact)
        return value


def canonical_bytes(entry: Entry) -> bytes:
    """Return the bytes that are hashed into the log and kept for ever."""
    body = {"kind": entry.kind, "at": written(entry.at), "by": entry.by, **entry.facts}
    names, form = _FORMS[entry.kind]
    try:
        text = form % tuple([encode_basestring(body[name]) for name in names])  # type: ignore[arg-type]  # it refuses what is no string
    except TypeError:  # a number or a list among the facts
        return VERSION_LINE + json_bytes(body)
    return VERSION_LINE + text.encode()


def _form(kind: EntryKind) -> tuple[tuple[str, ...], str]:
    """Return the sorted names of an entry's JSON, and the JSON with a gap for each value.

    Most facts are strings; filling the gaps takes half the time of sorting the names each time.
    """
    names = sorted({"kind", "at", "by", *FACTS[kind]})
    return tuple(names), "{" + ",".join(f'"{name}":%s' for name in names) + "}"


_FORMS = {kind: _form(kind) for kind in EntryKind}


@lru_cache(maxsize=16)
def written(moment: datetime) -> str:
    """Return a moment as entries write it: UTC, whole seconds."""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def read_entry(data: bytes) -> Entry:
    """Return the entry that these bytes state.

    Raises RecordDamaged unless they are exactly the canonical bytes of some entry: two byte
    strings for one fact would let a changed row pass for an unchanged one.
    """
    try:
        body = json.loads(data.removeprefix(VERSION_LINE))
        kind = EntryKind(body.pop("kind"))
        at = datetime.strptime(body.pop("at"), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        entry = Entry(kind=kind, at=at, by=body.pop("by"), facts=body)
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise RecordDamaged("entry-unreadable") from fault
    if canonical_bytes(entry) != data:
        raise RecordDamaged("entry-not-canonical", kind=kind)
    return entry


def commitment(salt: bytes, details: Mapping[str, str | None]) -> str:
    """Return the salted hash (hex SHA-256) by which an entry vouches for details kept outside it.

    The salt is kept beside the details and erased with them; then the hash tells nothing.
    """
    return commitment_to(salt, json_bytes(details))


def commitment_to(salt: bytes, details: bytes) -> str:
    """Return the ``commitment`` to details that are canonical JSON already."""
    return hashlib.sha256(salt + details).hexdigest()


def json_bytes(value: object) -> bytes:
    """Return canonical JSON: sorted keys, no white space, UTF-8."""
    return _JSON.encode(value).encode()


_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
