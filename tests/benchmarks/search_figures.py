"""What forgiving search costs and finds at the size of TPQI's whole catalogue."""

from collections import Counter
from dataclasses import dataclass
from time import perf_counter

from standards.catalogue import Catalogue
from standards.search import SearchIndex
from tests.standards.damaged_queries import damaged_queries, is_found
from tests.standards.generated_standard import QUALIFICATIONS, UNITS, generated_edition

WITHIN = 5


@dataclass(frozen=True, slots=True)
class SearchFigures:
    """One run; times depend on the machine and on what else it does, shares do not."""

    units: int
    elements: int
    qualifications: int
    questions: int
    build_seconds: float
    """Time to index the catalogue, without making or reading it."""
    p50_ms: float
    """Half of all answers took no longer."""
    p95_ms: float
    found: dict[str, float]
    """Kind of damage, and the share of questions whose unit was among the first five."""

    @property
    def found_of_all(self) -> float:
        """Return the share over all kinds, which are asked equally often."""
        return sum(self.found.values()) / len(self.found)


def measure_search(*, units: int = UNITS, each: int = 100, seed: int = 7) -> SearchFigures:
    """Ask ``each`` questions of every kind of damage about a generated catalogue."""
    share = units / UNITS
    edition = generated_edition(units, seed=seed, qualifications=int(QUALIFICATIONS * share))
    catalogue = Catalogue([edition])
    begun = perf_counter()
    index = SearchIndex(catalogue)
    built = perf_counter() - begun
    asked, found, times = Counter[str](), Counter[str](), []
    for question in damaged_queries(edition.units, each=each, seed=seed):
        begun = perf_counter()
        hit = is_found(index, question, within=WITHIN)
        times.append(perf_counter() - begun)
        asked[question.kind] += 1
        found[question.kind] += hit
    times.sort()
    return SearchFigures(
        units=len(edition.units),
        elements=sum(len(unit.elements or ()) for unit in edition.units),
        qualifications=len(edition.qualifications),
        questions=len(times),
        build_seconds=built,
        p50_ms=1000 * times[len(times) // 2],
        p95_ms=1000 * times[int(len(times) * 0.95)],
        found={kind: found[kind] / count for kind, count in asked.items()},
    )
