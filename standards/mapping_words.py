"""Sentences about courses and their mapping, as pairs of Thai and English."""

FAULTS = {
    "negative-hours": (
        "{file} ที่ {place}: จำนวนชั่วโมง {value} ต้องไม่ติดลบ",
        "{file} at {place}: the hours {value} are below 0",
    ),
    "bad-weight": (
        "{file} ที่ {place}: น้ำหนัก {value} ต้องอยู่ระหว่าง 1 ถึง 100",
        "{file} at {place}: the weight {value} is not between 1 and 100",
    ),
    "criterion-without-element": (
        "{file} ที่ {place}: เกณฑ์ {value} ต้องระบุหน่วยย่อยด้วย",
        "{file} at {place}: the criterion {value} needs its element",
    ),
    "duplicate-part": (
        "{file} ที่ {place}: หัวข้อ {value} ซ้ำในหลักสูตรเดียวกัน",
        "{file} at {place}: the part {value} stands twice in one course",
    ),
    "part-not-in-course": (
        "หลักสูตร {file} ที่ {place}: ไม่มีหัวข้อ {value} ในหลักสูตร",
        "Course {file} at {place}: the course has no part {value}",
    ),
    "place-not-in-unit": (
        "หลักสูตร {file} ที่ {place}: ไม่มีหน่วยย่อยหรือเกณฑ์ {value} ในหน่วยสมรรถนะ {unit}",
        "Course {file} at {place}: the unit {unit} has no element or criterion {value}",
    ),
    "course-without-name": (
        "{file} ที่ {place}: หลักสูตร {value} ไม่มีชื่อทั้งไทยและอังกฤษ",
        "{file} at {place}: the course {value} has neither a Thai nor an English name",
    ),
    "empty-term": (
        "{file} ที่ {place}: คำในตารางคำศัพท์ว่าง {value}",
        "{file} at {place}: a term has no words {value}",
    ),
}
