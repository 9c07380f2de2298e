"""Words that must leave: written with the decision under a key that says what they are for, leased by one relay.

States only move forward (`MOVES`). What a provider may or may not have is `unknown`, and looked up before a second try.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import Instant
from storage.statements import insert_new
from storage.tables import outbox, outbox_pupil, receipt

OutboxState = Literal[
    "queued", "sending", "accepted", "sent", "delivered", "undelivered", "failed", "unknown", "cancelled"
]

MOVES: Mapping[str, frozenset[str]] = {
    "queued": frozenset({"queued", "sending", "unknown"}),
    "unknown": frozenset({"sending", "unknown"}),
    "cancelled": frozenset({"queued", "unknown"}),
    "accepted": frozenset({"queued", "sending", "unknown", "cancelled"}),
    "sent": frozenset({"queued", "sending", "unknown", "cancelled", "accepted"}),
    "failed": frozenset({"queued", "sending", "unknown", "accepted", "sent"}),
    "undelivered": frozenset({"queued", "sending", "unknown", "cancelled", "accepted", "sent"}),
    "delivered": frozenset({"queued", "sending", "unknown", "cancelled", "accepted", "sent", "undelivered", "failed"}),
}
"""New state -> the states it may follow; `sending` only follows by `claim_due`.

`queued` and `cancelled` may become `accepted` and more: a receipt can tell that an earlier try did leave after all, and
then it is not sent again. `delivered` is the strongest word there is, whatever we had given up on.
"""

Receipted = tuple[str, str, str | None]
"""Our id of a message, what a receipt says of it, and the provider's error code."""

TOO_LATE = "too_late"
"""Error code of words that were cancelled because nobody should read them any more."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One message that leaves. It is tried from `try_at`, never before `not_before`, and not from `not_after` on.

    `about` is for whoever wrote it (case, round, alert …). `left_at` is when the provider first took it.
    """

    message_id: str
    key: str
    channel: str
    address: str
    template: str
    text: str
    created_at: datetime
    try_at: datetime
    contact_id: str | None = None
    staff_id: str | None = None
    subject: str | None = None
    segments: int = 1
    pupils: tuple[str, ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)
    state: OutboxState = "queued"
    not_before: datetime | None = None
    not_after: datetime | None = None
    attempts: int = 0
    lease_ends: datetime | None = None
    provider_id: str | None = None
    error_code: str | None = None
    left_at: datetime | None = None
    school_id: str = ""
    """Set when it is stored."""


