"""However a host misbehaves, the answer is "could not check", soon, and with the reason."""

import socket
import ssl
import time
from dataclasses import replace
from threading import Event
from time import monotonic
from typing import Any

import pytest

from certificates.asking.https_once import HEADER_ROOM, Network, Taken, fetch_once
from certificates.asking.permitted_hosts import Place
from certificates.errors import NotChecked
from tests.certificates.tls_host import PUBLIC, Behaviour, TlsHost, answer

PLACE = Place("badges.example", 443, "/did.json")
TAKEN = Taken(frozenset({"application/json", "application/did+json"}), 1000)
BODY = b'{"id":"did:web:badges.example"}'


def host(behaviour: Behaviour | None = None, **changes: Any) -> TlsHost:  # noqa: ANN401 - fields by name
    return TlsHost(pages={PLACE.path: behaviour or answer(BODY)}, **changes)


def fetch(found: TlsHost, *, seconds: float = 20, network: Network | None = None) -> bytes:
    reach = network or found.network()
    return fetch_once(PLACE, TAKEN, deadline=monotonic() + seconds, network=reach)


def stopped(found: TlsHost, *, seconds: float = 20, network: Network | None = None) -> str:
    with pytest.raises(NotChecked) as stop:
        fetch(found, seconds=seconds, network=network)
    return stop.value.code


def test_an_honest_host_is_asked_once_at_the_address_that_was_looked_up() -> None:
    found = host()

    assert fetch(found) == BODY
    assert found.looked_up == ["badges.example"]
    assert found.connected == [(PUBLIC, 443)]


def test_nothing_is_sent_but_the_question(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://10.0.0.1:3128")
    found = host()
    fetch(found)
    head, _, rest = found.requests[0].partition(b"\r\n\r\n")

    assert head.split(b"\r\n") == [
        b"GET /did.json HTTP/1.1",
        b"Host: badges.example",
        b"Accept: application/did+json, application/json",
        b"Accept-Encoding: identity",
        b"User-Agent: competency-bank-verifier",
        b"Connection: close",
    ]
    assert rest == b""
    assert found.connected == [(PUBLIC, 443)]


@pytest.mark.parametrize(
    "addresses",
    [
        ("127.0.0.1",),
        ("10.1.2.3",),
        ("169.254.169.254",),
        ("100.64.0.1",),
        ("0.0.0.0",),  # noqa: S104 - an answer of a look-up, nothing is bound
        ("224.0.0.1",),
        ("::1",),
        ("fe80::1",),
        ("fd00::1",),
        ("::ffff:127.0.0.1",),
        ("64:ff9b::7f00:1",),
        (PUBLIC, "192.168.0.1"),
        ("not an address",),
        tuple(f"203.0.114.{number}" for number in range(17)),
    ],
    ids=lambda found: f"{found[0]}-{len(found)}",
)
def test_a_name_that_leads_to_a_private_address_is_not_connected_to(
    addresses: tuple[str, ...],
) -> None:
    found = host(addresses=addresses)

    assert stopped(found) == "elsewhere-address"
    assert found.connected == []


def test_a_name_that_leads_elsewhere_when_asked_again_is_asked_only_once() -> None:
    """DNS rebinding: the second answer would be a private address."""
    found, answers = host(), iter([[PUBLIC], ["127.0.0.1"]])
    network = replace(found.network(), look_up=lambda _host, _port: next(answers))

    assert fetch(found, network=network) == BODY
    assert found.connected == [(PUBLIC, 443)]


def test_the_next_address_is_tried_where_one_takes_no_connection() -> None:
    found = host(addresses=("203.0.114.9", PUBLIC))
    whole = found.network()

    def connect(address: str, port: int, seconds: float) -> socket.socket:
        if address != PUBLIC:
            raise ConnectionRefusedError
        return whole.connect(address, port, seconds)

    assert fetch(found, network=replace(whole, connect=connect)) == BODY


def refusing(_address: str, _port: int, _seconds: float) -> socket.socket:
    raise ConnectionRefusedError


def test_a_host_that_cannot_be_found_or_reached_is_unreachable() -> None:
    found = host()

    assert stopped(host(name="other.example")) == "elsewhere-unreachable"
    assert stopped(host(addresses=())) == "elsewhere-unreachable"
    network = replace(found.network(), connect=refusing)
    assert stopped(found, network=network) == "elsewhere-unreachable"


def no_name(_host: str, _port: int) -> list[str]:
    raise UnicodeError("label too long")


def test_a_name_that_no_look_up_takes_is_unreachable() -> None:
    found = host()
    network = replace(found.network(), look_up=no_name)
    assert stopped(found, network=network) == "elsewhere-unreachable"


@pytest.mark.parametrize(
    "changes",
    [{"certificate_of": "evil.example"}, {"authority": "nobody"}, {"ended": True}],
    ids=["another name", "unknown authority", "expired"],
)
def test_a_host_that_cannot_prove_its_name_is_told_nothing(changes: dict[str, Any]) -> None:
    found = host(**changes)

    assert stopped(found) == "elsewhere-tls"
    assert found.requests == []


def test_a_host_without_encryption_is_told_nothing() -> None:
    seen = []

    def connect(_address: str, _port: int, _seconds: float) -> socket.socket:
        ours, theirs = socket.socketpair()
        theirs.sendall(b"HTTP/1.1 200 OK\r\n\r\n{}")
        seen.append(theirs)
        return ours

    found = host()
    assert stopped(found, network=replace(found.network(), connect=connect)) == (
        "elsewhere-unreachable"
    )
    assert b"GET" not in seen[0].recv(65536)
    seen[0].close()


@pytest.mark.parametrize("status", ["301", "302", "303", "307", "308", "404", "500", "204", "206"])
def test_no_redirect_is_followed_and_nothing_but_200_is_an_answer(status: str) -> None:
    to_inside = "Location: https://127.0.0.1/\r\n"
    found = host(answer(BODY, status=f"{status} There", headers=to_inside))

    assert stopped(found) == "elsewhere-answer"
    assert len(found.connected) == 1


@pytest.mark.parametrize(
    "behaviour",
    [
        answer(BODY, kind="text/html"),
        answer(BODY, kind=""),
        answer(BODY, headers="Content-Encoding: gzip\r\n"),
        answer(BODY, length=len(BODY) + 1),
        lambda connection: connection.sendall(b"garbage\r\n\r\n"),
        lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 200),
        lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"x" * 70_000),
        lambda _connection: None,
        lambda connection: connection.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n5\r\n{}"
        ),
    ],
    ids=[
        "another type",
        "no type",
        "packed",
        "cut off",
        "garbage",
        "many headers",
        "long header",
        "closed",
        "half a chunk",
    ],
)
def test_an_answer_of_another_form_is_none(behaviour: Behaviour) -> None:
    assert stopped(host(behaviour)) in {"elsewhere-answer", "elsewhere-too-large"}


