"""The curriculum office: messy sources, mappings weighed, a new edition that takes nothing away."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from competency_bank.bank import Bank
from competency_bank.cli.program import program
from competency_bank.services.compare_editions import compare_editions
from competency_bank.storage.edition_rows import load_catalogue
from standards.model import Edition, EditionId, UnitGroup
from standards.reading_json import read_edition, write_edition
from standards.shipped import shipped_editions
from tests.banks import BARBER, expect_clean, record, school_bank
from tests.foreign_case import association, item, package


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    made = school_bank(tmp_path / "home")
    yield made
    expect_clean(made)


def run(bank: Bank, *words: str, status: int = 0) -> Any:  # noqa: ANN401  (whatever the verb answers)
    home = str(bank.settings.home)
    result = CliRunner().invoke(program, ["--home", home, *words, "--json"])
    assert result.exit_code == status, result.output
    return json.loads(result.stdout)


def next_edition(edition: Edition, **changes: object) -> Edition:
    """Return the edition that follows, with changes."""
    later = replace(
        edition,
        id=EditionId(f"{edition.id}-next"),
        released=edition.released.replace(year=edition.released.year + 3),
        **changes,  # type: ignore[arg-type]  # names of fields
    )
    return read_edition(write_edition(later), name="next")


def facts() -> Edition:
    return next(one for one in shipped_editions() if one.owner == "TPQI")


def test_importing_twice_changes_nothing_and_exporting_gives_the_same_bytes(
    bank: Bank, tmp_path: Path
) -> None:
    for form in ("json", "case"):
        files = [tmp_path / f"{form}-{n}" for n in (1, 2)]
        for file in files:
            home = str(bank.settings.home)
            words = ["standard", "export", "tst-demo-2026-11", "--format", form]
            CliRunner().invoke(program, ["--home", home, *words, "--out", str(file)])
            (answer,) = run(bank, "standard", "import", str(file))
            assert answer["new"] is False
        assert files[0].read_bytes() == files[1].read_bytes()


def test_a_table_with_doubts_waits_until_a_person_released_them(bank: Bank, tmp_path: Path) -> None:
    table = tmp_path / "units.csv"
    table.write_text(
        "รหัสหน่วยสมรรถนะ,ชื่อหน่วยสมรรถนะ,หน่วยย่อย,เกณฑ์\n"
        "TST-WXYZ-001A,พับกระดาษ,1 เตรียม,1.1 เลือกกระดาษได้1.2 ตัดกระดาษได้\n"
        "TST-WXYZ-002A,ตัดกระดาษ,1 ตัด,1.1 ตัดตรงได้\n",
        encoding="utf-8",
    )
    (kept,) = run(bank, "standard", "import", str(table), "--owner", "TST")
    assert run(bank, "standard", "import", str(table), "--owner", "TST")[0] == kept
    assert kept["doubts"], "glued criteria are doubtful"
    waiting = run(bank, "standard", "waiting")
    assert [one["id"] for one in waiting] == [kept["waits_as"]]

    source = kept["waits_as"]
    refused = run(bank, "standard", "release", source, "--by", "T-001", status=1)
    assert refused["error"]["code"] == "not-curriculum-officer"
    unknown = ("--accept", "nothing", "--by", "C-001")
    assert run(bank, "standard", "release", source, *unknown, status=1)
    run(bank, "standard", "release", source, "--accept-all", "--by", "C-001")
    head = ("--edition", "tst-paper", "--title", "งานกระดาษ", "--released", "1/1/2569")
    made = run(bank, "standard", "compile", source, *head, "--owner", "TST", "--by", "C-001")
    assert made["units"] >= 1
    assert run(bank, "standard", "show", "TST-WXYZ-002A")["title_th"] == "ตัดกระดาษ"


@pytest.mark.parametrize("course", ["HOTEL-HOUSEKEEPING", "BEAUTY", "COMPUTER"])
def test_a_course_shows_coverage_gaps_and_suggestions(bank: Bank, course: str) -> None:
    first = run(bank, "course", "known", "--by", "C-001")
    assert first["new"] == 23
    assert len(first["proposed"]) >= 8
    assert run(bank, "course", "known", "--by", "C-001") == {"new": 0, "proposed": []}
    run(bank, "course", "approve", course, "--by", "C-002")

    cover = run(bank, "course", "coverage", course)
    assert cover["units"]
    assert all(unit["counted_in"] == "whole-unit" for unit in cover["units"])
    assert {unit["share"] for unit in cover["units"] if unit["banked"]} == {1.0}
    suggested = run(bank, "course", "suggest", course)
    mapped = {unit["code"] for unit in cover["units"]}
    for part in suggested:
        assert len(part["suggestions"]) <= 10
        assert all(one["because"] for one in part["suggestions"])
    found = {one["code"] for part in suggested for one in part["suggestions"]}
    assert len(mapped & found) >= len(mapped) - 1


def test_criteria_without_a_link_are_gaps(bank: Bank, tmp_path: Path) -> None:
    courses = {
        "courses": [
            {"code": "ROOF-1", "title_th": "สวนดาดฟ้า", "title_en": None, "hours": 12, "days": 2}
            | {"note_th": None, "note_en": None, "source_url": None}
        ]
    }
    links = [{"unit": "TST-DEMO-001A", "part": "วันแรก", "element": "TST-DEMO-001A-E1"}]
    unit = run(bank, "standard", "show", "TST-DEMO-001A")
    edition = next(one for one in shipped_editions() if one.owner == "TST")
    element = next(u for u in edition.units if u.key == unit["key"]).elements
    assert element is not None
    links[0]["element"] = element[0].code
    (tmp_path / "courses.json").write_text(json.dumps(courses), encoding="utf-8")
    (tmp_path / "map.json").write_text(
        json.dumps(
            {
                "course": "ROOF-1",
                "note": None,
                "links": links,
                "parts": [
                    {"name": "วันแรก", "topic": "ตรวจความปลอดภัย", "theory_hours": 2}
                    | {"practice_hours": 4, "assessment": "สังเกตการณ์"},
                    {"name": "วันที่สอง", "topic": None, "theory_hours": None}
                    | {"practice_hours": None, "assessment": None},
                ],
            }
        ),
        encoding="utf-8",
    )
    run(bank, "course", "import", str(tmp_path / "courses.json"))
    run(bank, "course", "propose", str(tmp_path / "map.json"), "--by", "C-001")
    cover = run(bank, "course", "coverage", "ROOF-1", "--version", "1")

    (unit_cover,) = cover["units"]
    assert unit_cover["counted_in"] == "criteria"
    assert 0 < unit_cover["share"] < 1
    assert unit_cover["gaps"]
    assert unit_cover["banked"] is False
    assert cover["idle_parts"] == ["วันที่สอง"]


def test_a_new_edition_shows_whom_it_touches_and_takes_no_qualification_away(
    bank: Bank, tmp_path: Path
) -> None:
    record(bank, BARBER)
    old = facts()
    barber = next(q for q in old.qualifications if "7077" in [a.value for a in q.aliases])
    harder = replace(
        barber,
        groups=(UnitGroup(None, 6, (*barber.units, old.units[0].key)),),
    )
    new = next_edition(
        old,
        qualifications=tuple(harder if q.key == barber.key else q for q in old.qualifications),
    )
    file = tmp_path / "next.json"
    file.write_bytes(write_edition(new))
    (shown,) = run(bank, "standard", "diff", old.id, str(file))

    assert shown["requalified"] == [barber.key]
    assert len(shown["people"]) == 7, "seven have completed it, one left half-way"
    assert all(one["lost"] == [] for one in shown["people"])
    assert all(barber.key in one["kept"] for one in shown["people"])

    (stored,) = run(bank, "standard", "import", str(file))
    assert stored["new"]
    with bank.reading() as transaction:
        editions = {one.id for one in load_catalogue(transaction).editions}
        again = compare_editions(transaction, old, new)
    assert {old.id, new.id} <= editions
    completed = run(bank, "holdings", "BB-001")["completed"]
    title = {"th": barber.title_th, "en": barber.title_en}
    assert {"title": title, "edition": old.id} in completed
    (path,) = run(bank, "path", "BB-001", "--goal", "7077")
    assert not path["complete"], "the newest edition asks for more"
    assert all(effect.lost == () for effect in again.people)


def test_a_unit_counts_for_another_only_by_the_decision_of_two(bank: Bank) -> None:
    record(bank, BARBER)
    words = ("equals", "std1949:10302", "std1949:10102", "--reason", "same work")
    asked = run(bank, "standard", "decide", *words, "--by", "C-001")
    before = run(bank, "path", "BB-001", "--goal", "7078")
    refused = run(bank, "standard", "confirm", asked["reference"], "--by", "C-001", status=1)
    assert refused["error"]["code"] == "approver-is-author"
    assert run(bank, "path", "BB-001", "--goal", "7078") == before

    run(bank, "standard", "confirm", asked["reference"], "--by", "C-002")
    (after,) = run(bank, "path", "BB-001", "--goal", "7078")
    assert len(after["left"]) == len(before[0]["left"]) - 1
    again = run(bank, "standard", "confirm", asked["reference"], "--by", "C-002", status=1)
    assert again["error"]["code"] == "already-confirmed"


def test_an_edition_with_serious_findings_is_not_imported(bank: Bank, tmp_path: Path) -> None:
    demo = next(one for one in shipped_editions() if one.owner == "TST")
    first, second, *rest = demo.units
    double = replace(second, code=first.code)
    spoilt = next_edition(demo, units=(first, double, *rest))
    file = tmp_path / "spoilt.json"
    file.write_bytes(write_edition(spoilt))

    (checked,) = run(bank, "standard", "check", str(file), status=1)
    assert "serious" in {one["severity"] for one in checked["findings"]}
    refused = run(bank, "standard", "import", str(file), status=1)
    assert refused["error"]["code"] == "serious-findings"
    assert spoilt.id not in {one["edition"] for one in run(bank, "standard", "list")}


def test_a_foreign_case_package_is_read_with_remarks(bank: Bank, tmp_path: Path) -> None:
    items = [
        item(1, "Competency", "Water the garden"),
        item(2, "Indicator", "Waters in the morning"),
        item(3, "Something else", "A thing of its own kind"),
    ]
    foreign = package(items, [association(9, 2, 1, "isChildOf")])
    file = tmp_path / "foreign.json"
    file.write_text(json.dumps(foreign), encoding="utf-8")
    (checked,) = run(bank, "standard", "check", str(file))

    assert checked["notes"]


def test_search_forgives_what_people_type(bank: Bank) -> None:
    found = run(bank, "standard", "search", "ทำความสะอาดหองพัก")

    assert "THR-HOH-1-200ZB" in [one["code"] for one in found[:5]]


def test_a_new_edition_names_every_course_whose_unit_changes_or_goes(
    bank: Bank, tmp_path: Path
) -> None:
    run(bank, "course", "known", "--by", "C-001")
    for course in ("HOTEL-HOUSEKEEPING", "COMPUTER", "BEAUTY"):
        run(bank, "course", "approve", course, "--by", "C-002")
    old = facts()
    gone, changed = "THR-HOH-1-202ZB", {"CEC-ITC-2-007ZA", "HDS-BUE-3-149ZB"}
    new = next_edition(
        old,
        units=tuple(
            replace(unit, title_th=f"{unit.title_th} (ปรับปรุง)") if unit.code in changed else unit
            for unit in old.units
            if unit.code != gone
        ),
    )
    file = tmp_path / "next.json"
    file.write_bytes(write_edition(new))
    (shown,) = run(bank, "standard", "diff", old.id, str(file))

    fates = {(one["course"], one["fate"]) for one in shown["mappings"]}
    assert ("HOTEL-HOUSEKEEPING", "removed") in fates
    assert ("BMA-HK-2566", "removed") in fates
    assert {("COMPUTER", "changed"), ("BEAUTY", "changed")} <= fates
    assert shown["removed"] == [gone]

    words = ("replaces", gone, "THR-HOH-1-200ZB", "--reason", "joined with room cleaning")
    asked = run(bank, "standard", "decide", *words, "--by", "C-001")
    run(bank, "standard", "confirm", asked["reference"], "--by", "C-002")
    (again,) = run(bank, "standard", "diff", old.id, str(file))
    assert ("HOTEL-HOUSEKEEPING", "succeeded") in {
        (one["course"], one["fate"]) for one in again["mappings"]
    }
