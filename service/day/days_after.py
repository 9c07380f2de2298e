"""The days after the first, on a school's own clock: which children they concern, and the tasks that are due.

Every close, every time of a step and the end of the school day looks again at who is away; a task's key makes it once
only, so that looking again adds nothing. Marks that arrive later and reports ask for another look at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from attendance import days_after, proof_wanted
from attendance.absences import APPOINTMENT, Absence
from attendance.calendar import CalendarTooShort, Session, instant, local
from attendance.case import Case
from attendance.closing import LATE, back_on
from attendance.continuous import (
    ILL,
    Days,
    Judge,
    Known,
    ill,
    in_treatment,
    known,
    run,
    stretch,
    unauthorised,
    unexplained,
    without_contact,
)
from attendance.days_after import LATE_MARKS, Due
from attendance.effects import CloseTasks
from attendance.history import SESSIONS_A_DAY, UNAUTHORISED, sessions_of
from attendance.periods import period_begins, school_year
from attendance.register import MACHINE, Entry
from attendance.school import DAY_ENDS
from service.day.stages import opened_stages
from service.turns.turn import Turn
from storage import absences, cases, counting, history, journal, leave, tasks, timers
from storage.tasks import TaskRow
from storage.timers import Timer

RETURN_OF_SICKNESS = "sickness_return"
LOOK, CUT_OFF = "later", "cut_off"
"""Kinds of timers: look at who is away, no word by the cut-off."""
SPANS = (3, 15, 60, 400)
"""School days to look back: most absences are short, and the next span is read only for those that fill the last."""


# -- when ------------------------------------------------------------------------------------------------------------


def timers_of(turn: Turn, day: date, closes: Iterable[datetime]) -> list[Timer]:
    """The timers of one school day; `closes` are the closes of its registers and what else changes the marks (UTC)."""
    policy = turn.school.policy
    times = {*closes, turn.school.end_of_day(day)}
    times |= {instant(day, step.at) for step in policy.unexplained if step.at is not None}
    found = [Timer(LOOK, f"{day}/{local(at):%H%M}", at, {}) for at in times]
    if policy.report.repeat == "daily":
        found.append(Timer(CUT_OFF, day.isoformat(), instant(day, policy.report.cutoff), {}))
    return found


async def look_soon(turn: Turn, day: date) -> None:
    """Marks of a closed register arrived or changed: look again, after this turn. Only today has steps that are due."""
    if day == local(turn.now).date():
        await timers.put(turn.db, turn.school.id, [Timer(LOOK, f"{day}/soon", turn.now, {})])


def report_came(turn: Turn, absence: Absence) -> None:
    """A report was recorded: what it makes certain is looked at when the marks of this turn are in."""
    turn.at_the_end(lambda: _reported(turn, absence))


def report_gone(turn: Turn, absence: Absence) -> None:
    """A report was taken back, or another took its place: what rested on it is looked at in the same way."""
    turn.at_the_end(lambda: _gone(turn, absence))


async def _gone(turn: Turn, absence: Absence) -> None:
    await turn.apply([CloseTasks(proof_wanted.task_key(absence))])
    await _sickness_falls_away(turn, local(turn.now).date())


async def look(turn: Turn, timer: Timer) -> None:
    """Everything that is due for those who are away on the timer's day."""
    day = date.fromisoformat(timer.key.split("/")[0])
    await _put_away(turn, day)
    today = await turn.cases_of(day)
    seen = Seen(turn, day)
    await _unexplained(seen, sorted({case.pupil for case in today}))
    await _not_returned(turn, day, today)
    marked = await counting.marked_on(turn.db, turn.school.id, day, {*UNAUTHORISED, *LATE_MARKS, ILL})
    blank_too = {case.pupil for case in today}.union(pupil for pupil, code in marked if code in UNAUTHORISED)
    await _unauthorised(seen, sorted(blank_too))
    await _sick(turn, day, {pupil: (day,) for pupil, code in marked if code == ILL})
    await _late(turn, day, sorted({pupil for pupil, code in marked if code in LATE_MARKS}))


