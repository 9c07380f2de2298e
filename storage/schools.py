"""The schools of this database, their policy and calendar, and the addresses each of them sends from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.statements import upsert
from storage.tables import school, sender

Counter = Literal["journal_seq", "amendment_seq", "audit_seq"]


class UnknownSchool(LookupError):
    """There is no such school in the database."""


@dataclass(frozen=True)
class SchoolRow:
    """One school. `calendar` is the JSON of a calendar of its own, None for the policy's.

    `people_version` grows with every change of its people; `journal_seq` is the number of its newest journal line;
    `decided` grows with every turn that moves a case, an alert or a task.
    """

    school_id: str
    name: str
    policy_key: str
    policy_override: Mapping[str, Any] = field(default_factory=dict)
    calendar: Mapping[str, Any] | None = None
    people_version: int = 0
    journal_seq: int = 0
    decided: int = 0


_columns = (
    school.c.school_id,
    school.c.name,
    school.c.policy_key,
    school.c.policy_override,
    school.c.calendar,
    school.c.people_version,
    school.c.journal_seq,
    school.c.decided,
)
_this = school.c.school_id == sa.bindparam("of_school")
_get = sa.select(*_columns).where(_this)
_lock = _get.with_for_update()
_ids = sa.select(school.c.school_id).order_by(school.c.school_id)
_touch = sa.update(school).where(_this).values(people_version=school.c.people_version + 1)
_set_policy = (
    sa.update(school)
    .where(_this)
    .values(policy_key=sa.bindparam("new_key"), policy_override=sa.bindparam("new_override"))
)
_count = {
    counter: sa.update(school)
    .where(_this)
    .values({counter: school.c[counter] + sa.bindparam("count")})
    .returning(school.c[counter])
    for counter in ("journal_seq", "amendment_seq", "audit_seq")
}
_decide = (
    sa.update(school)
    .where(_this)
    .values(journal_seq=school.c.journal_seq + sa.bindparam("count"), decided=school.c.decided + 1)
    .returning(school.c.journal_seq)
)
_counters = sa.select(school.c.journal_seq, school.c.amendment_seq, school.c.people_version).where(_this)
_put_sender = upsert(sender)
_retire_senders = (
    sa.update(sender)
    .where(sender.c.school_id == sa.bindparam("of_school"), sender.c.channel == sa.bindparam("on_channel"))
    .values(current=False)
)
_schools_at = (
    sa.select(sender.c.school_id)
    .where(sender.c.channel == sa.bindparam("on_channel"), sender.c.address == sa.bindparam("our_address"))
    .order_by(sender.c.school_id)
)
_senders = (
    sa.select(sender.c.address)
    .where(sender.c.channel == sa.bindparam("on_channel"))
    .distinct()
    .order_by(sender.c.address)
)
_sender_of = sa.select(sender.c.address).where(
    sender.c.school_id == sa.bindparam("of_school"), sender.c.channel == sa.bindparam("on_channel"), sender.c.current
)


async def add(db: AsyncConnection, row: SchoolRow) -> None:
    """A new school. Raises sqlalchemy.exc.IntegrityError when its id is taken."""
    await db.execute(
        sa.insert(school),
        {
            "school_id": row.school_id,
            "name": row.name,
            "policy_key": row.policy_key,
            "policy_override": dict(row.policy_override),
            "calendar": None if row.calendar is None else dict(row.calendar),
            "people_version": row.people_version,
            "journal_seq": row.journal_seq,
            "amendment_seq": 0,
            "audit_seq": 0,
            "decided": row.decided,
        },
    )


async def get(db: AsyncConnection, school_id: str) -> SchoolRow | None:
    """One school, or None."""
    row = (await db.execute(_get, {"of_school": school_id})).one_or_none()
    return None if row is None else SchoolRow(**row._mapping)


async def lock(db: AsyncConnection, school_id: str) -> SchoolRow:
    """One school, its row locked until the transaction ends: decisions of one school wait for each other.

    Raises UnknownSchool. (On SQLite the writing transaction is the lock.)
    """
    row = (await db.execute(_lock, {"of_school": school_id})).one_or_none()
    if row is None:
        raise UnknownSchool(_unknown(school_id))
    return SchoolRow(**row._mapping)


async def ids(db: AsyncConnection) -> list[str]:
    """Every school, in order of id."""
    return list((await db.execute(_ids)).scalars())


async def touch_people(db: AsyncConnection, school_id: str) -> None:
    """Say that the school's people changed, so that nobody decides with a roll from before."""
    await db.execute(_touch, {"of_school": school_id})


async def decide(db: AsyncConnection, school_id: str, lines: int) -> range:
    """Say that cases, alerts or tasks were moved, so that nobody decides with those from before; the numbers of so many
    lines of the journal, as `take_numbers` gives them. Raises UnknownSchool.
    """
    return await _numbers(db, _decide, school_id, lines)


async def take_numbers(db: AsyncConnection, school_id: str, counter: Counter, count: int) -> range:
    """The next `count` numbers of one of the school's counters. Raises UnknownSchool.

    They have no gaps and become visible in order: the school's row stays locked until the transaction ends.
    """
    return await _numbers(db, _count[counter], school_id, count)


async def _numbers(db: AsyncConnection, statement: sa.Executable, school_id: str, count: int) -> range:
    last = (await db.execute(statement, {"of_school": school_id, "count": count})).scalar_one_or_none()
    if last is None:
        raise UnknownSchool(_unknown(school_id))
    return range(last - count + 1, last + 1)


async def counters(db: AsyncConnection, school_id: str) -> tuple[int, int, int]:
    """Lines of the journal, amendments, and changes of its people: the same numbers, the same school.

    Raises UnknownSchool.
    """
    row = (await db.execute(_counters, {"of_school": school_id})).one_or_none()
    if row is None:
        raise UnknownSchool(_unknown(school_id))
    return row[0], row[1], row[2]


async def set_policy(db: AsyncConnection, school_id: str, key: str, override: Mapping[str, Any]) -> None:
    """The policy the school goes by from now on, and what it does differently."""
    await db.execute(_set_policy, {"of_school": school_id, "new_key": key, "new_override": dict(override)})


async def add_sender(db: AsyncConnection, school_id: str, channel: str, address: str) -> None:
    """The address that the school sends from on this channel from now on; what comes to its older ones is still its."""
    await db.execute(_retire_senders, {"of_school": school_id, "on_channel": channel})
    await db.execute(_put_sender, {"school_id": school_id, "channel": channel, "address": address, "current": True})


async def schools_at(db: AsyncConnection, channel: str, our_address: str) -> list[str]:
    """The schools that receive at this address of ours; several where a trust shares a number."""
    return list((await db.execute(_schools_at, {"on_channel": channel, "our_address": our_address})).scalars())


async def senders(db: AsyncConnection, channel: str) -> list[str]:
    """Every address of ours on this channel, the retired ones too."""
    return list((await db.execute(_senders, {"on_channel": channel})).scalars())


async def sender_of(db: AsyncConnection, school_id: str, channel: str) -> str | None:
    """The address that this school sends from on this channel, or None."""
    return (await db.execute(_sender_of, {"of_school": school_id, "on_channel": channel})).scalar_one_or_none()


def _unknown(school_id: str) -> str:
    return f"There is no school {school_id!r} in the database; add it with `firstcall init`."
