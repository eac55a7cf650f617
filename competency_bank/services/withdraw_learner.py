"""Trip: a learner leaves a course. Nothing that was passed is touched."""

from competency_bank.domain.courses import Enrolment, EnrolmentState
from competency_bank.domain.errors import Conflict
from competency_bank.domain.ledger import Entry, EntryKind
from competency_bank.storage import class_rows, people_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.ledger_rows import append_entries


def withdraw_learner(
    transaction: Transaction, learner: str, *, class_id: str, by: str
) -> Enrolment:
    """Note that the learner left the class; the units stay in the bank.

    Leaving twice is the same as leaving once. Raises Conflict("course-completed") for a course
    that was finished.
    """
    person = people_rows.find_person(transaction, learner)
    enrolment = class_rows.find_enrolment(transaction, person.id, class_id)
    if enrolment.state is EnrolmentState.COMPLETED:
        raise Conflict("course-completed", name=class_id)
    if enrolment.state is EnrolmentState.ENROLLED:
        facts = {"learner": person.id, "class": enrolment.class_id}
        entry = Entry(EntryKind.COURSE_WITHDRAWN, transaction.now, by, facts)
        append_entries(transaction, [entry])
        withdrawn = EnrolmentState.WITHDRAWN
        class_rows.set_enrolment_states(transaction, [person.id], enrolment.class_id, withdrawn)
    return class_rows.find_enrolment(transaction, person.id, class_id)
