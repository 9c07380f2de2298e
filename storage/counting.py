"""Questions to the register that the database answers by itself: who has such a mark today, and how many in a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import entry, pupil

ARRIVED = ("/", "\\", "L", "U")
NOTHING_SAID = ("", "-", "N")

_entered = sa.and_(entry.c.mis.is_not(None), entry.c.mis.not_in(NOTHING_SAID))
current = sa.case(
    (entry.c.ours.is_(None), entry.c.mis),
    (sa.and_(entry.c.provisional, sa.or_(_entered, entry.c.ours.in_(NOTHING_SAID))), entry.c.mis),
    else_=entry.c.ours,
)
"""The mark that counts now, as `attendance.register.Entry.current` defines it; a test holds the two together."""

_of_school = entry.c.school_id == sa.bindparam("school")
_these_codes = current.in_(sa.bindparam("codes", expanding=True))
_marked_on = sa.select(entry.c.pupil_id, current).where(
    _of_school, entry.c.day == sa.bindparam("on_day"), _these_codes
)  # once each and in order below: asked to, SQLite reads every mark of the year
_sessions = (
    sa.select(entry.c.pupil_id, sa.func.count().label("sessions"))
    .where(
        _of_school,
        entry.c.pupil_id.in_(sa.bindparam("pupils", expanding=True)),
        entry.c.day >= sa.bindparam("first_day"),
        entry.c.day <= sa.bindparam("last_day"),
        _these_codes,
    )
    .group_by(entry.c.pupil_id)
)


_by_code = (
    sa.select(entry.c.pupil_id, current.label("code"), sa.func.count().label("sessions"))
    .where(
        _of_school,
        entry.c.day >= sa.bindparam("first_day"),
        entry.c.day <= sa.bindparam("last_day"),
        current.is_not(None),
    )
    .group_by(entry.c.pupil_id, current)
)


async def by_code(db: AsyncConnection, school_id: str, first: date, last: date) -> dict[str, dict[str, int]]:
    """Each pupil's sessions by the mark that counts now, from `first` to `last`, both included."""
    found: dict[str, dict[str, int]] = {}
    for pupil_id, code, sessions_ in await db.execute(
        _by_code, {"school": school_id, "first_day": first, "last_day": last}
    ):
        found.setdefault(pupil_id, {})[code] = sessions_
    return found


async def marked_on(db: AsyncConnection, school_id: str, day: date, codes: Iterable[str]) -> list[tuple[str, str]]:
    """(pupil, code) of everybody whose mark of that day is one of these codes; both, where the halves differ."""
    found = await db.execute(_marked_on, {"school": school_id, "on_day": day, "codes": list(codes)})
    return sorted({(pupil, code) for pupil, code in found})


async def sessions(
    db: AsyncConnection, school_id: str, pupils: Iterable[str], codes: Iterable[str], first: date, last: date
) -> dict[str, int]:
    """How many sessions each of these pupils has under these codes from `first` to `last`, both included."""
    of = {"school": school_id, "pupils": list(pupils), "codes": list(codes), "first_day": first, "last_day": last}
    return {row.pupil_id: row.sessions for row in await db.execute(_sessions, of)}


_absent = (
    sa.select(
        entry.c.day, pupil.c.grp, current.label("code"), sa.func.count(entry.c.pupil_id.distinct()).label("pupils")
    )
    .select_from(
        entry.join(pupil, sa.and_(pupil.c.school_id == entry.c.school_id, pupil.c.pupil_id == entry.c.pupil_id))
    )
    .where(
        _of_school,
        entry.c.day >= sa.bindparam("first_day"),
        entry.c.day <= sa.bindparam("last_day"),
        current.is_not(None),
        current.not_in(ARRIVED),
    )
    .group_by(entry.c.day, pupil.c.grp, current)
    .order_by(entry.c.day, pupil.c.grp, current)
)


_of_these = entry.c.pupil_id.in_(sa.bindparam("pupils", expanding=True))
_absent_of = _absent.where(_of_these)


async def absent_by_class(
    db: AsyncConnection, school_id: str, first: date, last: date, pupils: Collection[str] | None = None
) -> list[tuple[date, str, str, int]]:
    """(day, class, code, pupils) of every mark that is no presence, from `first` to `last`, both included.

    A pupil with one code in both sessions is one; with two codes on a day, one under each. `pupils`: only of these.
    """
    of = {"school": school_id, "first_day": first, "last_day": last}
    query = db.execute(_absent, of) if pupils is None else db.execute(_absent_of, {**of, "pupils": list(pupils)})
    found = await query
    return [(row.day, row.grp, row.code, row.pupils) for row in found]


_marked_days = (
    sa.select(entry.c.day)
    .where(
        _of_school,
        entry.c.day >= sa.bindparam("first_day"),
        entry.c.day <= sa.bindparam("last_day"),
        sa.or_(entry.c.mis.is_not(None), entry.c.ours.is_not(None)),
    )
    .distinct()
)


_marked_days_of = _marked_days.where(_of_these)


async def marked_days(
    db: AsyncConnection, school_id: str, first: date, last: date, pupils: Collection[str] | None = None
) -> frozenset[date]:
    """The days from `first` to `last`, both included, of which the register has any mark at all (of these pupils)."""
    of = {"school": school_id, "first_day": first, "last_day": last}
    if pupils is None:
        return frozenset((await db.execute(_marked_days, of)).scalars())
    return frozenset((await db.execute(_marked_days_of, {**of, "pupils": list(pupils)})).scalars())
