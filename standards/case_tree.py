"""The items of a foreign CASE package with their translations joined, and the tree they form."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from standards.case_members import Entry
from standards.case_outline import Kind, Tie
from standards.case_package import Association, Package


@dataclass(frozen=True, slots=True)
class Joined:
    """One thing said in one or several languages, tied by ``isTranslationOf``."""

    id: str
    """Identifier of the item that comes first in the file."""
    entries: tuple[Entry, ...]
    """In the order of the file."""
    kind: Kind | None
    """None where no type is understood, or where the types contradict each other."""
    thai: Entry | None
    english: Entry | None

    @property
    def first(self) -> Entry:
        """The item that speaks where only one can: the Thai one, else the first."""
        return self.thai or self.entries[0]

    @property
    def title_th(self) -> str:
        """The Thai text; where there is none, the text as it is printed."""
        return str(self.first.members["fullStatement"])

    @property
    def title_en(self) -> str | None:
        """The English text."""
        return None if self.english is None else str(self.english.members["fullStatement"])

    @property
    def code(self) -> str | None:
        """The first code among the items."""
        codes = (entry.text("humanCodingScheme") for entry in (self.first, *self.entries))
        return next((code for code in codes if code is not None), None)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts of a member that is a list, from the first item that has it."""
        for entry in (self.first, *self.entries):
            value = entry.members.get(name)
            if isinstance(value, list):
                return tuple(map(str, value))
        return ()


@dataclass(frozen=True, slots=True)
class Child:
    """A thing below another, and the grouping of the association that says so."""

    of: Joined
    grouping: str | None


class Tree:
    """What stands under what; without circles, however the translations are tied."""

    __slots__ = ("_above", "_below", "joined")

    def __init__(self, package: Package, kinds: Mapping[str, Kind]) -> None:
        """Join the translations of ``package`` and lay out its tree."""
        stands_for = _representatives(package)
        self.joined = _joined_items(package, stands_for, kinds)
        below: dict[str, list[Association]] = defaultdict(list)
        for each in package.associations:
            inside = each.origin in stands_for and each.destination in stands_for
            if each.tie == Tie.CHILD and inside:
                below[stands_for[each.destination]].append(each)
        self._below: dict[str, list[Child]] = defaultdict(list)
        self._above: dict[str, list[Joined]] = defaultdict(list)
        for parent, associations in below.items():
            # Without numbers the order is that of the file: sorting is stable.
            for each in sorted(associations, key=lambda each: each.sequence or 0):
                child = self.joined[stands_for[each.origin]]
                self._below[parent].append(Child(child, each.grouping))
                self._above[child.id].append(self.joined[parent])

    def below(self, of: Joined, kind: Kind) -> list[Child]:
        """Return the nearest things of ``kind`` under ``of``, each once in each grouping.

        The way leads only through things of no known kind, and the grouping is that of its first
        step.
        """
        found: dict[tuple[str, str | None], Child] = {}
        seen: set[tuple[str, str | None]] = set()
        stack = list(reversed(self._below[of.id]))
        while stack:
            child = stack.pop()
            mark = child.of.id, child.grouping
            if mark in seen:
                continue
            seen.add(mark)
            if child.of.kind is kind:
                found[mark] = child
            elif child.of.kind is None:
                deeper = self._below[child.of.id]
                stack += [Child(each.of, child.grouping) for each in reversed(deeper)]
        return list(found.values())

    def above(self, of: Joined) -> Iterator[Joined]:
        """Yield everything above ``of``, each once."""
        seen = {of.id}
        stack = list(self._above[of.id])
        while stack:
            parent = stack.pop()
            if parent.id not in seen:
                seen.add(parent.id)
                yield parent
                stack += self._above[parent.id]


def _representatives(package: Package) -> dict[str, str]:
    """Return for each item the first item of the file to which translations tie it."""
    place = {item: n for n, item in enumerate(package.items)}
    parent = {item: item for item in package.items}

    def top(item: str) -> str:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for each in package.associations:
        if each.tie == Tie.TRANSLATION and each.origin in parent and each.destination in parent:
            first, second = sorted((top(each.origin), top(each.destination)), key=place.__getitem__)
            parent[second] = first
    return {item: top(item) for item in package.items}


def _joined_items(
    package: Package, stands_for: Mapping[str, str], kinds: Mapping[str, Kind]
) -> dict[str, Joined]:
    members: dict[str, list[Entry]] = defaultdict(list)
    for item, entry in package.items.items():
        members[stands_for[item]].append(entry)
    language = package.document.text("language")
    return {item: _join(item, entries, kinds, language) for item, entries in members.items()}


def _join(
    item: str, entries: list[Entry], kinds: Mapping[str, Kind], language: str | None
) -> Joined:
    named = (entry.text("CFItemType") for entry in entries)
    found = {kinds.get(name.strip().casefold()) for name in named if name is not None}
    known = [kind for kind in found if kind is not None]
    return Joined(
        id=item,
        entries=tuple(entries),
        kind=known[0] if len(known) == 1 else None,
        thai=_in_language("th", entries, language),
        english=_in_language("en", entries, language),
    )


def _in_language(code: str, entries: list[Entry], default: str | None) -> Entry | None:
    return next((entry for entry in entries if language_of(entry, default) == code), None)


def language_of(entry: Entry, default: str | None) -> str | None:
    """Return the main language of a text (RFC 5646), ``th`` for ``th-TH``; None where unknown."""
    language = entry.text("language") or default
    return None if language is None else language.casefold().partition("-")[0]
