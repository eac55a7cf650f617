"""Keys of issuers we do not know: in the identifier itself, or where the issuer publishes them.

A fetched document is believed for the one issuer whose identifier led to it, and only for keys that
it lists for assertions. Whatever is wrong with it, nothing follows for the credential.

1. ``did:key``, ``did:jwk``: the identifier is the key.
2. ``did:web``: the DID document at the address that the identifier spells (did:web, section 3.2).
3. ``https``: a key at an address below the issuer's own (Open Badges 3.0 section 8.2.3); else the
   controller document at the issuer's own address (Controlled Identifiers v1.0 section 3.3).
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from certificates.errors import NotChecked, Refused
from certificates.sealing.did_keys import jwk_of_multikey, key_of_did
from certificates.sealing.public_jwk import SigningJwk, read_jwk
from certificates.sealing.strict_json import parse_object
from certificates.verifying.wishes import LONGEST_ADDRESS, Answers, Wish, WishKind

MOST_METHODS: Final = 256
_DID_WEB: Final = re.compile(
    r"did:web:(?P<host>[A-Za-z0-9.-]+)(?:%3[Aa](?P<port>[0-9]{1,5}))?(?P<path>(?::[A-Za-z0-9._~-]+)*)"
)
_BELOW: Final = re.compile(r"(?:/(?!\.{1,2}(?:/|\Z))[A-Za-z0-9._~:-]+)+")
"""Rest of an address below another one; dot segments would lead out of it again."""
_ENDS: Final = ("expires", "revoked")


def key_of_issuer(
    issuer: str, method: str, *, at: datetime, answers: Answers, as_jwk: bool = False
) -> SigningJwk:
    """Return the key that ``issuer`` names ``method``, under that name.

    ``as_jwk`` lets a key at an address of its own be a plain JWK, as it may be for tokens.

    Raises:
        Refused: ``token-key``: the key is named as that of another issuer.
        NotChecked: ``issuer-unknown`` (no way to its keys, or nobody was asked),
            ``issuer-document`` (it does not read as this issuer's document),
            ``issuer-key-unlisted`` (the key is not listed for assertions, or no longer), or why
            the document could not be had.

    """
    if issuer.startswith("did:web:"):
        address = address_of_did_web(issuer)
        document = fetched_document(Wish(address, WishKind.CONTROLLER), answers)
        return listed_key(document, issuer, f"{issuer if method[:1] == '#' else ''}{method}", at=at)
    if issuer.startswith("did:"):
        key = key_of_did(issuer)
        if not method.startswith(issuer):
            raise Refused("token-key", kid=method[:200])
        return key
    if not issuer.startswith("https://") or len(method) > LONGEST_ADDRESS:
        raise NotChecked("issuer-unknown", issuer=issuer)
    if method.startswith(issuer) and _BELOW.fullmatch(method.removeprefix(issuer)):
        document = fetched_document(Wish(method, WishKind.KEY), answers)
        if as_jwk and "kty" in document:
            return _key_in({"publicKeyJwk": document}, method)
        if (document.get("id"), document.get("controller")) != (method, issuer):
            raise NotChecked("issuer-document", id=str(document.get("id"))[:200])
    # Wherever the key is, its controller has to say that it may assert something.
    document = fetched_document(Wish(issuer, WishKind.CONTROLLER), answers)
    return listed_key(document, issuer, method, at=at)


def address_of_did_web(did: str) -> str:
    """Return where the document of a did:web identifier is published.

    Raises:
        NotChecked: ``issuer-unknown`` for what is no such identifier.

    """
    found = _DID_WEB.fullmatch(did)
    if found is None or len(did) > LONGEST_ADDRESS:
        raise NotChecked("issuer-unknown", issuer=did[:LONGEST_ADDRESS])
    parts = found["path"].split(":")[1:]
    if any(set(part) == {"."} for part in parts):
        raise NotChecked("issuer-unknown", issuer=did)
    port = f":{found['port']}" if found["port"] else ""
    return f"https://{found['host'].lower()}{port}/{'/'.join(parts or ['.well-known'])}/did.json"


def listed_key(
    document: Mapping[str, object], issuer: str, method: str, *, at: datetime
) -> SigningJwk:
    """Return a key that the document of ``issuer`` lists for assertions at ``at``.

    Raises:
        NotChecked: ``issuer-document`` or ``issuer-key-unlisted``.

    """
    if document.get("id") != issuer:
        raise NotChecked("issuer-document", id=str(document.get("id"))[:200])
    allowed = _members(document, "assertionMethod")
    named = {_whole(one, issuer) for one in allowed if isinstance(one, str)}
    embedded = [one for one in allowed if isinstance(one, dict)]
    listed = [one for one in _members(document, "verificationMethod") if isinstance(one, dict)]
    candidates = [*embedded, *(listed if method in named else [])]
    found = [one for one in candidates if _whole(one.get("id"), issuer) == method]
    if len(found) != 1 or found[0].get("controller") != issuer or _has_ended(found[0], at):
        raise NotChecked("issuer-key-unlisted", method=method[:200])
    return _key_in(found[0], method)


def fetched_document(wish: Wish, answers: Answers) -> dict[str, object]:
    """Return what an issuer publishes, as JSON.

    Raises:
        NotChecked: ``issuer-unknown`` (nobody was asked yet), ``issuer-document``, or why it could
            not be had.

    """
    data = answers.ask(wish, "issuer-unknown")
    try:
        return parse_object(data)
    except ValueError:
        raise NotChecked("issuer-document", address=wish.address) from None


def _members(document: Mapping[str, object], name: str) -> list[object]:
    found = document.get(name, [])
    if not isinstance(found, list) or len(found) > MOST_METHODS:
        raise NotChecked("issuer-document", member=name)
    return found


def _whole(name: object, issuer: str) -> str:
    """Return the whole name of a method; a document may leave out its own id before ``#``."""
    text = str(name)
    return issuer + text if text.startswith("#") else text


def _has_ended(method: Mapping[str, object], at: datetime) -> bool:
    return any(_is_past(method[name], at) for name in _ENDS if name in method)


def _is_past(value: object, at: datetime) -> bool:
    try:
        return datetime.fromisoformat(str(value)) <= at
    except (ValueError, TypeError):
        return True


def _key_in(method: Mapping[str, object], name: str) -> SigningJwk:
    jwk, multikey = method.get("publicKeyJwk"), method.get("publicKeyMultibase")
    try:
        form = jwk_of_multikey(multikey) if isinstance(multikey, str) else jwk
        return read_jwk({**form, "kid": name} if isinstance(form, dict) else form)
    except ValueError:
        raise NotChecked("issuer-document", member="key") from None
