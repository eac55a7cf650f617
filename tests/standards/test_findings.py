import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from standards import model
from standards.finding_model import Finding, Severity
from standards.findings import proofread, serious
from standards.reading_page import read_page
from standards.shipped import shipped_editions
from tests.standards.unit_pages import PAGE
from tests.strategies import editions

_FACTS, _DEMONSTRATION = shipped_editions()
_COLLECTED = Path(__file__).parents[3] / "shared" / "data" / "tpqi_units.json"


def _element(code: str, *criteria: str, title: str | None = None) -> model.Element:
    return model.Element(
        code=code,
        title_th=title or f"งาน {code}",
        title_en=None,
        criteria=tuple(model.Criterion(code=None, text_th=text) for text in criteria),
        assessment_methods=(),
    )


def _unit(key: str, local: str | None, *elements: model.Element, **changes: Any) -> model.Unit:  # noqa: ANN401  (fields of every type)
    kind = model.AliasKind.LOCAL_CODE
    unit = replace(
        _DEMONSTRATION.units[0],
        key=model.UnitKey(key),
        code=None,
        aliases=() if local is None else (model.Alias(kind, local, "std-x"),),
        title_th=f"หน่วย {key}",
        levels=(),
        elements=elements,
    )
    return replace(unit, **changes)


def _edition(*units: model.Unit, **changes: Any) -> model.Edition:  # noqa: ANN401  (fields of every type)
    return replace(_DEMONSTRATION, units=units, **{"qualifications": (), **changes})


def _found(code: str, *units: model.Unit) -> list[Finding]:
    return [each for each in proofread(_edition(*units)) if each.code == code]


def _code(value: str) -> model.Alias:
    return model.Alias(model.AliasKind.CERTIFICATE_CODE, value)


_A, _B = "1.1 ล้างมือได้", "1.2 เช็ดมือได้"
_RIGHT = _unit("u-1", "10101", _element("1010101", _A, _B), _element("1010102", _A))
_EIGHT, _SEVEN = model.LevelScale.EIGHT, model.LevelScale.SEVEN


def test_a_right_standard_has_no_findings() -> None:
    assert proofread(_DEMONSTRATION) == ()
    assert proofread(_edition(_RIGHT)) == ()


def test_no_shipped_fact_stops_an_import() -> None:
    found = proofread(_FACTS)
    assert serious(found) == ()
    assert Counter(each.code for each in found) == {
        "title-on-several-units": 12,
        "level-on-old-scale": 5,
        "code-format-unknown": 1,
    }


