"""Only hosts that were named are asked, and only at addresses in public."""

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.asking.permitted_hosts import Place, hosts_in, is_public, place_of
from certificates.errors import NotChecked

ALLOWED = hosts_in("badges.example, issuer.example:8443 ,Other.Example:443,")


def test_a_list_of_hosts_is_read_and_443_is_the_port_that_need_not_be_said() -> None:
    assert sorted(ALLOWED) == ["badges.example", "issuer.example:8443", "other.example"]
    assert hosts_in("") == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "https://badges.example",
        "*.example",
        ".example",
        "localhost",
        "127.0.0.1",
        "[::1]",
        "badges.example/x",
        "badges.example:",
        "badges.example:x",
        "a b.example",
        "ตัวอย่าง.example",
        "0x7f.1",
    ],
)
def test_what_names_no_host_stops_the_program_at_its_start(text: str) -> None:
    with pytest.raises(ValueError, match="no host name"):
        hosts_in(text)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://badges.example/a/b?c=d", Place("badges.example", 443, "/a/b?c=d")),
        ("https://badges.example", Place("badges.example", 443, "/")),
        ("https://badges.example:443/", Place("badges.example", 443, "/")),
        ("https://issuer.example:8443/x", Place("issuer.example", 8443, "/x")),
    ],
)
def test_a_named_host_may_be_asked(address: str, place: Place) -> None:
    assert place_of(address, ALLOWED) == place


@pytest.mark.parametrize(
    "address",
    [
        "http://badges.example/",
        "https://badges.example:8443/",
        "https://issuer.example/",
        "https://sub.badges.example/",
        "https://badges.example.evil.example/",
        "https://badges.example./",
        "https://BADGES.example/",
        "https://badges.example@evil.example/",
        "https://evil.example@badges.example/",
        "https://evil.example#@badges.example/",
        "https://evil.example\\@badges.example/",
        "https://badges.example/#x",
        "https://badges.example/a b",
        "https://badges.example/\r\nHost: evil.example",
        "https://badges.example/ก",
        "https://badges.example:0443x/",
        "https://badges.example\n",
        "https://127.0.0.1/",
        "https://[::1]/",
        "file:///etc/hostname",
        "",
    ],
)
def test_every_other_address_is_not_asked(address: str) -> None:
    with pytest.raises(NotChecked, match="elsewhere-not-allowed"):
        place_of(address, ALLOWED)


def test_an_address_in_numbers_is_not_asked_even_if_it_were_named() -> None:
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f000001"):
        with pytest.raises(NotChecked, match="elsewhere-not-allowed"):
            place_of(f"https://{host}/", frozenset({host}))


@given(st.text(max_size=60))
def test_whatever_is_asked_lies_at_a_named_host(text: str) -> None:
    try:
        found = place_of(f"https://{text}", ALLOWED)
    except NotChecked:
        return
    assert (found.host, found.port) in {
        ("badges.example", 443),
        ("issuer.example", 8443),
        ("other.example", 443),
    }


NOT_PUBLIC = [
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/128",
        "::1/128",
        "::/96",
        "::ffff:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/32",
        "2001:db8::/32",
        "2002::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
    )
]


@given(st.sampled_from(NOT_PUBLIC), st.data())
def test_no_address_of_a_special_network_is_public(network: object, data: st.DataObject) -> None:
    assert isinstance(network, type(NOT_PUBLIC[0]) | type(NOT_PUBLIC[-1]))
    first = int(network.network_address)
    number = data.draw(st.integers(first, first + network.num_addresses - 1))
    assert not is_public(str(type(network.network_address)(number)))


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_never_public(address: object) -> None:
    assert not is_public(f"::ffff:{address}")
    assert not is_public(f"64:ff9b::{address}")
    assert not is_public(f"::{address}")


@pytest.mark.parametrize("text", ["203.0.114.7", "8.8.8.8", "2606:4700::1111", "2a00:1450::1"])
def test_addresses_in_public_are_public(text: str) -> None:
    assert is_public(text)


@pytest.mark.parametrize("text", ["", "x", "1", "8.8.8.8%eth0", "2606:4700::1111%1", "08.8.8.8"])
def test_what_is_no_plain_address_is_not_public(text: str) -> None:
    assert not is_public(text)


@given(st.ip_addresses())
def test_what_the_library_calls_private_is_never_public(address: object) -> None:
    found = ip_address(str(address))
    assert not (is_public(str(found)) and (found.is_private or found.is_multicast))
