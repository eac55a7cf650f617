"""Public keys of other issuers, as JWK sets (RFC 7517): read strictly, one algorithm a key.

Which algorithm a key is for is settled here, before any signature is looked at. Keys that anybody
could have broken (short RSA keys, exponent 1, the ROCA primes of 2017), keys for something else
than signing, and shared secrets are not read at all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from certificates.sealing.ed25519 import ed25519_of_jwk
from certificates.sealing.strict_json import from_base64url

FEWEST_RSA_BITS: Final = 2048
MOST_RSA_BITS: Final = 8192
"""A longer key is made to keep a verifier busy."""
SMALLEST_EXPONENT: Final = 3
LARGEST_EXPONENT: Final = 2**32
MOST_KEYS: Final = 64
RSA_ALGORITHMS: Final = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
CURVES: Final[Mapping[str, tuple[ec.EllipticCurve, str, int]]] = {
    "P-256": (ec.SECP256R1(), "ES256", 32),
    "P-384": (ec.SECP384R1(), "ES384", 48),
    "P-521": (ec.SECP521R1(), "ES512", 66),
}
"""Curve, the one algorithm it serves (RFC 7518 section 3.4), bytes of a coordinate."""
ROCA_GENERATOR: Final = 65537
ROCA_PRIMES: Final = (11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157)
"""Moduli of the broken generator are powers of 65537 modulo each of these (CVE-2017-15361)."""
_PRIVATE: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "k", "oth"})

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey | bytes
"""An RSA or EC key, or the 32 bytes of an Ed25519 key."""


@dataclass(frozen=True, slots=True)
class SigningJwk:
    """A public key, and the only algorithm with which its signatures are believed."""

    kid: str
    algorithm: str
    key: PublicKey


def read_jwk_set(form: object) -> dict[str, SigningJwk]:
    """Return the keys of a JWK set by ``kid``.

    Raises:
        ValueError: no set, two keys of one name, or any key that ``read_jwk`` refuses: a set is
            used whole or not at all.

    """
    keys = form.get("keys") if isinstance(form, dict) else None
    if not isinstance(keys, list) or not 0 < len(keys) <= MOST_KEYS:
        raise ValueError("not a key set")
    found = [read_jwk(each) for each in keys]
    by_kid = {key.kid: key for key in found}
    if len(by_kid) < len(found):
        raise ValueError("two keys of one name")
    return by_kid


def read_jwk(form: object) -> SigningJwk:
    """Return one public signing key.

    Raises:
        ValueError: not a public key for signatures, with a name, of a kind and size we take.

    """
    if not isinstance(form, dict) or _PRIVATE & set(form):
        raise ValueError("not a public key")
    if form.get("use", "sig") != "sig" or form.get("key_ops", ["verify"]) != ["verify"]:
        raise ValueError("a key for something else than signatures")
    kid = form.get("kid")
    read = _READERS.get(str(form.get("kty")))
    if not isinstance(kid, str) or not kid or read is None:
        raise ValueError("a key without a name, or of another kind")
    algorithm, key = read(form)
    return SigningJwk(kid, algorithm, key)


def _rsa(form: Mapping[str, object]) -> tuple[str, PublicKey]:
    # Without a stated algorithm an RSA key is one for the algorithm everybody must know.
    algorithm = form.get("alg", "RS256")
    modulus, exponent = _number(form.get("n")), _number(form.get("e"))
    if algorithm not in RSA_ALGORITHMS:
        raise ValueError("an RSA key for another algorithm")
    if not FEWEST_RSA_BITS <= modulus.bit_length() <= MOST_RSA_BITS or modulus % 2 == 0:
        raise ValueError("an RSA key of a size we do not take")
    if not SMALLEST_EXPONENT <= exponent <= LARGEST_EXPONENT or is_roca(modulus):
        raise ValueError("a weak RSA key")
    return str(algorithm), rsa.RSAPublicNumbers(exponent, modulus).public_key()


def _ec(form: Mapping[str, object]) -> tuple[str, PublicKey]:
    curve, algorithm, length = CURVES.get(str(form.get("crv")), (None, "", 0))
    if curve is None or form.get("alg", algorithm) != algorithm:
        raise ValueError("an EC key for another algorithm")
    x, y = (_bytes(form.get(name)) for name in ("x", "y"))
    if len(x) != length or len(y) != length:
        raise ValueError("coordinate of the wrong length")
    numbers = ec.EllipticCurvePublicNumbers(
        int.from_bytes(x, "big"), int.from_bytes(y, "big"), curve
    )
    return algorithm, numbers.public_key()


def _okp(form: Mapping[str, object]) -> tuple[str, PublicKey]:
    if form.get("alg", "EdDSA") != "EdDSA":
        raise ValueError("an Ed25519 key for another algorithm")
    return "EdDSA", ed25519_of_jwk({name: str(form.get(name)) for name in ("crv", "kty", "x")})


_READERS: Final[Mapping[str, Callable[[Mapping[str, object]], tuple[str, PublicKey]]]] = {
    "RSA": _rsa,
    "EC": _ec,
    "OKP": _okp,
}


def is_roca(modulus: int) -> bool:
    """Tell whether a modulus has the mark of the broken key generator."""
    return all(_is_power(modulus % prime, prime) for prime in ROCA_PRIMES)


def _is_power(residue: int, prime: int) -> bool:
    value, powers = 1, set()
    while value not in powers:
        powers.add(value)
        value = value * ROCA_GENERATOR % prime
    return residue in powers


def _bytes(text: object) -> bytes:
    if not isinstance(text, str):
        raise ValueError("a member is missing")  # noqa: TRY004 - one kind of error for a bad key
    return from_base64url(text)


def _number(text: object) -> int:
    return int.from_bytes(_bytes(text), "big")
