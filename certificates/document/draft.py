"""A file that lacks only its seal: what stands before the signature, and what after it."""

from dataclasses import dataclass, field
from typing import Any

from certificates.document.flowing import joined
from certificates.document.objects import WIDTHS, deflated, row, rows
from certificates.document.prefix import Prefix


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that lacks only its signature, which stands right after the constant beginning."""

    prefix: Prefix
    own: tuple[bytes, ...]
    """Objects from number 2 on."""
    attached: tuple[bytes, ...]
    identifier: str
    _endings: dict[int, bytes] = field(default_factory=dict, compare=False, repr=False)

    @property
    def beginning(self) -> bytes:
        """The bytes before the signature object."""
        return self.prefix.data

    @property
    def signature_number(self) -> int:
        """Object number of the signature."""
        return self.prefix.places.signature

    def hash_state(self) -> Any:  # noqa: ANN401 - the type of hash objects has no public name
        """Return a SHA-256 object that has taken in ``beginning``."""
        return self.prefix.hash_state()

    def is_sealed_as(self, sealed: bytes) -> bool:
        """Tell whether ``sealed`` is this draft with something in the place of the signature."""
        if not sealed.startswith(self.beginning):
            return False
        start = sealed.find(self.own[0], len(self.beginning))
        return start >= 0 and sealed[start:] == self.ending(start)

    def ending(self, start: int) -> bytes:
        """Return the bytes after the signature object, which ends before ``start``."""
        known = self._endings.get(start)
        if known is None:
            known = self._endings[start] = self._ending(start)
        return known

    def _ending(self, start: int) -> bytes:
        prefix, middle = self.prefix, start + sum(map(len, self.own))
        end = middle + sum(map(len, self.attached))
        number = prefix.next_number + len(self.attached)
        own_rows = rows(map(len, self.own), start=start)
        late_rows = rows(map(len, self.attached), start=middle) + row(end)
        entries = (
            f"/Type/XRef/W{WIDTHS}/Size {number + 1}/Root {prefix.places.catalog} 0 R"
            f"/Info {prefix.places.information} 0 R"
            f"/ID[<{self.identifier}><{self.identifier}>]"
        )
        last = deflated(number, joined(prefix.table, [own_rows, late_rows]), entries).written()
        return b"".join([*self.own, *self.attached, last, b"startxref\n%d\n%%%%EOF\n" % end])