async def _reported(turn: Turn, absence: Absence) -> None:
    """A sickness that will be long enough is a return now; today's reminder needs nobody any more; proof is asked for
    where the policy wants it."""
    today = local(turn.now).date()
    concerns = proof_wanted.may_concern(absence, turn.school)
    stages = await opened_stages(turn, today, absence.pupil) if concerns else []
    if (proof := proof_wanted.evidence_task(absence, stages, turn.now, turn.school)) is not None:
        await turn.apply([proof])
    if turn.school.policy.report.repeat == "daily":
        await turn.apply([CloseTasks(days_after.daily_contact_key(absence.pupil, today))])
    try:
        begins = turn.school.calendar.on_or_after(absence.first_day)
        anchors = {absence.pupil: (begins, turn.school.calendar.after(begins))}
        await _sick(turn, today, anchors, in_treatment if absence.code == APPOINTMENT else ill)
    except CalendarTooShort:
        return


# -- who is away -----------------------------------------------------------------------------------------------------


async def _unexplained(seen: Seen, pupils: Sequence[str]) -> None:
    turn = seen.turn
    runs = await seen.runs(pupils, unexplained)
    asked = [pupil for pupil, absent in runs.items() if _contact_matters(absent, turn)]
    silent = await seen.runs(asked, without_contact)
    due: list[Due] = []
    for pupil, absent in runs.items():
        reached = pupil in silent and not silent[pupil]
        due += days_after.steps(pupil, absent, turn.now, turn.school, reached)
        due += days_after.referral(pupil, silent.get(pupil, ()), turn.now, turn.school)
    await _open(turn, due)


def _contact_matters(absent: tuple[date, ...], turn: Turn) -> bool:
    """Something that is due on this day of the absence depends on whether the family has spoken to us."""
    conditional = any(step.condition == "not_reached" for step in days_after.steps_on(len(absent), turn.school))
    return conditional or len(absent) >= turn.school.policy.la.cme_day


async def _unauthorised(seen: Seen, pupils: Sequence[str]) -> None:
    turn = seen.turn
    due: list[Due] = []
    for pupil, absent in (await seen.runs(pupils, unauthorised)).items():
        due += days_after.attendance_return(pupil, absent, turn.now, turn.school)
    await _open(turn, due)


class Seen:
    """What one look at the absences up to `day` has read: each span of days once for a pupil, whoever judges it."""

    def __init__(self, turn: Turn, day: date) -> None:
        self.turn = turn
        self._day = day
        self._read: dict[date, dict[str, Days]] = {}

    async def runs(self, pupils: Sequence[str], judge: Judge) -> dict[str, tuple[date, ...]]:
        """The continuous absence up to the day of each of these pupils."""
        calendar = self.turn.school.calendar
        earlier = calendar.between(calendar.school_days[0], self._day)
        found: dict[str, tuple[date, ...]] = {}
        wanted = list(pupils)
        for span in SPANS:
            window = earlier[-span:]
            days = await self._since(window[0] if window else self._day, wanted)
            found |= {pupil: run(days[pupil], self._day, judge, calendar) for pupil in wanted}
            wanted = [pupil for pupil in wanted if found[pupil] and not _ends_within(days[pupil], window, judge)]
            if not wanted or len(window) < span:
                break
        return found

    async def _since(self, first: date, pupils: Sequence[str]) -> Mapping[str, Days]:
        read = self._read.setdefault(first, {})
        if new := [pupil for pupil in pupils if pupil not in read]:
            read |= await _known(self.turn, new, first, self._day)
        return read


def _ends_within(days: Days, window: Sequence[date], judge: Judge) -> bool:
    return any(judge(days[day]) == "ends" for day in window if day in days)


async def _known(turn: Turn, pupils: Sequence[str], first: date, last: date) -> dict[str, Days]:
    """What is known of each pupil's school days; what stands in the register outranks the record before it."""
    found: dict[str, dict[date, Known]] = {pupil: {} for pupil in pupils}
    for pupil, spans in (await history.of_pupils(turn.db, turn.school.id, pupils)).items():
        for span in spans:
            found[pupil] |= {day: Known(marks) for day, marks in span.marks(turn.school.calendar).items()}
    entries: dict[tuple[str, date], list[Entry]] = {}
    for entry in (await turn.entries(pupils, first, last)).values():
        entries.setdefault((entry.pupil, entry.session.day), []).append(entry)
    opened: dict[tuple[str, date], list[Case]] = {}
    earlier = await cases.between(turn.db, turn.school.id, first, last - timedelta(days=1), pupils)
    for case in [*earlier, *await turn.cases_of(last, pupils)]:
        opened.setdefault((case.pupil, case.session.day), []).append(case)
    for pupil, day in {**entries, **opened}:
        found[pupil][day] = known(entries.get((pupil, day), ()), opened.get((pupil, day), ()))
    return {**found}


# -- what adds up ----------------------------------------------------------------------------------------------------


