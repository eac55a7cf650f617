"""What may follow a sealed document: our own archive revisions, and nothing else.

Such a revision adds certificates and revocation lists (DSS) and ends in a document time stamp over
every byte of the file so far (PAdES B-LTA, ETSI EN 319 142-1 section 5.5). What comes first is
checked by the steps for every document of ours; here it is proved that nothing a reader would show
was changed afterwards. A time stamp is no permission: anybody can have a file stamped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import import_module
from itertools import pairwise
from typing import Any, Final

from certificates.errors import Refused
from certificates.sealing.der import first_element
from certificates.sealing.trust_list import TrustList
from certificates.verifying.library_reading import strict_reader
from certificates.verifying.stamped_time import prove_digest_stamp

_RANGE: Final = re.compile(
    rb"/ByteRange ?\[0 ([1-9][0-9]{0,8}) ([1-9][0-9]{0,8}) ([1-9][0-9]{0,8}) *\]"
)
_HOLE: Final = re.compile(rb"<[0-9a-f]+>")
LONGEST_HOLE: Final = 128 * 1024
MOST_REVISIONS: Final = 16
"""One every few years for longer than anybody lives."""


@dataclass(frozen=True, slots=True)
class StampedRevision:
    """The one range that a document time stamp names."""

    start: int
    end: int
    """The hexadecimal string stands from ``start`` up to ``end``."""
    length: int
    """Length of the file that it covers."""


def first_revision(pdf: bytes) -> bytes:
    """Return the part of ``pdf`` that was sealed first, if document time stamps follow it.

    All of ``pdf`` if nothing follows, or anything else: then its coverage is judged as it stands.
    """
    ranges = list(_revisions(pdf))
    stamps = pdf.count(b"/DocTimeStamp")
    if not stamps or len(ranges) != stamps + 1 or len(ranges) != pdf.count(b"/ByteRange"):
        return pdf
    return pdf[: ranges[0].length]


def require_own_revisions(pdf: bytes, first: int, trust: TrustList) -> None:
    """Prove that after the first ``first`` bytes only archive revisions follow.

    1. Each further revision ends in a stamp whose range leaves out exactly its own string.
    2. Each stamp is proved against the trust list; the last covers the file to its last byte.
    3. Nothing but DSS and invisible stamp fields was added, as pyHanko reads every revision.

    Raises:
        Refused: ``archive-coverage`` (1, 2), ``archive-changes`` (3), or what is
            wrong with a stamp.
        NotChecked: ``time-stamp-unknown``.

    """
    revisions = [each for each in _revisions(pdf) if each.length > first]
    lengths = [first, *(each.length for each in revisions)]
    rising = all(before < after for before, after in pairwise(lengths))
    if not rising or lengths[-1] != len(pdf) or len(revisions) > MOST_REVISIONS:  # 1
        raise Refused("archive-coverage")
    for before, revision in zip(lengths, revisions, strict=False):
        _prove_stamp(pdf, revision, before=before, trust=trust)  # 2
    _require_no_other_changes(pdf)  # 3


def _revisions(pdf: bytes) -> Iterator[StampedRevision]:
    for found in _RANGE.finditer(pdf):
        start, end, rest = (int(number) for number in found.groups())
        yield StampedRevision(start, end, length=end + rest)


def _prove_stamp(pdf: bytes, revision: StampedRevision, *, before: int, trust: TrustList) -> None:
    start, end, length = revision.start, revision.end, revision.length
    hole = pdf[start:end]
    sound = before < start < end < length and end - start <= LONGEST_HOLE and len(hole) % 2 == 0
    if not sound or not _HOLE.fullmatch(hole):
        raise Refused("archive-coverage")
    filled = bytes.fromhex(hole[1:-1].decode("ascii"))
    try:
        token = first_element(filled)
    except ValueError:
        raise Refused("time-stamp-form") from None
    if any(filled[token.end :]):
        raise Refused("time-stamp-form")
    digest = sha256(pdf[:start])
    digest.update(pdf[end:length])
    prove_digest_stamp(token.whole, digest.digest(), trust)


def _require_no_other_changes(pdf: bytes) -> None:
    try:
        sound = _changes_nothing(pdf)
    except Exception as error:
        raise Refused("archive-changes", reason=type(error).__name__) from error
    if not sound:
        raise Refused("archive-changes")


def _changes_nothing(pdf: bytes) -> bool:
    reader = strict_reader(pdf)
    status = import_module("pyhanko.sign.validation.status")
    signature, *stamps = reader.embedded_signatures
    levels = import_module("pyhanko.sign.diff_analysis").ModificationLevel
    for each in (signature, *stamps):
        each.compute_integrity_info(diff_policy=_policy())
        if isinstance(each.diff_result, ValueError) or (
            each.diff_result.modification_level > levels.LTA_UPDATES
        ):
            return False
    whole = status.SignatureCoverageLevel.ENTIRE_FILE
    part = status.SignatureCoverageLevel.ENTIRE_REVISION
    covered = [each.coverage for each in (signature, *stamps)]
    kinds = {str(each.sig_object.get("/Type")) for each in stamps}
    return covered == [part] * len(stamps) + [whole] and kinds == {"/DocTimeStamp"}


@cache
def _policy() -> Any:  # noqa: ANN401 - a class of a library that is loaded late
    """Return the library's rules without those for changed metadata, which we never write."""
    rules = import_module("pyhanko.sign.diff_analysis")
    level = rules.ModificationLevel.LTA_UPDATES
    plain = (rules.XrefStreamRule(), rules.ObjectStreamRule(), rules.DSSCompareRule())
    return rules.StandardDiffPolicy(
        global_rules=[
            rules.CatalogModificationRule(),
            *(rule.as_qualified(level) for rule in plain),
        ],
        form_rule=rules.FormUpdatingRule(
            field_rules=[rules.SigFieldCreationRule(), rules.SigFieldModificationRule()]
        ),
        ignore_orphaned_objects=False,
        ignore_identical_objects=False,
    )
