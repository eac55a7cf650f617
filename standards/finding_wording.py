"""What findings say to people, in Thai and in English."""

from collections.abc import Mapping

from standards.finding_model import Finding, Severity
from standards.wording import Message

SEVERITIES: Mapping[Severity, Message] = {
    Severity.NOTE: Message("ข้อสังเกต", "note"),
    Severity.WARNING: Message("คำเตือน", "warning"),
    Severity.SERIOUS: Message("ร้ายแรง", "serious"),
}

_CODES = {
    "code-format-unknown": Message(
        "รหัส “{value}” ไม่อยู่ในรูปแบบที่รู้จัก", "The code “{value}” is written in no known way"
    ),
    "code-prefix-unknown": Message(
        "ไม่เคยพบอักษรนำของรหัส {value} มาก่อน", "The prefix of the code {value} was not seen before"
    ),
    "code-on-several-units": Message(
        "รหัส {value} เป็นของหน่วยอื่นด้วย: {others}", "The code {value} is also that of: {others}"
    ),
    "alias-on-several-units": Message(
        "ชื่อเรียก {value} เป็นของหน่วยอื่นด้วย: {others}", "The name {value} is also claimed by: {others}"
    ),
    "alias-is-code-of-another": Message(
        "รหัสอื่น {value} เป็นรหัสของหน่วย “{other}”",
        "The alias {value} is the code of the unit “{other}”",
    ),
    "level-on-old-scale": Message(
        "{name} มีแต่ระดับในมาตราเดิม: {levels}", "{name} has levels of the old scale only: {levels}"
    ),
    "level-against-code": Message(
        "ระดับ {levels} ไม่เข้ากับตัวเลขในรหัส {value}",
        "The level {levels} does not fit the digit in the code {value}",
    ),
}
_ELEMENTS = {
    "element-code-repeated": Message(
        "หน่วย {name} มีหน่วยย่อยรหัส {element} มากกว่าหนึ่ง",
        "Several elements of {name} have the code {element}",
    ),
    "element-code-of-two-units": Message(
        "หน่วยย่อย {element} ของ {name} มีรหัสตรงกับหน่วยย่อยของ {other}",
        "The element {element} of {name} has the code of an element of {other}",
    ),
    "element-code-misspelt": Message(
        "รหัสหน่วยย่อย {element} ไม่ขึ้นต้นด้วย {stem} เหมือนหน่วยย่อยอื่น",
        "The element code {element} does not begin with {stem} as its siblings do",
    ),
    "elements-of-another-unit": Message(
        "หน่วยย่อยทั้งหมดของ {name} ({elements}) ใช้เลขของหน่วยอื่น ไม่ใช่ {local}",
        "All elements of {name} ({elements}) are numbered as another unit's, not {local}",
    ),
    "element-order": Message(
        "หน่วยย่อย {element} อยู่หลัง {before}", "The element {element} stands after {before}"
    ),
    "element-title-repeated": Message(
        "หน่วยย่อย {element} มีชื่อเดียวกับ {other}", "The element {element} has the title of {other}"
    ),
    "criteria-glued": Message(
        "เกณฑ์ {count} ข้อของ {element} พิมพ์ติดกันเป็นข้อเดียว",
        "{count} criteria of {element} are printed as one",
    ),
    "unit-without-criteria": Message(
        "ไม่มีเกณฑ์การปฏิบัติงานในทุกหน่วยย่อยของ {name}", "No element of {name} has criteria"
    ),
    "element-without-criteria": Message(
        "หน่วยย่อย {element} ไม่มีเกณฑ์การปฏิบัติงาน", "The element {element} has no criteria"
    ),
    "criterion-repeated": Message(
        "เกณฑ์ของ {element} ซ้ำ: “{text}”", "A criterion of {element} stands twice: “{text}”"
    ),
    "criteria-copied": Message(
        "เกณฑ์ทั้งหมดของ {element} เหมือนกับของ {other}",
        "The criteria of {element} are those of {other}",
    ),
}
_TEXTS = {
    "title-on-several-units": Message(
        "ชื่อ “{title}” เป็นชื่อของหน่วยอื่นด้วย: {others}", "The title “{title}” is also that of: {others}"
    ),
    "hidden-character": Message(
        "มีอักขระที่มองไม่เห็น ({character}) ในตำแหน่งที่ {position}",
        "There is a hidden character ({character}) at position {position}",
    ),
    "tone-marks-lost": Message(
        "คำว่า “{word}” น่าจะเสียวรรณยุกต์ไป {marked}",
        "The word “{word}” seems to have lost its tone marks {marked}",
    ),
    "description-shared": Message(
        "คำอธิบายของ “{title}” เหมือนกับของ “{other}”",
        "The description of “{title}” is that of “{other}”",
    ),
    "description-of-another-unit": Message(
        "คำอธิบายของ “{title}” น่าจะเป็นของ “{other}”",
        "The description of “{title}” seems to be that of “{other}”",
    ),
    "unit-named-twice": Message(
        "คุณวุฒิ “{title}” ระบุหน่วย “{name}” ซ้ำ",
        "The qualification “{title}” names the unit “{name}” twice",
    ),
    "level-not-of-qualification": Message(
        "ระดับของ {name} ไม่ตรงกับคุณวุฒิ “{title}”",
        "The levels of {name} are not that of the qualification “{title}”",
    ),
}

FINDING_WORDING: Mapping[str, Message] = _CODES | _ELEMENTS | _TEXTS
"""Sentence for each code; the names in braces are among the finding's values."""


def finding_sentence(finding: Finding) -> Message:
    """Return what ``finding`` says to a person: severity, place and reason, in both languages."""
    wording, severity = FINDING_WORDING[finding.code], SEVERITIES[finding.severity]
    values = dict(finding.values)
    return Message(
        th=f"{severity.th}, {finding.place}: {wording.th.format_map(values).rstrip()}",
        en=f"{severity.en}, {finding.place}: {wording.en.format_map(values).rstrip()}",
    )
