"""What must be true of signed tokens."""

import hmac
import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

import jwt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.credential.open_badge import to_open_badge
from certificates.credential.snapshot import Statement
from certificates.errors import CannotSay, CertificateError, NotChecked, Refused
from certificates.sealing.keys import Window
from certificates.sealing.p256 import key_of_jwk
from certificates.sealing.strict_json import (
    canonical,
    from_base64url,
    quickly,
    to_base64url,
)
from certificates.sealing.token import (
    LONGEST_TOKEN,
    VerificationKey,
    open_credential,
    open_token,
    sign_credential,
    sign_token,
)
from tests.certificates.signed_kinds import changed_at, leaves, signed_kinds, without
from tests.certificates.statements import UNIT_LETTER, statements
from tests.certificates.workshop import ISSUED, ring

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY = ring().credential
TRUSTED = VerificationKey(KEY.kid, ring().issuer.id, key_of_jwk(KEY.jwk), KEY.window)
KEYS = {KEY.kid: TRUSTED}
BADGE = to_open_badge(UNIT_LETTER)
TOKEN = sign_credential(BADGE, KEY)
KINDS = signed_kinds()
EACH_KIND = pytest.mark.parametrize("letter", KINDS.values(), ids=KINDS)
HEADER, PAYLOAD, SIGNATURE = TOKEN.split(".")


def resigned(header: object, payload: object = None) -> str:
    """Return a token with any header, signed with the right key: only the form is wrong."""
    body = PAYLOAD if payload is None else to_base64url(canonical(payload))
    signed = f"{to_base64url(canonical(header))}.{body}"
    return f"{signed}.{to_base64url(KEY.sign(signed.encode()))}"


def claims(**changes: object) -> dict[str, object]:
    whole = jwt.decode(TOKEN, options={"verify_signature": False})
    return {name: value for name, value in {**whole, **changes}.items() if value is not None}


def test_the_credential_is_the_payload_and_the_claims_repeat_it() -> None:
    payload = claims()
    assert payload["iss"] == BADGE["issuer"]["id"]
    assert payload["sub"] == BADGE["credentialSubject"]["id"]
    assert payload["jti"] == BADGE["id"]
    assert payload["nbf"] == int(ISSUED.timestamp())
    assert "exp" not in payload
    assert jwt.get_unverified_header(TOKEN) == {
        "alg": "ES256",
        "kid": f"{ring().issuer.id}/keys/{KEY.kid}",
        "typ": "JWT",
    }
    assert open_credential(TOKEN, KEYS) == BADGE


def test_another_library_verifies_our_token() -> None:
    key = jwt.PyJWK.from_dict({**KEY.jwk, "alg": "ES256"})
    claims_read = jwt.decode(TOKEN, key, algorithms=["ES256"], options={"verify_nbf": False})
    assert claims_read["jti"] == BADGE["id"]


@settings(deadline=None, max_examples=30)
@given(statements())
def test_every_statement_survives_signing_and_opening(statement: object) -> None:
    badge = to_open_badge(statement)  # type: ignore[arg-type]  # Hypothesis gives statements
    key = VerificationKey(
        KEY.kid,
        badge["issuer"]["id"],
        TRUSTED.public,
        Window(datetime(2000, 1, 1, tzinfo=UTC), datetime(2500, 1, 1, tzinfo=UTC)),
    )
    assert open_credential(sign_credential(badge, KEY), {KEY.kid: key}) == badge


@EACH_KIND
def test_every_leaf_that_is_changed_is_noticed(letter: Statement) -> None:
    header, payload, signature = sign_credential(to_open_badge(letter), KEY).split(".")
    said = json.loads(from_base64url(payload))
    changes = [
        change(said, path) for path in list(leaves(said)) for change in (changed_at, without)
    ]

    assert len(changes) > 140
    for changed in changes:
        token = f"{header}.{to_base64url(quickly(changed))}.{signature}"
        with pytest.raises(Refused, match="signature-wrong"):
            open_credential(token, KEYS)


