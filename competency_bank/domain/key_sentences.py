"""What is said about keys, mandates and the status of certificates, by code."""

from standards.wording import Message

KEY_SENTENCES: dict[str, Message] = {
    "already-suspended": Message(
        "ใบรับรอง {name} ถูกระงับอยู่แล้ว", "Certificate {name} is suspended already"
    ),
    "not-suspended": Message("ใบรับรอง {name} ไม่ได้ถูกระงับอยู่", "Certificate {name} is not suspended"),
    "unknown-key": Message("ไม่รู้จักกุญแจ {name}", "There is no key {name}"),
    "key-already-retired": Message("กุญแจ {name} เลิกใช้แล้ว", "The key {name} is retired already"),
    "key-in-use": Message(
        "กุญแจ {name} ใช้อยู่ ต้องออกกุญแจใหม่แทนก่อน", "The key {name} is in use: rotate it first"
    ),
    "bad-mandate": Message(
        "ไม่มีมาตรฐานของเจ้าของนี้ หรือวันสิ้นสุดมาก่อนวันเริ่ม",
        "No standard has this owner, or the mandate ends before it begins",
    ),
    "unknown-mandate": Message("ไม่มีหนังสือมอบอำนาจ {name}", "There is no mandate {name}"),
    "mandate-ended": Message("หนังสือมอบอำนาจ {name} สิ้นสุดแล้ว", "Mandate {name} has ended"),
    "unknown-moment": Message("ไม่มีรายการสถานะในเวลานั้น", "There is no status list of that moment"),
    "moment-unreadable": Message(
        "เวลาต้องเป็นรูปแบบ 2026-01-05T00:00:00Z", "A moment reads like 2026-01-05T00:00:00Z"
    ),
}
