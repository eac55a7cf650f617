from dataclasses import replace
from datetime import date

import pytest

from standards.catalogue import Catalogue, names_of
from standards.errors import AmbiguousCode, UnknownCode
from standards.model import Edition, EditionId, OwnerCode, QualificationKey, UnitKey
from standards.reading_json import with_digest
from standards.shipped import shipped_editions

_SHIPPED = Catalogue(shipped_editions())
_TPQI, _TST = shipped_editions()


def _later(edition: Edition, *, title: str) -> Edition:
    """Return a later edition in which every unit has another title."""
    return with_digest(
        replace(
            edition,
            id=EditionId(f"{edition.id}-later"),
            released=date(2027, 1, 1),
            units=tuple(replace(unit, title_th=title) for unit in edition.units),
        )
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("THR-HOH-1-200ZB", "ทำความสะอาดและเตรียมห้องพักสำหรับลูกค้า"),
        ("thr - hoh–1-๒๐๐zb", "ทำความสะอาดและเตรียมห้องพักสำหรับลูกค้า"),
        ("std1949:10302", "สระผม"),
        ("STD2029:10302", "ให้บริการนวดไทยขั้นพื้นฐาน"),
        ("--ZZZ-2-002ZB", "จัดเตรียมห้องต่างๆ ให้พร้อมในการใช้งาน"),
        ("14796", "ทำความสะอาดและเตรียมห้องพักสำหรับลูกค้า"),
        ("TEX-TAI-2-011ZA", "จัดเตรียมวัสดุและตัดผ้า"),
    ],
)
def test_a_unit_is_found_by_every_name_it_has(text: str, title: str) -> None:
    assert _SHIPPED.one_unit(text).title_th == title


def test_every_shipped_unit_is_found_by_its_key_and_its_code() -> None:
    for edition in shipped_editions():
        for unit in edition.units:
            assert _SHIPPED.find_units(unit.key) == (unit,)
            assert _SHIPPED.one_unit(unit.code or unit.key) == unit
            assert _SHIPPED.unit(unit.key) == unit
            assert _SHIPPED.edition_of(unit.key) == edition
            assert all(unit in _SHIPPED.find_units(name) for name in names_of(unit))


def test_the_first_name_of_a_unit_is_the_code_on_paper() -> None:
    unit = _SHIPPED.one_unit("THR-HOH-1-200ZB")
    assert names_of(unit) == ("THR-HOH-1-200ZB", unit.key, "14796")


def test_a_local_code_of_two_standards_is_ambiguous_and_both_are_named() -> None:
    with pytest.raises(AmbiguousCode) as caught:
        _SHIPPED.one_unit("10302")
    assert caught.value.code == "ambiguous-unit"
    candidates = caught.value.values["candidates"]
    assert candidates == ("std2029:10302 ให้บริการนวดไทยขั้นพื้นฐาน", "std1949:10302 สระผม")


@pytest.mark.parametrize("text", ["", "THR-HOH-1-999ZB", "สระผม", "std1:10302"])
def test_an_unknown_name_is_refused(text: str) -> None:
    with pytest.raises(UnknownCode) as caught:
        _SHIPPED.one_unit(text)
    assert caught.value.code == "unknown-unit"


def test_a_qualification_is_found_by_page_id_key_and_whole_title() -> None:
    barber = _SHIPPED.one_qualification("7077")
    assert barber.title_th == "ช่างทำผมบุรุษ ระดับ 3"
    assert len(barber.units) == 5
    assert _SHIPPED.one_qualification(barber.key) == barber
    assert _SHIPPED.one_qualification("ช่างทำผมบุรุษ  ระดับ 3") == barber
    with pytest.raises(UnknownCode):
        _SHIPPED.one_qualification("ช่างทำผมบุรุษ")


