"""What the relay does: it leases what is due, moves it on, and looks up what a provider may or may not have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import Instant
from storage.outbox.rows import MOVES, NOW, OF_SCHOOL, OutboxRow, OutboxState, one_of, rows_of
from storage.tables import outbox

TOO_LATE = "too_late"
"""Error code of words that were cancelled because nobody should read them any more."""

_due = (
    sa.select(outbox.c.message_id)
    .where(
        OF_SCHOOL,
        outbox.c.state == "queued",
        outbox.c.try_at <= NOW,
        sa.or_(outbox.c.not_after.is_(None), outbox.c.not_after > NOW),
    )
    .order_by(outbox.c.try_at, outbox.c.created_at, outbox.c.message_id)
    .limit(sa.bindparam("at_most"))
    .with_for_update(skip_locked=True)
    .cte("due")  # a CTE: PostgreSQL may run a locking sub-select with LIMIT more than once
)
_claim = (
    sa.update(outbox)
    .where(OF_SCHOOL, outbox.c.message_id.in_(sa.select(_due.c.message_id)))
    .values(state="sending", lease_ends=sa.bindparam("lease_until"), attempts=outbox.c.attempts + 1)
    .returning(*outbox.c)
)
_expire = (
    sa.update(outbox)
    .where(OF_SCHOOL, outbox.c.state == "queued", outbox.c.not_after <= NOW)
    .values(state="cancelled", error_code=TOO_LATE)
    .returning(*outbox.c)
)
_leases_over = (
    sa.update(outbox)
    .where(OF_SCHOOL, outbox.c.state == "sending", outbox.c.lease_ends <= NOW)
    .values(state="unknown", lease_ends=None, try_at=NOW)
    .returning(*outbox.c)
)
_unknown = (
    sa.select(outbox)
    .where(OF_SCHOOL, outbox.c.state == "unknown", outbox.c.try_at <= NOW)
    .order_by(outbox.c.try_at, outbox.c.message_id)
)
_record = (
    sa.update(outbox)
    .where(
        OF_SCHOOL,
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
        OF_SCHOOL,
        outbox.c.message_id.in_(sa.bindparam("ids", expanding=True)),
        outbox.c.state.in_(sa.bindparam("may_follow", expanding=True)),
    )
    .values(state=sa.bindparam("new_state"), lease_ends=None)
    .returning(outbox.c.message_id)
)
_accept = (
    sa.update(outbox)
    .where(
        OF_SCHOOL,
        outbox.c.message_id.in_(sa.bindparam("ids", expanding=True)),
        outbox.c.state.in_(MOVES["accepted"]),
    )
    .values(state="accepted", lease_ends=None, left_at=sa.func.coalesce(outbox.c.left_at, NOW))
    .returning(outbox.c.message_id)
)
_provider_id = (
    sa.update(outbox)
    .where(OF_SCHOOL, outbox.c.message_id == sa.bindparam("of_message"))
    .values(provider_id=sa.bindparam("of_provider"))
)
_put_back = (
    sa.update(outbox)
    .where(OF_SCHOOL, outbox.c.message_id == sa.bindparam("of_message"), outbox.c.state == "sending")
    .values(
        state="queued",
        lease_ends=None,
        attempts=outbox.c.attempts - 1,
        try_at=sa.bindparam("new_try_at", type_=Instant),
    )
)
_out_of_date = sa.and_(outbox.c.state == "queued", outbox.c.not_after <= NOW)
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
            sa.and_(outbox.c.state.in_(("queued", "unknown")), outbox.c.try_at <= NOW),
            _out_of_date,
            sa.and_(outbox.c.state == "sending", outbox.c.lease_ends <= NOW),
        )
    )
    .distinct()
    .order_by(outbox.c.school_id)
)


async def claim_due(
    db: AsyncConnection, school_id: str, now: datetime, lease: timedelta, limit: int = 50
) -> list[OutboxRow]:
    """Take up to `limit` due messages of one school; each is ours for `lease`, then `leases_over` calls it unknown."""
    of = {"school": school_id, "moment": now, "lease_until": now + lease, "at_most": limit}
    claimed = await rows_of(db, _claim, of)
    return sorted(claimed, key=lambda row: (row.try_at, row.created_at, row.message_id))


async def expire(db: AsyncConnection, school_id: str, now: datetime) -> list[OutboxRow]:
    """Cancel what is queued and out of date, with the error code `TOO_LATE`; answers it."""
    return await rows_of(db, _expire, {"school": school_id, "moment": now})


async def leases_over(db: AsyncConnection, school_id: str, now: datetime) -> list[OutboxRow]:
    """Messages whose relay fell silent: the provider may have them. They are unknown now, to be looked up at once."""
    return await rows_of(db, _leases_over, {"school": school_id, "moment": now})


async def unknown(db: AsyncConnection, school_id: str, now: datetime) -> list[OutboxRow]:
    """Messages to look up at the provider by now, the longest waiting first."""
    return await rows_of(db, _unknown, {"school": school_id, "moment": now})


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
    return await one_of(db, _record, of)


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


async def schools_with_due(db: AsyncConnection, now: datetime) -> dict[str, set[str]]:
    """The schools that have something to `send`, to `look_up` or to `tidy` (out of date, or a relay fell silent)."""
    found: dict[str, set[str]] = {}
    for school_id, work in await db.execute(_schools_with_due, {"moment": now}):
        found.setdefault(school_id, set()).add(work)
    return found
