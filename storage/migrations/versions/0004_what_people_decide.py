"""Which contact is asked first, and in which language, where a person here decided it.

Revision: 0004, after 0003.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("link_overlay", sa.Column("asked_first", sa.Boolean(), nullable=True))
    op.create_table(
        "contact_overlay",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "contact_id"],
            ["contact.school_id", "contact.contact_id"],
            name=op.f("fk_contact_overlay_contact"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_contact_overlay_school")),
        sa.PrimaryKeyConstraint("school_id", "contact_id", name=op.f("pk_contact_overlay")),
    )


def downgrade() -> None:
    op.drop_table("contact_overlay")
    op.drop_column("link_overlay", "asked_first")
