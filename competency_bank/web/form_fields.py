"""Fields that a program sends as a form, each at most once (RFC 6749 section 3.2)."""

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from competency_bank.domain.errors import BadInput

MOST_FIELDS = 20
LONGEST_FIELD = 256 * 1024


async def read_fields(request: Request) -> dict[str, str]:
    """Return the fields; raises BadInput("request-invalid") for a file or a field given twice."""
    try:
        async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
            return _single(form)
    except HTTPException as fault:
        raise BadInput("request-invalid") from fault


def _single(form: FormData) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in form.multi_items():
        if name in found or not isinstance(value, str) or len(value) > LONGEST_FIELD:
            raise BadInput("request-invalid")
        found[name] = value
    return found
