"""Saying "replaced" instead of "revoked" where the trust list names what stands in the place."""

from collections.abc import Iterator
from contextlib import contextmanager

from certificates.errors import NoLongerValid
from certificates.sealing.trust_list import TrustList


@contextmanager
def naming_successor(serial: str, trust: TrustList) -> Iterator[None]:
    """Turn ``revoked`` of a certificate that was replaced into ``replaced``, with the new serial.

    The status list alone proves that it ended; the trust list, signed by the bank, says why.

    Raises:
        NoLongerValid: ``replaced`` with ``serial`` and ``by``; or ``revoked``, as it was.

    """
    try:
        yield
    except NoLongerValid as ended:
        successor = trust.replaced.get(serial)
        if ended.code != "revoked" or successor is None:
            raise
        raise NoLongerValid("replaced", serial=serial, by=successor) from ended
