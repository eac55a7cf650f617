"""What a check found of credentials of other issuers, in Thai and in English.

A part of ``check_sentences``, whose rules hold here too.
"""

from typing import Final

ELSEWHERE: Final[dict[str, tuple[str, str]]] = {
    "foreign-unreadable": (
        "อ่านใบรับรองจากที่อื่นไม่ได้",
        "The credential from elsewhere cannot be read.",
    ),
    "issuer-elsewhere": (
        "ผู้ออกไม่อยู่ในบัญชีที่เชื่อถือ แต่ลายเซ็นเป็นของผู้ออกเอง ท่านต้องพิจารณาเองว่าเชื่อถือได้หรือไม่",
        "Signed by its own issuer, whom this bank's list of trusted issuers does not name.",
    ),
    "issuer-document": (
        "เอกสารกุญแจที่ผู้ออกเผยแพร่อ่านไม่ได้หรือเป็นของผู้อื่น",
        "What the issuer publishes about its keys is unreadable or of somebody else.",
    ),
    "issuer-key-unlisted": (
        "ผู้ออกไม่ได้เผยแพร่กุญแจนี้ไว้สำหรับออกใบรับรอง",
        "The issuer does not publish this key for signing credentials.",
    ),
    "issuer-list-of-another": (
        "รายการยกเลิกเป็นของผู้ออกอื่นหรือเป็นรายการอื่น",
        "The list of revocations is another one, or of another issuer.",
    ),
    "issuer-list-ended": (
        "รายการยกเลิกของผู้ออกเก่าเกินไป",
        "The issuer's own list of revocations is too old.",
    ),
    "issuer-list-later": (
        "รายการยกเลิกของผู้ออกทำขึ้นภายหลังวันที่ถาม",
        "The issuer's list is of a later day and does not tell of this one.",
    ),
    "status-none": (
        "ผู้ออกไม่มีรายการยกเลิกสำหรับใบรับรองนี้",
        "Its issuer keeps no list of revocations for this credential.",
    ),
    "status-kind": (
        "ใบรับรองบอกสถานะด้วยวิธีที่โปรแกรมนี้ไม่อ่าน",
        "It tells its status in a way this program does not read.",
    ),
    "elsewhere-off": (
        "ไม่ได้ถามผู้ออกว่ายังใช้ได้อยู่หรือไม่",
        "Its issuer was not asked whether it is still valid.",
    ),
    "elsewhere-not-allowed": (
        "ระบบนี้ไม่ได้รับอนุญาตให้ถามเครื่องของผู้ออก",
        "This system may not ask the issuer's host.",
    ),
    "elsewhere-address": (
        "ที่อยู่ของผู้ออกไม่ใช่ที่อยู่สาธารณะ จึงไม่ถาม",
        "The issuer's host has no public address, and was not asked.",
    ),
    "elsewhere-unreachable": (
        "ติดต่อเครื่องของผู้ออกไม่ได้",
        "The issuer's host could not be reached.",
    ),
    "elsewhere-tls": (
        "เครื่องที่ตอบพิสูจน์ไม่ได้ว่าเป็นของผู้ออก",
        "The host that answered could not prove its name.",
    ),
    "elsewhere-slow": (
        "เครื่องของผู้ออกไม่ตอบภายในเวลาที่กำหนด",
        "The issuer's host did not answer in time.",
    ),
    "elsewhere-answer": (
        "เครื่องของผู้ออกไม่ได้ตอบด้วยเอกสารที่ถาม",
        "The issuer's host did not answer with the document asked for.",
    ),
    "elsewhere-too-large": (
        "คำตอบของเครื่องผู้ออกใหญ่เกินไป",
        "The answer of the issuer's host is too large.",
    ),
    "elsewhere-busy": (
        "ระบบกำลังถามผู้ออกรายอื่นอยู่มาก โปรดลองอีกครั้ง",
        "Too many issuers are being asked at once; try again.",
    ),
}
"""The Thai and the English sentence, by code."""
