"""Sentences on the exchange of standards and on new editions: Thai first, English second.

Plain pairs, which ``wording`` takes up: this page holds words and nothing else.
"""

from collections.abc import Mapping

Pair = tuple[str, str]

FAULTS: Mapping[str, Pair] = {
    "other-case-name": (
        "{file} ที่ {place}: ชื่อ “{value}” เป็นของร่างรุ่นอื่น CASE 1.1 ใช้ “{wanted}”",
        "{file} at {place}: “{value}” is the name of another draft; CASE 1.1 has “{wanted}”",
    ),
    "not-a-uuid": (
        "{file} ที่ {place}: {value} ไม่ใช่ UUID ตัวพิมพ์เล็ก",
        "{file} at {place}: {value} is no UUID in lower case",
    ),
    "bad-date-time": (
        "{file} ที่ {place}: {value} ไม่ใช่วันเวลาแบบ 2026-04-29T00:00:00Z",
        "{file} at {place}: {value} is no time of the form 2026-04-29T00:00:00Z",
    ),
    "too-deep": (
        "{file} ที่ {place}: ข้อมูลซ้อนกันลึกเกิน {limit} ชั้น",
        "{file} at {place}: nested deeper than {limit} levels",
    ),
    "duplicate-identifier": (
        "{file} ที่ {place}: ใช้รหัส {value} ซ้ำ",
        "{file} at {place}: the identifier {value} is used twice",
    ),
    "dangling-association": (
        "{file} ที่ {place}: ความสัมพันธ์ {element} อ้างถึง {value} ซึ่งไม่มีในไฟล์นี้",
        "{file} at {place}: the association {element} names {value}, which is not in this file",
    ),
    "cyclic-association": (
        "{file} ที่ {place}: ความสัมพันธ์ {value} วนกลับมาที่เดิม: {elements}",
        "{file} at {place}: associations of the type {value} lead in a circle: {elements}",
    ),
    "other-course": (
        "หลักสูตร {file} ที่ {place}: การเทียบเป็นของหลักสูตร {value}",
        "Course {file} at {place}: the mapping is of the course {value}",
    ),
}
"""Files that cannot be taken as they are."""

QUERIES: Mapping[str, Pair] = {
    "bad-parameter": (
        "พารามิเตอร์ {parameter} มีค่า {value} ซึ่งใช้ไม่ได้",
        "The parameter {parameter} has the value {value}, which cannot be followed",
    ),
    "bad-sort": (
        "พารามิเตอร์ {parameter}: เรียงตาม {value} ไม่ได้",
        "The parameter {parameter}: there is no member {value} to sort by",
    ),
    "bad-filter": (
        "พารามิเตอร์ {parameter}: อ่านเงื่อนไข {value} ไม่ได้",
        "The parameter {parameter}: the condition {value} cannot be read",
    ),
    "bad-fields": (
        "พารามิเตอร์ {parameter}: ไม่มีข้อมูลชื่อ {value}",
        "The parameter {parameter}: there is no member {value}",
    ),
}
"""Look-ups at the CASE provider."""

DECISIONS: Mapping[str, Pair] = {
    "blank-decision": (
        "คำวินิจฉัย “{reference}” ต้องมีชื่อ ผู้วินิจฉัย ผู้ยืนยัน และเหตุผล",
        "The decision “{reference}” needs a name, two persons and a reason",
    ),
    "same-person": (
        "คำวินิจฉัย “{reference}”: {person} วินิจฉัยและยืนยันเองไม่ได้",
        "The decision “{reference}”: {person} cannot both decide and confirm",
    ),
    "reference-taken": (
        "มีคำวินิจฉัยชื่อ “{reference}” อยู่แล้ว",
        "There is a decision “{reference}” already",
    ),
    "unit-follows-itself": (
        "คำวินิจฉัย “{reference}”: หน่วยสมรรถนะ {unit} แทนตัวเองไม่ได้",
        "The decision “{reference}”: the unit {unit} cannot follow itself",
    ),
    "contradictory-decisions": (
        "คำวินิจฉัย “{reference}” ขัดกับ “{other}” เรื่องหน่วยสมรรถนะ {units}",
        "The decision “{reference}” contradicts “{other}” on the units {units}",
    ),
    "cyclic-succession": (
        "คำวินิจฉัย “{reference}” ทำให้หน่วยสมรรถนะแทนที่ตัวเองเป็นวง: {units}",
        "By the decision “{reference}” units would replace themselves in a circle: {units}",
    ),
}
"""Decisions on editions."""

NOTES: Mapping[str, Pair] = {
    "unknown-item-type": (
        "ไม่ทราบว่ารายการ {element} เป็นสิ่งใด จึงเก็บไว้โดยไม่นำเข้า",
        "What kind of thing the item {element} is was not understood: kept, not taken in",
    ),
    "misplaced-item": (
        "รายการ {element} อยู่ในตำแหน่งที่ระบบไม่มีที่เก็บ จึงเก็บไว้โดยไม่นำเข้า",
        "The item {element} stands where there is no place for it: kept, not taken in",
    ),
    "other-text": (
        "รายการ {element} เป็นคำแปลอีกฉบับ จึงเก็บไว้โดยไม่นำเข้า",
        "The item {element} is a further translation: kept, not taken in",
    ),
    "kept-association": (
        "ความสัมพันธ์ {element} ไม่มีที่เก็บในระบบ จึงเก็บไว้โดยไม่นำเข้า",
        "There is no place for the association {element}: kept, not taken in",
    ),
    "kept-member": (
        "ข้อมูลบางส่วนของ {element} ไม่มีที่เก็บในระบบ: {value}",
        "Some of what {element} says has no place: {value}",
    ),
    "kept-definition": (
        "นิยาม {element} ไม่มีที่เก็บในระบบ จึงเก็บไว้โดยไม่นำเข้า",
        "There is no place for the definition {element}: kept, not taken in",
    ),
    "no-thai-text": (
        "{element} ไม่มีข้อความภาษาไทย จึงใช้ข้อความเดิม: {value}",
        "{element} has no Thai text; its text stands as it is printed: {value}",
    ),
    "composition-unknown": (
        "ไม่ทราบว่าคุณวุฒิ {element} ต้องผ่านกี่หน่วย จนกว่าจะมีผู้ยืนยันจะยังไม่ถือว่าผู้ใดสำเร็จ",
        "How many units {element} asks for is not said; nobody completes it until somebody does",
    ),
    "several-places": (
        "{element} อยู่ภายใต้หลายสาขาหรืออาชีพ จึงไม่ได้เลือก: {value}",
        "{element} stands under several industries, sectors or occupations, none chosen: {value}",
    ),
    "no-code": (
        "หน่วยสมรรถนะย่อย {element} ไม่มีรหัส จึงใช้รหัสประจำรายการแทน",
        "The element {element} has no code; its identifier stands in for it",
    ),
    "differs": (
        "ไฟล์ต่างจากที่ระบบเขียนเองที่ {place}: {value}",
        "The file is not what would be written for this edition at {place}: {value}",
    ),
}
"""What reading a CASE package leaves to judge, by ``case_notes.NoteCode``."""
