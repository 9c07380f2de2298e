"""A child who was reported away on an earlier day, without a day of return, and has not been in school since.

The report covers its first day alone (promise 9), so the next one is asked about; but neither the family nor whoever
gets the case is addressed as if nothing had been said.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from attendance.absences import Absence
from attendance.calendar import CalendarTooShort
from attendance.closing import LATE
from attendance.codes import has_arrived, is_unexplained
from service.turns.turn import Turn
from storage import absences

GOES_BACK = 5
"""School days: by then the reason has run out, and what was said is old."""


async def told_before(turn: Turn, pupils: Collection[str], day: date) -> Mapping[str, Absence]:
    """The newest such report of each of these pupils."""
    first = _days_before(turn, day)
    if not pupils or first is None:
        return {}
    found: dict[str, Absence] = {}
    for one in sorted(await absences.of_pupils(turn.db, turn.school.id, pupils, first), key=lambda one: one.first_day):
        open_ended = one.live and one.return_day is None and one.half == "day" and one.contact is not None
        if open_ended and first <= one.first_day < day and one.code != LATE and not is_unexplained(one.code):
            found[one.pupil] = one
    if not found:
        return {}
    entries = await turn.entries(list(found), first, day)
    for (pupil, session), entry in entries.items():
        if pupil in found and has_arrived(entry.current) and found[pupil].first_day < session.day:
            del found[pupil]
    return found


def _days_before(turn: Turn, day: date) -> date | None:
    for _ in range(GOES_BACK):
        try:
            day = turn.school.calendar.before(day)
        except CalendarTooShort:
            return None
    return day
