"""How often a school has decided, so that a process knows whether what it keeps of it still holds.

And an index by which the pupils of one line are found: without it every line read walked through all of the school's.

Revision: 0009, after 0008.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INDEX = "ix_journal_pupil_school_id_seq"


def upgrade() -> None:
    op.add_column("school", sa.Column("decided", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_index(INDEX, "journal_pupil", ["school_id", "seq"])


def downgrade() -> None:
    op.drop_index(INDEX, table_name="journal_pupil")
    op.drop_column("school", "decided")
