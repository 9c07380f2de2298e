"""The years that a leader of year leads, so that they see their own children and no others.

Revision: 0008, after 0007.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff", sa.Column("years", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("staff", "years")
