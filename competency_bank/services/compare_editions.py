"""Trip: what a new edition changes, for mappings and for people, before it is accepted."""

from dataclasses import dataclass

from competency_bank.domain import clock
from competency_bank.domain.courses import MapState
from competency_bank.storage import course_rows, succession_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from standards.catalogue import Catalogue
from standards.edition_effects import (
    Basis,
    MappingEffect,
    PersonEffect,
    effect_on_mappings,
    effect_on_people,
)
from standards.model import Edition
from standards.revisions import EditionDiff, diff


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two editions side by side, and what accepting the newer would mean."""

    diff: EditionDiff
    mappings: tuple[MappingEffect, ...]
    people: tuple[PersonEffect, ...]


def compare_editions(transaction: Transaction, old: Edition, new: Edition) -> Comparison:
    """Return what differs and whom it touches; nothing is stored."""
    catalogue = load_catalogue(transaction)
    decisions = succession_rows.decisions_in_force(transaction)
    today = clock.local_day(transaction.now)
    changes = diff(old, new)
    standings = succession_rows.standings(transaction)
    approved = [
        stored.course_map
        for stored in course_rows.all_maps(transaction)
        if stored.state is MapState.APPROVED
    ]
    after = Catalogue((*(one for one in catalogue.editions if one.id != new.id), new))
    return Comparison(
        diff=changes,
        mappings=effect_on_mappings(changes, approved, decisions=decisions, at=today),
        people=effect_on_people(
            Basis(catalogue, decisions),
            Basis(after, decisions),
            people={str(who): own for who, own in standings.items()},
            at=today,
        ),
    )
