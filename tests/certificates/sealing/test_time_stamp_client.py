"""What must be true of asking an authority elsewhere: whatever it answers, nothing half is used."""

import socket
import threading
import time
from collections.abc import Callable
from hashlib import sha256
from http.client import IncompleteRead

import pytest
from asn1crypto import tsp

from certificates.errors import StampMissing
from certificates.issuing_sentences import STAMPS, sentence_for
from certificates.sealing.der import INTEGER, SEQUENCE, encoded
from certificates.sealing.keys import TimeStampKey
from certificates.sealing.p256 import low_der
from certificates.sealing.seal_making import make_seal
from certificates.sealing.time_stamp import stamp_info
from certificates.sealing.time_stamp_client import LONGEST_ANSWER, AuthorityByAddress, post
from certificates.sealing.time_stamp_token import write_token
from certificates.sealing.time_stamping import POLICY, stamped_by
from certificates.verifying.verification import verify
from tests.certificates.stamped import stamped
from tests.certificates.workshop import CHECKED, ISSUED, ring, trust

DATA = b"the value of a signature"
GRANTED = encoded(SEQUENCE, encoded(INTEGER, b"\0"))


def own_key() -> TimeStampKey:
    key = ring().time_stamps
    assert key is not None
    return key


def answer_to(
    query: bytes, *, status: bytes = GRANTED, imprint: bytes = b"", nonce: int = 0
) -> bytes:
    """Answer as an authority does; ``imprint`` and ``nonce`` are told to be wrong."""
    asked = tsp.TimeStampReq.load(query)
    digest = imprint or asked["message_imprint"]["hashed_message"].native
    told = (asked["nonce"].native + nonce).to_bytes(10, "big").lstrip(b"\0") or b"\0"
    told = b"\0" + told if told[0] & 0x80 else told
    plain = stamp_info(digest, at=ISSUED, policy=POLICY, serial=7)
    inside = plain[2:] if plain[1] < 0x80 else plain[3:]
    info = encoded(SEQUENCE, inside, encoded(INTEGER, told))
    key = own_key()
    token = write_token(info, key.certificate, sign=lambda data: low_der(key.sign(data)))
    return encoded(SEQUENCE, status, token)


def asking(behave: Callable[[bytes], bytes]) -> AuthorityByAddress:
    return AuthorityByAddress("http://tsa.example", send=lambda _, query, __: behave(query))


def raising(error: Exception) -> Callable[[bytes], bytes]:
    def fail(_: bytes) -> bytes:
        raise error

    return fail


def test_an_honest_answer_is_a_token_over_our_digest() -> None:
    seen = []

    def behave(query: bytes) -> bytes:
        seen.append(tsp.TimeStampReq.load(query))
        return answer_to(query)

    assert asking(behave).stamp(DATA)
    assert seen[0]["message_imprint"]["hashed_message"].native == sha256(DATA).digest()
    assert seen[0]["cert_req"].native


def test_two_questions_never_have_the_same_nonce() -> None:
    seen: set[int] = set()

    def behave(query: bytes) -> bytes:
        seen.add(tsp.TimeStampReq.load(query)["nonce"].native)
        return answer_to(query)

    for _ in range(5):
        asking(behave).stamp(DATA)
    assert len(seen) == 5


def test_a_document_stamped_elsewhere_is_proved() -> None:
    document = stamped(stamp=asking(answer_to).stamp)
    assert verify(document, trust=trust(), at=CHECKED).signed_at == ISSUED


