"""The CASE 1.1 provider: twelve reads and a discovery file, open to everybody."""

from fastapi import APIRouter, Request, Response

from competency_bank.web.door import AtDoor, Reading

router = APIRouter(include_in_schema=False)


@router.get("/ims/case/v1p1/{path:path}")
def case(request: Request, path: str, door: AtDoor, transaction: Reading) -> Response:
    """Answer as ``standards.case_provider`` says; the path is taken as it stands."""
    del path
    provider = door.standards.case(transaction)
    answer = provider.answer(request.url.path, dict(request.query_params))
    headers = dict(answer.headers)
    return Response(answer.body, status_code=answer.status, headers=headers)
