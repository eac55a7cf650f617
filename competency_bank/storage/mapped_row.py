"""What all tables share, and how statements name them."""

from typing import ClassVar

from sqlalchemy import BigInteger, Integer, Table
from sqlmodel import SQLModel

LogPlace = BigInteger().with_variant(Integer(), "sqlite")
"""A place in the log, 64 bits wide: SQLite's integers are, PostgreSQL's must be told."""


class Row(SQLModel):
    """What all tables share: names follow one pattern, so that migrations can refer to them."""

    metadata: ClassVar = SQLModel.metadata


SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def table(row: type[Row]) -> Table:
    """Return the Core table of a row type, for statements that the ORM would slow down 24-fold."""
    return SQLModel.metadata.tables[str(row.__tablename__)]