def endless(connection: ssl.SSLSocket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while True:
        connection.sendall(bytes(65536))


def endless_header(connection: ssl.SSLSocket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)


def endless_patience(connection: ssl.SSLSocket) -> None:
    while True:
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)


@pytest.mark.parametrize(
    "behaviour",
    [
        endless,
        endless_patience,
        answer(bytes(TAKEN.most + 1)),
        answer(bytes(HEADER_ROOM + TAKEN.most), length=10**9),
    ],
    ids=["endless", "endless patience", "one byte too many", "a length that is a lie"],
)
def test_no_more_is_read_than_there_is_room_for(behaviour: Behaviour) -> None:
    assert stopped(host(behaviour)) == "elsewhere-too-large"


def test_headers_without_end_are_no_answer() -> None:
    assert stopped(host(endless_header)) in {"elsewhere-answer", "elsewhere-too-large"}


def test_exactly_as_much_as_is_taken_is_taken() -> None:
    assert len(fetch(host(answer(bytes(TAKEN.most))))) == TAKEN.most


def dripping(text: bytes) -> Behaviour:
    def drip(connection: ssl.SSLSocket) -> None:
        for number in range(100_000):
            connection.sendall(text[number : number + 1] or b"x")
            time.sleep(0.02)

    return drip


@pytest.mark.parametrize(
    "behaviour",
    [
        dripping(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"),
        dripping(b"HTTP/1.1 200 OK\r\nX: "),
        lambda _connection: time.sleep(25),
    ],
    ids=["body", "header", "silence"],
)
def test_a_byte_now_and_then_does_not_prolong_the_deadline(behaviour: Behaviour) -> None:
    assert stopped(host(behaviour), seconds=0.5) == "elsewhere-slow"


def test_a_handshake_that_is_not_answered_ends_with_the_deadline() -> None:
    kept = []

    def connect(_address: str, _port: int, seconds: float) -> socket.socket:
        ours, theirs = socket.socketpair()
        ours.settimeout(seconds)
        kept.append(theirs)
        return ours

    found = host()
    network = replace(found.network(), connect=connect)
    assert stopped(found, seconds=0.3, network=network) == "elsewhere-slow"
    kept[0].close()


def test_a_look_up_that_is_not_answered_ends_with_the_deadline() -> None:
    go_on = Event()

    def look_up(_host: str, _port: int) -> list[str]:
        go_on.wait(30)
        return [PUBLIC]

    found = host()
    network = replace(found.network(), look_up=look_up)
    assert stopped(found, seconds=0.3, network=network) == "elsewhere-slow"
    assert found.connected == []
    go_on.set()


def test_when_the_time_is_over_nobody_is_asked() -> None:
    found = host()

    assert stopped(found, seconds=-1) == "elsewhere-slow"
    assert found.connected == []