REFUSAL = encoded(SEQUENCE, encoded(SEQUENCE, encoded(INTEGER, b"\2")))
MISBEHAVING: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "no answer": ("stamp-unreachable", raising(TimeoutError())),
    "connection refused": ("stamp-unreachable", raising(ConnectionRefusedError())),
    "broken off": ("stamp-unreachable", raising(IncompleteRead(b""))),
    "refusal": ("stamp-refused", lambda _: REFUSAL),
    "refusal with a token": (
        "stamp-refused",
        lambda query: answer_to(query, status=encoded(SEQUENCE, encoded(INTEGER, b"\2"))),
    ),
    "nothing": ("stamp-unusable", lambda _: b""),
    "a page": ("stamp-unusable", lambda _: b"<html>sign in</html>"),
    "granted without a token": ("stamp-unusable", lambda _: encoded(SEQUENCE, GRANTED)),
    "something else than a token": (
        "stamp-unusable",
        lambda _: encoded(SEQUENCE, GRANTED, encoded(SEQUENCE, b"")),
    ),
    "cut off": ("stamp-unusable", lambda query: answer_to(query)[:-1]),
    "more behind it": ("stamp-unusable", lambda query: answer_to(query) + b"\0"),
    "another digest": ("stamp-unusable", lambda query: answer_to(query, imprint=bytes(32))),
    "another nonce": ("stamp-unusable", lambda query: answer_to(query, nonce=1)),
    "a bit changed": (
        "stamp-unusable",
        lambda query: answer_to(query)[:-1] + bytes([answer_to(query)[-1] ^ 1]),
    ),
    "endless": ("stamp-unusable", lambda _: encoded(SEQUENCE, GRANTED, bytes(LONGEST_ANSWER))),
}


@pytest.mark.parametrize("name", MISBEHAVING)
def test_whatever_it_answers_nothing_is_sealed_and_the_reason_is_named(name: str) -> None:
    code, behave = MISBEHAVING[name]
    with pytest.raises(StampMissing) as missing:
        stamped(stamp=asking(behave).stamp)
    assert missing.value.code == code
    said = sentence_for(missing.value)
    assert code in STAMPS
    assert said.en
    assert any("\u0e01" <= letter <= "\u0e5b" for letter in said.th)


def test_a_token_longer_than_the_room_is_not_sealed() -> None:
    key = stamped_by(ring().document, asking(answer_to).stamp, longest=10)

    with pytest.raises(Exception, match="time-stamp-too-long"):
        make_seal(key, bytes(32))


# Over HTTP


class _Server:
    """Answers one connection with given bytes, slowly if told so, then closes."""

    def __init__(self, raw: bytes, *, pause: float = 0) -> None:
        self._raw, self._pause = raw, pause
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}/"
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        return self.address

    def __exit__(self, *_: object) -> None:
        self._listening.close()
        self._thread.join(5)

    def _serve(self) -> None:
        connection, _ = self._listening.accept()
        with connection:
            connection.recv(65536)
            try:
                for at in range(0, len(self._raw), 200 if self._pause else 1_000_000):
                    connection.sendall(self._raw[at : at + 200] if self._pause else self._raw)
                    time.sleep(self._pause)
            except OSError:
                return


def http(
    body: bytes, *, status: str = "200 OK", kind: str = "application/timestamp-reply"
) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Location: http://127.0.0.1:1/\r\nConnection: close\r\n\r\n".encode() + body


@pytest.mark.enable_socket
def test_a_reply_comes_over_http() -> None:
    with _Server(http(b"reply")) as address:
        assert post(address, b"query", 5) == b"reply"


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    "raw",
    [
        http(b"", status="500 Oops"),
        http(b"", status="302 Found"),
        http(b"page", kind="text/html"),
        b"garbage\r\n\r\n",
        b"",
    ],
    ids=["error", "redirect", "page", "garbage", "closed"],
)
def test_other_replies_are_unreachable(raw: bytes) -> None:
    with _Server(raw) as address, pytest.raises(StampMissing, match="stamp-unreachable"):
        AuthorityByAddress(address, timeout=2).stamp(DATA)


@pytest.mark.enable_socket
def test_an_endless_reply_is_read_only_so_far_and_a_slow_one_only_so_long() -> None:
    with _Server(http(bytes(200_000))) as address:
        assert len(post(address, b"query", 5)) == LONGEST_ANSWER + 1
    start = time.monotonic()
    with (
        _Server(http(bytes(4_000)), pause=0.3) as address,
        pytest.raises(StampMissing, match="stamp-unreachable"),
    ):
        AuthorityByAddress(address, timeout=0.8).stamp(DATA)
    assert time.monotonic() - start < 5
