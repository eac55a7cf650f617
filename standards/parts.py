"""What was read of a unit or a qualification, part by part, and what the parts make.

A reader of messy sources does not build units; it lists parts in the order of the source, and each
part says which doubts stand against it. ``quarantine`` decides which parts count; here the
counting parts become units and qualifications.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from standards import model
from standards.element_text import read_element
from standards.errors import FaultInFile
from standards.reading_date import BUDDHIST_OFFSET, LAST_COMMON_YEAR_TYPED
from standards.thai_text import digits, refuse_hidden, tidy


class Field(StrEnum):
    """What a part is; the text of a part has the form named here."""

    CODE = "code"
    """Certificate code; the first one is the unit's code, the others are aliases."""
    LOCAL_CODE = "local-code"
    """Code inside one standard."""
    PAGE_ID = "page-id"
    TITLE = "title"
    TITLE_EN = "title-en"
    INDUSTRY = "industry"
    SECTOR = "sector"
    OCCUPATION = "occupation"
    LEVEL = "level"
    """``3 8-level``: the value and its scale."""
    REVISION = "revision"
    """As printed: ``2 / 2566``."""
    ISCO = "isco"
    TARGET_GROUP = "target-group"
    ELEMENTS_READ = "elements-read"
    """Says that the whole table of elements was read; without it ``elements`` is None."""
    ELEMENT = "element"
    """In the form of ``element_text``."""
    SOURCE = "source-url"
    KEPT = "kept"
    """Text that the model has no field for: ``6: description``; kept, never in an edition."""
    MEMBER = "member"
    """Of a qualification: the key of a unit."""
    COMPLETE = "composition-known"
    """Of a qualification: its list of units was read whole."""
    BODY = "certifying-body"
    PUBLISHED = "published"
    """Of a qualification: ISO date."""


@dataclass(frozen=True, slots=True)
class Part:
    """One text about one unit or qualification, and the doubts that hold it back."""

    subject: str
    """Key of the unit or qualification."""
    field: Field
    text: str
    """As it would count: cleaned; empty where the source cannot be read."""
    doubts: tuple[str, ...] = ()
    """Ids of the doubts that must be settled before the part counts."""


_LEVEL = re.compile(r"([1-8]) (8-level|7-level|3-step)")
_HIGHEST = {
    model.LevelScale.EIGHT: 8,
    model.LevelScale.SEVEN: 7,
    model.LevelScale.THREE: 3,
}
_REVISION = re.compile(r"(?P<no>[0-9]{1,3}|-|N/A)? ?/ ?(?P<year>[0-9]{4}|-|N/A)?")
_NO_REVISION = re.compile(r"(?:N/A|[-.\u2026\s])*")


def check_part(field: Field, text: str) -> None:
    """Return if ``text`` has the form of that field.

    Raises:
        FaultInFile: ``blank-part``, ``hidden-character``, ``bad-element-text``,
            ``bad-level-text`` or ``bad-date``.

    """
    refuse_hidden(text)
    if not text.strip():
        raise FaultInFile("blank-part", value=field.value)
    match field:
        case Field.ELEMENT:
            read_element(text)
        case Field.LEVEL:
            _level(text)
        case Field.PUBLISHED:
            _day(text)
        case _:
            pass


def unit_of(
    key: str, owner: model.OwnerCode, parts: Iterable[tuple[Field, str]], *, whole: bool
) -> model.Unit | None:
    """Return the unit that the counting parts make, or None while it has no title.

    ``whole`` is False while an element waits: then ``elements`` is None, for a list that lacks
    some elements would look like a complete one.
    """
    texts = _by_field(parts)
    if Field.TITLE not in texts:
        return None
    codes = texts.get(Field.CODE, ())
    known = whole and Field.ELEMENTS_READ in texts
    return model.Unit(
        key=model.UnitKey(key),
        owner=owner,
        code=codes[0] if codes else None,
        aliases=_aliases(texts),
        title_th=texts[Field.TITLE][0],
        title_en=_first(texts, Field.TITLE_EN),
        industry=_first(texts, Field.INDUSTRY),
        sector=_first(texts, Field.SECTOR),
        occupation=_first(texts, Field.OCCUPATION),
        levels=tuple(dict.fromkeys(_level(text) for text in texts.get(Field.LEVEL, ()))),
        revision=revision_of(_first(texts, Field.REVISION)),
        isco=tuple(dict.fromkeys(texts.get(Field.ISCO, ()))),
        target_groups=texts.get(Field.TARGET_GROUP, ()),
        elements=tuple(read_element(each) for each in texts.get(Field.ELEMENT, ()))
        if known
        else None,
        source_url=_first(texts, Field.SOURCE),
    )


