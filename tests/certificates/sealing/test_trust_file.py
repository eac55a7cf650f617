"""What must be true of trust files."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.errors import CannotSay, NotChecked
from certificates.sealing.certificate_chain import fingerprint
from certificates.sealing.keys import Window
from certificates.sealing.strict_json import canonical, to_base64url
from certificates.sealing.trust_file import read_trust_list, write_trust_list
from certificates.sealing.trust_list import NO_END, Mandate, TrustList
from tests.certificates.workshop import STATUS_URI, STRANGER, Office, office, ring, trust

FILE = office().file()
KEYS = ring()
DAY = datetime(2026, 6, 1, tzinfo=UTC)


def resigned(change: Callable[[dict[str, Any]], object]) -> bytes:
    """Return a changed file with the root's good signature: only the content is wrong."""
    form = json.loads(FILE)
    change(form)
    form["signature"]["value"] = ""
    body = {name: value for name, value in form.items() if name not in {"signature", "fresh"}}
    form["signature"]["value"] = to_base64url(KEYS.trust.sign(canonical(body)))
    return canonical(form)


def test_what_was_written_is_read() -> None:
    draft = office().draft()
    assert read_trust_list(write_trust_list(draft, KEYS.trust)) == draft
    assert trust().demonstration


def test_the_file_holds_all_an_offline_verifier_needs() -> None:
    form = json.loads(FILE)
    assert set(form) == {
        "version",
        "made_at",
        "demonstration",
        "root",
        "issuers",
        "log",
        "witnesses",
        "fresh",
        "signature",
        "time_stampers",
    }
    assert form["issuers"][0]["name"] == {"th": KEYS.issuer.name_th, "en": KEYS.issuer.name_en}
    assert set(form["fresh"]["status_lists"]) == {STATUS_URI}


def test_no_private_key_is_in_the_file() -> None:
    assert b"PRIVATE" not in FILE
    assert b'"d":' not in FILE


@settings(deadline=None, max_examples=150)
@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
def test_no_changed_byte_goes_unnoticed(at: int, pattern: int) -> None:
    changed = bytearray(FILE)
    changed[at] ^= pattern
    with pytest.raises(NotChecked, match="trust-list-"):
        read_trust_list(bytes(changed))


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(FILE) - 1))
def test_a_file_cut_short_is_not_used(length: int) -> None:
    with pytest.raises(NotChecked, match="trust-list-malformed"):
        read_trust_list(FILE[:length])


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=60) | st.recursive(st.none(), st.lists).map(canonical))
def test_any_other_bytes_are_not_a_trust_list(data: bytes) -> None:
    with pytest.raises(NotChecked, match="trust-list-malformed"):
        read_trust_list(data)


def test_the_root_can_be_pinned_by_its_fingerprint() -> None:
    digits = fingerprint(KEYS.document.chain[-1])
    colons = ":".join(digits[at : at + 2] for at in range(0, 64, 2)).upper()
    assert read_trust_list(FILE, root_fingerprint=digits).root == trust().root
    assert read_trust_list(FILE, root_fingerprint=colons).root == trust().root
    with pytest.raises(NotChecked, match="trust-list-root"):
        read_trust_list(FILE, root_fingerprint="0" * 64)


def test_a_list_of_the_same_names_under_another_root_is_told_by_its_fingerprint() -> None:
    fake = Office(ring("fake")).file()
    with pytest.raises(NotChecked, match="trust-list-root"):
        read_trust_list(fake, root_fingerprint=fingerprint(KEYS.document.chain[-1]))


def _issuer(form: dict[str, Any]) -> dict[str, Any]:
    issuer: dict[str, Any] = form["issuers"][0]
    return issuer


