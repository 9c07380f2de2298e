"""Pupils' records before our register: counts by span, as the school's own system had them."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.history import History
from storage.statements import upsert
from storage.tables import history

_put = upsert(history)
_of_pupils = (
    sa.select(history)
    .where(
        history.c.school_id == sa.bindparam("school"),
        history.c.pupil_id.in_(sa.bindparam("pupils", expanding=True)),
    )
    .order_by(history.c.pupil_id, history.c.first_day)
)


async def put(db: AsyncConnection, school_id: str, histories: Iterable[History]) -> None:
    """Keep these spans; one that begins on the same day takes the place of the one before it."""
    rows = [
        {
            "school_id": school_id,
            "pupil_id": one.pupil,
            "first_day": one.first_day,
            "last_day": one.last_day,
            "attended": one.attended,
            "absent": dict(one.absent),
        }
        for one in histories
    ]
    if rows:
        await db.execute(_put, rows)


async def of_pupils(db: AsyncConnection, school_id: str, pupils: Iterable[str]) -> dict[str, list[History]]:
    """The spans of these pupils, the earliest first; pupils without any are left out."""
    found: dict[str, list[History]] = {}
    for row in (await db.execute(_of_pupils, {"school": school_id, "pupils": list(pupils)})).mappings():
        one = History(row["pupil_id"], row["first_day"], row["last_day"], row["attended"], row["absent"])
        found.setdefault(one.pupil, []).append(one)
    return found
