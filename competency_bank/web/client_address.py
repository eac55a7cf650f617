"""Where a request comes from, as far as anybody can tell."""

from starlette.requests import Request


def client_address(request: Request) -> str:
    """Return the address of the client; behind a proxy the server is told whom to believe."""
    return request.client.host if request.client else "-"
