"""The published JSON Schemas of CASE 1.1, where this checkout has them beside it."""

import json
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

_FOLDER = Path(__file__).parents[2] / "shared" / "schemas" / "case-1.1"

needs_schemas = pytest.mark.skipif(
    not _FOLDER.is_dir(), reason="the published schemas are not beside this checkout"
)


@cache
def _validator(name: str) -> Any:  # noqa: ANN401  (jsonschema has no types)
    jsonschema = pytest.importorskip("jsonschema")
    file = _FOLDER / f"case_v1p1_{name}-jsonschema1.json"
    return jsonschema.Draft201909Validator(
        json.loads(file.read_bytes()), format_checker=jsonschema.FormatChecker()
    )


def schema_faults(name: str, data: bytes) -> list[str]:
    """Return what the published schema ``name`` finds wrong with ``data``, at most five things."""
    faults = _validator(name).iter_errors(json.loads(data))
    return [f"{fault.json_path}: {fault.message[:200]}" for fault in islice(faults, 5)]
