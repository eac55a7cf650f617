"""What a check found, in Thai and in English: one sentence for each code, without jargon.

Codes are stable and for programs; sentences are for people and may be bettered. A test collects
every code that a check can raise and fails if one has no sentence here.
"""

from dataclasses import dataclass
from typing import Final

from certificates.elsewhere_sentences import ELSEWHERE
from certificates.seal_sentences import SEALS


@dataclass(frozen=True, slots=True)
class Sentence:
    """The same in both languages."""

    th: str
    en: str


DONE: Final[dict[str, Sentence]] = {
    "format": Sentence("ไฟล์เป็นชนิดที่ตรวจได้", "The file is of a kind that can be checked."),
    "coverage": Sentence("มีลายเซ็นเดียวและครอบคลุมทั้งไฟล์", "One signature covers the whole file."),
    "seal": Sentence("ไฟล์ไม่ถูกแก้ไขหลังลงนาม", "The file is unchanged since it was signed."),
    "time-stamp": Sentence(
        "เวลาลงนามมีตราประทับเวลาที่เชื่อถือยืนยัน", "A trusted time stamp confirms when it was signed."
    ),
    "signer": Sentence("ผู้ลงนามอยู่ในบัญชีผู้ออกที่เชื่อถือ", "The signer is on the list of trusted issuers."),
    "legal-class": Sentence(
        "ทราบประเภทของลายมือชื่อตามกฎหมาย", "The kind of signature under the law is known."
    ),
    "credential": Sentence("ข้อมูลใบรับรองลงนามถูกต้อง", "The certificate's data are signed correctly."),
    "agreement": Sentence("หน้าเอกสารกับข้อมูลตรงกัน", "The page and the data agree."),
    "mandate": Sentence("ผู้ออกมีอำนาจรับรองสมรรถนะนี้", "The issuer may certify this competency."),
    "log": Sentence("มีรายการในบันทึกสาธารณะ", "The certificate stands in the public record."),
    "status": Sentence("ใบรับรองไม่ถูกยกเลิก", "The certificate has not been revoked."),
    "dates": Sentence("ใบรับรองอยู่ในช่วงที่ใช้ได้", "The certificate is within its dates."),
}
"""What a step proved, by step."""

