"""Headings of tables of units, in Thai and English."""

from collections.abc import Mapping
from enum import StrEnum

from standards.model import LevelScale
from standards.thai_text import forgiving_key


class Column(StrEnum):
    """What a column of a table of units holds."""

    CODE = "code"
    LOCAL_CODE = "local-code"
    TITLE = "title"
    TITLE_EN = "title-en"
    INDUSTRY = "industry"
    SECTOR = "sector"
    OCCUPATION = "occupation"
    LEVEL = "level"
    REVISION = "revision"
    ISCO = "isco"
    TARGET_GROUP = "target-group"
    SOURCE = "source-url"
    DESCRIPTION = "description"
    ELEMENT_CODE = "element-code"
    ELEMENT = "element"
    CRITERION_CODE = "criterion-code"
    CRITERION = "criterion"
    METHOD = "method"


_NAMES: Mapping[Column, tuple[str, ...]] = {
    Column.CODE: (
        "รหัสหน่วยสมรรถนะ",
        "รหัสหน่วย",
        "รหัส UoC",
        "unit code",
        "UoC code",
        "code",
        "รหัส",
    ),
    Column.LOCAL_CODE: ("รหัสหน่วยตามเล่ม", "รหัสตามเล่มมาตรฐาน", "รหัสหน่วยตามเล่มมาตรฐาน", "local code"),
    Column.TITLE: (
        "ชื่อหน่วยสมรรถนะ",
        "หน่วยสมรรถนะ",
        "ชื่อหน่วย",
        "unit title",
        "unit of competency",
        "UoC",
        "title",
        "title th",
        "unit title (Thai)",
    ),
    Column.TITLE_EN: (
        "ชื่อหน่วยสมรรถนะ (อังกฤษ)",
        "ชื่อหน่วยสมรรถนะภาษาอังกฤษ",
        "title en",
        "unit title (English)",
        "English title",
    ),
    Column.INDUSTRY: ("สาขาวิชาชีพ", "industry"),
    Column.SECTOR: ("กลุ่มอาชีพ", "กลุ่มอาชีพ (Sector)", "sector"),
    Column.OCCUPATION: ("อาชีพ", "ชื่ออาชีพ", "occupation"),
    Column.LEVEL: ("ระดับ", "ระดับคุณวุฒิ", "ชั้น", "ชั้นคุณวุฒิ", "level"),
    Column.REVISION: ("ทบทวนครั้งที่", "revision"),
    Column.ISCO: ("ISCO", "รหัสอาชีพ", "รหัส ISCO", "ISCO-08", "ISCO code"),
    Column.TARGET_GROUP: ("กลุ่มเป้าหมาย", "target group", "target groups"),
    Column.SOURCE: ("ที่มา", "source", "source url", "URL"),
    Column.DESCRIPTION: ("คำอธิบาย", "คำอธิบายหน่วยสมรรถนะ", "description"),
    Column.ELEMENT_CODE: (
        "รหัสหน่วยสมรรถนะย่อย",
        "รหัสสมรรถนะย่อย",
        "รหัส EoC",
        "EoC code",
        "element code",
    ),
    Column.ELEMENT: (
        "หน่วยสมรรถนะย่อย",
        "สมรรถนะย่อย",
        "ชื่อหน่วยสมรรถนะย่อย",
        "หน่วยสมรรถนะย่อย (EOC)",
        "EoC",
        "element",
        "element title",
    ),
    Column.CRITERION_CODE: (
        "รหัส PC",
        "รหัสเกณฑ์",
        "รหัส PC (ตามเล่มมาตรฐาน)",
        "PC code",
        "criterion code",
    ),
    Column.CRITERION: (
        "เกณฑ์การปฏิบัติงาน",
        "เกณฑ์ในการปฏิบัติงาน",
        "เกณฑ์ในการปฏิบัติงาน (Performance Criteria)",
        "performance criteria",
        "performance criterion",
        "criterion",
        "criteria",
        "PC",
    ),
    Column.METHOD: ("วิธีการประเมิน", "วิธีประเมิน", "assessment", "assessment method"),
}

COLUMNS: Mapping[str, Column] = {
    forgiving_key(name): column for column, names in _NAMES.items() for name in names
}
"""Folded heading to column; see ``thai_text.forgiving_key``."""

SCALES: Mapping[str, LevelScale] = {
    forgiving_key("ระดับ"): LevelScale.EIGHT,
    forgiving_key("ระดับคุณวุฒิ"): LevelScale.EIGHT,
    forgiving_key("ชั้น"): LevelScale.SEVEN,
    forgiving_key("ชั้นคุณวุฒิ"): LevelScale.SEVEN,
}
"""The scale that a heading gives the numbers below it; ``level`` gives none."""
