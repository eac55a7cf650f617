"""guarded log: nothing written is changed; places are 64 bits wide; fewer indexes"""

import sqlalchemy as sa
from alembic import op


revision = "5c1e8f20a7d4"
down_revision = "8f6b043e5d74"
branch_labels = None
depends_on = None

WIDE = {
    "ledger_entries": ("index",),
    "checkpoints": ("size",),
    "log_tiles": ("index",),
    "records": ("entry", "voided_entry"),
}
GUARDED = ("ledger_entries", "checkpoints", "log_tiles")
RARE = sa.text("kind <> 'unit-passed'")
REASON = "the log is only appended to"

# A full tile has 256 hashes of 32 bytes; one that is not full may gain hashes, never lose or change.
TILE_GREW = (
    'NEW.level = OLD.level AND NEW."index" = OLD."index" AND length(OLD.hashes) < 8192'
    " AND length(NEW.hashes) > length(OLD.hashes)"
    " AND substr(NEW.hashes, 1, length(OLD.hashes)) = OLD.hashes"
)


def upgrade() -> None:
    op.drop_index("ix_records_class_id", "records")  # no statement looks for it
    op.drop_index("ix_records_entry", "records")  # the entry itself names learner and unit
    op.drop_index("ix_ledger_entries_kind", "ledger_entries")
    op.create_index(
        "ix_ledger_entries_kind",
        "ledger_entries",
        ["kind"],
        sqlite_where=RARE,
        postgresql_where=RARE,
    )
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _set_width(sa.Integer(), sa.BigInteger())
        _guard_postgresql()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in GUARDED:
            for verb in ("update", "delete"):
                op.execute(f"DROP TRIGGER guard_{table}_{verb}")
    else:
        for table in GUARDED:
            for verb in ("update", "delete", "truncate"):
                op.execute(f"DROP TRIGGER guard_{table}_{verb} ON {table}")
        op.execute("DROP FUNCTION refuse_change()")
        _set_width(sa.BigInteger(), sa.Integer())
    op.drop_index("ix_ledger_entries_kind", "ledger_entries")
    op.create_index("ix_ledger_entries_kind", "ledger_entries", ["kind"])
    op.create_index("ix_records_entry", "records", ["entry"])
    op.create_index("ix_records_class_id", "records", ["class_id"])


def _set_width(old: sa.types.TypeEngine[int], new: sa.types.TypeEngine[int]) -> None:
    for table, columns in WIDE.items():
        for column in columns:
            op.alter_column(table, column, existing_type=old, type_=new)


def _guard_sqlite() -> None:
    for table in GUARDED:
        when = f" WHEN NOT ({TILE_GREW})" if table == "log_tiles" else ""
        refuse = f"BEGIN SELECT RAISE(ABORT, '{REASON}'); END"
        op.execute(
            f"CREATE TRIGGER guard_{table}_update BEFORE UPDATE ON {table} FOR EACH ROW{when} {refuse}"
        )
        op.execute(
            f"CREATE TRIGGER guard_{table}_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}"
        )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" RAISE EXCEPTION '{REASON}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in GUARDED:
        each = f"ROW WHEN (NOT ({TILE_GREW}))" if table == "log_tiles" else "STATEMENT"
        op.execute(
            f"CREATE TRIGGER guard_{table}_update BEFORE UPDATE ON {table}"
            f" FOR EACH {each} EXECUTE FUNCTION refuse_change()"
        )
        for verb in ("delete", "truncate"):
            op.execute(
                f"CREATE TRIGGER guard_{table}_{verb} BEFORE {verb} ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
