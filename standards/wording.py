"""What this package's errors say to people, in Thai and in English."""

from collections.abc import Mapping
from dataclasses import dataclass

from standards import exchange_words, mapping_words
from standards.errors import StandardsError


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said in both languages."""

    th: str
    en: str


_UNREADABLE = {
    "empty-file": Message("ไฟล์ {file} ว่างเปล่า", "The file {file} is empty"),
    "file-too-large": Message(
        "ไฟล์ {file} ใหญ่เกินกำหนด ({limit} ไบต์)", "The file {file} is larger than {limit} bytes"
    ),
    "unpacked-too-large": Message(
        "ไฟล์ {file} ขยายแล้วใหญ่ผิดปกติ (กำหนดไว้ {limit} ไบต์) จึงไม่เปิดอ่าน",
        "The file {file} unpacks to far more than its size suggests (limit {limit} bytes)",
    ),
    "not-a-table": Message(
        "ไฟล์ {file} ไม่ใช่ตาราง โปรดใช้ไฟล์ XLSX, XLS, ODS หรือ CSV",
        "The file {file} is no table: use XLSX, XLS, ODS or CSV",
    ),
    "damaged-file": Message(
        "ไฟล์ {file} เสียหายหรือไม่ครบ โปรดบันทึกใหม่แล้วส่งอีกครั้ง",
        "The file {file} is damaged or cut short: save it again and send it again",
    ),
    "encrypted-file": Message(
        "ไฟล์ {file} ตั้งรหัสผ่านไว้ โปรดเอารหัสผ่านออกก่อน",
        "The file {file} is protected by a password: remove it first",
    ),
    "unknown-encoding": Message(
        "อ่านตัวอักษรในไฟล์ {file} ไม่ได้ โปรดบันทึกเป็น CSV UTF-8 หรือ XLSX",
        "The letters in {file} cannot be read: save it as CSV UTF-8 or as XLSX",
    ),
    "reader-stopped": Message(
        "อ่านไฟล์ {file} ไม่สำเร็จ อาจมีเซลล์ที่อยู่ห่างจากตารางมาก โปรดคัดลอกเฉพาะตารางไปไว้ในไฟล์ใหม่",
        "The file {file} could not be read through; a cell may stand far away from the table: "
        "copy the table alone into a new file",
    ),
    "too-many-rows": Message(
        "ไฟล์ {file} มี {count} แถว เกิน {limit} แถว", "{file} has {count} rows; {limit} are allowed"
    ),
    "too-many-columns": Message(
        "ไฟล์ {file} มี {count} คอลัมน์ เกิน {limit} คอลัมน์",
        "{file} has {count} columns; {limit} are allowed",
    ),
    "cell-too-long": Message(
        "ไฟล์ {file} เซลล์ {place} ยาวเกิน {limit} ตัวอักษร",
        "{file}, cell {place}: longer than {limit} characters",
    ),
    "not-json": Message("ไฟล์ {file} ไม่ใช่ JSON ที่ถูกต้อง", "The file {file} is not valid JSON"),
    "not-a-page": Message(
        "ไฟล์ {file} ไม่ใช่หน้าหน่วยสมรรถนะหรือคุณวุฒิวิชาชีพ",
        "The file {file} is no page of a unit or qualification",
    ),
    "too-many-lines": Message(
        "ไฟล์ {file} มีเกิน {limit} บรรทัด", "{file} has more than {limit} lines"
    ),
    "line-too-long": Message(
        "ไฟล์ {file} บรรทัดที่ {place} ยาวเกิน {limit} ตัวอักษร",
        "{file}, line {place}: longer than {limit} characters",
    ),
    "no-unit-columns": Message(
        "ไฟล์ {file} ไม่มีหัวคอลัมน์ของรหัสหรือชื่อหน่วยสมรรถนะ",
        "{file} has no heading of a unit's code or title",
    ),
    "unknown-kind": Message(
        "ไม่รู้จักชนิดของไฟล์ {file}: ไม่ใช่มาตรฐาน ตาราง หรือหน้าที่บันทึกไว้",
        "The file {file} is none of the known kinds: standard, table or saved page",
    ),
    "too-many-values": Message(
        "ไฟล์ {file} มีข้อมูลเกิน {limit} ค่า", "{file} holds more than {limit} values"
    ),
    "nested-too-deep": Message("ไฟล์ {file} ซ้อนกันลึกเกินไป", "{file} is nested too deeply"),
}

_FAULTS = {
    "bad-date": Message(
        "“{value}” ไม่ใช่วันที่ที่อ่านได้ โปรดใช้รูปแบบ วัน/เดือน/ปี เช่น 29/4/2569",
        "“{value}” is no date: write day/month/year, for example 29/4/2026",
    ),
    "bad-iso-date": Message(
        "{file} ที่ {place}: {value} ไม่ใช่วันที่แบบ 2026-04-29",
        "{file} at {place}: {value} is no date of the form 2026-04-29",
    ),
    "hidden-character": Message(
        "มีอักขระที่มองไม่เห็น ({character}) ในตำแหน่งที่ {position}",
        "There is a hidden character ({character}) at position {position}",
    ),
    "duplicate-key": Message(
        "{file}: มีชื่อ {place} ซ้ำในวัตถุเดียวกัน (ค่า {value})",
        "{file}: the key {place} stands twice in one object (value {value})",
    ),
    "missing-field": Message(
        "{file} ที่ {place}: ไม่มีข้อมูล “{value}”", "{file} at {place}: the field “{value}” is missing"
    ),
    "unknown-field": Message(
        "{file} ที่ {place}: ไม่รู้จักข้อมูล “{value}”",
        "{file} at {place}: the field “{value}” is not known",
    ),
    "wrong-type": Message(
        "{file} ที่ {place}: ค่า {value} ผิดชนิด (ต้องเป็น {wanted})",
        "{file} at {place}: {value} is of the wrong type, a {wanted} is needed",
    ),
    "blank-text": Message("{file} ที่ {place}: ข้อความว่าง", "{file} at {place}: the text is blank"),
    "unknown-value": Message(
        "{file} ที่ {place}: ไม่รู้จักค่า {value}",
        "{file} at {place}: {value} is none of the known values",
    ),
    "unknown-format": Message(
        "{file} ที่ {place}: ไม่รู้จักรูปแบบ {value}", "{file} at {place}: the format {value} is not known"
    ),
    "bad-level": Message(
        "{file} ที่ {place}: ไม่มีระดับ {value} ในมาตราระดับนี้",
        "{file} at {place}: the scale has no level {value}",
    ),
    "bad-digest": Message(
        "{file} ที่ {place}: ค่าสรุป {value} ไม่ตรงกับเนื้อหา ไฟล์ถูกแก้ไขหลังบันทึก",
        "{file} at {place}: the digest {value} does not match: the content was changed",
    ),
    "other-owner": Message(
        "{file} ที่ {place}: เจ้าของ {value} ไม่ตรงกับเจ้าของของฉบับ",
        "{file} at {place}: the owner {value} is not the edition's owner",
    ),
    "duplicate-unit": Message(
        "{file} ที่ {place}: หน่วยสมรรถนะ {value} ซ้ำ",
        "{file} at {place}: the unit {value} stands twice",
    ),
    "duplicate-qualification": Message(
        "{file} ที่ {place}: คุณวุฒิ {value} ซ้ำ",
        "{file} at {place}: the qualification {value} stands twice",
    ),
    "absent-unit": Message(
        "{file} ที่ {place}: คุณวุฒิอ้างถึงหน่วยสมรรถนะ {value} ซึ่งไม่มีในฉบับนี้",
        "{file} at {place}: the qualification names the unit {value}, which is not in this edition",
    ),
    "repeated-unit": Message(
        "{file} ที่ {place}: มีหน่วยสมรรถนะซ้ำในกลุ่มเดียวกัน",
        "{file} at {place}: a unit stands twice in one group",
    ),
    "bad-minimum": Message(
        "{file} ที่ {place}: จำนวนขั้นต่ำ {value} ต้องอยู่ระหว่าง 0 ถึง {most}",
        "{file} at {place}: the minimum {value} is not between 0 and {most}",
    ),
    "bad-version": Message(
        "{file} ที่ {place}: เลขรุ่น {value} ต้องเป็น 1 ขึ้นไป",
        "{file} at {place}: the version {value} is below 1",
    ),
    "bad-hours": Message(
        "{file} ที่ {place}: จำนวนชั่วโมง {value} ต้องเป็น 1 ขึ้นไป",
        "{file} at {place}: the hours {value} are below 1",
    ),
    "unit-not-in-edition": Message(
        "หลักสูตร {file} ที่ {place}: ไม่มีหน่วยสมรรถนะ {value} ในฉบับ {editions}",
        "Course {file} at {place}: the unit {value} is not in {editions}",
    ),
    "blank-part": Message("ข้อความของ “{value}” ว่าง", "The text of “{value}” is blank"),
    "bad-level-text": Message(
        "“{value}” ไม่ใช่ระดับพร้อมมาตรา เช่น 3 8-level",
        "“{value}” is no level with its scale, as 3 8-level",
    ),
    "bad-element-text": Message(
        "บรรทัดที่ {place}: “{value}” ไม่ใช่หน่วยย่อย เกณฑ์ หรือวิธีประเมิน",
        "Line {place}: “{value}” is no element, criterion or way of assessment",
    ),
}

_LOOK_UP = {
    "unknown-unit": Message(
        "ไม่พบหน่วยสมรรถนะ “{text}”", "No unit of competency is known as “{text}”"
    ),
    "unknown-qualification": Message(
        "ไม่พบคุณวุฒิวิชาชีพ “{text}”", "No qualification is known as “{text}”"
    ),
    "unknown-edition": Message("ไม่พบมาตรฐานฉบับ “{text}”", "No edition is known as “{text}”"),
    "ambiguous-unit": Message(
        "“{text}” ตรงกับหน่วยสมรรถนะหลายหน่วย: {candidates}",
        "Several units are known as “{text}”: {candidates}",
    ),
    "ambiguous-qualification": Message(
        "“{text}” ตรงกับคุณวุฒิวิชาชีพหลายรายการ: {candidates}",
        "Several qualifications are known as “{text}”: {candidates}",
    ),
    "ambiguous-edition": Message(
        "มีมาตรฐานต่างกันสองฉบับชื่อ “{text}”", "Two different editions are named “{text}”"
    ),
}

_ELSEWHERE = {
    code: Message(*pair)
    for pairs in (
        mapping_words.FAULTS,
        exchange_words.FAULTS,
        exchange_words.QUERIES,
        exchange_words.DECISIONS,
    )
    for code, pair in pairs.items()
}

_DECISIONS = {
    "unknown-doubt": Message(
        "ไม่มีข้อสงสัย {doubt} ในการอ่านนี้", "There is no doubt {doubt} in this reading"
    ),
    "decided-otherwise": Message(
        "ข้อสงสัย {doubt} มีคำตัดสินอื่นอยู่แล้ว", "The doubt {doubt} has been decided otherwise"
    ),
    "nothing-to-accept": Message(
        "ข้อสงสัย {doubt} ไม่มีข้อความให้ยอมรับ ต้องระบุข้อความหรือตัดออก",
        "The doubt {doubt} offers no text to accept: give one, or drop the part",
    ),
    "text-missing": Message(
        "คำตัดสินข้อสงสัย {doubt} ไม่มีข้อความหรือเหตุผล",
        "The decision on the doubt {doubt} lacks its text or reason",
    ),
    "person-missing": Message(
        "คำตัดสินข้อสงสัย {doubt} ไม่ระบุผู้ตัดสิน", "The decision on the doubt {doubt} names no person"
    ),
    "time-zone-missing": Message(
        "คำตัดสินข้อสงสัย {doubt} มีเวลาที่ไม่ระบุเขตเวลา",
        "The decision on the doubt {doubt} has a time without its zone",
    ),
}

WORDING: Mapping[str, Message] = _UNREADABLE | _FAULTS | _LOOK_UP | _ELSEWHERE | _DECISIONS
"""Sentence for each code; the names in braces are among the error's values."""


