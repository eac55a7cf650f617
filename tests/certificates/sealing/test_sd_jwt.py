"""SD-JWT: what is kept back is not there, what is shown is what was signed, and every trick."""

import json
from hashlib import sha256
from secrets import token_bytes
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jwcrypto.jwk import JWK
from sd_jwt.common import SDObj
from sd_jwt.holder import SDJWTHolder
from sd_jwt.issuer import SDJWTIssuer
from sd_jwt.verifier import SDJWTVerifier

from certificates.errors import CannotSay, Refused
from certificates.sealing.sd_jwt import (
    disclosed_claims,
    issue_sd_jwt,
    show_only,
    take_apart_sd_jwt,
)
from certificates.sealing.strict_json import to_base64url
from certificates.sealing.typed_token import sign_typed
from tests.certificates.wallet import Wallet

TYPE = "dc+sd-jwt"
ISSUER = Wallet()
HIDDEN = {"name": "นางสาวตัวอย่าง", "code": "THR-1", "level": None, "units": ["a", {"b": 1}]}


def issued(hidden: dict[str, Any] = HIDDEN, shown: dict[str, Any] | None = None) -> str:
    return issue_sd_jwt(
        shown or {"iss": "https://bank.example", "country": "TH"},
        hidden,
        {"typ": TYPE},
        sign=ISSUER.sign,
        salt=lambda: token_bytes(16),
    )


def read(text: str) -> dict[str, object]:
    parsed = take_apart_sd_jwt(text, typ=TYPE)
    parsed.token.prove(ISSUER.key.public_key())
    return disclosed_claims(parsed)


def signed(payload: dict[str, Any], *disclosures: str) -> str:
    return "~".join([sign_typed(payload, {"typ": TYPE}, ISSUER.sign), *disclosures, ""])


def disclosure(*parts: object) -> str:
    return to_base64url(json.dumps(parts).encode())


def digest(text: str) -> str:
    return to_base64url(sha256(text.encode()).digest())


@settings(max_examples=40, deadline=None)
@given(shown=st.sets(st.sampled_from(sorted(HIDDEN))))
def test_exactly_what_the_holder_shows_is_read(shown: set[str]) -> None:
    text = show_only(issued(), shown)
    claims = read(text)

    assert {name: claims.get(name, "hidden") for name in HIDDEN} == {
        name: value if name in shown else "hidden" for name, value in HIDDEN.items()
    }
    assert claims["country"] == "TH"
    assert not {"_sd", "_sd_alg"} & set(claims)
    if "name" not in shown:
        assert to_base64url("ตัวอย่าง".encode())[4:-4] not in text


def test_two_credentials_with_the_same_values_share_no_digest() -> None:
    first, second = (take_apart_sd_jwt(issued(), typ=TYPE).disclosures for _ in range(2))

    assert not {each.digest for each in first} & {each.digest for each in second}


def test_the_example_of_the_standard_is_read() -> None:
    """RFC 9901 section 4.2.1 to 4.2.4: disclosure, digest and array element."""
    member = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
    element = "WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0"

    assert digest(member) == "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
    assert digest(element) == "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs"
    text = signed(
        {"_sd": [digest(member)], "nationalities": [{"...": digest(element)}, {"...": "x"}]},
        member,
        element,
    )
    assert read(text) == {"family_name": "Möbius", "nationalities": ["FR"]}


ONE = disclosure("salt", "name", "A")
TWO = disclosure("salt2", "name", "B")
ITEM = disclosure("salt3", "item")
TRICKS = {
    "a disclosure that no digest stands for": signed({"_sd": [digest(ONE)]}, ONE, TWO),
    "the same disclosure twice": signed({"_sd": [digest(ONE)]}, ONE, ONE),
    "a digest twice": signed({"_sd": [digest(ONE), digest(ONE)]}, ONE),
    "a digest twice, far apart": signed({"_sd": [digest(ONE)], "x": {"_sd": [digest(ONE)]}}, ONE),
    "an undisclosed digest twice": signed({"_sd": ["d", "d"]}),
    "a name that is there": signed({"_sd": [digest(ONE)], "name": "Z"}, ONE),
    "a name disclosed twice": signed({"_sd": [digest(ONE), digest(TWO)]}, ONE, TWO),
    "another hash function": signed({"_sd": [digest(ONE)], "_sd_alg": "md5"}, ONE),
    "a hash function that is no text": signed({"_sd": [], "_sd_alg": None}),
    "digests that are no list": signed({"_sd": digest(ONE)}, ONE),
    "a digest that is no text": signed({"_sd": [1]}),
    "an array place with company": signed({"x": [{"...": digest(ITEM), "y": 1}]}, ITEM),
    "an array place outside an array": signed({"x": {"...": "d"}}),
    "an element where a member stands": signed({"_sd": [digest(ITEM)]}, ITEM),
    "a member where an element stands": signed({"x": [{"...": digest(ONE)}]}, ONE),
}
for _name in ("_sd", "...", "_sd_alg"):
    _trap = disclosure("salt", _name, ["x"])
    TRICKS[f"a disclosed {_name}"] = signed({"_sd": [digest(_trap)]}, _trap)
