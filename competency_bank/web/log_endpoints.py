"""The transparency log for everybody: C2SP tlog-tiles, and ready-made proofs of single entries.

Nothing here speaks of a person: entries hold opaque ids and commitments. The stored tiles are
immutable, so whoever stands between may keep them for good.
"""

from fastapi import APIRouter, Response

from certificates.sealing.log_proof import write_log_proof
from competency_bank.domain.tile_paths import read_tile_name
from competency_bank.services.publish_log import tile
from competency_bank.storage.log_proof_rows import checkpoint_at, inclusion_proof
from competency_bank.web.door import Reading

router = APIRouter(include_in_schema=False)

FOR_SECONDS = {"Cache-Control": "public, max-age=5"}
FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}
TEXT = "text/plain; charset=utf-8"
EVERYBODY = {"Cross-Origin-Resource-Policy": "cross-origin"}


@router.get("/log/checkpoint")
def checkpoint(transaction: Reading) -> Response:
    """Return the newest signed checkpoint, with the cosignatures of witnesses."""
    note = checkpoint_at(transaction, None)
    return Response(note, media_type=TEXT, headers=FOR_SECONDS | EVERYBODY)


@router.get("/log/tile/{path:path}")
def one_tile(path: str, transaction: Reading) -> Response:
    """Return a tile of hashes or a bundle of entries."""
    data = tile(transaction, read_tile_name(f"tile/{path}"))
    return Response(data, media_type="application/octet-stream", headers=FOR_GOOD | EVERYBODY)


@router.get("/log/proof/{entry}")
def proof(entry: int, transaction: Reading) -> Response:
    """Return the proof that the log holds an entry (C2SP tlog-proof v1)."""
    data = write_log_proof(inclusion_proof(transaction, entry))
    return Response(data, media_type=TEXT, headers=FOR_SECONDS | EVERYBODY)
