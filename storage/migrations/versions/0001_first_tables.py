"""The first tables, and the triggers that make amendments, receipts and the audit append-only.

Revision: 0001, the first.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "inbox",
    "school",
    "thread",
    "account",
    "address_state",
    "alert",
    "audit",
    "class_register",
    "contact",
    "journal",
    "outbox",
    "pupil",
    "sender",
    "sign_in_failure",
    "staff",
    "task",
    "timer",
    "absence",
    "amendment",
    "case_",
    "entry",
    "journal_pupil",
    "leave_request",
    "link",
    "link_overlay",
    "outbox_pupil",
    "receipt",
)
APPEND_ONLY = ("amendment", "receipt", "audit")


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=False),
        sa.Column("inbox_id", sa.Text(), nullable=False),
        sa.Column("our_address", sa.Text(), nullable=False),
        sa.Column("their_address", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raw", sa.JSON(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("school_id", sa.Text(), nullable=True),
        sa.Column("contact_id", sa.Text(), nullable=True),
        sa.Column("understood", sa.JSON(), nullable=True),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('new', 'done')", name=op.f("ck_inbox_state")),
        sa.PrimaryKeyConstraint("channel", "provider_id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("inbox_id", name=op.f("uq_inbox_inbox_id")),
    )
    op.create_index(
        op.f("ix_inbox_our_address_channel_their_address_received_at"),
        "inbox",
        ["our_address", "channel", "their_address", "received_at"],
    )
    op.create_index(op.f("ix_inbox_state_received_at"), "inbox", ["state", "received_at"])
    op.create_table(
        "school",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("policy_key", sa.Text(), nullable=False),
        sa.Column("policy_override", sa.JSON(), nullable=False),
        sa.Column("calendar", sa.JSON(), nullable=True),
        sa.Column("people_version", sa.BigInteger(), nullable=False),
        sa.Column("journal_seq", sa.BigInteger(), nullable=False),
        sa.Column("amendment_seq", sa.BigInteger(), nullable=False),
        sa.Column("audit_seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("school_id", name=op.f("pk_school")),
    )
    op.create_table(
        "thread",
        sa.Column("our_address", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("their_address", sa.Text(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("our_address", "channel", "their_address", name=op.f("pk_thread")),
    )
    op.create_table(
        "account",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_account_school")),
        sa.PrimaryKeyConstraint("school_id", "username", name=op.f("pk_account")),
    )
    op.create_table(
        "address_state",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('live', 'stopped', 'bad')", name=op.f("ck_address_state_state")),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_address_state_school")),
        sa.PrimaryKeyConstraint("school_id", "channel", "address", name=op.f("pk_address_state")),
    )
    op.create_table(
        "alert",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("alert_key", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_alert_school")),
        sa.PrimaryKeyConstraint("school_id", "alert_key", name=op.f("pk_alert")),
    )
    op.create_index(op.f("ix_alert_school_id_live"), "alert", ["school_id", "live"])
    op.create_table(
        "audit",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_audit_school")),
        sa.PrimaryKeyConstraint("school_id", "seq", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_school_id_at"), "audit", ["school_id", "at"])
    op.create_table(
        "class_register",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.Text(), nullable=False),
        sa.Column("grp", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("half IN ('am', 'pm')", name=op.f("ck_class_register_half")),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_class_register_school")),
        sa.PrimaryKeyConstraint("school_id", "day", "half", "grp", name=op.f("pk_class_register")),
    )
    op.create_table(
        "contact",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("telegram", sa.Text(), nullable=True),
        sa.Column("whatsapp", sa.Boolean(), nullable=False),
        sa.Column("landline", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_contact_school")),
        sa.PrimaryKeyConstraint("school_id", "contact_id", name=op.f("pk_contact")),
    )
    op.create_table(
        "journal",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_journal_school")),
        sa.PrimaryKeyConstraint("school_id", "seq", name=op.f("pk_journal")),
    )
    op.create_index(op.f("ix_journal_school_id_at"), "journal", ["school_id", "at"])
    op.create_table(
        "outbox",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=True),
        sa.Column("staff_id", sa.Text(), nullable=True),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("pupils", sa.JSON(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("not_after", sa.DateTime(timezone=True), nullable=True),
        sa.Column("try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_ends", sa.DateTime(timezone=True), nullable=True),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'accepted', 'sent', 'delivered', 'undelivered', 'failed', "
            "'unknown', 'cancelled')",
            name=op.f("ck_outbox_state"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_outbox_school")),
        sa.PrimaryKeyConstraint("school_id", "message_id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("school_id", "key", name=op.f("uq_outbox_school_id_key")),
    )
    op.create_index(op.f("ix_outbox_channel_provider_id"), "outbox", ["channel", "provider_id"])
    op.create_index(op.f("ix_outbox_message_id"), "outbox", ["message_id"])
    op.create_index(
        op.f("ix_outbox_school_id_contact_id_created_at"), "outbox", ["school_id", "contact_id", "created_at"]
    )
    op.create_index(op.f("ix_outbox_school_id_state_try_at"), "outbox", ["school_id", "state", "try_at"])
    op.create_index(op.f("ix_outbox_state_try_at"), "outbox", ["state", "try_at"])
    op.create_table(
        "pupil",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("pupil_id", sa.Text(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("grp", sa.Text(), nullable=False),
        sa.Column("known_as", sa.JSON(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("named_person", sa.Text(), nullable=True),
        sa.Column("on_roll", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_pupil_school")),
        sa.PrimaryKeyConstraint("school_id", "pupil_id", name=op.f("pk_pupil")),
    )
    op.create_table(
        "sender",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_sender_school")),
        sa.PrimaryKeyConstraint("school_id", "channel", "address", name=op.f("pk_sender")),
    )
    op.create_index(op.f("ix_sender_channel_address"), "sender", ["channel", "address"])
    op.create_table(
        "sign_in_failure",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_sign_in_failure_school")),
        sa.PrimaryKeyConstraint("school_id", "who", name=op.f("pk_sign_in_failure")),
    )
    op.create_table(
        "staff",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("telegram", sa.Text(), nullable=True),
        sa.Column("grp", sa.Text(), nullable=True),
        sa.Column("away", sa.Boolean(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_staff_school")),
        sa.PrimaryKeyConstraint("school_id", "staff_id", name=op.f("pk_staff")),
    )
    op.create_table(
        "task",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("task_key", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pupils", sa.JSON(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("half", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by", sa.Text(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'done')", name=op.f("ck_task_state")),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_task_school")),
        sa.PrimaryKeyConstraint("school_id", "task_key", name=op.f("pk_task")),
    )
    op.create_index(op.f("ix_task_school_id_state_due"), "task", ["school_id", "state", "due"])
    op.create_table(
        "timer",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_timer_school")),
        sa.PrimaryKeyConstraint("school_id", "kind", "key", name=op.f("pk_timer")),
    )
    op.create_index(op.f("ix_timer_due_at"), "timer", ["due_at"])
    op.create_index(op.f("ix_timer_school_id_due_at"), "timer", ["school_id", "due_at"])
    op.create_table(
        "absence",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("absence_id", sa.Text(), nullable=False),
        sa.Column("pupil_id", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("return_day", sa.Date(), nullable=True),
        sa.Column("half", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("arrives", sa.Time(), nullable=True),
        sa.Column("leaves", sa.Time(), nullable=True),
        sa.Column("contact_id", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("half IN ('day', 'am', 'pm')", name=op.f("ck_absence_half")),
        sa.CheckConstraint(
            "state IN ('recorded', 'confirmed', 'rejected', 'replaced', 'cancelled')", name=op.f("ck_absence_state")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["pupil.school_id", "pupil.pupil_id"], name=op.f("fk_absence_pupil")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_absence_school")),
        sa.PrimaryKeyConstraint("school_id", "absence_id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_school_id_first_day"), "absence", ["school_id", "first_day"])
    op.create_index(op.f("ix_absence_school_id_pupil_id_first_day"), "absence", ["school_id", "pupil_id", "first_day"])
    op.create_index(op.f("ix_absence_school_id_return_day"), "absence", ["school_id", "return_day"])
    op.create_table(
        "amendment",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("amendment_id", sa.BigInteger(), nullable=False),
        sa.Column("pupil_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.Text(), nullable=False),
        sa.Column("original", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("half IN ('am', 'pm')", name=op.f("ck_amendment_half")),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["pupil.school_id", "pupil.pupil_id"], name=op.f("fk_amendment_pupil")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_amendment_school")),
        sa.PrimaryKeyConstraint("school_id", "amendment_id", name=op.f("pk_amendment")),
    )
    op.create_index(op.f("ix_amendment_school_id_pupil_id_day"), "amendment", ["school_id", "pupil_id", "day"])
    op.create_table(
        "case_",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.Text(), nullable=False),
        sa.Column("pupil_id", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("half IN ('am', 'pm')", name=op.f("ck_case__half")),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["pupil.school_id", "pupil.pupil_id"], name=op.f("fk_case__pupil")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_case__school")),
        sa.PrimaryKeyConstraint("school_id", "day", "half", "pupil_id", name=op.f("pk_case_")),
    )
    op.create_index(op.f("ix_case__school_id_stage_day"), "case_", ["school_id", "stage", "day"])
    op.create_table(
        "entry",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.Text(), nullable=False),
        sa.Column("pupil_id", sa.Text(), nullable=False),
        sa.Column("mis", sa.Text(), nullable=True),
        sa.Column("mis_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ours", sa.Text(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("ours_by", sa.Text(), nullable=True),
        sa.Column("ours_position", sa.Text(), nullable=True),
        sa.Column("ours_reason", sa.Text(), nullable=True),
        sa.Column("ours_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("half IN ('am', 'pm')", name=op.f("ck_entry_half")),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["pupil.school_id", "pupil.pupil_id"], name=op.f("fk_entry_pupil")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_entry_school")),
        sa.PrimaryKeyConstraint("school_id", "day", "half", "pupil_id", name=op.f("pk_entry")),
    )
    op.create_index(op.f("ix_entry_school_id_pupil_id_day"), "entry", ["school_id", "pupil_id", "day"])
    op.create_index(
        "ix_entry_unexplained",
        "entry",
        ["school_id", "day"],
        sqlite_where=sa.text("coalesce(ours, mis, '') IN ('', '-', 'N')"),
        postgresql_where=sa.text("coalesce(ours, mis, '') IN ('', '-', 'N')"),
    )
    op.create_table(
        "journal_pupil",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("pupil_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "seq"], ["journal.school_id", "journal.seq"], name=op.f("fk_journal_pupil_journal")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_journal_pupil_school")),
        sa.PrimaryKeyConstraint("school_id", "pupil_id", "seq", name=op.f("pk_journal_pupil")),
    )
    op.create_table(
        "leave_request",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("leave_id", sa.Text(), nullable=False),
        sa.Column("pupil_id", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("return_day", sa.Date(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('requested', 'granted', 'refused', 'withdrawn')", name=op.f("ck_leave_request_state")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["pupil.school_id", "pupil.pupil_id"], name=op.f("fk_leave_request_pupil")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_leave_request_school")),
        sa.PrimaryKeyConstraint("school_id", "leave_id", name=op.f("pk_leave_request")),
    )
    op.create_index(
        op.f("ix_leave_request_school_id_pupil_id_asked_at"), "leave_request", ["school_id", "pupil_id", "asked_at"]
    )
    op.create_index(
        op.f("ix_leave_request_school_id_state_first_day"), "leave_request", ["school_id", "state", "first_day"]
    )
    op.create_table(
        "link",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("pupil_id", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("may_report", sa.Boolean(), nullable=False),
        sa.Column("barred", sa.Boolean(), nullable=False),
        sa.Column("parental_responsibility", sa.Boolean(), nullable=False),
        sa.Column("lives_with", sa.Boolean(), nullable=False),
        sa.Column("household", sa.Text(), nullable=True),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "contact_id"], ["contact.school_id", "contact.contact_id"], name=op.f("fk_link_contact")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["pupil.school_id", "pupil.pupil_id"], name=op.f("fk_link_pupil")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_link_school")),
        sa.PrimaryKeyConstraint("school_id", "pupil_id", "contact_id", name=op.f("pk_link")),
    )
    op.create_table(
        "link_overlay",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("pupil_id", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=False),
        sa.Column("barred", sa.Boolean(), nullable=True),
        sa.Column("may_report", sa.Boolean(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "contact_id"],
            ["contact.school_id", "contact.contact_id"],
            name=op.f("fk_link_overlay_contact"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["pupil.school_id", "pupil.pupil_id"], name=op.f("fk_link_overlay_pupil")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_link_overlay_school")),
        sa.PrimaryKeyConstraint("school_id", "pupil_id", "contact_id", name=op.f("pk_link_overlay")),
    )
    op.create_table(
        "outbox_pupil",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("pupil_id", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "message_id"], ["outbox.school_id", "outbox.message_id"], name=op.f("fk_outbox_pupil_outbox")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_outbox_pupil_school")),
        sa.PrimaryKeyConstraint("school_id", "pupil_id", "message_id", name=op.f("pk_outbox_pupil")),
    )
    op.create_table(
        "receipt",
        sa.Column("school_id", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("error_code", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "message_id"], ["outbox.school_id", "outbox.message_id"], name=op.f("fk_receipt_outbox")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"], name=op.f("fk_receipt_school")),
        sa.PrimaryKeyConstraint("school_id", "message_id", "status", "error_code", name=op.f("pk_receipt")),
    )
    for table in APPEND_ONLY:
        _make_append_only(table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")


def _make_append_only(table: str) -> None:
    """UPDATE and DELETE of a row fail, whoever tries: the record of a change is kept as it was made."""
    if op.get_bind().dialect.name == "sqlite":
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
