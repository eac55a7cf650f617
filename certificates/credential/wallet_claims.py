"""A unit letter as the claims of an SD-JWT VC, and the description of that type.

Claim names are those of the European learning credential (``urn:eu.europa.ec.eudi:learning:
credential:1``), so that a wallet that knows it finds its way; the type is our own, since a Thai
body issues no European attestation. Who issued, in which country and when is always shown, and so
is that a document is a demonstration; everything else the holder may keep back.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from typing import Final

from certificates.credential.open_badge import to_open_badge
from certificates.credential.snapshot import CertificateKind, Statement, UnitShown
from certificates.credential.status_names import token_status_uri
from certificates.errors import CannotSay

COUNTRY: Final = "TH"
BANGKOK: Final = timezone(timedelta(hours=7))
"""People read the day; no summer time since 1920."""
TYPE_PATH: Final = "/vct/unit/1"
"""Below the issuer's own URI; the number is that of the set of claims, which never changes."""

LABELS: Final[Mapping[str, tuple[str, str]]] = {
    "issuing_authority": ("ผู้ออก", "Issuing authority"),
    "issuing_country": ("ประเทศผู้ออก", "Issuing country"),
    "date_of_issuance": ("วันที่ออก", "Date of issuance"),
    "name": ("ชื่อผู้ถือ", "Name of the holder"),
    "learner_identification": ("เลขผู้เรียนในคลัง", "Learner number in the bank"),
    "achievement_title": ("หน่วยสมรรถนะ", "Unit of competency"),
    "achievement_title_en": ("ชื่อภาษาอังกฤษ", "Title in English"),
    "unit_code": ("รหัสหน่วย", "Unit code"),
    "standard_owner": ("เจ้าของมาตรฐาน", "Owner of the standard"),
    "standard_edition": ("ฉบับของมาตรฐาน", "Edition of the standard"),
    "level_of_learning_experience": ("ระดับ", "Level"),
    "occupation": ("อาชีพ", "Occupation"),
    "basis": ("ผ่านโดย", "Basis"),
    "date_of_achievement": ("วันที่ผ่าน", "Date of achievement"),
    "school": ("โรงเรียน", "School"),
    "certificate_number": ("เลขที่หนังสือรับรอง", "Serial number"),
}
"""What people read for each claim, in Thai and in English."""

ALWAYS_SHOWN: Final = frozenset(
    {"issuing_authority", "issuing_country", "date_of_issuance", "demonstration", "made_up"}
)
TECHNICAL: Final = frozenset({"iss", "iat", "nbf", "exp", "vct", "vct#integrity", "cnf", "status"})
NEVER_HIDDEN: Final = ALWAYS_SHOWN | TECHNICAL
"""Claims that no disclosure may bring: a holder could leave them out."""


@dataclass(frozen=True, slots=True)
class WalletClaims:
    """What a credential always says, and what its holder may keep back."""

    shown: dict[str, object]
    hidden: dict[str, object]


def wallet_claims(
    statement: Statement, holder_jwk: dict[str, str], *, at: datetime
) -> WalletClaims:
    """Return the claims of a unit letter bound to the holder's key, to be signed at ``at``.

    The letter is as old as its paper (``nbf``); the signature is of today (``iat``), by today's
    key.

    Raises:
        CannotSay: ``kind`` for anything but one unit, and whatever ``to_open_badge`` refuses:
            both forms say the same or neither is made.

    """
    unit = statement.unit
    if statement.kind is not CertificateKind.UNIT or unit is None:
        raise CannotSay("kind", field="kind", kind=statement.kind.value)
    to_open_badge(statement)
    issued = int(statement.issued_at.timestamp())
    marks = {"demonstration": statement.demonstration, "made_up": unit.made_up}
    until = statement.valid_until
    status = statement.status
    shown: dict[str, object] = {
        "iss": statement.issuer.id,
        "iat": int(at.timestamp()),
        "nbf": issued,
        **({} if until is None else {"exp": int(until.timestamp())}),
        "vct": type_of(statement.issuer.id),
        "vct#integrity": integrity_of(statement.issuer.id),
        "cnf": {"jwk": dict(holder_jwk)},
        "status": {"status_list": {"idx": status.index, "uri": token_status_uri(status.list_uri)}},
        "issuing_authority": statement.issuer.name_th,
        "issuing_country": COUNTRY,
        "date_of_issuance": statement.issued_at.astimezone(BANGKOK).date().isoformat(),
        **{name: True for name, said in marks.items() if said},
    }
    return WalletClaims(shown, _hidden(statement, unit))


def type_of(issuer_id: str) -> str:
    """Return the ``vct`` of unit letters of an issuer."""
    return issuer_id + TYPE_PATH


def type_metadata(issuer_id: str) -> bytes:
    """Return the type metadata document (SD-JWT VC, type metadata format) as it is served."""
    document = {
        "vct": type_of(issuer_id),
        "name": "Unit of competency",
        "description": "One unit of an occupational standard, held by one person.",
        "display": [
            {"locale": "th-TH", "name": "หนังสือรับรองสมรรถนะ"},
            {"locale": "en-US", "name": "Unit letter"},
        ],
        "claims": [_described(name, labels) for name, labels in LABELS.items()],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def integrity_of(issuer_id: str) -> str:
    """Return the digest of the type metadata (W3C Subresource Integrity)."""
    return "sha256-" + b64encode(sha256(type_metadata(issuer_id)).digest()).decode("ascii")


def _described(name: str, labels: tuple[str, str]) -> dict[str, object]:
    thai, english = labels
    return {
        "path": [name],
        "display": [
            {"locale": "th-TH", "label": thai},
            {"locale": "en-US", "label": english},
        ],
        "sd": "never" if name in ALWAYS_SHOWN else "always",
    }


def _hidden(statement: Statement, unit: UnitShown) -> dict[str, object]:
    said: dict[str, object | None] = {
        "name": statement.holder.name,
        "learner_identification": statement.holder.id,
        "achievement_title": unit.title_th,
        "achievement_title_en": unit.title_en,
        "unit_code": unit.code,
        "standard_owner": unit.owner,
        "standard_edition": unit.edition,
        "level_of_learning_experience": unit.level,
        "occupation": unit.occupation,
        "basis": statement.basis.value,
        "date_of_achievement": statement.passed_on.isoformat(),
        "school": statement.school.name_th,
        "certificate_number": statement.serial,
    }
    return {name: value for name, value in said.items() if value is not None}
