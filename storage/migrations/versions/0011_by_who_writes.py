"""Indexes for the question at which schools of a trust somebody is listed: a family may write to any of their numbers.

A mail's sender is looked for among all contacts, because lists write addresses with capitals; a mail can wait for that.

Revision: 0011, after 0010.
"""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

PHONE = "ix_contact_phone"
TELEGRAM = "ix_contact_telegram"


def upgrade() -> None:
    op.create_index(PHONE, "contact", ["phone"])
    op.create_index(TELEGRAM, "contact", ["telegram"])


def downgrade() -> None:
    for name in (PHONE, TELEGRAM):
        op.drop_index(name, table_name="contact")
