"""The service description of the Open Badges 3.0 API: an OpenAPI 3 document of its profile."""

from typing import Any

from certificates.credential.snapshot import Party
from competency_bank.domain.hosting import (
    READ_CREDENTIALS,
    READ_PROFILE,
    SCOPES,
    WRITE_CREDENTIALS,
    WRITE_PROFILE,
)

BASE_PATH = "/ims/ob/v3p0"
_STATUS = "Imsx_StatusInfo"
_TEXTS = {
    READ_CREDENTIALS: "Read the learner's credentials",
    WRITE_CREDENTIALS: "Add or replace credentials of other issuers",
    READ_PROFILE: "Read the learner's profile",
    WRITE_PROFILE: "Change the learner's profile",
}


def discovery_document(base: str, issuer: Party) -> dict[str, Any]:
    """Return the description of the host at ``base`` (Open Badges 3.0 section 6.3)."""
    return {
        "openapi": "3.0.1",
        "info": {
            "title": issuer.name_en,
            "description": issuer.name_th,
            "version": "3.0",
            "termsOfService": f"{base}/trust",
            "contact": {"name": issuer.name_en, "url": f"{base}/trust"},
            "x-imssf-privacyPolicyUrl": f"{base}/trust",
        },
        "servers": [{"url": f"{base}{BASE_PATH}"}],
        "tags": [{"name": "OpenBadgeCredentials"}, {"name": "Discovery"}],
        "paths": {
            "/credentials": {
                "get": _operation("getCredentials", READ_CREDENTIALS, _WINDOW),
                "post": _operation("upsertCredential", WRITE_CREDENTIALS, (), created=True),
            },
            "/profile": {
                "get": _operation("getProfile", READ_PROFILE, ()),
                "put": _operation("putProfile", WRITE_PROFILE, ()),
            },
            "/discovery": {
                "get": {
                    "operationId": "getServiceDescription",
                    "tags": ["Discovery"],
                    "responses": {"200": {"description": "This document"}},
                }
            },
        },
        "components": {"schemas": {_STATUS: _STATUS_SCHEMA}, "securitySchemes": _security(base)},
    }


def _operation(
    name: str, scope: str, parameters: tuple[dict[str, Any], ...], *, created: bool = False
) -> dict[str, Any]:
    problem = {"application/json": {"schema": {"$ref": f"#/components/schemas/{_STATUS}"}}}
    good = {"200": {"description": "Done"}} | (
        {"201": {"description": "New, and said back"}} if created else {}
    )
    body = {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object"}}}
        | ({"text/plain": {"schema": {"type": "string"}}} if created else {}),
    }
    writes = scope in {WRITE_CREDENTIALS, WRITE_PROFILE}
    return {
        "operationId": name,
        "tags": ["OpenBadgeCredentials"],
        "summary": _TEXTS[scope],
        "security": [{"OAuth2ACG": [scope]}],
        "parameters": list(parameters),
        **({"requestBody": body} if writes else {}),
        "responses": good | {"default": {"description": "Refused", "content": problem}},
    }


def _security(base: str) -> dict[str, Any]:
    return {
        "OAuth2ACG": {
            "type": "oauth2",
            "description": "OAuth 2.0 authorization code with PKCE (S256)",
            "x-imssf-registrationUrl": f"{base}/oauth/register",
            "flows": {
                "authorizationCode": {
                    "authorizationUrl": f"{base}/oauth/authorize",
                    "tokenUrl": f"{base}/oauth/token",
                    "refreshUrl": f"{base}/oauth/token",
                    "scopes": {scope: _TEXTS[scope] for scope in SCOPES},
                }
            },
        }
    }


def _parameter(name: str, kind: dict[str, str]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": kind}


_WINDOW = (
    _parameter("limit", {"type": "integer"}),
    _parameter("offset", {"type": "integer"}),
    _parameter("since", {"type": "string", "format": "date-time"}),
)
_STATUS_SCHEMA = {
    "type": "object",
    "required": ["imsx_codeMajor", "imsx_severity"],
    "properties": {
        "imsx_codeMajor": {
            "type": "string",
            "enum": ["failure", "processing", "success", "unsupported"],
        },
        "imsx_severity": {"type": "string", "enum": ["error", "status", "warning"]},
        "imsx_description": {"type": "string"},
        "imsx_codeMinor": {"type": "object"},
    },
}
