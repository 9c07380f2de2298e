"""The minutes as a page (promise 10): how long it took from a register's close, by child, by day and by term."""

from __future__ import annotations

from datetime import date, timedelta

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from attendance.calendar import CalendarTooShort, local
from attendance.minutes import ChildMinutes, DayMinutes, TermMinutes
from office.figures.measured import minutes_of, minutes_of_term
from office.pages import pages
from office.visit import Visit, needs

router = APIRouter()
LOOK = needs("see_board")
DAYS_SHOWN = 5
"""School days of which the medians stand beside the day that is shown."""


@router.get("/minutes")
async def minutes(day: str = "", visit: Visit = Depends(LOOK)) -> HTMLResponse:
    """One school day in minutes; `day` is an ISO date, today where it is left out or is none."""
    today = local(visit.desk.now()).date()
    shown = min(_day(day) or today, today)
    days = [await _of(visit, one) for one in _days_up_to(shown, visit)]
    await visit.write_down("view_minutes", f"minutes/{shown}")
    term = await _of_term(visit, shown)
    newer = _after(shown, visit)
    return pages.page(
        "minutes.html", visit, today=today, shown=days[0], days=days, term=term, pupils=visit.school.roll.pupils,
        newer=newer if newer is not None and newer <= today else None, older=_before(days[-1].day, visit),
    )  # fmt: skip


async def _of(visit: Visit, day: date) -> DayMinutes:
    """The day's minutes of the children whom this person may see; those who left the roll since are left out."""
    async with visit.desk.database.read() as db:
        found = await minutes_of(db, visit.school, day)
    return DayMinutes(day, _seen_by(visit, found.children))


async def _of_term(visit: Visit, until: date) -> TermMinutes:
    """The same of the term so far, as it stood on the day that is shown."""
    async with visit.desk.database.read() as db:
        found = await minutes_of_term(db, visit.school, until)
    return TermMinutes(found.first_day, found.until, _seen_by(visit, found.children))


def _seen_by(visit: Visit, children: tuple[ChildMinutes, ...]) -> tuple[ChildMinutes, ...]:
    pupils = visit.school.roll.pupils
    return tuple(one for one in children if one.pupil in pupils and visit.sees(pupils[one.pupil]))


def _days_up_to(day: date, visit: Visit) -> list[date]:
    days = [day]
    while len(days) < DAYS_SHOWN and (before := _before(days[-1], visit)) is not None:
        days.append(before)
    return days


def _before(day: date, visit: Visit) -> date | None:
    try:
        return visit.school.calendar.before(day)
    except CalendarTooShort:
        return None


def _after(day: date, visit: Visit) -> date | None:
    try:
        return visit.school.calendar.on_or_after(day + timedelta(days=1))
    except CalendarTooShort:
        return None


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