_names = tuple(column.name for column in outbox.c)
_of_school = outbox.c.school_id == sa.bindparam("school")
_now = sa.bindparam("moment", type_=Instant)
_newest_first = (outbox.c.created_at.desc(), outbox.c.message_id.desc())
_add = insert_new(outbox).returning(outbox.c.message_id)
_add_pupils = sa.insert(outbox_pupil)
_due = (
    sa.select(outbox.c.message_id)
    .where(
        _of_school,
        outbox.c.state == "queued",
        outbox.c.try_at <= _now,
        sa.or_(outbox.c.not_after.is_(None), outbox.c.not_after > _now),
    )
    .order_by(outbox.c.try_at, outbox.c.created_at, outbox.c.message_id)
    .limit(sa.bindparam("at_most"))
    .with_for_update(skip_locked=True)
    .cte("due")  # a CTE: PostgreSQL may run a locking sub-select with LIMIT more than once
)
_claim = (
    sa.update(outbox)
    .where(_of_school, outbox.c.message_id.in_(sa.select(_due.c.message_id)))
    .values(state="sending", lease_ends=sa.bindparam("lease_until"), attempts=outbox.c.attempts + 1)
    .returning(*outbox.c)
)
_expire = (
    sa.update(outbox)
    .where(_of_school, outbox.c.state == "queued", outbox.c.not_after <= _now)
    .values(state="cancelled", error_code=TOO_LATE)
    .returning(*outbox.c)
)
_leases_over = (
    sa.update(outbox)
    .where(_of_school, outbox.c.state == "sending", outbox.c.lease_ends <= _now)
    .values(state="unknown", lease_ends=None, try_at=_now)
    .returning(*outbox.c)
)
_unknown = (
    sa.select(outbox)
    .where(_of_school, outbox.c.state == "unknown", outbox.c.try_at <= _now)
    .order_by(outbox.c.try_at, outbox.c.message_id)
)
_record = (
    sa.update(outbox)
    .where(
        _of_school,
        outbox.c.message_id == sa.bindparam("of_message"),
        outbox.c.state.in_(sa.bindparam("may_follow", expanding=True)),
    )
    .values(
        state=sa.bindparam("new_state"),
        lease_ends=None,
        provider_id=sa.func.coalesce(sa.bindparam("new_provider_id", type_=sa.Text), outbox.c.provider_id),
        error_code=sa.func.coalesce(sa.bindparam("new_error_code", type_=sa.Text), outbox.c.error_code),
        try_at=sa.func.coalesce(sa.bindparam("new_try_at", type_=Instant), outbox.c.try_at),
        left_at=sa.func.coalesce(outbox.c.left_at, sa.bindparam("new_left_at", type_=Instant)),
    )
    .returning(*outbox.c)
)
_move = (
    sa.update(outbox)
    .where(
        _of_school,
        outbox.c.message_id.in_(sa.bindparam("ids", expanding=True)),
        outbox.c.state.in_(sa.bindparam("may_follow", expanding=True)),
    )
    .values(state=sa.bindparam("new_state"), lease_ends=None)
    .returning(outbox.c.message_id)
)
_accept = (
    sa.update(outbox)
    .where(
        _of_school,
        outbox.c.message_id.in_(sa.bindparam("ids", expanding=True)),
        outbox.c.state.in_(MOVES["accepted"]),
    )
    .values(state="accepted", lease_ends=None, left_at=sa.func.coalesce(outbox.c.left_at, _now))
    .returning(outbox.c.message_id)
)
_provider_id = (
    sa.update(outbox)
    .where(_of_school, outbox.c.message_id == sa.bindparam("of_message"))
    .values(provider_id=sa.bindparam("of_provider"))
)
_put_back = (
    sa.update(outbox)
    .where(_of_school, outbox.c.message_id == sa.bindparam("of_message"), outbox.c.state == "sending")
    .values(
        state="queued",
        lease_ends=None,
        attempts=outbox.c.attempts - 1,
        try_at=sa.bindparam("new_try_at", type_=Instant),
    )
)
_by_id = sa.select(outbox).where(_of_school, outbox.c.message_id == sa.bindparam("of_message"))
_of_ids = sa.select(outbox).where(outbox.c.message_id.in_(sa.bindparam("ids", expanding=True)))
_find = sa.select(outbox).where(outbox.c.message_id == sa.bindparam("of_message")).limit(1)
_by_key = sa.select(outbox).where(_of_school, outbox.c.key == sa.bindparam("of_key"))
_by_provider_id = (
    sa.select(outbox)
    .where(outbox.c.channel == sa.bindparam("on_channel"), outbox.c.provider_id == sa.bindparam("of_provider"))
    .order_by(*_newest_first)
    .limit(1)
)
_cancel = sa.update(outbox).where(_of_school, outbox.c.state == "queued").values(state="cancelled")
_prefix = sa.bindparam("prefix", type_=sa.Text)
_cancel_prefix = _cancel.where(sa.func.substr(outbox.c.key, 1, sa.func.length(_prefix)) == _prefix).returning(*outbox.c)
_cancel_ids = _cancel.where(outbox.c.message_id.in_(sa.bindparam("ids", expanding=True))).returning(*outbox.c)
_revive = (
    sa.update(outbox)
    .where(
        _of_school,
        outbox.c.key == sa.bindparam("of_key"),
        outbox.c.state == "cancelled",
        outbox.c.left_at.is_(None),
    )
    .values(
        state="queued",
        try_at=sa.bindparam("new_try_at", type_=Instant),
        not_after=sa.bindparam("new_not_after", type_=Instant),
    )
)
_with_key = (
    sa.select(outbox)
    .where(_of_school, sa.func.substr(outbox.c.key, 1, sa.func.length(_prefix)) == _prefix)
    .order_by(outbox.c.created_at, outbox.c.message_id)
)
_queued_with_key = _with_key.where(outbox.c.state == "queued")
_of_pupil = (
    sa.select(outbox)
    .join(
        outbox_pupil,
        sa.and_(outbox_pupil.c.school_id == outbox.c.school_id, outbox_pupil.c.message_id == outbox.c.message_id),
    )
    .where(outbox_pupil.c.school_id == sa.bindparam("school"), outbox_pupil.c.pupil_id == sa.bindparam("of_pupil"))
    .order_by(outbox.c.created_at, outbox.c.message_id)
)
_queued_of_pupil = _of_pupil.where(sa.func.coalesce(outbox.c.state, "") == "queued")
"""Spelt so that no index of states is used: SQLite would go through all that is queued, and not through the pupil's."""
_of_pupils = (
    sa.select(outbox, outbox_pupil.c.pupil_id)
    .join(
        outbox_pupil,
        sa.and_(outbox_pupil.c.school_id == outbox.c.school_id, outbox_pupil.c.message_id == outbox.c.message_id),
    )
    .where(
        outbox_pupil.c.school_id == sa.bindparam("school"),
        outbox_pupil.c.pupil_id.in_(sa.bindparam("of_pupils", expanding=True)),
    )
    .order_by(outbox.c.created_at, outbox.c.message_id)
)
_newest_to = (
    sa.select(outbox)
    .where(_of_school, outbox.c.contact_id == sa.bindparam("of_contact"))
    .order_by(*_newest_first)
    .limit(1)
)
_without_end = (
    sa.select(outbox)
    .where(
        outbox.c.state.in_(("accepted", "sent")),
        outbox.c.try_at > sa.bindparam("long_ago", type_=Instant),  # as the index goes on: old ones are never looked at
        outbox.c.channel == sa.bindparam("on_channel"),
        outbox.c.provider_id.is_not(None),
        outbox.c.left_at > sa.bindparam("left_after", type_=Instant),
        outbox.c.left_at <= sa.bindparam("left_before", type_=Instant),
    )
    .order_by(outbox.c.left_at, outbox.c.message_id)
    .limit(sa.bindparam("at_most"))
)
_to_staff = (
    sa.select(outbox)
    .where(
        _of_school,
        outbox.c.contact_id.is_(None),  # as the index begins
        outbox.c.created_at > sa.bindparam("since", type_=Instant),
        outbox.c.staff_id.in_(sa.bindparam("of_staff", expanding=True)),
    )
    .order_by(*_newest_first)
    .limit(sa.bindparam("at_most"))
)
_newest_to_staff = (
    sa.select(outbox.c.about)
    .where(_of_school, outbox.c.contact_id.is_(None), outbox.c.staff_id.is_not(None))
    .order_by(*_newest_first)
    .limit(sa.bindparam("at_most"))
)
_said_since = (
    sa.select(sa.literal(1))
    .where(
        _of_school,
        outbox.c.channel == sa.bindparam("by_channel"),
        outbox.c.address == sa.bindparam("to_address"),
        sa.or_(outbox.c.text == sa.bindparam("same_text"), outbox.c.template == sa.bindparam("same_template")),
        sa.or_(outbox.c.left_at.is_(None), outbox.c.left_at > sa.bindparam("since", type_=Instant)),
        outbox.c.state.not_in(("cancelled", "failed")),
    )
    .limit(1)
)
_out_of_date = sa.and_(outbox.c.state == "queued", outbox.c.not_after <= _now)
_work = sa.case(
    (outbox.c.state == "unknown", "look_up"),
    (outbox.c.state == "sending", "tidy"),
    (_out_of_date, "tidy"),
    else_="send",
)
_schools_with_due = (
    sa.select(outbox.c.school_id, _work)
    .where(
        sa.or_(
            sa.and_(outbox.c.state.in_(("queued", "unknown")), outbox.c.try_at <= _now),
            _out_of_date,
            sa.and_(outbox.c.state == "sending", outbox.c.lease_ends <= _now),
        )
    )
    .distinct()
    .order_by(outbox.c.school_id)
)
_keep_receipts = insert_new(receipt)
_add_receipt = _keep_receipts.returning(receipt.c.status)
_receipts = (
    sa.select(receipt.c.status, receipt.c.error_code, receipt.c.at)
    .where(receipt.c.school_id == sa.bindparam("school"), receipt.c.message_id == sa.bindparam("of_message"))
    .order_by(receipt.c.at, receipt.c.status)
)


