"""Answers to programs that speak OAuth: errors by the names of its standards, nothing cached.

``error_description`` is ASCII by RFC 6749 section 5.2, so the Thai sentence stands beside it.
"""

from collections.abc import Mapping
from typing import Any

from fastapi.responses import JSONResponse

from competency_bank.domain.errors import BankError
from competency_bank.domain.messages import sentence_of
from competency_bank.web.masking import unnumbered

NO_STORE = {"Cache-Control": "no-store"}
ERROR_OF: Mapping[str, tuple[int, str]] = {
    "wallet-code": (400, "invalid_grant"),
    "wallet-pin": (400, "invalid_grant"),
    "wallet-token": (401, "invalid_token"),
    "wallet-nonce": (400, "invalid_nonce"),
    "wallet-proof": (400, "invalid_proof"),
    "wallet-request": (400, "invalid_credential_request"),
    "wallet-format": (400, "unknown_credential_configuration"),
    "letter-not-in-force": (400, "credential_request_denied"),
    "document-missing": (400, "credential_request_denied"),
    "unknown-wallet-request": (400, "invalid_request"),
    "client-unknown": (401, "invalid_client"),
    "client-redirect": (400, "invalid_redirect_uri"),
    "client-request": (400, "invalid_request"),
    "client-scope": (400, "invalid_scope"),
    "client-grant": (400, "invalid_grant"),
    "client-token": (401, "invalid_token"),
}
"""Status and OAuth error (RFC 6749, RFC 7591, OpenID4VCI 1.0 section 8.3.1) of each code."""


def oauth_error(error: BankError, *, name: str | None = None) -> JSONResponse:
    """Return the answer to an error; ``name`` overrules its OAuth name."""
    status, found = ERROR_OF.get(error.code, (400, "invalid_request"))
    said = sentence_of(error)
    headers = dict(NO_STORE)
    if status == 401:  # noqa: PLR2004 - unauthorised
        headers["WWW-Authenticate"] = f'Bearer error="{found}"'
    return answer(
        {
            "error": name or found,
            "error_description": unnumbered(said.en),
            "error_description_th": unnumbered(said.th),
        },
        status=status,
        headers=headers,
    )


def answer(
    content: dict[str, Any], *, status: int = 200, headers: Mapping[str, str] = NO_STORE
) -> JSONResponse:
    """Return a JSON answer that nobody keeps."""
    return JSONResponse(content, status_code=status, headers=dict(headers))
