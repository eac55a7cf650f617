"""One question over https, guarded on every side (server-side request forgery, slow answers).

The name is looked up once; if any address that comes is not public, nobody is asked. The connection
goes to exactly such an address, so that a second look-up cannot lead elsewhere, while the
certificate must be that of the name. No redirect is followed, no proxy of the environment used, no
cookie or other trace sent. The deadline holds for everything together: each wait is as long as what
is left of it.
"""

import socket
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from io import BufferedReader, RawIOBase
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Final

from certificates.asking.permitted_hosts import Place, is_public
from certificates.errors import NotChecked

MOST_ADDRESSES: Final = 16
MOST_TRIED: Final = 3
HEADER_ROOM: Final = 64 * 1024
"""Bytes that may come beside a document: status line, headers, sizes of chunks."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken as an answer."""

    kinds: frozenset[str]
    """Media types."""
    most: int
    """Bytes."""


def look_up(host: str, port: int) -> list[str]:
    """Return the addresses of a host, best first; raises OSError or UnicodeError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """Return a connection to an address in numbers; raises OSError."""
    return socket.create_connection((address, port), timeout=seconds)


def _strict_context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


@dataclass(frozen=True, slots=True)
class Network:
    """How the outside is reached; tests put their own in its place."""

    look_up: Callable[[str, int], list[str]] = look_up
    connect: Callable[[str, int, float], socket.socket] = connect
    context: Callable[[], ssl.SSLContext] = _strict_context


def fetch_once(place: Place, taken: Taken, *, deadline: float, network: Network) -> bytes:
    """Return the document at ``place``; ``deadline`` is of the monotonic clock.

    Raises:
        NotChecked: ``elsewhere-address``, ``elsewhere-unreachable``, ``elsewhere-tls``,
            ``elsewhere-slow``, ``elsewhere-answer`` or ``elsewhere-too-large``.

    """
    try:
        addresses = _public_addresses(place, deadline, network)
        with (
            _connected(addresses, place.port, deadline, network) as plain,
            network.context().wrap_socket(plain, server_hostname=place.host) as connection,
        ):
            connection.settimeout(_left(deadline))
            connection.sendall(_request(place, taken))
            return _answer(connection, taken, deadline)
    except TimeoutError:
        raise NotChecked("elsewhere-slow", host=place.host) from None
    except ssl.SSLCertVerificationError:
        raise NotChecked("elsewhere-tls", host=place.host) from None
    except HTTPException:
        raise NotChecked("elsewhere-answer", host=place.host) from None
    except (OSError, ValueError):  # a name that no look-up takes is a ValueError
        raise NotChecked("elsewhere-unreachable", host=place.host) from None


def _public_addresses(place: Place, deadline: float, network: Network) -> list[str]:
    """Return where the host is; one address that is not public speaks against all of them."""
    found = _in_time(lambda: network.look_up(place.host, place.port), deadline)
    if not found:
        raise NotChecked("elsewhere-unreachable", host=place.host)
    if len(found) > MOST_ADDRESSES or not all(is_public(each) for each in found):
        raise NotChecked("elsewhere-address", host=place.host)
    return found


def _in_time(ask: Callable[[], list[str]], deadline: float) -> list[str]:
    """Return what ``ask`` does, or leave it behind: the system's look-up knows no deadline."""
    done: SimpleQueue[list[str] | Exception] = SimpleQueue()

    def run() -> None:
        try:
            done.put(ask())
        except (OSError, ValueError) as fault:
            done.put(fault)

    Thread(target=run, daemon=True).start()
    try:
        found = done.get(timeout=_left(deadline))
    except Empty:
        raise TimeoutError from None
    if isinstance(found, Exception):
        raise found
    return found


def _connected(
    addresses: Iterable[str], port: int, deadline: float, network: Network
) -> socket.socket:
    """Return a connection to the first of these addresses that takes one."""
    fault: OSError = OSError("no address")
    for address in list(addresses)[:MOST_TRIED]:
        try:
            connection = network.connect(address, port, _left(deadline))
        except OSError as refused:
            fault = refused
            continue
        connection.settimeout(_left(deadline))  # the handshake counts as one wait
        return connection
    raise fault


def _request(place: Place, taken: Taken) -> bytes:
    host = place.host if place.port == 443 else f"{place.host}:{place.port}"  # noqa: PLR2004
    lines = (
        f"GET {place.path} HTTP/1.1",
        f"Host: {host}",
        f"Accept: {', '.join(sorted(taken.kinds))}",
        "Accept-Encoding: identity",
        "User-Agent: competency-bank-verifier",
        "Connection: close",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


def _answer(connection: socket.socket, taken: Taken, deadline: float) -> bytes:
    # The response wants a socket only to read from it, through makefile.
    with HTTPResponse(_Reader(connection, deadline, taken.most + HEADER_ROOM)) as answer:  # type: ignore[arg-type]  # as said
        answer.begin()
        kind = answer.headers.get_content_type()
        plain = answer.headers.get("Content-Encoding", "identity") == "identity"
        if answer.status != HTTPStatus.OK or kind not in taken.kinds or not plain:
            raise NotChecked("elsewhere-answer", status=answer.status, kind=kind[:100])
        found = answer.read(taken.most + 1)
    if len(found) > taken.most:
        raise NotChecked("elsewhere-too-large", limit=taken.most)
    if answer.length:
        raise NotChecked("elsewhere-answer", status="cut off")
    return found


class _Reader(RawIOBase):
    """Reads from a connection, never past the deadline and never more than there is room for."""

    def __init__(self, connection: socket.socket, deadline: float, room: int) -> None:
        self._connection, self._deadline, self._room = connection, deadline, room

    def makefile(self, _mode: str) -> BufferedReader:
        """Return what a response reads from."""
        return BufferedReader(self)

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # all that is handed in
        """Wait for some bytes."""
        self._connection.settimeout(_left(self._deadline))
        count = self._connection.recv_into(buffer)
        self._room -= count
        if self._room < 0:
            raise NotChecked("elsewhere-too-large")
        return count


def _left(deadline: float) -> float:
    """Return the seconds that are left; raises TimeoutError if none is."""
    seconds = deadline - monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds
