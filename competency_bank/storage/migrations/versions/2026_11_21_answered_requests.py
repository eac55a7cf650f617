"""answered requests"""

import sqlalchemy as sa
from alembic import op

from competency_bank.storage.instants import Instant


revision = "b3d1c60a9f27"
down_revision = "5c1e8f20a7d4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answered_requests",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("account", "route", "key", name=op.f("pk_answered_requests")),
    )
    with op.batch_alter_table("answered_requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_answered_requests_answered_at"), ["answered_at"], unique=False
        )


def downgrade() -> None:
    op.drop_table("answered_requests")
