"""The Thai words by which pages of TPQI name their sections, columns and answers.

A blank stands where pages may have a blank, a line end or nothing.
"""

from collections.abc import Mapping

SECTIONS: Mapping[int, str] = {
    1: "รหัส หน่วย สมรรถนะ",
    2: "ชื่อ หน่วย สมรรถนะ",
    3: "ทบทวน ครั้งที่",
    4: "สร้างใหม่",
    5: "สำหรับ ชื่ออาชีพ และ รหัสอาชีพ",
    6: "คำอธิบาย หน่วย สมรรถนะ",
    7: "สำหรับ ระดับ คุณวุฒิ",
    8: "กลุ่มอาชีพ",
    9: "ชื่ออาชีพ และ รหัสอาชีพ อื่น ที่ หน่วย สมรรถนะ นี้ สามารถ ใช้ได้",
    10: "ข้อกำหนด หรือ กฎระเบียบ ที่เกี่ยวข้อง",
    11: "สมรรถนะย่อย และ เกณฑ์ การปฏิบัติงาน",
    12: "ความรู้ และ ทักษะ ก่อนหน้า ที่จำเป็น",
    13: "ทักษะ และ ความรู้ ที่ต้องการ",
    14: "หลักฐาน ที่ต้องการ",
    15: "ขอบเขต",
    16: "หน่วย สมรรถนะ ร่วม",
    17: "อุตสาหกรรมร่วม / กลุ่มอาชีพร่วม",
    18: "รายละเอียด กระบวนการ และ วิธีการ ประเมิน",
}
"""Number and label of each section of a unit page; 14-18 only stand in whole books."""

TAILS = (
    "(Occupational Classification)",
    "(Description of Unit of Competency)",
    "(Sector)",
    "(ถ้ามี)",
    "(Licensing or Regulation Related)",
    "(Elements and Performance Criteria)",
    "(Pre-requisite Skill & Knowledge)",
    "(Required Skills and Knowledge)",
    "(Evidence Guide)",
    "(Range Statement)",
    "(Assessment Description and Procedure)",
)
"""What may follow a label and is no part of the answer."""

HEADINGS = frozenset({"หน่วยสมรรถนะ", "รายละเอียดหน่วยสมรรถนะ"})
"""Lines at the head of a page that say nothing about the unit."""
HEADING_BEFORE_TITLE = "รายละเอียดหน่วยสมรรถนะ"
"""In the oldest layout the page's heading follows this word and a colon."""
INDUSTRY = "สาขาวิชาชีพ"
"""The line that begins so names the industry."""
NOTHING = frozenset({"", "-", "N/A", "ไม่มี", "ไม่ระบุ"})
"""Answers that say there is none."""
JOINERS = frozenset({"และ", "หรือ", ",", "/", "|", "or", "and"})
"""What may stand between two codes."""
OLD_LEVEL, NEW_LEVEL = "ชั้น", "ระดับ"
"""The word before a level of the scale of seven, and of eight."""

ELEMENT_COLUMNS = frozenset(
    {
        "สมรรถนะย่อย",
        "หน่วยสมรรถนะย่อย",
        "หน่วยสมรรถนะย่อย (EOC)",
        "เกณฑ์ในการปฏิบัติงาน",
        "เกณฑ์การปฏิบัติงาน",
        "เกณฑ์ในการปฏิบัติงาน (Performance Criteria)",
        "เกณฑ์การปฏิบัติงาน (Performance Criteria)",
        "รหัส PC",
        "รหัส PC (ตามเล่มมาตรฐาน)",
        "วิธีการประเมิน",
        "Element",
        "Elements",
        "Performance Criteria",
        "Assessment",
        "EOC",
    }
)
"""Headings of the table of elements."""
EVIDENCE = "หลักฐาน"
"""Numbered lines that begin so are ways of assessment and no criteria."""
METHODS = frozenset(
    {
        "ข้อสอบข้อเขียน",
        "การสัมภาษณ์",
        "การสาธิตการปฏิบัติงาน",
        "การสังเกตการณ์ ณ สถานที่ปฏิบัติงาน",
        "แฟ้มสะสมผลงาน",
        "การจำลองสถานการณ์",
        "การประเมินด้วยบุคคลที่ 3",
        "ประเมินจากโครงการเฉพาะบุคคล",
    }
)
"""The eight ways of assessment that TPQI's pages choose from."""

COMMON_WORDS = (
    "ผู้ปฏิบัติ",
    "ผู้ควบคุม",
    "ผู้ให้บริการ",
    "ผู้จัดการ",
    "เกี่ยวข้อง",
    "ต้องการ",
    "ข้อมูล",
    "ถูกต้อง",
    "ให้บริการ",
    "แก้ไข",
    "เครื่องมือ",
    "หน้าที่",
    "พื้นฐาน",
    "ป้องกัน",
    "ขั้นตอน",
    "ผ้า",
    "เสื้อผ้า",
    "ใช้งาน",
    "ห้องพัก",
    "สิ่งแวดล้อม",
)
"""Words whose spelling without tone marks is no other word."""

QUALIFICATION_TITLE = "คุณวุฒิวิชาชีพ"
QUALIFICATION_DETAILS = "รายละเอียด"
QUALIFICATION_UNITS = "หน่วยสมรรถนะ"
WHOLE_LIST = "หน่วยสมรรถนะทั้งหมดของคุณวุฒิวิชาชีพนี้"
"""Says that the list of units is the whole composition."""
QUALIFICATION_BODIES = "องค์กรรับรอง"
OUTCOMES, PATHWAYS = "คุณลักษณะของผลการเรียนรู้", "การเลื่อนระดับคุณวุฒิวิชาชีพ"
OCCUPATION = "อาชีพ"
PIECES_OF_TITLE = ("สาขา", "อาชีพ", "ระดับ", "ชั้น")
"""The words with which the pieces of a qualification's title begin."""
STATED_COUNT = "จำนวน {count} หน่วย"
"""How entry rules say how many units a qualification asks for."""
