"""Why a certificate was not issued, in Thai and in English.

What a check found is said by ``check_sentences``; this is for those who issue.
"""

from typing import Final

from certificates.check_sentences import FOUND, Sentence
from certificates.errors import (
    AlreadySealed,
    CannotSay,
    CannotSet,
    CertificateError,
    CheckStopped,
    KeyUnusable,
    MarkUnusable,
    ProofFails,
    StampMissing,
)

UNSETTABLE: Final = {
    "no-glyph": Sentence(
        "พิมพ์ {field} ไม่ได้ เพราะแบบอักษรไม่มีตัวอักษร {character}",
        "{field} cannot be set: the typeface lacks {character}",
    ),
    "unseen-character": Sentence(
        "{field} มีอักขระที่มองไม่เห็น ({character})",
        "{field} holds a hidden character ({character})",
    ),
    "misplaced-mark": Sentence(
        "{field} มีสระหรือวรรณยุกต์ผิดตำแหน่ง ({character})",
        "{field} holds a mark that no letter can carry there ({character})",
    ),
    "too-long": Sentence("{field} ยาวเกินพื้นที่บนหน้ากระดาษ", "{field} is too long for the page"),
    "empty": Sentence("{field} ว่างเปล่า", "{field} is empty"),
    "page-full": Sentence("ข้อความมากเกินพื้นที่บนหน้ากระดาษ", "The texts do not fit on the page"),
    "qr-too-dense": Sentence(
        "ที่อยู่ในคิวอาร์โค้ดยาวเกินไป", "The address in the QR code is too long to be scanned from paper"
    ),
}
"""Why a text cannot be typeset, by code."""

KEYS: Final = {
    "key-missing": Sentence("ไม่พบไฟล์กุญแจ {file}", "The key file {file} is missing"),
    "key-exposed": Sentence(
        "ผู้อื่นอ่านไฟล์กุญแจ {file} ได้ (ตั้งสิทธิ์ให้เจ้าของอ่านได้เท่านั้น)",
        "Others than the owner can read the key file {file}",
    ),
    "key-damaged": Sentence("ไฟล์กุญแจ {file} เสียหาย", "The key file {file} is damaged"),
    "key-not-renewable": Sentence(
        "กุญแจ {key} ต้องออกใหม่พร้อมใบรับรองกุญแจ", "The key {key} is renewed with its certificate"
    ),
    "keys-exist": Sentence("มีกุญแจอยู่แล้ว", "There are keys already"),
    "keys-unwritable": Sentence("เขียนไฟล์กุญแจไม่ได้", "The key files cannot be written"),
    "token-not-configured": Sentence(
        "กุญแจ {key} อยู่ในอุปกรณ์เก็บกุญแจ แต่ยังไม่ได้ตั้งค่าอุปกรณ์",
        "The key {key} lies in a token, but no token is configured",
    ),
    "token-library": Sentence(
        "ยังไม่ได้ติดตั้งส่วนเสริม pkcs11 จึงใช้อุปกรณ์เก็บกุญแจไม่ได้",
        "The extra pkcs11 is not installed, so no token can be used",
    ),
    "token-module": Sentence(
        "ไม่พบไฟล์ไลบรารี PKCS#11 {module} (ต้องระบุที่อยู่เต็ม)",
        "There is no PKCS#11 library {module} (its full path is needed)",
    ),
    "token-absent": Sentence(
        "ไม่พบอุปกรณ์เก็บกุญแจชื่อ {token}", "The token {token} is not there, or not the only one"
    ),
    "token-pin": Sentence(
        "รหัส PIN ของอุปกรณ์เก็บกุญแจ {token} ไม่ถูกต้องหรือถูกล็อก",
        "The PIN of the token {token} is wrong or locked",
    ),
    "token-key-missing": Sentence(
        "ไม่พบกุญแจ {key} ในอุปกรณ์เก็บกุญแจ {token}",
        "The key {key} is not in the token {token}, or not alone",
    ),
    "token-removed": Sentence(
        "อุปกรณ์เก็บกุญแจ {token} ถูกถอดออกระหว่างลงนาม จึงยังไม่ได้ลงนาม",
        "The token {token} was removed; nothing was signed",
    ),
    "token-failed": Sentence(
        "อุปกรณ์เก็บกุญแจ {token} ตอบว่าผิดพลาด ({error}) จึงยังไม่ได้ลงนาม",
        "The token {token} failed ({error}); nothing was signed",
    ),
}
"""Why keys cannot be used, by code."""

