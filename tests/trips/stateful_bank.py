"""Random histories of a bank: every step is done in the model and on a real database.

After each step holdings, enrolments and certificates equal the model's, what was held on past days
is what was seen then, the audit is clean, and the log has only grown.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from certificates.document.draft import Draft
from certificates.sealing.merkle import verify_consistency
from certificates.sealing.token import sign_credential
from competency_bank.bank import Bank, now, open_bank
from competency_bank.domain import clock
from competency_bank.domain.courses import Course
from competency_bank.domain.errors import Conflict
from competency_bank.domain.ledger import SYSTEM
from competency_bank.founding import create_bank
from competency_bank.services import correct_record, map_course, open_class, register_people
from competency_bank.services.issue_certificates import (
    Wanted,
    find_due,
    left_unsealed,
    plan_certificates,
    record_issued,
)
from competency_bank.services.load_standards import load_editions
from competency_bank.services.record_units import record_sheet
from competency_bank.services.revoke_certificate import revoke_certificate
from competency_bank.services.withdraw_learner import withdraw_learner
from competency_bank.settings import Settings
from competency_bank.storage import certificate_rows, class_rows, record_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.issued_files import keep_document
from competency_bank.storage.ledger_rows import latest_checkpoint
from competency_bank.storage.log_proof_rows import consistency_proof
from competency_bank.storage.people_rows import find_person
from standards.course_map import CourseLink, CourseMap, Cover
from standards.model import EditionId
from tests.banks import sheet_of
from tests.faults.promises import MEMORY
from tests.small_standards import CODES, KEYS, small_edition
from tests.trips.model_bank import COURSES, ModelBank, Paper, Pass

LEARNERS = ("L-1", "L-2", "L-3", "L-4")
MOST_CLASSES, MOST_EDITIONS = 4, 3
NOBODY = 9
"""A number on no class list."""

GOOD_DAYS = (date(2021, 1, 5), date(2021, 2, 7))
BAD_DAY = date(2019, 1, 1)
CLASS_HEAD = "class,course,school,starts,ends,as,person,number"
PEOPLE = """ref,role,school,school name th,given
T-1,teacher,SML,โรงเรียนทดสอบ,ครูทดสอบ
R-1,registrar,SML,โรงเรียนทดสอบ,นายทะเบียนทดสอบ
C-1,curriculum,SML,โรงเรียนทดสอบ,เจ้าหน้าที่ทดสอบ
C-2,curriculum,SML,โรงเรียนทดสอบ,หัวหน้าทดสอบ
L-1,learner,SML,โรงเรียนทดสอบ,ผู้เรียนทดสอบหนึ่ง
L-2,learner,SML,โรงเรียนทดสอบ,ผู้เรียนทดสอบสอง
L-3,learner,SML,โรงเรียนทดสอบ,ผู้เรียนทดสอบสาม
L-4,learner,SML,โรงเรียนทดสอบ,ผู้เรียนทดสอบสี่"""

FIRST_CLASSES = (
    "K-1,SML-C,SML,2020-02-01,2030-01-01,teacher,T-1,",
    "K-1,SML-C,SML,2020-02-01,2030-01-01,learner,L-1,1",
    "K-1,SML-C,SML,2020-02-01,2030-01-01,learner,L-2,2",
    "K-2,SML-D,SML,2020-02-01,2030-01-01,teacher,T-1,",
    "K-2,SML-D,SML,2020-02-01,2030-01-01,learner,L-1,1",
)
"""Histories begin with something to record, or most would end before a certificate is due."""

Rows = list[tuple[int, list[bool], date]]
"""Number on the class list, whether each unit of the course was passed, and the day."""

rows_of_a_sheet = st.lists(
    st.tuples(
        st.sampled_from((1, 2, 3, 4, NOBODY)),
        st.sampled_from(
            [[True] * 3, [True, True, False], [True, False, False], [False, False, True]]
        ),
        st.sampled_from((*GOOD_DAYS, *GOOD_DAYS, BAD_DAY)),
    ),
    min_size=1,
    max_size=4,
    unique_by=itemgetter(0),
)
any_number = st.integers(0, 99)


def found_small_bank(home: Path, database_url: str | None = None) -> None:
    """Found the bank that every history starts from: a school, two courses, four learners."""
    with pytest.MonkeyPatch.context() as patch:
        # The shipped standards would be read again by every audit: ten times the whole history.
        patch.setattr("competency_bank.founding.shipped_editions", lambda: (small_edition(1),))
        bank = create_bank(Settings(home=home, database_url=database_url))
    with bank.writing() as transaction:
        people = sheet_of(*PEOPLE.split("\n"))
        register_people.register_people(transaction, people, by=SYSTEM, pepper=bank.pepper)
        author, approver = (find_person(transaction, ref).id for ref in ("C-1", "C-2"))
        for code, units in COURSES.items():
            course = Course(code, f"หลักสูตร {code}", None, None, None, None, None, None)
            map_course.add_courses(transaction, [course])
            links = tuple(CourseLink(unit, str(unit), Cover.FULL, None, None) for unit in units)
            course_map = CourseMap(code, 1, (EditionId("SML-1"),), links, ())
            map_course.propose_map(transaction, course_map, by=author)
            map_course.approve_map(transaction, code, by=approver)
        open_class.open_classes(transaction, sheet_of(CLASS_HEAD, *FIRST_CLASSES))
    bank.database.close()


def sealed_in_form(draft: Draft) -> bytes:
    """Return the whole file with nothing but a word in the place of its seal."""
    word = b"unsealed\n"
    return draft.beginning + word + draft.ending(len(draft.beginning) + len(word))


class BankHistory(RuleBasedStateMachine):
    """One random history; a subclass says where the bank comes from."""

    template: Path
    """Home of the bank that ``found_small_bank`` founded."""
    lend_database: "Callable[[], AbstractContextManager[str]] | None" = None
    """Lends a copy of the template's database where that does not lie in the home."""

    def __init__(self) -> None:
        """Begin with a copy of the template."""
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        self.home = self.folder / "home"
        shutil.copytree(self.template, self.home)
        self.lent = ExitStack()
        lend = type(self).lend_database
        url = None if lend is None else self.lent.enter_context(lend())
        self.bank: Bank = open_bank(Settings(home=self.home, database_url=url))
        self.model = ModelBank(
            classes={"K-1": "SML-C", "K-2": "SML-D"},
            enrolled={
                ("K-1", "L-1"): "enrolled",
                ("K-1", "L-2"): "enrolled",
                ("K-2", "L-1"): "enrolled",
            },
        )
        self.moment: datetime = now()
        self.editions = 1
        self.last_sheet: tuple[str, Rows] | None = None
        self.days: dict[date, dict[str, frozenset[str]]] = {}
        """What every learner held at the end of each day that is over."""
        self.checkpoints: list[str] = []
        with self.bank.database.reading(self.moment) as transaction:
            self.ids = {ref: find_person(transaction, ref).id for ref in (*LEARNERS, "T-1", "R-1")}
            self.checkpoints.append(latest_checkpoint(transaction) or "")

    def teardown(self) -> None:
        """Hold the whole log against every checkpoint that was ever seen, and clear away."""
        try:
            self._expect_growth_since_each()
            self._expect_past_days(self._days_of_change(), LEARNERS)
        finally:
            self.bank.database.close()
            self.lent.close()
            shutil.rmtree(self.folder)

    # -- what people do ---------------------------------------------------------------------

    @rule(course=st.sampled_from(sorted(COURSES)))
    def opens_a_class(self, course: str) -> None:
        if len(self.model.classes) == MOST_CLASSES:
            return
        class_id = f"K-{len(self.model.classes) + 1}"
        with self.later() as transaction:
            row = f"{class_id},{course},SML,2020-02-01,2030-01-01,teacher,T-1,"
            open_class.open_classes(transaction, sheet_of(CLASS_HEAD, row))
        self.model.classes[class_id] = course

    @precondition(lambda self: self.model.classes)
    @rule(which=any_number, learner=st.sampled_from(LEARNERS))
    def enrols(self, which: int, learner: str) -> None:
        class_id = self._class(which)
        course, number = self.model.classes[class_id], LEARNERS.index(learner) + 1
        new = (class_id, learner) not in self.model.enrolled
        with self.later() as transaction:
            row = f"{class_id},{course},SML,2020-02-01,2030-01-01,learner,{learner},{number}"
            done = open_class.open_classes(transaction, sheet_of(CLASS_HEAD, row))
        assert done.enrolled == int(new)
        self.model.enrolled.setdefault((class_id, learner), "enrolled")

    @precondition(lambda self: self.model.enrolled)
    @rule(which=any_number, rows=rows_of_a_sheet)
    def records_a_sheet(self, which: int, rows: Rows) -> None:
        classes = sorted({class_id for class_id, _ in self.model.enrolled})
        self.last_sheet = (classes[which % len(classes)], rows)
        self._record(*self.last_sheet)

    @precondition(lambda self: self.last_sheet is not None)
    @rule()
    def sends_the_same_sheet_again(self) -> None:
        assert self.last_sheet is not None
        self._record(*self.last_sheet)

    @precondition(lambda self: self.model.passes())
    @rule(which=any_number)
    def voids_a_pass(self, which: int) -> None:
        learner, unit = self._pass(which)
        entry = self.model.held[learner][unit].entry
        with self.later() as transaction:
            correct_record.void_record(transaction, entry, by=self.ids["T-1"], reason="ทดสอบ")
        self.model.void(learner, unit)
        with pytest.raises(Conflict, match="already-voided"), self.later() as transaction:
            correct_record.void_record(transaction, entry, by=self.ids["T-1"], reason="ทดสอบ")

    @precondition(lambda self: self.model.passes())
    @rule(which=any_number, score=st.integers(0, 100), day=st.sampled_from(GOOD_DAYS))
    def amends_a_pass(self, which: int, score: int, day: date) -> None:
        learner, unit = self._pass(which)
        kept = self.model.held[learner][unit]
        change = correct_record.Correction(day, Decimal(score))
        if (kept.day, kept.score) == (day, score):
            with pytest.raises(Conflict, match="nothing-to-amend"), self.later() as transaction:
                correct_record.amend_record(
                    transaction, kept.entry, change, by=self.ids["T-1"], reason="ทดสอบ"
                )
            return
        with self.later() as transaction:
            correct_record.amend_record(
                transaction, kept.entry, change, by=self.ids["T-1"], reason="ทดสอบ"
            )
        kept.day, kept.score = day, score

    @precondition(lambda self: self.model.enrolled)
    @rule(which=any_number)
    def leaves_a_course(self, which: int) -> None:
        class_id, learner = sorted(self.model.enrolled)[which % len(self.model.enrolled)]
        if self.model.enrolled[class_id, learner] == "completed":
            with pytest.raises(Conflict, match="course-completed"), self.later() as transaction:
                withdraw_learner(transaction, learner, class_id=class_id, by=SYSTEM)
            return
        with self.later() as transaction:
            withdraw_learner(transaction, learner, class_id=class_id, by=SYSTEM)
        self.model.enrolled[class_id, learner] = "withdrawn"

    @precondition(lambda self: self.model.due())
    @rule(which=any_number)
    def plans_a_certificate_and_the_power_goes(self, which: int) -> None:
        due = self.model.due()
        with self.later() as transaction:
            found = {
                (self._ref(one.learner), one.kind.value, one.subject): one
                for one in find_due(transaction, Wanted())
            }
            assert found.keys() == due.keys()
            name = sorted(due)[which % len(due)]
            (planned,) = plan_certificates(
                transaction, [found[name]], terms=self.bank.terms, by=SYSTEM
            )
        assert planned.kept.serial not in self.model.papers, "a serial was given out twice"
        self.model.papers[planned.kept.serial] = Paper(name, due[name])

    @precondition(lambda self: self.model.serials("planned"))
    @rule(torn=st.booleans())
    def seals_what_was_planned(self, torn: bool) -> None:  # noqa: FBT001  (drawn)
        """Finish every plan, or lose the power after the documents and before the entries."""
        with self.bank.database.reading(self.moment) as transaction:
            left = left_unsealed(transaction, self.bank.marks)
        assert sorted(one.kept.serial for one in left) == self.model.serials("planned")
        sealed = []
        for one in left:
            # The file is sealed in form only: that is proved elsewhere, and dear.
            done = one.ticket.seal(
                sign_credential=lambda said: sign_credential(said, self.bank.keys.credential),
                seal_pdf=sealed_in_form,
                sign_paper=lambda _: "IN FORM ONLY",
            )
            keep_document(self.bank.settings.issued, one.kept.serial, done.pdf)
            sealed.append((one.kept, done))
        if torn:
            return
        with self.later() as transaction:
            issued = record_issued(transaction, sealed, by=SYSTEM)
        assert len(issued) == len(left)
        for one in left:
            self.model.papers[one.kept.serial].state = "issued"

    @precondition(lambda self: self.model.serials("issued"))
    @rule(which=any_number)
    def revokes_a_certificate(self, which: int) -> None:
        issued = self.model.serials("issued")
        serial = issued[which % len(issued)]
        for again in (False, True):
            try:
                with self.later() as transaction:
                    registrar = self.ids["R-1"]
                    revoke_certificate(transaction, serial, reason="issued-in-error", by=registrar)
            except Conflict as refusal:
                assert (again, refusal.code) == (True, "already-revoked")
        self.model.papers[serial].state = "revoked"

    @precondition(lambda self: self.editions < MOST_EDITIONS)
    @rule()
    def publishes_a_new_edition(self) -> None:
        """A new edition takes nothing from anybody: the model does not even notice."""
        self.editions += 1
        with self.later() as transaction:
            assert load_editions(transaction, [small_edition(self.editions)])

    @rule(hours=st.integers(1, 40))
    def time_goes_by(self, hours: int) -> None:
        self._move(timedelta(hours=hours))

    @rule()
    def midnight_comes_near(self) -> None:
        """What is done next is done on one side of the day's end or on the other."""
        self._move(max(timedelta(0), clock.end_of_day(clock.local_day(self.moment)) - self.moment))

    # -- what must be true after each step --------------------------------------------------

    @invariant()
    def the_bank_says_what_the_model_says(self) -> None:
        with self.bank.database.reading(self.moment) as transaction:
            assert self._held(transaction) == {
                who: {unit: (one.entry, one.day, one.score) for unit, one in own.items()}
                for who, own in self.model.held.items()
                if own
            }
            enrolments = {
                (str(one.class_id), self._ref(one.learner)): one.state.value
                for one in class_rows.all_enrolments(transaction)
            }
            papers = {
                one.serial: (self._ref(one.learner), one.kind, one.subject, one.state.value)
                for one in certificate_rows.all_certificates(transaction)
            }
        assert enrolments == self.model.enrolled
        assert papers == {
            serial: (*one.name, one.state) for serial, one in self.model.papers.items()
        }

    @invariant()
    def the_audit_is_clean(self) -> None:
        assert self.bank.audit().findings == ()

    @invariant()
    def the_log_has_only_grown(self) -> None:
        with self.bank.database.reading(self.moment) as transaction:
            note = latest_checkpoint(transaction) or ""
            if note != self.checkpoints[-1]:
                self._expect_growth(transaction, self.checkpoints[-1], note)
                self.checkpoints.append(note)

    @invariant()
    def the_last_day_is_as_it_was_seen(self) -> None:
        """One learner at a time; at the end of a history all of them, for every day that counts."""
        self._expect_past_days(sorted(self.days)[-1:], [LEARNERS[self.moment.minute % 4]])

    # -- how it is done ---------------------------------------------------------------------

    @contextmanager
    def later(self) -> Iterator[Transaction]:
        """Open the writing transaction a minute later."""
        self._move(timedelta(minutes=1))
        with self.bank.database.writing(self.moment) as transaction:
            yield transaction

    def _move(self, by: timedelta) -> None:
        before, after = clock.local_day(self.moment), clock.local_day(self.moment + by)
        while before < after:
            self.days[before] = self.model.units()
            before += timedelta(days=1)
        self.moment += by

    def _record(self, class_id: str, rows: Rows) -> None:
        codes = [CODES[KEYS.index(unit)] for unit in COURSES[self.model.classes[class_id]]]
        lines = [",".join(["เลขที่", *codes, "วันที่ผ่าน"])]
        lines += [
            ",".join([str(number), *("ผ่าน" if one else "" for one in passed), day.isoformat()])
            for number, passed, day in rows
        ]
        new, already, refused = self._expected(class_id, rows)
        with self.later() as transaction:
            done = record_sheet(
                transaction,
                sheet_of(*lines),
                class_id,
                by=self.ids["T-1"],
                pepper=self.bank.pepper,
            )
            held = self._held(transaction)
        got = (len(done.outcome.passes), done.outcome.already, len(done.refused))
        assert got == (len(new), already, refused), done
        for learner, unit, day in new:
            own = self.model.held.setdefault(learner, {})
            own[unit] = Pass(held[learner][unit][0], day, None)
        for learner in {one[0] for one in new}:
            self.model.complete(class_id, learner)

    def _expected(self, class_id: str, rows: Rows) -> tuple[list[tuple[str, str, date]], int, int]:
        """Return new passes, how many stand already, and how many rows are refused."""
        new: dict[tuple[str, str], date] = {}
        already = refused = 0
        for number, passed, day in rows:
            learner = LEARNERS[number - 1] if number != NOBODY else ""
            if (class_id, learner) not in self.model.enrolled or day == BAD_DAY:
                refused += 1
                continue
            for unit, ok in zip(COURSES[self.model.classes[class_id]], passed, strict=True):
                name = (learner, str(unit))
                if ok and (name in new or unit in self.model.held.get(learner, {})):
                    already += 1
                elif ok:
                    new[name] = day
        return [(*name, day) for name, day in new.items()], already, refused

    def _held(self, transaction: Transaction) -> dict[str, dict[str, tuple[int, date, int | None]]]:
        found: dict[str, dict[str, tuple[int, date, int | None]]] = {}
        for one in record_rows.every_holding(transaction):
            score = None if one.score is None else int(one.score)
            own = found.setdefault(self._ref(one.learner), {})
            assert one.unit not in own, "a unit is held twice"
            own[one.unit] = (one.entry, one.passed_on, score)
        return found

    def _days_of_change(self) -> list[date]:
        """Return the past days on which something changed, and the days before them."""
        days = sorted(self.days)
        changed = {
            day
            for before, after in pairwise(days)
            if self.days[before] != self.days[after]
            for day in (before, after)
        }
        return sorted(changed | set(days[-1:]))

    def _expect_past_days(self, days: Iterable[date], learners: Iterable[str]) -> None:
        with self.bank.database.reading(self.moment) as transaction:
            for day in days:
                end = clock.end_of_day(day)
                for learner in learners:
                    seen = record_rows.held_by(transaction, self.ids[learner], as_of=end)
                    was = self.days[day].get(learner, frozenset())
                    assert frozenset(one.unit for one in seen) == was, day

    def _expect_growth_since_each(self) -> None:
        with self.bank.database.reading(self.moment) as transaction:
            for note in self.checkpoints[:-1]:
                self._expect_growth(transaction, note, self.checkpoints[-1])

    def _expect_growth(self, transaction: Transaction, old: str, new: str) -> None:
        heads = [self._opened(note) for note in (old, new)]
        (old_size, old_root), (new_size, new_root) = heads
        proof = consistency_proof(transaction, old_size, new_size)
        verify_consistency(old_size, new_size, proof=proof, old_root=old_root, new_root=new_root)

    def _opened(self, note: str) -> tuple[int, bytes]:
        return self.bank.database._log.open_checkpoint(note)  # type: ignore[misc]  # noqa: SLF001

    def _class(self, which: int) -> str:
        return sorted(self.model.classes)[which % len(self.model.classes)]

    def _pass(self, which: int) -> tuple[str, str]:
        passes = self.model.passes()
        return passes[which % len(passes)]

    def _ref(self, person: str) -> str:
        return next(ref for ref, known in self.ids.items() if known == person)
