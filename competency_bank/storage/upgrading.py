"""Creating the tables, or bringing older ones up to date."""

from alembic import command
from alembic.config import Config

from competency_bank.storage.database import Database


def upgrade(database: Database) -> None:
    """Run every migration that the database has not seen; safe to repeat."""
    config = Config()
    config.set_main_option("script_location", "competency_bank.storage:migrations")
    with database.connection() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
