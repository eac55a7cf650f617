"""A request that is sent again does nothing again: the header ``Idempotency-Key``.

draft-ietf-httpapi-idempotency-key-header: the client makes up a key for each thing it wants done
and sends the same key when it tries again. The first answer is kept in the transaction of its
effect and given again byte for byte; a request whose commit failed left no answer, so its key works
as if it had never been sent.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request, Response

from competency_bank.domain.errors import BadInput
from competency_bank.storage.answered_request_rows import (
    KeptAnswer,
    RequestName,
    find_answer,
    keep_answer,
)
from competency_bank.storage.database import Transaction
from competency_bank.web.access import Anybody
from competency_bank.web.door import Writing

LONGEST_KEY = 255
REPLAYED = "Idempotency-Replayed"


@dataclass(frozen=True, slots=True)
class Once:
    """A writing request, which may have been answered before."""

    transaction: Transaction
    name: RequestName | None
    """None where the client sent no key."""

    def answer(self, sent: bytes, do: Callable[[], Response]) -> Response:
        """Return what was answered before, or do it and keep the answer.

        ``sent`` is what the request asks for, without what a client may write differently the
        second time (the boundary of a form). Raises BadInput("idempotency-key-reused") when the
        key came with something else before.
        """
        if self.name is None:
            return do()
        digest = hashlib.sha256(sent).hexdigest()
        known = find_answer(self.transaction, self.name)
        if known is None:
            made = do()
            kept = KeptAnswer(digest, made.status_code, made.media_type or "", bytes(made.body))
            keep_answer(self.transaction, self.name, kept)
            return made
        if known.digest != digest:
            raise BadInput("idempotency-key-reused")
        headers = {REPLAYED: "true"}
        return Response(known.body, known.status, headers, media_type=known.media_type or None)


def _key(
    idempotency_key: Annotated[
        str | None, Header(description="The same for each try of one request.")
    ] = None,
) -> str | None:
    """Return the key of the request; a structured string (RFC 9651) without its quotes."""
    if idempotency_key is None:
        return None
    key = idempotency_key.strip()
    if len(key) > 1 and key[0] == key[-1] == '"':
        key = key[1:-1]
    if not 0 < len(key) <= LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise BadInput("idempotency-key-unusable", limit=LONGEST_KEY)
    return key


def _once(
    request: Request,
    who: Anybody,
    key: Annotated[str | None, Depends(_key)],
    transaction: Writing,
) -> Once:
    route = f"{request.method} {request.url.path}"
    return Once(transaction, None if key is None else RequestName(who.person, route, key))


OnlyOnce = Annotated[Once, Depends(_once)]
"""Opens the writing transaction of a request that may be a repetition."""
