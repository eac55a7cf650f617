"""A unit letter as European Learning Model (ELM 3) JSON-LD, for Europass-style systems.

ELM proper is sealed by a European trust service (XAdES or JAdES), which a Thai body does not have.
So this document is not sealed: it says the same in ELM's words, and carries our own signed
credential as evidence, by which a reader can check it. Property names are those of the ELM 3
ontology (namespace http://data.europa.eu/snb/model/elm/); unit letters only.
"""

from typing import Any, Final

from certificates.credential import phrases
from certificates.credential.own_facts import BANGKOK_MIDNIGHT
from certificates.credential.snapshot import CertificateKind, Party, Statement, UnitShown
from certificates.errors import CannotSay

CONTEXT: Final = (
    "https://www.w3.org/2018/credentials/v1",
    "http://data.europa.eu/snb/model/context/edc-ap",
)
PROFILE: Final = "http://data.europa.eu/snb/credential/e34929035b"
"""Controlled vocabulary "credential types": generic."""
THAI: Final = "http://publications.europa.eu/resource/authority/language/THA"
ENGLISH: Final = "http://publications.europa.eu/resource/authority/language/ENG"
UNSEALED: Final = (
    "เอกสารนี้ไม่มีตราประทับอิเล็กทรอนิกส์ของยุโรป ตรวจได้จากใบรับรองที่ลงนามซึ่งแนบอยู่ / "
    "This document bears no European seal; check it by the signed credential inside."
)


def to_learning_model(statement: Statement, token: str) -> dict[str, Any]:
    """Return the ELM document of a unit letter; ``token`` is its VC-JWT, carried as evidence.

    Raises ``CannotSay('kind')`` for anything but one unit.
    """
    unit = statement.unit
    if statement.kind is not CertificateKind.UNIT or unit is None:
        raise CannotSay("kind", field="kind", kind=statement.kind.value)
    issued = statement.issued_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    until = statement.valid_until
    ends = {} if until is None else {"expirationDate": until.strftime("%Y-%m-%dT%H:%M:%SZ")}
    return {
        "@context": list(CONTEXT),
        "id": statement.id,
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialProfiles": [
            {"id": PROFILE, "type": "Concept", "prefLabel": {"en": ["Generic"]}}
        ],
        "displayParameter": _display(unit),
        "issuer": _organisation(statement.issuer),
        "issuanceDate": issued,
        "issued": issued,
        "validFrom": issued,
        **ends,
        "credentialSubject": {
            "id": statement.holder.id,
            "type": "Person",
            "fullName": _said(statement.holder.name, None),
            "hasClaim": [_achievement(statement, unit)],
        },
        "evidence": [_signed_evidence(statement.id, token)],
    }


def _display(unit: UnitShown) -> dict[str, Any]:
    return {
        "id": "urn:epass:displayParameter:1",
        "type": "DisplayParameter",
        "primaryLanguage": {"id": THAI, "type": "Concept"},
        "language": [
            {"id": THAI, "type": "Concept"},
            *([{"id": ENGLISH, "type": "Concept"}] if unit.title_en else []),
        ],
        "title": _said(unit.title_th, unit.title_en),
    }


def _signed_evidence(credential_id: str, token: str) -> dict[str, Any]:
    return {
        "id": f"{credential_id}#signed",
        "type": "Evidence",
        "dcType": {"type": "Concept", "prefLabel": {"en": ["Signed credential (VC-JWT)"]}},
        "evidenceStatement": UNSEALED,
        "embeddedEvidence": [
            {
                "type": "MediaObject",
                "content": token,
                "contentType": {"type": "Concept", "notation": "application/vc+jwt"},
            }
        ],
    }


def _achievement(statement: Statement, unit: UnitShown) -> dict[str, Any]:
    level = {} if unit.level is None else {"additionalNote": _note(unit.level)}
    return {
        "id": f"{statement.id}#achievement",
        "type": "LearningAchievement",
        "title": _said(unit.title_th, unit.title_en),
        "identifier": [_identifier(statement.serial)],
        "awardedBy": {
            "id": f"{statement.id}#award",
            "type": "AwardingProcess",
            "awardingBody": [_organisation(statement.issuer)],
            "awardingDate": statement.issued_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        },
        "provenBy": [
            {
                "id": f"{statement.id}#assessment",
                "type": "LearningAssessment",
                "title": _said(phrases.BASIS_SENTENCE[statement.basis], None),
                "awardedBy": {
                    "id": f"{statement.id}#assessed",
                    "type": "AwardingProcess",
                    "awardingBody": [_organisation(statement.school)],
                    "awardingDate": statement.passed_on.isoformat() + BANGKOK_MIDNIGHT,
                },
            }
        ],
        "specifiedBy": {
            "id": unit.uri,
            "type": "Qualification",
            "title": _said(unit.title_th, unit.title_en),
            "qualificationCode": [_identifier(unit.code)],
            "isPartialQualification": True,
            **level,
        },
    }


def _organisation(party: Party) -> dict[str, Any]:
    return {
        "id": party.id,
        "type": "Organisation",
        "legalName": _said(party.name_th, party.name_en),
    }


def _identifier(text: str) -> dict[str, Any]:
    return {"type": "Identifier", "notation": text}


def _note(text: str) -> list[dict[str, Any]]:
    return [{"type": "Note", "noteLiteral": _said(text, None)}]


def _said(thai: str, english: str | None) -> dict[str, list[str]]:
    """Return a text as ELM writes all text: by language, each a list."""
    return {"th": [thai]} | ({"en": [english]} if english else {})
