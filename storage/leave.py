"""Requests for leave of absence, and which days were granted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.leave import WAITING, LeaveRequest
from storage.statements import insert_new
from storage.tables import leave_request

DECIDED = ("decided_by", "decided_at", "reason", "decide_by", "until_day", "more")
_of_school = leave_request.c.school_id == sa.bindparam("school")
_all = sa.select(leave_request).where(_of_school)
_add = insert_new(leave_request)
_get = _all.where(leave_request.c.leave_id == sa.bindparam("of_leave"))
_of_pupil = _all.where(leave_request.c.pupil_id == sa.bindparam("of_pupil")).order_by(
    leave_request.c.asked_at.desc(), leave_request.c.leave_id.desc()
)
_newest = _of_pupil.limit(1)
_of_pupils = _all.where(
    leave_request.c.pupil_id.in_(sa.bindparam("pupils", expanding=True)),
    sa.or_(
        leave_request.c.return_day >= sa.bindparam("since"),
        leave_request.c.first_day >= sa.bindparam("since"),
        leave_request.c.state.in_(sorted(WAITING)),
    ),
).order_by(leave_request.c.asked_at.desc(), leave_request.c.leave_id.desc())
_covering = _all.where(
    sa.or_(
        leave_request.c.first_day == sa.bindparam("on_day"),
        sa.and_(
            leave_request.c.first_day < sa.bindparam("on_day"), leave_request.c.return_day > sa.bindparam("on_day")
        ),
    ),
).order_by(leave_request.c.pupil_id)
_open = _all.where(sa.or_(leave_request.c.state.in_(sorted(WAITING)), leave_request.c.until_day.is_not(None))).order_by(
    leave_request.c.first_day, leave_request.c.leave_id
)
_recent = _all.order_by(leave_request.c.asked_at.desc(), leave_request.c.leave_id).limit(sa.bindparam("most"))
_save = (
    sa.update(leave_request)
    .where(
        _of_school,
        leave_request.c.leave_id == sa.bindparam("of_leave"),
        leave_request.c.version == sa.bindparam("seen"),
    )
    .values(
        first_day=sa.bindparam("new_first_day"),
        return_day=sa.bindparam("new_return_day"),
        code=sa.bindparam("new_code"),
        state=sa.bindparam("new_state"),
        flags=sa.bindparam("new_flags"),
        notice_days=sa.bindparam("new_notice_days"),
        decided_by=sa.bindparam("new_decided_by"),
        decided_at=sa.bindparam("new_decided_at"),
        reason=sa.bindparam("new_reason"),
        decide_by=sa.bindparam("new_decide_by"),
        until_day=sa.bindparam("new_until_day"),
        more=sa.bindparam("new_more"),
        version=leave_request.c.version + 1,
    )
)


async def add(db: AsyncConnection, school_id: str, request: LeaveRequest) -> None:
    """A new request. One whose id is there already is left as it is."""
    await db.execute(_add, _row(school_id, request))


async def get(db: AsyncConnection, school_id: str, leave_id: str) -> LeaveRequest | None:
    """One request, or None."""
    row = (await db.execute(_get, {"school": school_id, "of_leave": leave_id})).mappings().one_or_none()
    return None if row is None else _request(row)


async def newest(db: AsyncConnection, school_id: str, pupil: str) -> LeaveRequest | None:
    """The request for this pupil that was made last, in any state, or None."""
    row = (await db.execute(_newest, {"school": school_id, "of_pupil": pupil})).mappings().one_or_none()
    return None if row is None else _request(row)


async def of_pupil(db: AsyncConnection, school_id: str, pupil: str) -> list[LeaveRequest]:
    """Every request for this pupil, the newest first."""
    return await _requests(db, _of_pupil, {"school": school_id, "of_pupil": pupil})


async def of_pupils(db: AsyncConnection, school_id: str, pupils: Iterable[str], since: date) -> list[LeaveRequest]:
    """Requests for these pupils that wait, or that reach to `since` or beyond it; the newest first."""
    wanted = list(pupils)
    if not wanted:
        return []
    return await _requests(db, _of_pupils, {"school": school_id, "pupils": wanted, "since": since})


async def covering(db: AsyncConnection, school_id: str, day: date) -> list[LeaveRequest]:
    """Requests in any state whose time holds this day."""
    return await _requests(db, _covering, {"school": school_id, "on_day": day})


async def granted_on(db: AsyncConnection, school_id: str, day: date) -> list[LeaveRequest]:
    """Leave that the headteacher granted for this day."""
    return [one for one in await covering(db, school_id, day) if one.grants(day)]


async def recent(db: AsyncConnection, school_id: str, most: int = 200) -> list[LeaveRequest]:
    """The newest requests in any state, the newest first."""
    return await _requests(db, _recent, {"school": school_id, "most": most})


async def open(db: AsyncConnection, school_id: str) -> list[LeaveRequest]:  # noqa: A001  what it is: the open ones
    """Requests that wait for a decision, those for a longer stay included; the earliest first day first."""
    return await _requests(db, _open, {"school": school_id})


async def save(db: AsyncConnection, school_id: str, request: LeaveRequest, seen_version: int) -> bool:
    """Write a decision made on `seen_version`; False when somebody was quicker (load and decide again)."""
    row = _row(school_id, request)
    names = (*"first_day return_day code state flags notice_days".split(), *DECIDED)
    of = {"school": school_id, "of_leave": request.id, "seen": seen_version}
    return (await db.execute(_save, {**of, **{f"new_{name}": row[name] for name in names}})).rowcount == 1


async def _requests(db: AsyncConnection, statement: sa.Select[Any], of: dict[str, Any]) -> list[LeaveRequest]:
    return [_request(row) for row in (await db.execute(statement, of)).mappings()]


def _row(school_id: str, one: LeaveRequest) -> dict[str, Any]:
    return {
        "school_id": school_id,
        "leave_id": one.id,
        "pupil_id": one.pupil,
        "first_day": one.first_day,
        "return_day": one.return_day,
        "code": one.code,
        "contact_id": one.contact,
        "message_id": one.message,
        "state": one.state,
        "flags": list(one.flags),
        "notice_days": one.notice_days,
        "decided_by": one.decided_by,
        "decided_at": one.decided_at,
        "reason": one.reason,
        "asked_at": one.asked_at,
        "version": one.version,
        "together": one.together,
        "decide_by": one.decide_by,
        "until_day": one.until,
        "more": {
            "lacks": list(one.lacks),
            "details": dict(one.details),
            "evidence": list(one.evidence),
            "messages": list(one.messages),
            "half": one.half,
            "days": [day.isoformat() for day in one.days],
        },
    }


def _request(row: RowMapping) -> LeaveRequest:
    more = row["more"] or {}
    return LeaveRequest(
        id=row["leave_id"],
        pupil=row["pupil_id"],
        first_day=row["first_day"],
        return_day=row["return_day"],
        code=row["code"],
        asked_at=row["asked_at"],
        contact=row["contact_id"],
        message=row["message_id"],
        state=row["state"],
        flags=tuple(row["flags"]),
        notice_days=row["notice_days"],
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
        reason=row["reason"],
        together=row["together"],
        lacks=tuple(more.get("lacks", ())),
        details=dict(more.get("details", {})),
        evidence=tuple(more.get("evidence", ())),
        messages=tuple(more.get("messages", ())),
        days=tuple(date.fromisoformat(day) for day in more.get("days", ())),
        decide_by=row["decide_by"],
        until=row["until_day"],
        half=more.get("half", "day"),
        version=row["version"],
    )
