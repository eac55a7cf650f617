"""What every credential of ours has around what it certifies, both ways.

Sources: W3C Verifiable Credentials Data Model 2.0, Bitstring Status List 1.0, Open Badges 3.0
(Profile, IdentityObject, Evidence); digests of files as names by RFC 6920.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, unquote

from certificates.credential import phrases
from certificates.credential.achievement import remarks_of, shown_of
from certificates.credential.snapshot import EvidenceShown, Party, Statement, StatusRef
from certificates.errors import CannotSay

VERIFIABLE_CREDENTIALS: Final = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OPEN_BADGES_TYPES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
"""Defines the type of ``credentialSchema``; without it the JSON-LD stacks refuse the credential."""
SCHEMA_TYPE: Final = "1EdTechJsonSchemaValidator2019"
_DIGEST: Final = re.compile("[0-9a-f]{64}")
_NAMED_DIGEST: Final = "ni:///sha-256;"


def envelope_of(statement: Statement) -> dict[str, Any]:
    """Return name, description, issuer, dates, status of a credential."""
    issued = moment_text(statement.issued_at)
    until = statement.valid_until
    remarks = remarks_of(statement)
    if statement.replaces is not None:
        remarks.append(phrases.LABEL_REPLACES + statement.replaces)
    return {
        "id": statement.id,
        "name": f"{phrases.KIND_NAME[statement.kind]}: {shown_of(statement).title_th}",
        "description": "\n".join(remarks),
        "issuer": profile_of(statement.issuer),
        "validFrom": issued,
        "awardedDate": issued,
        "credentialStatus": {
            "id": f"{statement.status.list_uri}#{statement.status.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(statement.status.index),
            "statusListCredential": statement.status.list_uri,
        },
    } | ({} if until is None else {"validUntil": moment_text(until)})


def holder_of(statement: Statement) -> dict[str, Any]:
    """Return who is spoken of: an opaque id, and the name in clear."""
    identity = {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": statement.holder.name,
        "identityType": "name",
    }
    return {"id": statement.holder.id, "identifier": [identity]}


def check_page_of(statement: Statement) -> dict[str, Any]:
    """Return where the certificate can be checked, and on what it rests."""
    return {
        "id": statement.check_url,
        "type": ["Evidence"],
        "name": phrases.CHECK_PAGE,
        "description": remarks_of(statement)[0],
        "genre": statement.basis.value,
    }


def files_of(statement: Statement) -> list[dict[str, Any]]:
    """Return the files behind a certificate, each named by its digest.

    Raises ``CannotSay('digest')`` for what is no SHA-256 in lower-case hexadecimal.
    """
    return [
        {
            "id": _digest_name(each),
            "type": ["Evidence"],
            "name": each.name,
            "genre": phrases.FILE,
        }
        for each in statement.evidence
    ]


def files_in(evidence: Sequence[Mapping[str, Any]]) -> tuple[EvidenceShown, ...]:
    """Return the files that ``files_of`` wrote."""
    return tuple(map(_file_in, evidence))


def _digest_name(file: EvidenceShown) -> str:
    if not _DIGEST.fullmatch(file.sha256):
        raise CannotSay("digest", field="evidence", name=file.name)
    digest = urlsafe_b64encode(bytes.fromhex(file.sha256)).decode("ascii").rstrip("=")
    return f"{_NAMED_DIGEST}{digest}?ct={quote(file.media_type, safe='/')}"


def _file_in(evidence: Mapping[str, Any]) -> EvidenceShown:
    digest, _, media_type = evidence["id"].removeprefix(_NAMED_DIGEST).partition("?ct=")
    return EvidenceShown(
        name=evidence["name"],
        media_type=unquote(media_type),
        sha256=urlsafe_b64decode(digest + "=").hex(),
    )


def profile_of(party: Party) -> dict[str, Any]:
    """Return the profile of an organisation, its English name beside the Thai one."""
    english = {"type": "IdentifierEntry", "identifier": party.name_en, "identifierType": "name"}
    return {
        "id": party.id,
        "type": ["Profile"],
        "name": party.name_th,
        "otherIdentifier": [english],
    }


def party_in(profile: Mapping[str, Any]) -> Party:
    """Return the organisation that ``profile_of`` wrote."""
    (english,) = profile["otherIdentifier"]
    return Party(id=profile["id"], name_th=profile["name"], name_en=english["identifier"])


def status_in(credential: Mapping[str, Any]) -> StatusRef:
    """Return where the status of a credential of ours is published."""
    status = credential["credentialStatus"]
    return StatusRef(status["statusListCredential"], int(status["statusListIndex"]))


def moment_text(moment: datetime) -> str:
    """Return a moment in UTC; raises ``CannotSay('moment')`` unless it is in whole seconds."""
    offset = moment.utcoffset()
    if offset is None or offset.total_seconds() or moment.microsecond:
        raise CannotSay("moment", moment=moment.isoformat())
    return moment.replace(tzinfo=None).isoformat() + "Z"


def moment_in(text: str) -> datetime:
    """Return the moment that ``moment_text`` wrote."""
    return datetime.fromisoformat(text)
