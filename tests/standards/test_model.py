from dataclasses import replace

from standards.model import AliasKind
from standards.shipped import shipped_editions

_TPQI, _TST = shipped_editions()


def test_the_code_on_paper_is_the_certificate_code_else_the_local_code_else_the_key() -> None:
    coded = _TST.units[0]
    assert coded.shown_code == "TST-DEMO-001A"
    assert replace(coded, code=None).shown_code == "90001"
    assert replace(coded, code=None, aliases=()).shown_code == coded.key


def test_every_shipped_unit_without_a_certificate_code_has_a_local_one_to_show() -> None:
    for unit in _TPQI.units:
        local = {a.value for a in unit.aliases if a.kind is AliasKind.LOCAL_CODE}
        assert unit.shown_code == unit.code or unit.shown_code in local


def test_the_units_of_a_qualification_are_those_of_all_its_groups_each_once() -> None:
    core, choice = _TST.qualifications[1].groups
    doubled = replace(_TST.qualifications[1], groups=(core, choice, core))
    assert doubled.units == core.units + choice.units
