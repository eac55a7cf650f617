"""What goes when a person is erased, table by table; what the ledger vouches for stays.

Ids, units, days and digests stay, for they say nothing about anybody once nobody can be found by
them. Names, dates of birth, scores, notes, and the salts of every commitment go, and whatever
waits somewhere with the name in it.
"""

from sqlalchemy import delete, select, update
from sqlmodel import SQLModel

from competency_bank.domain.people import Person, PersonId
from competency_bank.storage.database import Transaction, stored_bytes
from competency_bank.storage.mapped_row import table
from competency_bank.storage.sharing_tables import WalletRequestRow
from competency_bank.storage.tables import (
    AnsweredRequestRow,
    CertificateRow,
    EnrolmentRow,
    PendingSheetRow,
    PersonRow,
    RecordRow,
    RoleRow,
    SessionRow,
    SignInLinkRow,
)

_people = table(PersonRow)
_records = table(RecordRow)
_certificates = table(CertificateRow)
_enrolments = table(EnrolmentRow)
_sheets = table(PendingSheetRow)
_answers = table(AnsweredRequestRow)
_OWN = (table(RoleRow), table(SessionRow), table(SignInLinkRow))
_requests = table(WalletRequestRow)
STAYS = frozenset({"records", "certificates", "enrolments", "completions", "paper_codes"})
"""Tables kept for each learner of which the ledger or a published list vouches for a part; every
other one, also one that is added later, loses the learner's rows."""
ERASED_REF = "erased:"
"""Stands before the id where the school number was; no school number has a colon."""


def erase_details(transaction: Transaction, person: Person) -> None:
    """Take away everything that says who this is, and the salts that vouched for it."""
    run = transaction.connection.execute
    _drop_answers(transaction, person)
    classes = select(_enrolments.c.class_id).where(_enrolments.c.learner_id == person.id)
    run(
        delete(_sheets).where(_sheets.c.class_id.in_(classes) | (_sheets.c.teacher_id == person.id))
    )
    for each in SQLModel.metadata.sorted_tables:
        if "learner_id" in each.columns and each.name not in STAYS:
            run(delete(each).where(each.c.learner_id == person.id))
    for own_rows in _OWN:
        run(delete(own_rows).where(own_rows.c.person_id == person.id))
    nothing = {"score": None, "note": None, "salt": b""}
    run(update(_records).where(_records.c.learner_id == person.id).values(nothing))
    run(update(_certificates).where(_certificates.c.learner_id == person.id).values(plan=b""))
    run(update(_enrolments).where(_enrolments.c.learner_id == person.id).values(number=""))
    details = dict.fromkeys(("title", "family", "birth_date"))
    codes = dict.fromkeys(("national_id_code", "national_id_shown"))
    blank = {"ref": f"{ERASED_REF}{person.id}", "given": "", "salt": b""}
    run(update(_people).where(_people.c.id == person.id).values(details | codes | blank))


def erased_people(transaction: Transaction) -> frozenset[PersonId]:
    """Return everybody whose data were erased."""
    query = select(_people.c.id).where(_people.c.ref.startswith(ERASED_REF))
    return frozenset(PersonId(who) for (who,) in transaction.connection.execute(query))


def is_erased(person: Person) -> bool:
    """Say whether the data of a person were erased."""
    return person.ref.startswith(ERASED_REF)


def _drop_answers(transaction: Transaction, person: Person) -> None:
    """Drop what was answered to anybody and names the person or the school number."""
    texts = {person.id, person.ref, person.name.given, person.name.plain}
    wanted = [form for text in texts for form in _forms(text)]
    for kept, column in ((_answers, _answers.c.body), (_requests, _requests.c.outcome)):
        keys = list(kept.primary_key.columns)
        rows = transaction.connection.execute(select(*keys, column)).all()
        for *key, body in rows:
            if any(form in stored_bytes(body) for form in wanted):
                same = [part == value for part, value in zip(keys, key, strict=True)]
                transaction.connection.execute(delete(kept).where(*same))


def _forms(text: str) -> tuple[bytes, bytes]:
    """Return how a text stands in an answer: as it is, or escaped as JSON may have it."""
    escaped = "".join(c if c.isascii() else f"\\u{ord(c):04x}" for c in text)
    return text.encode(), escaped.encode()
