"""What the bank says to people, in Thai and English, one sentence for each code.

Rules raise codes and values; only this catalogue knows words. ``{name}``-like places are filled
with the error's own values.
"""

from competency_bank.domain.errors import BankError
from competency_bank.domain.key_sentences import KEY_SENTENCES
from competency_bank.domain.log_messages import LOG_SENTENCES
from competency_bank.domain.paper_sentences import PAPER_SENTENCES
from competency_bank.domain.sharing_messages import SHARING_SENTENCES
from standards.wording import Message

_PLACE_TH = "แถว {row} คอลัมน์ {column}: "
_PLACE_EN = "Row {row}, column {column}: "

SENTENCES: dict[str, Message] = {
    **PAPER_SENTENCES,
    # names and values
    "name-hidden-character": Message(
        "ชื่อในช่อง {field} มีอักขระที่มองไม่เห็นหรือสลับทิศทาง ({character})",
        "The name in {field} holds a hidden or reordering character ({character})",
    ),
    "name-length": Message(
        "ชื่อในช่อง {field} ว่างหรือยาวเกิน {limit} ตัวอักษร",
        "The name in {field} is empty or longer than {limit} characters",
    ),
    "name-mark-up": Message(
        "ชื่อในช่อง {field} มีเครื่องหมายที่ใช้ในชื่อไม่ได้: {value}",
        "The name in {field} holds a sign that no name has: {value}",
    ),
    "cell-empty": Message(_PLACE_TH + "ต้องมีค่า ({name})", _PLACE_EN + "a value is needed ({name})"),
    "cell-date": Message(_PLACE_TH + "อ่านวันที่ไม่ได้: {value}", _PLACE_EN + "this is no date: {value}"),
    "table-header": Message(
        "ไม่พบแถวหัวตารางที่มีคอลัมน์ {columns}", "No header row has the columns {columns}"
    ),
    "national-id": Message(
        _PLACE_TH + "เลขประจำตัวประชาชนไม่ถูกต้อง ({value})",
        _PLACE_EN + "the national number is wrong ({value})",
    ),
    "unknown-role": Message(_PLACE_TH + "ไม่รู้จักบทบาท {value}", _PLACE_EN + "unknown role {value}"),
    "class-dates": Message(
        _PLACE_TH + "วันเริ่มและวันสิ้นสุดของรุ่นไม่ถูกต้อง",
        _PLACE_EN + "the first and last day of the class are missing or in the wrong order",
    ),
    "number-taken": Message(
        _PLACE_TH + "เลขที่ {value} มีผู้ใช้แล้วในรุ่นนี้",
        _PLACE_EN + "number {value} is taken in this class",
    ),
    "unknown-person-in-table": Message(
        _PLACE_TH + "ไม่พบบุคคลเลขประจำตัว {value}", _PLACE_EN + "nobody has the number {value}"
    ),
    "bad-number": Message("นี่ไม่ใช่ตัวเลข: {value}", "This is no number: {value}"),
    "internal": Message(
        "เกิดข้อผิดพลาดภายในระบบ ไม่มีข้อมูลใดสูญหาย",
        "Something went wrong inside the bank; nothing was lost",
    ),
    "reason-missing": Message("ต้องระบุเหตุผล", "A reason is needed"),
    "day-outside-class": Message(
        "วันที่ {value} อยู่นอกช่วงของรุ่น", "The day {value} lies outside the class"
    ),
    "unknown-reason": Message(
        "ไม่รู้จักเหตุผล {value} (ใช้ได้: {reasons})",
        "Unknown reason {value} (use one of: {reasons})",
    ),
    "bad-day": Message("อ่านวันที่ไม่ได้: {value}", "This is no date: {value}"),
    "bad-json": Message(
        "ไฟล์ {file} ไม่ใช่ JSON ที่ถูกต้อง: {place}", "The file {file} is no proper JSON: {place}"
    ),
    "file-unreadable": Message("เปิดไฟล์ {file} ไม่ได้", "The file {file} cannot be read"),
    "file-exists": Message("มีไฟล์ {file} อยู่แล้ว", "The file {file} exists already"),
    "upload-missing": Message("ยังไม่ได้เลือกไฟล์", "No file was chosen"),
    "upload-too-large": Message("ไฟล์ใหญ่เกิน {limit} เมกะไบต์", "The file is larger than {limit} MB"),
    # not found
    "no-bank": Message(
        "ยังไม่มีธนาคารใน {name} (เรียก init ก่อน)", "There is no bank in {name} (run init first)"
    ),
    "unknown-person": Message("ไม่พบบุคคล {name}", "Nobody is known as {name}"),
    "unknown-school": Message("ไม่พบโรงเรียน {name}", "No school is known as {name}"),
    "unknown-course": Message("ไม่พบหลักสูตร {name}", "No course is known as {name}"),
    "unknown-mapping": Message("ไม่พบการเทียบ {name}", "There is no mapping {name}"),
    "no-approved-mapping": Message(
        "หลักสูตร {name} ยังไม่มีการเทียบที่อนุมัติแล้ว", "Course {name} has no approved mapping"
    ),
    "unknown-class": Message("ไม่พบรุ่น {name}", "No class is known as {name}"),
    "not-enrolled": Message("ผู้เรียนไม่ได้อยู่ในรุ่น {name}", "The learner is not in class {name}"),
    "unknown-entry": Message("ไม่พบรายการที่ {name}", "The ledger has no entry {name}"),
    "unknown-record": Message(
        "รายการที่ {name} ไม่ใช่การผ่านหน่วยสมรรถนะ", "Entry {name} records no passed unit"
    ),
    "unknown-certificate": Message("ไม่พบใบรับรองเลขที่ {name}", "No certificate has serial {name}"),
    "unknown-code": Message("ไม่พบใบรับรองรหัสนี้", "No certificate has this code"),
    "unknown-sheet": Message(
        "ไม่พบแบบบันทึกที่รอตรวจทาน กรุณาส่งไฟล์อีกครั้ง",
        "The sheet under review is gone; please send the file again",
    ),
    "unknown-reading": Message(
        "ไม่พบเอกสารมาตรฐานที่พักไว้ {name}", "No source of a standard is kept as {name}"
    ),
    "unknown-decision": Message("ไม่พบคำตัดสิน {name}", "There is no decision {name}"),
    "unknown-decision-kind": Message(
        "ไม่รู้จักชนิดของคำตัดสิน {value} (ใช้ได้: {kinds})",
        "Unknown kind of decision {value} (use one of: {kinds})",
    ),
    "bad-verdict": Message(
        "คำตัดสินต้องเขียนเป็น รหัส=ข้อความ: {value}", "Write a decision as DOUBT=TEXT: {value}"
    ),
    "serious-findings": Message(
        "{file}: พบข้อผิดพลาดร้ายแรง {count} ข้อ จึงยังไม่นำเข้า",
        "{file}: {count} serious findings stop the import",
    ),
    "unknown-list": Message("ไม่พบรายการสถานะ {name}", "There is no status list {name}"),
    "page-unknown": Message("ไม่พบหน้านี้", "There is no such page"),
    # not allowed
    "not-own-class": Message("ท่านไม่ใช่ผู้สอนของรุ่น {class_id}", "You do not teach class {class_id}"),
    "approver-is-author": Message(
        "ผู้อนุมัติต้องไม่ใช่ผู้เสนอการเทียบของ {name}",
        "Whoever proposed the mapping of {name} cannot approve it",
    ),
    "not-curriculum-officer": Message(
        "เฉพาะเจ้าหน้าที่หลักสูตรเท่านั้น", "Only a curriculum officer may do this"
    ),
    "not-registrar": Message("เฉพาะนายทะเบียนเท่านั้น", "Only a registrar may do this"),
    "not-this-role": Message("{name} ไม่มีบทบาทนี้", "{name} does not have this role"),
    "link-unknown": Message("ลิงก์เข้าสู่ระบบนี้ใช้ไม่ได้แล้ว", "This sign-in link does not work any more"),
    "sign-in-needed": Message("กรุณาเข้าสู่ระบบ", "Please sign in"),
    "other-origin": Message(
        "คำขอนี้ไม่ได้มาจากหน้าของระบบ", "This request did not come from a page of this site"
    ),
    # conflicts
    "edition-differs": Message(
        "ฉบับมาตรฐาน {name} มีอยู่แล้วและเนื้อหาไม่ตรงกัน",
        "An edition {name} is stored already and says something else",
    ),
    "course-differs": Message(
        "หลักสูตร {name} มีอยู่แล้วและข้อมูลไม่ตรงกัน",
        "A course {name} is stored already and says something else",
    ),
    "person-known": Message(
        "เลขประจำตัวนี้เป็นของบุคคลอื่นแล้ว", "This number belongs to another person already"
    ),
    "log-moved": Message(
        "มีผู้บันทึกพร้อมกัน กรุณาลองอีกครั้ง", "Somebody recorded at the same time; please try again"
    ),
    "already-recorded": Message("บันทึกไว้แล้ว", "This is recorded already"),
    "already-planned": Message(
        "ใบรับรอง {serial} อยู่ระหว่างออกแล้ว", "Certificate {serial} is on its way already"
    ),
    "database-busy": Message("ระบบกำลังทำงานอยู่ กรุณาลองอีกครั้ง", "The bank is busy; please try again"),
    "request-in-progress": Message(
        "คำขอเดียวกันกำลังดำเนินการอยู่ กรุณาลองอีกครั้ง",
        "The same request is being answered; please try again",
    ),
    "idempotency-key-reused": Message(
        "Idempotency-Key นี้เคยใช้กับคำขออื่นแล้ว",
        "This Idempotency-Key came with another request before",
    ),
    "idempotency-key-unusable": Message(
        "Idempotency-Key ต้องเป็นอักษร ASCII ที่พิมพ์ได้ 1 ถึง {limit} ตัว",
        "An Idempotency-Key has 1 to {limit} printable ASCII characters",
    ),
    "nothing-to-amend": Message(
        "รายการที่ {name} ระบุไว้เช่นนี้แล้ว", "Entry {name} says so already; nothing was changed"
    ),
    # the bank itself cannot
    "storage-full": Message(
        "พื้นที่จัดเก็บของระบบเต็ม ไม่มีการบันทึกใด ๆ กรุณาลองอีกครั้งภายหลัง",
        "The bank's disk is full; nothing was recorded. Please try again later",
    ),
    "storage-failed": Message(
        "ระบบอ่านหรือเขียนพื้นที่จัดเก็บไม่ได้ ไม่มีการบันทึกใด ๆ กรุณาลองอีกครั้งภายหลัง",
        "The bank cannot read or write its disk; nothing was recorded. Please try again later",
    ),
    "database-away": Message(
        "ฐานข้อมูลไม่ตอบ ไม่มีการบันทึกใด ๆ กรุณาลองอีกครั้งภายหลัง",
        "The database does not answer; nothing was recorded. Please try again later",
    ),
    "clock-behind": Message(
        "นาฬิกาของเครื่อง ({now} UTC) ช้ากว่ารายการล่าสุด ({last} UTC) ระบบไม่บันทึกย้อนเวลา "
        "กรุณาตั้งนาฬิกาให้ถูกต้อง",
        "The server's clock ({now} UTC) is behind the last entry ({last} UTC); nothing is recorded "
        "back in time. Set the clock right",
    ),
    "nothing-proposed": Message(
        "หลักสูตร {name} ไม่มีการเทียบที่รออนุมัติ", "No mapping of {name} waits for approval"
    ),
    "course-completed": Message(
        "ผู้เรียนจบหลักสูตรของรุ่น {name} แล้ว", "The learner has completed class {name}"
    ),
    "reference-taken": Message("เลขอ้างอิง {name} มีผู้ใช้แล้ว", "The reference {name} is taken"),
    "already-confirmed": Message("คำตัดสิน {name} ยืนยันแล้ว", "Decision {name} is confirmed already"),
    "already-voided": Message("รายการที่ {name} ถูกยกเลิกแล้ว", "Entry {name} is void already"),
    "already-revoked": Message(
        "ใบรับรอง {name} ถูกยกเลิกแล้ว", "Certificate {name} is revoked already"
    ),
    "keys-differ": Message(
        "กุญแจใน {name} ไม่ตรงกับธนาคารนี้", "The keys in {name} do not belong to this bank"
    ),
    # damage and audit
    "database-damaged": Message(
        "ฐานข้อมูลเสียหาย ระบบหยุดให้บริการ กรุณากู้คืนจากข้อมูลสำรอง",
        "The database is damaged; the bank stops rather than guess. Restore it from a backup",
    ),
    "entry-facts": Message("รายการ {kind} ไม่ครบถ้วน", "An entry {kind} is incomplete"),
    "entry-fact-type": Message("ข้อมูล {fact} ผิดชนิด", "The fact {fact} has the wrong type"),
    "entry-unreadable": Message("อ่านรายการไม่ได้", "The entry cannot be read"),
    "entry-not-canonical": Message(
        "รูปแบบของรายการถูกเปลี่ยน", "The entry is not in its canonical form"
    ),
    "entry-contradicts": Message(
        "รายการ {kind} ขัดกับรายการก่อนหน้า", "The entry {kind} contradicts those before it"
    ),
    "entry-missing": Message("รายการขาดหายหรือสลับที่", "An entry is missing or out of order"),
    "entry-changed": Message(
        "เนื้อหาของรายการถูกเปลี่ยนหลังบันทึก", "The entry was changed after it was recorded"
    ),
    "tile-changed": Message(
        "ค่าแฮชของรายการในบันทึกโปร่งใสถูกเปลี่ยน", "The hash of the entry in the log was changed"
    ),
    "entry-columns": Message(
        "ข้อมูลประกอบของรายการถูกเปลี่ยน", "Kind or time beside the entry was changed"
    ),
    "entry-unsigned": Message(
        "รายการ {from} ถึง {to} ไม่มีลายเซ็นรับรอง", "No checkpoint covers entries {from} to {to}"
    ),
    "checkpoint-size": Message(
        "จุดตรวจสอบไม่ตรงกับจำนวนรายการ", "A checkpoint does not fit the number of entries"
    ),
    "checkpoint-signature": Message(
        "ลายเซ็นของจุดตรวจสอบไม่ถูกต้อง (รายการ {from} ถึง {to})",
        "The signature of the checkpoint over entries {from} to {to} does not hold",
    ),
    "checkpoint-root": Message(
        "รายการ {from} ถึง {to} ไม่ตรงกับจุดตรวจสอบที่ลงนามไว้",
        "Entries {from} to {to} do not match the signed checkpoint",
    ),
    "table-unreadable": Message(
        "ตารางมีค่าที่อ่านไม่ได้: {reason}", "A table holds a value that cannot be read: {reason}"
    ),
    "record-void-unproved": Message(
        "บันทึกถูกยกเลิกโดยไม่มีรายการรองรับ", "A record is void without an entry that says so"
    ),
    "record-differs": Message("บันทึกไม่ตรงกับรายการ", "A record differs from its entry"),
    "record-missing": Message("บันทึกหายไป", "A record is missing"),
    "enrolment-differs": Message(
        "สถานะผู้เรียนในรุ่น {class} ไม่ตรงกับรายการ",
        "An enrolment in class {class} differs from the ledger",
    ),
    "enrolment-missing": Message(
        "ผู้เรียนในรุ่น {class} หายไป", "An enrolment in class {class} is missing"
    ),
    "certificate-differs": Message(
        "ใบรับรอง {serial} ไม่ตรงกับรายการ", "Certificate {serial} differs from the ledger"
    ),
    "certificate-missing": Message("ใบรับรอง {serial} หายไป", "Certificate {serial} is missing"),
    "status-differs": Message(
        "รายการสถานะไม่ตรงกับใบรับรอง", "The status list differs from the certificates"
    ),
    "person-differs": Message(
        "ข้อมูลบุคคล {person} ไม่ตรงกับรายการ", "Person {person} differs from the ledger"
    ),
    "mapping-differs": Message(
        "การเทียบของ {course} รุ่น {version} ถูกเปลี่ยน",
        "Mapping {version} of {course} was changed after approval",
    ),
    "decision-differs": Message(
        "คำตัดสิน {reference} ไม่ตรงกับรายการ", "Decision {reference} differs from the ledger"
    ),
    "completion-differs": Message(
        "คุณวุฒิที่ครบแล้วของผู้เรียน {learner} ไม่ตรงกับรายการ",
        "A completed qualification of {learner} differs from the ledger",
    ),
    "document-missing": Message("ไม่พบไฟล์ {serial}.pdf", "The file {serial}.pdf is gone"),
    **KEY_SENTENCES,
    **LOG_SENTENCES,
    "document-differs": Message(
        "ไฟล์ {serial}.pdf ไม่ตรงกับที่ลงนาม", "The file {serial}.pdf is not the one that was sealed"
    ),
}
SENTENCES |= SHARING_SENTENCES


class _Known(dict[str, object]):
    """Values of an error; one that is absent is shown as a dash rather than failing."""

    def __missing__(self, key: str) -> str:
        return "-"


def filled(code: str, values: dict[str, object]) -> Message:
    """Return the sentence of a code with its values; an unknown code is shown as it is."""
    sentence = SENTENCES.get(code, Message(code, code))
    known = _Known(values)
    return Message(sentence.th.format_map(known), sentence.en.format_map(known))


def sentence_of(error: BankError) -> Message:
    """Return what to tell people about an error of the bank."""
    return filled(error.code, error.values)
