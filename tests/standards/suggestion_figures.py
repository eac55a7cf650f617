"""How often suggestions hold the right units, over topics in other words than the titles."""

import json
from dataclasses import dataclass
from pathlib import Path

from standards.catalogue import Catalogue
from standards.shipped import shipped_editions
from standards.suggesting import SuggestionIndex

_FILE = Path(__file__).parent / "evaluation_suggestions.json"
_CATALOGUE = Catalogue(shipped_editions())


@dataclass(frozen=True, slots=True)
class Topic:
    """One part of a course, and the units that are right for it."""

    seen: bool
    """True where the table of terms was written with the topic at hand."""
    course: str
    text: str
    units: tuple[str, ...]
    """Codes."""


def topics() -> tuple[Topic, ...]:
    """Return all topics of the evaluation, in the order of the file."""
    found = json.loads(_FILE.read_text(encoding="utf-8"))["topics"]
    return tuple(
        Topic(each["set"] == "tuned", each["course"], each["text"], tuple(each["units"]))
        for each in found
    )


def recall(
    index: SuggestionIndex, chosen: list[Topic], *, limit: int = 10, with_course: bool = True
) -> float:
    """Return the share of right units among the first ``limit``, averaged over the topics."""
    total = 0.0
    for topic in chosen:
        course = topic.course if with_course else None
        found = {each.unit.key for each in index.suggest(topic.text, limit=limit, course=course)}
        right = {_CATALOGUE.one_unit(code).key for code in topic.units}
        total += len(right & found) / len(right)
    return total / len(chosen)


def measure_suggestions() -> dict[str, float]:
    """Return recall at ten for every set of topics, with and without the course's name."""
    index = SuggestionIndex(_CATALOGUE)
    every = topics()
    sets = {
        "all": list(every),
        "seen": [each for each in every if each.seen],
        "unseen": [each for each in every if not each.seen],
    }
    return {
        f"{name}, {'with' if use else 'without'} the course's name": recall(
            index, chosen, with_course=use
        )
        for name, chosen in sets.items()
        for use in (True, False)
    }