_nested = disclosure("salt", "deep", {"_sd": [digest(ONE)], "name": "Z"})
TRICKS["a name that is there, in a disclosure"] = signed({"_sd": [digest(_nested)]}, _nested, ONE)
_twin = to_base64url(b'["salt","name",{"a":1,"a":2}]')
TRICKS["a name given twice"] = signed({"_sd": [digest(_twin)]}, _twin)
for _label, _text in {
    "four parts": disclosure("s", "n", 1, 2),
    "one part": disclosure("s"),
    "no list": to_base64url(b'{"s":1}'),
    "a salt that is no text": disclosure(1, "n", "v"),
    "more behind it": to_base64url(b'["s","n",1],"parts":["s","n",2]'),
    "nothing": "",
    "padding": ONE + "=",
    "Thai letters": "ก",
}.items():
    TRICKS[f"a disclosure of {_label}"] = signed({"_sd": []}, _text)


@pytest.mark.parametrize("trick", TRICKS)
def test_every_trick_with_disclosures_is_refused(trick: str) -> None:
    with pytest.raises(Refused) as refused:
        read(TRICKS[trick])

    assert refused.value.code == "disclosure"


def test_what_is_not_an_sd_jwt_is_refused() -> None:
    text = issued()
    for wrong, code in (
        (text.split("~")[0], "token-shape"),
        (text.replace(".", "~", 1), "token-shape"),
        ("a." + text.partition(".")[2], "token-encoding"),
        (sign_typed({}, {"typ": "JWT"}, ISSUER.sign) + "~", "token-header"),
        (sign_typed({}, {"typ": TYPE, "jwk": {}}, ISSUER.sign) + "~", "token-header"),
        (sign_typed({}, {"typ": TYPE, "alg": "none"}, ISSUER.sign) + "~", "token-algorithm"),
        (sign_typed({}, {"typ": TYPE, "alg": "HS256"}, ISSUER.sign) + "~", "token-algorithm"),
    ):
        with pytest.raises(Refused) as refused:
            read(wrong)
        assert refused.value.code == code


def test_a_token_of_another_key_is_refused() -> None:
    parsed = take_apart_sd_jwt(issued(), typ=TYPE)
    with pytest.raises(Refused) as refused:
        parsed.token.prove(Wallet().key.public_key())
    assert refused.value.code == "signature-wrong"


def test_more_disclosures_than_anybody_needs_are_not_read() -> None:
    with pytest.raises(Refused):
        read(signed({}, *[ONE] * 257))


@pytest.mark.parametrize("name", ["_sd", "...", "_sd_alg", "iss"])
def test_a_reserved_or_doubled_name_is_not_issued(name: str) -> None:
    with pytest.raises(CannotSay):
        issued({name: "x"})


def test_a_salt_that_is_too_short_is_not_used() -> None:
    with pytest.raises(CannotSay):
        issue_sd_jwt({}, {"a": 1}, {"typ": TYPE}, sign=ISSUER.sign, salt=lambda: b"short")


def _peer_key(*, private: bool) -> JWK:
    numbers = ISSUER.key.private_numbers()
    secret = to_base64url(numbers.private_value.to_bytes(32, "big"))
    return JWK(**ISSUER.jwk, **({"d": secret} if private else {}))


def test_the_reference_implementation_reads_what_we_issue() -> None:
    text = show_only(issued(), ["name", "units"])
    found = SDJWTVerifier(text, lambda *_: _peer_key(private=False)).get_verified_payload()

    assert found == read(text)


def test_we_read_what_the_reference_implementation_issues() -> None:
    claims = {SDObj("name"): "ก", "plain": 1, "list": [SDObj("x"), "y"]}
    made = SDJWTIssuer(claims, _peer_key(private=True), extra_header_parameters={"typ": TYPE})
    holder = SDJWTHolder(made.sd_jwt_issuance)
    holder.create_presentation({"name": True, "list": [True, False]})

    assert read(holder.sd_jwt_presentation) == {"name": "ก", "plain": 1, "list": ["x", "y"]}


@pytest.mark.parametrize("place", [5, 40, 200, -90, -5])
def test_an_altered_letter_anywhere_is_refused(place: int) -> None:
    text = issued({"name": "x" * 80})
    altered = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
    with pytest.raises(Refused):
        read(altered)
