"""Pupils who left and whose years are over: they, what hangs on them, and contacts who are nobody else's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import tables as t
from storage.columns import Instant
from storage.retention import Ends, Pass

_school: sa.BindParameter[str] = sa.bindparam("school")
_before = sa.bindparam("before", type_=Instant)
_day = sa.bindparam("before_day", type_=sa.Date)
_left = sa.select(t.pupil.c.pupil_id).where(t.pupil.c.school_id == _school, sa.not_(t.pupil.c.on_roll))
_pupil: sa.BindParameter[str] = sa.bindparam("of_pupil")
_OF_PUPIL: Final = tuple(
    table for table in reversed(t.metadata.sorted_tables) if "pupil_id" in table.c and table is not t.pupil
)
_newer = [
    sa.select(sa.literal(1)).where(t.amendment.c.school_id == _school, t.amendment.c.pupil_id == _pupil,
                                   t.amendment.c.at >= _before),
    sa.select(sa.literal(1)).where(t.entry.c.school_id == _school, t.entry.c.pupil_id == _pupil, t.entry.c.day >= _day),
    sa.select(sa.literal(1)).where(t.pupil.c.school_id == _school, t.pupil.c.pupil_id == _pupil, t.pupil.c.on_roll),
]  # fmt: skip


def _unused(table: sa.Table) -> sa.ColumnElement[bool]:
    """Nothing of this table is about the contact."""
    mine = [table.c.contact_id == t.contact.c.contact_id]
    mine += [table.c.school_id == t.contact.c.school_id] if "school_id" in table.c else []
    return ~sa.exists().where(*mine)


_lonely = sa.select(t.contact.c.contact_id).where(
    t.contact.c.school_id == _school,
    sa.or_(sa.not_(t.contact.c.listed), t.contact.c.contact_id.in_(sa.bindparam("ids", expanding=True))),
    *(_unused(table) for table in (t.link, t.link_overlay, t.contact_overlay, t.outbox, t.inbox, t.absence)),
)
"""Contacts who are on no list any more (or were only this pupil's), and of whom nothing else is kept."""
_contacts_of = sa.select(t.link.c.contact_id).where(t.link.c.school_id == _school, t.link.c.pupil_id == _pupil)


async def left(db: AsyncConnection, school_id: str) -> list[str]:
    """Pupils who are not on roll any more, and of whom something is kept."""
    return sorted((await db.execute(_left, {"school": school_id})).scalars())


async def is_needed(db: AsyncConnection, school_id: str, pupil: str, ends: Ends) -> bool:
    """True when the pupil is on roll (again), or something of them is younger than what is deleted."""
    of = {"school": school_id, "of_pupil": pupil, "before": ends.records, "before_day": ends.day}
    return any([(await db.execute(newer, of)).first() is not None for newer in _newer])


async def delete_pupil(db: AsyncConnection, school_id: str, pupil: str, ends: Ends) -> None:
    """Delete a pupil and all that hangs on them, and contacts who are nobody else's. See `is_needed` first."""
    of = {"school": school_id, "of_pupil": pupil}
    contacts = list((await db.execute(_contacts_of, of)).scalars())
    async with Pass(db, school_id, ends.records):
        for table in _OF_PUPIL:
            await db.execute(sa.delete(table).where(table.c.school_id == _school, table.c.pupil_id == _pupil), of)
    await db.execute(sa.delete(t.pupil).where(t.pupil.c.school_id == _school, t.pupil.c.pupil_id == _pupil), of)
    alone = list((await db.execute(_lonely, {"school": school_id, "ids": contacts})).scalars())
    if alone:
        await _delete_contacts(db, school_id, alone)


async def _delete_contacts(db: AsyncConnection, school_id: str, contacts: Iterable[str]) -> None:
    """The people themselves, and their threads and addresses unless others have them."""
    ids = {"school": school_id, "ids": list(contacts)}
    these = (t.contact.c.school_id == _school, t.contact.c.contact_id.in_(sa.bindparam("ids", expanding=True)))
    columns = (t.contact.c.phone, t.contact.c.email, t.contact.c.telegram, t.contact.c.landline)
    rows = (await db.execute(sa.select(*columns).where(*these), ids)).all()
    await db.execute(sa.delete(t.contact).where(*these), ids)
    gone = {address for row in rows for address in row if address}
    for column in columns:  # at any school: a thread is one, whichever schools the children go to
        others = sa.select(column).where(column.in_(sa.bindparam("ids", expanding=True)))
        gone -= set((await db.execute(others, {"ids": sorted(gone)})).scalars()) if gone else set()
    if gone:
        of = {"ids": sorted({address.casefold() for address in gone} | gone)}
        await db.execute(
            sa.delete(t.thread).where(t.thread.c.their_address.in_(sa.bindparam("ids", expanding=True))), of
        )
        await db.execute(
            sa.delete(t.address_state).where(
                t.address_state.c.school_id == _school,
                t.address_state.c.address.in_(sa.bindparam("ids", expanding=True)),
            ),
            {**of, "school": school_id},
        )
