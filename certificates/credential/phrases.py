"""The fixed Thai and English words inside a credential.

Words that were ever issued stay: the credential is read back by comparing it with these, so a
changed word makes older credentials unreadable. A new wording is a new entry beside the old one.
"""

from typing import Final

from certificates.credential.snapshot import Basis, CertificateKind

KIND_NAME: Final = {
    CertificateKind.UNIT: "หนังสือรับรองสมรรถนะ",
    CertificateKind.COURSE: "ใบรับรองการสำเร็จหลักสูตร",
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
