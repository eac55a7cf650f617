import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.errors import UnreadableFile
from standards.model import Level, LevelScale, OwnerCode, Revision
from standards.parts import Field
from standards.quarantine import Reading, Verdict, release
from standards.reading_page import read_page
from tests.standards.readings import codes, decide, proposed, the
from tests.standards.unit_pages import ELEMENTS, HEAD, PAGE, QUALIFICATION, TAIL, WORD_PAGE


def _read(text: str, encoding: str = "utf-8") -> Reading:
    return read_page(text.encode(encoding), name="page")


def test_a_page_without_oddities_is_read_for_certain() -> None:
    reading = _read(PAGE)
    (unit,) = reading.units
    assert reading.doubts == ()
    assert (unit.code, unit.title_th) == ("TST-WTRA-001A", "รดน้ำต้นไม้")
    assert (unit.industry, unit.sector) == ("สาขาวิชาชีพตัวอย่าง", "งานสวน")
    assert unit.occupation == "คนสวน ระดับ 3"
    assert unit.levels == (Level(3, LevelScale.EIGHT),)
    assert unit.revision == Revision(number=1, year=2024, raw="1 / 2567")
    assert unit.isco == ("6113",)
    assert [(e.code, e.title_th) for e in unit.elements or ()] == [
        ("90101.01", "เตรียมสายยาง"),
        ("90101.02", "รดน้ำ"),
    ]
    assert [c.text_th for c in (unit.elements or ())[0].criteria] == [
        "1.1 ต่อสายยางได้",
        "1.2 เปิดน้ำได้",
    ]
    assert (unit.elements or ())[0].assessment_methods == ("การสัมภาษณ์",)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp874"])
def test_a_page_says_the_same_in_every_encoding(encoding: str) -> None:
    assert _read(PAGE, encoding) == _read(PAGE)
    assert _read(WORD_PAGE, encoding) == _read(WORD_PAGE)


def test_word_html_is_read_for_certain_with_the_tick_of_its_level() -> None:
    reading = _read(WORD_PAGE)
    (unit,) = reading.units
    assert reading.doubts == ()
    assert unit.title_th == "รดน้ำต้นไม้"
    assert unit.levels == (Level(3, LevelScale.SEVEN),)
    (element,) = unit.elements or ()
    assert [c.text_th for c in element.criteria] == ["1.1 ต่อสายยางได้", "1.2 เปิดน้ำได้ & ปิดน้ำได้"]
    assert element.assessment_methods == ("การสัมภาษณ์",)


def test_a_tick_in_a_row_that_lost_a_cell_is_not_trusted() -> None:
    reading = _read(WORD_PAGE.replace("<tr><td></td>", "<tr>"))
    assert reading.units[0].levels == ()
    assert the(reading, "level-marks-lost").place.startswith("§7:")


@settings(deadline=None, max_examples=60)
@given(cut=st.integers(0, len(PAGE)))
def test_a_page_cut_anywhere_says_nothing_that_the_whole_page_does_not_say(cut: int) -> None:
    (whole,) = _read(PAGE).units
    try:
        reading = _read(PAGE[:cut])
    except UnreadableFile as error:
        assert error.code in {"empty-file", "not-a-page"}
        return
    for unit in reading.units:
        assert unit.title_th == whole.title_th
        assert unit.code in {None, whole.code}
        assert unit.sector in {None, whole.sector}
        assert unit.occupation in {None, whole.occupation}
        assert set(unit.isco) <= set(whole.isco)
        assert set(unit.levels) <= set(whole.levels)
        assert unit.elements in {None, whole.elements}
    if cut < len(HEAD + ELEMENTS):
        assert codes(reading) & {
            "page-ends-early",
            "page-ends-in-section",
            "page-ends-in-elements",
            "elements-not-understood",
        } or not any(unit.elements for unit in reading.units)


