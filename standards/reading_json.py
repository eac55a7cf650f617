"""The file format of an edition, ``competency-bank/edition/v1``, read and written.

Top level: ``format``, ``id``, ``owner``, ``title_th``, ``title_en``, ``released`` (ISO date),
``made_up``, ``units``, ``qualifications`` and ``digest``; below, the fields of ``model`` under
their own names. Every field is written; what a source does not state is null. ``digest`` is the
SHA-256 of the canonical JSON of all other fields; a file without it is taken, a wrong one is not.
Text is kept as printed.
"""

from collections.abc import Callable
from dataclasses import asdict, fields, replace
from typing import Any, cast

from standards import model
from standards.errors import FaultInFile
from standards.json_cursor import Cursor, Json, canonical_bytes, digest, open_json, shown

FORMAT = "competency-bank/edition/v1"

_HIGHEST = {
    model.LevelScale.EIGHT: 8,
    model.LevelScale.SEVEN: 7,
    model.LevelScale.THREE: 3,
}


def read_edition(data: bytes, *, name: str) -> model.Edition:
    """Return the edition that ``data`` holds; ``name`` only names the file in errors.

    Holds: ``read_edition(write_edition(e), name=n) == e`` for every edition with a right digest.

    Raises:
        UnreadableFile: ``file-too-large``, ``empty-file``, ``not-json``.
        FaultInFile: the place is a JSON path. Codes of ``json_cursor``; ``unknown-format``,
            ``bad-level``, ``bad-digest``, ``other-owner``, ``duplicate-unit``,
            ``duplicate-qualification``, ``absent-unit``, ``repeated-unit``, ``bad-minimum``.

    """
    top = open_json(data, name=name)
    if (found := top.field("format").text()) != FORMAT:
        raise FaultInFile("unknown-format", file=name, place="$.format", value=shown(found))
    edition = _edition(top)
    _check_units(edition, name)
    _check_qualifications(edition, name)
    claimed = edition.digest
    edition = with_digest(edition)
    if claimed and claimed != edition.digest:
        raise FaultInFile("bad-digest", file=name, place="$.digest", value=shown(claimed))
    return edition


def write_edition(edition: model.Edition) -> bytes:
    """Return ``edition`` as canonical JSON with its digest, whatever digest it carries now."""
    content = _content(edition)
    return canonical_bytes({**content, "digest": digest(content)})


def with_digest(edition: model.Edition) -> model.Edition:
    """Return ``edition`` with the digest of its content."""
    return replace(edition, digest=digest(_content(edition)))


def _content(edition: model.Edition) -> dict[str, Json]:
    content = cast("dict[str, Any]", _plain(asdict(edition)))
    del content["digest"]
    return {"format": FORMAT, **content}


def _plain(value: object) -> Json:
    match value:
        case dict():
            return {key: _plain(entry) for key, entry in value.items()}
        case tuple():
            return [_plain(entry) for entry in value]
        case None | bool() | int():
            return value
        case _:
            return str(value)


def _edition(at: Cursor) -> model.Edition:
    names = {field.name for field in fields(model.Edition)}
    at.only(names | {"format"})
    return model.Edition(
        id=model.EditionId(at.field("id").name()),
        owner=model.OwnerCode(at.field("owner").name()),
        title_th=at.field("title_th").name(),
        title_en=at.field("title_en").maybe(Cursor.name),
        released=at.field("released").day(),
        made_up=at.field("made_up").truth(),
        units=at.field("units").each(_unit),
        qualifications=at.field("qualifications").each(_qualification),
        digest=at.field("digest").text() if "digest" in at.object() else "",
    )


def _unit(at: Cursor) -> model.Unit:
    _only_fields(at, model.Unit)
    return model.Unit(
        key=model.UnitKey(at.field("key").name()),
        owner=model.OwnerCode(at.field("owner").name()),
        code=at.field("code").maybe(Cursor.name),
        aliases=at.field("aliases").each(_alias),
        title_th=at.field("title_th").name(),
        title_en=at.field("title_en").maybe(Cursor.name),
        industry=at.field("industry").maybe(Cursor.name),
        sector=at.field("sector").maybe(Cursor.name),
        occupation=at.field("occupation").maybe(Cursor.name),
        levels=at.field("levels").each(_level),
        revision=_revision(at.field("revision")),
        isco=at.field("isco").each(Cursor.name),
        target_groups=at.field("target_groups").each(Cursor.name),
        elements=at.field("elements").maybe(_each(_element)),
        source_url=at.field("source_url").maybe(Cursor.name),
    )