def qualification_of(
    key: str, owner: model.OwnerCode, parts: Iterable[tuple[Field, str]], *, whole: bool
) -> model.Qualification | None:
    """Return the qualification that the counting parts make, or None while it has no title.

    All of its units are asked for; ``composition_known`` is False while a unit of it waits.
    """
    texts = _by_field(parts)
    if Field.TITLE not in texts:
        return None
    members = tuple(dict.fromkeys(map(model.UnitKey, texts.get(Field.MEMBER, ()))))
    level, day = _first(texts, Field.LEVEL), _first(texts, Field.PUBLISHED)
    return model.Qualification(
        key=model.QualificationKey(key),
        owner=owner,
        aliases=_aliases(texts),
        title_th=texts[Field.TITLE][0],
        title_en=_first(texts, Field.TITLE_EN),
        industry=_first(texts, Field.INDUSTRY),
        occupation=_first(texts, Field.OCCUPATION),
        level=None if level is None else _level(level),
        groups=(model.UnitGroup(name=None, minimum=len(members), units=members),)
        if members
        else (),
        composition_known=whole and Field.COMPLETE in texts,
        certifying_bodies=texts.get(Field.BODY, ()),
        published=None if day is None else _day(day),
        source_url=_first(texts, Field.SOURCE),
    )


def revision_of(raw: str | None) -> model.Revision:
    """Return number and Common-Era year of a printed revision (ทบทวนครั้งที่), as far as stated.

    Seen in sources: ``1 / 2567``, ``- / -``, ``/``, ``1 /``, ``N/A / -``, ``-``, leader dots.
    Years above 2400 are of the Buddhist Era.
    """
    text = tidy(digits(raw or ""))
    match = _REVISION.fullmatch(text)
    if match is None:
        return model.Revision(number=None, year=None, raw=raw)
    number, year = (_whole(match[name]) for name in ("no", "year"))
    if year is not None and year > LAST_COMMON_YEAR_TYPED:
        year -= BUDDHIST_OFFSET
    return model.Revision(number=number, year=year, raw=raw)


def revision_is_clear(raw: str) -> bool:
    """Say whether a printed revision has a form that ``revision_of`` knows."""
    text = tidy(digits(raw))
    return bool(_REVISION.fullmatch(text) or _NO_REVISION.fullmatch(text))


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdigit() else None


def _by_field(parts: Iterable[tuple[Field, str]]) -> Mapping[Field, tuple[str, ...]]:
    texts: dict[Field, list[str]] = {}
    for field, text in parts:
        texts.setdefault(field, []).append(text)
    return {field: tuple(listed) for field, listed in texts.items()}


def _first(texts: Mapping[Field, tuple[str, ...]], field: Field) -> str | None:
    return texts.get(field, (None,))[0]


_ALIASES = (
    (Field.CODE, model.AliasKind.CERTIFICATE_CODE),
    (Field.LOCAL_CODE, model.AliasKind.LOCAL_CODE),
    (Field.PAGE_ID, model.AliasKind.PAGE_ID),
)


def _aliases(texts: Mapping[Field, tuple[str, ...]]) -> tuple[model.Alias, ...]:
    return tuple(
        model.Alias(kind=kind, value=value)
        for field, kind in _ALIASES
        for value in dict.fromkeys(texts.get(field, ()))
    )


def _level(text: str) -> model.Level:
    match = _LEVEL.fullmatch(tidy(digits(text)))
    scale = model.LevelScale(match[2]) if match else None
    if match is None or scale is None or int(match[1]) > _HIGHEST[scale]:
        raise FaultInFile("bad-level-text", value=text)
    return model.Level(value=int(match[1]), scale=scale)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FaultInFile("bad-date", value=text) from None
