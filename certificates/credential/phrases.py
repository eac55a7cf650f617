"""The fixed Thai and English words inside a credential.

Words that were ever issued stay: the credential is read back by comparing it with these, so a
changed word makes older credentials unreadable. A new wording is a new entry beside the old one.
"""

from typing import Final

from certificates.credential.snapshot import Basis, CertificateKind

KIND_NAME: Final = {
    CertificateKind.UNIT: "หนังสือรับรองสมรรถนะ",
    CertificateKind.COURSE: "ใบรับรองการสำเร็จหลักสูตร",
    CertificateKind.QUALIFICATION: "ประกาศนียบัตรคุณวุฒิวิชาชีพ",
    CertificateKind.HONOUR: "ประกาศเกียรติคุณผู้ทรงคุณค่าในวิชาชีพ",
    CertificateKind.RECORD: "ใบแสดงผลการฝึกอบรม",
    CertificateKind.PORTFOLIO: "แฟ้มสะสมสมรรถนะ",
}

BASIS_SENTENCE: Final = {
    Basis.TRAINING: (
        "ผ่านการฝึกอบรมตามหน่วยสมรรถนะ (การฝึกอบรมไม่ใช่การประเมินสมรรถนะ) / "
        "Completed training on the unit of competency; training is not an assessment."
    ),
    Basis.ASSESSMENT: ("ผ่านการประเมินสมรรถนะ / Passed an assessment of the unit of competency."),
    Basis.PRIOR_LEARNING: (
        "ผ่านการเทียบโอนความรู้และประสบการณ์ / Passed by recognition of prior learning."
    ),
    Basis.OUTSIDE: (
        "ผ่านการเทียบโอนจากใบรับรองของหน่วยงานอื่น / "
        "Passed on the strength of a certificate of another body."
    ),
}

DEMONSTRATION: Final = (
    "เอกสารสาธิต ออกด้วยกุญแจทดสอบ ไม่มีผลใช้จริง / "
    "Demonstration document, issued with test keys; of no effect."
)

MADE_UP: Final = "หน่วยสมรรถนะสมมติ / Made-up unit of competency"
LABEL_TITLE_EN: Final = "Title in English: "
LABEL_OCCUPATION: Final = "อาชีพ / Occupation: "
LABEL_LEVEL: Final = "ระดับ / Level: "
LABEL_HOURS: Final = "ชั่วโมง / Hours: "
COURSE: Final = "หลักสูตร / Course"
UNIT: Final = "หน่วยสมรรถนะ / Unit of competency"
CHECK_PAGE: Final = "หน้าตรวจสอบใบรับรอง / Check page of this certificate"

HONOUR_SENTENCE: Final = (
    "มอบเพื่อเชิดชูเกียรติ ไม่ใช่การรับรองหน่วยสมรรถนะ / "
    "Awarded in honour; it certifies no unit of competency."
)
RECORD_SENTENCE: Final = (
    "หลักสูตรยังไม่สำเร็จ หน่วยที่ผ่านแล้วยังคงอยู่ / The course is not completed; the units passed stay."
)
PORTFOLIO_SENTENCE: Final = (
    "รวบรวมจากทะเบียนสมรรถนะ ณ วันที่ออก / "
    "Compiled from the record of competencies on the day of issue."
)
PATHWAY_SENTENCE: Final = (
    "ความก้าวหน้าสู่คุณวุฒิ ไม่ใช่การได้รับคุณวุฒิ / Progress towards the qualification, not its award."
)
LABEL_REPLACES: Final = "ออกแทนเลขที่ / In place of serial: "
LABEL_PAGE: Final = "หน้าข้อมูล / Page: "
LABEL_OWNER: Final = "เจ้าของมาตรฐาน / Owner of the standard: "
LABEL_ELEMENT: Final = "หน่วยสมรรถนะย่อย / Element: "
LABEL_SERIAL: Final = "เลขที่ / Serial: "
LABEL_BASIS: Final = "ฐานของผล / Basis: "
LABEL_PASSED: Final = "วันที่ผ่าน / Passed on: "
LABEL_SCHOOL: Final = "สถานศึกษา / School: "
LABEL_MISSING: Final = "หน่วยที่ยังขาด / Units still needed: "
QUALIFICATION: Final = "คุณวุฒิวิชาชีพ / Professional qualification"
HONOUR: Final = "เกียรติคุณ / Honour"
RESULT: Final = "ผลการฝึกอบรมหรือประเมิน / Result"
PASSED: Final = "ผ่าน / Passed"
NOT_YET: Final = "ยังไม่ผ่าน / Not yet passed"
AWARDED_BY: Final = "awarded-by"
"""Genre of the evidence that names a person who awards an honour."""
FILE: Final = "file"
"""Genre of the evidence that is a file."""
