"""Resources of a log, from a folder or over HTTP; nothing that comes is believed here."""

from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from competency_bank.domain.errors import NotFound, NotNow

LONGEST = 17 * 1024 * 1024
"""A bundle of 256 entries of 64 KiB, the largest thing that a log publishes."""
SECONDS = 20
GONE = 404


class _NoRedirect(HTTPRedirectHandler):
    """A log stands at its address; following it elsewhere would let it choose whom we ask."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        """Follow nothing."""


def fetch_from(place: str) -> Callable[[str], bytes]:
    """Return what fetches from a folder or an http(s) address."""
    if place.startswith(("http://", "https://")):
        address = place.rstrip("/")
        return lambda path: _over_http(f"{address}/{path}")
    return lambda path: _from_folder(Path(place), path)


def _from_folder(folder: Path, path: str) -> bytes:
    try:
        with (folder / path).open("rb") as file:
            return file.read(LONGEST)
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound("unknown-tile", name=path) from None
    except OSError as fault:
        raise NotNow("log-unreachable", name=f"{path}: {fault.strerror}") from fault


def _over_http(address: str) -> bytes:
    request = Request(address, headers={"Accept": "*/*"})  # noqa: S310  (http or https, checked)
    try:
        with build_opener(_NoRedirect).open(request, timeout=SECONDS) as answer:
            return bytes(answer.read(LONGEST))
    except HTTPError as fault:
        fault.close()
        if fault.code == GONE:
            raise NotFound("unknown-tile", name=address) from None
        raise NotNow("log-unreachable", name=f"{address}: {fault.code}") from None
    except (OSError, HTTPException) as fault:
        raise NotNow("log-unreachable", name=address) from fault
