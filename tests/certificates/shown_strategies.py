"""Hypothesis strategies for what a statement can certify, of every kind."""

import json
from base64 import urlsafe_b64encode
from datetime import date
from typing import Any

from hypothesis import strategies as st

from certificates.credential.snapshot import (
    Attendance,
    Basis,
    Citation,
    CourseShown,
    ElementShown,
    EvidenceShown,
    HeldShown,
    HonourShown,
    PathwayShown,
    PortfolioShown,
    QualificationShown,
    RecordShown,
    UnitShown,
)

_LETTERS = "กขคงจฉชซญฐณดตถทธนบปผฝพฟภมยรลวศสหอฮฤะาำิีึืุูเแโใไ่้๊๋็์ABCabc xyz012.,()-/&<>\"'"
OWNERS = ["TPQI", "DSD", "TST", "สคช."]
DAYS = st.dates(date(2015, 1, 1), date(2399, 1, 1))


def texts(longest: int = 24) -> st.SearchStrategy[str]:
    """Return texts of Thai and Latin letters that start and end with a letter."""
    return st.text(_LETTERS, min_size=1, max_size=longest).map(lambda text: f"ก{text}ก")


def uris(kind: str) -> st.SearchStrategy[str]:
    """Return addresses below one room of a bank."""
    return st.text("abcXYZ123-", min_size=1, max_size=8).map(
        lambda name: f"https://bank.example/{kind}/{name}"
    )


def units() -> st.SearchStrategy[UnitShown]:
    """Return arbitrary units."""
    element = st.builds(ElementShown, code=texts(4), title_th=texts(8))
    return st.builds(
        UnitShown,
        uri=uris("units"),
        code=texts(8),
        title_th=texts(),
        title_en=st.none() | texts(),
        owner=st.sampled_from(OWNERS),
        edition=texts(8),
        occupation=st.none() | texts(),
        level=st.none() | texts(8),
        made_up=st.booleans(),
        case_uri=st.none() | uris("items"),
        owner_name=st.none() | texts(8),
        elements=st.lists(element, max_size=2).map(tuple),
    )


def courses() -> st.SearchStrategy[CourseShown]:
    """Return arbitrary courses with up to four units."""
    return st.builds(
        CourseShown,
        uri=uris("courses"),
        code=texts(8),
        title_th=texts(),
        title_en=st.none() | texts(),
        hours=st.none() | st.integers(1, 900),
        units=st.lists(units(), max_size=4).map(tuple),
        version=st.none() | texts(3),
    )


def qualifications() -> st.SearchStrategy[QualificationShown]:
    """Return arbitrary qualifications with up to three units."""
    return st.builds(
        QualificationShown,
        uri=uris("qualifications"),
        code=texts(8),
        title_th=texts(),
        title_en=st.none() | texts(),
        owner=st.sampled_from(OWNERS),
        edition=texts(8),
        occupation=st.none() | texts(),
        level=st.none() | texts(8),
        made_up=st.booleans(),
        units=st.lists(units(), max_size=3).map(tuple),
        case_uri=st.none() | uris("items"),
        owner_name=st.none() | texts(8),
    )


def honours() -> st.SearchStrategy[HonourShown]:
    """Return arbitrary honours."""
    person = st.builds(Citation, name=texts(), position=texts())
    return st.builds(
        HonourShown,
        uri=uris("honours"),
        title_th=texts(),
        title_en=st.none() | texts(),
        field=texts(),
        reason=texts(60),
        awarded_by=st.tuples(person, person),
    )


def records() -> st.SearchStrategy[RecordShown]:
    """Return arbitrary records of unfinished courses."""
    return st.builds(
        RecordShown,
        uri=uris("courses"),
        code=texts(8),
        title_th=texts(),
        title_en=st.none() | texts(),
        hours=st.none() | st.integers(1, 900),
        attendance=st.sampled_from(Attendance),
        units=st.lists(units(), max_size=2).map(tuple),
        left=st.lists(units(), min_size=1, max_size=2).map(tuple),
        version=st.none() | texts(3),
    )


def files() -> st.SearchStrategy[EvidenceShown]:
    """Return arbitrary pieces of evidence."""
    return st.builds(
        EvidenceShown,
        name=texts(),
        media_type=st.sampled_from(["image/jpeg", "application/pdf", "image/svg+xml"]),
        sha256=st.binary(min_size=32, max_size=32).map(bytes.hex),
    )


def portfolios() -> st.SearchStrategy[PortfolioShown]:
    """Return arbitrary portfolios whose pathways and courses differ from each other."""
    held = st.builds(
        HeldShown,
        unit=units(),
        basis=st.sampled_from(Basis),
        passed_on=DAYS,
        school=texts(),
        course=st.none() | texts(8),
        serials=st.lists(texts(8), max_size=2).map(tuple),
    )
    way = st.builds(
        PathwayShown,
        uri=uris("qualifications"),
        code=texts(8),
        title_th=texts(),
        title_en=st.none() | texts(),
        level=st.none() | texts(8),
        held=st.lists(uris("units"), max_size=2).map(tuple),
        missing=st.integers(0, 30),
    )
    return st.builds(
        PortfolioShown,
        uri=uris("portfolios"),
        title_th=texts(),
        title_en=st.none() | texts(),
        partial=st.booleans(),
        held=st.lists(held, min_size=1, max_size=2).map(tuple),
        pathways=st.lists(way, max_size=2, unique_by=lambda each: each.uri).map(tuple),
        courses=st.lists(courses(), max_size=1).map(tuple),
        members=st.lists(texts().map(member), min_size=1, max_size=2).map(tuple),
    )


def member(name: str) -> str:
    """Return what has the shape of a VC-JWT; its signature is nobody's."""
    claims: dict[str, Any] = {
        "issuer": {"id": "https://bank.example/issuers/bma", "type": ["Profile"], "name": name},
        "validFrom": "2026-05-04T03:15:00Z",
        "credentialSubject": {"id": "urn:uuid:0b1f0d4e-93d0-4c37-8d3c-9a7a65d1f0aa"},
    }
    parts = [json.dumps(part).encode() for part in ({"alg": "ES256", "kid": "x"}, claims)]
    written = [urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts]
    return ".".join([*written, "AAAA"])


def endorsement(achievement: str) -> str:
    """Return an endorsement of an achievement as canonical JSON; its proof is nobody's."""
    owner = {"id": "https://owner.example/", "type": ["Profile"], "name": "สคช."}
    value = {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:6f2b6f0e-5f1c-4a43-9a51-0d6c2f3a9bee",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "การรับรองหน่วยสมรรถนะ",
        "issuer": owner,
        "validFrom": "2026-01-05T00:00:00Z",
        "credentialSubject": {
            "id": achievement,
            "type": ["EndorsementSubject"],
            "endorsementComment": "หน่วยสมรรถนะตามมาตรฐานอาชีพ",
        },
        "proof": [
            {
                "type": "DataIntegrityProof",
                "cryptosuite": "eddsa-rdfc-2022",
                "created": "2026-01-05T00:00:00Z",
                "proofPurpose": "assertionMethod",
                "verificationMethod": "did:web:owner.example#key",
                "proofValue": "z3nobody",
            }
        ],
    }
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
