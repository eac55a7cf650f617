"""The main job once, end to end, on the demonstration school, through the same trips as always."""

from collections import Counter
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from certificates.report import examine
from certificates.sealing.trust_file import read_trust_list
from competency_bank import bank as opened
from competency_bank.bank import Bank
from competency_bank.cli import answers
from competency_bank.domain.awards import CertificateState, RevocationReason
from competency_bank.domain.course_files import read_courses, read_map
from competency_bank.domain.ledger import SYSTEM
from competency_bank.domain.people import Person, Role
from competency_bank.issue_run import Issued, issue
from competency_bank.services import (
    map_course,
    open_class,
    record_units,
    register_people,
    revoke_certificate,
    show_holdings,
    sign_in,
    withdraw_learner,
)
from competency_bank.services.issue_certificates import Wanted
from competency_bank.sheet_answer import sheet_answer
from competency_bank.storage import certificate_rows, course_rows, people_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from competency_bank.storage.issued_files import read_document
from standards.model import Unit
from standards.reading_sheet import Grid, read_grid

FILES = files("competency_bank") / "demonstration"
AUTHOR, APPROVER, REGISTRAR = "C-001", "C-002", "R-001"


@dataclass(frozen=True, slots=True)
class DemoClass:
    """One class of the demonstration and the files that stand for it."""

    class_id: str
    course: str
    map_file: str
    sheet: str
    teacher: str
    leaver: str
    goal: str | None
    """Page id of the qualification the leaver works towards; None: the course itself."""


CLASSES = (
    DemoClass(
        "HK-2566-1",
        "BMA-HK-2566",
        "housekeeping.map.json",
        "housekeeping.csv",
        "T-001",
        "HK-009",
        None,
    ),
    DemoClass(
        "BARBER-2569-1", "BMA-BARBER-M", "barber.map.json", "barber.csv", "T-002", "BB-005", "7077"
    ),
)
VISITORS = (
    ("BB-005", Role.LEARNER),
    ("T-001", Role.TEACHER),
    (REGISTRAR, Role.REGISTRAR),
    (AUTHOR, Role.CURRICULUM),
    ("V-001", Role.TPQI),
)
"""Who gets a sign-in link: one person of each role."""


