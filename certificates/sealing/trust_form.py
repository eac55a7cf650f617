"""The trust list as JSON objects, both ways; what it means is ``trust_file``'s business.

Every object has exactly the members named here: an unknown one could be a restriction that this
program would silently leave out. Members that came later are left out where they say nothing, so
that older files, and files without them, read and are written as they always were.
"""

import base64
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, TypeVar

from certificates.errors import Refused
from certificates.sealing.keys import Window
from certificates.sealing.legal_class import ClassOfAuthority, LegalClass
from certificates.sealing.school_mandate import SchoolMandate
from certificates.sealing.strict_json import from_base64
from certificates.sealing.token import moment_of, seconds_of
from certificates.sealing.trust_list import (
    NO_END,
    KeyPurpose,
    Mandate,
    TrustedIssuer,
    TrustedKey,
    TrustedLog,
    TrustedTimeStamper,
    TrustList,
    Witness,
)

VERSION: Final = 1
_T = TypeVar("_T")


def form_of(trust: TrustList) -> dict[str, object]:
    """Return all members of the file but the signature."""
    return {
        "version": VERSION,
        "made_at": _written(trust.made_at),
        "demonstration": trust.demonstration,
        "root": _base64(trust.root),
        "issuers": [_issuer_form(issuer) for issuer in trust.issuers],
        "log": None
        if trust.log is None
        else {
            "origin": trust.log.origin,
            "public_key": _base64(trust.log.public_key),
            "address": trust.log.address,
        },
        "witnesses": [
            {"name": each.name, "public_key": _base64(each.public_key)} for each in trust.witnesses
        ],
        "fresh": {"status_lists": dict(trust.status_tokens), "checkpoint": trust.checkpoint}
        | ({"replaced": dict(trust.replaced)} if trust.replaced else {}),
    } | _present(
        time_stampers=[
            {
                "name": each.name,
                "certificates": [_base64(der) for der in each.certificates],
                **_window_form(each.window),
            }
            for each in trust.time_stampers
        ]
    )


def trust_of(form: object) -> TrustList:
    """Read what ``form_of`` wrote.

    Raises:
        ValueError: a member is missing, unknown or of another kind.

    """
    members = _members(
        form,
        "version made_at demonstration root issuers log witnesses fresh",
        later="time_stampers",
    )
    if members["version"] != VERSION or not isinstance(members["demonstration"], bool):
        raise ValueError("not a trust list of this version")
    fresh, replaced = _fresh(members["fresh"])
    tokens = fresh["status_lists"]
    if not isinstance(tokens, dict):
        raise ValueError("status lists are no object")  # noqa: TRY004 - one error for bad form
    return TrustList(
        root=_bytes(members["root"]),
        made_at=_moment(members["made_at"]),
        demonstration=members["demonstration"],
        issuers=_each(members["issuers"], _issuer),
        log=None if members["log"] is None else _log(members["log"]),
        witnesses=_each(members["witnesses"], _witness),
        status_tokens={uri: _text(token) for uri, token in tokens.items()},
        checkpoint=None if fresh["checkpoint"] is None else _text(fresh["checkpoint"]),
        replaced={serial: _text(by) for serial, by in replaced.items()},
        time_stampers=_each(members["time_stampers"], _time_stamper),
    )


def _fresh(form: object) -> tuple[dict[str, object], dict[str, object]]:
    """Return what changes daily, and the replacements; lists without any do not name them."""
    names = "status_lists checkpoint"
    if isinstance(form, dict) and "replaced" in form:
        names += " replaced"
    fresh = _members(form, names)
    replaced = fresh.get("replaced", {})
    if not isinstance(replaced, dict):
        raise ValueError("replacements are no object")  # noqa: TRY004 - one error for bad form
    return fresh, replaced


def _issuer_form(issuer: TrustedIssuer) -> dict[str, object]:
    return {
        "id": issuer.id,
        "name": {"th": issuer.name_th, "en": issuer.name_en},
        "role": issuer.role,
        "mandates": [
            {
                "owners": list(mandate.owners),
                "sectors": list(mandate.sectors),
                "units": list(mandate.units),
                **_window_form(mandate.window),
            }
            for mandate in issuer.mandates
        ],
        "certificates": [_base64(der) for der in issuer.certificates],
        "keys": [
            {"kid": key.kid, "purpose": key.purpose.value, "jwk": key.jwk}
            | _window_form(key.window)
            for key in issuer.keys
        ],
        "status_lists": list(issuer.status_lists),
    } | _present(
        revocation_lists=[_base64(der) for der in issuer.revocation_lists],
        legal_classes=[
            {
                "authority": each.authority,
                "class": each.legal_class.value,
                "policies": list(each.policies),
            }
            for each in issuer.legal_classes
        ],
        schools=[
            {"school": each.school, "owner": each.owner, "scope": list(each.scope)}
            | _window_form(each.window)
            for each in issuer.schools
        ],
    )