@EACH_KIND
def test_every_byte_of_the_payload_that_is_changed_is_noticed(letter: Statement) -> None:
    header, payload, signature = sign_credential(to_open_badge(letter), KEY).split(".")
    said = bytearray(from_base64url(payload))
    step = 1 if len(said) < 10_000 else 11  # a portfolio is long; its leaves are all above
    for at in range(0, len(said), step):
        said[at] ^= 1
        with pytest.raises(Refused):
            open_credential(f"{header}.{to_base64url(bytes(said))}.{signature}", KEYS)
        said[at] ^= 1


@settings(deadline=None, max_examples=200)
@given(st.integers(0, len(TOKEN) - 1), st.characters(max_codepoint=255))
def test_no_changed_character_goes_unnoticed(at: int, letter: str) -> None:
    changed = TOKEN[:at] + letter + TOKEN[at + 1 :]
    if changed != TOKEN:
        with pytest.raises((Refused, NotChecked)):
            open_credential(changed, KEYS)


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=200) | st.text("eyJ._-AQg", max_size=60))
def test_any_text_is_refused_in_our_own_words(text: str) -> None:
    with pytest.raises(CertificateError):
        open_credential(text, KEYS)


def _hmac_token(secret: bytes) -> str:
    signed = f"{to_base64url(canonical({'alg': 'HS256', 'kid': KEY.kid, 'typ': 'JWT'}))}.{PAYLOAD}"
    return f"{signed}.{to_base64url(hmac.digest(secret, signed.encode(), sha256))}"