async def add(db: AsyncConnection, school_id: str, rows: Iterable[OutboxRow]) -> list[OutboxRow]:
    """Queue words; answers those that are new. A key used before changes nothing: deciding twice sends once."""
    new = {
        row.message_id: replace(row, school_id=school_id, try_at=max(row.try_at, row.not_before or row.try_at))
        for row in rows
    }
    if not new:
        return []
    added = set((await db.execute(_add, [_values(row) for row in new.values()])).scalars())
    stored = [row for message_id, row in new.items() if message_id in added]
    pupils = [
        {"school_id": school_id, "pupil_id": pupil, "message_id": row.message_id}
        for row in stored
        for pupil in dict.fromkeys(row.pupils)
    ]
    if pupils:
        await db.execute(_add_pupils, pupils)
    return stored


async def claim_due(
    db: AsyncConnection, school_id: str, now: datetime, lease: timedelta, limit: int = 50
) -> list[OutboxRow]:
    """Take up to `limit` due messages of one school; each is ours for `lease`, then `leases_over` calls it unknown."""
    of = {"school": school_id, "moment": now, "lease_until": now + lease, "at_most": limit}
    claimed = await _rows(db, _claim, of)
    return sorted(claimed, key=lambda row: (row.try_at, row.created_at, row.message_id))