FOUND: Final[dict[str, Sentence]] = {
    **{code: Sentence(*said) for code, said in (SEALS | ELSEWHERE).items()},
    # The file
    "empty": Sentence("ไฟล์ว่างเปล่า", "The file is empty."),
    "too-large": Sentence("ไฟล์ใหญ่เกิน 10 เมกะไบต์", "The file is larger than 10 MB."),
    "format-unknown": Sentence("ไม่ใช่ชนิดไฟล์ที่ตรวจได้", "This is no kind of file that can be checked."),
    "file-unreadable": Sentence("เปิดไฟล์ไม่ได้", "The file cannot be opened."),
    "check-limits": Sentence(
        "ตรวจไฟล์นี้ไม่สำเร็จภายในเวลาและหน่วยความจำที่กำหนด",
        "Checking this file took more time or memory than is allowed.",
    ),
    "check-busy": Sentence(
        "ระบบตรวจไม่ว่าง โปรดลองอีกครั้ง", "Too many files are being checked; try again."
    ),
    "internal": Sentence("โปรแกรมตรวจไฟล์นี้ไม่สำเร็จ", "The program could not check this file."),
    "not-reached": Sentence("ยังไม่ได้ตรวจขั้นนี้", "This step was not reached."),
    "picture-damaged": Sentence("ไฟล์ภาพเสียหายหรือถูกแก้ไข", "The picture is damaged or was changed."),
    "picture-several": Sentence(
        "ภาพมีข้อมูลใบรับรองมากกว่าหนึ่งชุด", "The picture carries more than one certificate."
    ),
    "picture-empty": Sentence("ภาพนี้ไม่มีข้อมูลใบรับรอง", "The picture carries no certificate."),
    "picture-unreadable": Sentence(
        "ภาพเป็นแบบที่โปรแกรมนี้ไม่อ่าน", "The picture has a form this program does not read."
    ),
    "picture-text": Sentence("อ่านข้อมูลในภาพไม่ได้", "The data in the picture cannot be read."),
    # The data
    "attachments": Sentence("ข้อมูลแนบไม่ครบหรือเกิน", "The attached data are missing or too many."),
    "attachments-too-many": Sentence("มีไฟล์แนบมากเกินไป", "Too many files are attached."),
    "attachment-too-large": Sentence("ไฟล์แนบใหญ่เกินไป", "An attached file is too large."),
    "attachment-unreadable": Sentence("อ่านข้อมูลแนบไม่ได้", "The attached data cannot be read."),
    "pdf-unreadable": Sentence("อ่านเอกสารไม่ได้", "The document cannot be read."),
    "page-differs": Sentence(
        "หน้าเอกสารเป็นของใบรับรองอื่น", "The page is that of another certificate."
    ),
    "paper-token-text": Sentence(
        "ข้อความในคิวอาร์โค้ดไม่ใช่ข้อมูลใบรับรองแบบกระดาษ",
        "The text of the code is no signed statement of a paper.",
    ),
    "paper-token-cbor": Sentence(
        "ข้อมูลในคิวอาร์โค้ดผิดรูปแบบ", "The data in the code have the wrong shape."
    ),
    "paper-token-form": Sentence(
        "ข้อมูลในคิวอาร์โค้ดไม่ครบหรือเกินกว่าที่กำหนด",
        "The data in the code are not exactly what they must be.",
    ),
    "token-too-long": Sentence("ข้อมูลใบรับรองยาวเกินไป", "The certificate's data are too long."),
    "token-shape": Sentence("ข้อมูลใบรับรองผิดรูปแบบ", "The certificate's data have the wrong shape."),
    "token-encoding": Sentence(
        "ข้อมูลใบรับรองเขียนผิดแบบ", "The certificate's data are written wrongly."
    ),
    "token-json": Sentence("ข้อมูลใบรับรองอ่านไม่ได้", "The certificate's data cannot be read."),
    "token-header": Sentence("ส่วนหัวของข้อมูลผิดแบบ", "The head of the data is not as it must be."),
    "token-algorithm": Sentence(
        "วิธีลงนามข้อมูลไม่เป็นที่ยอมรับ", "The way the data are signed is not accepted."
    ),
    "token-key": Sentence("ข้อมูลลงนามด้วยกุญแจอื่น", "The data name another key."),
    "token-key-unknown": Sentence("ไม่รู้จักกุญแจที่ลงนามข้อมูล", "The key of the data is not known."),
    "token-issuer": Sentence("กุญแจนี้เป็นของผู้ออกอื่น", "This key belongs to another issuer."),
    "token-window": Sentence(
        "ออกข้อมูลนอกช่วงที่กุญแจใช้ได้", "The data were issued when the key was not in force."
    ),
    "issuer-forged": Sentence(
        "ใช้ชื่อผู้ออกที่เชื่อถือ แต่ไม่ใช่กุญแจของผู้นั้น",
        "It bears a trusted issuer's name, but not that issuer's key.",
    ),
    "issuer-unknown": Sentence(
        "ไม่รู้จักผู้ออกใบรับรองนี้", "The issuer is not on the list of trusted issuers."
    ),
    "issuer-differs": Sentence(
        "ผู้ลงนามหน้าเอกสารกับผู้ออกข้อมูลไม่ตรงกัน",
        "The page and the data are of different issuers.",
    ),
    "claims-differ": Sentence(
        "ข้อมูลใบรับรองขัดกันเอง", "The certificate's data contradict themselves."
    ),
    "proof-missing": Sentence("ข้อมูลใบรับรองไม่มีลายเซ็น", "The certificate's data are not signed."),
    "proof-several": Sentence(
        "ข้อมูลมีลายเซ็นมากกว่าหนึ่ง จึงตัดสินไม่ได้",
        "The data have several signatures; which of them counts is not clear.",
    ),
    "proof-form": Sentence("ลายเซ็นของข้อมูลผิดรูปแบบ", "The signature of the data has the wrong form."),
    "proof-purpose": Sentence("ลายเซ็นนี้ทำไว้เพื่อการอื่น", "The signature was made for another purpose."),
    "proof-suite": Sentence(
        "ข้อมูลลงนามด้วยวิธีที่โปรแกรมนี้ไม่รู้จัก",
        "The data are signed in a way this program does not know.",
    ),
    "proof-key-unknown": Sentence("ไม่รู้จักกุญแจที่ลงนามข้อมูล", "The key of the data is not known."),
    "proof-issuer": Sentence("กุญแจนี้เป็นของผู้ออกอื่น", "This key belongs to another issuer."),
    "proof-window": Sentence(
        "ลงนามข้อมูลนอกช่วงที่กุญแจใช้ได้", "The data were signed when the key was not in force."
    ),
    "context-unknown": Sentence(
        "ข้อมูลใช้คำนิยามที่โปรแกรมนี้ไม่มี", "The data use definitions this program does not have."
    ),
    "graph-tangled": Sentence("ข้อมูลซับซ้อนผิดปกติ", "The data are unusually tangled."),
    "term-undefined": Sentence(
        "มีข้อมูลที่ลายเซ็นไม่ครอบคลุม", "It shows data that the signature does not cover."
    ),
    "value-unsigned": Sentence(
        "มีค่าว่างหรือค่ากำกวมที่ลายเซ็นไม่ครอบคลุม",
        "It shows empty or doubtful values that the signature does not cover.",
    ),
    "credential-malformed": Sentence("ข้อมูลใบรับรองไม่ครบ", "The certificate's data are incomplete."),
    "credential-form": Sentence(
        "ข้อมูลใบรับรองเป็นแบบที่โปรแกรมนี้ไม่รู้จัก",
        "The certificate's data have a form this program does not know.",
    ),
    "mandate": Sentence(
        "ผู้ออกไม่มีอำนาจรับรองสมรรถนะนี้ในเวลานั้น",
        "The issuer had no mandate for this competency at that time.",
    ),
    "school-mandate": Sentence(
        "โรงเรียนที่ระบุไม่มีอำนาจสำหรับสมรรถนะนี้ในเวลานั้น",
        "The school had no mandate for this competency at that time.",
    ),
    "log-proof-absent": Sentence(
        "ใบรับรองนี้ไม่มีหลักฐานจากบันทึกสาธารณะ",
        "The certificate carries no proof from the public record.",
    ),
    "log-proof-malformed": Sentence(
        "หลักฐานจากบันทึกสาธารณะผิดรูปแบบ",
        "The proof from the public record has the wrong form.",
    ),
    "log-proof-checkpoint": Sentence(
        "หลักฐานไม่ได้ลงนามโดยบันทึกสาธารณะที่เชื่อถือ",
        "The proof is not signed by the trusted public record.",
    ),
    "log-proof-path": Sentence(
        "บันทึกสาธารณะไม่มีรายการนี้ตามหลักฐาน",
        "The public record does not hold this entry as the proof says.",
    ),
    # What a wallet shows
    "disclosure": Sentence(
        "ส่วนที่เปิดเผยไม่ตรงกับที่ผู้ออกลงนาม", "What is disclosed does not match what was signed."
    ),
    "holder-key": Sentence("กุญแจของผู้ถือใช้ไม่ได้", "The holder's key cannot be used."),
    "holder-proof": Sentence(
        "ผู้แสดงพิสูจน์ไม่ได้ว่าเป็นผู้ถือใบรับรอง",
        "Whoever shows it did not prove to be its holder.",
    ),
    "holder-not-asked": Sentence(
        "ไม่ได้ตรวจว่าผู้ส่งไฟล์เป็นผู้ถือใบรับรอง", "Whether the sender is its holder was not asked."
    ),
    "undisclosed": Sentence(
        "ผู้ถือไม่ได้แสดงรหัสหน่วย จึงตรวจข้อนี้ไม่ได้",
        "The unit's code was kept back, so this was not checked.",
    ),
    "log-unknown": Sentence(
        "หลักฐานมาจากบันทึกที่ไม่อยู่ในบัญชีที่เชื่อถือ",
        "The proof is of a public record that is not on the trust list.",
    ),
    "log-proof-differs": Sentence(
        "หลักฐานจากบันทึกสาธารณะเป็นของใบรับรองอื่น",
        "The proof from the public record is of another certificate.",
    ),
    # Whether it still holds
    "replaced": Sentence("มีฉบับใหม่ใช้แทนแล้ว", "Another certificate has taken its place."),
    "revoked": Sentence("ใบรับรองถูกยกเลิกแล้ว", "The certificate has been revoked."),
    "suspended": Sentence(
        "ใบรับรองถูกระงับไว้ชั่วคราว", "The certificate was suspended for the time being."
    ),
    "expired": Sentence("ใบรับรองหมดอายุแล้ว", "The certificate has expired."),
    "not-yet-valid": Sentence(
        "ยังไม่ถึงวันออกใบรับรอง", "The certificate was not issued yet at this date."
    ),
    "status-missing": Sentence(
        "ไม่มีรายการยกเลิกของผู้ออก", "The issuer's list of revocations is missing."
    ),
    "status-stale": Sentence(
        "รายการยกเลิกเก่าเกินไป โปรดขอบัญชีผู้ออกใหม่",
        "The list of revocations is too old; get a newer trust file.",
    ),
    "status-not-yet": Sentence(
        "ใบรับรองถูกยกเลิกภายหลัง ไม่ทราบสถานะในวันนั้น",
        "It was revoked later; its state at that date is not known.",
    ),
    "status-unreadable": Sentence("อ่านรายการยกเลิกไม่ได้", "The list of revocations cannot be read."),
    "status-purpose": Sentence("รายการที่ได้ไม่ใช่รายการยกเลิก", "The list is not one of revocations."),
    "status-list-alone": Sentence(
        "ไฟล์นี้เป็นรายการยกเลิก ไม่ใช่ใบรับรอง", "This is a list of revocations, not a certificate."
    ),
    "status-length": Sentence(
        "รายการยกเลิกสั้นหรือยาวผิดปกติ", "The list of revocations is too short or too long."
    ),
    "status-index-range": Sentence(
        "รายการยกเลิกไม่มีหมายเลขของใบรับรองนี้",
        "The list of revocations has no place for this certificate.",
    ),
    # The trust file
    "trust-list-missing": Sentence("ไม่มีบัญชีผู้ออกที่เชื่อถือ", "There is no list of trusted issuers."),
    "trust-list-unreadable": Sentence(
        "เปิดบัญชีผู้ออกที่เชื่อถือไม่ได้", "The list of trusted issuers cannot be opened."
    ),
    "trust-list-malformed": Sentence(
        "บัญชีผู้ออกที่เชื่อถือผิดรูปแบบ", "The list of trusted issuers has the wrong form."
    ),
    "trust-list-root": Sentence(
        "บัญชีผู้ออกไม่ได้มาจากหน่วยงานที่ระบุ",
        "The list of trusted issuers is not of the body that was asked for.",
    ),
    "trust-list-signature": Sentence(
        "ลายเซ็นของบัญชีผู้ออกไม่ถูกต้อง จึงไม่ใช้",
        "The list of trusted issuers is wrongly signed, and so not used.",
    ),
    "trust-list-certificates": Sentence(
        "ข้อมูลผู้ออกในบัญชีขัดกันเอง", "The list of trusted issuers contradicts itself on issuers."
    ),
    "trust-list-time-stampers": Sentence(
        "ข้อมูลผู้ประทับเวลาในบัญชีผู้ออกผิด",
        "The list of trusted issuers is wrong about time-stamping authorities.",
    ),
    "trust-list-keys": Sentence(
        "ข้อมูลกุญแจในบัญชีผู้ออกผิด", "The list of trusted issuers is wrong about keys."
    ),
    "trust-list-status": Sentence(
        "รายการยกเลิกในบัญชีผู้ออกผิด", "The trust file holds a wrong list of revocations."
    ),
    "trust-list-checkpoint": Sentence(
        "หลักฐานบันทึกสาธารณะในบัญชีผู้ออกผิด",
        "The trust file holds a wrong proof of the public record.",
    ),
}
"""What stopped a check, or why a step was left out, by code."""


def sentence(step: str, code: str) -> Sentence:
    """Return the sentence for a step that ended with ``code``."""
    return DONE[step] if code == "proved" else FOUND[code]
