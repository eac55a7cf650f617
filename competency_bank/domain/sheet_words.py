"""The words teachers write on a class sheet: headings, outcomes, lines below the table."""

import re
from enum import StrEnum

from standards.thai_text import digits, forgiving_key, tidy


class Field(StrEnum):
    """What a column of the sheet holds, besides units."""

    LEARNER_CODE = "learner-code"
    NUMBER = "number"
    """Number in the class list."""
    ORDINAL = "ordinal"
    """Running number of the line; speaks for the learner only where nothing else does."""
    NATIONAL_ID = "national-id"
    NAME = "name"
    TITLE = "title"
    GIVEN_NAME = "given-name"
    FAMILY_NAME = "family-name"
    BIRTH_DATE = "birth-date"
    PASSED_ON = "passed-on"
    SCORE = "score"
    NOTE = "note"


_HEADINGS = {
    Field.LEARNER_CODE: """รหัสผู้เรียน รหัสนักเรียน รหัสนักศึกษา รหัสผู้เข้าอบรม รหัสประจำตัวผู้เรียน
        รหัสประจำตัวนักเรียน รหัสประจำตัว เลขประจำตัวผู้เรียน เลขประจำตัวนักเรียน เลขประจำตัว รหัส id
        learner_number learner_no learner_id learner_code student_number student_no student_id
        student_code""",
    Field.NUMBER: "เลขที่ เลขที่ผู้เรียน number no.",
    Field.ORDINAL: "ลำดับ ลำดับที่ ที่ seq item",
    Field.NATIONAL_ID: """เลขบัตรประชาชน เลขที่บัตรประชาชน เลขบัตรประจำตัวประชาชน เลขประจำตัวประชาชน
        หมายเลขบัตรประชาชน หมายเลขประจำตัวประชาชน บัตรประชาชน เลขบัตร เลข13หลัก เลขประจำตัว13หลัก
        เลขบัตรประชาชน13หลัก เลขประจำตัวประชาชน13หลัก national_id national_id_number citizen_id
        thai_id id_card id_card_number 13-digit_id identification_number""",
    Field.NAME: """ชื่อ-สกุล ชื่อ-นามสกุล ชื่อและนามสกุล ชื่อและสกุล ชื่อ-ชื่อสกุล ชื่อ-สกุลผู้เรียน
        ชื่อ-นามสกุลผู้เรียน ชื่อผู้เรียน ชื่อนักเรียน ชื่อผู้เข้าอบรม รายชื่อ name full_name learner
        learner_name student_name name_surname name-surname name_and_surname""",
    Field.TITLE: "คำนำหน้า คำนำหน้าชื่อ คำนำหน้านาม title prefix",
    Field.GIVEN_NAME: "ชื่อ ชื่อตัว first_name given_name",
    Field.FAMILY_NAME: "นามสกุล สกุล last_name surname family_name",
    Field.BIRTH_DATE: """วันเกิด วันเดือนปีเกิด วันที่เกิด วดปเกิด birth_date date_of_birth birthday
        dob""",
    Field.PASSED_ON: """วันที่ผ่าน วันที่ประเมิน วันที่ผ่านการประเมิน วันที่ผ่านประเมิน วันผ่าน วันประเมิน
        วันเดือนปีที่ผ่าน วันเดือนปีที่ประเมิน วันที่สอบ วันที่ date date_passed passed_on pass_date
        assessment_date assessed_on date_assessed date_of_assessment""",
    Field.SCORE: "คะแนน คะแนนรวม คะแนนที่ได้ score total_score points marks",
    Field.NOTE: "หมายเหตุ note notes remark remarks comment comments",
}

HEADINGS = {
    forgiving_key(word): field for field, words in _HEADINGS.items() for word in words.split()
}
"""Forgiving key of a heading to its field."""

UNIT_PREFIXES = frozenset(
    map(forgiving_key, ("หน่วยสมรรถนะ", "หน่วยที่", "หน่วย", "รหัสหน่วย", "รหัส", "UoC", "unit", "code"))
)
"""Words that may stand before a unit's code in a heading."""

_DIGITS = "0123456789"
_FOOTERS = tuple(
    forgiving_key(word)
    for word in (
        *("รวม", "ลงชื่อ", "ลงนาม", "ครูผู้สอน", "ผู้สอน", "ผู้ประเมิน", "ผู้รับรอง", "ผู้ตรวจ", "หมายเหตุ"),
        *("total", "signature", "signed", "teacher", "assessor"),
    )
)

PASS_WORDS = frozenset({"ผ่าน", "pass", "passed", "p", "1", "✓", "✔"})
FAIL_WORDS = frozenset({"ไม่ผ่าน", "ยังไม่ผ่าน", "fail", "failed", "0"})
NO_WORDS = frozenset({"", "-", "–", "—"})
"""Said of a unit nobody has decided on yet."""

_PICTURE_SELECTOR = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Every character that Unicode names a variation selector."""

SUGGESTED_OUTCOMES = ("ผ่าน", "ไม่ผ่าน", "ยังไม่ผ่าน", "pass", "fail")


def outcome_key(text: str) -> str:
    """Return ``text`` as the sets of outcome words hold it; the whole cell counts, never a part.

    Ticks of some keyboards carry an invisible picture selector behind them, which goes.
    """
    key = digits(tidy(text)).casefold().replace(" ", "").rstrip(".")
    return _PICTURE_SELECTOR.sub("", key)


def begins_footer(text: str) -> bool:
    """Say whether ``text`` begins as the lines below a table do: totals, signatures."""
    # A digit in front stays in front of the key, and no footer begins with one.
    return text[:1] not in _DIGITS and forgiving_key(text).startswith(_FOOTERS)