MARKS: Final = {
    "marks-unreadable": Sentence(
        "อ่านไฟล์ {file} ในโฟลเดอร์ issuer ไม่ได้", "The file {file} in the folder issuer cannot be read"
    ),
    "marks-unknown-file": Sentence(
        "ไม่รู้จักไฟล์ {file} ในโฟลเดอร์ issuer (ใช้ได้: {known})",
        "The folder issuer holds an unknown file {file} (it may hold: {known})",
    ),
    "picture-large": Sentence(
        "ไฟล์ภาพ {file} ใหญ่เกิน {limit} กิโลไบต์", "The picture {file} is larger than {limit} kB"
    ),
    "picture-not-png": Sentence("ไฟล์ภาพ {file} ไม่ใช่ PNG", "The picture {file} is no PNG file"),
    "picture-damaged": Sentence(
        "ไฟล์ภาพ {file} เสียหายหรือผิดรูปแบบ PNG ({place})",
        "The picture {file} is damaged or no proper PNG ({place})",
    ),
    "picture-size": Sentence(
        "ไฟล์ภาพ {file} มีขนาด {width} x {height} พิกเซล ใช้ได้ไม่เกินด้านละ {limit}",
        "The picture {file} has {width} x {height} pixels; at most {limit} a side are taken",
    ),
    "picture-depth": Sentence(
        "ไฟล์ภาพ {file} ละเอียด 16 บิตต่อสี กรุณาบันทึกใหม่เป็น 8 บิต",
        "The picture {file} has 16 bits a sample; save it with 8",
    ),
    "picture-colour-key": Sentence(
        "ไฟล์ภาพ {file} กำหนดความโปร่งใสด้วยสีเดียว กรุณาบันทึกใหม่เป็น RGBA",
        "The picture {file} has one colour for transparent; save it with an alpha channel (RGBA)",
    ),
    "picture-blank": Sentence(
        "ไฟล์ภาพ {file} โปร่งใสทั้งภาพหรือขาวทั้งภาพ",
        "The picture {file} shows nothing: all white or clear",
    ),
    "picture-heavy": Sentence(
        "ไฟล์ภาพ {file} ใช้ {needed} กิโลไบต์ในใบรับรองทุกฉบับ แต่เหลือ {left} จาก {limit} กิโลไบต์"
        " กรุณาลดจำนวนสีหรือพิกเซล",
        "The picture {file} takes {needed} kB of every certificate, and {left} of {limit} kB are"
        " left; use fewer colours or pixels",
    ),
    "signatories-form": Sentence(
        "ไฟล์ {file} ผิดรูปแบบ: {place}", "The file {file} does not have the right form: {place}"
    ),
    "signatories-many": Sentence(
        "ไฟล์ {file} ต้องมีผู้ลงนาม 1 หรือ 2 คน (พบ {count})",
        "The file {file} must name one or two signatories (it names {count})",
    ),
    "signature-of-nobody": Sentence(
        "มีไฟล์ลายมือชื่อ {file} แต่ signatories.toml ไม่ได้ระบุผู้ลงนามคนนั้น",
        "There is a signature {file}, but signatories.toml names nobody for it",
    ),
}
"""Why an issuer's own marks cannot be used, by code."""

PROOFS: Final = {
    "checkpoint-unsigned": Sentence(
        "จุดตรวจสอบไม่มีลายเซ็นของบันทึก {origin}", "The checkpoint is not signed by the log {origin}"
    ),
    "checkpoint-signature": Sentence(
        "ลายเซ็นของจุดตรวจสอบไม่ถูกต้อง", "The signature of the checkpoint does not hold"
    ),
    "checkpoint-origin": Sentence(
        "จุดตรวจสอบเป็นของบันทึกอื่น ({origin})", "The checkpoint is of another log ({origin})"
    ),
    "cosignature-wrong": Sentence(
        "ลายเซ็นของพยาน {name} ไม่ถูกต้อง", "The signature of the witness {name} does not hold"
    ),
}
"""Why a checkpoint is not accepted, by code."""

_PROOF: Final = Sentence(
    "จุดตรวจสอบหรือหลักฐานผิดรูปแบบ ({code})",
    "The checkpoint or the proof does not have the right form ({code})",
)
STAMPS: Final = {
    "stamp-not-configured": Sentence(
        "ยังไม่ได้ตั้งค่าผู้ประทับเวลา (COMPETENCY_BANK_TIME_STAMPS)",
        "No time-stamping authority is set up (COMPETENCY_BANK_TIME_STAMPS)",
    ),
    "stamp-not-genuine": Sentence(
        "ไฟล์ของใบรับรอง {serial} ไม่ตรงกับที่ออก จึงไม่เก็บถาวร",
        "The file of {serial} is not what was issued; it is not archived",
    ),
    "stamp-unreachable": Sentence(
        "ติดต่อผู้ประทับเวลาไม่ได้ จึงยังไม่ได้ลงนาม ลองอีกครั้งภายหลัง",
        "The time-stamping authority cannot be reached; nothing was sealed, try again later",
    ),
    "stamp-refused": Sentence(
        "ผู้ประทับเวลาปฏิเสธ (สถานะ {status}) จึงยังไม่ได้ลงนาม",
        "The time-stamping authority refused (status {status}); nothing was sealed",
    ),
    "stamp-unusable": Sentence(
        "คำตอบของผู้ประทับเวลาใช้ไม่ได้ ({reason}) จึงยังไม่ได้ลงนาม",
        "The answer of the time-stamping authority is unusable ({reason}); nothing was sealed",
    ),
}
"""Why a time stamp was not had, by code."""

_SAY: Final = Sentence(
    "ข้อมูลของใบรับรองไม่ครบหรือขัดกัน ({code}) จึงยังไม่ได้ลงนาม",
    "The certificate is incomplete or contradicts itself ({code}); nothing was signed",
)
_SPENT: Final = Sentence("ใบรับรองนี้ลงนามแล้ว", "This certificate was sealed already")


class _Values(dict[str, object]):
    """Values of an error; one that is absent is shown as a dash rather than failing."""

    def __missing__(self, key: str) -> str:
        return "-"


def sentence_for(error: CertificateError) -> Sentence:
    """Return what to tell people about any error of this package."""
    found = _template(error)
    values = _Values({**error.values, "code": error.code})
    return Sentence(found.th.format_map(values), found.en.format_map(values))


def _template(error: CertificateError) -> Sentence:
    match error:
        case CannotSet():
            return UNSETTABLE.get(error.code, _SAY)
        case KeyUnusable() | StampMissing() | MarkUnusable():
            return (KEYS | STAMPS | MARKS).get(error.code, _SAY)
        case ProofFails():
            return PROOFS.get(error.code, _PROOF)
        case AlreadySealed():
            return _SPENT
        case CheckStopped():
            return FOUND.get(error.code, _SAY)
        case CannotSay() | CertificateError():
            return _SAY
