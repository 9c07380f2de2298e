"""What a request for leave holds besides its days, more states of it, and the letters that follow from it.

Revision: 0005, after 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BEFORE = "state IN ('requested', 'granted', 'refused', 'withdrawn')"
STATES = "state IN ('requested', 'asking', 'more_asked', 'granted', 'granted_in_part', 'refused', 'withdrawn', 'taken')"


def upgrade() -> None:
    with op.batch_alter_table("leave_request") as table:
        table.add_column(sa.Column("together", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("decide_by", sa.Date(), nullable=True))
        table.add_column(sa.Column("until_day", sa.Date(), nullable=True))
        table.add_column(sa.Column("more", sa.JSON(), nullable=True))
        table.drop_constraint(op.f("ck_leave_request_state"), type_="check")
        table.create_check_constraint(op.f("ck_leave_request_state"), STATES)
    op.create_table(
        "leave_letter",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("letter_id", sa.Text(), nullable=False),
        sa.Column("leave_id", sa.Text(), nullable=False),
        sa.Column("pupil_id", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.Column("way", sa.Text(), nullable=True),
        sa.Column("released_by", sa.Text(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('granted', 'refused')", name=op.f("ck_leave_letter_kind")),
        sa.CheckConstraint("state IN ('draft', 'released', 'withdrawn')", name=op.f("ck_leave_letter_state")),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["pupil.school_id", "pupil.pupil_id"], name=op.f("fk_leave_letter_pupil")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_leave_letter_school")),
        sa.PrimaryKeyConstraint("school_id", "letter_id", name=op.f("pk_leave_letter")),
    )
    op.create_index(op.f("ix_leave_letter_school_id_leave_id"), "leave_letter", ["school_id", "leave_id"])
    op.create_index(
        op.f("ix_leave_letter_school_id_state_created_at"), "leave_letter", ["school_id", "state", "created_at"]
    )


def downgrade() -> None:
    op.drop_table("leave_letter")
    with op.batch_alter_table("leave_request") as table:
        table.drop_constraint(op.f("ck_leave_request_state"), type_="check")
        table.create_check_constraint(op.f("ck_leave_request_state"), BEFORE)
        for column in ("more", "until_day", "decide_by", "together"):
            table.drop_column(column)