def test_equal_titles_of_two_qualifications_are_ambiguous() -> None:
    twin = replace(_TST.qualifications[0], key=QualificationKey("q-twin"), aliases=())
    double = replace(_TST, qualifications=(*_TST.qualifications, twin))
    with pytest.raises(AmbiguousCode) as caught:
        Catalogue([double]).one_qualification(twin.title_th)
    assert caught.value.code == "ambiguous-qualification"


def test_a_unit_names_the_qualifications_it_is_part_of() -> None:
    unit = _SHIPPED.one_unit("std1949:10302")
    titles = [q.title_th for q in _SHIPPED.qualifications_with(unit.key)]
    assert titles == ["ช่างทำผมบุรุษ ระดับ 3", "ช่างทำผมบุรุษ ระดับ 4"]
    assert _SHIPPED.qualifications_with(UnitKey("u-none")) == ()


@pytest.mark.parametrize("turned", [False, True])
def test_the_newest_edition_speaks_and_the_older_stays_reachable(*, turned: bool) -> None:
    later = _later(_TST, title="ใหม่")
    editions = (later, _TST) if turned else (_TST, later)
    catalogue = Catalogue(editions)
    unit = _TST.units[0]
    assert catalogue.editions == editions
    assert catalogue.one_unit("TST-DEMO-001A").title_th == "ใหม่"
    assert catalogue.edition_of(unit.key) == later
    assert catalogue.unit(unit.key, edition=_TST.id) == unit
    assert len(catalogue.units) == len(_TST.units)


def test_a_code_given_anew_to_another_key_is_the_newer_units() -> None:
    renamed = _later(_TST, title="ใหม่")
    units = tuple(replace(u, key=UnitKey(f"{u.key}-new")) for u in renamed.units)
    catalogue = Catalogue([_TST, replace(renamed, units=units, qualifications=())])
    assert catalogue.one_unit("TST-DEMO-001A").key.endswith("-new")
    assert len(catalogue.find_units("90001")) == 2


def test_the_same_code_of_two_owners_is_ambiguous() -> None:
    other = replace(
        _TST,
        id=EditionId("dsd-1"),
        owner=OwnerCode("DSD"),
        units=tuple(
            replace(u, key=UnitKey(f"{u.key}-dsd"), owner=OwnerCode("DSD")) for u in _TST.units
        ),
        qualifications=(),
    )
    assert len(Catalogue([_TST, other]).find_units("TST-DEMO-001A")) == 2


def test_an_edition_counts_once_and_its_name_belongs_to_one_content() -> None:
    assert Catalogue([_TST, _TST]).editions == (_TST,)
    with pytest.raises(AmbiguousCode) as caught:
        Catalogue([_TST, replace(_TST, title_th="อื่น")])
    assert caught.value.code == "ambiguous-edition"


def test_what_is_not_there_is_refused_by_its_kind() -> None:
    unit, qualification, edition = UnitKey("u-0"), QualificationKey("q-0"), EditionId("e-0")
    codes = []
    for ask in (
        lambda: _SHIPPED.unit(unit),
        lambda: _SHIPPED.unit(unit, edition=_TST.id),
        lambda: _SHIPPED.edition_of(unit),
        lambda: _SHIPPED.qualification(qualification),
        lambda: _SHIPPED.qualification(qualification, edition=_TST.id),
        lambda: _SHIPPED.unit(_TST.units[0].key, edition=edition),
    ):
        with pytest.raises(UnknownCode) as caught:
            ask()
        codes.append(caught.value.code)
    assert codes == [
        "unknown-unit",
        "unknown-unit",
        "unknown-unit",
        "unknown-qualification",
        "unknown-qualification",
        "unknown-edition",
    ]


def test_a_qualification_is_reached_by_key_with_and_without_its_edition() -> None:
    barber = _SHIPPED.one_qualification("7077")
    assert _SHIPPED.qualification(barber.key) == barber
    assert _SHIPPED.qualification(barber.key, edition=_TPQI.id) == barber
    assert barber in _SHIPPED.qualifications
