"""A statement as pages: the certificate, and the verification sheet where one is wanted."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from certificates.credential.achievement import shown_of
from certificates.credential.snapshot import Statement
from certificates.document import page_words
from certificates.document.artwork import ArtStyle
from certificates.document.issuer_marks import EMBLEM, NO_MARKS, IssuerMarks
from certificates.document.marks_on_page import emblem_ornament
from certificates.document.metadata_packet import FileFacts
from certificates.document.page_items import Item
from certificates.document.personal_facts import Common, common_of, without_holder
from certificates.document.portfolio_pages import further_pages
from certificates.document.sheet import sheet_layout, sheet_values
from certificates.document.template import Filled, Page, Template, compile_template
from certificates.document.verification_sheet import (
    PAPER_TOKEN,
    token_figure,
    verification_layout,
)


class Looks(NamedTuple):
    """What the pages of a statement depend on besides what it says."""

    verification_sheet: bool
    compact: bool
    marks: IssuerMarks


def certificate(
    statement: Statement,
    *,
    verification_sheet: bool = False,
    compact: bool = False,
    marks: IssuerMarks = NO_MARKS,
) -> Filled:
    """Return the pages of ``statement``; the same statement and marks give the same bytes.

    With a verification sheet they lack the symbol of its signed statement, see ``with_token``.
    Raises ``CannotSet`` (a text has no room, no glyph or a character nobody sees; names the field)
    and ``CannotSay`` (unit or course do not match).
    """
    values = sheet_values(statement)
    looks = Looks(verification_sheet, compact, marks)
    template = _template(statement, looks)
    return template.filled(values, facts_of(statement))


def with_token(pages: Filled, paper_token: str) -> Filled:
    """Return ``pages`` with a signed statement on the verification sheet.

    Raises ``CannotSet('qr-too-dense')`` where it is too long to be read from paper.
    """
    return pages.completed({PAPER_TOKEN: token_figure(paper_token)})


def facts_of(statement: Statement) -> FileFacts:
    """Return what the file says about itself: kind, what in, and serial number; not the holder.

    Titles show in window bars, search results and logs, where a name has no business.
    """
    kind = page_words.KIND[statement.kind][0]
    return FileFacts(
        identifier=statement.id,
        title=f"{kind}: {shown_of(statement).title_th} ({statement.serial})",
        creator=statement.issuer.name_th,
        moment=statement.issued_at,
    )


@lru_cache(maxsize=2_048)
def _kept_template(common: Common, looks: Looks) -> Template:
    return _compiled(common, (), looks)


def _template(statement: Statement, looks: Looks) -> Template:
    """Return the template for a statement; kept, but for portfolios, of which no two are alike."""
    common, portfolio = common_of(statement), statement.portfolio
    if portfolio is None:
        return _kept_template(common, looks)
    return _compiled(common, further_pages(statement, portfolio), looks)


def _compiled(common: Common, further: Sequence[Sequence[Item]], looks: Looks) -> Template:
    statement, marks = without_holder(common), looks.marks
    art = ArtStyle.CERTIFICATE if marks.emblem is None else ArtStyle.FRAME
    first = Page(sheet_layout(statement, marks), art, marks.pictures)
    pages = [first, *(_further_page(items, ArtStyle.CERTIFICATE, marks) for items in further)]
    if looks.verification_sheet:
        pages.append(_further_page(verification_layout(statement), ArtStyle.SHEET, marks))
    return compile_template(pages, compact=looks.compact)


def _further_page(items: Sequence[Item], style: ArtStyle, marks: IssuerMarks) -> Page:
    """Return a page after the first, on which an issuer's emblem is an ornament."""
    if marks.emblem is None:
        return Page(tuple(items), style)
    emblem = emblem_ornament(marks.emblem, style)
    return Page((emblem, *items), ArtStyle.FRAME, ((EMBLEM, marks.emblem),))
