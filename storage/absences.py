"""What parents told us about absences: reports, and which of them still count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.absences import LIVE_STATES, Absence, AbsenceState
from storage.statements import insert_new
from storage.tables import absence

OF_A_PUPIL = "INDEXED BY ix_absence_school_id_pupil_id_first_day"

_of_school = absence.c.school_id == sa.bindparam("school")


def _reaches_into(day: str) -> sa.ColumnElement[bool]:
    """The day is before the day of return, or is that day and the child is to come in at some time of it."""
    of_the_day = sa.or_(absence.c.return_day > sa.bindparam(day), absence.c.arrives.is_not(None))
    return sa.and_(absence.c.return_day >= sa.bindparam(day), of_the_day)


_oldest_first = (absence.c.recorded_at, absence.c.absence_id)
_add = insert_new(absence)
_of_pupils = (
    sa.select(absence)
    .where(
        _of_school,
        absence.c.pupil_id.in_(sa.bindparam("pupils", expanding=True)),
        sa.or_(absence.c.first_day >= sa.bindparam("since"), _reaches_into("since")),
    )
    .with_hint(absence, OF_A_PUPIL, "sqlite")  # it would read everybody's that reach into the time
    .order_by(*_oldest_first)
)
_live = sa.select(absence).where(_of_school, absence.c.state.in_(sorted(LIVE_STATES)))
_begins = absence.c.first_day == sa.bindparam("on_day")
_goes_on = sa.and_(absence.c.first_day < sa.bindparam("on_day"), _reaches_into("on_day"))
_covering = sa.union_all(  # each by its own index; asked for either, SQLite reads every absence there ever was
    _live.where(_begins).with_hint(absence, "INDEXED BY ix_absence_school_id_first_day", "sqlite"),
    _live.where(_goes_on).with_hint(absence, "INDEXED BY ix_absence_school_id_return_day", "sqlite"),
)
_covering_of = _live.where(
    sa.or_(_begins, _goes_on), absence.c.pupil_id.in_(sa.bindparam("of_pupils", expanding=True))
).with_hint(absence, OF_A_PUPIL, "sqlite")
_set_state = (
    sa.update(absence)
    .where(_of_school, absence.c.absence_id.in_(sa.bindparam("ids", expanding=True)))
    .values(state=sa.bindparam("new_state"))
)


async def add(db: AsyncConnection, school_id: str, absences: Iterable[Absence]) -> None:
    """Record reports. One whose id is there already is left as it is: recording twice changes nothing."""
    if rows := [_row(school_id, one) for one in absences]:
        await db.execute(_add, rows)


async def of_pupils(db: AsyncConnection, school_id: str, pupils: Iterable[str], since: date) -> list[Absence]:
    """Every report about these pupils, in any state, that begins on `since` or later or reaches into it."""
    of = {"school": school_id, "pupils": list(pupils), "since": since}
    return [_absence(row) for row in (await db.execute(_of_pupils, of)).mappings().all()]


async def covering(
    db: AsyncConnection, school_id: str, day: date, pupils: Iterable[str] | None = None
) -> list[Absence]:
    """Live reports, of everybody or of these pupils, whose span could include this day; `Absence.covers` has the last
    word on the session.
    """
    of: dict[str, Any] = {"school": school_id, "on_day": day}
    if pupils is not None:
        of["of_pupils"] = sorted(pupils)
    found = await db.execute(_covering if pupils is None else _covering_of, of)
    return sorted((_absence(row) for row in found.mappings().all()), key=lambda one: (one.recorded_at, one.id))


async def set_state(db: AsyncConnection, school_id: str, ids: Iterable[str], state: AbsenceState) -> None:
    """Confirm, reject, replace or cancel these reports."""
    await db.execute(_set_state, {"school": school_id, "ids": list(ids), "new_state": state})


def _row(school_id: str, one: Absence) -> dict[str, Any]:
    return {
        "school_id": school_id,
        "absence_id": one.id,
        "pupil_id": one.pupil,
        "first_day": one.first_day,
        "return_day": one.return_day,
        "half": one.half,
        "code": one.code,
        "arrives": one.arrives,
        "leaves": one.leaves,
        "contact_id": one.contact,
        "message_id": one.message,
        "state": one.state,
        "recorded_at": one.recorded_at,
        "is_with_them": one.is_with_them,
    }


def _absence(row: RowMapping) -> Absence:
    return Absence(
        id=row["absence_id"],
        pupil=row["pupil_id"],
        first_day=row["first_day"],
        code=row["code"],
        recorded_at=row["recorded_at"],
        return_day=row["return_day"],
        half=row["half"],
        arrives=row["arrives"],
        leaves=row["leaves"],
        contact=row["contact_id"],
        message=row["message_id"],
        state=row["state"],
        is_with_them=bool(row["is_with_them"]),
    )
