"""Collect the parts and doubts of one unit while its page is read."""

import hashlib
from dataclasses import dataclass, field

from standards.model import OwnerCode
from standards.parts import Field, Part
from standards.printed_text import printed
from standards.quarantine import Doubt
from standards.spelling import lost_tone_marks
from standards.thai_text import find_forbidden
from standards.word_html import without_residue


@dataclass(slots=True)
class Notes:
    """What has been noted about one subject so far; ``at`` is the section or table being read."""

    subject: str
    at: str = ""
    parts: list[Part] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def part(self, name: Field, text: str, *doubts: str, line: int | str = "") -> None:
        """Note a part; the ids of the doubts that hold it back come from ``doubt``.

        Characters that may not stand in a record are taken out of it, which is a doubt.
        """
        if find_forbidden(text):
            seen = "".join(c for c in text if not find_forbidden(c))
            doubts = (*doubts, self.doubt("hidden-characters", line, text, cleaned=seen))
            text = seen
        held = tuple(dict.fromkeys(doubts))
        self.parts.append(Part(subject=self.subject, field=name, text=text, doubts=held))

    def text(self, name: Field, raw: str, line: int | str, *doubts: str) -> str:
        """Note a part that is plain text, cleaned, and return it; nothing for a blank text.

        Doubts: ``word-html-removed``, ``text-lost-tone-marks``.
        """
        cleaned = printed(without_residue(raw))
        if not cleaned:
            return ""
        found = []
        if without_residue(raw) != raw:
            found.append(self.doubt("word-html-removed", line, raw, cleaned=cleaned))
        if word := lost_tone_marks(cleaned):
            found.append(self.doubt("text-lost-tone-marks", line, raw, cleaned=cleaned, word=word))
        self.part(name, cleaned, *doubts, *found, line=line)
        return cleaned

    def keep(self, text: str) -> None:
        """Keep text as printed that the model has no field for."""
        self.parts.append(Part(subject=self.subject, field=Field.KEPT, text=text))

    def doubt(
        self, code: str, line: int | str, raw: str, *, cleaned: str = "", **values: str
    ) -> str:
        """Note a doubt that will hold back a part, and return its id."""
        found = Doubt(
            code=code,
            place=f"{self.at}:{line}" if self.at else str(line),
            raw=raw,
            cleaned=cleaned or None,
            values=tuple(sorted(values.items())),
            subject=self.subject,
        )
        self.doubts.append(found)
        return found.id

    def remark(self, code: str, line: int | str, raw: str, **values: str) -> None:
        """Note a doubt that holds back nothing."""
        self.doubt(code, line, raw, **values)


def key_of(owner: OwnerCode, code: str, title: str) -> str:
    """Return the key of what a source prints under this code and title.

    Holds: equal for equal arguments in every run, so that importing twice changes nothing. An
    identity step gives lasting keys.
    """
    text = f"{owner}\x1f{code}\x1f{title}"
    return f"read-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
