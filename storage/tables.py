"""Every table. `school_id` leads each primary, unique and foreign key, except where messages come in.

Inbox, thread, attachment and mailbox come before it is known which school a message is for.

One database serves a trust, and `school_id` is the distribution column when a city outgrows one server. The tables are
made by storage/migrations; a test holds these definitions and the migrations together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

import sqlalchemy as sa

from attendance.leave import LeaveState
from storage.columns import Instant, Json, Words

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

OUTBOX_STATES = ("queued", "sending", "accepted", "sent", "delivered", "undelivered", "failed", "unknown", "cancelled")


def _table(name: str, *items: sa.schema.SchemaItem) -> sa.Table:
    return sa.Table(name, metadata, *items)


def _of_school() -> sa.Column[str]:
    return sa.Column("school_id", sa.Text, sa.ForeignKey("school.school_id"), primary_key=True)


def _key(name: str, type_: Any = sa.Text) -> sa.Column[Any]:
    return sa.Column(name, type_, primary_key=True)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _maybe(name: str, type_: Any = sa.Text) -> sa.Column[Any]:
    return sa.Column(name, type_, nullable=True)


def _needs(name: str, type_: Any) -> sa.Column[Any]:
    return sa.Column(name, type_, nullable=False)


def _of_pupil() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["school_id", "pupil_id"], ["pupil.school_id", "pupil.pupil_id"])


def _one_of(column: str, words: Sequence[str]) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN ({', '.join(repr(word) for word in words)})", name=column)


# -- schools ---------------------------------------------------------------------------------------------------------

school = _table(
    "school",
    _key("school_id"),
    _text("name"),
    _text("policy_key"),
    _needs("policy_override", Json),
    _maybe("calendar", Json),
    _needs("people_version", sa.BigInteger),
    _needs("journal_seq", sa.BigInteger),
    _needs("amendment_seq", sa.BigInteger),
    _needs("audit_seq", sa.BigInteger),
    sa.Column("decided", sa.BigInteger, nullable=False, server_default="0"),
)

sender = _table(
    "sender",
    _of_school(),
    _key("channel"),
    _key("address"),
    _needs("current", sa.Boolean),
    sa.Index(None, "channel", "address"),
)

# -- people ----------------------------------------------------------------------------------------------------------

pupil = _table(
    "pupil",
    _of_school(),
    _key("pupil_id"),
    _text("given"),
    _text("family"),
    _needs("year", sa.Integer),
    _text("grp"),
    _needs("known_as", Json),
    _needs("tags", Json),
    _maybe("named_person"),
    _needs("on_roll", sa.Boolean),
    _maybe("house"),
)

contact = _table(
    "contact",
    _of_school(),
    _key("contact_id"),
    _text("name"),
    _maybe("phone"),
    _maybe("email"),
    _maybe("telegram"),
    _needs("whatsapp", sa.Boolean),
    _maybe("landline"),
    _text("language"),
    _needs("listed", sa.Boolean),
    sa.Index(None, "phone"),
    sa.Index(None, "telegram"),
)

link = _table(
    "link",
    _of_school(),
    _key("pupil_id"),
    _key("contact_id"),
    _needs("place", sa.Integer),
    _needs("priority", sa.Integer),
    _text("relation"),
    _needs("may_report", sa.Boolean),
    _needs("barred", sa.Boolean),
    _needs("parental_responsibility", sa.Boolean),
    _needs("lives_with", sa.Boolean),
    _maybe("household"),
    _needs("emergency", sa.Boolean),
    _of_pupil(),
    sa.ForeignKeyConstraint(["school_id", "contact_id"], ["contact.school_id", "contact.contact_id"]),
)

link_overlay = _table(
    "link_overlay",
    _of_school(),
    _key("pupil_id"),
    _key("contact_id"),
    _maybe("barred", sa.Boolean),
    _maybe("may_report", sa.Boolean),
    _needs("note", Words),
    _text("set_by"),
    _needs("set_at", Instant),
    _maybe("asked_first", sa.Boolean),
    _maybe("set_aside", sa.Boolean),
    _of_pupil(),
    sa.ForeignKeyConstraint(["school_id", "contact_id"], ["contact.school_id", "contact.contact_id"]),
)

contact_overlay = _table(
    "contact_overlay",
    _of_school(),
    _key("contact_id"),
    _maybe("language"),
    _text("set_by"),
    _needs("set_at", Instant),
    sa.ForeignKeyConstraint(["school_id", "contact_id"], ["contact.school_id", "contact.contact_id"]),
)

staff = _table(
    "staff",
    _of_school(),
    _key("staff_id"),
    _needs("place", sa.Integer),
    _text("name"),
    _text("position"),
    _needs("roles", Json),
    _maybe("phone"),
    _maybe("email"),
    _maybe("telegram"),
    _maybe("grp"),
    _needs("away", sa.Boolean),
    _needs("listed", sa.Boolean),
    _maybe("house"),
    _maybe("years", Json),
)

address_state = _table(
    "address_state",
    _of_school(),
    _key("channel"),
    _key("address"),
    _text("state"),
    _needs("why", Words),
    _needs("at", Instant),
    _one_of("state", ("live", "stopped", "bad")),
)

# -- the register ----------------------------------------------------------------------------------------------------

UNEXPLAINED = "coalesce(ours, mis, '') IN ('', '-', 'N')"
"""Every entry that may be unexplained, kept few by a partial index; the query spells it alike."""

entry = _table(
    "entry",
    _of_school(),
    _key("day", sa.Date),
    _key("half"),
    _key("pupil_id"),
    _maybe("mis"),
    _maybe("mis_at", Instant),
    _maybe("ours"),
    _needs("provisional", sa.Boolean),
    _maybe("ours_by"),
    _maybe("ours_position"),
    _maybe("ours_reason", Words),
    _maybe("ours_at", Instant),
    _of_pupil(),
    _one_of("half", ("am", "pm")),
    sa.Index(None, "school_id", "pupil_id", "day"),
    sa.Index(
        "ix_entry_unexplained",
        "school_id",
        "day",
        sqlite_where=sa.text(UNEXPLAINED),
        postgresql_where=sa.text(UNEXPLAINED),
    ),
)

amendment = _table(
    "amendment",
    _of_school(),
    _key("amendment_id", sa.BigInteger),
    _text("pupil_id"),
    _needs("day", sa.Date),
    _text("half"),
    _maybe("original"),
    _text("code"),
    _needs("provisional", sa.Boolean),
    _text("by_name"),
    _text("position"),
    _needs("reason", Words),
    _needs("at", Instant),
    _of_pupil(),
    _one_of("half", ("am", "pm")),
    sa.Index(None, "school_id", "pupil_id", "day"),
)

class_register = _table(
    "class_register",
    _of_school(),
    _key("day", sa.Date),
    _key("half"),
    _key("grp"),
    _needs("taken_at", Instant),
    _one_of("half", ("am", "pm")),
)

history = _table(
    "history",
    _of_school(),
    _key("pupil_id"),
    _key("first_day", sa.Date),
    _needs("last_day", sa.Date),
    _needs("attended", sa.Integer),
    _needs("absent", Json),
    _of_pupil(),
)

# -- what parents told, and leave ------------------------------------------------------------------------------------

absence = _table(
    "absence",
    _of_school(),
    _key("absence_id"),
    _text("pupil_id"),
    _needs("first_day", sa.Date),
    _maybe("return_day", sa.Date),
    _text("half"),
    _text("code"),
    _maybe("arrives", sa.Time),
    _maybe("leaves", sa.Time),
    _maybe("contact_id"),
    _maybe("message_id"),
    _text("state"),
    _needs("recorded_at", Instant),
    _maybe("is_with_them", sa.Boolean),
    _of_pupil(),
    _one_of("half", ("day", "am", "pm")),
    _one_of("state", ("recorded", "confirmed", "rejected", "replaced", "cancelled")),
    sa.Index(None, "school_id", "pupil_id", "first_day"),
    sa.Index(None, "school_id", "first_day"),
    sa.Index(None, "school_id", "return_day"),
)

leave_request = _table(
    "leave_request",
    _of_school(),
    _key("leave_id"),
    _text("pupil_id"),
    _needs("first_day", sa.Date),
    _maybe("return_day", sa.Date),
    _text("code"),
    _maybe("contact_id"),
    _maybe("message_id"),
    _text("state"),
    _needs("flags", Json),
    _maybe("notice_days", sa.Integer),
    _maybe("decided_by"),
    _maybe("decided_at", Instant),
    _maybe("reason", Words),
    _needs("asked_at", Instant),
    _needs("version", sa.Integer),
    sa.Column("together", sa.Text, nullable=False, server_default=""),
    _maybe("decide_by", sa.Date),
    _maybe("until_day", sa.Date),
    _maybe("more", Json),
    _of_pupil(),
    _one_of("state", get_args(LeaveState)),
    sa.Index(None, "school_id", "pupil_id", "asked_at"),
    sa.Index(None, "school_id", "state", "first_day"),
)

leave_letter = _table(
    "leave_letter",
    _of_school(),
    _key("letter_id"),
    _text("leave_id"),
    _text("pupil_id"),
    _maybe("contact_id"),
    _text("kind"),
    _text("state"),
    _needs("data", Json),
    _maybe("pdf", sa.LargeBinary),
    _maybe("way"),
    _maybe("released_by"),
    _maybe("released_at", Instant),
    _needs("created_at", Instant),
    _needs("version", sa.Integer),
    _of_pupil(),
    _one_of("kind", ("granted", "refused")),
    _one_of("state", ("draft", "released", "withdrawn")),
    sa.Index(None, "school_id", "state", "created_at"),
    sa.Index(None, "school_id", "leave_id"),
)

# -- decisions under way ---------------------------------------------------------------------------------------------

case_ = _table(
    "case_",
    _of_school(),
    _key("day", sa.Date),
    _key("half"),
    _key("pupil_id"),
    _text("stage"),
    _needs("state", Json),
    _needs("version", sa.Integer),
    _of_pupil(),
    _one_of("half", ("am", "pm")),
    sa.Index(None, "school_id", "stage", "day"),
)

alert = _table(
    "alert",
    _of_school(),
    _key("alert_key"),
    _text("reason"),
    _needs("live", sa.Boolean),
    _needs("opened_at", Instant),
    _needs("state", Json),
    _needs("version", sa.Integer),
    sa.Index(None, "school_id", "live"),
)

task = _table(
    "task",
    _of_school(),
    _key("task_key"),
    _text("what"),
    _text("role"),
    _needs("due", Instant),
    _needs("pupils", Json),
    _maybe("day", sa.Date),
    _maybe("half"),
    _needs("note", Words),
    _text("state"),
    _needs("opened_at", Instant),
    _maybe("done_by"),
    _maybe("done_at", Instant),
    _maybe("outcome", Words),
    _one_of("state", ("open", "done")),
    sa.Index(None, "school_id", "state", "due"),
)

timer = _table(
    "timer",
    _of_school(),
    _key("kind"),
    _key("key"),
    _needs("due_at", Instant),
    _needs("data", Json),
    sa.Index(None, "school_id", "due_at"),
    sa.Index(None, "due_at"),
)

# -- words in and out ------------------------------------------------------------------------------------------------

inbox = _table(
    "inbox",
    _key("channel"),
    _key("provider_id"),
    sa.Column("inbox_id", sa.Text, nullable=False, unique=True),
    _text("our_address"),
    _text("their_address"),
    _needs("text", Words),
    _needs("raw", Json),
    _needs("received_at", Instant),
    _text("state"),
    _maybe("school_id"),
    _maybe("contact_id"),
    _maybe("understood", Json),
    _maybe("handled_at", Instant),
    _one_of("state", ("new", "done")),
    sa.Index(None, "state", "received_at"),
    sa.Index(None, "our_address", "channel", "their_address", "received_at"),
    sa.Index(None, "received_at"),
)

attachment = _table(
    "attachment",
    sa.Column("inbox_id", sa.Text, sa.ForeignKey("inbox.inbox_id"), primary_key=True),
    _key("number", sa.Integer),
    _needs("name", Words),
    _text("media_type"),
    _needs("size", sa.Integer),
    _needs("data", sa.LargeBinary),
)

mailbox = _table(
    "mailbox",
    _key("mailbox"),
    _needs("uidvalidity", sa.BigInteger),
    _needs("uid", sa.BigInteger),
)

thread = _table(
    "thread",
    _key("our_address"),
    _key("channel"),
    _key("their_address"),
    _needs("state", Json),
    _maybe("owner"),
    _needs("version", sa.Integer),
)

outbox = _table(
    "outbox",
    _of_school(),
    _key("message_id"),
    _text("key"),
    _text("channel"),
    _text("address"),
    _maybe("contact_id"),
    _maybe("staff_id"),
    _text("template"),
    _needs("text", Words),
    _maybe("subject", Words),
    _needs("segments", sa.Integer),
    _needs("pupils", Json),
    _needs("about", Json),
    _text("state"),
    _maybe("not_before", Instant),
    _maybe("not_after", Instant),
    _needs("try_at", Instant),
    _needs("attempts", sa.Integer),
    _maybe("lease_ends", Instant),
    _maybe("provider_id"),
    _maybe("error_code"),
    _needs("created_at", Instant),
    _maybe("left_at", Instant),
    sa.UniqueConstraint("school_id", "key"),
    _one_of("state", OUTBOX_STATES),
    sa.Index(None, "school_id", "state", "try_at"),
    sa.Index(None, "school_id", "contact_id", "created_at"),
    sa.Index(None, "state", "try_at"),
    sa.Index(None, "school_id", "address", "channel"),
    sa.Index(None, "channel", "provider_id"),
    sa.Index(None, "message_id"),
)

outbox_pupil = _table(
    "outbox_pupil",
    _of_school(),
    _key("pupil_id"),
    _key("message_id"),
    sa.ForeignKeyConstraint(["school_id", "message_id"], ["outbox.school_id", "outbox.message_id"]),
)

receipt = _table(
    "receipt",
    _of_school(),
    _key("message_id"),
    _key("status"),
    _key("error_code"),
    _needs("at", Instant),
    sa.ForeignKeyConstraint(["school_id", "message_id"], ["outbox.school_id", "outbox.message_id"]),
)

# -- what happened, and who may come in ------------------------------------------------------------------------------

journal = _table(
    "journal",
    _of_school(),
    _key("seq", sa.BigInteger),
    _needs("at", Instant),
    _text("kind"),
    _needs("data", Json),
    sa.Index(None, "school_id", "at"),
)

journal_pupil = _table(
    "journal_pupil",
    _of_school(),
    _key("pupil_id"),
    _key("seq", sa.BigInteger),
    sa.ForeignKeyConstraint(["school_id", "seq"], ["journal.school_id", "journal.seq"]),
    sa.Index(None, "school_id", "seq", "pupil_id"),
)

account = _table(
    "account",
    _of_school(),
    _key("username"),
    _maybe("staff_id"),
    _text("password_hash"),
    _needs("created_at", Instant),
    _needs("disabled", sa.Boolean),
    _maybe("email"),
    _maybe("signed_out_at", Instant),
    sa.Index(None, "school_id", "email", unique=True),
)

second_factor = _table(
    "second_factor",
    _of_school(),
    _key("username"),
    _text("secret"),
    _needs("last_step", sa.BigInteger),
    _needs("created_at", Instant),
    _maybe("confirmed_at", Instant),
    sa.ForeignKeyConstraint(["school_id", "username"], ["account.school_id", "account.username"]),
)

recovery_code = _table(
    "recovery_code",
    _of_school(),
    _key("username"),
    _key("print"),
    sa.ForeignKeyConstraint(["school_id", "username"], ["account.school_id", "account.username"]),
)

identity = _table(
    "identity",
    _of_school(),
    _key("issuer"),
    _key("subject"),
    _text("username"),
    _needs("linked_at", Instant),
    sa.ForeignKeyConstraint(["school_id", "username"], ["account.school_id", "account.username"]),
    sa.Index(None, "school_id", "username", unique=True),
)

sign_in_flow = _table(
    "sign_in_flow",
    _of_school(),
    _key("state"),
    _text("provider"),
    _text("nonce"),
    _text("verifier"),
    _text("browser"),
    _text("wanted"),
    _needs("expires_at", Instant),
)

sign_in_failure = _table(
    "sign_in_failure",
    _of_school(),
    _key("who"),
    _needs("count", sa.Integer),
    _needs("first_at", Instant),
    _needs("last_at", Instant),
)

audit = _table(
    "audit",
    _of_school(),
    _key("seq", sa.BigInteger),
    _needs("at", Instant),
    _maybe("staff_id"),
    _text("action"),
    _needs("subject", Words),
    _needs("detail", Json),
    sa.Index(None, "school_id", "at"),
)

purge_pass = _table("purge_pass", _of_school(), _needs("before", Instant))
"""While a school's purge is under way, and only inside its transaction: what is older may be deleted."""

APPEND_ONLY = ("amendment", "receipt", "audit")
"""Tables that refuse UPDATE, and DELETE without a `purge_pass`, by trigger on both databases (promise 6)."""