def sentence(error: StandardsError) -> Message:
    """Return what ``error`` says to a person: the place and the reason, in both languages.

    An error from a file also names file and place when its own sentence does not.
    """
    wording = WORDING[error.code]
    values = {name: _as_text(value) for name, value in error.values.items()}
    return Message(th=fill(wording.th, values), en=fill(wording.en, values))


def fill(template: str, values: Mapping[str, str]) -> str:
    """Return ``template`` with its names in braces replaced; before it stand file and place.

    File and place are set in front where the values hold them and the template does not.
    """
    front = [values[name] for name in ("file", "place") if name in values]
    named = "{file}" in template or "{place}" in template
    text = template.format_map(values)
    return text if named or not front else f"{', '.join(front)}: {text}"


def _as_text(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


REASONS: Mapping[str, Message] = {
    "same-words": Message(
        "หัวข้อมีคำว่า “{said}” เช่นเดียวกับมาตรฐาน", "the topic and the standard both say “{said}”"
    ),
    "same-meaning": Message(
        "“{said}” ในหัวข้อ ตรงกับ “{found}” ในมาตรฐาน",
        "“{said}” in the topic is “{found}” in the standard",
    ),
    "same-words-of-course": Message(
        "ชื่อหลักสูตรมีคำว่า “{said}” เช่นเดียวกับมาตรฐาน",
        "the course's name and the standard both say “{said}”",
    ),
    "same-meaning-of-course": Message(
        "“{said}” ในชื่อหลักสูตร ตรงกับ “{found}” ในมาตรฐาน",
        "“{said}” in the course's name is “{found}” in the standard",
    ),
}
"""Sentence for each ``Match.code`` of a suggestion."""


def reason(code: str, *, said: str, found: str) -> Message:
    """Return why a unit is suggested, in both languages; ``code`` is one of ``REASONS``."""
    wording = REASONS[code]
    values = {"said": said, "found": found}
    return Message(th=fill(wording.th, values), en=fill(wording.en, values))
