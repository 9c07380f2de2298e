"""What was written down for ever may go when its years are over, and not a day sooner: the database sees to that.

A row of an append-only table can be deleted only while its school has a row in `purge_pass`, and only when it is older
than what stands there; the pass is taken back in the same transaction. Nothing can change such a row, as before.

Revision: 0007, after 0006.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

APPEND_ONLY = ("amendment", "receipt", "audit")


def upgrade() -> None:
    op.create_table(
        "purge_pass",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("before", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_purge_pass_school")),
        sa.PrimaryKeyConstraint("school_id", name=op.f("pk_purge_pass")),
    )
    op.create_index(op.f("ix_inbox_received_at"), "inbox", ["received_at"])
    for table in APPEND_ONLY:
        _sqlite(table) if op.get_bind().dialect.name == "sqlite" else _postgresql(table)


def downgrade() -> None:
    for table in APPEND_ONLY:
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {table}_no_delete")
            op.execute(
                f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        else:
            op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
            op.execute(f"DROP TRIGGER {table}_no_delete ON {table}")
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_deletion()")
    op.drop_index(op.f("ix_inbox_received_at"), table_name="inbox")
    op.drop_table("purge_pass")


def _sqlite(table: str) -> None:
    op.execute(f"DROP TRIGGER {table}_no_delete")
    passed = "EXISTS (SELECT 1 FROM purge_pass WHERE school_id = OLD.school_id AND OLD.at < before)"
    op.execute(
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN NOT {passed} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _postgresql(table: str) -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_deletion() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF EXISTS (SELECT 1 FROM purge_pass WHERE school_id = OLD.school_id AND OLD.at < before) "
        "THEN RETURN OLD; END IF; RAISE EXCEPTION '% is append-only', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_deletion()"
    )
