"""Statements for tests: examples that read like real ones, and a strategy for arbitrary ones."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from certificates.credential.paper_code import RANDOM_BYTES, new_paper_code
from certificates.credential.snapshot import (
    Basis,
    CertificateKind,
    CourseShown,
    Form,
    Holder,
    Party,
    PortfolioShown,
    Statement,
    StatusRef,
    UnitShown,
)
from tests.certificates.shown_strategies import (
    DAYS,
    courses,
    endorsement,
    files,
    honours,
    portfolios,
    qualifications,
    records,
    texts,
    units,
    uris,
)

CODE = new_paper_code(bytes(range(7, 7 + RANDOM_BYTES)))

ISSUER = Party(
    id="https://bank.example/issuers/bma",
    name_th="สำนักพัฒนาสังคม กรุงเทพมหานคร",
    name_en="Social Development Department, Bangkok Metropolitan Administration",
)
SCHOOL = Party(
    id="https://bank.example/schools/din-daeng",
    name_th="โรงเรียนฝึกอาชีพกรุงเทพมหานคร (ดินแดง 1)",
    name_en="Bangkok Vocational Training School (Din Daeng 1)",
)
UNIT = UnitShown(
    uri="https://bank.example/units/THR-HOH-1-194ZB",
    code="THR-HOH-1-194ZB",
    title_th="ทำความสะอาดห้องพักแขก",
    title_en="Clean guest rooms",
    owner="TPQI",
    edition="tpqi-facts-2026-11",
    occupation="แม่บ้านในโรงแรม",
    level="ระดับ 1",
    made_up=False,
)
UNIT_TITLES = (
    ("THR-HOH-1-194ZB", "ทำความสะอาดห้องพักแขก", "Clean guest rooms"),
    ("THR-HOH-1-200ZB", "จัดเตรียมอุปกรณ์และน้ำยาทำความสะอาด", "Prepare cleaning equipment"),
    ("THR-HOH-1-202ZB", "ปฏิบัติงานเพื่อความปลอดภัยในชั้นห้องพัก", "Work safely on guest floors"),
    ("THR-HOH-1-203ZB", "ดูแลผ้าและของใช้ในห้องน้ำ", "Look after linen and bathroom supplies"),
    ("THR-HOH-1-205ZB", "ส่งมอบงานและรายงานสิ่งชำรุดที่พบ", "Hand over and report defects"),
)
COURSE = CourseShown(
    uri="https://bank.example/courses/HOUSEKEEPING-54",
    code="BMA-HK-54",
    title_th="แม่บ้านโรงแรม",
    title_en="Hotel Housekeeping",
    hours=54,
    units=tuple(
        replace(
            UNIT, code=code, title_th=thai, title_en=english, uri=f"https://bank.example/u/{code}"
        )
        for code, thai, english in UNIT_TITLES
    ),
)
UNIT_LETTER = Statement(
    id="urn:uuid:6f2b6f0e-5f1c-4a43-9a51-0d6c2f3a9b01",
    serial="BMA-2569-000123",
    paper_code=CODE,
    check_url=f"HTTPS://BANK.EXAMPLE/V/{CODE}",
    kind=CertificateKind.UNIT,
    issuer=ISSUER,
    holder=Holder(id="urn:uuid:0b1f0d4e-93d0-4c37-8d3c-9a7a65d1f0aa", name="นางสาวณัฐวุฒิ ฟ้าอำไพ"),
    school=SCHOOL,
    basis=Basis.ASSESSMENT,
    unit=UNIT,
    course=None,
    passed_on=date(2026, 4, 29),
    issued_at=datetime(2026, 5, 4, 3, 15, 0, tzinfo=UTC),
    valid_until=None,
    status=StatusRef(list_uri="https://bank.example/status/1", index=94567),
    demonstration=True,
)
COURSE_LETTER = replace(
    UNIT_LETTER,
    id="urn:uuid:6f2b6f0e-5f1c-4a43-9a51-0d6c2f3a9b02",
    serial="BMA-2569-000124",
    kind=CertificateKind.COURSE,
    unit=None,
    course=COURSE,
    basis=Basis.TRAINING,
)

LONG_NAME = "นางสาวกัลยาณีรัตนาภรณ์พิมพ์ชนกนันท์ ณัฏฐวุฒิสิทธิเดชาบดินทร์"
"""A name of 60 characters."""
LONG_TITLE = (
    "ติดตั้งและตรวจสอบระบบไฟฟ้าภายในอาคารที่พักอาศัยตามมาตรฐานความปลอดภัยและข้อกำหนด"
    "ของการไฟฟ้า พร้อมทั้งบันทึกผลการปฏิบัติงานเพื่อส่งมอบให้แก่ผู้ว่าจ้าง"
)
"""A title of 148 characters."""

_UUIDS = st.uuids(version=4).map(lambda value: f"urn:uuid:{value}")


def _parties() -> st.SearchStrategy[Party]:
    return st.builds(Party, id=uris("parties"), name_th=texts(), name_en=texts())


_MOMENTS = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001 - Hypothesis wants naive bounds beside timezones
    max_value=datetime(2399, 1, 1),  # noqa: DTZ001 - Hypothesis wants naive bounds beside timezones
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(microsecond=0))
SHOWN: dict[CertificateKind, Callable[[], st.SearchStrategy[Any]]] = {
    CertificateKind.UNIT: units,
    CertificateKind.COURSE: courses,
    CertificateKind.QUALIFICATION: qualifications,
    CertificateKind.HONOUR: honours,
    CertificateKind.RECORD: records,
    CertificateKind.PORTFOLIO: portfolios,
}
"""What each kind certifies."""
FIRST_KINDS = {CertificateKind.UNIT, CertificateKind.COURSE}


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """Return arbitrary statements that can be said: of every kind, with and without options."""
    kind = draw(st.sampled_from(CertificateKind))
    code = new_paper_code(draw(st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES)))
    shown = draw(SHOWN[kind]())
    issuer = draw(_parties())
    parts: dict[str, Any] = {"unit": None, "course": None} | {kind.value: shown}
    said = Statement(
        id=draw(_UUIDS),
        serial=draw(texts(10)),
        paper_code=code,
        check_url=f"HTTPS://BANK.EXAMPLE/V/{code}",
        kind=kind,
        issuer=issuer,
        holder=draw(st.builds(Holder, id=_UUIDS, name=texts())),
        school=draw(_parties()),
        basis=draw(st.sampled_from(Basis)),
        passed_on=draw(DAYS),
        issued_at=draw(_MOMENTS),
        valid_until=draw(st.none() | _MOMENTS),
        status=draw(st.builds(StatusRef, list_uri=uris("status"), index=st.integers(0, 131_071))),
        demonstration=draw(st.booleans()),
        evidence=draw(st.lists(files(), max_size=2).map(tuple)),
        replaces=draw(st.none() | texts(8)),
        **parts,
    )
    if isinstance(shown, PortfolioShown):
        last = max(each.passed_on for each in shown.held)
        return replace(said, school=issuer, passed_on=last)
    if kind in FIRST_KINDS and draw(st.booleans()):
        return replace(said, form=Form.FIRST)
    return replace(
        said,
        started_on=draw(st.none() | DAYS),
        hours=draw(st.none() | st.integers(1, 900)),
        endorsements=draw(st.sampled_from([(), (endorsement(shown.uri),)])),
    )
