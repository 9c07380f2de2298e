"""Second factors, recovery codes and identities of accounts; houses of pupils and of those who lead them.

Revision: 0006, after 0005.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pupil", sa.Column("house", sa.Text(), nullable=True))
    op.add_column("staff", sa.Column("house", sa.Text(), nullable=True))
    op.add_column("account", sa.Column("email", sa.Text(), nullable=True))
    op.add_column("account", sa.Column("signed_out_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_account_school_id_email"), "account", ["school_id", "email"], unique=True)
    op.create_table(
        "second_factor",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        *_of_an_account("second_factor"),
        sa.PrimaryKeyConstraint("school_id", "username", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("print", sa.Text(), nullable=False),
        *_of_an_account("recovery_code"),
        sa.PrimaryKeyConstraint("school_id", "username", "print", name=op.f("pk_recovery_code")),
    )
    op.create_table(
        "identity",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        *_of_an_account("identity"),
        sa.PrimaryKeyConstraint("school_id", "issuer", "subject", name=op.f("pk_identity")),
    )
    op.create_index(op.f("ix_identity_school_id_username"), "identity", ["school_id", "username"], unique=True)
    op.create_table(
        "sign_in_flow",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("verifier", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_sign_in_flow_school")),
        sa.PrimaryKeyConstraint("school_id", "state", name=op.f("pk_sign_in_flow")),
    )


def _of_an_account(table: str) -> tuple[sa.ForeignKeyConstraint, sa.ForeignKeyConstraint]:
    return (
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f(f"fk_{table}_school")),
        sa.ForeignKeyConstraint(
            ["school_id", "username"], ["account.school_id", "account.username"], name=op.f(f"fk_{table}_account")
        ),
    )


def downgrade() -> None:
    for table in ("sign_in_flow", "identity", "recovery_code", "second_factor"):
        op.drop_table(table)
    op.drop_index(op.f("ix_account_school_id_email"), "account")
    op.drop_column("account", "signed_out_at")
    op.drop_column("account", "email")
    op.drop_column("staff", "house")
    op.drop_column("pupil", "house")
