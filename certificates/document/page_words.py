"""Every fixed Thai and English word on a page, as (Thai, English) pairs."""

from typing import Final

from certificates.credential.snapshot import Attendance, Basis, CertificateKind

KIND: Final = {
    CertificateKind.UNIT: ("หนังสือรับรองสมรรถนะ", "Certificate of Competency"),
    CertificateKind.COURSE: ("ใบรับรองการสำเร็จหลักสูตร", "Certificate of Course Completion"),
    CertificateKind.QUALIFICATION: (
        "ประกาศนียบัตรคุณวุฒิวิชาชีพ",
        "Certificate of Professional Qualification",
    ),
    CertificateKind.HONOUR: (
        "ประกาศเกียรติคุณผู้ทรงคุณค่าในวิชาชีพ",
        "Honorary Award for Mastery of a Trade",
    ),
    CertificateKind.RECORD: ("ใบแสดงผลการฝึกอบรม", "Training Record"),
    CertificateKind.PORTFOLIO: ("แฟ้มสะสมสมรรถนะ", "Competency Portfolio"),
}
OPENING: Final = ("ให้ไว้เพื่อแสดงว่า", "This is to certify that")

UNIT_BASIS: Final = {
    Basis.TRAINING: (
        "ผ่านการฝึกอบรมตามหน่วยสมรรถนะ",
        "has completed training on the unit of competency (training, not an assessment)",
    ),
    Basis.ASSESSMENT: (
        "ผ่านการประเมินสมรรถนะตามหน่วยสมรรถนะ",
        "has been assessed as competent in the unit of competency",
    ),
    Basis.PRIOR_LEARNING: (
        "ผ่านการเทียบโอนความรู้และประสบการณ์ตามหน่วยสมรรถนะ",
        "has been recognised, on prior learning and experience, in the unit of competency",
    ),
    Basis.OUTSIDE: (
        "ผ่านการเทียบโอนจากใบรับรองของหน่วยงานอื่นตามหน่วยสมรรถนะ",
        "has been recognised, on a certificate of another body, in the unit of competency",
    ),
}
COURSE_BASIS: Final = {
    Basis.TRAINING: (
        "สำเร็จการฝึกอบรมหลักสูตร",
        "has completed the training course (training, not an assessment)",
    ),
    Basis.ASSESSMENT: (
        "สำเร็จหลักสูตรและผ่านการประเมินสมรรถนะ",
        "has completed the course and been assessed as competent",
    ),
    Basis.PRIOR_LEARNING: (
        "สำเร็จหลักสูตรโดยการเทียบโอนความรู้และประสบการณ์",
        "has completed the course by recognition of prior learning",
    ),
    Basis.OUTSIDE: (
        "สำเร็จหลักสูตรโดยการเทียบโอนจากใบรับรองของหน่วยงานอื่น",
        "has completed the course on a certificate of another body",
    ),
}

UNIT_CODE: Final = ("รหัสหน่วยสมรรถนะ", "Unit code")
COURSE_CODE: Final = ("รหัสหลักสูตร", "Course code")
OCCUPATION: Final = ("อาชีพ", "Occupation")
LEVEL: Final = ("ระดับ", "Level")
STANDARD: Final = ("มาตรฐานและฉบับ", "Standard and edition")
HOURS: Final = ("ระยะเวลา", "Duration")
HOURS_VALUE: Final = "{hours} ชั่วโมง / hours"
UNITS_PASSED: Final = (
    "หน่วยสมรรถนะที่ผ่านในหลักสูตรนี้ {count} หน่วย",
    "{count} units of competency passed in this course",
)
MORE_UNITS: Final = ("และอีก {count} หน่วย", "and {count} more")

SCHOOL: Final = ("สถานศึกษา", "School")
SCHOOL_OF: Final = {CertificateKind.PORTFOLIO: ("ผู้จัดทำ", "Compiled by")}
"""What the place of the school is called on papers that are of no one school."""
PASSED_ON: Final = ("วันที่ผ่าน", "Passed on")
DAY_OF: Final = {
    CertificateKind.QUALIFICATION: ("วันที่ครบ", "Completed"),
    CertificateKind.HONOUR: ("วันที่มีมติ", "Decided on"),
    CertificateKind.RECORD: ("ผลถึงวันที่", "Results to"),
    CertificateKind.PORTFOLIO: ("ผลถึงวันที่", "Results to"),
}
"""What the day of the pass is called on papers that rest on more or other than one pass."""
ISSUED_ON: Final = ("วันที่ออก", "Issued on")
VALID_UNTIL: Final = ("ใช้ได้ถึง", "Valid until")
SERIAL: Final = ("เลขที่", "Serial no.")

