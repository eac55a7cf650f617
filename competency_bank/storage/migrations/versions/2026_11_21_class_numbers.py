"""class numbers: a learner of a class is found by the number on the class list"""

from alembic import op


revision = "a91c3be07f52"
down_revision = "4e7a90d2c518"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_enrolments_class_id", "enrolments")
    op.create_index("ix_enrolments_class_number", "enrolments", ["class_id", "number"])


def downgrade() -> None:
    op.drop_index("ix_enrolments_class_number", "enrolments")
    op.create_index("ix_enrolments_class_id", "enrolments", ["class_id"])
