"""Papers from elsewhere, by learner."""

from typing import Any

from sqlalchemy import delete, func, insert, select

from competency_bank.domain.elsewhere_papers import ForeignPaper, ForeignState
from competency_bank.domain.errors import NotFound
from competency_bank.domain.people import PersonId
from competency_bank.storage.database import Transaction, stored_bytes
from competency_bank.storage.mapped_row import table
from competency_bank.storage.sharing_tables import ForeignCredentialRow

_papers = table(ForeignCredentialRow)


def put_paper(transaction: Transaction, paper: ForeignPaper) -> None:
    """Keep a paper in the place of the one it replaces, if any."""
    _delete(transaction, paper.learner, paper.id)
    row = {
        "learner_id": paper.learner,
        "id": paper.id,
        "issuer": paper.issuer,
        "name": paper.name,
        "state": paper.state.value,
        "reason": paper.reason,
        "media_type": paper.media_type,
        "content": paper.content,
        "valid_from": paper.valid_from,
        "added_at": paper.added_at,
    }
    transaction.connection.execute(insert(_papers), row)


def papers_of(transaction: Transaction, learner: PersonId) -> list[ForeignPaper]:
    """Return the papers of one learner, oldest first."""
    query = select(_papers).where(_papers.c.learner_id == learner)
    rows = transaction.connection.execute(query.order_by(_papers.c.valid_from, _papers.c.id))
    return [_paper_from(row) for row in rows]


def find_paper(transaction: Transaction, learner: PersonId, paper: str) -> ForeignPaper | None:
    """Return one paper of a learner."""
    own = (_papers.c.learner_id == learner) & (_papers.c.id == paper)
    row = transaction.connection.execute(select(_papers).where(own)).first()
    return None if row is None else _paper_from(row)


def count_papers(transaction: Transaction, learner: PersonId) -> int:
    """Return how many papers a learner keeps."""
    query = select(func.count()).select_from(_papers).where(_papers.c.learner_id == learner)
    return int(transaction.connection.execute(query).scalar() or 0)


def remove_paper(transaction: Transaction, learner: PersonId, paper: str) -> None:
    """Delete a paper; raises NotFound("unknown-foreign") for another's."""
    if not _delete(transaction, learner, paper):
        raise NotFound("unknown-foreign")


def _delete(transaction: Transaction, learner: PersonId, paper: str) -> int:
    own = (_papers.c.learner_id == learner) & (_papers.c.id == paper)
    return transaction.connection.execute(delete(_papers).where(own)).rowcount


def _paper_from(row: Any) -> ForeignPaper:  # noqa: ANN401 - a row of the papers
    return ForeignPaper(
        learner=PersonId(row.learner_id),
        id=row.id,
        issuer=row.issuer,
        name=row.name,
        state=ForeignState(row.state),
        reason=row.reason,
        media_type=row.media_type,
        content=stored_bytes(row.content),
        valid_from=row.valid_from,
        added_at=row.added_at,
    )