@pytest.mark.parametrize(
    ("code", "severity", "units"),
    [
        (
            "element-code-repeated",
            Severity.SERIOUS,
            [_unit("u-1", "10101", _element("1010101", _A), _element("1010101", _B, title="ข"))],
        ),
        (
            "element-code-of-two-units",
            Severity.WARNING,
            [
                _unit("u-1", "IV4021", _element("IV40211", _A), _element("IV40231", _B)),
                _unit("u-2", "IV4023", _element("IV40231", _A), _element("IV40232", _B)),
            ],
        ),
        (
            "element-code-misspelt",
            Severity.WARNING,
            [_unit("u-1", "IV1011", _element("IV10111", _A), _element("IVI10112", _B))],
        ),
        (
            "element-code-misspelt",
            Severity.WARNING,
            [
                _unit(
                    "u-1",
                    None,
                    _element("9070101", _A),
                    _element("9070102", _A),
                    _element("9.07.01.103", _A),
                )
            ],
        ),
        (
            "elements-of-another-unit",
            Severity.SERIOUS,
            [_unit("u-1", "00101", *(_element(f"30301{n}", _A) for n in range(1, 5)))],
        ),
        (
            "element-order",
            Severity.NOTE,
            [_unit("u-1", "10404", _element("10404.3", _A), _element("10404.1", _B))],
        ),
        (
            "element-title-repeated",
            Severity.WARNING,
            [
                _unit(
                    "u-1",
                    "10404",
                    _element("10404.1", _A, title="ก ข"),
                    _element("10404.2", _B, title="กข"),
                )
            ],
        ),
        (
            "criteria-glued",
            Severity.SERIOUS,
            [_unit("u-1", "10101", _element("1010101", "1 ล้างมือได้1.2 เช็ดมือได้"))],
        ),
        (
            "unit-without-criteria",
            Severity.NOTE,
            [_unit("u-1", "10101", _element("1010101"), _element("1010102"))],
        ),
        (
            "element-without-criteria",
            Severity.WARNING,
            [_unit("u-1", "10101", _element("1010101", _A), _element("1010102"))],
        ),
        (
            "criterion-repeated",
            Severity.WARNING,
            [_unit("u-1", "10101", _element("1010101", _A, "2.1 ล้าง มือได้"))],
        ),
        (
            "criteria-copied",
            Severity.WARNING,
            [_unit("u-1", "10101", _element("1010101", _A, _B), _element("1010102", _A, _B))],
        ),
        (
            "code-format-unknown",
            Severity.WARNING,
            [_unit("u-1", None, aliases=(_code("--ZZZ-2-002ZB"),), elements=None)],
        ),
        (
            "code-prefix-unknown",
            Severity.NOTE,
            [_unit("u-1", None, code="XQX-ABCD-001A", elements=None)],
        ),
        (
            "code-on-several-units",
            Severity.SERIOUS,
            [
                _unit("u-1", None, code="TST-ABCD-001A", elements=None),
                _unit("u-2", None, code="tst-abcd-001a", elements=None),
            ],
        ),
        (
            "alias-on-several-units",
            Severity.SERIOUS,
            [_unit("u-1", "10101", elements=None), _unit("u-2", "10101", elements=None)],
        ),
        (
            "alias-is-code-of-another",
            Severity.SERIOUS,
            [
                _unit("u-1", None, code="TST-ABCD-001A", elements=None),
                _unit("u-2", None, aliases=(_code("TST-ABCD-001A"),), elements=None),
            ],
        ),
        (
            "level-on-old-scale",
            Severity.NOTE,
            [_unit("u-1", None, levels=(model.Level(3, _SEVEN),), elements=None)],
        ),
        (
            "level-against-code",
            Severity.WARNING,
            [
                _unit(
                    "u-1",
                    None,
                    code="TST-PAP-2-004ZA",
                    levels=(model.Level(5, _EIGHT),),
                    elements=None,
                )
            ],
        ),
        (
            "title-on-several-units",
            Severity.NOTE,
            [
                _unit("u-1", None, title_th="ล้าง มือ", elements=None),
                _unit("u-2", None, title_th="ล้างมือ", elements=None),
            ],
        ),
        (
            "hidden-character",
            Severity.SERIOUS,
            [_unit("u-1", None, title_th="ล้าง\u200bมือ", elements=None)],
        ),
        (
            "tone-marks-lost",
            Severity.NOTE,
            [_unit("u-1", None, title_th="ผูปฏิบัติงานล้างมือ", elements=None)],
        ),
        (
            "tone-marks-lost",
            Severity.NOTE,
            [
                _unit("u-1", None, title_th="หอของขวัญ", elements=None),
                _unit("u-2", None, title_th="ห่อของขวัญ ขั้นสูง", elements=None),
            ],
        ),
    ],
)
def test_a_rule_finds_its_slip_and_says_where(
    code: str, severity: Severity, units: list[model.Unit]
) -> None:
    found = _found(code, *units)
    assert found
    assert {each.severity for each in found} == {severity}
    assert all(each.place.startswith("$.units[") for each in found)
    assert {each.unit for each in found} <= {unit.key for unit in units}


@pytest.mark.parametrize(
    "unit",
    [
        _unit("u-1", "5.01.005", _element("5.01.005.01", _A), _element("5.01.005.02", _B)),
        _unit("u-1", "10501", _element("10501-01", _A), _element("10501-02", _B)),
        _unit("u-1", "1022", _element("10221", _A), _element("10222", _B)),
        _unit("u-1", None, code="GPW-SOL-2-033ZB", levels=(model.Level(3, _EIGHT),), elements=()),
        _unit("u-1", None, code="DG-WPJL-028", elements=None),
    ],
)
def test_what_is_right_in_published_standards_is_not_found(unit: model.Unit) -> None:
    assert proofread(_edition(unit)) == ()


def test_equal_local_codes_of_two_standards_are_no_slip() -> None:
    other = model.Alias(model.AliasKind.LOCAL_CODE, "10101", "std-y")
    twin = replace(_RIGHT, key=model.UnitKey("u-2"), aliases=(other,), title_th="อื่น")
    assert proofread(_edition(_RIGHT, twin)) == ()


