"""Messages that were written: by id, by key, by the provider's id, of a pupil, to a contact, to staff."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import Instant
from storage.outbox.rows import NEWEST_FIRST, OF_SCHOOL, PREFIX, OutboxRow, one_of, row_of, rows_of
from storage.tables import outbox, outbox_pupil

_by_id = sa.select(outbox).where(OF_SCHOOL, outbox.c.message_id == sa.bindparam("of_message"))
_of_ids = sa.select(outbox).where(outbox.c.message_id.in_(sa.bindparam("ids", expanding=True)))
_find = sa.select(outbox).where(outbox.c.message_id == sa.bindparam("of_message")).limit(1)
_by_key = sa.select(outbox).where(OF_SCHOOL, outbox.c.key == sa.bindparam("of_key"))
_by_provider_id = (
    sa.select(outbox)
    .where(outbox.c.channel == sa.bindparam("on_channel"), outbox.c.provider_id == sa.bindparam("of_provider"))
    .order_by(*NEWEST_FIRST)
    .limit(1)
)
_with_key = (
    sa.select(outbox)
    .where(OF_SCHOOL, sa.func.substr(outbox.c.key, 1, sa.func.length(PREFIX)) == PREFIX)
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
    .where(OF_SCHOOL, outbox.c.contact_id == sa.bindparam("of_contact"))
    .order_by(*NEWEST_FIRST)
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
        OF_SCHOOL,
        outbox.c.contact_id.is_(None),  # as the index begins
        outbox.c.created_at > sa.bindparam("since", type_=Instant),
        outbox.c.staff_id.in_(sa.bindparam("of_staff", expanding=True)),
    )
    .order_by(*NEWEST_FIRST)
    .limit(sa.bindparam("at_most"))
)
_newest_to_staff = (
    sa.select(outbox.c.about)
    .where(OF_SCHOOL, outbox.c.contact_id.is_(None), outbox.c.staff_id.is_not(None))
    .order_by(*NEWEST_FIRST)
    .limit(sa.bindparam("at_most"))
)
_said_since = (
    sa.select(sa.literal(1))
    .where(
        OF_SCHOOL,
        outbox.c.channel == sa.bindparam("by_channel"),
        outbox.c.address == sa.bindparam("to_address"),
        sa.or_(outbox.c.text == sa.bindparam("same_text"), outbox.c.template == sa.bindparam("same_template")),
        sa.or_(outbox.c.left_at.is_(None), outbox.c.left_at > sa.bindparam("since", type_=Instant)),
        outbox.c.state.not_in(("cancelled", "failed")),
    )
    .limit(1)
)


_said_at = (
    sa.select(outbox.c.text)
    .where(
        OF_SCHOOL,
        outbox.c.channel == sa.bindparam("by_channel"),
        outbox.c.address == sa.bindparam("to_address"),
        outbox.c.created_at > sa.bindparam("since", type_=Instant),
    )
    .order_by(*NEWEST_FIRST)
    .limit(sa.bindparam("most"))
)


async def by_id(db: AsyncConnection, school_id: str, message_id: str) -> OutboxRow | None:
    """One message of one school, or None."""
    return await one_of(db, _by_id, {"school": school_id, "of_message": message_id})


async def find(db: AsyncConnection, message_id: str) -> OutboxRow | None:
    """One message of whichever school: a provider's receipt names our id and no school."""
    return await one_of(db, _find, {"of_message": message_id})


async def of_ids(db: AsyncConnection, message_ids: Iterable[str]) -> dict[str, OutboxRow]:
    """Messages of whichever school, by our id; those that there are."""
    ids = list(dict.fromkeys(message_ids))
    return {row.message_id: row for row in await rows_of(db, _of_ids, {"ids": ids})} if ids else {}


async def by_key(db: AsyncConnection, school_id: str, key: str) -> OutboxRow | None:
    """The message that was written for this purpose, or None."""
    return await one_of(db, _by_key, {"school": school_id, "of_key": key})


async def with_key(db: AsyncConnection, school_id: str, prefix: str) -> list[OutboxRow]:
    """Everything whose key begins with `prefix`, in any state, in order."""
    return await rows_of(db, _with_key, {"school": school_id, "prefix": prefix})


async def queued_with_key(db: AsyncConnection, school_id: str, prefix: str) -> list[OutboxRow]:
    """What still waits to leave, of those whose key begins with `prefix`."""
    return await rows_of(db, _queued_with_key, {"school": school_id, "prefix": prefix})


async def by_provider_id(db: AsyncConnection, channel: str, provider_id: str) -> OutboxRow | None:
    """The message, of whichever school, that this provider knows by this id, or None."""
    return await one_of(db, _by_provider_id, {"on_channel": channel, "of_provider": provider_id})


async def of_pupil(db: AsyncConnection, school_id: str, pupil: str) -> list[OutboxRow]:
    """Everything ever written about one pupil, in order."""
    return await rows_of(db, _of_pupil, {"school": school_id, "of_pupil": pupil})


async def queued_of_pupil(db: AsyncConnection, school_id: str, pupil: str) -> list[OutboxRow]:
    """Messages about one pupil that have not begun to leave, the oldest first."""
    return await rows_of(db, _queued_of_pupil, {"school": school_id, "of_pupil": pupil})


async def of_pupils(db: AsyncConnection, school_id: str, pupils: Iterable[str]) -> dict[str, list[OutboxRow]]:
    """The same for many at once, by pupil; each of them is a key."""
    found: dict[str, list[OutboxRow]] = {pupil: [] for pupil in pupils}
    rows = (await db.execute(_of_pupils, {"school": school_id, "of_pupils": list(found)})).mappings()
    for row in rows if found else ():
        values = dict(row)
        found[values.pop("pupil_id")].append(row_of(values))
    return found


async def newest_to(db: AsyncConnection, school_id: str, contact: str) -> OutboxRow | None:
    """What this contact was written last, in any state, or None."""
    return await one_of(db, _newest_to, {"school": school_id, "of_contact": contact})


async def without_end(
    db: AsyncConnection, channel: str, after: datetime, before: datetime, limit: int = 2000
) -> list[OutboxRow]:
    """What left between these instants, of every school, and is neither delivered nor failed; the oldest first."""
    of = {"on_channel": channel, "left_after": after, "left_before": before, "at_most": limit}
    return await rows_of(db, _without_end, {**of, "long_ago": after - timedelta(days=1)})


async def to_staff(
    db: AsyncConnection, school_id: str, staff: Iterable[str], since: datetime, limit: int = 500
) -> list[OutboxRow]:
    """What these members of staff were written after `since`, on every channel, the newest first."""
    of = {"school": school_id, "of_staff": list(staff), "since": since, "at_most": limit}
    return await rows_of(db, _to_staff, of)


async def about_of_newest_to_staff(db: AsyncConnection, school_id: str, limit: int = 100) -> list[Mapping[str, Any]]:
    """What the last messages to anybody of the staff were about, the newest first."""
    return list((await db.execute(_newest_to_staff, {"school": school_id, "at_most": limit})).scalars())


async def said_at(
    db: AsyncConnection, school_id: str, channel: str, address: str, since: datetime, most: int
) -> list[str]:
    """The words that were written to this address after `since`, the newest first, and no more than so many."""
    of = {"school": school_id, "by_channel": channel, "to_address": address, "since": since, "most": most}
    return [str(text) for (text,) in await db.execute(_said_at, of)]


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