def _present(**later: Sequence[object]) -> dict[str, object]:
    return {name: value for name, value in later.items() if value}


def _issuer(form: object) -> TrustedIssuer:
    members = _members(
        form,
        "id name role mandates certificates keys status_lists",
        later="revocation_lists legal_classes schools",
    )
    name = _members(members["name"], "th en")
    return TrustedIssuer(
        id=_text(members["id"]),
        name_th=_text(name["th"]),
        name_en=_text(name["en"]),
        role=_text(members["role"]),
        mandates=_each(members["mandates"], _mandate),
        certificates=_each(members["certificates"], _bytes),
        keys=_each(members["keys"], _key),
        status_lists=_each(members["status_lists"], _text),
        revocation_lists=_each(members["revocation_lists"], _bytes),
        legal_classes=_each(members["legal_classes"], _legal_class),
        schools=_each(members["schools"], _school),
    )


def _mandate(form: object) -> Mandate:
    members = _members(form, "owners sectors units from to")
    return Mandate(
        owners=_each(members["owners"], _text),
        sectors=_each(members["sectors"], _text),
        units=_each(members["units"], _text),
        window=_window(members),
    )


def _school(form: object) -> SchoolMandate:
    members = _members(form, "school owner scope from to")
    return SchoolMandate(
        school=_text(members["school"]),
        owner=_text(members["owner"]),
        scope=_each(members["scope"], _text),
        window=_window(members),
    )


def _key(form: object) -> TrustedKey:
    members = _members(form, "kid purpose jwk from to")
    purpose = KeyPurpose(_text(members["purpose"]))
    jwk = _members(members["jwk"], "crv kty x" if purpose is KeyPurpose.PROOF else "crv kty x y")
    return TrustedKey(
        kid=_text(members["kid"]),
        purpose=purpose,
        jwk={name: _text(value) for name, value in jwk.items()},
        window=_window(members),
    )


def _legal_class(form: object) -> ClassOfAuthority:
    members = _members(form, "authority class policies")
    return ClassOfAuthority(
        authority=_text(members["authority"]),
        legal_class=LegalClass(_text(members["class"])),
        policies=_each(members["policies"], _text),
    )


def _time_stamper(form: object) -> TrustedTimeStamper:
    members = _members(form, "name certificates from to")
    return TrustedTimeStamper(
        name=_text(members["name"]),
        certificates=_each(members["certificates"], _bytes),
        window=_window(members),
    )


def _log(form: object) -> TrustedLog:
    members = _members(form, "origin public_key address")
    return TrustedLog(
        origin=_text(members["origin"]),
        public_key=_bytes(members["public_key"]),
        address=_text(members["address"]),
    )


def _witness(form: object) -> Witness:
    members = _members(form, "name public_key")
    return Witness(_text(members["name"]), _bytes(members["public_key"]))


def _window_form(window: Window) -> dict[str, object]:
    end = None if window.end == NO_END else _written(window.end)
    return {"from": _written(window.start), "to": end}


def _window(members: dict[str, object]) -> Window:
    end = NO_END if members["to"] is None else _moment(members["to"])
    window = Window(_moment(members["from"]), end)
    if window.end < window.start:
        raise ValueError("a window ends before it starts")
    return window


def _members(form: object, names: str, *, later: str = "") -> dict[str, object]:
    """Return the members ``names``, and the lists ``later``, which are empty where absent."""
    optional = set(later.split())
    if not isinstance(form, dict) or set(form) - optional != set(names.split()):
        raise ValueError("other members than expected")
    if any(form[name] == [] for name in optional & set(form)):
        raise ValueError("an empty list that should be absent")
    return {name: form.get(name, []) for name in (*optional, *form)}


def _each(form: object, read: Callable[[object], _T]) -> tuple[_T, ...]:
    if not isinstance(form, list):
        raise ValueError("not a list")  # noqa: TRY004 - one error for bad form
    return tuple(read(item) for item in form)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("not a text")
    return value


def _bytes(value: object) -> bytes:
    return from_base64(_text(value))


def _moment(value: object) -> datetime:
    try:
        return moment_of(seconds_of(value))
    except Refused as error:
        raise ValueError("not a moment") from error


def _written(moment: datetime) -> str:
    return moment_of(int(moment.timestamp())).strftime("%Y-%m-%dT%H:%M:%SZ")


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
