"""Whether a reported child is with whoever reported it, so that two homes that both have it are noticed.

Revision: 0012, after 0011.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("absence", sa.Column("is_with_them", sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("absence", "is_with_them")
