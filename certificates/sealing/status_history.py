"""What happened to the certificates of one status list, and when: for "was it valid on that day".

A bitstring says what is revoked now. Since when, and what was suspended in between, is said here,
in one token that the issuer signs with its status key and that travels beside the list. Open Badges
3.0 has room for one status entry, which is that of revocation; suspension is known only here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from certificates.errors import CannotSay, NoLongerValid, NotChecked, Refused
from certificates.sealing.status_list import LONGEST_LIFE, SignedStatusList
from certificates.sealing.token import (
    SignsTokens,
    VerificationKey,
    moment_of,
    open_token,
    parse_token,
    sign_token,
)

SUFFIX: Final = "#history"
"""Follows the name of a list in the name of its history."""
MEMBERS: Final = frozenset({"iss", "list", "nbf", "exp", "episodes"})


class EpisodeKind(StrEnum):
    """Why a certificate does not hold for a time, or for good."""

    REVOKED = "revoked"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Episode:
    """A time in which the certificate at one index does not hold."""

    index: int
    kind: EpisodeKind
    start: datetime
    end: datetime | None
    """The first moment at which it holds again; None while no end is known."""

    def covers(self, moment: datetime) -> bool:
        """Tell whether the certificate did not hold at ``moment``."""
        return self.start <= moment and (self.end is None or moment < self.end)


@dataclass(frozen=True, slots=True)
class StatusHistory:
    """All episodes of one list up to the moment it was signed."""

    uri: str
    """Name of the list."""
    issuer: str
    episodes: tuple[Episode, ...]
    valid_until: datetime

    def require_standing(self, index: int, *, at: datetime) -> None:
        """Prove that the certificate at ``index`` held at ``at``.

        Raises:
            NoLongerValid: ``revoked`` or ``suspended``.
            NotChecked: ``status-stale``: this history ended before ``at``.

        """
        if at > self.valid_until:
            raise NotChecked("status-stale", valid_until=self.valid_until)
        kinds = {each.kind for each in self.episodes if each.index == index and each.covers(at)}
        if EpisodeKind.REVOKED in kinds:
            raise NoLongerValid("revoked", index=index)
        if EpisodeKind.SUSPENDED in kinds:
            raise NoLongerValid("suspended", index=index)


def revoked_at(episodes: Iterable[Episode], moment: datetime) -> set[int]:
    """Return the indexes that were revoked at a moment."""
    return {
        each.index for each in episodes if each.kind is EpisodeKind.REVOKED and each.covers(moment)
    }


def sign_status_history(
    uri: str, episodes: Iterable[Episode], key: SignsTokens, *, issuer: str, at: datetime
) -> str:
    """Return the history as a token, good for as long as a list.

    Raises:
        CannotSay: ``token-too-long``.

    """
    start = int(at.timestamp())
    rows = [
        [each.index, each.kind.value, int(each.start.timestamp()), _seconds(each.end)]
        for each in episodes
    ]
    payload: dict[str, object] = {
        "iss": issuer,
        "list": uri,
        "nbf": start,
        "exp": start + int(LONGEST_LIFE.total_seconds()),
        "episodes": rows,
    }
    return sign_token(payload, key)


def read_status_history(token: str, keys: Mapping[str, VerificationKey]) -> StatusHistory:
    """Return a history once its signature and its form are proved.

    Raises:
        NotChecked: ``status-unreadable``, whatever is wrong with it.

    """
    try:
        payload = open_token(token, keys)
        keys[parse_token(token).kid].require_claim(payload)
        return _history(payload, str(payload["iss"]))
    except (Refused, NotChecked, CannotSay) as error:
        raise NotChecked("status-unreadable", reason=error.code) from error
    except (ValueError, TypeError, LookupError, OverflowError, OSError) as error:
        raise NotChecked("status-unreadable", reason="history") from error


def require_standing(
    signed: SignedStatusList, history: StatusHistory | None, index: int, *, at: datetime
) -> None:
    """Prove that the certificate at ``index`` held at ``at``, by the list and what lies beside it.

    With a history, a revocation made after ``at`` takes nothing away from that day; the list still
    has to agree about the present.

    Raises:
        NoLongerValid: ``revoked`` or ``suspended``.
        NotChecked: as ``SignedStatusList.require_not_revoked``.

    """
    if history is None or at >= signed.valid_from:
        signed.require_not_revoked(index, at=at)
    elif at <= signed.valid_until:
        signed.content.is_revoked(index)  # the list must have such an index
    if history is not None:
        history.require_standing(index, at=at)


def _history(payload: dict[str, object], issuer: str) -> StatusHistory:
    start, end, rows = payload["nbf"], payload["exp"], payload["episodes"]
    life = LONGEST_LIFE.total_seconds()
    if set(payload) != MEMBERS or not isinstance(rows, list):
        raise ValueError("other members")
    if type(start) is not int or type(end) is not int or not 0 < end - start <= life:
        raise ValueError("life")
    return StatusHistory(
        uri=str(payload["list"]),
        issuer=issuer,
        episodes=tuple(_episode(row) for row in rows),
        valid_until=moment_of(end),
    )


def _episode(row: object) -> Episode:
    if not isinstance(row, list):
        raise ValueError("episode")  # noqa: TRY004 - one kind of error for bad form
    index, kind, start, end = row
    if type(index) is not int or type(start) is not int or type(end) not in {int, type(None)}:
        raise ValueError("episode")
    return Episode(
        index, EpisodeKind(kind), moment_of(start), None if end is None else moment_of(end)
    )


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())
