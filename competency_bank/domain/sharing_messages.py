"""What the bank says to people about sharing, wallets, hosts and papers from elsewhere."""

from standards.wording import Message

SHARING_SENTENCES: dict[str, Message] = {
    "share-label": Message(
        "กรุณาเขียนว่าให้ใครดู ไม่เกิน {limit} ตัวอักษร",
        "Please write whom it is for, in at most {limit} characters",
    ),
    "share-days": Message(
        "เลือกอายุลิงก์ได้ {days} วันเท่านั้น ({value})", "A link lives {days} days, not {value}"
    ),
    "share-nothing": Message("ยังไม่ได้เลือกหน่วยที่ท่านผ่านแล้ว", "No unit that you have passed was chosen"),
    "unknown-share": Message(
        "ลิงก์นี้ใช้ไม่ได้ อาจหมดอายุ ถูกยกเลิก หรือพิมพ์ไม่ครบ ขอลิงก์ใหม่จากเจ้าของได้",
        "This link does not work: it may have ended, been withdrawn or been cut short. "
        "Ask its owner for a new one",
    ),
    "wallet-code": Message(
        "รหัสรับใบรับรองนี้ใช้ไม่ได้แล้ว กรุณาสร้างใหม่",
        "This code to collect a credential does not work any more; make a new one",
    ),
    "wallet-pin": Message("รหัสตัวเลขไม่ถูกต้อง", "The digits are wrong"),
    "wallet-token": Message(
        "สิทธิ์รับใบรับรองหมดอายุหรือใช้ไปแล้ว", "The right to collect has ended or was used"
    ),
    "wallet-nonce": Message("คำท้านี้หมดอายุหรือใช้ไปแล้ว", "The nonce has ended or was used"),
    "wallet-proof": Message(
        "แอปพิสูจน์กุญแจไม่สำเร็จ ({reason})", "The wallet did not prove its key ({reason})"
    ),
    "wallet-request": Message("คำขอจากแอปไม่ครบหรือผิดแบบ", "The wallet's request is malformed"),
    "wallet-format": Message(
        "ไม่มีใบรับรองแบบที่แอปขอ", "There is no credential of the kind that was asked for"
    ),
    "letter-not-in-force": Message(
        "ใบรับรองเลขที่ {name} ไม่ใช่หนังสือรับรองหน่วยที่ใช้ได้",
        "Certificate {name} is no unit letter in force",
    ),
    "unknown-wallet-request": Message(
        "คำขอดูใบรับรองนี้หมดอายุแล้ว กรุณาเริ่มใหม่", "This request has ended; please start again"
    ),
    "client-unknown": Message("ไม่รู้จักระบบที่ขอ", "The program that asks is not known"),
    "client-redirect": Message("ที่อยู่ตอบกลับของระบบใช้ไม่ได้", "The address to answer to cannot be used"),
    "client-request": Message("คำขอของระบบไม่ครบหรือผิดแบบ", "The program's request is malformed"),
    "client-scope": Message("ระบบขอสิทธิ์ที่ไม่มี", "The program asks for a right that does not exist"),
    "client-grant": Message(
        "สิทธิ์ที่ท่านให้ระบบนี้หมดอายุ ถูกใช้แล้ว หรือถูกยกเลิก",
        "What was granted has ended, was used or was withdrawn",
    ),
    "client-token": Message("สิทธิ์เข้าถึงไม่ถูกต้องหรือหมดอายุ", "The access token is wrong or has ended"),
    "client-right": Message("สิทธิ์ที่ได้รับไม่ครอบคลุมคำขอนี้", "The access token does not cover this"),
    "unknown-grant": Message("ไม่พบสิทธิ์นี้", "There is no such grant"),
    "foreign-unreadable": Message(
        "อ่านใบรับรองจากที่อื่นไม่ได้ ({reason})",
        "The credential from elsewhere cannot be read ({reason})",
    ),
    "foreign-forged": Message(
        "ลายเซ็นของใบรับรองจากที่อื่นไม่ถูกต้อง จึงไม่เก็บ",
        "The signature of the credential from elsewhere is wrong; it is not kept",
    ),
    "foreign-ended": Message(
        "ผู้ออกยกเลิกหรือระงับใบรับรองนี้แล้ว จึงไม่เก็บไว้",
        "Its issuer has revoked or suspended this credential, so it is not kept.",
    ),
    "foreign-own": Message(
        "นี่คือใบรับรองของคลังนี้เอง มีอยู่แล้ว", "This is a credential of this bank; it is here already"
    ),
    "foreign-too-many": Message(
        "เก็บใบรับรองจากที่อื่นได้ไม่เกิน {limit} ใบ", "At most {limit} credentials from elsewhere are kept"
    ),
    "unknown-foreign": Message(
        "ไม่พบใบรับรองจากที่อื่นใบนี้", "There is no such credential from elsewhere"
    ),
    "feed-cursor": Message("ตำแหน่งต่อของฟีดใช้ไม่ได้", "The cursor of the feed cannot be used"),
    "page-numbers": Message(
        "limit หรือ offset หรือ since ใช้ไม่ได้", "limit, offset or since cannot be used"
    ),
}
"""One sentence for each code, as in ``messages``."""