@dataclass(slots=True)
class DemoAnswer:
    """What the demonstration did."""

    issued_dir: str
    trust: str = ""
    classes: list[dict[str, Any]] = field(default_factory=list)
    issued: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    leavers: list[dict[str, Any]] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as ``--json`` prints it."""
        return {
            "classes": self.classes,
            "issued": dict(self.issued),
            "verdicts": dict(self.verdicts),
            "leavers": self.leavers,
            "issued_dir": self.issued_dir,
            "trust": self.trust,
            "links": self.links,
        }

    def show(self) -> None:
        """Print the answer for people."""
        for one in self.classes:
            answers.say(
                f"{one['class']}: ผู้เรียน {one['learners_recorded']} คน"
                f" หน่วยสมรรถนะ {one['units_recorded']} รายการ /"
                f" {one['learners_recorded']} learners, {one['units_recorded']} units recorded"
            )
            for refused in one["refused"]:
                answers.say(f"  {refused['message']['th']}\n  {refused['message']['en']}")
        for leaver in self.leavers:
            held, left = ", ".join(leaver["held"]), ", ".join(leaver["left"])
            answers.say(f"{leaver['name']}: ผ่าน/held {held}; เหลือ/left {left} ({leaver['goal']})")
        answers.say(f"ออกใบรับรอง / issued: {dict(self.issued)}")
        answers.say(f"ตรวจแล้ว / verified: {dict(self.verdicts)}")
        answers.say(f"PDF: {self.issued_dir}\ntrust list: {self.trust}")
        for role, link in self.links.items():
            answers.say(f"{role}: {link}")


def run_demonstration(bank: Bank) -> DemoAnswer:
    """Run every step; a second run on the same bank finds most of it done and repeats nothing."""
    answer = DemoAnswer(issued_dir=str(bank.settings.issued))
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=answers.stderr) as bar:
        prepare_school(bank)
        for one in CLASSES:
            answer.classes.append(_record(bank, one))
        issued = _issue(bank, bar)
        answer.issued = Counter(unit=0, course=0)
        answer.issued.update(one.kind for one in issued)
        _revoke_one(bank)
        answer.trust = str(bank.publish())
        answer.verdicts = _verify_all(bank, bar)
    with bank.reading() as transaction:
        answer.leavers = [_leaver(transaction, one) for one in CLASSES]
    answer.links = _links(bank)
    return answer


def prepare_school(bank: Bank) -> None:
    """Bring the demonstration school into the bank: courses, people, mappings, classes."""
    with bank.writing() as transaction:
        courses = read_courses(_data("courses.json"), name="courses.json")
        map_course.add_courses(transaction, courses)
        people = _grid("people.csv")
        register_people.register_people(transaction, people, by=SYSTEM, pepper=bank.pepper)
        for one in CLASSES:
            if course_rows.latest_version(transaction, one.course) == 0:
                _map(transaction, one)
        open_class.open_classes(transaction, _grid("classes.csv"))


def _map(transaction: Transaction, one: DemoClass) -> None:
    catalogue = load_catalogue(transaction)
    author = people_rows.find_person(transaction, AUTHOR).id
    approver = people_rows.find_person(transaction, APPROVER).id
    course_map = read_map(_data(one.map_file), catalogue, name=one.map_file)
    map_course.propose_map(transaction, course_map, by=author)
    map_course.approve_map(transaction, one.course, by=approver)


def _record(bank: Bank, one: DemoClass) -> dict[str, Any]:
    with bank.writing() as transaction:
        teacher = people_rows.find_person(transaction, one.teacher).id
        grid = _grid(one.sheet)
        done = record_units.record_sheet(
            transaction, grid, one.class_id, by=teacher, pepper=bank.pepper
        )
        withdraw_learner.withdraw_learner(
            transaction, one.leaver, class_id=one.class_id, by=teacher
        )
    sheet = sheet_answer(done)
    return {
        "class": one.class_id,
        "learners_recorded": done.outcome.learners,
        "units_recorded": sheet["recorded"],
        "already": sheet["already"],
        "refused": sheet["refused"],
    }


def _issue(bank: Bank, bar: Progress) -> list[Issued]:
    task = bar.add_task("ออกใบรับรอง / issuing")
    return issue(
        bank, Wanted(), progress=lambda done, total: bar.update(task, completed=done, total=total)
    )


def _revoke_one(bank: Bank) -> None:
    """Revoke one letter, so that a revoked document can be seen; only if none is revoked yet."""
    with bank.writing() as transaction:
        if certificate_rows.certificates_in(transaction, CertificateState.REVOKED):
            return
        issued = certificate_rows.certificates_in(transaction, CertificateState.ISSUED)
        registrar = people_rows.find_person(transaction, REGISTRAR).id
        reason = RevocationReason.ERROR.value
        if issued:
            revoke_certificate.revoke_certificate(
                transaction, issued[0].serial, reason=reason, by=registrar
            )


def _verify_all(bank: Bank, bar: Progress) -> Counter[str]:
    with bank.reading() as transaction:
        trust = read_trust_list(bank.trust_list(transaction))
        kept = certificate_rows.all_certificates(transaction)
    serials = [one.serial for one in kept if one.document_digest is not None]
    found: Counter[str] = Counter()
    at = opened.now()
    for serial in bar.track(serials, description="ตรวจสอบ / verifying"):
        document = read_document(bank.settings.issued, serial) or b""
        report = examine(document, name=f"{serial}.pdf", trust=trust, at=at)
        found[report.verdict.value] += 1
    return found


def _leaver(transaction: Transaction, one: DemoClass) -> dict[str, Any]:
    person = people_rows.find_person(transaction, one.leaver)
    held = [str(each.unit.shown_code) for each in show_holdings.holdings_of(transaction, person.id)]
    goal, left = _goal(transaction, person, one)
    return {
        "learner": person.id,
        "name": person.name.full,
        "held": held,
        "left": [unit.shown_code for unit in left],
        "goal": goal,
    }


def _goal(transaction: Transaction, person: Person, one: DemoClass) -> tuple[str, tuple[Unit, ...]]:
    if one.goal is not None:
        catalogue = load_catalogue(transaction)
        (found,) = show_holdings.path_of(transaction, person.id, goal=one.goal)
        return found.qualification.title_th, tuple(catalogue.unit(key) for key in found.left)
    standing = next(
        each
        for each in show_holdings.courses_of(transaction, person)
        if each.school_class.id == one.class_id
    )
    return standing.course.title_th, standing.left


def _links(bank: Bank) -> dict[str, str]:
    with bank.writing() as transaction:
        return {
            role.value: f"{bank.settings.public_url}/sign-in/"
            + sign_in.make_link(transaction, person, role)
            for person, role in VISITORS
        }


def _data(name: str) -> bytes:
    return (FILES / name).read_bytes()


def _grid(name: str) -> Grid:
    return read_grid(_data(name), name=name)