SIGNATORY: Final = ("ผู้มีอำนาจลงนาม", "Authorised signatory")
EMBLEM_ALT: Final = "ตราสัญลักษณ์ {name}"
SIGNATURE_ALT: Final = "ลายมือชื่อ {thai} / Signature of {english}"
SIGNED_DIGITALLY: Final = (
    "ไฟล์ต้นฉบับลงลายมือชื่อดิจิทัล",
    "The original file carries a digital signature",
)
CHECK: Final = ("ตรวจสอบใบรับรอง", "Check this certificate")
CHECK_HOW: Final = ("สแกน หรือกรอกรหัสที่", "Scan, or enter the code at")
QR_ALT: Final = "คิวอาร์โค้ดไปยังหน้าตรวจสอบ / QR code of the check page: {url}"

DEMONSTRATION: Final = (
    "เอกสารสาธิต ออกด้วยกุญแจทดสอบ",
    "Demonstration document, issued with test keys",
)
MADE_UP: Final = ("หน่วยสมรรถนะสมมติ", "Made-up unit of competency")

QUALIFICATION_DONE: Final = (
    "สะสมหน่วยสมรรถนะครบถ้วนตามคุณวุฒิวิชาชีพ",
    "has banked every unit of competency that the professional qualification asks for",
)
QUALIFICATION_CODE: Final = ("รหัสคุณวุฒิ", "Qualification code")
RESTS_ON: Final = (
    "อาศัยหน่วยสมรรถนะที่สะสมแล้ว {count} หน่วย",
    "Rests on {count} units of competency banked",
)

HONOUR_OPENING: Final = (
    "ขอมอบประกาศเกียรติคุณฉบับนี้เพื่อเชิดชู",
    "This award is made in honour of",
)
HONOUR_AS: Final = ("ในฐานะ", "as")
FIELD: Final = ("สาขา", "Field")
PROPOSED_BY: Final = ("ผู้เสนอ", "Proposed by")
AGREED_BY: Final = ("ผู้เห็นชอบ", "Agreed by")

ATTENDED: Final = ("เข้ารับการฝึกอบรมหลักสูตร", "has attended the training course")
ATTENDANCE: Final = ("สถานะ", "Standing")
ATTENDANCES: Final = {
    Attendance.WITHDRAWN: "ออกก่อนจบ / left early",
    Attendance.UNDER_WAY: "กำลังฝึกอบรม / under way",
}
PASSED_OF: Final = ("ผ่านแล้ว {count} หน่วย", "{count} passed")
LEFT_OF: Final = ("ยังเหลือ {count} หน่วย", "{count} left")
NOTHING_PASSED: Final = ("ยังไม่มีหน่วยที่ผ่าน", "No unit passed yet")

