"""Whether a genuine certificate still holds: not revoked, within its dates."""

from datetime import datetime

from certificates.credential.snapshot import Statement
from certificates.errors import NoLongerValid, NotChecked
from certificates.sealing.status_history import require_standing
from certificates.sealing.status_list import (
    CLOCK_TOLERANCE,
    SignedStatusList,
    read_status_list,
)
from certificates.sealing.trust_list import KeyPurpose, TrustedIssuer, TrustList
from certificates.verifying.bearer import history_of


def require_not_revoked(
    statement: Statement,
    issuer: TrustedIssuer,
    *,
    trust: TrustList,
    at: datetime,
    stapled: str | None = None,
) -> None:
    """Prove by the freshest list at hand that the certificate was not revoked at ``at``.

    Lists come with the trust file and, ``stapled``, with the document; each carries the issuer's
    own signature. A stapled list that cannot be read is as good as none.

    Raises:
        NoLongerValid: ``revoked``.
        NotChecked: ``status-missing``, or why the freshest list says nothing.

    """
    uri = statement.status.list_uri
    if uri not in issuer.status_lists:
        raise NotChecked("status-missing", uri=uri)
    lists, fault = [], NotChecked("status-missing", uri=uri)
    for token in (trust.status_tokens.get(uri), stapled):
        if token is None:
            continue
        try:
            lists.append(_list(token, uri, issuer, trust=trust))
        except NotChecked as error:
            fault = error
    if not lists:
        raise fault
    freshest = max(lists, key=lambda each: each.valid_until)
    require_standing(freshest, history_of(trust, uri), statement.status.index, at=at)


def require_in_time(statement: Statement, at: datetime) -> None:
    """Require that ``at`` lies within the certificate's dates.

    Raises:
        NoLongerValid: ``expired``.
        NotChecked: ``not-yet-valid``.

    """
    if at + CLOCK_TOLERANCE < statement.issued_at:
        raise NotChecked("not-yet-valid", issued_at=statement.issued_at)
    if statement.valid_until is not None and at > statement.valid_until:
        raise NoLongerValid("expired", valid_until=statement.valid_until)


def _list(token: str, uri: str, issuer: TrustedIssuer, *, trust: TrustList) -> SignedStatusList:
    signed = read_status_list(token, trust.keys(KeyPurpose.STATUS))
    if (signed.content.uri, signed.content.issuer) != (uri, issuer.id):
        raise NotChecked("status-missing", uri=uri)
    return signed
