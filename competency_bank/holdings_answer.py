"""What a learner holds and what is left, as the command line and the API answer it alike."""

from collections.abc import Iterable
from typing import Any

from competency_bank.domain.people import Person
from competency_bank.services.show_holdings import CompletedQualification, HeldUnit
from standards.catalogue import Catalogue
from standards.model import Qualification, Unit, UnitKey
from standards.qualifying import Progress


def holdings_answer(
    person: Person, held: Iterable[HeldUnit], completed: Iterable[CompletedQualification]
) -> dict[str, Any]:
    """Return the units with basis, edition, entry and certificate; titles in both languages."""
    return {
        "learner": person.id,
        "ref": person.ref,
        "units": [_held(one) for one in held],
        "completed": [
            {"title": _title(one.qualification), "edition": one.edition} for one in completed
        ],
    }


def path_answer(found: Iterable[Progress], catalogue: Catalogue) -> list[dict[str, Any]]:
    """Return for each qualification the units held, the units left and how many are missing."""
    return [_progress(one, catalogue) for one in found]


def _held(one: HeldUnit) -> dict[str, Any]:
    return {
        "code": one.unit.shown_code,
        "title": _title(one.unit),
        "unit": one.unit.key,
        "edition": one.holding.edition,
        "basis": one.holding.basis.value,
        "class": one.holding.class_id,
        "passed_on": one.holding.passed_on.isoformat(),
        "entry": one.holding.entry,
        "certificate": None if one.certificate is None else one.certificate.serial,
    }


def _progress(one: Progress, catalogue: Catalogue) -> dict[str, Any]:
    def shown(keys: tuple[UnitKey, ...]) -> list[dict[str, Any]]:
        units = (catalogue.unit(key) for key in keys)
        return [{"code": unit.shown_code, "title": _title(unit)} for unit in units]

    return {
        "goal": one.qualification.key,
        "title": _title(one.qualification),
        "complete": one.complete,
        "missing": one.missing_count,
        "held": shown(one.held),
        "left": shown(one.left),
    }


def _title(one: Unit | Qualification) -> dict[str, str | None]:
    return {"th": one.title_th, "en": one.title_en}