def _each(read: Callable[[Cursor], model.Element]) -> Callable[[Cursor], tuple[model.Element, ...]]:
    return lambda at: at.each(read)


def _element(at: Cursor) -> model.Element:
    _only_fields(at, model.Element)
    return model.Element(
        code=at.field("code").name(),
        title_th=at.field("title_th").name(),
        title_en=at.field("title_en").maybe(Cursor.name),
        criteria=at.field("criteria").each(_criterion),
        assessment_methods=at.field("assessment_methods").each(Cursor.name),
    )


def _criterion(at: Cursor) -> model.Criterion:
    _only_fields(at, model.Criterion)
    return model.Criterion(
        code=at.field("code").maybe(Cursor.name),
        text_th=at.field("text_th").name(),
        text_en=at.field("text_en").maybe(Cursor.name),
    )


def _alias(at: Cursor) -> model.Alias:
    _only_fields(at, model.Alias)
    return model.Alias(
        kind=at.field("kind").choice(model.AliasKind),
        value=at.field("value").name(),
        scope=at.field("scope").maybe(Cursor.name),
    )


def _level(at: Cursor) -> model.Level:
    _only_fields(at, model.Level)
    scale = at.field("scale").choice(model.LevelScale)
    value = at.field("value").whole()
    if not 1 <= value <= _HIGHEST[scale]:
        raise FaultInFile("bad-level", file=at.file, place=f"{at.place}.value", value=value)
    return model.Level(value=value, scale=scale)


def _revision(at: Cursor) -> model.Revision:
    _only_fields(at, model.Revision)
    return model.Revision(
        number=at.field("number").maybe(Cursor.whole),
        year=at.field("year").maybe(Cursor.whole),
        raw=at.field("raw").maybe(Cursor.text),
    )


def _qualification(at: Cursor) -> model.Qualification:
    _only_fields(at, model.Qualification)
    return model.Qualification(
        key=model.QualificationKey(at.field("key").name()),
        owner=model.OwnerCode(at.field("owner").name()),
        aliases=at.field("aliases").each(_alias),
        title_th=at.field("title_th").name(),
        title_en=at.field("title_en").maybe(Cursor.name),
        industry=at.field("industry").maybe(Cursor.name),
        occupation=at.field("occupation").maybe(Cursor.name),
        level=at.field("level").maybe(_level),
        groups=at.field("groups").each(_group),
        composition_known=at.field("composition_known").truth(),
        certifying_bodies=at.field("certifying_bodies").each(Cursor.name),
        published=at.field("published").maybe(Cursor.day),
        source_url=at.field("source_url").maybe(Cursor.name),
    )


def _group(at: Cursor) -> model.UnitGroup:
    _only_fields(at, model.UnitGroup)
    units = at.field("units").each(lambda unit: model.UnitKey(unit.name()))
    minimum = at.field("minimum").whole()
    if len(set(units)) != len(units):
        raise FaultInFile("repeated-unit", file=at.file, place=f"{at.place}.units")
    if not 0 <= minimum <= len(units):
        raise FaultInFile(
            "bad-minimum", file=at.file, place=f"{at.place}.minimum", value=minimum, most=len(units)
        )
    return model.UnitGroup(name=at.field("name").maybe(Cursor.name), minimum=minimum, units=units)


def _only_fields(at: Cursor, kind: type[Any]) -> None:
    at.only({field.name for field in fields(kind)})


def _check_units(edition: model.Edition, file: str) -> None:
    seen: set[str] = set()
    for n, unit in enumerate(edition.units):
        if unit.key in seen:
            place = f"$.units[{n}].key"
            raise FaultInFile("duplicate-unit", file=file, place=place, value=shown(unit.key))
        seen.add(unit.key)
        _check_owner(unit.owner, edition, place=f"$.units[{n}].owner", file=file)


def _check_qualifications(edition: model.Edition, file: str) -> None:
    units = {unit.key for unit in edition.units}
    seen: set[str] = set()
    for n, qualification in enumerate(edition.qualifications):
        place = f"$.qualifications[{n}]"
        key = qualification.key
        if key in seen:
            raise FaultInFile(
                "duplicate-qualification", file=file, place=f"{place}.key", value=shown(key)
            )
        seen.add(key)
        _check_owner(qualification.owner, edition, place=f"{place}.owner", file=file)
        for absent in (unit for unit in qualification.units if unit not in units):
            raise FaultInFile("absent-unit", file=file, place=place, value=shown(absent))


def _check_owner(owner: str, edition: model.Edition, *, place: str, file: str) -> None:
    if owner != edition.owner:
        raise FaultInFile("other-owner", file=file, place=place, value=shown(owner))
