"""Cut a unit page into its numbered sections.

Labels are not where they should be: they are glued to the text before them, repeated, quoted
inside running text, or share a line. A label begins a section only if its number is higher than
that of the section before and it stands where a label can stand.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from standards.page_labels import SECTIONS, TAILS
from standards.page_text import Line
from standards.thai_text import digits

_TONE = "[\u0e48-\u0e4b]"
_SHARING_A_LINE = frozenset({2, 3, 4})
"""Sections that old pages print on the line of the section before, after a single blank."""


@dataclass(frozen=True, slots=True)
class LabelFault:
    """A label that stands wrong."""

    code: str
    """``label-glued`` or ``label-repeated``."""
    section: int
    line: int
    raw: str


@dataclass(frozen=True, slots=True)
class Section:
    """What stands between one label and the next."""

    number: int
    line: int
    """Number of the line with the label."""
    lines: tuple[Line, ...]
    """The text after the label, as it stands in the file."""
    torn: bool = False
    """True where another section's label stands inside: some of the text may belong elsewhere."""

    @property
    def raw(self) -> str:
        """The text after the label as it stands in the file."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One unit page: the lines before section 1, and the sections in order."""

    head: tuple[Line, ...]
    sections: tuple[Section, ...]
    faults: tuple[LabelFault, ...]

    def section(self, number: int) -> Section | None:
        """Return the section of that number, or None where the page has none."""
        return next((each for each in self.sections if each.number == number), None)


@dataclass(frozen=True, slots=True)
class _Label:
    number: int
    start: int
    end: int
    before: str
    """The text of the line before the label."""


def _label_pattern(number: int, words: str) -> str:
    # A label that lost its tone marks is still the label.
    letters = re.sub(_TONE, lambda tone: f"{tone[0]}?", re.escape(words).replace(r"\ ", r"\s*"))
    return rf"(?<![0-9.]){number}\s{{0,3}}\.\s{{0,20}}{letters}"


_LABELS = re.compile(
    "|".join(f"(?P<s{n}>{_label_pattern(n, words)})" for n, words in sorted(SECTIONS.items()))
)
_TAIL = re.compile(
    r"(?:\s*(?:" + "|".join(re.escape(t).replace(r"\ ", r"\s+") for t in TAILS) + r"))*[ \t]*[:|]?"
)


def cut_pages(lines: Sequence[Line]) -> tuple[UnitPage, ...]:
    """Return the unit pages in ``lines``, each from its section 1 to the next one; maybe none."""
    text = digits("\n".join(line.text for line in lines))
    starts = list(accumulate((len(line.text) + 1 for line in lines), initial=0))
    labels = [_label(match, text) for match in _LABELS.finditer(text)]
    begins = _page_beginnings(labels)
    pages = []
    for n, first in enumerate(begins):
        last = begins[n + 1] if n + 1 < len(begins) else len(labels)
        end = labels[last].start if last < len(labels) else len(text)
        mine = labels[first:last]
        page = _cut(mine, end, lines=lines, starts=starts)
        pages.append(replace(page, head=_head(lines, starts, mine[0].start, alone=n == 0)))
    return tuple(pages)


def _label(match: re.Match[str], text: str) -> _Label:
    tail = _TAIL.match(text, match.end())
    begin = text.rfind("\n", 0, match.start()) + 1
    return _Label(
        number=int((match.lastgroup or "s0")[1:]),
        start=match.start(),
        end=tail.end() if tail else match.end(),
        before=text[begin : match.start()],
    )


def _page_beginnings(labels: Sequence[_Label]) -> list[int]:
    """Return the labels with which a page begins: the first one, and section 1 of each later page.

    A label in running text before the first section begins nothing.
    """
    first = next((n for n, each in enumerate(labels) if _begins_section(each, 0)), len(labels))
    return [
        n
        for n, each in enumerate(labels)
        if n == first or (n > first and each.number == 1 and not each.before.strip(" \t|#*"))
    ]


def _cut(
    labels: Sequence[_Label], end: int, *, lines: Sequence[Line], starts: Sequence[int]
) -> UnitPage:
    chosen: list[_Label] = []
    faults: list[LabelFault] = []
    torn: set[int] = set()
    skipped: list[tuple[int, int]] = []
    for each in labels:
        line = lines[bisect_right(starts, each.start) - 1]
        number = chosen[-1].number if chosen else 0
        if _begins_section(each, number):
            chosen.append(each)
            if each.before and not each.before[-1].isspace() and each.before[-1] not in "|#*":
                faults.append(LabelFault("label-glued", each.number, line.number, line.text))
        elif each.number <= number:
            faults.append(LabelFault("label-repeated", number, line.number, line.text))
            if each.number == number and not each.before.strip():
                skipped.append((each.start, each.end))
            elif not each.before.strip():
                torn.add(number)
    ends = [each.start for each in chosen[1:]] + [end]
    sections = (
        Section(
            number=each.number,
            line=lines[bisect_right(starts, each.start) - 1].number,
            lines=tuple(_slice(lines, starts, (each.end, stop), skipped)),
            torn=each.number in torn,
        )
        for each, stop in zip(chosen, ends, strict=True)
    )
    return UnitPage(head=(), sections=tuple(sections), faults=tuple(faults))


def _begins_section(label: _Label, current: int) -> bool:
    if label.number <= current:
        return False
    before = label.before
    at_start = not before.strip(" \t|#*")
    apart = before.endswith(("  ", "\t", "\u00a0")) or not before[-1:].isspace()
    shares = label.number == current + 1 and label.number in _SHARING_A_LINE
    return at_start or apart or shares


def _slice(
    lines: Sequence[Line],
    starts: Sequence[int],
    span: tuple[int, int],
    skipped: Sequence[tuple[int, int]],
) -> Iterator[Line]:
    """Yield the pieces of the lines inside ``span``, without what is skipped."""
    begin, end = span
    inside = [(a, b) for a, b in skipped if begin <= a and b <= end]
    cuts = [begin, *(edge for pair in inside for edge in pair), end]
    for left, right in zip(cuts[::2], cuts[1::2], strict=True):
        first = bisect_right(starts, left) - 1
        for index in range(first, len(lines)):
            if starts[index] >= right:
                break
            text = lines[index].text[max(0, left - starts[index]) : right - starts[index]]
            yield Line(number=lines[index].number, text=text)


def _head(
    lines: Sequence[Line], starts: Sequence[int], end: int, *, alone: bool
) -> tuple[Line, ...]:
    """Return the lines before the first label; a later page of a book has none of its own."""
    return tuple(_slice(lines, starts, (0, end), ())) if alone else ()
