"""Walk through parsed JSON so that every fault knows its place.

A cursor is a value together with the path that leads to it (``$.units[3].levels[0].scale``). Each
question asked of it either answers with the right type or raises ``FaultInFile`` with file, place
and value.
"""

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from standards.errors import FaultInFile, UnreadableFile
from standards.thai_text import find_forbidden

SIZE_LIMIT = 50 * 1024 * 1024
"""Most bytes of a JSON file."""
_SHOWN = 80

T = TypeVar("T")
Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Cursor:
    """A JSON value and where it stands."""

    file: str
    place: str
    value: object

    def field(self, name: str) -> "Cursor":
        """Return the member ``name`` of this object; faults: ``wrong-type``, ``missing-field``."""
        members = self.object()
        if name not in members:
            raise FaultInFile("missing-field", file=self.file, place=self.place, value=name)
        return Cursor(self.file, f"{self.place}.{name}", members[name])

    def object(self) -> dict[str, object]:
        """Return this object's members; fault: ``wrong-type``."""
        if not isinstance(self.value, dict):
            raise self._wrong_type("object")
        return self.value

    def only(self, names: Collection[str]) -> "Cursor":
        """Return this object if it has no other members than ``names``; fault: ``unknown-field``.

        A misspelt optional field would otherwise be lost without a word.
        """
        for name in self.object():
            if name not in names:
                raise FaultInFile("unknown-field", file=self.file, place=self.place, value=name)
        return self

    def each(self, read: Callable[["Cursor"], T]) -> tuple[T, ...]:
        """Return ``read`` of every entry of this list; fault: ``wrong-type``."""
        if not isinstance(self.value, list):
            raise self._wrong_type("list")
        return tuple(
            read(Cursor(self.file, f"{self.place}[{n}]", entry))
            for n, entry in enumerate(self.value)
        )

    def maybe(self, read: Callable[["Cursor"], T]) -> T | None:
        """Return None for null, else ``read`` of this value."""
        return None if self.value is None else read(self)

    def text(self) -> str:
        """Return this string; faults: ``wrong-type``, ``hidden-character``."""
        if not isinstance(self.value, str):
            raise self._wrong_type("string")
        for found in find_forbidden(self.value):
            raise FaultInFile(
                "hidden-character",
                file=self.file,
                place=self.place,
                character=f"{found.code_point} {found.name}",
                position=found.position,
            )
        return self.value

    def name(self) -> str:
        """Return this string, which is not blank; faults: as ``text``, and ``blank-text``."""
        text = self.text()
        if not text.strip():
            raise FaultInFile("blank-text", file=self.file, place=self.place, value=text)
        return text

    def whole(self) -> int:
        """Return this whole number; fault: ``wrong-type`` (true and 1.0 are none)."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self._wrong_type("whole number")
        return self.value

    def truth(self) -> bool:
        """Return true or false; fault: ``wrong-type``."""
        if not isinstance(self.value, bool):
            raise self._wrong_type("true or false")
        return self.value

    def day(self) -> date:
        """Return this ISO date; faults: ``wrong-type``, ``bad-iso-date``."""
        text = self.text()
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = None
        if day is None or day.isoformat() != text:
            raise FaultInFile("bad-iso-date", file=self.file, place=self.place, value=shown(text))
        return day

    def choice(self, kind: Callable[[str], T]) -> T:
        """Return the member of the enumeration ``kind``; fault: ``unknown-value``."""
        text = self.text()
        try:
            return kind(text)
        except ValueError:
            raise FaultInFile(
                "unknown-value", file=self.file, place=self.place, value=shown(text)
            ) from None

    def _wrong_type(self, wanted: str) -> FaultInFile:
        return FaultInFile(
            "wrong-type",
            file=self.file,
            place=self.place,
            value=shown(self.value),
            wanted=wanted,
        )


def shown(value: object) -> str:
    """Return ``value`` as an error may print it: at most 80 characters of JSON, none hidden."""
    text = json.dumps(value, ensure_ascii=False, default=repr)
    visible = "".join(f"\\u{ord(c):04x}" if find_forbidden(c) else c for c in text)
    return visible if len(visible) <= _SHOWN else f"{visible[:_SHOWN]}…"


def open_json(data: bytes, *, name: str) -> Cursor:
    """Return the cursor at the top of a JSON file in UTF-8, with or without a byte order mark.

    Raises:
        UnreadableFile: ``file-too-large``, ``empty-file`` or ``not-json``.
        FaultInFile: ``duplicate-key``: which of two equal keys a reader keeps is anyone's guess.

    """
    if len(data) > SIZE_LIMIT:
        raise UnreadableFile("file-too-large", file=name, limit=SIZE_LIMIT)
    if not data.strip():
        raise UnreadableFile("empty-file", file=name)

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        members: dict[str, object] = {}
        for key, value in pairs:
            if key in members:
                raise FaultInFile("duplicate-key", file=name, place=shown(key), value=shown(value))
            members[key] = value
        return members

    try:
        value = json.loads(data.decode("utf-8-sig"), object_pairs_hook=unique)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile("not-json", file=name) from error
    return Cursor(name, "$", value)


def canonical_bytes(value: Json) -> bytes:
    """Return the canonical JSON of ``value``: UTF-8, keys sorted, no blanks.

    Holds: equal values have equal bytes. ``value`` holds no fractions, for their digits would
    depend on the writer.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest(value: Json) -> str:
    """Return the SHA-256 of the canonical JSON of ``value``, in hexadecimal."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()