FORGERIES: dict[str, tuple[str, str]] = {
    "no algorithm": ("token-algorithm", resigned({"kid": KEY.kid, "typ": "JWT"})),
    "alg none": ("token-algorithm", resigned({"alg": "none", "kid": KEY.kid})),
    "alg None": ("token-algorithm", resigned({"alg": "None", "kid": KEY.kid})),
    "alg none without signature": (
        "token-shape",
        f"{to_base64url(canonical({'alg': 'none', 'kid': KEY.kid}))}.{PAYLOAD}.",
    ),
    "HMAC with the public key": ("token-algorithm", _hmac_token(canonical(KEY.jwk))),
    "ES384 named": ("token-algorithm", resigned({"alg": "ES384", "kid": KEY.kid})),
    "es256 in small letters": ("token-algorithm", resigned({"alg": "es256", "kid": KEY.kid})),
    "alg a list": ("token-algorithm", resigned({"alg": ["ES256"], "kid": KEY.kid})),
    "jwk in header": (
        "token-header",
        resigned({"alg": "ES256", "kid": KEY.kid, "jwk": ring("stranger").credential.jwk}),
    ),
    "jku in header": (
        "token-header",
        resigned({"alg": "ES256", "kid": KEY.kid, "jku": "https://evil.example/keys"}),
    ),
    "x5c in header": ("token-header", resigned({"alg": "ES256", "kid": KEY.kid, "x5c": ["AA=="]})),
    "crit in header": ("token-header", resigned({"alg": "ES256", "kid": KEY.kid, "crit": ["b64"]})),
    "other type": ("token-header", resigned({"alg": "ES256", "kid": KEY.kid, "typ": "at+jwt"})),
    "no kid": ("token-header", resigned({"alg": "ES256", "typ": "JWT"})),
    "kid a number": ("token-header", resigned({"alg": "ES256", "kid": 1})),
    "kid empty": ("token-header", resigned({"alg": "ES256", "kid": ""})),
    "padding": ("token-encoding", f"{HEADER}=.{PAYLOAD}.{SIGNATURE}"),
    "white space": ("token-encoding", f"{HEADER}.{PAYLOAD}.{SIGNATURE}\n"),
    "two parts": ("token-shape", f"{HEADER}.{PAYLOAD}"),
    "four parts": ("token-shape", f"{TOKEN}.{SIGNATURE}"),
    "no signature": ("token-shape", f"{HEADER}.{PAYLOAD}."),
    "short signature": ("signature-wrong", f"{HEADER}.{PAYLOAD}.{to_base64url(bytes(63))}"),
    "zero signature": ("signature-wrong", f"{HEADER}.{PAYLOAD}.{to_base64url(bytes(64))}"),
    "payload no object": ("token-json", resigned({"alg": "ES256", "kid": KEY.kid}, [])),
    "too long": ("token-too-long", "a" * (LONGEST_TOKEN + 1)),
    "issuer differs": ("claims-differ", sign_token(claims(iss="https://x.example"), KEY)),
    "subject differs": ("claims-differ", sign_token(claims(sub="urn:uuid:other"), KEY)),
    "id differs": ("claims-differ", sign_token(claims(jti="urn:uuid:other"), KEY)),
    "start differs": ("claims-differ", sign_token(claims(nbf=1), KEY)),
    "start a fraction": ("claims-differ", sign_token(claims(nbf=float(ISSUED.timestamp())), KEY)),
    "end without validUntil": ("claims-differ", sign_token(claims(exp=2_000_000_000), KEY)),
    "no claims": ("claims-differ", sign_token(BADGE, KEY)),
    "no issuer": ("credential-malformed", sign_token(claims(issuer=None), KEY)),
    "date with offset": (
        "credential-malformed",
        sign_token(claims(validFrom="2026-05-04T03:15:00+00:00"), KEY),
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_token_is_refused_with_its_reason(name: str) -> None:
    code, token = FORGERIES[name]
    with pytest.raises(Refused) as refusal:
        open_credential(token, KEYS)
    assert refusal.value.code == code


def test_a_name_given_twice_is_refused_however_it_is_signed() -> None:
    twice = json.dumps(claims())[:-1] + ', "jti": "urn:uuid:other"}'
    signed = f"{HEADER}.{to_base64url(twice.encode())}"
    with pytest.raises(Refused, match="token-json"):
        open_token(f"{signed}.{to_base64url(KEY.sign(signed.encode()))}", KEYS)


@pytest.mark.parametrize(
    "kid", ["../../etc/passwd", "' OR 1=1 --", "https://evil.example/key", "\x00", "__class__"]
)
def test_a_kid_is_only_a_name_that_is_known_or_not(kid: str) -> None:
    with pytest.raises(NotChecked, match="token-key-unknown"):
        open_credential(resigned({"alg": "ES256", "kid": kid}), KEYS)


def test_a_key_cannot_sign_for_another_issuer() -> None:
    other = VerificationKey(KEY.kid, "https://x.example", TRUSTED.public, TRUSTED.window)
    with pytest.raises(Refused, match="token-issuer"):
        open_credential(TOKEN, {KEY.kid: other})


def test_a_key_cannot_sign_outside_its_window() -> None:
    late = Window(datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
    other = VerificationKey(KEY.kid, TRUSTED.issuer, TRUSTED.public, late)
    with pytest.raises(Refused, match="token-window"):
        open_credential(TOKEN, {KEY.kid: other})


def test_a_token_of_another_key_under_our_kid_is_refused() -> None:
    other = key_of_jwk(ring("stranger").credential.jwk)
    keys: Mapping[str, VerificationKey] = {
        KEY.kid: VerificationKey(KEY.kid, TRUSTED.issuer, other, TRUSTED.window)
    }
    with pytest.raises(Refused, match="signature-wrong"):
        open_credential(TOKEN, keys)


@pytest.mark.parametrize(
    "credential",
    [
        {},
        {**BADGE, "iss": "x"},
        {**BADGE, "issuer": "https://x.example"},
        {**BADGE, "validFrom": "2026-05-04"},
        {**BADGE, "validFrom": "2026-13-04T00:00:00Z"},
        {**BADGE, "filler": "x" * LONGEST_TOKEN},
        {**BADGE, "odd": {1, 2}},
        {**BADGE, "odd": float("nan")},
    ],
    ids=["empty", "claim", "issuer", "date", "month", "long", "set", "nan"],
)
def test_what_no_reader_would_accept_is_not_signed(credential: dict[str, object]) -> None:
    with pytest.raises(CannotSay):
        sign_credential(credential, KEY)
