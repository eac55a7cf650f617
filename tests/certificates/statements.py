"""Statements for tests: examples that read like real ones, and a strategy for arbitrary ones."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from certificates.credential.paper_code import RANDOM_BYTES, new_paper_code
from certificates.credential.snapshot import (
    Basis,
    CertificateKind,
    CourseShown,
    Holder,
    Party,
    Statement,
    StatusRef,
    UnitShown,
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

_LETTERS = "กขคงจฉชซญฐณดตถทธนบปผฝพฟภมยรลวศสหอฮฤะาำิีึืุูเแโใไ่้๊๋็์ABCabc xyz012.,()-/&<>\"'"
_UUIDS = st.uuids(version=4).map(lambda value: f"urn:uuid:{value}")


def texts(longest: int = 24) -> st.SearchStrategy[str]:
    """Return texts of Thai and Latin letters that start and end with a letter."""
    return st.text(_LETTERS, min_size=1, max_size=longest).map(lambda text: f"ก{text}ก")


def _uris(kind: str) -> st.SearchStrategy[str]:
    return st.text("abcXYZ123-", min_size=1, max_size=8).map(
        lambda name: f"https://bank.example/{kind}/{name}"
    )


def _parties() -> st.SearchStrategy[Party]:
    return st.builds(Party, id=_uris("parties"), name_th=texts(), name_en=texts())


def units() -> st.SearchStrategy[UnitShown]:
    """Return arbitrary units."""
    return st.builds(
        UnitShown,
        uri=_uris("units"),
        code=texts(8),
        title_th=texts(),
        title_en=st.none() | texts(),
        owner=st.sampled_from(["TPQI", "DSD", "TST", "สคช."]),
        edition=texts(8),
        occupation=st.none() | texts(),
        level=st.none() | texts(8),
        made_up=st.booleans(),
    )


def courses() -> st.SearchStrategy[CourseShown]:
    """Return arbitrary courses with up to four units."""
    return st.builds(
        CourseShown,
        uri=_uris("courses"),
        code=texts(8),
        title_th=texts(),
        title_en=st.none() | texts(),
        hours=st.none() | st.integers(1, 900),
        units=st.lists(units(), max_size=4).map(tuple),
    )


_MOMENTS = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001 - Hypothesis wants naive bounds beside timezones
    max_value=datetime(2399, 1, 1),  # noqa: DTZ001 - Hypothesis wants naive bounds beside timezones
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(microsecond=0))


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """Return arbitrary statements that can be said: of either kind, with and without options."""
    kind = draw(st.sampled_from(CertificateKind))
    code = new_paper_code(draw(st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES)))
    return Statement(
        id=draw(_UUIDS),
        serial=draw(texts(10)),
        paper_code=code,
        check_url=f"HTTPS://BANK.EXAMPLE/V/{code}",
        kind=kind,
        issuer=draw(_parties()),
        holder=draw(st.builds(Holder, id=_UUIDS, name=texts())),
        school=draw(_parties()),
        basis=draw(st.sampled_from(Basis)),
        unit=draw(units()) if kind is CertificateKind.UNIT else None,
        course=draw(courses()) if kind is CertificateKind.COURSE else None,
        passed_on=draw(st.dates(date(2015, 1, 1), date(2399, 1, 1))),
        issued_at=draw(_MOMENTS),
        valid_until=draw(st.none() | _MOMENTS),
        status=draw(st.builds(StatusRef, list_uri=_uris("status"), index=st.integers(0, 131_071))),
        demonstration=draw(st.booleans()),
    )
