"""Who may be asked: https at exactly the hosts that were named, at public addresses only."""

import re
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from certificates.errors import NotChecked

HTTPS_PORT: Final = 443
LONGEST_HOST: Final = 253
_ADDRESS: Final = re.compile(
    r"https://(?P<host>[a-z0-9.-]+)(?::(?P<port>[0-9]{1,5}))?(?P<path>/[!$-\[\]-~]*)?"
)
"""No user, no fragment, no backslash, nothing beyond ASCII: what two readers read alike."""
_HOST: Final = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])"
)
"""A name, never a number: no last label begins with a digit."""
_PORT: Final = re.compile(r":[0-9]{1,5}\Z")
_NOT_PUBLIC: Final = tuple(
    ip_network(text)
    for text in (
        # IANA IPv4 and IPv6 special-purpose address registries, where a Python may lag behind.
        "0.0.0.0/8",
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",  # 6to4: it holds an IPv4 address, which could be any
        "3fff::/20",
    )
)
_GLOBAL_UNICAST: Final = ip_network("2000::/3")
"""The rest of IPv6 is not for hosts in public: also ::ffff:0:0/96, 64:ff9b::/96, fc00::/7."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is asked: a document of a host."""

    host: str
    port: int
    path: str
    """With its query, beginning with a slash."""


def hosts_in(text: str) -> frozenset[str]:
    """Read a list of hosts, ``name`` or ``name:port``, between commas; empty: nobody is asked.

    Raises:
        ValueError: something else than host names stands there.

    """
    found = [part.strip().lower() for part in text.split(",") if part.strip()]
    for part in found:
        if not is_host(_PORT.sub("", part)):
            raise ValueError(f"no host name: {part}")
    return frozenset(part.removesuffix(f":{HTTPS_PORT}") for part in found)


def is_host(name: str) -> bool:
    """Tell whether ``name`` is a full host name in ASCII; an address in numbers is none."""
    return len(name) <= LONGEST_HOST and _HOST.fullmatch(name) is not None


def place_of(address: str, allowed: frozenset[str]) -> Place:
    """Return the place of an address, if it may be asked.

    Raises:
        NotChecked: ``elsewhere-not-allowed``: not https, not plainly written, or of a host (with
            its port, where that is not 443) that was not named.

    """
    found = _ADDRESS.fullmatch(address)
    if found is not None and is_host(found["host"]):
        port = int(found["port"] or HTTPS_PORT)
        named = found["host"] if port == HTTPS_PORT else f"{found['host']}:{port}"
        if named in allowed and 0 < port < 2**16:
            return Place(found["host"], port, found["path"] or "/")
    raise NotChecked("elsewhere-not-allowed", address=address[:200])


def is_public(text: str) -> bool:
    """Tell whether an IP address belongs to a host in public, and holds no other address."""
    try:
        found = ip_address(text)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and (found.scope_id or found not in _GLOBAL_UNICAST):
        return False
    special = found.is_multicast or found.is_reserved or not found.is_global
    return not special and not any(found in network for network in _NOT_PUBLIC)