PORTFOLIO_OPENING: Final = ("แฟ้มสะสมสมรรถนะของ", "Competencies banked by")
PARTIAL: Final = ("แสดงบางส่วน", "A part, picked by its holder")
WHOLE: Final = ("แสดงทั้งหมด ณ วันที่ออก", "Complete on the day of issue")
COUNT_UNITS: Final = ("หน่วยสมรรถนะ", "Units")
COUNT_QUALIFICATIONS: Final = ("คุณวุฒิที่ครบแล้ว", "Qualifications complete")
COUNT_WAYS: Final = ("เส้นทางที่เดินอยู่", "Pathways begun")
COUNT_SCHOOLS: Final = ("สถานศึกษา", "Schools")
COUNT_EVIDENCE: Final = ("หลักฐาน", "Pieces of evidence")
PAGE_OF: Final = ("หน้า {page} จาก {pages}", "Page {page} of {pages}")
UNITS_HELD: Final = ("หน่วยสมรรถนะที่สะสม", "Units of competency")
PATHWAYS: Final = ("เส้นทางสู่คุณวุฒิ", "Pathways to qualifications")
PATHWAY_DONE: Final = ("ครบแล้ว", "complete")
PATHWAY_LEFT: Final = ("มี {held} ขาด {missing} หน่วย", "{held} held, {missing} to go")
EVIDENCE: Final = ("หลักฐาน", "Evidence")
EVIDENCE_NOTE: Final = (
    "ค่าย่อยนี้อยู่ในข้อมูลที่ลงลายมือชื่อ แฟ้มที่แก้ไขแม้บิตเดียวจะได้ค่าอื่น",
    "These digests are signed; a file changed by one bit gives another.",
)
VERIFYING: Final = ("การตรวจสอบแฟ้มนี้", "Checking this portfolio")
VERIFYING_STEPS: Final = (
    (
        "เปิดหน้าตรวจสอบด้วยคิวอาร์โค้ดหรือรหัสด้านขวา แล้วส่งแฟ้ม PDF นี้เข้าไป",
        "Open the check page by the code on the right and hand in this PDF file.",
    ),
    (
        "แฟ้มต้นฉบับลงลายมือชื่อดิจิทัลทั้งฉบับ การแก้ไขใด ๆ ทำให้ลายมือชื่อไม่ถูกต้อง",
        "The whole original file is signed; any change breaks the signature.",
    ),
    (
        "ใบรับรองทุกฉบับในแฟ้มมีลายมือชื่อของตนเองและตรวจสอบแยกกันได้",
        "Each certificate inside keeps its own signature and can be checked alone.",
    ),
    (
        "ฉบับพิมพ์เป็นเพียงสำเนา ให้ตรวจกับแฟ้มหรือหน้าตรวจสอบเสมอ",
        "A print is a copy only: check the file or the check page.",
    ),
)
PAPERS_INSIDE: Final = ("ใบรับรองที่แนบอยู่ภายใน", "Certificates inside")
COLUMN_CODE: Final = ("รหัส", "Code")
COLUMN_UNIT: Final = ("หน่วยสมรรถนะ", "Unit of competency")
COLUMN_BASIS: Final = ("ฐานของผล", "Basis")
COLUMN_PASSED: Final = ("วันที่ผ่าน", "Passed on")
COLUMN_SCHOOL: Final = ("สถานศึกษา", "School")
COLUMN_SERIAL: Final = ("เลขที่ใบรับรอง", "Serial no.")
COLUMN_FILE: Final = ("แฟ้ม", "File")
COLUMN_TYPE: Final = ("ชนิด", "Type")
COLUMN_DIGEST: Final = ("ค่าย่อย", "SHA-256")
BASIS_SHORT: Final = {
    Basis.TRAINING: "ฝึกอบรม",
    Basis.ASSESSMENT: "ประเมิน",
    Basis.PRIOR_LEARNING: "เทียบโอนประสบการณ์",
    Basis.OUTSIDE: "เทียบโอนใบรับรอง",
}
BAR_ALT: Final = "มี {held} จาก {whole} หน่วย / {held} of {whole} units"

SHEET: Final = ("แผ่นตรวจสอบ", "Verification sheet")
ISSUED_TO: Final = ("ออกให้แก่", "Issued to")
IN_WHAT: Final = ("รับรองว่าด้วย", "Certifies")
CODE: Final = ("รหัส", "Code")
ONLINE: Final = ("ตรวจสอบออนไลน์", "Online")
ONLINE_STEPS: Final = (
    (
        "1. สแกนคิวอาร์โค้ดบนหน้าแรก หรือเปิด {address} แล้วกรอกรหัสนี้",
        "Scan the code on the first page, or open {address} and enter this code",
    ),
)
OFFLINE: Final = ("ตรวจสอบโดยไม่ใช้เครือข่าย", "Without a network")
OFFLINE_STEPS: Final = (
    (
        "1. เปิดโปรแกรมตรวจสอบที่เก็บไว้ในเครื่อง พร้อมบัญชีความเชื่อถือ (trust.json)",
        "Open the checking program kept on your device, with the trust list (trust.json)",
    ),
    (
        "2. สแกนคิวอาร์โค้ดใหญ่จากกระดาษ ภาพถ่าย หรือภาพสแกน",
        "Scan the large code from the paper, a photo or a scan of it",
    ),
    (
        "3. เทียบชื่อ เรื่องที่รับรอง และวันที่ กับที่แสดง ทุกอย่างต้องตรงกัน",
        "Compare name, title and dates with what is shown: all must agree",
    ),
)
REVOKED_LATER: Final = (
    "การเพิกถอนภายหลังเห็นได้เมื่อตรวจสอบออนไลน์ หรือด้วยบัญชีสถานะที่ไม่เก่าเกินกำหนด",
    "A later revocation shows online, or with a status list that is not too old",
)
SIGNED_CODE: Final = ("ข้อความลงลายมือชื่อดิจิทัล", "Digitally signed statement")
SIGNED_CODE_HOLDS: Final = (
    ("ชื่อ เรื่องที่รับรอง วันที่ และลำดับสถานะ", "Name, title, dates and place in the status list,"),
    ("อ่านและตรวจได้โดยไม่ใช้เครือข่าย", "read and checked with no network"),
)
SIGNED_CODE_ALT: Final = "คิวอาร์โค้ดของข้อความลงลายมือชื่อ / QR code of the signed statement"
