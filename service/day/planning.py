"""A school's day as rows: every close, deadline, summary and ageing mark is a timer in the database.

A process that was down over one of them finds it late, and does it then.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, time, timedelta

from attendance import ladder
from attendance.calendar import Session, instant, local
from attendance.events import TimePassed
from attendance.one_child import told_beside
from service import retention
from service.day import ageing, days_after, irregular, registers, stages
from service.day.summary import morning_summary
from service.incoming import held_threads, linking, photos
from service.leave import forms, reminders
from service.leave.forms import FORM
from service.leave.requests import REMINDER
from service.turns.turn import Turn
from storage import timers
from storage.timers import Timer

PLAN_AT = time(0, 5)
SUMMARY_AFTER = timedelta(minutes=10)
SWEEP_AFTER = timedelta(minutes=5)
THREADS = "threads"
"""The timer that hands back what a person took over this school day."""


async def plan_day(turn: Turn, day: date, not_before: datetime | None = None) -> None:
    """Write the timers of one school day, and the one that plans the next day. `not_before` leaves out what is past."""
    planned = [Timer("plan", (day + timedelta(days=1)).isoformat(), instant(day + timedelta(days=1), PLAN_AT), {})]
    if turn.school.calendar.is_school_day(day):
        planned += _day_timers(turn, day)
    kept = [timer for timer in planned if not_before is None or timer.due_at >= not_before]
    await timers.put(turn.db, turn.school.id, kept)


def _day_timers(turn: Turn, day: date) -> list[Timer]:
    found = [
        Timer("age", day.isoformat(), instant(day, ageing.AGE_AT), {}),
        Timer("expire", day.isoformat(), instant(day, ageing.EXPIRE_AT), {}),
        Timer(THREADS, day.isoformat(), turn.school.end_of_day(day), {}),
        Timer(stages.STAGES, day.isoformat(), instant(day, stages.STAGES_AT), {}),
        Timer(irregular.PATTERNS, day.isoformat(), instant(day, stages.STAGES_AT), {}),
    ]
    deadlines: set[tuple[Session, datetime]] = set()
    for (session, closes), groups in registers.register_times(turn, day).items():
        key = f"{session}/{closes:%H%M}"
        found.append(Timer(*registers.close_timer(session, closes), closes, {"half": session.half}))
        found.append(Timer("sweep", key, closes + SWEEP_AFTER, {"half": session.half}))
        if session.half == "am":
            found.append(Timer("summary", key, closes + SUMMARY_AFTER, {"half": session.half}))
        for group in groups:
            at = registers.register_deadline(turn, group, session)
            if at is not None:
                deadlines.add((session, at))
    found += [
        Timer("register_deadline", f"{session}/{at:%H%M}", at, {"half": session.half}) for session, at in deadlines
    ]
    changes = {timer.due_at for timer in found if timer.kind in ("close", "register_deadline")}
    found += days_after.timers_of(turn, day, changes)
    return found


async def fire(turn: Turn, timer: Timer) -> None:
    """Do what one timer is for. It was taken under its own due time, so it is done once."""
    await FIRES[timer.kind](turn, timer)


async def look_up(turn: Turn, due: Sequence[Timer]) -> None:
    """Read at once what these timers will need one by one."""
    await turn.look_up_alerts([timer.key for timer in due if timer.kind == "alert"])
    pupils: dict[date, list[str]] = {}
    for pupil, session in (_case_of(timer) for timer in due if timer.kind == "case"):
        pupils.setdefault(session.day, []).append(pupil)
    for day, names in pupils.items():
        await turn.cases_of(day, names)


async def _plan(turn: Turn, timer: Timer) -> None:
    """A process that was down for days plans today; registers of days that are over are no alarm any more."""
    await plan_day(turn, max(date.fromisoformat(timer.key), local(turn.now).date()))
    await held_threads.end_with_the_day(turn)  # what was taken over in the evening, or on a day without school


async def _threads(turn: Turn, timer: Timer) -> None:
    await held_threads.end_with_the_day(turn)


async def _close(turn: Turn, timer: Timer) -> None:
    await registers.close_groups(turn, _session(timer), registers.closed_by(turn, _session(timer), timer.due_at))


async def _register_deadline(turn: Turn, timer: Timer) -> None:
    session = _session(timer)
    groups = [
        group for group in turn.school.roll.groups if registers.register_deadline(turn, group, session) == timer.due_at
    ]
    await registers.unaccounted(turn, session, groups)


async def _sweep(turn: Turn, timer: Timer) -> None:
    """Asks what should have happened and did not: a register that closed and left a child without a case."""
    session = _session(timer)
    closed = [group for group in turn.school.roll.groups if registers.has_closed(turn, group, session)]
    await registers.close_groups(turn, session, closed, late=True)


async def _summary(turn: Turn, timer: Timer) -> None:
    await morning_summary(turn, _session(timer))


def _session(timer: Timer) -> Session:
    return Session(date.fromisoformat(timer.key.split("/")[0]), timer.data["half"])


async def _case(turn: Turn, timer: Timer) -> None:
    case = await turn.case(*_case_of(timer))
    if case is not None:
        await turn.move(case, TimePassed(f"time/{timer.due_at.isoformat()}", timer.due_at))


def _case_of(timer: Timer) -> tuple[str, Session]:
    pupil, day, half = timer.key.rsplit("/", 2)
    return pupil, Session(date.fromisoformat(day), "am" if half == "am" else "pm")


async def _invitation_ended(turn: Turn, timer: Timer) -> None:
    """A link to Telegram that nobody used: taking the timer was its end."""


async def _alert(turn: Turn, timer: Timer) -> None:
    alert = await turn.alert_by_key(timer.key)
    if alert is None:
        return
    moved, words = ladder.time_passed(alert, timer.due_at, turn.now, turn.school)
    turn.tell_staff(moved, words)
    for beside, again in told_beside(moved, words, await turn.live_alerts(), turn.now, turn.school):
        turn.tell_staff(beside, again)


Fire = Callable[[Turn, Timer], Awaitable[None]]

FIRES: dict[str, Fire] = {
    "plan": _plan,
    "close": _close,
    "sweep": _sweep,
    "register_deadline": _register_deadline,
    "summary": _summary,
    "case": _case,
    "alert": _alert,
    "age": ageing.age,
    "expire": ageing.expire,
    THREADS: _threads,
    stages.STAGES: stages.look,
    irregular.PATTERNS: irregular.look,
    linking.INVITATION: _invitation_ended,
    REMINDER: reminders.due,
    FORM: forms.ended,
    photos.PHOTO: photos.gave_up,
    retention.NIGHTLY: retention.nightly,
    retention.LEAVER: retention.leaver,
    days_after.LOOK: days_after.look,
    days_after.CUT_OFF: days_after.no_word,
}
