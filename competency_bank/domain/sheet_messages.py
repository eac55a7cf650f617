"""What is said to a teacher about a refused cell or an unusable sheet, in Thai and in English."""

from collections.abc import Mapping

from competency_bank.domain.class_sheet import Refusal, SheetUnusable
from standards.wording import Message

REFUSALS: Mapping[str, Message] = {
    "unit-not-in-course": Message(
        "“{value}” ไม่ใช่หน่วยสมรรถนะของหลักสูตรนี้ จึงไม่อ่านคอลัมน์นี้",
        "“{value}” is no unit of this course; the column was not read",
    ),
    "ambiguous-unit-column": Message(
        "“{value}” ตรงกับหลายหน่วยสมรรถนะของหลักสูตร โปรดใช้รหัสเต็ม",
        "“{value}” fits several units of this course: write the full code",
    ),
    "repeated-unit-column": Message(
        "“{value}” เป็นหน่วยสมรรถนะเดียวกับคอลัมน์ {first} จึงไม่อ่านทั้งสองคอลัมน์",
        "“{value}” is the same unit as column {first}; neither column was read",
    ),
    "no-learner": Message(
        "มีผลการประเมินแต่ไม่ทราบว่าเป็นของผู้เรียนคนใด โปรดใส่เลขที่ เลขบัตรประชาชน หรือชื่อพร้อมวันเกิด",
        "there are results but no learner: give a number, a national ID, or name and birth date",
    ),
    "national-id-length": Message(
        "เลขบัตรประชาชน {value} ไม่ครบหรือเกิน 13 หลัก",
        "the national ID {value} does not have 13 digits",
    ),
    "national-id-check": Message(
        "เลขบัตรประชาชน {value} ไม่ถูกต้อง (เลขตรวจสอบไม่ตรง)",
        "the national ID {value} is wrong: its check digit does not fit",
    ),
    "hidden-character": Message(
        "มีอักขระที่มองไม่เห็น ({character}) โปรดพิมพ์ใหม่",
        "there is a hidden character ({character}): type the text again",
    ),
    "markup": Message(
        "มีเครื่องหมาย {character} ซึ่งใช้ในช่องนี้ไม่ได้", "the sign {character} is not allowed here"
    ),
    "number-in-name": Message(
        "มีเลขยาว ({value}) อยู่ในช่องชื่อ โปรดใส่ชื่ออย่างเดียว",
        "a long number ({value}) stands in the name: write the name alone",
    ),
    "bad-birth-date": Message(
        "วันเกิด “{value}” อ่านไม่ได้ โปรดใช้รูปแบบ วัน/เดือน/ปี เช่น 29/4/2540",
        "the birth date “{value}” cannot be read: write day/month/year, for example 29/4/1997",
    ),
    "bad-date": Message(
        "วันที่ “{value}” อ่านไม่ได้ โปรดใช้รูปแบบ วัน/เดือน/ปี เช่น 29/4/2569",
        "the date “{value}” cannot be read: write day/month/year, for example 29/4/2026",
    ),
    "no-date": Message("ผ่านหน่วยสมรรถนะแต่ไม่มีวันที่ผ่าน", "a unit is passed but the date is missing"),
    "unknown-outcome": Message(
        "“{value}” ไม่ใช่ผลการประเมินที่อ่านได้ โปรดใช้ ผ่าน หรือ ไม่ผ่าน",
        "“{value}” is no result: write ผ่าน (pass) or ไม่ผ่าน (fail)",
    ),
    "bad-score": Message(
        "คะแนน “{value}” ไม่ใช่ตัวเลข โปรดใส่ตัวเลขอย่างเดียว เช่น 85.5",
        "the score “{value}” is no number: write a number alone, for example 85.5",
    ),
    "duplicate-row": Message(
        "ผู้เรียนคนนี้อยู่ในแถว {first} แล้ว แต่ผลไม่ตรงกัน",
        "this learner stands in row {first} already, with other results",
    ),
    "unknown-learner": Message(
        "ไม่พบผู้เรียนคนนี้ในรุ่น",
        "this learner is not in the class",
    ),
    "ambiguous-learner": Message(
        "มีผู้เรียนชื่อนี้มากกว่าหนึ่งคนในรุ่น โปรดใช้เลขที่หรือวันเกิด",
        "several learners of the class have this name: use the number or the birth date",
    ),
    "self-award": Message(
        "ผู้สอนบันทึกผลให้ตนเองไม่ได้",
        "a teacher cannot record a pass of their own",
    ),
    "date-outside-class": Message(
        "วันที่ {value} อยู่นอกช่วงของรุ่น ({starts} ถึง {ends}) หรือยังมาไม่ถึง",
        "the date {value} lies outside the class ({starts} to {ends}) or in the future",
    ),
    "date-before-unit": Message(
        "วันที่ {value} อยู่ก่อนปีของหน่วยสมรรถนะ {unit} ฉบับที่หลักสูตรนี้ใช้ (ค.ศ. {year})",
        "the date {value} lies before the year of unit {unit} as this course teaches it ({year})",
    ),
}
"""What is wrong, by code; row and column are set in front."""

UNUSABLE: Mapping[str, Message] = {
    "no-heading": Message(
        "แถว {place}: ไม่พบแถวหัวตาราง ต้องมีคอลัมน์ผู้เรียน รหัสหน่วยสมรรถนะ และวันที่ผ่าน",
        "Rows {place}: no heading was found; columns for learner, unit codes and date are needed",
    ),
    "no-learner-column": Message(
        "แถว {place}: ไม่มีคอลัมน์ผู้เรียน (เลขที่ เลขบัตรประชาชน หรือชื่อพร้อมวันเกิด)",
        "Row {place}: no column tells the learner (number, national ID, or name and birth date)",
    ),
    "no-unit-column": Message(
        "แถว {place}: ไม่มีคอลัมน์หน่วยสมรรถนะของหลักสูตรนี้ (พบ: {found})",
        "Row {place}: no column is a unit of this course (found: {found})",
    ),
    "no-date-column": Message(
        "แถว {place}: ไม่มีคอลัมน์วันที่ผ่าน", "Row {place}: no column holds the date passed"
    ),
    "repeated-column": Message(
        "แถว {place} คอลัมน์ {column}: “{text}” ซ้ำกับคอลัมน์ {first}",
        "Row {place}, column {column}: “{text}” repeats column {first}",
    ),
}
"""Why no row could be read, by code."""


def refusal_message(refusal: Refusal) -> Message:
    """Return what a person is told: row, column, what is wrong, and what may have been meant."""
    wording = REFUSALS[refusal.code]
    place_th = f"แถว {refusal.row}"
    place_en = f"Row {refusal.row}"
    if refusal.column is not None:
        place_th += f" คอลัมน์ {refusal.column}"
        place_en += f", column {refusal.column}"
    hint = refusal.suggestion
    return Message(
        th=f"{place_th}: {wording.th.format_map(refusal.values)}"
        + (f" (หมายถึง “{hint}” หรือไม่)" if hint else ""),
        en=f"{place_en}: {wording.en.format_map(refusal.values)}"
        + (f" (is “{hint}” meant?)" if hint else ""),
    )


def unusable_message(error: SheetUnusable) -> Message:
    """Return why no row of the sheet could be read, with its place."""
    wording = UNUSABLE[error.code]
    return Message(th=wording.th.format_map(error.values), en=wording.en.format_map(error.values))
