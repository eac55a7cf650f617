"""Private keys in a token (PKCS#11 v2.40): used, never seen.

The module is named by its full path and the token by its label; both come from settings, as does
the PIN or the file that holds it. Only the raw ECDSA mechanism is used (every token has it): the
SHA-256 is made here. Whatever the token answers instead of a signature ends in ``KeyUnusable``,
before anything was assembled from it. Needs the extra ``pkcs11``.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec

from certificates.errors import KeyUnusable
from certificates.sealing.der import OCTET_STRING, first_element
from certificates.sealing.key_files import read_private_file
from certificates.sealing.p256 import SCALAR_BYTES, PublicKey

WRONG_PIN: Final = ("PinIncorrect", "PinInvalid", "PinLenRange", "PinLocked", "PinExpired")

REMOVED: Final = (
    "DeviceRemoved",
    "TokenNotPresent",
    "SessionHandleInvalid",
    "SessionClosed",
    "ObjectHandleInvalid",
    "KeyHandleInvalid",
    "DeviceError",
    "SlotIDInvalid",
)


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """Where a token is, and what opens it."""

    module: Path
    """Full path of the PKCS#11 library."""
    label: str
    pin: str = field(repr=False)


@cache
def opened_token(place: TokenPlace) -> "Token":
    """Return the token of a place; a process logs in once. Raises KeyUnusable."""
    return Token(place)


def pin_in(path: Path) -> str:
    """Return the PIN in a file that only its owner can read; raises KeyUnusable."""
    try:
        return read_private_file(path.parent, path.name).decode("ascii").strip()
    except UnicodeDecodeError:
        raise KeyUnusable("key-damaged", file=path.name) from None


class Token:
    """An opened token, with one session that its users share."""

    def __init__(self, place: TokenPlace) -> None:
        """Log in.

        Raises:
            KeyUnusable: ``token-library`` (the extra is not installed), ``token-module`` (no such
                PKCS#11 library), ``token-absent``, ``token-pin`` or ``token-failed``.

        """
        self._place = place
        self._turn = Lock()
        if not place.module.is_absolute() or not place.module.is_file():
            raise KeyUnusable("token-module", module=place.module.name)
        try:
            self._pkcs11: Any = import_module("pkcs11")
        except ImportError:
            raise KeyUnusable("token-library") from None
        with self._speaking():
            found = self._pkcs11.lib(str(place.module)).get_token(token_label=place.label)
            self.session: Any = found.open(user_pin=place.pin, rw=True)

    def key(self, label: str) -> tuple[PublicKey, Callable[[bytes], bytes]]:
        """Return public key and signing function of the only P-256 key of that label.

        The function returns r and s, 32 bytes each, over the SHA-256 of what it is given.

        Raises:
            KeyUnusable: ``token-key-missing``, ``token-removed`` or ``token-failed``; the
                function raises the last two.

        """
        kinds, attribute = self._pkcs11.ObjectClass, self._pkcs11.Attribute
        with self._speaking(label):
            private = self._only(kinds.PRIVATE_KEY, label)
            point = self._only(kinds.PUBLIC_KEY, label)[attribute.EC_POINT]
        mechanism = self._pkcs11.Mechanism.ECDSA

        def make(data: bytes) -> bytes:
            with self._speaking(label):
                signature = bytes(private.sign(sha256(data).digest(), mechanism=mechanism))
            if len(signature) != 2 * SCALAR_BYTES:
                raise KeyUnusable("token-failed", key=label, error="length")
            return signature

        return _public_key(bytes(point), label), make

    def create(self, label: str) -> PublicKey:
        """Make a P-256 key pair that never leaves the token; raises KeyUnusable."""
        kinds, attribute = self._pkcs11.KeyType, self._pkcs11.Attribute
        encode = import_module("pkcs11.util.ec").encode_named_curve_parameters
        with self._speaking(label):
            parameters = self.session.create_domain_parameters(
                kinds.EC, {attribute.EC_PARAMS: encode("secp256r1")}, local=True
            )
            parameters.generate_keypair(
                store=True,
                label=label,
                private_template={attribute.SENSITIVE: True, attribute.EXTRACTABLE: False},
            )
        return self.key(label)[0]

    def _only(self, kind: Any, label: str) -> Any:  # noqa: ANN401 - objects of the library
        attribute = self._pkcs11.Attribute
        found = list(self.session.get_objects({attribute.CLASS: kind, attribute.LABEL: label}))
        if len(found) != 1:
            raise KeyUnusable("token-key-missing", key=label, token=self._place.label)
        return found[0]

    def close(self) -> None:
        """Log out."""
        with self._speaking():
            self.session.close()

    @contextmanager
    def _speaking(self, key: str = "") -> Iterator[None]:
        """Take a turn with the session, and say in our words what went wrong."""
        failure: Any = self._pkcs11.PKCS11Error
        try:
            with self._turn:
                yield
        except failure as error:
            name = type(error).__name__
            raise KeyUnusable(
                _code_of(name), key=key, token=self._place.label, error=name
            ) from None


def _code_of(name: str) -> str:
    if name in WRONG_PIN:
        return "token-pin"
    if name in {"NoSuchToken", "MultipleTokensReturned", "TokenNotRecognised"}:
        return "token-absent"
    return "token-removed" if name in REMOVED else "token-failed"


def _public_key(point: bytes, label: str) -> PublicKey:
    """Read an EC_POINT: an octet string around the uncompressed point."""
    try:
        inside = first_element(point)
        raw = inside.content if inside.tag == OCTET_STRING else point
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    except ValueError:
        raise KeyUnusable("token-failed", key=label, error="EC_POINT") from None
