"""Reading a page as a person does: the text, and in which language it is marked."""

from html.parser import HTMLParser

THAI = range(0x0E00, 0x0E80)
VOID = frozenset({"meta", "link", "input", "br", "img", "path", "circle", "rect"})
SPOKEN = frozenset({"aria-label", "alt", "title", "placeholder"})


class PageText(HTMLParser):
    """Collects the words of a page that are not marked as Thai."""

    def __init__(self, html: str) -> None:
        """Read the whole page."""
        super().__init__()
        self.unmarked: list[str] = []
        self.headings: list[str] = []
        self.tags: list[str] = []
        self._open: list[tuple[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag and the words in its attributes."""
        values = dict(attrs)
        self.tags.append(tag)
        self.unmarked += [value or "" for name, value in attrs if name in SPOKEN]
        if tag not in VOID:
            self._open.append((tag, values.get("lang")))

    def handle_endtag(self, tag: str) -> None:
        """Leave the tag."""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Note words unless something around them is marked as Thai."""
        if all(language != "th" for tag, language in self._open if tag != "html"):
            self.unmarked.append(data)
        if any(tag == "h1" for tag, _ in self._open):
            self.headings.append(data)


def thai_words(html: str) -> list[str]:
    """Return every piece of text with Thai letters that is not marked as Thai."""
    return [
        text.strip() for text in PageText(html).unmarked if any(ord(sign) in THAI for sign in text)
    ]
