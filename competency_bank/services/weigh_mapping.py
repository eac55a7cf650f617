"""Trip: how well a course's mapping is founded, and which units its parts may be about."""

from dataclasses import dataclass

from competency_bank.domain.courses import Course
from competency_bank.storage import course_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from standards.coverage import Coverage, coverage
from standards.suggesting import Suggestion, SuggestionIndex

SUGGESTIONS = 10


@dataclass(frozen=True, slots=True)
class PartSuggestions:
    """What a part of a course may be about; a suggestion never becomes a mapping by itself."""

    part: str
    suggestions: tuple[Suggestion, ...]


def cover_of(transaction: Transaction, code: str, *, version: int | None = None) -> Coverage:
    """Return how the mapping in force, or a named version, covers its units."""
    if version is None:
        stored = course_rows.approved_map(transaction, code)
    else:
        stored = course_rows.find_map(transaction, code, version)
    return coverage(stored.course_map, load_catalogue(transaction))


def suggestions_for(
    transaction: Transaction, code: str, *, limit: int = SUGGESTIONS
) -> tuple[PartSuggestions, ...]:
    """Return the likeliest units for each part of a course, or for its name where it has none."""
    course = course_rows.find_course(transaction, code)
    index = SuggestionIndex(load_catalogue(transaction))
    version = course_rows.latest_version(transaction, code)
    parts = []
    if version:
        parts = _part_texts(transaction, code, version)
    name = _name(course)
    return tuple(
        PartSuggestions(part, index.suggest(text, limit=limit, course=name))
        for part, text in parts or [(name, name)]
    )


def _part_texts(transaction: Transaction, code: str, version: int) -> list[tuple[str, str]]:
    course_map = course_rows.find_map(transaction, code, version).course_map
    stated = [(part.name, f"{part.name} {part.topic or ''}") for part in course_map.parts]
    linked = dict.fromkeys(link.part for link in course_map.links if link.part)
    return stated or [(part, part) for part in linked]


def _name(course: Course) -> str:
    return " ".join(filter(None, (course.title_th, course.title_en)))
