"""A standard of any size, made up by a seed from the shapes and words of the shipped facts.

Only for measuring: every title is put together from parts of real ones, so that neighbours are
more alike than in a real catalogue, and nothing in it means anything.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from string import ascii_uppercase

from standards.model import (
    Alias,
    AliasKind,
    Criterion,
    Edition,
    EditionId,
    Element,
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
from standards.shipped import shipped_editions

UNITS, ELEMENTS_EACH, QUALIFICATIONS = 11_000, 3, 2_140
"""The size of the whole catalogue of TPQI as counted in August 2026, rounded."""
OWNER = OwnerCode("TST")

_VERB_LIST = (
    "จัดเตรียม เตรียม ตรวจสอบ ตรวจ ประเมิน วิเคราะห์ ออกแบบ วางแผน บำรุงรักษา ดูแล ซ่อม ติดตั้ง ถอดประกอบ "
    "ควบคุม จัดการ จัดเก็บ เลือกใช้ ใช้งาน ใช้ ให้บริการ ส่งเสริม สนับสนุน ปฏิบัติ ทำความสะอาด ทำ ผสม "
    "ตกแต่ง ขึ้นรูป พัฒนา นำเสนอ อบรม ประกอบ สร้าง เก็บรักษา แก้ไข ศึกษา กำหนด ทดสอบ บันทึก ประสาน"
)
_PURPOSE_LIST = (
    "ตามหลักความปลอดภัย|สำหรับลูกค้า|ในสถานประกอบการ|ตามมาตรฐานสากล|ก่อนให้บริการ|หลังการให้บริการ|"
    "ของโรงแรม|ของผู้สูงอายุ|ของเด็ก|ในโรงงาน|สำหรับงานอนุรักษ์|อย่างต่อเนื่อง|เบื้องต้น|ขั้นสูง|ระดับ ๒|"
    "ด้วยเครื่องมือพิเศษ|ตามที่ได้รับมอบหมาย|ในร้านอาหาร|เพื่อการส่งออก|ภายใต้การกำกับดูแล|ของยานยนต์ไฟฟ้า|"
    "ตามหลักสุขาภิบาล|ให้ถูกต้องตามกฎหมาย|ในงานก่อสร้าง|ของธุรกิจขนาดย่อม|ปี 2567|ด้วยระบบดิจิทัล"
)
_ENGLISH_LIST = (
    "prepare inspect assess design plan maintain repair install control manage store select serve "
    "support clean decorate develop present train cook record coordinate materials equipment "
    "customers service system kitchen garden engine machine safety hygiene workshop products"
)
_VERBS, _ENGLISH = _VERB_LIST.split(), _ENGLISH_LIST.split()
_PURPOSES = _PURPOSE_LIST.split("|")


@cache
def _objects() -> tuple[str, ...]:
    titles = {unit.title_th for edition in shipped_editions() for unit in edition.units}
    starts = re.compile("|".join(sorted(_VERBS, key=len, reverse=True)))
    pieces = {piece.strip() for title in titles for piece in starts.sub("\n", title).split("\n")}
    return tuple(sorted(piece for piece in pieces if 6 <= len(piece) <= 60))


@cache
def _occupations() -> tuple[str, ...]:
    units = [unit for edition in shipped_editions() for unit in edition.units]
    return tuple(sorted({unit.occupation for unit in units if unit.occupation}))


def generated_units(count: int, *, seed: int) -> tuple[Unit, ...]:
    """Return ``count`` units with three elements each on average; equal seeds, equal units.

    One title in a hundred is that of an earlier unit, as in the real catalogue.
    """
    rng = random.Random(seed)
    titles = _titles(rng)
    codes = _distinct(rng, _code)
    counts = _element_counts(rng, count)
    units: list[Unit] = []
    for n in range(count):
        title = rng.choice(units).title_th if units and rng.random() < 0.01 else next(titles)
        units.append(_unit(rng, n, title=title, code=next(codes), elements=counts[n]))
    return tuple(units)


def generated_edition(units: int, *, seed: int, qualifications: int = 0) -> Edition:
    """Return an edition of generated units and of qualifications made of them."""
    rng = random.Random(f"qualifications {seed}")
    own = generated_units(units, seed=seed)
    edition = Edition(
        id=EditionId(f"generated-{seed}-{units}"),
        owner=OWNER,
        title_th="มาตรฐานสมมติสำหรับวัดความเร็ว",
        title_en="Generated standard, for measuring",
        released=date(2026, 1, 1),
        made_up=True,
        units=own,
        qualifications=tuple(_qualification(rng, n, own) for n in range(qualifications)),
        digest="",
    )
    return with_digest(edition)


def _titles(rng: random.Random) -> Iterator[str]:
    def title(rng: random.Random) -> str:
        parts = [rng.choice(_VERBS) + rng.choice(_objects())]
        if rng.random() < 0.2:
            parts.append(f"และ{rng.choice(_VERBS)}{rng.choice(_objects())}")
        if rng.random() < 0.7:
            parts.append(rng.choice(_PURPOSES))
        return rng.choice(("", "", " ")).join(parts)

    return _distinct(rng, title)


def _distinct(rng: random.Random, make: Callable[[random.Random], str]) -> Iterator[str]:
    seen: set[str] = set()
    while True:
        made = make(rng)
        if made not in seen:
            seen.add(made)
            yield made


def _code(rng: random.Random) -> str:
    letters = "".join(rng.choices(ascii_uppercase, k=7))
    return f"{letters[:3]}-{letters[3:]}-{rng.randrange(1000):03}{rng.choice('AB')}"


def _element_counts(rng: random.Random, count: int) -> list[int]:
    counts = [ELEMENTS_EACH] * count
    for _ in range(count):
        given, taken = rng.randrange(count), rng.randrange(count)
        if counts[taken] > 1:
            counts[given] += 1
            counts[taken] -= 1
    return counts


def _unit(rng: random.Random, n: int, *, title: str, code: str, elements: int) -> Unit:
    local = f"{rng.randrange(10000, 99999)}"
    level = Level(rng.randint(1, 8), LevelScale.EIGHT)
    return Unit(
        key=UnitKey(f"u-generated-{n}"),
        owner=OWNER,
        code=code,
        aliases=(
            Alias(AliasKind.CERTIFICATE_CODE, code),
            Alias(AliasKind.LOCAL_CODE, local, f"std{n % 1000 + 1}"),
            Alias(AliasKind.PAGE_ID, str(200_000 + n)),
        ),
        title_th=title,
        title_en=" ".join(rng.sample(_ENGLISH, 5)) if n % 2 else None,
        industry=None,
        sector=None,
        occupation=rng.choice(_occupations()),
        levels=(level,),
        revision=Revision(None, None, None),
        isco=(),
        target_groups=(),
        elements=tuple(_element(rng, f"{local}{e:02}") for e in range(1, elements + 1)),
        source_url=None,
    )


def _element(rng: random.Random, code: str) -> Element:
    criteria = tuple(
        Criterion(f"{code}.{n}", f"{rng.choice(_VERBS)}{rng.choice(_objects())}ได้")
        for n in range(1, 4)
    )
    return Element(code, rng.choice(_VERBS) + rng.choice(_objects()), None, criteria, ())


def _qualification(rng: random.Random, n: int, units: Sequence[Unit]) -> Qualification:
    members = tuple(unit.key for unit in rng.sample(units, min(len(units), rng.randint(1, 8))))
    level = Level(rng.randint(1, 8), LevelScale.EIGHT)
    occupation = f"{rng.choice(_occupations())} {rng.choice(_PURPOSES)}"
    return Qualification(
        key=QualificationKey(f"q-generated-{n}"),
        owner=OWNER,
        aliases=(Alias(AliasKind.PAGE_ID, str(900_000 + n)),),
        title_th=f"{occupation} ระดับ {level.value}",
        title_en=None,
        industry=None,
        occupation=occupation,
        level=level,
        groups=(UnitGroup(None, len(members), members),),
        composition_known=True,
        certifying_bodies=(),
        published=None,
        source_url=None,
    )
