"""A contact who is said to have harmed a child is asked nothing of it until a person releases them.

Revision: 0013, after 0012.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("link_overlay", sa.Column("set_aside", sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("link_overlay", "set_aside")
