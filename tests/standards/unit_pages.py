"""Small made-up pages for the tests of the readers; no code or title in them is real."""

HEAD = """หน่วยสมรรถนะ

รดน้ำต้นไม้

สาขาวิชาชีพตัวอย่าง

รายละเอียดหน่วยสมรรถนะ

1. รหัสหน่วยสมรรถนะ TST-WTRA-001A

2. ชื่อหน่วยสมรรถนะ รดน้ำต้นไม้

3. ทบทวนครั้งที่ 1 / 2567

4. สร้างใหม่ ปรับปรุง

5. สำหรับชื่ออาชีพและรหัสอาชีพ (Occupational Classification)
คนสวน ระดับ 3
ISCO-08 รหัสอาชีพ 6113 คนทำสวน

6. คำอธิบายหน่วยสมรรถนะ (Description of Unit of Competency)
รดน้ำต้นไม้ในสวนได้อย่างเหมาะสม

7. สำหรับระดับคุณวุฒิ
3

8. กลุ่มอาชีพ (Sector)
งานสวน
"""

ELEMENTS = """
11. สมรรถนะย่อยและเกณฑ์การปฏิบัติงาน (Elements and Performance Criteria)
หน่วยสมรรถนะย่อย (EOC)
เกณฑ์ในการปฏิบัติงาน (Performance Criteria)
วิธีการประเมิน
90101.01 เตรียมสายยาง
1.1 ต่อสายยางได้
การสัมภาษณ์
1.2 เปิดน้ำได้
การสัมภาษณ์
90101.02 รดน้ำ
2.1 รดน้ำที่โคนต้นได้
การสาธิตการปฏิบัติงาน
"""

TAIL = """
12. ความรู้และทักษะก่อนหน้าที่จำเป็น (Pre-requisite Skill & Knowledge)
ไม่มี
"""

PAGE = HEAD + ELEMENTS + TAIL
"""A whole page without a single oddity."""

WORD_PAGE = """<html><head><style>p {mso-style: x}</style></head><body>
<p><b><span style='font-family:"Cordia New","sans-serif";
mso-bidi-language:TH'>1. รหัสหน่วยสมรรถนะ</span></b><span> TST-WTRA-001A
<b>2. <span lang=TH>ชื่อหน่วยสมรรถนะ</span></b> รดน้ำต้นไม้</span></p>
<p>7. สำหรับระดับคุณวุฒิ</p>
<table><tr><td>1</td><td>2</td><td>3</td><td>4</td><td>5</td><td>6</td><td>7</td></tr>
<tr><td></td><td></td><td><span style='font-family:Wingdings'>P</span></td>
<td></td><td></td><td></td><td></td></tr></table>
<p>11. สมรรถนะย่อยและเกณฑ์การปฏิบัติงาน (Elements and Performance Criteria)</p>
<table><tr><td>สมรรถนะย่อย</td><td>เกณฑ์ในการปฏิบัติงาน</td><td>วิธีการประเมิน</td></tr>
<tr><td>90101.01 เตรียมสายยาง</td><td><p>1.1 ต่อสายยางได้</p><p>1.2 เปิดน้ำได้ &amp; ปิดน้ำได้</p></td>
<td>การสัมภาษณ์</td></tr></table>
<p>12. ความรู้และทักษะก่อนหน้าที่จำเป็น (Pre-requisite Skill &amp; Knowledge)</p><p>ไม่มี</p>
</body></html>
"""

QUALIFICATION = """## รายละเอียด
- คุณวุฒิวิชาชีพ: สาขาวิชาชีพตัวอย่าง สาขางานสวน อาชีพคนสวน ระดับ 3

## การเลื่อนระดับคุณวุฒิวิชาชีพ (Qualification Pathways)
ต้องผ่านการประเมินตามหน่วยสมรรถนะ จำนวน 2 หน่วย

## หน่วยสมรรถนะ (หน่วยสมรรถนะทั้งหมดของคุณวุฒิวิชาชีพนี้)
- [TST-WTRA-001A](https://example.org/unitinfo/11) — รดน้ำต้นไม้
- [TST-WTRB-002A](https://example.org/unitinfo/12) — ตัดหญ้า

## องค์กรรับรอง ที่สามารถเข้ารับการประเมินสมรรถนะบุคคล
- CB-9999-A: สวนตัวอย่าง
"""
