"""Who may call a route; its signature says so.

``Learner``, ``Teacher`` and the others are the person behind the request, in the one role they
signed in with. Without a session the way in is shown (401); in another role the page is refused
(403); what belongs to somebody else looks as if it did not exist (404).
"""

from collections.abc import Callable
from typing import Annotated, TypeAlias

from fastapi import Depends
from starlette.requests import Request

from competency_bank.domain.courses import SchoolClass
from competency_bank.domain.errors import NotAllowed, NotFound
from competency_bank.domain.people import Person, Role
from competency_bank.storage import class_rows, people_rows, session_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.session_rows import SignedIn
from competency_bank.web.door import AtDoor

HOME_OF: dict[Role, str] = {
    Role.LEARNER: "/me",
    Role.TEACHER: "/teach",
    Role.REGISTRAR: "/registrar",
    Role.CURRICULUM: "/curriculum",
    Role.TPQI: "/tpqi",
}
"""The first page of each role."""


def signed_in(request: Request, door: AtDoor) -> SignedIn:
    """Return who is behind the request; raises NotAllowed("sign-in-needed").

    The session is read in a transaction of its own, closed before anything is parsed or written.
    """
    secret = request.cookies.get(door.session_cookie)
    if secret is not None:
        with door.bank.database.reading(door.clock()) as transaction:
            who = session_rows.find_session(transaction, secret)
        if who is not None:
            return who
    raise NotAllowed("sign-in-needed")


Anybody: TypeAlias = Annotated[SignedIn, Depends(signed_in)]
"""Whoever is signed in, in whatever role."""


def _only(role: Role) -> Callable[[SignedIn], SignedIn]:
    def check(who: Anybody) -> SignedIn:
        if who.role is not role:
            raise NotAllowed("not-this-page")
        return who

    return check


Learner: TypeAlias = Annotated[SignedIn, Depends(_only(Role.LEARNER))]
Teacher: TypeAlias = Annotated[SignedIn, Depends(_only(Role.TEACHER))]
Registrar: TypeAlias = Annotated[SignedIn, Depends(_only(Role.REGISTRAR))]
Curriculum: TypeAlias = Annotated[SignedIn, Depends(_only(Role.CURRICULUM))]
Tpqi: TypeAlias = Annotated[SignedIn, Depends(_only(Role.TPQI))]


def own_class(transaction: Transaction, class_id: str, who: SignedIn) -> SchoolClass:
    """Return a class that this teacher teaches; any other is NotFound, like one that is not."""
    found = class_rows.find_class(transaction, class_id)
    if who.person not in found.teachers:
        raise NotFound("unknown-class", name=class_id)
    return found


def visible_learner(transaction: Transaction, name: str, who: SignedIn) -> Person:
    """Return a learner whose bank this person may see; any other is NotFound.

    Learners see themselves, teachers those of their own classes, registrars everybody.
    """
    person = people_rows.find_person(transaction, name)
    if who.role is Role.LEARNER and person.id == who.person:
        return person
    if who.role is Role.REGISTRAR:
        return person
    if who.role is Role.TEACHER:
        attended = {one.class_id for one in class_rows.enrolments_of(transaction, person.id)}
        if attended & {one.id for one in class_rows.classes_taught(transaction, who.person)}:
            return person
    raise NotFound("unknown-person", name=name)