async def expire(db: AsyncConnection, school_id: str, now: datetime) -> list[OutboxRow]:
    """Cancel what is queued and out of date, with the error code `TOO_LATE`; answers it."""
    return await _rows(db, _expire, {"school": school_id, "moment": now})


async def leases_over(db: AsyncConnection, school_id: str, now: datetime) -> list[OutboxRow]:
    """Messages whose relay fell silent: the provider may have them. They are unknown now, to be looked up at once."""
    return await _rows(db, _leases_over, {"school": school_id, "moment": now})


async def unknown(db: AsyncConnection, school_id: str, now: datetime) -> list[OutboxRow]:
    """Messages to look up at the provider by now, the longest waiting first."""
    return await _rows(db, _unknown, {"school": school_id, "moment": now})


async def record(
    db: AsyncConnection,
    school_id: str,
    message_id: str,
    state: OutboxState,
    *,
    provider_id: str | None = None,
    error_code: str | None = None,
    try_at: datetime | None = None,
    left_at: datetime | None = None,
) -> OutboxRow | None:
    """Move one message on and answer it; None when there is none, or it is there or further already.

    A value that is None stays as it was; the first `left_at` stays for ever.
    """
    may_follow = MOVES.get(state)
    if may_follow is None:
        return None
    of = {
        "school": school_id,
        "of_message": message_id,
        "may_follow": sorted(may_follow),
        "new_state": state,
        "new_provider_id": provider_id,
        "new_error_code": error_code,
        "new_try_at": try_at,
        "new_left_at": left_at,
    }
    return await _one(db, _record, of)


async def move(db: AsyncConnection, school_id: str, message_ids: Iterable[str], state: OutboxState) -> set[str]:
    """Move many messages on to one state; answers those that were not there or further already."""
    of = {"school": school_id, "ids": list(message_ids), "new_state": state, "may_follow": sorted(MOVES[state])}
    return set((await db.execute(_move, of)).scalars())


async def accept(db: AsyncConnection, school_id: str, taken: Mapping[str, str], now: datetime) -> set[str]:
    """Record that a provider took many messages: `taken` has its id for each of ours. Answers what this moved."""
    if not taken:
        return set()
    if len(taken) == 1:
        [(one, provider_id)] = taken.items()
        row = await record(db, school_id, one, "accepted", provider_id=provider_id, left_at=now)
        return set() if row is None else {one}
    of = {"school": school_id, "ids": list(taken), "moment": now}
    moved = set((await db.execute(_accept, of)).scalars())
    if moved:
        rows = [{"school": school_id, "of_message": one, "of_provider": taken[one]} for one in sorted(moved)]
        await db.execute(_provider_id, rows)
    return moved


