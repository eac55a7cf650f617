"""Creating the tables, or bringing older ones up to date."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from competency_bank.storage.database import Database


def upgrade(database: Database) -> None:
    """Run every migration that the database has not seen; safe to repeat."""
    with database.connection() as connection:
        command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection) -> Config:
    """Return what alembic needs to migrate the database of this connection, up or down."""
    config = Config()
    config.set_main_option("script_location", "competency_bank.storage:migrations")
    config.attributes["connection"] = connection
    return config
