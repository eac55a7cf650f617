"""What doubts say to people, in Thai and in English."""

from collections.abc import Mapping

from standards.quarantine import Doubt
from standards.wording import Message

_CODES = {
    "code-malformed": Message(
        "รหัส “{raw}” ไม่อยู่ในรูปแบบที่รู้จัก", "The code “{raw}” is written in no known way"
    ),
    "code-respelt": Message(
        "รหัสพิมพ์ว่า “{raw}” อ่านได้เป็น “{cleaned}”", "The code is printed “{raw}”, read as “{cleaned}”"
    ),
    "code-with-text": Message(
        "มีข้อความอื่นปนกับรหัส: “{text}”", "Other text stands with the code: “{text}”"
    ),
    "several-codes": Message(
        "หน่วยสมรรถนะเดียวมีหลายรหัส: {cleaned}", "One unit has several codes: {cleaned}"
    ),
    "isco-repeated": Message("รหัส ISCO {isco} ซ้ำ", "The ISCO code {isco} stands twice"),
    "isco-unclear": Message("รหัส ISCO “{raw}” อ่านไม่ชัดเจน", "The ISCO code “{raw}” is unclear"),
}
_TEXTS = {
    "heading-differs-from-title": Message(
        "หัวเรื่อง “{raw}” ไม่ตรงกับชื่อหน่วย “{title}”",
        "The heading “{raw}” is not the title “{title}”",
    ),
    "title-missing": Message("ไม่มีชื่อหน่วยสมรรถนะ", "The title of the unit is missing"),
    "hidden-characters": Message(
        "มีอักขระที่มองไม่เห็นในข้อความ", "There are hidden characters in the text"
    ),
    "word-html-removed": Message(
        "มีเศษคำสั่งของโปรแกรม Word ในข้อความ ตัดออกแล้วเหลือ “{cleaned}”",
        "Residue of Word's HTML stands in the text; without it: “{cleaned}”",
    ),
    "text-lost-tone-marks": Message(
        "วรรณยุกต์น่าจะหายไปจากคำ “{word}”", "The word “{word}” seems to have lost its tone marks"
    ),
    "revision-unclear": Message("ครั้งที่ทบทวน “{raw}” อ่านไม่ชัดเจน", "The revision “{raw}” is unclear"),
    "sector-equals-industry": Message(
        "กลุ่มอาชีพซ้ำกับสาขาวิชาชีพ: “{raw}”", "The sector repeats the industry: “{raw}”"
    ),
    "sector-empty-after-cleaning": Message(
        "กลุ่มอาชีพมีแต่เศษคำสั่ง ไม่มีข้อความ", "The sector holds nothing but residue"
    ),
}
_LEVELS = {
    "level-marks-lost": Message(
        "เครื่องหมายระดับหายไปหรือเชื่อถือไม่ได้", "The mark of the level is lost or cannot be trusted"
    ),
    "level-scale-unknown": Message(
        "ระดับ {level} ไม่ระบุว่าเป็นระดับ 1-8 หรือชั้น 1-7",
        "Level {level} does not say on which scale: of eight or of seven",
    ),
    "level-scale-mixed": Message(
        "หน้าเดียวกันใช้ทั้งคำว่าระดับและชั้น อ่านได้เป็น {cleaned}",
        "The page uses the words of both scales; the title says {cleaned}",
    ),
    "level-unclear": Message("ระดับ “{raw}” อ่านไม่ชัดเจน", "The level “{raw}” is unclear"),
}
_ELEMENTS = {
    "element-code-not-unique": Message(
        "รหัสหน่วยสมรรถนะย่อย {element} มีมากกว่าหนึ่งหน่วยย่อย",
        "Several elements have the code {element}",
    ),
    "element-order": Message(
        "หน่วยสมรรถนะย่อย {element} ไม่เรียงตามรหัส", "The element {element} is out of order"
    ),
    "element-without-criteria": Message(
        "หน่วยสมรรถนะย่อย {element} ไม่มีเกณฑ์การปฏิบัติงาน", "The element {element} has no criteria"
    ),
    "element-without-title": Message(
        "หน่วยสมรรถนะย่อย {element} ไม่มีชื่อ", "The element {element} has no title"
    ),
    "element-without-code": Message(
        "หน่วยสมรรถนะย่อย “{text}” ไม่มีรหัส", "The element “{text}” has no code"
    ),
    "elements-not-understood": Message(
        "อ่านตารางหน่วยสมรรถนะย่อยไม่ได้", "The table of elements cannot be understood"
    ),
    "criteria-glued": Message(
        "เกณฑ์หลายข้อของ {element} พิมพ์ติดกัน", "Several criteria of {element} are printed as one"
    ),
    "criterion-repeated": Message(
        "เกณฑ์ของ {element} ซ้ำ: “{text}”", "A criterion of {element} stands twice: “{text}”"
    ),
    "method-unknown": Message(
        "ไม่รู้จักวิธีการประเมิน “{text}” ของ {element}",
        "The way of assessment “{text}” of {element} is not known",
    ),
    "text-left-over": Message(
        "มีข้อความที่ไม่รู้ว่าเป็นของส่วนใด", "Some text belongs to nothing that was recognised"
    ),
}
_PAGES = {
    "label-glued": Message(
        "หัวข้อพิมพ์ติดกับข้อความก่อนหน้า", "A section's label is glued to the text before it"
    ),
    "label-repeated": Message("หัวข้อซ้ำ", "A section's label is repeated"),
    "section-torn": Message(
        "มีหัวข้ออื่นแทรกอยู่ในส่วนนี้", "Another section's label stands inside this section"
    ),
    "page-ends-early": Message(
        "หน้าขาดก่อนจบ ไม่ทราบข้อมูลส่วนที่เหลือ", "The page ends early: what follows is not known"
    ),
    "page-ends-in-section": Message(
        "ไม่มีหัวข้อถัดไป ข้อความส่วนนี้อาจขาด", "No section follows: this text may be cut"
    ),
    "page-ends-in-elements": Message(
        "ไม่มีหัวข้อถัดจากตาราง หน่วยย่อย {element} อาจไม่ครบ",
        "No section follows the table: the element {element} may be incomplete",
    ),
    "page-ends-in-units": Message("รายการหน่วยสมรรถนะอาจขาด", "The list of units may be cut"),
    "unit-line-unclear": Message(
        "อ่านบรรทัด “{raw}” เป็นหน่วยสมรรถนะไม่ได้", "The line “{raw}” cannot be read as a unit"
    ),
    "unit-count-differs": Message(
        "หน้านี้ระบุจำนวน {stated} หน่วย แต่พบ {found} หน่วย",
        "The page states {stated} units and lists {found}",
    ),
    "unit-list-differs": Message(
        "รายการหน่วยในไฟล์ ({raw}) ไม่ตรงกับในข้อความ ({found})",
        "The file lists the units {raw}, its text {found}",
    ),
    "composition-not-stated": Message(
        "หน้านี้ไม่ระบุว่ารายการหน่วยครบถ้วน", "The page does not say that its list of units is whole"
    ),
}
_TABLES = {
    "unknown-column": Message("ไม่รู้จักคอลัมน์ “{raw}”", "The column “{raw}” is not known"),
    "column-repeated": Message("คอลัมน์ “{raw}” ซ้ำ", "The column “{raw}” stands twice"),
    "row-without-unit": Message(
        "แถวนี้ไม่มีรหัสและชื่อหน่วยสมรรถนะ: {raw}", "The row has neither code nor title: {raw}"
    ),
    "cell-is-date": Message(
        "โปรแกรมตารางเปลี่ยนข้อความเป็นวันที่ {raw}", "The spreadsheet turned the text into the date {raw}"
    ),
    "cells-differ": Message("หน่วยเดียวกันมีค่าต่างกัน: {raw}", "The rows of one unit differ: {raw}"),
}

DOUBT_WORDING: Mapping[str, Message] = _CODES | _TEXTS | _LEVELS | _ELEMENTS | _PAGES | _TABLES
"""Sentence for each code; in braces stand ``raw``, ``cleaned`` and the doubt's own values."""
_SHOWN = 80


def doubt_sentence(doubt: Doubt) -> Message:
    """Return what ``doubt`` says to a person: the place and the reason, in both languages."""
    wording = DOUBT_WORDING[doubt.code]
    values = {"raw": doubt.raw, "cleaned": doubt.cleaned or "", **dict(doubt.values)}
    shown = {name: _shortened(text) for name, text in values.items()}
    return Message(
        th=f"{doubt.place}: {wording.th.format_map(shown)}",
        en=f"{doubt.place}: {wording.en.format_map(shown)}",
    )


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN]}…"
