"""How alembic reaches the bank: always through a connection that the database hands over."""

from typing import Literal

from alembic import context
from sqlmodel import AutoString, SQLModel

from competency_bank.storage import (  # noqa: F401  (fill the metadata)
    curriculum_tables,
    sharing_tables,
    tables,
)
from competency_bank.storage.instants import Instant


def render_item(kind: str, value: object, _: object) -> str | Literal[False]:
    """Write types by plain names, so that an old migration needs nothing but the oldest ones."""
    if kind == "type" and isinstance(value, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(value, Instant):
        return "Instant()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    render_item=render_item,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
