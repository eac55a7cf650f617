"""A mapping needs two people."""

from dataclasses import replace
from pathlib import Path

import pytest

from competency_bank.bank import Bank
from competency_bank.domain.course_files import read_courses, read_map
from competency_bank.domain.courses import MapState
from competency_bank.domain.errors import Conflict, NotAllowed, NotFound
from competency_bank.services.map_course import add_courses, approve_map, propose_map
from competency_bank.storage.course_rows import approved_map, find_map
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.storage.people_rows import find_person
from standards.errors import StandardsError
from tests.banks import data, expect_clean, school_bank

HK = "BMA-HK-2566"


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return school_bank(tmp_path)


def test_the_approver_is_never_the_author(bank: Bank) -> None:
    with bank.writing() as transaction:
        author = find_person(transaction, "C-001").id
        stored = approved_map(transaction, HK)
        propose_map(transaction, stored.course_map, by=author)
        with pytest.raises(NotAllowed, match="approver-is-author"):
            approve_map(transaction, HK, by=author)


def test_only_a_curriculum_officer_proposes_or_approves(bank: Bank) -> None:
    with bank.writing() as transaction:
        teacher = find_person(transaction, "T-001").id
        stored = approved_map(transaction, HK)
        with pytest.raises(NotAllowed, match="not-curriculum-officer"):
            propose_map(transaction, stored.course_map, by=teacher)
        with pytest.raises(NotAllowed, match="not-curriculum-officer"):
            approve_map(transaction, HK, by=teacher)


def test_a_new_version_retires_the_old_one_and_changes_nothing_of_it(bank: Bank) -> None:
    with bank.writing() as transaction:
        old = approved_map(transaction, HK)
        author, approver = (find_person(transaction, ref).id for ref in ("C-001", "C-002"))
        shorter = replace(old.course_map, links=old.course_map.links[:2])
        assert propose_map(transaction, shorter, by=author) == 2
        assert approved_map(transaction, HK) == old
        assert approve_map(transaction, HK, by=approver) == 2
        assert len(approved_map(transaction, HK).course_map.units) == 2
        assert find_map(transaction, HK, 1) == replace(old, state=MapState.RETIRED)
    expect_clean(bank)


def test_nothing_is_approved_that_was_not_proposed(bank: Bank) -> None:
    with bank.writing() as transaction:
        approver = find_person(transaction, "C-002").id
        with pytest.raises(Conflict, match="nothing-proposed"):
            approve_map(transaction, HK, by=approver)
        (course, *_) = read_courses(data("courses.json"), name="courses")
        add_courses(transaction, [replace(course, code="NEW-1")])
        with pytest.raises(Conflict, match="nothing-proposed"):
            approve_map(transaction, "NEW-1", by=approver)
        with pytest.raises(NotFound, match="unknown-course"):
            approve_map(transaction, "NONE", by=approver)


def test_a_mapping_to_a_unit_that_no_edition_has_is_refused(bank: Bank) -> None:
    with bank.reading() as transaction:
        catalogue = load_catalogue(transaction)
    text = data("housekeeping.map.json").replace(b"THR-HOH-1-194ZB", b"THR-HOH-1-999ZB")

    with pytest.raises(StandardsError):
        read_map(text, catalogue, name="map.json")


def test_a_course_that_stands_is_not_rewritten(bank: Bank) -> None:
    with bank.writing() as transaction:
        (course, *_) = read_courses(data("courses.json"), name="courses")
        assert add_courses(transaction, [course]) == 0
        with pytest.raises(Conflict, match="course-differs"):
            add_courses(transaction, [replace(course, hours=60)])
