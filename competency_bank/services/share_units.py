"""Trip: a learner shows chosen units to somebody by a link that ends or is withdrawn."""

import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from competency_bank.domain import clock, sharing
from competency_bank.domain.awards import CertificateState
from competency_bank.domain.errors import BadInput
from competency_bank.domain.holdings import Holding
from competency_bank.domain.people import Person, PersonId
from competency_bank.domain.sharing import Extract, Share, View
from competency_bank.storage import (
    certificate_rows,
    people_rows,
    record_rows,
    share_rows,
    succession_rows,
)
from competency_bank.storage.certificate_rows import KeptCertificate
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from standards.model import QualificationKey, Unit, UnitKey
from standards.succession import counts_for

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a learner wants to show; with a purpose the units follow from it."""

    for_whom: str
    days: int
    units: tuple[str, ...] = ()
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class SharedUnit:
    """One unit that a link shows."""

    unit: Unit
    """As the edition it was earned on states it."""
    holding: Holding
    letter: KeptCertificate | None
    """The unit letter in force, if one was issued."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything a viewer of a link sees."""

    share: Share
    person: Person
    units: tuple[SharedUnit, ...]
    """Those of the link that are still held: a voided pass is not shown."""
    extract: Extract | None


@dataclass(frozen=True, slots=True)
class OwnShare:
    """One of the learner's links, and who looked."""

    share: Share
    units: tuple[Unit, ...]
    extract: Extract | None
    views: tuple[View, ...]
    open: bool


def purposes(transaction: Transaction, learner: PersonId) -> tuple[Extract, ...]:
    """Return what would be shown for each qualification that a unit counts for, nearest first."""
    held = tuple(one.unit for one in record_rows.held_by(transaction, learner))
    counting = _counting(transaction)
    catalogue = load_catalogue(transaction)
    counted = counting(frozenset(held))
    keys = {q.key for unit in counted for q in catalogue.qualifications_with(unit)}
    found = [
        sharing.extract_for(one, held, counting)
        for one in catalogue.qualifications
        if one.key in keys
    ]
    return tuple(sorted(found, key=lambda one: (one.needed - one.done, one.qualification.key)))


def share(transaction: Transaction, learner: PersonId, chosen: Chosen) -> str:
    """Make a link and return its secret, which is told once and kept nowhere.

    Raises BadInput("share-nothing") when no unit held is chosen, ("share-label"),
    ("share-days"), and StandardsError for an unknown purpose.
    """
    held = tuple(dict.fromkeys(one.unit for one in record_rows.held_by(transaction, learner)))
    if chosen.purpose is None:
        units = tuple(unit for unit in held if unit in chosen.units)
        if len(units) != len(set(chosen.units)):
            raise BadInput("share-nothing")
    else:
        catalogue = load_catalogue(transaction)
        wanted = catalogue.qualification(QualificationKey(chosen.purpose))
        units = sharing.extract_for(wanted, held, _counting(transaction)).units
    if not units:
        raise BadInput("share-nothing")
    secret = secrets.token_urlsafe(SECRET_BYTES)
    made = Share(
        id=str(uuid.uuid4()),
        learner=learner,
        for_whom=sharing.label(chosen.for_whom),
        purpose=chosen.purpose,
        units=units,
        created_at=transaction.now,
        ends_at=transaction.now + sharing.lifetime(chosen.days),
    )
    share_rows.add_share(transaction, made, secret)
    return secret


def shares_of(transaction: Transaction, learner: PersonId) -> tuple[OwnShare, ...]:
    """Return the learner's links, newest first, with everybody who looked."""
    catalogue = load_catalogue(transaction)
    return tuple(
        OwnShare(
            share=one,
            units=tuple(catalogue.unit(key) for key in one.units),
            extract=_extract(transaction, one, one.units),
            views=tuple(share_rows.views_of(transaction, one)),
            open=one.is_open(transaction.now),
        )
        for one in share_rows.shares_of(transaction, learner)
    )


def shown_by(transaction: Transaction, share: Share) -> Shown:
    """Return what a link shows now."""
    catalogue = load_catalogue(transaction)
    letters = {
        one.subject: one
        for one in certificate_rows.certificates_of(transaction, share.learner)
        if one.kind == "unit" and one.state is CertificateState.ISSUED
    }
    held = {one.unit: one for one in record_rows.held_by(transaction, share.learner)}
    units = tuple(
        SharedUnit(
            unit=catalogue.unit(key, edition=held[key].edition),
            holding=held[key],
            letter=letters.get(str(key)),
        )
        for key in share.units
        if key in held
    )
    return Shown(
        share=share,
        person=people_rows.find_person(transaction, share.learner),
        units=units,
        extract=_extract(transaction, share, [one.unit.key for one in units]),
    )


def note_look(transaction: Transaction, share: Share, look: View) -> None:
    """Write down that somebody looked, for the learner to see."""
    before = share_rows.views_of(transaction, share)
    if sharing.is_new_look(look, before):
        share_rows.add_view(transaction, share, look, number=len(before) + 1)


def _extract(transaction: Transaction, share: Share, units: Collection[UnitKey]) -> Extract | None:
    if share.purpose is None:
        return None
    wanted = load_catalogue(transaction).qualification(QualificationKey(share.purpose))
    return sharing.measured(wanted, units, _counting(transaction))


def _counting(transaction: Transaction) -> sharing.Counting:
    decisions = succession_rows.decisions_in_force(transaction)
    today = clock.local_day(transaction.now)
    return lambda held: counts_for(frozenset(held), decisions, today)
