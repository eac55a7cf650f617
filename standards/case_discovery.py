"""The discovery file of a CASE 1.1 provider: an OpenAPI 3.0 document of its endpoints."""

from collections.abc import Iterator

from standards.case_writing import ROOT
from standards.json_cursor import Json

DISCOVERY = "discovery/imscasev1p1_openapi3_v1p0.json"
"""Where the file stands below the root; 1EdTech fixes the name."""

_SCHEMAS = "https://purl.imsglobal.org/spec/case/v1p1/schema/json/case_v1p1_"
_ONE = (
    ("CFDocuments", "getCFDocument", "cfdocument"),
    ("CFPackages", "getCFPackage", "cfpackage"),
    ("CFItems", "getCFItem", "cfitem"),
    ("CFItemAssociations", "getCFItemAssociations", "cfassociationset"),
    ("CFAssociations", "getCFAssociation", "cfassociation"),
    ("CFAssociationGroupings", "getCFAssociationGrouping", "cfassociationgrouping"),
    ("CFItemTypes", "getCFItemType", "cfitemtypeset"),
    ("CFConcepts", "getCFConcept", "cfconceptset"),
    ("CFSubjects", "getCFSubject", "cfsubjectset"),
    ("CFLicenses", "getCFLicense", "cflicense"),
    ("CFRubrics", "getCFRubric", "cfrubric"),
)
_PARAMETERS: dict[str, dict[str, Json]] = {
    "limit": {"type": "integer", "minimum": 1, "default": 100},
    "offset": {"type": "integer", "minimum": 0, "default": 0},
    "sort": {"type": "string"},
    "orderBy": {"type": "string", "enum": ["asc", "desc"]},
    "filter": {"type": "string"},
    "fields": {"type": "string"},
}


def discovery_document(base: str) -> dict[str, Json]:
    """Return the OpenAPI document of the provider at ``base``; schemas are 1EdTech's own."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "CASE 1.1 provider", "version": "1.1"},
        "servers": [{"url": f"{base}{ROOT}"}],
        "paths": dict(_paths()),
    }


def _paths() -> Iterator[tuple[str, Json]]:
    every = [_parameter("query", name, schema) for name, schema in _PARAMETERS.items()]
    yield "/CFDocuments", _get("getAllCFDocuments", "cfdocumentset", every)
    for room, operation, schema in _ONE:
        of = _parameter("path", "sourcedId", {"type": "string", "format": "uuid"})
        yield f"/{room}/{{sourcedId}}", _get(operation, schema, [of])


def _parameter(where: str, name: str, schema: dict[str, Json]) -> Json:
    return {"name": name, "in": where, "required": where == "path", "schema": schema}


def _get(operation: str, schema: str, parameters: list[Json]) -> Json:
    return {
        "get": {
            "operationId": operation,
            "parameters": parameters,
            "responses": {
                "200": _response("What was asked for", schema),
                "400": _response("A parameter is wrong", "imsx_statusinfo"),
                "404": _response("There is no such object", "imsx_statusinfo"),
            },
        }
    }


def _response(description: str, schema: str) -> Json:
    reference = f"{_SCHEMAS}{schema}-jsonschema1.json"
    content: Json = {"application/json": {"schema": {"$ref": reference}}}
    return {"description": description, "content": content}
