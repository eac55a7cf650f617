"""Files that people send, read only after it is known who sends them."""

from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from competency_bank.domain.errors import BadInput
from competency_bank.web.body_limit import FILE_LIMIT, too_large
from competency_bank.web.masking import unnumbered
from standards.thai_text import tidy

FILES_AT_ONCE = 20
FIELDS_AT_ONCE = 20
NAME_LENGTH = 100
UNNAMED = "document"


@dataclass(frozen=True, slots=True)
class Upload:
    """One file that was sent."""

    name: str
    """Its name, for people to read; long numbers in it are masked."""
    data: bytes


async def read_uploads(request: Request) -> list[Upload]:
    """Return the files of a form, or the body itself as one file.

    Raises BadInput: ``upload-missing``, ``upload-too-large``, ``too-many-files`` or
    ``request-invalid``.
    """
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        found = await _form_files(request)
    else:
        found = [Upload(UNNAMED, await request.body())]
    found = [one for one in found if one.data]
    if not found:
        raise BadInput("upload-missing")
    if any(len(one.data) > FILE_LIMIT for one in found):
        raise too_large()
    return found


async def read_upload(request: Request) -> Upload:
    """Return the one file of a form; see ``read_uploads``."""
    found = await read_uploads(request)
    if len(found) > 1:
        raise BadInput("too-many-files")
    return found[0]


async def _form_files(request: Request) -> list[Upload]:
    try:
        async with request.form(max_files=FILES_AT_ONCE, max_fields=FIELDS_AT_ONCE) as form:
            parts = [part for _, part in form.multi_items() if isinstance(part, UploadFile)]
            return [Upload(_shown(part.filename), await part.read()) for part in parts]
    except HTTPException as fault:
        raise BadInput("request-invalid") from fault


def _shown(name: str | None) -> str:
    plain = "".join(sign for sign in tidy(name or "") if sign.isprintable())
    return unnumbered(plain)[:NAME_LENGTH] or UNNAMED
