"""A session without a reason grows old: a task on the fifth school day, O at its end.

Source: SI 2024/208 reg 10(7)-(9), counted in school days of the school's own calendar. A blank or `-` in a marked class
counts as N (promise 1), so it becomes O like any N; in a class that nobody marked it says nothing about the child.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time

from attendance.calendar import CalendarTooShort, Session, instant
from attendance.case import PRESENT_OUTCOMES
from attendance.codes import is_unexplained
from attendance.continuous import EXPLAINS
from attendance.effects import OpenTask
from attendance.people import Pupil
from attendance.register import Amendment, Entry
from service.day import own_rules
from service.turns.turn import Turn
from storage import register
from storage.timers import Timer

AGE_AT = time(8, 0)
EXPIRE_AT = time(17, 0)
"""When a school day's undecided N marks become O: after the office has gone through the tasks of the fifth day."""
SAID_OTHERWISE = PRESENT_OUTCOMES | {"not_expected", "on_leave"}
"""How a case ends when somebody said that the child was here, or not due: then a blank is a person's to fill.

A mark of the afternoon, which ends the morning's case too, says nothing of the morning (DESIGN section 7).
"""


async def write_blanks(turn: Turn, session: Session, pupils: Sequence[Pupil], entries: Mapping[str, Entry]) -> None:
    """Children of a marked class of whom the register says nothing at all: an empty entry, so that it can grow old."""
    missing = [(pupil.id, session, None) for pupil in pupils if pupil.id not in entries]
    await register.put_marks(turn.db, turn.school.id, missing, turn.now)


async def age(turn: Turn, timer: Timer) -> None:
    """On the fifth school day after a session without a reason: a task, so that a person decides before its end."""
    today = date.fromisoformat(timer.key)
    for entry in await register.unexplained(turn.db, turn.school.id, today):
        if expires_on(turn, entry.session.day) != today:
            continue
        await turn.apply(
            [
                OpenTask(
                    f"ncode/{entry.pupil}/{entry.session}",
                    "decide_n",
                    "attendance_officer",
                    instant(today, EXPIRE_AT),
                    (entry.pupil,),
                    entry.session,
                    await _why_now(turn, entry),
                )
            ]
        )


async def _why_now(turn: Turn, entry: Entry) -> str:
    when = f"{entry.session.day:%-d %B} {entry.session.half}"
    ends = "; it becomes O at the end of today." if await _counts_as_n(turn, entry) else "."
    case = await turn.case(entry.pupil, entry.session)
    if case is not None and case.stage == "settled" and case.reason == "none" and case.outcome in EXPLAINS:
        return f"Somebody settled {when} with a reason, and no code was entered: amend it{ends}"
    return f"No reason for {when}{ends}"


async def expire(turn: Turn, timer: Timer) -> None:
    """What nobody explained by the end of the fifth school day becomes O, in the name of the accountable person."""
    today = date.fromisoformat(timer.key)
    person = own_rules.accountable(turn.school)
    made = []
    for entry in await register.unexplained(turn.db, turn.school.id, today):
        expires = expires_on(turn, entry.session.day)
        if expires is None or expires > today or not await _counts_as_n(turn, entry):
            continue
        made.append(
            Amendment(
                pupil=entry.pupil,
                session=entry.session,
                original=entry.current,
                code="O",
                provisional=False,
                by=person.name if person else "Firstcall",
                position=person.position if person else "rule of the regulations",
                reason=f"No reason established in {turn.school.policy.ncode.expires_school_days} school days"
                " (SI 2024/208 reg 10(7)-(9)), by rule",
                at=turn.now,
            )
        )
    await turn.amend(made)
    for one in made:
        case = await turn.case(one.pupil, one.session)
        if case is not None:
            await turn.replace_case(replace(case, reason="expired"), [])


async def _counts_as_n(turn: Turn, entry: Entry) -> bool:
    """N always; a blank where its class was marked and nobody said that the child was here, or not due."""
    if entry.current == "N":
        return True
    case = await turn.case(entry.pupil, entry.session)
    if case is not None:
        return case.outcome not in SAID_OTHERWISE or not is_unexplained(case.mark)
    pupil = turn.school.roll.pupils.get(entry.pupil)
    return pupil is not None and pupil.group in await register.classes_taken(turn.db, turn.school.id, entry.session)


def expires_on(turn: Turn, day: date) -> date | None:
    """The last school day on which N of `day` may still be replaced; None while the calendar is too short to say."""
    try:
        return turn.school.calendar.after(day, turn.school.policy.ncode.expires_school_days)
    except CalendarTooShort:
        return None
