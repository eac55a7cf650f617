"""Questions as people type them: titles and codes, damaged by a seed in one named way each."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from standards.model import Unit
from standards.search import SearchIndex

_TONES = "\u0e48\u0e49\u0e4a\u0e4b"
_ABOVE = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47"
_LETTERS = "กขคงจชดตทนบปพมยรลวสหอ"
Damage = Callable[[random.Random, str], str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One damaged question and the title or code of the unit that is meant."""

    kind: str
    text: str
    meant: str


def _without(letters: str) -> Damage:
    return lambda _, text: re.sub(f"[{letters}]", "", text)


def _some_tones_lost(rng: random.Random, text: str) -> str:
    return "".join(c for c in text if c not in _TONES + "\u0e4c" or rng.random() < 0.5)


def _extra_spaces(rng: random.Random, text: str) -> str:
    return "".join(c + " " * (rng.random() < 0.2) for c in text)


def one_slip(rng: random.Random, text: str) -> str:
    """Insert, delete, replace or swap one letter that is not a blank."""
    places = [n for n, c in enumerate(text) if not c.isspace()]
    at = rng.choice(places[:-1] or places)
    kind = rng.randrange(4)
    if kind == 0:
        return text[:at] + rng.choice(_LETTERS) + text[at:]
    if kind == 1:
        return text[:at] + text[at + 1 :]
    if kind == 2:
        return text[:at] + rng.choice(_LETTERS) + text[at + 1 :]
    return text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]


def two_slips(rng: random.Random, text: str) -> str:
    """Make two slips; only one where there are fewer than twelve letters to slip on."""
    once = one_slip(rng, text)
    return one_slip(rng, once) if len(text) >= 12 else once


def _all_at_once(rng: random.Random, text: str) -> str:
    return two_slips(rng, _some_tones_lost(rng, text).replace(" ", "").replace("แ", "เเ"))


OF_TITLES: dict[str, Damage] = {
    "as printed": lambda _, text: text,
    "tone marks lost": _without(_TONES),
    "some tone marks lost": _some_tones_lost,
    "vowels above lost": _without(_ABOVE),
    "sara am split": lambda _, text: text.replace("\u0e33", "\u0e4d\u0e32"),
    "two sara e for sara ae": lambda _, text: text.replace("แ", "เเ"),
    "other digits": lambda _, text: text.translate(
        {**{ord("0") + n: 0x0E50 + n for n in range(10)}, **{0x0E50 + n: str(n) for n in range(10)}}
    ),
    "spaces missing": lambda _, text: text.replace(" ", ""),
    "spaces too many": _extra_spaces,
    "one slip": one_slip,
    "two slips": two_slips,
    "all at once": _all_at_once,
}
OF_CODES: dict[str, Damage] = {
    "code, lower case": lambda _, text: text.lower(),
    "code, no hyphens": lambda _, text: text.replace("-", ""),
    "code, one slip": one_slip,
    "code, two slips": two_slips,
}


def damaged_queries(units: Sequence[Unit], *, each: int, seed: int) -> Iterator[Asked]:
    """Yield ``each`` questions of every kind of damage, about units drawn by the seed."""
    rng = random.Random(seed)
    for kind, damage in OF_TITLES.items():
        for unit in rng.choices(units, k=each):
            yield Asked(kind, damage(rng, unit.title_th), unit.title_th)
    for unit in rng.choices(units, k=each):
        yield Asked("occupation and title", f"{unit.occupation} {unit.title_th}", unit.title_th)
    for kind, damage in OF_CODES.items():
        for unit in rng.choices([u for u in units if u.code], k=each):
            yield Asked(kind, damage(rng, str(unit.code)), str(unit.code))


def is_found(index: SearchIndex, asked: Asked, *, within: int) -> bool:
    """Say whether a unit of that title or code is among the first ``within`` answers.

    Units that share a title cannot be told apart by it: any of them counts.
    """
    hits = index.search(asked.text, limit=within)
    return any(
        asked.meant in (hit.item.title_th, hit.item.code if isinstance(hit.item, Unit) else None)
        for hit in hits
    )
