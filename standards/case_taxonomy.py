"""The upper floors of a CASE framework: industries, sectors and occupations."""

from collections.abc import Iterator

from standards import model
from standards.case_outline import Edge, Kind, Node, Tie, identifier

Place = tuple[Kind, str | None, str]
"""Kind, the industry within which the name holds (None where no source gives one), the name."""


class Taxonomy:
    """Industries, sectors and occupations of one edition, each once, in order of appearance.

    Equal names in two industries are two places: names do not join.
    """

    __slots__ = ("_document", "_edition", "_parents")

    def __init__(self, edition: model.Edition, document: str) -> None:
        """Collect the places; ``document`` is the identifier of what the topmost stand under."""
        self._edition = edition.id
        self._document = document
        self._parents: dict[Place, dict[Place, None]] = {}
        for unit in edition.units:
            self._add(unit.industry, unit.sector, unit.occupation)
        for each in edition.qualifications:
            self._add(each.industry, None, each.occupation)

    def _add(self, industry: str | None, sector: str | None, occupation: str | None) -> None:
        above: Place | None = None
        for place in _places(industry, sector, occupation):
            parents = self._parents.setdefault(place, {})
            if above is not None:
                parents[above] = None
            above = place

    def nodes(self) -> Iterator[Node]:
        """Yield an item for each place."""
        for place in self._parents:
            yield Node(self._id(place), place[0], place[2])

    def edges(self) -> Iterator[Edge]:
        """Yield the tree of the places; the topmost are children of the document."""
        for place, parents in self._parents.items():
            # An occupation seen in a sector stands there, not beside the sector as well.
            sectors = [each for each in parents if each[0] is Kind.SECTOR]
            above = [self._id(each) for each in sectors or parents] or [self._document]
            for parent in above:
                yield child_edge(self._id(place), parent)

    def place_qualification(self, item: str, each: model.Qualification) -> Iterator[Edge]:
        """Yield the edges from the item of a qualification to what it states of itself."""
        places = _places(each.industry, None, each.occupation)
        yield from self._part_of(item, places)
        yield self._under(item, places)

    def place_unit(self, item: str, unit: model.Unit, *, alone: bool) -> Iterator[Edge]:
        """Yield the edges from the item of a unit to what it states of itself.

        Where it is ``alone``, in no qualification, it also hangs under the lowest of these places.
        """
        places = _places(unit.industry, unit.sector, unit.occupation)
        yield from self._part_of(item, places)
        if alone:
            yield self._under(item, places)

    def _part_of(self, item: str, places: list[Place]) -> Iterator[Edge]:
        for place in places:
            above = self._id(place)
            yield Edge(identifier("part", item, above), Tie.PART, item, above)

    def _under(self, item: str, places: list[Place]) -> Edge:
        return child_edge(item, self._id(places[-1]) if places else self._document)

    def _id(self, place: Place) -> str:
        kind, industry, name = place
        return identifier("item", self._edition, kind.value, industry, name)


def child_edge(child: str, parent: str) -> Edge:
    """Return the edge that puts ``child`` under ``parent``, not yet numbered."""
    return Edge(identifier("child", child, parent), Tie.CHILD, child, parent)


def _places(industry: str | None, sector: str | None, occupation: str | None) -> list[Place]:
    named = ((Kind.INDUSTRY, industry), (Kind.SECTOR, sector), (Kind.OCCUPATION, occupation))
    return [
        (kind, None if kind is Kind.INDUSTRY else industry, name)
        for kind, name in named
        if name is not None
    ]
