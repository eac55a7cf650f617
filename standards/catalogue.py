"""Look-up over all editions in use."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

from standards.codes import normalise_code
from standards.errors import AmbiguousCode, UnknownCode
from standards.model import (
    Alias,
    AliasKind,
    Edition,
    EditionId,
    OwnerCode,
    Qualification,
    QualificationKey,
    Unit,
    UnitKey,
)
from standards.thai_text import tidy

K = TypeVar("K", bound=Hashable)


class Catalogue:
    """An index over editions that is built once and never changes.

    Where several editions hold the same key, the newest (by release, then by name) speaks for it;
    the older ones are reached by naming the edition. Where one owner gave the same certificate
    code to several keys, those of the newest edition are found. Local codes of several standards
    are all found: none of them is newer than another, they mean different units.
    """

    __slots__ = (
        "_by_id",
        "_editions",
        "_found_qualifications",
        "_found_units",
        "_holders",
        "_qualifications",
        "_stated",
        "_units",
        "_with_unit",
    )

    def __init__(self, editions: Iterable[Edition]) -> None:
        """Index ``editions``; the same edition twice counts once.

        Raises:
            AmbiguousCode: ``ambiguous-edition``: two different editions have one name.

        """
        self._by_id = _distinct(editions)
        self._editions = tuple(self._by_id.values())
        self._stated = {(e.id, unit.key): unit for e in self._editions for unit in e.units}
        newest_last = sorted(self._editions, key=_age)
        self._units: dict[UnitKey, Unit] = {}
        self._holders: dict[UnitKey, Edition] = {}
        self._qualifications: dict[QualificationKey, Qualification] = {}
        for edition in newest_last:
            for unit in edition.units:
                self._units[unit.key] = unit
                self._holders[unit.key] = edition
            self._qualifications |= {each.key: each for each in edition.qualifications}
        self._found_units = _index(
            (u.key, map(normalise_code, names_of(u))) for u in self._units.values()
        )
        self._found_qualifications = _index(
            (q.key, _qualification_names(q)) for q in self._qualifications.values()
        )
        self._with_unit = _index((q.key, iter(q.units)) for q in self._qualifications.values())

    @property
    def editions(self) -> tuple[Edition, ...]:
        """Every edition, in the order given."""
        return self._editions

    def edition(self, edition_id: EditionId) -> Edition:
        """Return the edition of that name.

        Raises:
            UnknownCode: ``unknown-edition``.

        """
        if edition_id not in self._by_id:
            raise UnknownCode("unknown-edition", text=edition_id)
        return self._by_id[edition_id]

    def unit(self, key: UnitKey, *, edition: EditionId | None = None) -> Unit:
        """Return the unit with that key, as the named or else the newest edition states it.

        Raises:
            UnknownCode: ``unknown-unit`` or ``unknown-edition``.

        """
        if edition is not None:
            found = self._stated.get((self.edition(edition).id, key))
        else:
            found = self._units.get(key)
        if found is None:
            raise UnknownCode("unknown-unit", text=key)
        return found

    def qualification(
        self, key: QualificationKey, *, edition: EditionId | None = None
    ) -> Qualification:
        """Return the qualification with that key, as the named or else the newest edition has it.

        Raises:
            UnknownCode: ``unknown-qualification`` or ``unknown-edition``.

        """
        if edition is not None:
            named = self.edition(edition).qualifications
            found = next((q for q in named if q.key == key), None)
        else:
            found = self._qualifications.get(key)
        if found is None:
            raise UnknownCode("unknown-qualification", text=key)
        return found

    @property
    def units(self) -> tuple[Unit, ...]:
        """Every unit, each as its newest edition states it."""
        return tuple(self._units.values())

    @property
    def qualifications(self) -> tuple[Qualification, ...]:
        """Every qualification, each as its newest edition states it."""
        return tuple(self._qualifications.values())

    def edition_of(self, unit_key: UnitKey) -> Edition:
        """Return the newest edition that states the unit.

        Raises:
            UnknownCode: ``unknown-unit``.

        """
        if unit_key not in self._holders:
            raise UnknownCode("unknown-unit", text=unit_key)
        return self._holders[unit_key]

    def find_units(self, text: str) -> tuple[Unit, ...]:
        """Return the units known by ``text``: key, certificate code, alias, ``std1949:10302``.

        Case, blanks, kinds of hyphen and of digit do not matter. Titles are not searched: several
        units share one.
        """
        found = [self._units[key] for key in self._found_units.get(normalise_code(text), ())]
        return self._newest_of_each_owner(found, normalise_code(text))

    def one_unit(self, text: str) -> Unit:
        """Return the unit known by ``text``.

        Raises:
            UnknownCode: ``unknown-unit``.
            AmbiguousCode: ``ambiguous-unit`` with the ``candidates``.

        """
        found = self.find_units(text)
        if not found:
            raise UnknownCode("unknown-unit", text=text)
        if len(found) > 1:
            names = tuple(f"{_telling_name(unit)} {unit.title_th}" for unit in found)
            raise AmbiguousCode("ambiguous-unit", text=text, candidates=names)
        return found[0]

    def find_qualifications(self, text: str) -> tuple[Qualification, ...]:
        """Return the qualifications known by ``text``: page id, key or whole title."""
        keys = self._found_qualifications.get(normalise_code(text), ())
        return tuple(self._qualifications[key] for key in keys)

    def one_qualification(self, text: str) -> Qualification:
        """Return the qualification known by ``text``.

        Raises:
            UnknownCode: ``unknown-qualification``.
            AmbiguousCode: ``ambiguous-qualification`` with the ``candidates``.

        """
        found = self.find_qualifications(text)
        if not found:
            raise UnknownCode("unknown-qualification", text=text)
        if len(found) > 1:
            names = tuple(f"{q.key} {q.title_th}" for q in found)
            raise AmbiguousCode("ambiguous-qualification", text=text, candidates=names)
        return found[0]

    def qualifications_with(self, unit_key: UnitKey) -> tuple[Qualification, ...]:
        """Return the qualifications of which the unit is a part; none for an unknown unit."""
        return tuple(self._qualifications[key] for key in self._with_unit.get(unit_key, ()))

    def _newest_of_each_owner(self, found: list[Unit], code: str) -> tuple[Unit, ...]:
        newest: dict[OwnerCode, tuple[object, ...]] = {}
        coded = [unit for unit in found if code in _certificate_codes(unit)]
        for unit in coded:
            age = _age(self._holders[unit.key])
            newest[unit.owner] = max(age, newest.get(unit.owner, age))
        return tuple(
            unit
            for unit in found
            if unit not in coded or _age(self._holders[unit.key]) == newest[unit.owner]
        )


def _distinct(editions: Iterable[Edition]) -> Mapping[EditionId, Edition]:
    distinct: dict[EditionId, Edition] = {}
    for edition in editions:
        if distinct.setdefault(edition.id, edition) != edition:
            raise AmbiguousCode("ambiguous-edition", text=edition.id, candidates=(edition.id,))
    return distinct


def _age(edition: Edition) -> tuple[object, ...]:
    return edition.released, edition.id


def _index(named: Iterable[tuple[K, Iterator[str]]]) -> Mapping[str, tuple[K, ...]]:
    index: dict[str, dict[K, None]] = {}
    for key, names in named:
        for name in names:
            index.setdefault(name, {})[key] = None
    return {name: tuple(keys) for name, keys in index.items()}


def names_of(unit: Unit) -> tuple[str, ...]:
    """Return every name by which ``Catalogue.find_units`` finds the unit, as printed, each once."""
    names = [unit.key] if unit.code is None else [unit.code, unit.key]
    for alias in unit.aliases:
        names += [alias.value, _scoped(alias)]
    return tuple(dict.fromkeys(names))


def _certificate_codes(unit: Unit) -> frozenset[str]:
    aliases = (a.value for a in unit.aliases if a.kind is AliasKind.CERTIFICATE_CODE)
    return frozenset(normalise_code(code) for code in (unit.code, *aliases) if code is not None)


def _qualification_names(qualification: Qualification) -> Iterator[str]:
    yield normalise_code(qualification.key)
    yield normalise_code(tidy(qualification.title_th))
    for alias in qualification.aliases:
        yield normalise_code(alias.value)


def _telling_name(unit: Unit) -> str:
    local = (a for a in unit.aliases if a.kind is AliasKind.LOCAL_CODE)
    return unit.code or next((_scoped(alias) for alias in local), str(unit.key))


def _scoped(alias: Alias) -> str:
    return alias.value if alias.scope is None else f"{alias.scope}:{alias.value}"
