"""What an occupational standard is made of, as frozen values.

The model follows the standards of TPQI (สถาบันคุณวุฒิวิชาชีพ) as they are published: an
occupation has qualifications, one for each level; a qualification is made of units of competency;
a unit has elements, and an element has performance criteria. A unit may stand in several
qualifications, has up to three kinds of identifier of which none suffices, and may lack a level.
Hence a surrogate key for every unit, aliases beside it, and levels that name their scale.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

UnitKey = NewType("UnitKey", str)
"""Surrogate key of a unit: never printed, never changed, never taken from an official code."""

QualificationKey = NewType("QualificationKey", str)
"""Surrogate key of a qualification."""

EditionId = NewType("EditionId", str)
"""Name of one edition of one standard, for example ``tpqi-facts-2026-11``."""

OwnerCode = NewType("OwnerCode", str)
"""Who owns a standard: ``TPQI``, ``DSD`` (กรมพัฒนาฝีมือแรงงาน), ``TST`` for made-up ones."""


class LevelScale(StrEnum):
    """The ladder a level number stands on; numbers of different ladders are never compared."""

    EIGHT = "8-level"
    """ระดับ 1-8, in use since 2017 (ASEAN reference framework)."""
    SEVEN = "7-level"
    """ชั้น 1-7, in use until 2017."""
    THREE = "3-step"
    """Levels 1-3 of the digital-literacy sets."""


class AliasKind(StrEnum):
    """The kinds of name under which sources know a unit or qualification."""

    CERTIFICATE_CODE = "certificate-code"
    LOCAL_CODE = "local-code"
    """Code inside one standard; unique only together with its scope."""
    PAGE_ID = "page-id"
    SOURCE_KEY = "source-key"
    """Key in the collection the facts were read from, for example ``std1949:10302``."""


@dataclass(frozen=True, slots=True, order=True)
class Level:
    """A level together with the scale that gives the number its meaning."""

    value: int
    scale: LevelScale


@dataclass(frozen=True, slots=True)
class Revision:
    """Revision of a unit (ทบทวนครั้งที่)."""

    number: int | None
    year: int | None
    """Common-Era year, or None where the source gives none."""
    raw: str | None
    """The field exactly as printed, for example ``2 / 2566`` or ``- / -``."""


@dataclass(frozen=True, slots=True)
class Alias:
    """One name by which a source knows a unit or a qualification."""

    kind: AliasKind
    value: str
    scope: str | None = None
    """The standard inside which a local code holds, for example ``std1949``."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A performance criterion (เกณฑ์การปฏิบัติงาน)."""

    code: str | None
    text_th: str
    text_en: str | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """An element of competency (หน่วยสมรรถนะย่อย)."""

    code: str
    title_th: str
    title_en: str | None
    criteria: tuple[Criterion, ...]
    assessment_methods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of competency (หน่วยสมรรถนะ, UoC) as one edition states it."""

    key: UnitKey
    owner: OwnerCode
    code: str | None
    """Certificate code as printed, or None where the unit has only a local code."""
    aliases: tuple[Alias, ...]
    title_th: str
    title_en: str | None
    industry: str | None
    sector: str | None
    occupation: str | None
    levels: tuple[Level, ...]
    """Levels of the qualifications that name the unit; empty where no source gives one."""
    revision: Revision
    isco: tuple[str, ...]
    target_groups: tuple[str, ...]
    elements: tuple[Element, ...] | None
    """None where the elements were not read or may not be passed on; empty where there are none."""
    source_url: str | None

    @property
    def shown_code(self) -> str:
        """The code to print: the certificate code, else the first local code, else the key."""
        if self.code is not None:
            return self.code
        local = (a.value for a in self.aliases if a.kind is AliasKind.LOCAL_CODE)
        return next(local, str(self.key))


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units of a qualification of which at least ``minimum`` must be held."""

    name: str | None
    minimum: int
    units: tuple[UnitKey, ...]


@dataclass(frozen=True, slots=True)
class Qualification:
    """A qualification (คุณวุฒิวิชาชีพ): one occupation at one level."""

    key: QualificationKey
    owner: OwnerCode
    aliases: tuple[Alias, ...]
    title_th: str
    title_en: str | None
    industry: str | None
    occupation: str | None
    level: Level | None
    groups: tuple[UnitGroup, ...]
    composition_known: bool
    """False where the source was read in part: then nobody can be said to have completed it."""
    certifying_bodies: tuple[str, ...]
    published: date | None
    source_url: str | None

    @property
    def units(self) -> tuple[UnitKey, ...]:
        """Every unit of every group, in the order of the source, each once."""
        return tuple(dict.fromkeys(key for group in self.groups for key in group.units))


@dataclass(frozen=True, slots=True)
class Edition:
    """What one owner published at one time; stored whole and never edited afterwards."""

    id: EditionId
    owner: OwnerCode
    title_th: str
    title_en: str | None
    released: date
    made_up: bool
    """True for demonstration standards, which no authority stands behind."""
    units: tuple[Unit, ...]
    qualifications: tuple[Qualification, ...]
    digest: str
    """SHA-256 (hex) of the canonical JSON of everything above; see ``reading_json``."""
