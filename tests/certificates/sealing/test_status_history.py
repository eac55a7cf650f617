"""Was it valid on that day: what a history says, and that nobody else can say it."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.errors import NoLongerValid, NotChecked
from certificates.sealing.p256 import key_of_jwk
from certificates.sealing.status_history import (
    Episode,
    EpisodeKind,
    StatusHistory,
    read_status_history,
    require_standing,
    revoked_at,
    sign_status_history,
)
from certificates.sealing.status_list import StatusList, read_status_list, sign_status_list
from certificates.sealing.token import VerificationKey, sign_token
from tests.certificates.workshop import ISSUED, STATUS_URI, ring

KEY = ring().status
ISSUER = ring().issuer.id
KEYS = {KEY.kid: VerificationKey(KEY.kid, ISSUER, key_of_jwk(KEY.jwk), KEY.window)}
NOW = ISSUED + timedelta(days=40)


def day(number: int) -> datetime:
    return ISSUED + timedelta(days=number)


SUSPENDED = Episode(7, EpisodeKind.SUSPENDED, day(10), day(20))
REVOKED = Episode(7, EpisodeKind.REVOKED, day(30), None)


def history(*episodes: Episode) -> StatusHistory:
    token = sign_status_history(STATUS_URI, episodes, KEY, issuer=ISSUER, at=NOW)
    return read_status_history(token, KEYS)


def answer(at: datetime, index: int = 7) -> str:
    revoked = [7] if at >= day(30) or at < NOW else []
    content = StatusList.revoked(revoked, uri=STATUS_URI, issuer=ISSUER)
    signed = read_status_list(sign_status_list(content, KEY, at=NOW), KEYS)
    try:
        require_standing(signed, history(SUSPENDED, REVOKED), index, at=at)
    except (NoLongerValid, NotChecked) as stop:
        return stop.code
    return "ok"


def test_a_certificate_answers_for_each_day_of_its_life() -> None:
    assert [answer(day(number)) for number in (5, 15, 25, 35)] == [
        "ok",
        "suspended",
        "ok",
        "revoked",
    ]
    assert answer(NOW) == "revoked"
    assert answer(day(35), index=8) == "ok"
    assert answer(NOW + timedelta(days=2)) == "status-stale"


def test_an_episode_begins_at_its_start_and_is_over_at_its_end() -> None:
    assert [SUSPENDED.covers(day(n)) for n in (9, 10, 19, 20)] == [False, True, True, False]
    assert revoked_at([SUSPENDED, REVOKED], day(29)) == set()
    assert revoked_at([SUSPENDED, REVOKED], day(30)) == {7}


@given(
    st.lists(
        st.builds(
            Episode,
            index=st.integers(0, 131_071),
            kind=st.sampled_from(EpisodeKind),
            start=st.integers(0, 30).map(day),
            end=st.none() | st.integers(31, 60).map(day),
        ),
        max_size=5,
    )
)
def test_what_is_signed_is_read_back(episodes: list[Episode]) -> None:
    found = history(*episodes)

    assert found.episodes == tuple(episodes)
    assert (found.uri, found.issuer) == (STATUS_URI, ISSUER)


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://elsewhere.example"},
        {"exp": int(day(90).timestamp())},
        {"nbf": int(day(4000).timestamp())},
        {"episodes": [[1, "revoked", 0]]},
        {"episodes": [[1, "gone", 0, None]]},
        {"episodes": [[True, "revoked", 0, None]]},
        {"episodes": "none"},
        {"more": 1},
    ],
    ids=str,
)
def test_a_history_of_another_form_is_not_used(change: dict[str, object]) -> None:
    start = int(NOW.timestamp())
    sound: dict[str, object] = {
        "iss": ISSUER,
        "list": STATUS_URI,
        "nbf": start,
        "exp": start + 3600,
        "episodes": [],
    }
    assert read_status_history(sign_token(sound, KEY), KEYS).episodes == ()
    with pytest.raises(NotChecked, match="status-unreadable"):
        read_status_history(sign_token(sound | change, KEY), KEYS)


def test_a_status_list_is_no_history_and_a_stranger_writes_none() -> None:
    content = StatusList.revoked([], uri=STATUS_URI, issuer=ISSUER)
    with pytest.raises(NotChecked, match="status-unreadable"):
        read_status_history(sign_status_list(content, KEY, at=NOW), KEYS)
    with pytest.raises(NotChecked, match="status-unreadable"):
        read_status_history(sign_token({}, ring("stranger").status), KEYS)
