"""What is said about the log to those who keep it and to those who watch it."""

from standards.wording import Message

LOG_SENTENCES: dict[str, Message] = {
    "unknown-checkpoint": Message(
        "ไม่มีจุดตรวจสอบที่ลงนามไว้ ณ ขนาด {name}", "No checkpoint was signed at size {name}"
    ),
    "unknown-tile": Message("บันทึกไม่มี {name}", "The log has no {name}"),
    "log-stopped": Message(
        "หยุดบันทึกและหยุดลงนาม: ข้อมูลที่เก็บไว้ไม่ตรงกับที่ลงนามแล้ว เริ่มที่รายการ {entry} ({reason})",
        "Recording and signing have stopped: what is stored disagrees with what was signed, "
        "from entry {entry} on ({reason})",
    ),
    "log-went-back": Message(
        "ฐานข้อมูลมี {entry} รายการ แต่เคยลงนามไว้แล้ว {signed} รายการ",
        "The database holds {entry} entries, but {signed} were signed already",
    ),
    "log-forked": Message(
        "บันทึกไม่ใช่ชุดเดียวกับที่เคยลงนาม (รายการ {entry})",
        "The log is not the one that was signed before (entry {entry})",
    ),
    "log-disagrees": Message(
        "ข้อมูลบันทึกที่เก็บไว้ไม่ตรงกับที่ลงนาม เริ่มที่รายการ {entry}",
        "What is stored of the log disagrees with what was signed, from entry {entry} on",
    ),
    "entry-too-long": Message("รายการยาวเกิน {limit} ไบต์", "An entry is longer than {limit} bytes"),
    "followed-fork": Message(
        "บันทึกแยกเป็นสองชุด: {old_size} รายการ {old_root} และ {new_size} รายการ {new_root} ไม่ต่อเนื่องกัน",
        "The log has forked: {old_size} entries {old_root} and {new_size} entries {new_root} "
        "cannot both be its heads",
    ),
    "followed-back": Message(
        "บันทึกแสดงเพียง {new_size} รายการ แต่เคยเห็น {old_size} รายการแล้ว",
        "The log shows {new_size} entries, but {old_size} were seen before",
    ),
    "log-unreachable": Message("เปิดบันทึกที่ {name} ไม่ได้", "The log cannot be read: {name}"),
    "cosignature-stranger": Message(
        "ไม่มีลายเซ็นของพยานที่ธนาคารรู้จัก", "None of the signatures is of a witness that this bank knows"
    ),
    "unknown-erasure-reason": Message(
        "ไม่รู้จักเหตุผล {value} (ใช้ได้: {reasons})", "Unknown reason {value} (one of {reasons})"
    ),
    "erase-oneself": Message(
        "ลบข้อมูลของตนเองไม่ได้ ต้องให้นายทะเบียนอีกคนทำ",
        "Nobody erases their own data; another registrar must do it",
    ),
    "not-erased": Message(
        "ข้อมูลของ {person} ยังเหลืออยู่หลังการลบ", "Data of {person} are left after the erasure"
    ),
    "backup-damaged": Message(
        "ไฟล์สำรอง {name} เสียหายหรือไม่ใช่ของธนาคารนี้ ({reason})",
        "The backup {name} is damaged, or of another bank ({reason})",
    ),
    "backup-older": Message(
        "ไฟล์สำรองมี {size} รายการ แต่เคยลงนามไว้แล้ว {signed} รายการ "
        "ใช้ไฟล์ที่ใหม่กว่า หรือยอมรับการสูญเสียด้วย --accept-loss",
        "The backup holds {size} entries, but {signed} were signed already: restore a newer one, "
        "or accept the loss with --accept-loss",
    ),
    "database-in-use": Message(
        "ฐานข้อมูล {name} มีข้อมูลอยู่แล้ว ให้กู้คืนลงฐานข้อมูลว่าง",
        "The database {name} holds data; restore into an empty one",
    ),
    "file-exists": Message("มีไฟล์ {name} อยู่แล้ว", "The file {name} exists already"),
}
"""Sentences by code; ``messages`` takes them up."""
