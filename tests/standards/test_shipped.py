import json
from pathlib import Path
from typing import Any

import pytest

from standards.catalogue import Catalogue
from standards.codes import CodeFormat, format_of
from standards.model import AliasKind
from standards.shipped import shipped_editions
from standards.thai_text import tidy

_FOLDER = Path(__file__).parents[3] / "shared" / "data"
_TPQI, _TST = shipped_editions()
_CATALOGUE = Catalogue(shipped_editions())
needs_sources = pytest.mark.skipif(
    not _FOLDER.is_dir(), reason="the collected sources are not part of this project"
)


def _source(name: str) -> list[dict[str, Any]]:
    content = json.loads((_FOLDER / f"tpqi_{name}.json").read_text())
    entries: list[dict[str, Any]] = content[name]
    return entries


def test_the_facts_hold_177_units_and_20_qualifications() -> None:
    assert (_TPQI.id, _TPQI.owner, _TPQI.made_up) == ("tpqi-facts-2026-11", "TPQI", False)
    assert (len(_TPQI.units), len(_TPQI.qualifications)) == (177, 20)
    assert sum(q.composition_known for q in _TPQI.qualifications) == 17


def test_no_text_that_may_not_be_passed_on_is_shipped() -> None:
    assert all(unit.elements is None for unit in _TPQI.units)


def test_every_fact_names_its_source() -> None:
    assert all(unit.source_url for unit in _TPQI.units)
    assert all(qualification.source_url for qualification in _TPQI.qualifications)


def test_keys_are_short_and_tell_nothing() -> None:
    for edition in shipped_editions():
        keys = [u.key for u in edition.units] + [q.key for q in edition.qualifications]
        assert all(len(key) == 12 and key[:2] in {"u-", "q-"} for key in keys)
        assert not any(u.code and u.code in u.key for u in edition.units)


@needs_sources
def test_every_unit_of_the_sources_stands_in_the_facts_as_printed() -> None:
    for source in _source("units"):
        unit = _CATALOGUE.one_unit(source["key"])
        assert (unit.code, unit.title_th) == (source["code"], source["title_th"])
        levels = [(level.value, level.scale.value) for level in unit.levels]
        assert levels == [(value, source["level_scale"]) for value in source["levels"]]
        revision, printed = unit.revision, source["revision"]
        year = printed["year_be"] and printed["year_be"] - 543
        assert (revision.number, revision.year, revision.raw) == (
            printed["no"],
            year,
            printed["raw"],
        )
        assert (unit.industry, unit.occupation) == (source["industry"], source["occupation"])
        assert (unit.sector, unit.source_url) == (source["sector"], source["source_url"])
        assert list(unit.isco) == source["isco"]
        assert list(unit.target_groups) == (source.get("target_groups") or [])
        locals_ = [a.value for a in unit.aliases if a.kind is AliasKind.LOCAL_CODE]
        assert locals_ == ([source["local_code"]] if source["local_code"] else [])
        assert set(source["code_aliases"]) <= {a.value for a in unit.aliases}


@needs_sources
def test_every_qualification_of_the_sources_has_its_units_in_order() -> None:
    for source in _source("qualifications"):
        found = _CATALOGUE.one_qualification(str(source["qualification_id"]))
        assert found.title_th == source["title_th"]
        assert found.level is not None
        assert (found.level.value, found.level.scale) == (source["level"], source["level_scale"])
        assert found.composition_known == (source["composition_status"] == "complete")
        names = [part["unit_key"] for part in source["units"]]
        assert list(found.units) == [_CATALOGUE.one_unit(name).key for name in names]
        assert [group.minimum for group in found.groups] == [len(names)]


@needs_sources
def test_the_shipped_facts_name_nothing_the_sources_do_not() -> None:
    known = {source["key"] for source in _source("units")}
    known |= {p["unit_key"] for q in _source("qualifications") for p in q["units"]}
    assert len(known) == len(_TPQI.units)
    assert len(_source("qualifications")) == len(_TPQI.qualifications)


def test_the_demonstration_standard_is_marked_as_made_up_and_goes_to_full_depth() -> None:
    assert (_TST.owner, _TST.made_up) == ("TST", True)
    assert len(_TST.units) == 6
    for unit in _TST.units:
        assert unit.code is not None
        assert unit.code.startswith("TST-DEMO-")
        assert format_of(unit.code) is CodeFormat.CURRENT
        assert unit.elements is not None
        assert 2 <= len(unit.elements) <= 3
        assert all(3 <= len(element.criteria) <= 4 for element in unit.elements)
        assert all(element.assessment_methods for element in unit.elements)


def test_the_demonstration_standard_is_written_in_tidy_thai_and_in_english() -> None:
    for unit in _TST.units:
        for element in unit.elements or ():
            texts = [element.title_th, *(c.text_th for c in element.criteria)]
            assert [tidy(text) for text in texts] == texts
            assert all(criterion.text_en for criterion in element.criteria)