async def _sick(turn: Turn, today: date, anchors: Mapping[str, Sequence[date]], judge: Judge = ill) -> None:
    """The return for a long sickness. `anchors`: pupils, and days on which each may be ill or is reported so.

    With `in_treatment` the sessions under M count too that belong to this very absence: nobody is at an appointment
    for weeks, so the task asks a person, who decides on the code.
    """
    first, last = school_year(today)
    counted = await _sessions(turn, list(anchors), frozenset({ILL}), first, last)
    enough = SESSIONS_A_DAY * turn.school.policy.la.sickness_days
    long = [pupil for pupil, sessions in counted.items() if sessions >= enough or judge is in_treatment]
    if not long:
        return
    days = await _known(turn, long, first, last)
    due: list[Due] = []
    for pupil in long:
        found = (stretch(days[pupil], anchor, turn.school.calendar, judge) for anchor in anchors[pupil])
        sick = next((one for one in found if one), ())
        sessions = counted[pupil]
        if judge is in_treatment:
            sessions += sum(days[pupil][day].marks.count(APPOINTMENT) for day in sick)
        due += days_after.sickness_return(pupil, sick, sessions, today, turn.now, turn.school)
    await _open(turn, due)


async def _sickness_falls_away(turn: Turn, today: date) -> None:
    """A return needs nobody any more when its days of illness were taken back and are not enough."""
    waiting = await turn.open_tasks(RETURN_OF_SICKNESS)
    if not waiting:
        return
    first, last = school_year(today)
    pupils = sorted({pupil for task in waiting for pupil in task.pupils})
    counted = await _sessions(turn, pupils, frozenset({ILL}), first, last)
    days = await _known(turn, pupils, first, last)
    for task in waiting:
        pupil, begins = task.pupils[0], days_after.day_of(task.key) or today
        treated = stretch(days[pupil], begins, turn.school.calendar, in_treatment)
        sessions = counted[pupil] + sum(days[pupil][day].marks.count(APPOINTMENT) for day in treated)
        if sessions < SESSIONS_A_DAY * turn.school.policy.la.sickness_days:
            await turn.apply([CloseTasks(task.key)])


async def _late(turn: Turn, today: date, pupils: Sequence[str]) -> None:
    late = turn.school.policy.late
    if not (late.letter_after or late.meeting_after):
        return
    since = period_begins(today, turn.school.policy.late.period, turn.school.calendar)
    counted = await _sessions(turn, pupils, LATE_MARKS, since, today)
    due: list[Due] = []
    for pupil, lates in counted.items():
        due += days_after.late_letter(pupil, lates, since, today, turn.now, turn.school)
        due += days_after.late_meeting(pupil, lates, since, today, turn.now, turn.school)
    await _open(turn, due)


async def _sessions(
    turn: Turn, pupils: Sequence[str], codes: frozenset[str], first: date, last: date
) -> dict[str, int]:
    """Sessions under these codes in the register and in the record before it."""
    if not pupils:
        return {}
    counted = await counting.sessions(turn.db, turn.school.id, pupils, codes, first, last)
    before = await history.of_pupils(turn.db, turn.school.id, pupils)
    calendar = turn.school.calendar
    return {p: counted.get(p, 0) + sessions_of(before.get(p, ()), codes, first, calendar) for p in pupils}


# -- the family's word -----------------------------------------------------------------------------------------------


async def no_word(turn: Turn, timer: Timer) -> None:
    """The cut-off passed: a reminder for each child who is reported absent from an earlier day, without word today.

    Word is a report about the child, or a message that is not about other children only, since the last school day
    ended. Leave that was granted needs none.
    """
    day = date.fromisoformat(timer.key)
    granted = {request.pupil for request in await leave.granted_on(turn.db, turn.school.id, day)}
    sessions = (Session(day, "am"), Session(day, "pm"))
    away: dict[str, Absence] = {}
    for one in await absences.covering(turn.db, turn.school.id, day):
        covers = any(one.covers(session, turn.school.calendar) for session in sessions)
        if one.code != LATE and one.first_day < day and covers and one.pupil not in granted:
            away[one.pupil] = one
    seen = {entry.pupil for entry in (await turn.entries(list(away), day, day)).values() if entry.present}
    seen |= await _back_before(turn, away, day)
    try:
        since = instant(turn.school.calendar.before(day), DAY_ENDS)
    except CalendarTooShort:
        since = instant(day, time(0, 0))
    wrote = await _wrote(turn, since)
    await _open(
        turn,
        [
            days_after.daily_contact(pupil, absence, day, turn.now, turn.school)
            for pupil, absence in away.items()
            if pupil not in seen and pupil not in wrote and absence.recorded_at < since
        ],
    )