@settings(deadline=None, max_examples=60)
@given(
    noise=st.text(alphabet="กขค 123.|-\n\u00a0", max_size=30),
    at=st.integers(0, len(PAGE)),
)
def test_nothing_that_a_page_prints_is_lost(noise: str, at: int) -> None:
    """Every run of letters of the page stands in a part or in a doubt, wherever noise falls."""
    text = PAGE[:at] + noise + PAGE[at:]
    try:
        reading = _read(text)
    except UnreadableFile:
        return
    kept = "".join(part.text for part in reading.parts)
    raw = "".join(doubt.raw for doubt in reading.doubts)
    everything = "".join((kept + raw).split())
    for word in ("ต่อสายยางได้", "เปิดน้ำได้", "รดน้ำที่โคนต้นได้", "รดน้ำต้นไม้ในสวนได้อย่างเหมาะสม"):
        if word in text:
            assert word in everything


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("TST-WTRA-001A", "TST-WTRA-001A TST-WTRB-002A", "several-codes", "§1:9"),
        ("TST-WTRA-001A", "--ZZZ-9-007ZB", "code-malformed", "§1:9"),
        ("TST-WTRA-001A", "tst–wtra–001a", "code-respelt", "§1:9"),
        ("TST-WTRA-001A", "TST-WTRA-001A ชั่วคราว", "code-with-text", "§1:9"),
        ("1 / 2567", "ครั้งแรก", "revision-unclear", "§3:13"),
        ("รดน้ำต้นไม้\n\nสาขา", "รดน้ำผัก\n\nสาขา", "heading-differs-from-title", "§2:3"),
        ("คนทำสวน", "คนทำสวน\n6113 คนสวน", "isco-repeated", "§5:20"),
        ("คนสวน ระดับ 3", "ผูปฏิบัติงานสวน ระดับ 3", "text-lost-tone-marks", "§5:18"),
        ("7. สำหรับระดับคุณวุฒิ\n3", "7. สำหรับระดับคุณวุฒิ\n4", "level-scale-unknown", "§7:24"),
        (
            "7. สำหรับระดับคุณวุฒิ\n3",
            "7. สำหรับระดับคุณวุฒิ\n1 2 3 4 5 6 7 8",
            "level-marks-lost",
            "§7:24",
        ),
        ("งานสวน\n", "สาขาวิชาชีพตัวอย่าง\n", "sector-equals-industry", "§8:27"),
        ("งานสวน\n", 'งานสวน"TH Sarabun",sans-serif">\n', "word-html-removed", "§8:27"),
        ("1.2 เปิดน้ำได้\nการสัมภาษณ์\n", "", "none", ""),
        ("ต่อสายยางได้\nการสัมภาษณ์\n1.2", "ต่อสายยางได้1.2", "criteria-glued", "§11:34"),
        ("1.2 เปิดน้ำได้", "1.2 ต่อสายยางได้", "criterion-repeated", "§11:34"),
        ("90101.02 รดน้ำ", "90101.01 รดน้ำ", "element-code-not-unique", "§11:34"),
        ("90101.02 รดน้ำ", "90100.02 รดน้ำ", "element-order", "§11:39"),
        ("2.1 รดน้ำที่โคนต้นได้\n", "", "element-without-criteria", "§11:39"),
        ("ในสวนได้", "ในสวนได้6. คำอธิบายหน่วยสมรรถนะ", "label-repeated", "§6:22"),
        ("คนทำสวน\n\n6.", "คนทำสวน6.", "label-glued", "§6:19"),
        ("งานสวน\n", "งานสวน\n3. ทบทวนครั้งที่ 4\n", "section-torn", "§8:27"),
        ("รดน้ำต้นไม้\n\n3.", "รดน้ำ\u200bต้นไม้\n\n3.", "hidden-characters", "§2:11"),
    ],
)
def test_each_oddity_is_one_coded_doubt_at_its_place(
    old: str, new: str, code: str, place: str
) -> None:
    assert PAGE.count(old) == 1
    reading = _read(PAGE.replace(old, new))
    found = [doubt.place for doubt in reading.doubts if doubt.code == code]
    assert found[:1] == ([place] if place else [])


def test_a_part_that_is_doubted_counts_only_when_it_is_released() -> None:
    reading = _read(PAGE.replace("TST-WTRA-001A", "tst-wtra-001a"))
    doubt = the(reading, "code-respelt")
    assert (doubt.raw, doubt.cleaned) == ("tst-wtra-001a", "TST-WTRA-001A")
    assert reading.units[0].code is None
    after = release(reading, [decide(doubt, Verdict.ACCEPT)])
    assert after.units[0].code == "TST-WTRA-001A"


def test_elements_are_a_whole_list_or_none() -> None:
    reading = _read(PAGE.replace("1.2 เปิดน้ำได้", "1.2 ต่อสายยางได้"))
    assert reading.units[0].elements is None
    elements = proposed(reading).units[0].elements or ()
    assert [len(element.criteria) for element in elements] == [1, 1]


