"""Editions of standards: stored whole, never edited."""

from sqlalchemy import insert, select

from competency_bank.domain.errors import Conflict
from competency_bank.storage.curriculum_tables import EditionRow
from competency_bank.storage.database import Transaction, stored_bytes
from competency_bank.storage.mapped_row import table
from competency_bank.storage.plain_statements import ask
from standards.catalogue import Catalogue
from standards.model import Edition
from standards.reading_json import read_edition, write_edition

_editions = table(EditionRow)


def add_edition(transaction: Transaction, edition: Edition) -> bool:
    """Store an edition; True when it was new.

    Raises Conflict("edition-differs") when another edition has this id: what people earned units
    on is never rewritten.
    """
    query = select(_editions.c.digest).where(_editions.c.id == edition.id)
    known = transaction.connection.execute(query).scalar()
    if known == edition.digest:
        return False
    if known is not None:
        raise Conflict("edition-differs", name=edition.id)
    row = {
        "id": edition.id,
        "owner": edition.owner,
        "released": edition.released,
        "digest": edition.digest,
        "document": write_edition(edition),
    }
    transaction.connection.execute(insert(_editions), row)
    return True


def stored_editions(transaction: Transaction) -> list[tuple[str, str, bytes]]:
    """Return id, digest and bytes of every edition, for the audit."""
    query = select(_editions.c.id, _editions.c.digest, _editions.c.document)
    rows = transaction.connection.execute(query.order_by(_editions.c.id))
    return [(str(a), str(b), stored_bytes(c)) for a, b, c in rows]


def load_catalogue(transaction: Transaction) -> Catalogue:
    """Return the catalogue of every stored edition; parsed once for each set of editions."""
    have = tuple(ask(transaction.connection, "SELECT id, digest FROM editions ORDER BY id"))
    cached = _catalogues.get(have)
    if cached is None:
        documents = (document for _, _, document in stored_editions(transaction))
        cached = Catalogue(tuple(read_edition(one, name="database") for one in documents))
        _catalogues.clear()
        _catalogues[have] = cached
    return cached


_catalogues: dict[tuple[tuple[str, str], ...], Catalogue] = {}
"""The last catalogue built; editions never change, so their digests say all."""