async def _back_before(turn: Turn, away: Mapping[str, Absence], day: date) -> set[str]:
    """Those who were here for a whole day before this one: what was said of them is used up."""
    first = min((one.first_day for one in away.values()), default=day)
    known = (await turn.entries(list(away), first, day - timedelta(days=1))).values() if first < day else ()
    return {pupil for pupil, one in away.items() if back_on(one, [entry for entry in known if entry.pupil == pupil])}


async def _wrote(turn: Turn, since: datetime) -> set[str]:
    """The children about whom a family wrote since then."""
    found: set[str] = set()
    for line in await journal.of_day(turn.db, turn.school.id, since, turn.now + timedelta(microseconds=1)):
        if line.kind != "received":
            continue
        reports = (line.data.get("understood") or {}).get("reports") or ()
        named = {child for report in reports for child in report.get("children") or ()}
        found |= named & set(line.pupils) if named else set(line.pupils)
    return found


async def _not_returned(turn: Turn, day: date, today: Sequence[Case]) -> None:
    """Expected back today by a report or by leave, and nobody has said why the child is not here."""
    waiting = {case.pupil: case for case in sorted(today, key=lambda one: one.session, reverse=True)}
    waiting = {
        pupil: case
        for pupil, case in waiting.items()
        if case.stage not in ("answered", "settled") and not (case.session.half == "pm" and case.afternoon_missed)
    }  # who was here this morning has come back
    if not waiting:
        return
    calendar = turn.school.calendar
    try:
        before = calendar.before(day)
    except CalendarTooShort:
        return
    for one in await absences.of_pupils(turn.db, turn.school.id, waiting, before):
        back = one.return_day
        if one.live and one.code != LATE and back and one.first_day < back and before < back <= day:
            beside = await _of_the_leave(turn, one)
            await turn.raise_alert(days_after.not_returned(waiting[one.pupil], one, beside))


async def _of_the_leave(turn: Turn, absence: Absence) -> str:
    """What was asked and decided, where the absence was leave."""
    requests = await leave.of_pupil(turn.db, turn.school.id, absence.pupil)
    request = next((one for one in requests if absence.id.startswith(f"{one.id}/granted")), None)
    if request is None:
        return ""
    by = f" by {request.decided_by}" if request.decided_by else ""
    asked = f"asked for on {local(request.asked_at):%-d %B}, granted{by}"
    more = f"; the family has asked to stay until {request.until:%-d %B}" if request.until else ""
    return f"It was leave, {asked}{more}."


# -- opening and closing ---------------------------------------------------------------------------------------------


async def _open(turn: Turn, due: Sequence[Due]) -> None:
    """Open what was not opened for the same absence before."""
    keys = {key for one in due for key in one.unless}
    rows = await tasks.of_keys(turn.db, turn.school.id, keys) if keys else []
    there = {row.task.key for row in rows if not _fell_away(row)}
    gone = {row.task.key for row in rows if _fell_away(row)}
    wanted = [one.task for one in due if there.isdisjoint(one.unless)]
    await turn.apply(
        [replace(task, key=f"{task.key}/{turn.now:%H%M%S}") if task.key in gone else task for task in wanted]
    )


def _fell_away(row: TaskRow) -> bool:
    """Its report was taken back; the same absence, reported again, is a return again."""
    return row.task.what == RETURN_OF_SICKNESS and row.state == "done" and row.done_by == MACHINE


async def _put_away(turn: Turn, today: date) -> None:
    """Close what needs nobody any more."""
    await _sickness_falls_away(turn, today)
    waiting = [task for task in await turn.open_tasks() if days_after.day_of(task.key)]
    if not waiting:
        return
    pupils = sorted({pupil for task in waiting for pupil in task.pupils})
    first = min(day for task in waiting if (day := days_after.day_of(task.key)))
    entries: dict[str, list[Entry]] = {}
    for entry in (await turn.entries(pupils, min(first, today), today)).values():
        entries.setdefault(entry.pupil, []).append(entry)
    for task in waiting:
        of_day, mine = days_after.day_of(task.key), entries.get(task.pupils[0], ())
        if of_day is not None and days_after.falls_away(task.what, of_day, today, mine, turn.school):
            await turn.apply([CloseTasks(task.key)])
