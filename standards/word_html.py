"""Word's HTML as lines, and the residue that Word's HTML leaves in text.

Lines come out as in Word's own text export: a paragraph is followed by an empty line, and between
two cells of a table stands a line with one blank.
"""

import re
from html import unescape
from html.parser import HTMLParser

CELL_BORDERS = (" ", "\u00a0")
"""What the line between two cells holds: the first from Word and from here."""

_TAG = re.compile(
    r"</?(?:html|head|body|table|tr|td|p|span|div|b|br|font|h[1-6])\b[^<>]*>", re.IGNORECASE
)
_ENOUGH_TAGS = 3
_SAMPLE = 20_000
_BLOCKS = frozenset({"p", "div", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "li"})
_SILENT = frozenset({"style", "script", "title", "xml", "head"})
_NEW_LINES = frozenset({"br", "hr"})
_INLINE = frozenset({"span", "b", "i", "u", "font", "a", "strong", "em"})
_RESIDUE = re.compile(
    # What is left of a tag whose beginning was cut off: a font's name, styles, the closing angle.
    r'"[A-Z][A-Za-z0-9 ]{0,40}",\s*(?:sans-)?serif[^<>\u0e00-\u0e7f]{0,500}+>'
    # The same, cut off later: pairs of style names and values up to the closing angle.
    r"|(?:mso-[a-z-]+|font-[a-z]+|line-height|color)\s*:[^<>\u0e00-\u0e7f]{0,500}+>"
    r"|</?[a-zA-Z][a-zA-Z0-9:]{0,20}(?:\s[^<>\u0e00-\u0e7f]{0,500}+)?>"
)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});")


def is_html(text: str) -> bool:
    """Say whether ``text`` is HTML rather than text with some residue of it."""
    return len(_TAG.findall(text[:_SAMPLE])) >= _ENOUGH_TAGS


def lines_of_html(text: str) -> list[tuple[int, str]]:
    """Return the lines of the page, each with the number of the source line where it began."""
    parser = _Lines()
    parser.feed(text)
    parser.close()
    parser.end_line()
    return parser.lines


def without_residue(text: str) -> str:
    """Return ``text`` without the residue of Word's HTML and with its entities read.

    Holds: Thai letters are never taken away; a text without residue and entities is unchanged.
    """
    cleaned = _RESIDUE.sub("", text)
    return _ENTITY.sub(lambda match: unescape(match[0]), cleaned)


def has_residue(text: str) -> bool:
    """Say whether ``without_residue`` would change ``text``."""
    return without_residue(text) != text


class _Lines(HTMLParser):
    """Collects the text of a page line by line while the parser walks over the markup."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[int, str]] = []
        self._words: list[str] = []
        self._begun = 1
        self._silent: list[str] = []
        self._cell_open = False
        self._inline = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  (the parser's own signature)
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag in {"td", "th"}:
            self.end_line()
            if self._cell_open:
                self._add_line(CELL_BORDERS[0])
            self._cell_open = True
        elif tag in _BLOCKS or tag in _NEW_LINES:
            self.end_line()
        if tag == "tr":
            self._cell_open = False
        self._inline = self._inline + 1 if tag in _INLINE else self._inline

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        elif tag in _BLOCKS or tag in {"td", "th"}:
            self.end_line()
            self._add_line("")
        if tag in {"tr", "table"}:
            self._cell_open = False
        self._inline = max(0, self._inline - 1) if tag in _INLINE else self._inline

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._inline == 0 and "\n" in data and not data.strip():
            # Word breaks its source lines inside tags: a line end between them parts paragraphs
            # whose own tags were lost.
            self.end_line()
            self._add_line("")
        elif data.strip() and not any(map(str.strip, self._words)):
            lead = data[: len(data) - len(data.lstrip())]
            self._begun = self.getpos()[0] + lead.count("\n")
        self._words.append(re.sub(r"[ \t\r\n\f]+", " ", data))

    def end_line(self) -> None:
        """Write down the words collected so far as one line, if there are any."""
        text = "".join(self._words).strip(" ")
        self._words = []
        if text:
            self.lines.append((self._begun, text))

    def _add_line(self, text: str) -> None:
        self.lines.append((self.getpos()[0], text))
