"""public keys"""

import sqlalchemy as sa
from alembic import op

from competency_bank.storage.instants import Instant


revision = "4e7a90d2c518"
down_revision = "600c54708bcb"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "public_keys",
        sa.Column("kid", sa.String(), nullable=False),
        sa.Column("jwk", sa.String(), nullable=False),
        sa.Column("ends", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("kid", name=op.f("pk_public_keys")),
    )


def downgrade() -> None:
    op.drop_table("public_keys")
