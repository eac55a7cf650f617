"""The collected pages give what their notes say; they are not part of this repository."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.codes import format_of
from standards.errors import StandardsError
from standards.model import LevelScale, Unit
from standards.reading_any import read_standard
from standards.wording import WORDING
from tests.standards.readings import codes, proposed

_DATA = Path(__file__).parents[3] / "shared" / "data"
_PAGES = _DATA / "raw_pages"
_MORE_THAN_NOTED = {
    # Noted for other pages with the same row of levels, and true for these as well.
    "level-marks-lost",
    # Section 11 is the last one: nobody can say whether the page was cut inside it.
    "page-ends-in-elements",
}
_REAL = (
    "anim_50101.cp874.txt",
    "anim_50102.cp874.txt",
    "anim_50103.cp874.txt",
    "anim_50104.cp874.txt",
    "anim_50104.word.cp874.htm",
    "anim_50105.cp874.txt",
    "anim_50301.cp874.txt",
    "anim_50301.word.cp874.htm",
    "anim_50402.cp874.txt",
    "anim_50403.cp874.txt",
    "anim_50403.word.cp874.htm",
)
_MADE_UP = (
    "synthetic_01_plain_lines.txt",
    "synthetic_02_pipe_table.txt",
    "synthetic_03_word_html_residue.txt",
    "synthetic_04_glued_labels.txt",
    "synthetic_05_lost_marks_many_codes.txt",
    "synthetic_06_oldest_layout.txt",
    "synthetic_07_bad_code_bad_elements.txt",
    "synthetic_08_cut_page.txt",
)

pytestmark = pytest.mark.skipif(
    not _PAGES.is_dir(), reason="the collected pages may not be passed on and are not here"
)


def _json(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((_DATA / name).read_text(encoding="utf-8"))
    return found


def _bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", _MADE_UP)
def test_a_page_gives_what_its_notes_say(name: str) -> None:
    noted = _json("raw_pages/synthetic_expected.json")[name]
    reading = read_standard((_PAGES / name).read_bytes(), name=name)
    (unit,) = proposed(reading).units

    _check_names(unit, noted)
    assert (unit.revision.number, unit.revision.year) == (
        noted["revision"]["no"],
        noted["revision"]["year_be"] and noted["revision"]["year_be"] - 543,
    )
    assert list(unit.isco) == noted["isco"]
    sector = unit.industry if noted["sector"] == "(the industry again)" else noted["sector"]
    assert unit.sector == sector
    _check_elements(unit, noted["elements"])


def _check_names(unit: Unit, noted: dict[str, Any]) -> None:
    certificate = [a.value for a in unit.aliases if a.kind.value == "certificate-code"]
    assert certificate == noted["codes"]
    assert format_of(unit.code or "").value == noted["code_format"]
    assert unit.title_th == noted["title_th"]


def _check_elements(unit: Unit, noted: list[dict[str, Any]] | None) -> None:
    if noted is None:
        assert unit.elements is None
        return
    assert [(e.code, e.title_th, len(e.criteria)) for e in unit.elements or ()] == [
        (each["code"], each["title_th"], each["criteria"]) for each in noted
    ]


@pytest.mark.parametrize("name", _MADE_UP)
def test_a_page_raises_the_warnings_of_its_notes_and_no_others(name: str) -> None:
    noted = _json("raw_pages/synthetic_expected.json")[name]
    found = codes(read_standard((_PAGES / name).read_bytes(), name=name))
    warnings = {warning.replace("_", "-") for warning in noted["warnings"]}

    assert warnings <= found
    assert found - warnings <= _MORE_THAN_NOTED


@pytest.mark.parametrize("name", _MADE_UP)
def test_a_page_gives_a_level_only_with_its_scale(name: str) -> None:
    noted = _json("raw_pages/synthetic_expected.json")[name]
    reading = read_standard((_PAGES / name).read_bytes(), name=name)
    (unit,) = proposed(reading).units
    scaled = noted["levels"] is not None and noted["level_scale"] is not None

    expected = [(noted["levels"][0], LevelScale(noted["level_scale"]))] if scaled else []
    assert [(level.value, level.scale) for level in unit.levels] == expected
    unscaled = [dict(d.values)["level"] for d in reading.doubts if d.code == "level-scale-unknown"]
    assert unscaled == ([str(noted["levels"][0])] if noted["levels"] and not scaled else [])


@pytest.mark.parametrize("name", _REAL)
def test_a_real_page_is_read_for_certain_as_it_was_parsed_by_hand(name: str) -> None:
    local = name.removeprefix("anim_").split(".")[0]
    units = _json("tpqi_units_animation_draft.json")["units"]
    (noted,) = [each for each in units if each["local_code"] == local]
    reading = read_standard((_PAGES / name).read_bytes(), name=name)
    (unit,) = reading.units

    assert codes(reading) <= {"label-glued"}
    assert (unit.code, unit.shown_code) == (None, local)
    assert _bare(unit.title_th) == _bare(noted["title_th"])
    assert (unit.sector, unit.occupation) == (noted["sector"], noted["occupation"])
    assert [(each.value, each.scale.value) for each in unit.levels] == [
        (level, noted["level_scale"]) for level in noted["levels"]
    ]
    assert list(unit.isco) == noted["isco"]
    assert (unit.revision.number, unit.revision.year, unit.revision.raw) == (None, None, None)
    assert [(e.code, _bare(e.title_th)) for e in unit.elements or ()] == [
        (each["code"], _bare(each["title_th"])) for each in noted["elements"]
    ]
    assert [[_bare(c.text_th) for c in e.criteria] for e in unit.elements or ()] == [
        [_bare(text) for text in each["criteria"]] for each in noted["elements"]
    ]


def test_the_qualification_page_gives_title_level_units_and_certifying_body() -> None:
    (noted,) = [
        each
        for each in _json("tpqi_qualifications.json")["qualifications"]
        if each["qualification_id"] == 4412
    ]
    data = (_PAGES / "qualification_4412.raw.json").read_bytes()
    reading = read_standard(data, name="q")
    (qualification,) = proposed(reading).qualifications

    assert codes(reading) == {"level-scale-mixed"}
    assert reading.qualifications[0].level is None
    assert _bare(qualification.title_th) == _bare(noted["title_th"])
    assert qualification.occupation == noted["occupation"]
    assert qualification.industry == noted["industry"]
    assert qualification.level is not None
    assert (qualification.level.value, qualification.level.scale.value) == (5, "8-level")
    assert qualification.composition_known
    assert [(u.code, u.title_th, u.source_url) for u in reading.units] == [
        (each["code"], each["title_th"], each["url"]) for each in noted["units"]
    ]
    assert qualification.units == tuple(unit.key for unit in reading.units)
    assert qualification.certifying_bodies == tuple(
        f"{body['code']}: {body['name']}" for body in noted["certifying_bodies"]
    )


@settings(deadline=None, max_examples=60)
@given(name=st.sampled_from([*_REAL, *_MADE_UP]), at=st.floats(0, 1), length=st.integers(0, 400))
def test_a_page_with_a_hole_is_read_or_refused(name: str, at: float, length: int) -> None:
    data = (_PAGES / name).read_bytes()
    start = int(at * len(data))
    try:
        reading = read_standard(data[:start] + data[start + length :], name=name)
    except StandardsError as error:
        assert error.code in WORDING
    else:
        assert all(part.subject for part in reading.parts)


@pytest.mark.parametrize("name", [*_REAL, *_MADE_UP])
def test_importing_a_page_twice_changes_nothing(name: str) -> None:
    data = (_PAGES / name).read_bytes()
    assert read_standard(data, name=name) == read_standard(data, name="another name")
