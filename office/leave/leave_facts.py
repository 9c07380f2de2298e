"""What stands beside a request for leave: the pupil's record of the school year, and the last ten school weeks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.history import History
from attendance.leave import LeaveRequest
from attendance.leave.asking import DETAILS
from attendance.leave.assessments import NEAR, near
from attendance.leave.flags import Record, codes_of
from attendance.leave.ten_weeks import FIRM, LEAVE, NOT_YET, TenWeeks, begins
from attendance.periods import school_year
from attendance.school import School
from office.board.snapshot import Said, said
from office.wording import LEAVE_FIELDS, leave_flag
from storage import counting, history
from storage.journal import Line


async def record_of(db: AsyncConnection, school: School, pupil: str, today: date) -> Record:
    """Sessions from the first day of the school year up to today, in our register and in the record before it."""
    first, _ = school_year(today)
    spans = [one for one in await _before(db, school, pupil) if one.begins_in(first, school.calendar)]
    found = {}
    for name, codes in codes_of(school.policy.code_set).items():
        counted = await counting.sessions(db, school.id, [pupil], codes, first, today)
        before = sum(number for span in spans for code, number in span.absent.items() if code in codes)
        found[name] = counted.get(pupil, 0) + before
    found["attended"] += sum(span.attended for span in spans)
    return Record(**found)


async def ten_weeks_of(db: AsyncConnection, school: School, pupil: str, today: date) -> TenWeeks:
    """Unauthorised sessions and leave in the ten school weeks that end today.

    A span of the record before our register that began earlier cannot be split by week: it is counted in none, and
    said.
    """
    since = begins(today, school.calendar)
    spans = await _before(db, school, pupil)

    async def of(codes: frozenset[str]) -> int:
        counted = await counting.sessions(db, school.id, [pupil], codes, since, today)
        return counted.get(pupil, 0) + _sessions([one for one in spans if one.begins_in(since, school.calendar)], codes)

    reaching = [one for one in spans if one.last_day >= since and not one.begins_in(since, school.calendar)]
    unclear = _sessions(reaching, FIRM | NOT_YET)
    return TenWeeks(since, await of(FIRM), await of(NOT_YET), await of(LEAVE), unclear)


def sessions_asked(request: LeaveRequest, school: School) -> int:
    """How many sessions the request is for."""
    return len(request.halves) * len(request.asked_days(school.calendar))


def heard_of(lines: Sequence[Line], request: LeaveRequest) -> list[Said]:
    """The family's own words of the request among the lines of the pupil's journal, the first words first; without the
    answers that stand beside it, each under what was asked."""
    heard = [said(line) for line in lines if line.kind == "received" and line.data.get("message") in request.told]
    heard = [one for one in heard if one.text.strip() not in request.details.values()]
    return sorted(heard, key=lambda one: request.told.index(one.id))


def details_in_words(request: LeaveRequest) -> list[tuple[str, str]]:
    """What the family said of the policy's questions and of the head's, with the name of each."""
    return [(LEAVE_FIELDS[key], request.details[key]) for key in (*DETAILS, "more") if key in request.details]


def flags_in_words(request: LeaveRequest, school: School) -> list[str]:
    """What whoever decides reads of the flags; of an assessment also which one, and when."""
    pupil = school.roll.pupils.get(request.pupil)
    days = request.school_days(school.calendar)
    tests = near(days, pupil.year, school.calendar) if pupil is not None else ()
    which = "; ".join(f"{one.name}, {span_of(one.first_day, one.last_day)}" for one in tests)
    return [f"{leave_flag(flag)} ({which})" if flag == NEAR and which else leave_flag(flag) for flag in request.flags]


def span_of(first: date, last: date) -> str:
    """ "7 June to 11 June", or the one day."""
    said = f"{first.day} {first:%B}"
    return said if first == last else f"{said} to {last.day} {last:%B}"


async def _before(db: AsyncConnection, school: School, pupil: str) -> tuple[History, ...]:
    return tuple((await history.of_pupils(db, school.id, [pupil])).get(pupil, ()))


def _sessions(spans: list[History], codes: frozenset[str]) -> int:
    return sum(number for span in spans for code, number in span.absent.items() if code in codes)
