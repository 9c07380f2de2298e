"""Attendance that goes wrong here and there, at the end of a school day: what the register holds of each pupil."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from attendance import irregular
from attendance.calendar import local
from attendance.days_after import PREFIX
from attendance.effects import OpenTask
from attendance.history import History, sessions_of
from attendance.irregular import FIRM, IRREGULAR, PATTERN, RETURN, Opened, since_weeks
from attendance.stages import OF_COMPULSORY_AGE_ONLY
from service.day.stages import standings
from service.turns.turn import Turn
from storage import counting, history, tasks
from storage.timers import Timer

PATTERNS = "patterns"
"""The kind of its timer; it goes off with the attendance stages."""


async def look(turn: Turn, timer: Timer) -> None:
    """Open what the policy wants of irregular, poor or erratic attendance, as the register stands now."""
    today = date.fromisoformat(timer.key)
    await turn.apply([*await _returns(turn, today), *await _patterns(turn, today)])


async def _returns(turn: Turn, today: date) -> list[OpenTask]:
    la, calendar = turn.school.policy.la, turn.school.calendar
    if not la.irregular_sessions:
        return []
    first = since_weeks(today, la.irregular_school_weeks, calendar)
    counted = await counting.by_code(turn.db, turn.school.id, first, today)
    before = await history.of_pupils(turn.db, turn.school.id, list(turn.school.roll.pupils))
    sessions = {
        pupil: sum(number for code, number in counted.get(pupil, {}).items() if code in FIRM)
        + sessions_of(before.get(pupil, ()), FIRM, first, calendar)
        for pupil, one in turn.school.roll.pupils.items()
        if OF_COMPULSORY_AGE_ONLY not in one.tags and one.year >= 0
    }
    many = [pupil for pupil, number in sessions.items() if number >= la.irregular_sessions]
    if not many:
        return []
    days = await _days(turn, many, first, today, before)
    opened = await _opened(turn, IRREGULAR, f"{PREFIX}/{RETURN}")
    found = (
        irregular.irregular_return(
            pupil,
            sessions[pupil],
            len(irregular.absences(days[pupil], FIRM)) + _unplaced(turn, before.get(pupil, ()), first),
            opened.get(pupil, ()),
            today,
            turn.now,
            turn.school,
        )
        for pupil in many
    )
    return [task for task in found if task is not None]


def _unplaced(turn: Turn, before: Iterable[History], first: date) -> int:
    """Spans of the record before our register with such sessions, of which the days are not known: an absence each."""
    calendar = turn.school.calendar
    spans = [span for span in before if span.begins_in(first, calendar) and not span.marks(calendar)]
    return sum(not FIRM.isdisjoint(code for code, number in span.absent.items() if number) for span in spans)


async def _patterns(turn: Turn, today: date) -> list[OpenTask]:
    policy = turn.school.policy.patterns
    with_worker = [pupil for pupil, one in turn.school.roll.pupils.items() if one.tags & set(policy.workers)]
    if not with_worker:
        return []
    records = {one.pupil: one.record for one in await standings(turn, today)}
    before = await history.of_pupils(turn.db, turn.school.id, with_worker)
    first = since_weeks(today, policy.school_weeks, turn.school.calendar)
    days = await _days(turn, with_worker, first, today, before)
    opened = await _opened(turn, PATTERN)
    return [
        task
        for pupil in with_worker
        if pupil in records
        for task in irregular.pattern_tasks(
            pupil, records[pupil], days[pupil], opened.get(pupil, ()), today, turn.now, turn.school
        )
    ]


async def _days(
    turn: Turn, pupils: Sequence[str], first: date, last: date, before: Mapping[str, Sequence[History]]
) -> dict[str, dict[date, list[str]]]:
    """The marks that count, day by day; what stands in the register outranks the record before it."""
    held: dict[str, dict[date, list[str]]] = {pupil: {} for pupil in pupils}
    for entry in (await turn.entries(pupils, first, last)).values():
        held[entry.pupil].setdefault(entry.session.day, []).append(entry.current or "")
    for pupil in pupils:
        for span in before.get(pupil, ()):
            for day, marks in span.marks(turn.school.calendar).items():
                if first <= day <= last:
                    held[pupil].setdefault(day, list(marks))
    return held


async def _opened(turn: Turn, *prefixes: str) -> dict[str, list[Opened]]:
    """Of each pupil the tasks that were ever opened under these keys."""
    found: dict[str, list[Opened]] = {}
    for prefix in prefixes:
        for row in await tasks.ever_under(turn.db, turn.school.id, f"{prefix}/"):
            for pupil in row.task.pupils:
                found.setdefault(pupil, []).append(Opened(row.task.key, local(row.opened_at).date()))
    return found
