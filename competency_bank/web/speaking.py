"""How a page speaks: one language, one calendar, names and titles marked with their language.

Every method returns escaped text; ``Markup`` is only put around what was escaped before.
"""

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from certificates.check_sentences import Sentence
from certificates.document.thai_dates import in_english, in_thai
from competency_bank.domain import clock
from competency_bank.web.words import Language
from standards.wording import Message

THAI_BLOCK = range(0x0E00, 0x0E80)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Speaks one language to one visitor."""

    language: Language

    @property
    def thai(self) -> bool:
        """Whether this is the Thai page."""
        return self.language is Language.THAI

    def say(self, thai: str, english: str) -> str:
        """Return the words of this language; both are written at the same place, so none lacks."""
        return thai if self.thai else english

    def tell(self, message: Message | Sentence) -> str:
        """Return a message of a catalogue."""
        return message.th if self.thai else message.en

    def count(self, number: int, thai: str, english: tuple[str, str]) -> str:
        """Return a number with its noun, in English in the singular or the plural."""
        noun = thai if self.thai else english[number != 1]
        return f"{number:,} {noun}"

    def title(self, thai: str, english: str | None) -> Markup:
        """Return an official title; where no English one exists, the Thai one, marked as Thai."""
        if self.thai or english is None:
            return self.name(thai)
        return self.name(english)

    def name(self, text: str) -> Markup:
        """Return a name as it stands, marked as Thai on an English page where it is."""
        if not self.thai and any(ord(sign) in THAI_BLOCK for sign in text):
            return Markup('<span lang="th">{}</span>').format(text)
        return Markup("{}").format(text)

    def parts(self, text: str) -> Markup:
        """Return a person's name, of which no part is broken over two lines."""
        joined = Markup(" ").join(
            Markup('<span class="part">{}</span>').format(p) for p in text.split()
        )
        return joined if self.thai else Markup('<span lang="th">{}</span>').format(joined)

    def day(self, day: date) -> Markup:
        """Return a day: Buddhist era in Thai, Common Era in English."""
        words = in_thai(day) if self.thai else in_english(day)
        return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), words)

    def moment(self, moment: datetime) -> Markup:
        """Return a moment as the clocks of Bangkok show it."""
        local = moment.astimezone(clock.BANGKOK)
        day = in_thai(local.date()) if self.thai else in_english(local.date())
        words = f"{day} {local:%H.%M} น." if self.thai else f"{day}, {local:%H:%M} (Bangkok)"
        return Markup('<time datetime="{}">{}</time>').format(local.isoformat(), words)
