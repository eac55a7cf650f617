"""What a check found of a seal, its time stamp and its archive, in Thai and in English.

A part of ``check_sentences``, whose rules hold here too.
"""

from typing import Final

SEALS: Final[dict[str, tuple[str, str]]] = {
    "no-page": ("ไฟล์นี้มีแต่ข้อมูล ไม่มีหน้าเอกสาร", "This file holds data only, no page."),
    "unsigned": ("เอกสารไม่มีลายเซ็น", "The document is not signed."),
    "several-signatures": ("เอกสารมีลายเซ็นมากกว่าหนึ่ง", "The document has more than one signature."),
    "coverage": ("ไฟล์ถูกตัดหรือเพิ่มเติมหลังลงนาม", "The file was cut or added to after signing."),
    "gap": ("บริเวณลายเซ็นถูกแก้ไข", "The place of the signature was tampered with."),
    "signing-time": ("ไม่พบเวลาลงนามที่ชัดเจน", "There is no clear signing time."),
    "seal-form": ("ลายเซ็นไม่ใช่แบบที่เราออก", "The signature is not of the kind we issue."),
    "bytes-changed": ("ไฟล์ถูกแก้ไขหลังลงนาม", "The file was changed after it was signed."),
    "certificate-unreadable": ("อ่านข้อมูลผู้ลงนามไม่ได้", "The signer's details cannot be read."),
    "signature-wrong": ("ลายเซ็นไม่ถูกต้อง", "The signature is wrong."),
    "signer-forged": (
        "ใช้ชื่อผู้ออกที่เชื่อถือ แต่ไม่ใช่กุญแจของผู้นั้น",
        "It bears a trusted issuer's name, but not that issuer's key.",
    ),
    "signer-unknown": ("ไม่รู้จักผู้ลงนามเอกสารนี้", "The signer is not on the list of trusted issuers."),
    "signer-usage": ("กุญแจนี้ไม่มีไว้ลงนามเอกสาร", "This key is not meant for signing documents."),
    "signer-window": ("ลงนามนอกช่วงที่กุญแจใช้ได้", "It was signed when the key was not in force."),
    "not-certified": (
        "เอกสารไม่ได้ห้ามการแก้ไขอย่างที่ควร",
        "The document does not forbid changes as it should.",
    ),
    "signer-revoked": (
        "ผู้ลงนามถูกเพิกถอนก่อนลงนามเอกสารนี้",
        "The signer had been revoked before this was signed.",
    ),
    "signer-compromised": (
        "กุญแจของผู้ลงนามรั่วไหล และไม่มีหลักฐานว่าลงนามก่อนนั้น",
        "The signer's key was stolen; nothing proves that this was signed before.",
    ),
    "time-stamp-absent": (
        "ไม่มีตราประทับเวลา ใช้เวลาที่ผู้ลงนามแจ้ง",
        "No time stamp: the signer's own word on the time counts.",
    ),
    "time-stamp-unknown": (
        "ไม่รู้จักผู้ประทับเวลา จึงไม่ใช้ตราประทับนี้",
        "The time-stamping authority is not on the trust list; its stamp is not used.",
    ),
    "time-stamp-form": ("ตราประทับเวลาผิดรูปแบบ", "The time stamp has the wrong form."),
    "time-stamp-wrong": ("ตราประทับเวลาไม่ถูกต้อง", "The time stamp is wrongly signed."),
    "time-stamp-differs": (
        "ตราประทับเวลาเป็นของเอกสารอื่น",
        "The time stamp belongs to something else.",
    ),
    "time-stamp-forged": (
        "ใช้ชื่อผู้ประทับเวลาที่เชื่อถือ แต่ไม่ใช่กุญแจของผู้นั้น",
        "The time stamp bears a trusted name, but not that authority's key.",
    ),
    "time-stamp-usage": (
        "ผู้ประทับเวลาไม่มีสิทธิ์ประทับเวลา",
        "Its signer is not allowed to make time stamps.",
    ),
    "time-stamp-window": (
        "ประทับเวลานอกช่วงที่ผู้ประทับเวลาใช้ได้",
        "It was stamped when that authority was not in force.",
    ),
    "time-stamp-early": (
        "เวลาที่แจ้งว่าลงนามอยู่หลังเวลาประทับ",
        "It claims to be signed later than it was stamped.",
    ),
    "archive-coverage": (
        "ส่วนที่เพิ่มภายหลังไม่ได้ประทับเวลาครบ",
        "What was added later is not stamped as a whole.",
    ),
    "archive-changes": ("ส่วนที่เพิ่มภายหลังแก้ไขเอกสาร", "What was added later changes the document."),
    # What such a signature is worth in law (Electronic Transactions Act)
    "demonstration": (
        "ลงนามด้วยกุญแจสาธิต (ม.9) ไม่มีผลทางกฎหมาย",
        "Signed with demonstration keys (section 9 in form): no legal effect.",
    ),
    "section-9": (
        "ลายมือชื่ออิเล็กทรอนิกส์ทั่วไป ตาม ม.9 พ.ร.บ. ธุรกรรมทางอิเล็กทรอนิกส์",
        "An electronic signature under section 9, Electronic Transactions Act.",
    ),
    "section-26": (
        "ลายมือชื่ออิเล็กทรอนิกส์ที่เชื่อถือได้ ตาม ม.26 พ.ร.บ. ธุรกรรมทางอิเล็กทรอนิกส์",
        "A reliable electronic signature under section 26, Electronic Transactions Act.",
    ),
    "section-26-28": (
        "ลายมือชื่อที่เชื่อถือได้ มีใบรับรองจากผู้ให้บริการออกใบรับรอง ตาม ม.26 และ ม.28",
        "A reliable signature with a certification service's certificate: sections 26 and 28.",
    ),
}
"""The Thai and the English sentence, by code."""