def test_a_qualification_that_names_a_unit_twice_is_found() -> None:
    group = model.UnitGroup(name=None, minimum=1, units=(_RIGHT.key,))
    level = model.Level(5, _EIGHT)
    twice = replace(_DEMONSTRATION.qualifications[0], groups=(group, group), level=level)
    unit = replace(_RIGHT, levels=(model.Level(3, _EIGHT),))
    found = proofread(_edition(unit, qualifications=(twice,)))
    assert [(each.code, each.place) for each in found] == [
        ("unit-named-twice", "$.qualifications[0]"),
        ("level-not-of-qualification", "$.qualifications[0]"),
    ]


def test_descriptions_of_pages_are_compared_with_titles() -> None:
    described = (
        "6. คำอธิบายหน่วยสมรรถนะ (Description of Unit of Competency)\nรดน้ำต้นไม้ในสวนได้อย่างเหมาะสม"
    )
    assert described in PAGE
    long = described.replace("เหมาะสม", "เหมาะสมตามชนิดของพืชและฤดูกาล")
    second = PAGE.replace("001A", "002A").replace("ชื่อหน่วยสมรรถนะ รดน้ำต้นไม้", "ชื่อหน่วยสมรรถนะ ซักผ้าม่าน")
    pages = PAGE.replace(described, long) + second[second.index("1. รหัส") :].replace(
        described, long
    )
    found = {each.code for each in proofread(read_page(pages.encode(), name="pages"))}
    assert {"description-shared", "description-of-another-unit"} <= found


@settings(deadline=None, max_examples=40)
@given(edition=editions())
def test_any_edition_can_be_proofread_gravest_first_and_twice_alike(
    edition: model.Edition,
) -> None:
    found = proofread(edition)
    assert found == proofread(edition)
    assert [each.severity for each in found] == sorted(
        (each.severity for each in found), reverse=True
    )
    assert {each.unit for each in found} - {None} <= {unit.key for unit in edition.units}


def _collected() -> model.Edition:
    units = json.loads(_COLLECTED.read_text(encoding="utf-8"))["units"]
    return _edition(*map(_collected_unit, units))


def _collected_unit(noted: dict[str, Any]) -> model.Unit:
    printed = [noted["code"], *noted["code_aliases"]]
    aliases = [_code(value) for value in printed if value is not None]
    if noted["local_code"] is not None:
        scope = noted["key"].split(":")[0]
        aliases.append(model.Alias(model.AliasKind.LOCAL_CODE, noted["local_code"], scope))
    elements = [
        _element(each["code"], *(each["criteria"] or ()), title=each["title_th"])
        for each in noted["elements"] or ()
    ]
    return _unit(
        noted["key"],
        None,
        code=noted["code"],
        aliases=tuple(aliases),
        title_th=noted["title_th"],
        levels=tuple(
            model.Level(level, model.LevelScale(noted["level_scale"])) for level in noted["levels"]
        ),
        elements=None if noted["elements"] is None else tuple(elements),
    )


@pytest.mark.skipif(not _COLLECTED.is_file(), reason="the collected units are not here")
def test_in_the_collected_units_the_known_slips_are_found_and_nothing_else() -> None:
    found = [each for each in proofread(_collected()) if each.severity > Severity.NOTE]
    assert sorted((each.code, str(each.unit)) for each in found) == [
        ("code-format-unknown", "MLD-LQCX-001B"),
        ("criteria-glued", "std1949:10104"),
        ("criteria-glued", "std1949:20102"),
        ("criteria-glued", "std1949:20102"),
        ("criterion-repeated", "std2364:IV4021"),
        ("element-code-misspelt", "std2364:IV1011"),
        ("element-code-misspelt", "std2364:IV4021"),
        ("element-code-of-two-units", "std2364:IV4021"),
        ("element-without-criteria", "std1949:10104"),
        ("element-without-criteria", "std1949:10302"),
        ("element-without-criteria", "std1949:10302"),
        ("element-without-criteria", "std1953:5.10.109"),
    ]


@pytest.mark.skipif(not _COLLECTED.is_file(), reason="the collected units are not here")
def test_the_corrupt_join_of_the_source_would_stop_the_import() -> None:
    edition = _collected()
    joined = tuple(_element(f"30301{n}", _A) for n in range(1, 5))
    spa = {f"std674:0010{n}" for n in range(1, 4)}
    units = tuple(replace(u, elements=joined) if u.key in spa else u for u in edition.units)
    found = serious(proofread(replace(edition, units=units)))
    assert {each.unit for each in found if each.code == "elements-of-another-unit"} == spa
