"""What the bank says of papers that are made on request, in Thai and English."""

from standards.wording import Message

PAPER_SENTENCES: dict[str, Message] = {
    "nothing-left": Message(
        "รุ่น {name} ผ่านครบทุกหน่วยแล้ว จึงไม่มีใบแสดงผลของหลักสูตรที่ยังไม่สำเร็จ",
        "Every unit of class {name} is passed; there is no record of an unfinished course",
    ),
    "plan-differs": Message(
        "แผนของใบรับรอง {serial} ไม่ตรงกับรายการ {entry} จึงไม่ลงนาม",
        "The plan of certificate {serial} differs from entry {entry}; it was not signed",
    ),
    "portfolio-form": Message(
        "ชื่อแฟ้ม {name} ต้องลงท้ายด้วย {forms}", "The name {name} must end in one of {forms}"
    ),
    "unit-not-held": Message(
        "ผู้เรียนยังไม่มีหน่วย {name} ในทะเบียน", "The learner does not hold the unit {name}"
    ),
    "no-certificates": Message(
        "ยังไม่มีใบรับรองของ {name} ที่จะรวมเป็นแฟ้มได้ ออกใบรับรองก่อน",
        "{name} has no certificate yet that a portfolio could hold; issue certificates first",
    ),
    "not-in-force": Message(
        "ใบรับรอง {name} ไม่ได้ใช้บังคับอยู่ จึงออกฉบับแทนไม่ได้",
        "The certificate {name} is not in force and cannot be replaced",
    ),
    "map-unit": Message(
        "หน่วย {unit} ของแผนที่หลักสูตรไม่อยู่ในมาตรฐานฉบับที่อ้าง",
        "The unit {unit} of the mapping is in none of its editions",
    ),
    "kind-on-request": Message(
        "เอกสารชนิด {kind} ออกให้เมื่อขอเป็นรายบุคคล: ใบแสดงผลการฝึกอบรมต้องระบุผู้เรียนและรุ่น"
        " ส่วนแฟ้มสะสมและประกาศเกียรติคุณมีคำสั่งของตน",
        "A paper of kind {kind} is made for one person on request: a training record needs learner"
        " and class; portfolios and honours have verbs of their own",
    ),
    "not-tpqi": Message("เฉพาะเจ้าหน้าที่สถาบันคุณวุฒิวิชาชีพเท่านั้น", "Only an officer of TPQI may do this"),
}
