"""A statement as pages: the certificate, and the verification sheet where one is wanted."""

from collections.abc import Sequence
from functools import lru_cache

from certificates.credential.achievement import shown_of
from certificates.credential.snapshot import Statement
from certificates.document import page_words
from certificates.document.artwork import ArtStyle
from certificates.document.metadata_packet import FileFacts
from certificates.document.personal_facts import Common, common_of, without_holder
from certificates.document.portfolio_pages import further_pages
from certificates.document.sheet import sheet_layout, sheet_values
from certificates.document.template import Filled, Page, Template, compile_template
from certificates.document.verification_sheet import (
    PAPER_TOKEN,
    token_figure,
    verification_layout,
)


def certificate(
    statement: Statement, *, verification_sheet: bool = False, compact: bool = False
) -> Filled:
    """Return the pages of ``statement``; the same statement gives the same bytes.

    With a verification sheet they lack the symbol of its signed statement, see ``with_token``.
    Raises ``CannotSet`` (a text has no room, no glyph or a character nobody sees; names the field)
    and ``CannotSay`` (unit or course do not match).
    """
    values = sheet_values(statement)
    template = _template(statement, verification_sheet=verification_sheet, compact=compact)
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
def _kept_template(common: Common, *, verification_sheet: bool, compact: bool) -> Template:
    return _compiled(common, (), verification_sheet=verification_sheet, compact=compact)


def _template(statement: Statement, *, verification_sheet: bool, compact: bool) -> Template:
    """Return the template for a statement; kept, but for portfolios, of which no two are alike."""
    common, portfolio = common_of(statement), statement.portfolio
    if portfolio is None:
        return _kept_template(common, verification_sheet=verification_sheet, compact=compact)
    further = [Page(tuple(items)) for items in further_pages(statement, portfolio)]
    return _compiled(common, further, verification_sheet=verification_sheet, compact=compact)


def _compiled(
    common: Common, further: Sequence[Page], *, verification_sheet: bool, compact: bool
) -> Template:
    statement = without_holder(common)
    pages = [Page(sheet_layout(statement)), *further]
    if verification_sheet:
        pages.append(Page(verification_layout(statement), ArtStyle.SHEET))
    return compile_template(pages, compact=compact)
