"""Indexes for what every message asks, so that a text costs the same at the end of a school year as at its beginning.

What was said at an address is found by the address. The pupils of a line are found by its number, and stand in their
order there: without them in the index SQLite did not use it, and walked through all of the school's for each line.

Revision: 0010, after 0009.
"""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BEFORE = "ix_journal_pupil_school_id_seq"
PUPILS = "ix_journal_pupil_school_id_seq_pupil_id"
SAID = "ix_outbox_school_id_address_channel"


def upgrade() -> None:
    op.create_index(SAID, "outbox", ["school_id", "address", "channel"])
    op.drop_index(BEFORE, table_name="journal_pupil")
    op.create_index(PUPILS, "journal_pupil", ["school_id", "seq", "pupil_id"])


def downgrade() -> None:
    op.drop_index(PUPILS, table_name="journal_pupil")
    op.create_index(BEFORE, "journal_pupil", ["school_id", "seq"])
    op.drop_index(SAID, table_name="outbox")