def test_a_person_may_write_an_element_anew() -> None:
    reading = _read(PAGE.replace("90101.02 รดน้ำ", "90101.02"))
    doubt = the(reading, "element-without-title")
    text = "90101.02 รดน้ำ\n- 2.1 รดน้ำได้\n= การสัมภาษณ์"
    (unit,) = release(reading, [decide(doubt, Verdict.REPLACE, text)]).units
    assert [each.title_th for each in unit.elements or ()] == ["เตรียมสายยาง", "รดน้ำ"]


def test_several_pages_in_one_file_are_several_units() -> None:
    second = PAGE.replace("001A", "002A").replace("ชื่อหน่วยสมรรถนะ รดน้ำต้นไม้", "ชื่อหน่วยสมรรถนะ ตัดหญ้า")
    reading = _read(PAGE + second[second.index("1. รหัส") :])
    assert [unit.title_th for unit in reading.units] == ["รดน้ำต้นไม้", "ตัดหญ้า"]
    assert len({unit.key for unit in reading.units}) == 2


def test_the_description_is_kept_beside_the_model() -> None:
    kept = [part.text for part in _read(PAGE).parts if part.field is Field.KEPT]
    assert "6: รดน้ำต้นไม้ในสวนได้อย่างเหมาะสม" in kept


def test_missing_sections_are_not_empty_ones() -> None:
    reading = _read(HEAD + TAIL)
    assert reading.units[0].elements is None
    table = "\n11. สมรรถนะย่อยและเกณฑ์การปฏิบัติงาน\nข้อความอื่น\n"
    assert "elements-not-understood" in codes(_read(HEAD + table + TAIL))


def test_a_qualification_page_gives_its_units_and_a_known_composition() -> None:
    reading = _read(QUALIFICATION)
    (qualification,) = reading.qualifications
    assert reading.doubts == ()
    assert qualification.level == Level(3, LevelScale.EIGHT)
    assert (qualification.industry, qualification.occupation) == ("สาขาวิชาชีพตัวอย่าง", "คนสวน")
    assert [unit.code for unit in reading.units] == ["TST-WTRA-001A", "TST-WTRB-002A"]
    assert qualification.units == tuple(unit.key for unit in reading.units)
    assert qualification.composition_known


def test_a_unit_has_one_key_on_its_own_page_and_on_its_qualifications() -> None:
    assert _read(PAGE).units[0].key == _read(QUALIFICATION).units[0].key


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("จำนวน 2 หน่วย", "จำนวน 3 หน่วย", "unit-count-differs"),
        ("จำนวน 2 หน่วย", "ชั้น 3", "level-scale-mixed"),
        ("- [TST-WTRB-002A](https://example.org/unitinfo/12) — ", "- หน่วย ", "unit-line-unclear"),
        ("TST-WTRB-002A", "--WTRB-002A", "code-malformed"),
    ],
)
def test_an_odd_qualification_page_raises_a_doubt(old: str, new: str, code: str) -> None:
    assert code in codes(_read(QUALIFICATION.replace(old, new)))


@settings(deadline=None, max_examples=50)
@given(cut=st.integers(0, len(QUALIFICATION)))
def test_a_cut_list_of_units_is_never_a_known_composition(cut: int) -> None:
    whole = _read(QUALIFICATION).qualifications[0]
    try:
        reading = _read(QUALIFICATION[:cut])
    except UnreadableFile:
        return
    for qualification in reading.qualifications:
        if qualification.composition_known:
            assert len(qualification.units) == len(whole.units)


def test_whose_page_it_is_is_said_by_the_caller() -> None:
    reading = read_page(PAGE.encode(), name="page", owner=OwnerCode("TST"))
    assert (reading.owner, reading.units[0].owner) == ("TST", "TST")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"\xef\xbb\xbf  \r\n", "empty-file"),
        (b"%PDF-1.7", "not-a-page"),
        ("ไม่มีอะไร".encode(), "not-a-page"),
        (b"{", "not-json"),
        (b"{}", "not-a-page"),
        (b"1. a\x00\x01\x02" + b"b" * 50, "unknown-encoding"),
        (b"\xff\xfe\x00\xd8", "unknown-encoding"),
        (("1. รหัสหน่วยสมรรถนะ " + "ก" * 1_000_000).encode(), "line-too-long"),
        (b"a\n" * 100_001, "too-many-lines"),
        (b"a" * (4 * 1024 * 1024 + 1), "file-too-large"),
    ],
)
def test_what_is_no_page_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_page(data, name="some page")
    assert (caught.value.code, caught.value.values["file"]) == (code, "some page")
