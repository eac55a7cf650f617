"""Every fixed Thai and English word on a page, as (Thai, English) pairs."""

from typing import Final

from certificates.credential.snapshot import Basis, CertificateKind

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
PASSED_ON: Final = ("วันที่ผ่าน", "Passed on")
ISSUED_ON: Final = ("วันที่ออก", "Issued on")
VALID_UNTIL: Final = ("ใช้ได้ถึง", "Valid until")
SERIAL: Final = ("เลขที่", "Serial no.")

SIGNATORY: Final = ("ผู้มีอำนาจลงนาม", "Authorised signatory")
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
