"""A standard of five units, made up: small enough to be audited thousands of times."""

from datetime import date, timedelta

from standards.model import (
    Alias,
    AliasKind,
    Edition,
    EditionId,
    Level,
    LevelScale,
    OwnerCode,
    Qualification,
    QualificationKey,
    Revision,
    Unit,
    UnitGroup,
    UnitKey,
)
from standards.reading_json import with_digest

OWNER = OwnerCode("SML")
CODES = ("S1", "S2", "S3", "S4", "S5")
KEYS = tuple(UnitKey(f"sml-{code.lower()}") for code in CODES)
FIRST_DAY = date(2020, 1, 1)


def small_edition(number: int) -> Edition:
    """Return the edition of this number, from 1; each is released a day later."""
    edition = Edition(
        id=EditionId(f"SML-{number}"),
        owner=OWNER,
        title_th=f"มาตรฐานทดสอบ ฉบับที่ {number}",
        title_en=f"Made-up standard {number}",
        released=FIRST_DAY + timedelta(days=number),
        made_up=True,
        units=tuple(_unit(code, number) for code in CODES),
        qualifications=(_qualification(),),
        digest="",
    )
    return with_digest(edition)


def _unit(code: str, number: int) -> Unit:
    return Unit(
        key=UnitKey(f"sml-{code.lower()}"),
        owner=OWNER,
        code=None,
        aliases=(Alias(AliasKind.LOCAL_CODE, code, None),),
        title_th=f"หน่วยทดสอบ {code}",
        title_en=f"Made-up unit {code}",
        industry=None,
        sector=None,
        occupation=None,
        levels=(),
        revision=Revision(number=number, year=2020, raw=None),
        isco=(),
        target_groups=(),
        elements=None,
        source_url=None,
    )


def _qualification() -> Qualification:
    return Qualification(
        key=QualificationKey("sml-q"),
        owner=OWNER,
        aliases=(),
        title_th="คุณวุฒิทดสอบ",
        title_en="Made-up qualification",
        industry=None,
        occupation=None,
        level=Level(1, LevelScale.EIGHT),
        groups=(UnitGroup(None, 2, KEYS[:2]),),
        composition_known=True,
        certifying_bodies=(),
        published=None,
        source_url=None,
    )
