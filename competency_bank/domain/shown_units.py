"""Units, qualifications and courses as certificates show them: values copied from editions."""

from collections.abc import Iterable
from dataclasses import dataclass

from certificates.credential.snapshot import (
    CourseShown,
    ElementShown,
    QualificationShown,
    UnitShown,
)
from competency_bank.domain.courses import Course
from competency_bank.domain.terms import Terms
from standards.case_exchange import unit_address
from standards.catalogue import Catalogue
from standards.course_map import CourseMap
from standards.model import (
    EditionId,
    Level,
    LevelScale,
    Qualification,
    QualificationKey,
    UnitKey,
)
from standards.thai_text import tidy

OWNER_NAMES = {
    "TPQI": "สถาบันคุณวุฒิวิชาชีพ (องค์การมหาชน)",
    "DSD": "กรมพัฒนาฝีมือแรงงาน",
}
"""Names of the owners of standards; made-up standards have none."""

LEVEL_WORDS = {
    LevelScale.EIGHT: "ระดับ",
    LevelScale.SEVEN: "ชั้น",
    LevelScale.THREE: "ระดับ (3 ขั้น)",
}
"""How each ladder names its steps; the words are part of the official titles."""


@dataclass(frozen=True, slots=True)
class Sayer:
    """What is said of units and qualifications, as their editions state them."""

    catalogue: Catalogue
    terms: Terms

    def unit(self, key: UnitKey, edition: EditionId) -> UnitShown:
        """Return a unit as the edition it was earned on states it."""
        unit = self.catalogue.unit(key, edition=edition)
        stated_by = self.catalogue.edition(edition)
        return UnitShown(
            uri=f"{self.terms.issuer.id}/units/{unit.key}",
            code=unit.shown_code,
            title_th=unit.title_th,
            title_en=unit.title_en,
            owner=unit.owner,
            edition=edition,
            occupation=unit.occupation,
            level=level_text(unit.levels),
            made_up=stated_by.made_up,
            case_uri=unit_address(edition, key, base=self.terms.public_url),
            owner_name=OWNER_NAMES.get(unit.owner),
            elements=tuple(
                ElementShown(tidy(each.code), tidy(each.title_th)) for each in unit.elements or ()
            ),
        )

    def qualification(
        self, key: QualificationKey, edition: EditionId, units: tuple[UnitShown, ...]
    ) -> QualificationShown:
        """Return a qualification as one edition composes it."""
        found = self.catalogue.qualification(key, edition=edition)
        stated_by = self.catalogue.edition(edition)
        return QualificationShown(
            uri=f"{self.terms.issuer.id}/qualifications/{key}",
            code=shown_code(found),
            title_th=found.title_th,
            title_en=found.title_en,
            owner=found.owner,
            edition=edition,
            occupation=found.occupation,
            level=None if found.level is None else level_text((found.level,)),
            made_up=stated_by.made_up,
            units=units,
            owner_name=OWNER_NAMES.get(found.owner),
        )


def level_text(levels: Iterable[Level]) -> str | None:
    """Return levels in words, or None; numbers of different ladders are not mixed."""
    by_scale: dict[LevelScale, list[str]] = {}
    for level in sorted(levels):
        by_scale.setdefault(level.scale, []).append(str(level.value))
    words = [f"{LEVEL_WORDS[scale]} {', '.join(steps)}" for scale, steps in by_scale.items()]
    return " / ".join(words) or None


def shown_code(qualification: Qualification) -> str:
    """Return the code to print: the first official name of a qualification, else its key."""
    return next((alias.value for alias in qualification.aliases), str(qualification.key))


def course_shown(
    course: Course, course_map: CourseMap, units: tuple[UnitShown, ...], terms: Terms
) -> CourseShown:
    """Return a course with some of its units."""
    return CourseShown(
        uri=f"{terms.issuer.id}/courses/{course.code}",
        code=course.code,
        title_th=course.title_th,
        title_en=course.title_en,
        hours=course.hours,
        units=units,
        version=str(course_map.version),
    )
