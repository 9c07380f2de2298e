"""Times at which something must be looked at. Taking a timer is a fence: of many workers one gets it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.statements import upsert
from storage.tables import timer


@dataclass(frozen=True, slots=True)
class Timer:
    """At `due_at` something happens to what `kind` and `key` name. One at a time: putting it again moves it."""

    kind: str
    key: str
    due_at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)


_of_school = timer.c.school_id == sa.bindparam("school")
_this = sa.and_(_of_school, timer.c.kind == sa.bindparam("of_kind"), timer.c.key == sa.bindparam("of_key"))
_put = upsert(timer)
_drop = sa.delete(timer).where(_this)
_any_of = (
    sa.select(timer.c.key)
    .where(timer.c.school_id == sa.bindparam("school"), timer.c.kind == sa.bindparam("of_kind"))
    .limit(1)
)
_all_of = sa.select(timer).where(_of_school, timer.c.kind == sa.bindparam("of_kind")).order_by(timer.c.key)
_due = (
    sa.select(timer)
    .where(_of_school, timer.c.due_at <= sa.bindparam("moment"))
    .order_by(timer.c.due_at, timer.c.kind, timer.c.key)
    .limit(sa.bindparam("at_most"))
)
_first = (
    sa.select(timer.c.kind, timer.c.key)
    .where(_of_school, timer.c.due_at <= sa.bindparam("moment"))
    .order_by(timer.c.due_at, timer.c.kind, timer.c.key)
    .limit(sa.bindparam("at_most"))
    .cte("first")  # a CTE: PostgreSQL may run a sub-select with LIMIT more than once
)
_take_due = (
    sa.delete(timer)
    .where(_of_school, sa.tuple_(timer.c.kind, timer.c.key).in_(sa.select(_first.c.kind, _first.c.key)))
    .returning(*timer.c)
)
_get = sa.select(timer).where(_this)
_take = sa.delete(timer).where(_this, timer.c.due_at == sa.bindparam("seen_due_at"))
_schools_due = (
    sa.select(timer.c.school_id)
    .where(timer.c.due_at <= sa.bindparam("moment"))
    .group_by(timer.c.school_id)
    .order_by(sa.func.min(timer.c.due_at), timer.c.school_id)
)


async def put(db: AsyncConnection, school_id: str, timers: Iterable[Timer]) -> None:
    """Set timers; one with the same kind and key is moved."""
    newest = {(one.kind, one.key): one for one in timers}
    rows = [
        {"school_id": school_id, "kind": one.kind, "key": one.key, "due_at": one.due_at, "data": dict(one.data)}
        for one in newest.values()
    ]
    if rows:
        await db.execute(_put, rows)


async def drop(db: AsyncConnection, school_id: str, timers: Iterable[tuple[str, str]]) -> None:
    """Nothing needs to be looked at any more: (kind, key) of each."""
    rows = [{"school": school_id, "of_kind": kind, "of_key": key} for kind, key in timers]
    if rows:
        await db.execute(_drop, rows)


async def get(db: AsyncConnection, school_id: str, kind: str, key: str) -> Timer | None:
    """One timer, or None."""
    of = {"school": school_id, "of_kind": kind, "of_key": key}
    row = (await db.execute(_get, of)).mappings().one_or_none()
    return None if row is None else Timer(row["kind"], row["key"], row["due_at"], row["data"])


async def any_of(db: AsyncConnection, school_id: str, kind: str) -> bool:
    """True when any timer of this kind waits."""
    return (await db.execute(_any_of, {"school": school_id, "of_kind": kind})).first() is not None


async def all_of(db: AsyncConnection, school_id: str, kind: str) -> list[Timer]:
    """Every timer of this kind that waits."""
    found = (await db.execute(_all_of, {"school": school_id, "of_kind": kind})).mappings().all()
    return [Timer(row["kind"], row["key"], row["due_at"], row["data"]) for row in found]


async def due(db: AsyncConnection, school_id: str, now: datetime, limit: int = 500) -> list[Timer]:
    """Timers whose time has come, the oldest first. `take` each before acting on it."""
    found = (await db.execute(_due, {"school": school_id, "moment": now, "at_most": limit})).mappings().all()
    return [Timer(row["kind"], row["key"], row["due_at"], row["data"]) for row in found]


async def take_due(db: AsyncConnection, school_id: str, now: datetime, limit: int = 500) -> list[Timer]:
    """Make every timer ours whose time has come, the oldest first. Nobody else may hold the school meanwhile."""
    found = (await db.execute(_take_due, {"school": school_id, "moment": now, "at_most": limit})).mappings().all()
    taken = [Timer(row["kind"], row["key"], row["due_at"], row["data"]) for row in found]
    return sorted(taken, key=lambda one: (one.due_at, one.kind, one.key))


async def take(db: AsyncConnection, school_id: str, timer: Timer) -> bool:
    """Make it ours: true for one worker only, and for nobody when the timer was moved or dropped meanwhile."""
    of = {"school": school_id, "of_kind": timer.kind, "of_key": timer.key, "seen_due_at": timer.due_at}
    return (await db.execute(_take, of)).rowcount == 1


async def schools_due(db: AsyncConnection, now: datetime) -> list[str]:
    """The schools that have a timer whose time has come, the longest waiting first."""
    return list((await db.execute(_schools_due, {"moment": now})).scalars())
