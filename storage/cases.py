"""Cases under way: one row for a pupil and session, its whole state as JSON, guarded by its version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.calendar import Session
from attendance.case import Case
from storage import codec
from storage.statements import insert_new, save_version
from storage.tables import case_

_of_school = case_.c.school_id == sa.bindparam("school")
_this = sa.and_(
    _of_school,
    case_.c.day == sa.bindparam("on_day"),
    case_.c.half == sa.bindparam("in_half"),
    case_.c.pupil_id == sa.bindparam("of_pupil"),
)
_columns = sa.select(sa.cast(case_.c.state, sa.Text).label("state"), case_.c.version)
_in_order = (case_.c.day, case_.c.half, case_.c.pupil_id)
_get = _columns.where(_this)
_day = _columns.where(_of_school, case_.c.day == sa.bindparam("on_day")).order_by(*_in_order)
_day_of_pupils = _day.where(case_.c.pupil_id.in_(sa.bindparam("pupils", expanding=True)))
_between_of_pupils = _columns.where(
    _of_school,
    case_.c.day >= sa.bindparam("first_day"),
    case_.c.day <= sa.bindparam("last_day"),
    case_.c.pupil_id.in_(sa.bindparam("pupils", expanding=True)),
).order_by(*_in_order)
_add = insert_new(case_)
_save = save_version(case_)


async def get(db: AsyncConnection, school_id: str, pupil: str, session: Session) -> Case | None:
    """The case of this pupil and session, or None."""
    of = {"school": school_id, "on_day": session.day, "in_half": session.half, "of_pupil": pupil}
    row = (await db.execute(_get, of)).mappings().one_or_none()
    return None if row is None else _case(row)


async def of_day(db: AsyncConnection, school_id: str, day: date, pupils: Iterable[str] | None = None) -> list[Case]:
    """The cases of one day, mornings first; of everybody, or of these pupils."""
    of: dict[str, Any] = {"school": school_id, "on_day": day}
    if pupils is None:
        return [_case(row) for row in (await db.execute(_day, of)).mappings().all()]
    return [_case(row) for row in (await db.execute(_day_of_pupils, {**of, "pupils": list(pupils)})).mappings().all()]


async def between(db: AsyncConnection, school_id: str, first: date, last: date, pupils: Iterable[str]) -> list[Case]:
    """The cases of these pupils from `first` to `last`, both included, in order of session."""
    of = {"school": school_id, "first_day": first, "last_day": last, "pupils": list(pupils)}
    return [_case(row) for row in (await db.execute(_between_of_pupils, of)).mappings().all()]


async def add(db: AsyncConnection, school_id: str, cases: Iterable[Case]) -> None:
    """New cases. A pupil and session that has one already keeps it."""
    if rows := [_row(school_id, one, one.version) for one in cases]:
        await db.execute(_add, rows)


async def save(db: AsyncConnection, school_id: str, cases: Iterable[Case]) -> list[Case]:
    """Write decisions, each made on the case's `version`, as the version after it, in one statement.

    Answers those that were not written, because somebody was quicker.
    """
    decided = list(cases)
    if not decided:
        return []
    written = await db.execute(_save, [_row(school_id, one, one.version + 1) for one in decided])
    keys = {(row.day, row.half, row.pupil_id) for row in written}
    return [one for one in decided if (one.session.day, one.session.half, one.pupil) not in keys]


def saved(one: Case) -> Case:
    """The case as it is read again after `save` wrote it."""
    return replace(one, version=one.version + 1)


def _row(school_id: str, one: Case, version: int) -> dict[str, Any]:
    return {
        "school_id": school_id,
        "day": one.session.day,
        "half": one.session.half,
        "pupil_id": one.pupil,
        "stage": one.stage,
        "state": codec.dump(one),
        "version": version,
    }


def _case(row: RowMapping) -> Case:
    return codec.load_version(Case, row["state"], row["version"])