CONTRADICTIONS: dict[str, tuple[str, Callable[[dict[str, Any]], object]]] = {
    "unknown member": ("malformed", lambda f: f.update(extra=1)),
    "other version": ("malformed", lambda f: f.update(version=2)),
    "no issuers member": ("malformed", lambda f: f.pop("issuers")),
    "issuer without name": ("malformed", lambda f: _issuer(f).pop("name")),
    "window backwards": (
        "malformed",
        lambda f: _issuer(f)["keys"][0].update(to="2001-01-01T00:00:00Z"),
    ),
    "moment with offset": ("malformed", lambda f: f.update(made_at="2026-05-01T00:00:00+07:00")),
    "unknown purpose": ("malformed", lambda f: _issuer(f)["keys"][0].update(purpose="any")),
    "private part": ("malformed", lambda f: _issuer(f)["keys"][0]["jwk"].update(d="AA")),
    "made before its root": ("root", lambda f: f.update(made_at="2001-01-01T00:00:00Z")),
    "root no certificate": ("root", lambda f: f.update(root="AAAA")),
    "root exchanged": ("root", lambda f: f.update(root=_issuer(f)["certificates"][0])),
    "issuer twice": ("certificates", lambda f: f["issuers"].append(_issuer(f))),
    "no certificates": ("certificates", lambda f: _issuer(f).update(certificates=[])),
    "unlinked": ("certificates", lambda f: _issuer(f)["certificates"].reverse()),
    "key under two names": (
        "keys",
        lambda f: _issuer(f)["keys"][0].update(kid="x" * 43),
    ),
    "key twice": ("keys", lambda f: _issuer(f)["keys"].append(_issuer(f)["keys"][0])),
    "point off the curve": (
        "keys",
        lambda f: _issuer(f)["keys"][0]["jwk"].update(x=_issuer(f)["keys"][1]["jwk"]["x"]),
    ),
    "list of nobody": ("status", lambda f: _issuer(f).update(status_lists=[])),
    "list under another name": (
        "status",
        lambda f: (
            _issuer(f)["status_lists"].append("https://x.example/1"),
            f["fresh"]["status_lists"].update(
                {"https://x.example/1": f["fresh"]["status_lists"].pop(STATUS_URI)}
            ),
        ),
    ),
    "status key for credentials": (
        "status",
        lambda f: _issuer(f)["keys"][1].update(purpose="credential"),
    ),
    "checkpoint without log": ("checkpoint", lambda f: f.update(log=None)),
    "checkpoint of another log": ("checkpoint", lambda f: f["log"].update(origin="x.example")),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_list_that_contradicts_itself_is_not_used_even_if_signed(name: str) -> None:
    code, change = CONTRADICTIONS[name]
    with pytest.raises(NotChecked, match=f"trust-list-{code}"):
        read_trust_list(resigned(change))


def test_only_the_root_can_sign_it() -> None:
    with pytest.raises(CannotSay, match="trust-list"):
        write_trust_list(office().draft(), KEYS.credential)


@pytest.mark.parametrize(
    "change",
    [
        {"root": ring("stranger", STRANGER).document.chain[-1]},
        {"made_at": datetime(2099, 1, 1, tzinfo=UTC)},
        {"checkpoint": "no note"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_list_nobody_would_use_is_not_written(change: dict[str, Any]) -> None:
    draft: TrustList = replace(office().draft(), **change)
    with pytest.raises(CannotSay, match="trust-list"):
        write_trust_list(draft, KEYS.trust)


def test_a_list_without_log_and_with_an_endless_mandate_survives() -> None:
    draft = office().draft()
    endless = Mandate((), ("THR",), ("X-1",), Window(DAY, NO_END))
    changed = replace(
        draft,
        issuers=(replace(draft.issuers[0], mandates=(endless,)),),
        log=None,
        checkpoint=None,
    )
    assert read_trust_list(write_trust_list(changed, KEYS.trust)) == changed


def test_a_mandate_covers_what_one_of_its_lists_names_in_its_time() -> None:
    mandate = Mandate(("TPQI",), ("THR-HOH",), ("X-1",), Window(DAY, DAY + timedelta(days=1)))
    assert mandate.covers("TPQI", "ANY", at=DAY)
    assert mandate.covers("DSD", "THR-HOH-1-194ZB", at=DAY)
    assert mandate.covers("DSD", "X-1", at=DAY + timedelta(days=1))
    assert not mandate.covers("DSD", "THR-HOHX-1", at=DAY)
    assert not mandate.covers("DSD", "X-11", at=DAY)
    assert not mandate.covers("TPQI", "ANY", at=DAY + timedelta(days=1, seconds=1))
    assert not Mandate((), (), (), Window(DAY, NO_END)).covers("TPQI", "X-1", at=DAY)
