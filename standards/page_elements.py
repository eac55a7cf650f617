"""Section 11 of a unit page: elements, performance criteria and ways of assessment."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from standards.code_order import out_of_order
from standards.element_rows import Kind, Row, rows_of, split_element
from standards.element_text import write_element
from standards.glued_criteria import split_criteria, without_number
from standards.model import Criterion, Element
from standards.noting import Notes
from standards.page_sections import Section
from standards.parts import Field
from standards.thai_text import digits, tidy


@dataclass(slots=True)
class ElementDraft:
    """An element while its rows are read."""

    code: str
    title: str
    line: int | str
    """Line or cell where it begins."""
    raw: list[str]
    criteria: list[tuple[str | None, str]] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)
    oddities: dict[str, str] = field(default_factory=dict)
    """Code of a doubt to the text it is about."""


def note_elements(section: Section, notes: Notes, *, last: bool) -> None:
    """Note every element of ``section``; ``last`` says that no section follows it on the page."""
    drafts = _drafts(rows_of(section.lines), notes)
    if last and drafts:
        drafts[-1].oddities["page-ends-in-elements"] = drafts[-1].raw[-1]
    note_drafts(drafts, notes)
    if not drafts and tidy(section.raw):
        held = notes.doubt("elements-not-understood", section.line, section.raw)
        notes.part(Field.ELEMENTS_READ, "", held)


def note_drafts(drafts: Sequence[ElementDraft], notes: Notes) -> None:
    """Note elements, none of them for certain where something is odd about it.

    An element is held back where its code is not its own, where criteria were glued or repeated,
    where text was left over, and where the source may end inside it.
    """
    for draft in drafts:
        _split_glued(draft)
        _drop_repeated(draft)
    shared = {code for code, count in Counter(d.code for d in drafts).items() if count > 1}
    for draft in drafts:
        if draft.code in shared:
            draft.oddities["element-code-not-unique"] = draft.code
        if not draft.criteria:
            notes.remark("element-without-criteria", draft.line, draft.raw[0], element=draft.code)
        _note(draft, notes)
    _note_order(drafts, notes)
    if drafts:
        notes.part(Field.ELEMENTS_READ, "yes")


def _drafts(rows: Sequence[Row], notes: Notes) -> list[ElementDraft]:
    drafts: list[ElementDraft] = []
    last = Kind.TEXT
    for row in rows:
        current = drafts[-1] if drafts else None
        new = _new_draft(row, current)
        if new is not None:
            drafts.append(new)
        elif current is None:
            notes.remark("text-left-over", row.line, row.raw)
        else:
            _take(row, current, last=last)
        last = row.kind
    return drafts


def _new_draft(row: Row, current: ElementDraft | None) -> ElementDraft | None:
    """Return the element that begins with ``row``, if one does."""
    if row.kind is Kind.ELEMENT:
        code, title = split_element(row.text)
        if current is not None and (current.code, current.title) == (code, title):
            return None  # the row of an element is printed again for each of its criteria
        return ElementDraft(code=code, title=title, line=row.line, raw=[row.raw])
    if row.kind is Kind.CODE:
        code = digits(row.text)
        if current is None or not current.criteria or not code.startswith(current.code):
            return ElementDraft(code=code, title="", line=row.line, raw=[row.raw])
    return None


def _take(row: Row, current: ElementDraft, *, last: Kind) -> None:
    """Add ``row`` to ``current``; ``last`` is what the row before was."""
    current.raw.append(row.raw)
    match row.kind:
        case Kind.CRITERION:
            current.criteria.append((None, row.text))
        case Kind.CODE:
            current.criteria[-1] = (digits(row.text), current.criteria[-1][1])
        case Kind.METHOD:
            current.methods.append(row.text)
        case Kind.TEXT:
            _take_text(row, current, last=last)
        case Kind.ELEMENT:
            pass


def _take_text(row: Row, current: ElementDraft, *, last: Kind) -> None:
    if not current.title:
        current.title = row.text
    elif last is Kind.CODE and current.criteria:
        current.methods.append(row.text)
        current.oddities["method-unknown"] = row.text
    elif last is Kind.CRITERION and row.same_cell:
        # A paragraph of its own in the criterion's cell: its last words, as old pages break them.
        number, text = current.criteria[-1]
        current.criteria[-1] = (number, f"{text} {row.text}")
    else:
        current.oddities["text-left-over"] = row.raw


def _split_glued(draft: ElementDraft) -> None:
    """Part criteria that were printed without a line end: ``...2.2 ...`` after ``2.1 ...``."""
    parted: list[tuple[str | None, str]] = []
    for code, text in draft.criteria:
        pieces = split_criteria(text)
        if len(pieces) > 1:
            draft.oddities["criteria-glued"] = text
        parted += [(code if len(pieces) == 1 else None, piece) for piece in pieces]
    draft.criteria = parted


def _drop_repeated(draft: ElementDraft) -> None:
    seen: dict[str, None] = {}
    kept: list[tuple[str | None, str]] = []
    for code, text in draft.criteria:
        bare = without_number(text)
        if bare in seen:
            draft.oddities["criterion-repeated"] = text
        else:
            kept.append((code, text))
        seen[bare] = None
    draft.criteria = kept


def _note(draft: ElementDraft, notes: Notes) -> None:
    written = ""
    if draft.title and draft.code:
        element = Element(
            code=draft.code,
            title_th=draft.title,
            title_en=None,
            criteria=tuple(Criterion(code=code, text_th=text) for code, text in draft.criteria),
            assessment_methods=tuple(dict.fromkeys(draft.methods)),
        )
        written = write_element(element)
    else:
        code = "element-without-title" if draft.code else "element-without-code"
        draft.oddities[code] = draft.code or draft.title
    raw = "\n".join(draft.raw)
    held = [
        notes.doubt(code, draft.line, raw, cleaned=written, element=draft.code, text=about)
        for code, about in draft.oddities.items()
    ]
    notes.part(Field.ELEMENT, written, *held, line=draft.line)


def _note_order(drafts: Sequence[ElementDraft], notes: Notes) -> None:
    for before, after in pairwise(drafts):
        if out_of_order(before.code, after.code):
            notes.remark("element-order", after.line, after.raw[0], element=after.code)
