"""Thai text as people type it, brought to one written form.

Unicode's own forms do not serve Thai: NFC leaves nikhahit + sara aa apart although it looks like
sara am, and NFKC takes every correct sara am to pieces. Hence the fold below, in which NFC is one
step (for Latin letters with accents) and the Thai slips are mended by hand.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from standards.errors import FaultInFile

_TONES = "\u0e48-\u0e4b"  # mai ek .. mai chattawa
_VOWELS = "\u0e31\u0e34-\u0e3a\u0e47"  # vowel signs above and below, phinthu, maitaikhu
_NIKHAHIT, _SARA_A, _SARA_AA, _SARA_AM = "\u0e4d", "\u0e30", "\u0e32", "\u0e33"
_SARA_E, _SARA_AE = "\u0e40", "\u0e41"
_THAI_DIGITS = {0x0E50 + n: str(n) for n in range(10)}

_ZERO_WIDTH = frozenset("\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u2060\u3164")
_ZERO_WIDTH_SIGNS = _ZERO_WIDTH | frozenset("\ufeff\uffa0")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_STRIPPED = str.maketrans(dict.fromkeys("\u00ad\u180e\u200b\u200c\u200d\u2060\ufeff"))

_SPLIT_SARA_AM = re.compile(f"{_NIKHAHIT}([{_TONES}]?){_SARA_AA}|([{_TONES}]){_NIKHAHIT}{_SARA_AA}")
# No tone mark ever stands on these: it belongs to the consonant before them.
_TONE_TOO_LATE = re.compile(f"([{_SARA_A}{_SARA_AA}{_SARA_AM}])([{_TONES}]+)")
_SEEN = "!-~\u0e01-\u0e3a\u0e3f-\u0e5b"
_SINGLE_BLANKS = re.compile(f"[{_SEEN}]+(?: [{_SEEN}]+)*")
_SLIP = re.compile(
    f"{_NIKHAHIT}[{_TONES}]?{_SARA_AA}|[{_SARA_A}{_SARA_AA}{_SARA_AM}{_NIKHAHIT}][{_TONES}]"
    f"|[{_TONES}][{_VOWELS}{_NIKHAHIT}]|{_SARA_E}{_SARA_E}"
)
"""Finds at least whatever ``_mend_once`` would mend; it may find more."""
_ALL_SEEN = re.compile("[\t\n\r -~\u0e01-\u0e3a\u0e3f-\u0e5b]*")
_TONE_BEFORE_VOWEL = re.compile(f"([{_TONES}]+)([{_VOWELS}]+)")


class HiddenKind(StrEnum):
    """Why a character may not stand in a name or a title."""

    BIDI = "bidi-control"
    ZERO_WIDTH = "zero-width"
    PRIVATE = "private-use"
    CONTROL = "control"


@dataclass(frozen=True, slots=True)
class HiddenCharacter:
    """One character that the eye cannot see, or that changes what the eye sees around it."""

    position: int
    """Counted from 1, in characters."""
    code_point: str
    """``U+202E``."""
    name: str
    """Name in the Unicode character database, or the kind where it has none."""
    kind: HiddenKind


def tidy(text: str) -> str:
    """Return ``text`` in the one form in which it is kept and compared.

    Zero-width characters go, white space (no-break spaces and line ends too) becomes single blanks,
    a sara am typed as two signs becomes one, two sara e become sara ae, and a tone mark stands
    after a vowel sign above or below its consonant and before sara a, sara aa and sara am.
    Holds: ``tidy(tidy(t)) == tidy(t)``; correctly written Thai is returned unchanged.
    """
    if text.isascii() and text.isalnum():  # nearly every number and code; a sheet has thousands
        return text
    return text if _is_tidy(text) else settled(text, _mend_once)


def settled(text: str, step: Callable[[str], str]) -> str:
    """Return what ``text`` becomes when ``step`` is taken until it changes nothing more.

    Taking something out can bring two signs together that the next step joins.
    """
    while (after := step(text)) != text:
        text = after
    return text


def _is_tidy(text: str) -> bool:
    """Say whether ``text`` is surely tidy; most names are, and looking costs a third of mending."""
    return (
        _SINGLE_BLANKS.fullmatch(text) is not None
        and _SLIP.search(text) is None
        and unicodedata.is_normalized("NFC", text)
    )


def _mend_once(text: str) -> str:
    text = unicodedata.normalize("NFC", " ".join(text.translate(_STRIPPED).split()))
    text = _SPLIT_SARA_AM.sub(lambda m: f"{m[1] or m[2] or ''}{_SARA_AM}", text)
    text = _TONE_TOO_LATE.sub(r"\2\1", text)
    text = _TONE_BEFORE_VOWEL.sub(r"\2\1", text)
    return text.replace(_SARA_E * 2, _SARA_AE)


def digits(text: str) -> str:
    """Return ``text`` with Thai digits written as 0-9; nothing else changes."""
    return text.translate(_THAI_DIGITS)


def forgiving_key(text: str) -> str:
    """Return what is left of ``text`` when spaces, punctuation, case and kind of digit are ignored.

    For finding, never for keeping: two texts with one key may be different texts.
    Holds: the key of a key is itself.
    """
    if text.isascii():  # nothing to mend: blanks and control characters do not matter either
        folded = text.lower()
        return folded if folded.isalnum() else folded.translate(_NO_MATTER)
    return settled(text, _fold_once)


def _fold_once(text: str) -> str:
    folded = tidy(digits(text)).casefold()
    if _ALL_SEEN.fullmatch(folded):
        return folded.translate(_NO_MATTER)
    return "".join(c for c in folded if _is_matter(c))


def _is_matter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM" and not _is_variation_selector(character)


def _is_variation_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f"


_NO_MATTER = {
    code: None for code in (*range(0x80), *range(0x0E00, 0x0E80)) if not _is_matter(chr(code))
}
"""Punctuation, blanks and signs of ASCII and Thai, for ``str.translate``."""


def find_forbidden(text: str) -> tuple[HiddenCharacter, ...]:
    """Return every hidden character of ``text`` in order; tab and line ends are not among them."""
    if _ALL_SEEN.fullmatch(text):
        return ()
    found = []
    for position, character in enumerate(text, start=1):
        kind = _hidden_kind(character)
        if kind is not None:
            name = unicodedata.name(character, kind.value.upper())
            found.append(HiddenCharacter(position, f"U+{ord(character):04X}", name, kind))
    return tuple(found)


def _hidden_kind(character: str) -> HiddenKind | None:
    if character in _BIDI:
        return HiddenKind.BIDI
    if character in _ZERO_WIDTH_SIGNS:
        return HiddenKind.ZERO_WIDTH
    category = unicodedata.category(character)
    if category in {"Co", "Cn"}:
        return HiddenKind.PRIVATE
    if category in {"Cc", "Cf", "Cs"} and character not in "\t\n\r":
        return HiddenKind.CONTROL
    return None


def refuse_hidden(text: str) -> str:
    """Return ``text`` unchanged.

    Raises:
        FaultInFile: ``hidden-character`` with the first one's ``character`` and ``position``.

    """
    for found in find_forbidden(text):
        raise FaultInFile(
            "hidden-character",
            character=f"{found.code_point} {found.name}",
            position=found.position,
            kind=found.kind.value,
        )
    return text