async def put_back(db: AsyncConnection, school_id: str, message_id: str, try_at: datetime) -> bool:
    """Queue claimed words that were not tried after all: no attempt counts. False when they are not ours any more."""
    of = {"school": school_id, "of_message": message_id, "new_try_at": try_at}
    return (await db.execute(_put_back, of)).rowcount == 1


async def by_id(db: AsyncConnection, school_id: str, message_id: str) -> OutboxRow | None:
    """One message of one school, or None."""
    return await _one(db, _by_id, {"school": school_id, "of_message": message_id})


async def find(db: AsyncConnection, message_id: str) -> OutboxRow | None:
    """One message of whichever school: a provider's receipt names our id and no school."""
    return await _one(db, _find, {"of_message": message_id})


async def of_ids(db: AsyncConnection, message_ids: Iterable[str]) -> dict[str, OutboxRow]:
    """Messages of whichever school, by our id; those that there are."""
    ids = list(dict.fromkeys(message_ids))
    return {row.message_id: row for row in await _rows(db, _of_ids, {"ids": ids})} if ids else {}


async def by_key(db: AsyncConnection, school_id: str, key: str) -> OutboxRow | None:
    """The message that was written for this purpose, or None."""
    return await _one(db, _by_key, {"school": school_id, "of_key": key})


async def revive(db: AsyncConnection, school_id: str, row: OutboxRow) -> bool:
    """Queue again what was cancelled before it left, under the key of `row` and with its times. False: nothing was."""
    of = {"school": school_id, "of_key": row.key, "new_try_at": row.try_at, "new_not_after": row.not_after}
    return (await db.execute(_revive, of)).rowcount == 1


async def with_key(db: AsyncConnection, school_id: str, prefix: str) -> list[OutboxRow]:
    """Everything whose key begins with `prefix`, in any state, in order."""
    return await _rows(db, _with_key, {"school": school_id, "prefix": prefix})


async def queued_with_key(db: AsyncConnection, school_id: str, prefix: str) -> list[OutboxRow]:
    """What still waits to leave, of those whose key begins with `prefix`."""
    return await _rows(db, _queued_with_key, {"school": school_id, "prefix": prefix})


async def by_provider_id(db: AsyncConnection, channel: str, provider_id: str) -> OutboxRow | None:
    """The message, of whichever school, that this provider knows by this id, or None."""
    return await _one(db, _by_provider_id, {"on_channel": channel, "of_provider": provider_id})


async def cancel(
    db: AsyncConnection, school_id: str, keys_prefix: str | None = None, message_ids: Iterable[str] = ()
) -> list[OutboxRow]:
    """Cancel what is still queued, by the beginning of its key or by id; answers it. What a relay holds goes out."""
    cancelled: list[OutboxRow] = []
    if keys_prefix:
        cancelled += await _rows(db, _cancel_prefix, {"school": school_id, "prefix": keys_prefix})
    if ids := list(message_ids):
        cancelled += await _rows(db, _cancel_ids, {"school": school_id, "ids": ids})
    return cancelled


async def of_pupil(db: AsyncConnection, school_id: str, pupil: str) -> list[OutboxRow]:
    """Everything ever written about one pupil, in order."""
    return await _rows(db, _of_pupil, {"school": school_id, "of_pupil": pupil})


async def queued_of_pupil(db: AsyncConnection, school_id: str, pupil: str) -> list[OutboxRow]:
    """Messages about one pupil that have not begun to leave, the oldest first."""
    return await _rows(db, _queued_of_pupil, {"school": school_id, "of_pupil": pupil})


async def of_pupils(db: AsyncConnection, school_id: str, pupils: Iterable[str]) -> dict[str, list[OutboxRow]]:
    """The same for many at once, by pupil; each of them is a key."""
    found: dict[str, list[OutboxRow]] = {pupil: [] for pupil in pupils}
    rows = (await db.execute(_of_pupils, {"school": school_id, "of_pupils": list(found)})).mappings()
    for row in rows if found else ():
        values = dict(row)
        found[values.pop("pupil_id")].append(_row(values))
    return found


