"""CASE packages of others, read into the model as far as their meaning allows.

What an item is, only its type can say; types are taken by the names in ``KINDS`` or as a person
named them for this package. Items of other types are passed through on the way from a unit to its
elements, for what is a child of a child is a part too, and are kept in notes. Nothing is guessed:
not the ladder of a level, not how many units a qualification asks for, not which of two industries
is meant. The identifiers and addresses of elements and criteria have no place in the model.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from standards import model
from standards.case_leftovers import leftovers, read_step
from standards.case_members import Entry
from standards.case_notes import CaseReading, Note, NoteCode, licence_of, note
from standards.case_outline import Kind
from standards.case_package import Package
from standards.case_tree import Joined, Tree, language_of
from standards.codes import CodeFormat, format_of
from standards.reading_json import with_digest

KINDS: Mapping[str, Kind] = {
    "industry": Kind.INDUSTRY,
    "sector": Kind.SECTOR,
    "occupation": Kind.OCCUPATION,
    "qualification": Kind.QUALIFICATION,
    "unit": Kind.UNIT,
    "unit of competency": Kind.UNIT,
    "unit of competence": Kind.UNIT,
    "competency unit": Kind.UNIT,
    "element": Kind.ELEMENT,
    "element of competency": Kind.ELEMENT,
    "element of competence": Kind.ELEMENT,
    "criterion": Kind.CRITERION,
    "performance criterion": Kind.CRITERION,
    "performance criteria": Kind.CRITERION,
}
"""Names of item types, folded to lower case, that mean the same everywhere."""

_NO_REVISION = model.Revision(number=None, year=None, raw=None)


def read_foreign(package: Package, *, kinds: Mapping[str, Kind] | None = None) -> CaseReading:
    """Return what ``package`` says as an edition, and notes on the rest.

    ``kinds`` adds to ``KINDS`` or overrules it for this package; its names are taken without
    regard to case. Keys are the identifiers of the package, so reading again gives the same
    edition. The edition is named after the document and the time it was last changed, its owner
    after the creator. It is never called made up: nobody said so.
    Holds: each item of the package is in the edition or in a note.
    """
    named = {name.casefold(): kind for name, kind in (kinds or {}).items()}
    reading = _Reading(package, Tree(package, {**KINDS, **named}))
    members = package.document.members
    changed = str(members["lastChangeDateTime"])
    title = str(members["title"])
    document = package.document
    language = language_of(document, None)
    if language != "th":
        reading.doubt(NoteCode.NO_THAI_TEXT, document, title)
    edition = model.Edition(
        id=model.EditionId(f"{document.id}@{changed}"),
        owner=reading.owner,
        title_th=title,
        title_en=title if language == "en" else None,
        released=date.fromisoformat(str(members.get("statusStartDate", changed))[:10]),
        made_up=False,
        units=tuple(map(reading.unit, reading.of_kind(Kind.UNIT))),
        qualifications=tuple(map(reading.qualification, reading.of_kind(Kind.QUALIFICATION))),
        digest="",
    )
    left = leftovers(package, reading.tree, reading.used)
    return CaseReading(with_digest(edition), (*reading.notes, *left), licence_of(package))


class _Reading:
    """The way through one package: what was used, and what is in doubt."""

    __slots__ = ("notes", "owner", "package", "tree", "used")

    def __init__(self, package: Package, tree: Tree) -> None:
        self.package = package
        self.tree = tree
        self.owner = model.OwnerCode(str(package.document.members["creator"]))
        self.used: set[str] = set()
        self.notes: list[Note] = []

    def doubt(self, code: NoteCode, entry: Entry, value: object) -> None:
        self.notes.append(note(code, entry, value))

    def of_kind(self, kind: Kind) -> list[Joined]:
        return [each for each in self.tree.joined.values() if each.kind is kind]

    def use(self, each: Joined) -> None:
        """Count ``each`` as read, and doubt it if its text is not Thai."""
        if each.id not in self.used and each.thai is None:
            self.doubt(NoteCode.NO_THAI_TEXT, each.first, each.title_th)
        self.used.add(each.id)

    def unit(self, each: Joined) -> model.Unit:
        self.use(each)
        code = each.code
        certified = code is not None and format_of(code) is not CodeFormat.MALFORMED
        return model.Unit(
            key=model.UnitKey(each.id),
            owner=self.owner,
            code=code if certified else None,
            aliases=self._aliases(each, None if certified else code),
            title_th=each.title_th,
            title_en=each.title_en,
            industry=self._place(each, Kind.INDUSTRY),
            sector=self._place(each, Kind.SECTOR),
            occupation=self._place(each, Kind.OCCUPATION),
            levels=_levels(each),
            revision=_NO_REVISION,
            isco=(),
            target_groups=(),
            elements=tuple(map(self._element, self._under(each, Kind.ELEMENT))) or None,
            source_url=each.first.text("uri"),
        )

    def _under(self, each: Joined, kind: Kind) -> Iterable[Joined]:
        return {child.of.id: child.of for child in self.tree.below(each, kind)}.values()

    def _element(self, each: Joined) -> model.Element:
        if each.code is None and each.id not in self.used:
            self.doubt(NoteCode.NO_CODE, each.first, each.title_th)
        self.use(each)
        return model.Element(
            code=each.code or each.id,
            title_th=each.title_th,
            title_en=each.title_en,
            criteria=tuple(map(self._criterion, self._under(each, Kind.CRITERION))),
            assessment_methods=(),
        )

    def _criterion(self, each: Joined) -> model.Criterion:
        self.use(each)
        return model.Criterion(code=each.code, text_th=each.title_th, text_en=each.title_en)

    def qualification(self, each: Joined) -> model.Qualification:
        self.use(each)
        self.doubt(NoteCode.COMPOSITION_UNKNOWN, each.first, each.title_th)
        levels = _levels(each)
        return model.Qualification(
            key=model.QualificationKey(each.id),
            owner=self.owner,
            aliases=self._aliases(each, each.code),
            title_th=each.title_th,
            title_en=each.title_en,
            industry=self._place(each, Kind.INDUSTRY),
            occupation=self._place(each, Kind.OCCUPATION),
            level=levels[0] if len(levels) == 1 else None,
            groups=self._groups(each),
            composition_known=False,
            certifying_bodies=(),
            published=None,
            source_url=each.first.text("uri"),
        )

    def _groups(self, each: Joined) -> tuple[model.UnitGroup, ...]:
        """Return one group for each grouping, of which all units are asked for until somebody says.

        Nobody can complete the qualification meanwhile: its composition is not known.
        """
        units: dict[str | None, dict[model.UnitKey, None]] = {}
        for child in self.tree.below(each, Kind.UNIT):
            units.setdefault(child.grouping, {})[model.UnitKey(child.of.id)] = None
        defined = self.package.definitions.get("CFAssociationGroupings", ())
        names = {entry.id: entry.text("title") for entry in defined}
        return tuple(
            model.UnitGroup(
                name=None if grouping is None else names.get(grouping),
                minimum=len(keys),
                units=tuple(keys),
            )
            for grouping, keys in units.items()
        )

    def _aliases(self, each: Joined, code: str | None) -> tuple[model.Alias, ...]:
        scope = self.package.document.id
        keys = [model.Alias(model.AliasKind.SOURCE_KEY, entry.id, scope) for entry in each.entries]
        if code is not None:
            keys.append(model.Alias(model.AliasKind.LOCAL_CODE, code, scope))
        return tuple(keys)

    def _place(self, each: Joined, kind: Kind) -> str | None:
        """Return the one place of ``kind`` above ``each``; None where there is none or several."""
        places = [above for above in self.tree.above(each) if above.kind is kind]
        texts = sorted({place.title_th for place in places})
        if len(texts) > 1:
            self.doubt(NoteCode.SEVERAL_PLACES, each.first, texts)
            return None
        for place in places:
            self.use(place)
        return texts[0] if texts else None


def _levels(each: Joined) -> tuple[model.Level, ...]:
    """Return the levels that name their ladder; others stay in a note."""
    levels = map(read_step, each.texts("educationLevel"))
    return tuple(level for level in levels if level is not None)
