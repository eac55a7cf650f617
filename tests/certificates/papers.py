"""One statement of each further kind of paper, with invented people, that reads like a real one."""

import hashlib
from dataclasses import replace
from datetime import date

from certificates.credential.snapshot import (
    Attendance,
    Basis,
    CertificateKind,
    Citation,
    EvidenceShown,
    HeldShown,
    HonourShown,
    PathwayShown,
    PortfolioShown,
    QualificationShown,
    RecordShown,
    Statement,
)
from tests.certificates.shown_strategies import member
from tests.certificates.statements import COURSE, COURSE_LETTER, ISSUER, SCHOOL, UNIT_LETTER

BARBER_UNITS = tuple(
    replace(
        COURSE.units[0],
        uri=f"https://bank.example/u/{code}",
        code=code,
        title_th=title,
        title_en=None,
        occupation="ช่างทำผมบุรุษ",
        level="ระดับ 3",
    )
    for code, title in (
        ("10101", "แต่งกายให้พร้อมต่อการทำงาน"),
        ("10104", "ตัด แต่ง โกนหนวดเครา และกันหน้า"),
        ("10302", "สระผม"),
        ("20101", "ดูแล จัดเก็บ วัสดุ อุปกรณ์ เครื่องมือทำผม และทำความสะอาดภายในร้าน"),
        ("20102", "ดูแล และจัดเก็บผลิตภัณฑ์"),
    )
)
"""The units of the qualification, as TPQI's page 7077 names them."""

QUALIFICATION = QualificationShown(
    uri="https://bank.example/qualifications/tpqi-7077",
    code="7077",
    title_th="ช่างทำผมบุรุษ ระดับ 3",
    title_en="Men's Barber, Level 3",
    owner="TPQI",
    edition="tpqi-facts-2026-11",
    occupation="ช่างทำผมบุรุษ",
    level="ระดับ 3",
    made_up=False,
    units=BARBER_UNITS,
)
QUALIFICATION_LETTER = replace(
    UNIT_LETTER,
    id="urn:uuid:6f2b6f0e-5f1c-4a43-9a51-0d6c2f3a9b03",
    serial="BMA-2569-000125",
    kind=CertificateKind.QUALIFICATION,
    unit=None,
    qualification=QUALIFICATION,
)
HONOUR = HonourShown(
    uri="https://bank.example/honours/1",
    title_th="ครูภูมิปัญญาการตัดผมบุรุษ",
    title_en="Master of Traditional Barbering",
    field="ภูมิปัญญาท้องถิ่น งานบริการความงาม",
    reason=(
        "ถ่ายทอดวิชาตัดผมแบบดั้งเดิมแก่คนรุ่นใหม่ในชุมชนมากว่าสี่สิบปี สร้างช่างฝีมือที่ประกอบอาชีพได้จริง"
        "นับร้อยคน และบันทึกเทคนิคการใช้กรรไกรและใบมีดไว้เป็นตำราให้สถานศึกษาใช้สอนต่อไป"
    ),
    awarded_by=(
        Citation("นางสมศรี ทดสอบระบบ", "ผู้อำนวยการโรงเรียนฝึกอาชีพ"),
        Citation("นายปรีชา ตัวอย่างดี", "ประธานคณะกรรมการคุณวุฒิกิตติมศักดิ์"),
    ),
)
HONOUR_LETTER = replace(
    UNIT_LETTER,
    id="urn:uuid:6f2b6f0e-5f1c-4a43-9a51-0d6c2f3a9b04",
    serial="BMA-2569-000126",
    kind=CertificateKind.HONOUR,
    basis=Basis.PRIOR_LEARNING,
    unit=None,
    honour=HONOUR,
)
RECORD = RecordShown(
    uri=COURSE.uri,
    code=COURSE.code,
    title_th=COURSE.title_th,
    title_en=COURSE.title_en,
    hours=COURSE.hours,
    attendance=Attendance.WITHDRAWN,
    units=COURSE.units[:3],
    left=COURSE.units[3:],
)
RECORD_LETTER = replace(
    UNIT_LETTER,
    id="urn:uuid:6f2b6f0e-5f1c-4a43-9a51-0d6c2f3a9b05",
    serial="BMA-2569-000127",
    kind=CertificateKind.RECORD,
    basis=Basis.TRAINING,
    unit=None,
    record=RECORD,
)
PORTFOLIO = PortfolioShown(
    uri="https://bank.example/portfolios/1",
    title_th="แฟ้มสะสมสมรรถนะ",
    title_en="Competency Portfolio",
    partial=True,
    held=tuple(
        HeldShown(
            unit=unit,
            basis=tuple(Basis)[number % 4],
            passed_on=date(2026, 4, 20 + number),
            school=SCHOOL.name_th,
            course=COURSE.code,
            serials=(f"BMA-2569-{number:06d}",),
        )
        for number, unit in enumerate(COURSE.units)
    ),
    pathways=(
        PathwayShown(
            uri=QUALIFICATION.uri,
            code="7077",
            title_th=QUALIFICATION.title_th,
            title_en=QUALIFICATION.title_en,
            level="ระดับ 3",
            held=tuple(unit.uri for unit in BARBER_UNITS[:3]),
            missing=2,
        ),
        PathwayShown(
            uri="https://bank.example/qualifications/tpqi-1",
            code="1194",
            title_th="แม่บ้านในโรงแรม ระดับ 1",
            title_en="Hotel Housekeeper, Level 1",
            level="ระดับ 1",
            held=tuple(unit.uri for unit in COURSE.units),
            missing=0,
        ),
    ),
    courses=(COURSE,),
    members=tuple(member(unit.code) for unit in COURSE.units),
)
PORTFOLIO_LETTER = replace(
    UNIT_LETTER,
    id="urn:uuid:6f2b6f0e-5f1c-4a43-9a51-0d6c2f3a9b06",
    serial="BMA-2569-000128",
    kind=CertificateKind.PORTFOLIO,
    school=ISSUER,
    basis=Basis.TRAINING,
    unit=None,
    portfolio=PORTFOLIO,
    passed_on=date(2026, 4, 24),
    evidence=tuple(
        EvidenceShown(name, kind, hashlib.sha256(name.encode()).hexdigest())
        for name, kind in (
            ("ภาพห้องพักหลังทำความสะอาด.jpg", "image/jpeg"),
            ("บันทึกการปฏิบัติงาน.pdf", "application/pdf"),
        )
    ),
)
LETTERS: dict[CertificateKind, Statement] = {
    CertificateKind.UNIT: UNIT_LETTER,
    CertificateKind.COURSE: COURSE_LETTER,
    CertificateKind.QUALIFICATION: QUALIFICATION_LETTER,
    CertificateKind.HONOUR: HONOUR_LETTER,
    CertificateKind.RECORD: RECORD_LETTER,
    CertificateKind.PORTFOLIO: PORTFOLIO_LETTER,
}
"""One of each kind."""
