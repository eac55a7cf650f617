"""What the pages say outside their templates, always in Thai and in English."""

from collections.abc import Mapping
from enum import StrEnum

from certificates.credential.snapshot import Basis, CertificateKind
from certificates.report import Verdict
from certificates.verifying.journal import Outcome
from competency_bank.domain.awards import CertificateState, RevocationReason
from competency_bank.domain.courses import EnrolmentState
from competency_bank.domain.people import Role
from standards.wording import Message


class Language(StrEnum):
    """The languages of the pages; Thai unless English was asked for."""

    THAI = "th"
    ENGLISH = "en"


ROLES: Mapping[Role, Message] = {
    Role.LEARNER: Message("ผู้เรียน", "learner"),
    Role.TEACHER: Message("ครูผู้สอน", "teacher"),
    Role.REGISTRAR: Message("นายทะเบียน", "registrar"),
    Role.CURRICULUM: Message("เจ้าหน้าที่หลักสูตร", "curriculum officer"),
    Role.TPQI: Message("ผู้ตรวจสอบของ สคช.", "TPQI verifier"),
}

BASES: Mapping[Basis, Message] = {
    Basis.TRAINING: Message("ผ่านการฝึกอบรม", "passed in training"),
    Basis.ASSESSMENT: Message("ผ่านการประเมินสมรรถนะ", "passed an assessment"),
    Basis.PRIOR_LEARNING: Message("เทียบโอนจากประสบการณ์", "recognised prior learning"),
    Basis.OUTSIDE: Message(
        "เทียบโอนจากใบรับรองของหน่วยงานอื่น", "recognised from another body's certificate"
    ),
}

ENROLMENTS: Mapping[EnrolmentState, Message] = {
    EnrolmentState.ENROLLED: Message("กำลังเรียน", "attending"),
    EnrolmentState.WITHDRAWN: Message("ออกก่อนจบ", "left early"),
    EnrolmentState.COMPLETED: Message("จบหลักสูตร", "completed"),
}

KINDS: Mapping[CertificateKind, Message] = {
    CertificateKind.UNIT: Message("หนังสือรับรองสมรรถนะ", "Unit letter"),
    CertificateKind.COURSE: Message("ใบรับรองการสำเร็จหลักสูตร", "Course certificate"),
    CertificateKind.QUALIFICATION: Message("ประกาศนียบัตรคุณวุฒิวิชาชีพ", "Qualification certificate"),
    CertificateKind.HONOUR: Message("ประกาศเกียรติคุณผู้ทรงคุณค่าในวิชาชีพ", "Honorary award"),
    CertificateKind.RECORD: Message("ใบแสดงผลการฝึกอบรม", "Training record"),
    CertificateKind.PORTFOLIO: Message("แฟ้มสะสมสมรรถนะ", "Competency portfolio"),
}

STATES: Mapping[CertificateState, Message] = {
    CertificateState.PLANNED: Message("กำลังออก", "being issued"),
    CertificateState.ISSUED: Message("ใช้ได้", "in force"),
    CertificateState.REVOKED: Message("ถูกยกเลิก", "revoked"),
}

REASONS: Mapping[str, Message] = {
    RevocationReason.ERROR.value: Message("ออกผิดพลาด", "issued in error"),
    RevocationReason.RECORD_VOIDED.value: Message("บันทึกผลถูกยกเลิก", "the record was voided"),
    RevocationReason.REPLACED.value: Message("มีฉบับใหม่แทน", "replaced by another"),
    RevocationReason.NAME_CHANGED.value: Message("เปลี่ยนชื่อ", "the name changed"),
    RevocationReason.KEY_COMPROMISED.value: Message("กุญแจไม่ปลอดภัย", "the key is no longer safe"),
    RevocationReason.MISCONDUCT.value: Message("การทุจริต", "misconduct"),
}

VERDICT_MEANINGS: Mapping[Verdict, Message] = {
    Verdict.VALID: Message(
        "ลายเซ็นถูกต้อง ออกโดยผู้ออกที่เชื่อถือได้ และไม่ถูกยกเลิก",
        "The seal holds, a trusted issuer made it, and it has not been revoked.",
    ),
    Verdict.CHANGED: Message(
        "เอกสารนี้ออกจริง แต่ถูกยกเลิก หมดอายุ หรือออกใบใหม่แทนแล้ว",
        "It was really issued, but has since been revoked, replaced, or has expired.",
    ),
    Verdict.FORGED: Message(
        "ไฟล์ถูกแก้ไข หรือไม่ได้ออกโดยผู้ออกที่เชื่อถือได้ เราจึงไม่แสดงชื่อในไฟล์",
        "The file was altered, or no trusted issuer made it. We show no name from it.",
    ),
    Verdict.UNKNOWN: Message(
        "นี่ไม่ได้แปลว่าเป็นของปลอม เรายังไม่มีข้อมูลพอที่จะตัดสิน",
        "This does not mean that it is false: something needed for the check is missing.",
    ),
}

OUTCOMES: Mapping[Outcome, Message] = {
    Outcome.OK: Message("ผ่าน", "passed"),
    Outcome.FAILED: Message("ไม่ผ่าน", "failed"),
    Outcome.NOT_CHECKED: Message("ยังไม่ได้ตรวจ", "not checked"),
}

DOOR_SENTENCES: Mapping[str, Message] = {
    "request-invalid": Message(
        "ข้อมูลที่ส่งมาไม่ครบหรือผิดรูปแบบ", "What was sent is incomplete or malformed"
    ),
    "method-not-allowed": Message("หน้านี้ใช้วิธีนี้ไม่ได้", "This page cannot be used that way"),
    "too-many-misses": Message(
        "ค้นหารหัสที่ไม่มีอยู่หลายครั้งเกินไป กรุณารอ 10 นาที",
        "Too many unknown codes were tried; please wait ten minutes",
    ),
    "too-many-files": Message("ส่งไฟล์มากเกินไปในครั้งเดียว", "Too many files at once"),
    "not-this-page": Message(
        "ท่านเข้าสู่ระบบแล้ว แต่หน้านี้สำหรับบทบาทอื่น",
        "You are signed in, but this page is for another role",
    ),
    "document-missing": Message(
        "ธนาคารหาไฟล์ของใบรับรองนี้ไม่พบในขณะนี้",
        "The bank cannot find the file of this certificate at the moment",
    ),
}
"""Sentences for what only a web door can find wrong."""

HEADINGS: Mapping[int, Message] = {
    400: Message("คำขอไม่ถูกต้อง", "The request is not right"),
    401: Message("กรุณาเข้าสู่ระบบก่อน", "Please sign in first"),
    403: Message("หน้านี้ไม่ใช่ของบัญชีนี้", "Not for this account"),
    404: Message("ไม่พบหน้านี้", "Page not found"),
    405: Message("ทำแบบนี้ไม่ได้", "That is not possible"),
    409: Message("ข้อมูลเพิ่งเปลี่ยนไป", "Something has just changed"),
    413: Message("ไฟล์ใหญ่เกินไป", "The file is too large"),
    422: Message("อ่านสิ่งที่ส่งมาไม่ได้", "We could not read that"),
    429: Message("กรุณารอสักครู่", "Please wait a little"),
    503: Message("ระบบยังทำรายการไม่ได้ในขณะนี้", "The bank cannot do this right now"),
}
"""Headings of the error pages."""

SOMETHING_WRONG = Message("เกิดข้อผิดพลาดในระบบ", "Something went wrong here")
