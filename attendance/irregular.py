"""Attendance that goes wrong here and there: no long absence, but many, for whom the policy names somebody.

- The attendance return for irregular attendance (`la.irregular_sessions`): St Joseph & St Bede 3.2 and 7.2, Mary
  Bassett's Absence procedures. Sessions that are unauthorised for good, in several absences; ten days on end have
  their own return (`attendance.days_after`).
- Poor or erratic attendance of a child whose social worker or youth offending worker is told (`[patterns]`): West
  Coventry 6.

A task says the figures; a person tells the authority or the worker (promise 6). What is poor, erratic or irregular the
policies leave open: readings A111 and A114.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from attendance.calendar import SchoolCalendar
from attendance.effects import OpenTask
from attendance.leave.flags import ENOUGH, Record
from attendance.periods import period_begins
from attendance.school import School
from attendance.spoken import day_words, together

IRREGULAR, PATTERN = "irregular", "pattern"
"""What the keys of these tasks begin with."""
RETURN = "la_return"
SEVERAL = 3
"""Absences that make attendance irregular; a refused fortnight in Spain is one, and long."""
UNEXPECTED = frozenset({"", "-", "N", "O", "G", "U", "I"})
"""Marks of an absence that nobody had agreed to before. An appointment, leave and the like are no erratic pattern."""
FIRM = frozenset({"G", "O", "U"})
WORKERS = {"social_worker": "tell_social_worker", "yot": "tell_yot"}
"""The task for each tag."""
BY_THE_NEXT = 1
"""School days within which a worker, or the authority, is to be told."""
Days = Mapping[date, Sequence[str]]
"""The marks that count of each school day of which there is any."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A task that was opened for a pupil before, by its key, and when."""

    key: str
    at: date


def since_weeks(today: date, weeks: int, calendar: SchoolCalendar) -> date:
    """The Monday on which the last so many school weeks begin, this one among them.

    A school week has at least one school day (statute notes, section 9): weeks of a holiday are passed over.
    """
    mondays = sorted({day - timedelta(days=day.weekday()) for day in calendar.school_days if day <= today})
    return mondays[-weeks:][0] if mondays else today


def absences(days: Days, codes: frozenset[str]) -> list[tuple[date, ...]]:
    """The separate absences under these codes: days on end, each with such a mark. A day with none ends it."""
    found: list[list[date]] = []
    goes_on = False
    for day in sorted(days):
        away = not codes.isdisjoint(days[day])
        if away and goes_on:
            found[-1].append(day)
        elif away:
            found.append([day])
        goes_on = away
    return [tuple(one) for one in found]


def irregular_return(
    pupil: str, sessions: int, apart: int, opened: Sequence[Opened], today: date, now: datetime, school: School
) -> OpenTask | None:
    """The return of a pupil whose unauthorised `sessions` are enough and lie in several absences (`apart`).

    Both of the time that `la.irregular_school_weeks` counts, and once in that time: `opened` are the returns of this
    pupil, also those for days on end.
    """
    la = school.policy.la
    if not la.irregular_sessions or sessions < la.irregular_sessions or apart < SEVERAL:
        return None
    begins = since_weeks(today, la.irregular_school_weeks, school.calendar)
    if any(one.at >= begins for one in opened):
        return None
    note = (
        f"{sessions} sessions without authorisation in {apart} absences, in the last {la.irregular_school_weeks} school"
        " weeks: irregular attendance is told to the local authority."
    )
    key = f"{IRREGULAR}/{today.isoformat()}/{pupil}"
    return OpenTask(key, RETURN, la.irregular_role, school.due_within(BY_THE_NEXT, today, now), (pupil,), note=note)


def pattern_tasks(
    pupil: str, record: Record, days: Days, opened: Sequence[Opened], today: date, now: datetime, school: School
) -> list[OpenTask]:
    """Poor or erratic attendance of a child with a worker: a task to tell each of its workers, once a term for each.

    `record` of the school year; `days` of the time that `patterns.school_weeks` counts.
    """
    policy, tags = school.policy.patterns, school.roll.pupils[pupil].tags
    term = period_begins(today, "term", school.calendar)
    found: list[OpenTask] = []
    for kind, fact in (("poor", _poor(record, school)), ("erratic", _erratic(days, today, school))):
        for worker in policy.workers if fact else ():
            prefix = f"{PATTERN}/{kind}/{worker}/"
            before = any(one.key.startswith(prefix) and one.at >= term for one in opened)
            if worker in tags and worker in WORKERS and not before:
                key = f"{prefix}{today.isoformat()}/{pupil}"
                due = school.due_within(BY_THE_NEXT, today, now)
                found.append(
                    OpenTask(key, WORKERS[worker], policy.role, due, (pupil,), note=f"Tell the worker: {fact}")
                )
    return found


def _poor(record: Record, school: School) -> str:
    below = school.policy.patterns.below_pct
    if below is None or record.possible < ENOUGH or record.attended * 100 >= below * record.possible:
        return ""
    return (
        f"attendance is below {below:g} per cent in this school year, {record.attended} of {record.possible} sessions."
    )


def _erratic(days: Days, today: date, school: School) -> str:
    policy = school.policy.patterns
    apart = absences(days, UNEXPECTED)
    if not policy.absences or len(apart) < policy.absences:
        return ""
    begun = together([day_words(one[0], today) for one in apart])
    return f"{len(apart)} separate absences in the last {policy.school_weeks} school weeks, from {begun}."