async def newest_to(db: AsyncConnection, school_id: str, contact: str) -> OutboxRow | None:
    """What this contact was written last, in any state, or None."""
    return await _one(db, _newest_to, {"school": school_id, "of_contact": contact})


async def without_end(
    db: AsyncConnection, channel: str, after: datetime, before: datetime, limit: int = 2000
) -> list[OutboxRow]:
    """What left between these instants, of every school, and is neither delivered nor failed; the oldest first."""
    of = {"on_channel": channel, "left_after": after, "left_before": before, "at_most": limit}
    return await _rows(db, _without_end, {**of, "long_ago": after - timedelta(days=1)})


async def to_staff(
    db: AsyncConnection, school_id: str, staff: Iterable[str], since: datetime, limit: int = 500
) -> list[OutboxRow]:
    """What these members of staff were written after `since`, on every channel, the newest first."""
    of = {"school": school_id, "of_staff": list(staff), "since": since, "at_most": limit}
    return await _rows(db, _to_staff, of)


async def about_of_newest_to_staff(db: AsyncConnection, school_id: str, limit: int = 100) -> list[Mapping[str, Any]]:
    """What the last messages to anybody of the staff were about, the newest first."""
    return list((await db.execute(_newest_to_staff, {"school": school_id, "at_most": limit})).scalars())


async def said_since(
    db: AsyncConnection,
    school_id: str,
    channel: str,
    address: str,
    text: str,
    since: datetime,
    template: str | None = None,
) -> bool:
    """True when exactly these words (or others of this template) were said at this address after `since`, or are about
    to be.
    """
    of = {"school": school_id, "by_channel": channel, "to_address": address, "since": since}
    of |= {"same_text": text, "same_template": template}
    return (await db.execute(_said_since, of)).first() is not None


async def schools_with_due(db: AsyncConnection, now: datetime) -> dict[str, set[str]]:
    """The schools that have something to `send`, to `look_up` or to `tidy` (out of date, or a relay fell silent)."""
    found: dict[str, set[str]] = {}
    for school_id, work in await db.execute(_schools_with_due, {"moment": now}):
        found.setdefault(school_id, set()).add(work)
    return found


async def add_receipt(
    db: AsyncConnection, school_id: str, message_id: str, status: str, error_code: str | None, at: datetime
) -> bool:
    """Keep what the provider told of a message, in its own words. False when it told that before."""
    values = {
        "school_id": school_id,
        "message_id": message_id,
        "status": status,
        "error_code": error_code or "",
        "at": at,
    }
    return (await db.execute(_add_receipt, values)).scalar_one_or_none() is not None


async def add_receipts(db: AsyncConnection, school_id: str, rows: Iterable[Receipted], at: datetime) -> None:
    """Keep what the provider told of many messages, in its own words."""
    values = [
        {"school_id": school_id, "message_id": one, "status": status, "error_code": error_code or "", "at": at}
        for one, status, error_code in rows
    ]
    if values:
        await db.execute(_keep_receipts, values)


async def receipts_of(db: AsyncConnection, school_id: str, message_id: str) -> list[tuple[str, str | None, datetime]]:
    """(status, error code, when) of every receipt of one message, in the order in which they came."""
    found = await db.execute(_receipts, {"school": school_id, "of_message": message_id})
    return [(status, error_code or None, at) for status, error_code, at in found]


async def _rows(db: AsyncConnection, statement: sa.Executable, of: Mapping[str, Any]) -> list[OutboxRow]:
    return [_row(row) for row in (await db.execute(statement, of)).mappings().all()]


async def _one(db: AsyncConnection, statement: sa.Executable, of: Mapping[str, Any]) -> OutboxRow | None:
    row = (await db.execute(statement, of)).mappings().one_or_none()
    return None if row is None else _row(row)


def _row(row: Mapping[Any, Any]) -> OutboxRow:
    return OutboxRow(**{**row, "pupils": tuple(row["pupils"])})


def _values(row: OutboxRow) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in _names}
    return {**values, "pupils": list(row.pupils), "about": dict(row.about)}
