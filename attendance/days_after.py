"""The days after the first: what an absence that goes on, or adds up, asks of a named person. All of it is tasks.

- Steps of later days (`[[unexplained]]`): St Joseph & St Bede 4.5 (home visit on day 3 and every third day), Mary
  Bassett App A 3-4 (risk assessed on day 1; warned, then visited by two staff on day 2), Blue Coat 5.2.3, Looe 6.
- Missing education (`la.cme_day`): Blue Coat 6.3.4, the fifth day without contact; else with the return (reading A15).
- Attendance return (`la.return_days`): a continuous ten school days without authorisation; statute notes, section 3.
- Sickness return (`la.sickness_days`): as soon as 15 school days *will* be missed; statute notes, section 3.
- Lates (`late.letter_after`, `late.meeting_after`): St Joseph & St Bede 4.4. Word each day
  (`report.repeat`): promise 9.

Nothing here writes to a family or an authority: a person does (promise 6). Proof of illness is asked for only on
doubt, which is a person's (`evidence`), so nothing is opened for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from attendance.absences import Absence
from attendance.calendar import CalendarTooShort, instant
from attendance.case import Case
from attendance.continuous import NO_REASON
from attendance.effects import OpenTask, RaiseAlert
from attendance.history import SESSIONS_A_DAY
from attendance.policy.parts import UnexplainedStep
from attendance.register import Entry
from attendance.school import School
from attendance.spoken import day_words

PREFIX = "later"
"""What the keys of these tasks begin with."""
OFFICER = "attendance_officer"
LATE_MARKS = frozenset({"L", "U"})
AT_ONCE = frozenset("risk_assess warn_of_visit ring ring_back find_child".split())
"""Work that cannot wait for the end of the school day."""

FALLS_AWAY = frozenset({"la_referral", "daily_contact"})
"""What nobody needs to do any more, beside the steps of the policy, when the child is back."""


@dataclass(frozen=True, slots=True)
class Due:
    """A task that is due. Where a task of `unless` was ever opened, it was opened for this very absence already."""

    task: OpenTask
    unless: tuple[str, ...] = ()


def steps(pupil: str, absent: tuple[date, ...], now: datetime, school: School, reached: bool = False) -> list[Due]:
    """The policy's steps for the day that ends `absent` (a run of `unexplained`), a task for each role, once a day.

    `reached`: somebody of the family has spoken to us that day, without a reason.
    """
    if not absent:
        return []
    day, number = absent[-1], len(absent)
    today = [step for step in steps_on(number, school) if not (reached and step.condition == "not_reached")]
    since = f"Day {number} without a reason" + (f", since {day_words(absent[0], day)}." if number > 1 else ".")
    found: list[Due] = []
    for step in today:
        if step.at is not None and now < instant(day, step.at):
            continue
        due, note = _due(step, today, day, now, school), _note(step, since)
        found += [
            Due(OpenTask(_key(step.action, pupil, day, role), step.action, role, due, (pupil,), note=note))
            for role in step.who
        ]
    return found


def steps_on(number: int, school: School) -> list[UnexplainedStep]:
    """The steps of the `number`-th day, whatever their condition."""
    return [step for step in school.policy.unexplained if step.falls_on(number)]


def _due(
    step: UnexplainedStep, others: Sequence[UnexplainedStep], day: date, now: datetime, school: School
) -> datetime:
    """By the end of the school day; what cannot wait: in the time to settle, and before the day's next step begins."""
    if step.action not in AT_ONCE:
        return _end_of_school(day, now, school)
    begins = instant(day, step.at) if step.at else now
    later = [at for other in others if other.at is not None and (at := instant(day, other.at)) > begins]
    return max(now, min([begins + school.policy.firstday.settle_within, *later]))


def _note(step: UnexplainedStep, since: str) -> str:
    if len(step.who) < 2:
        return since
    return f"{since} Together: {', '.join(role.replace('_', ' ') for role in step.who)}."


def referral(pupil: str, absent: tuple[date, ...], now: datetime, school: School) -> list[Due]:
    """Missing education: `absent` is a run of `without_contact`. Steps that name the referral have their own day."""
    named = any(step.action == "la_referral" for step in school.policy.unexplained)
    if named or len(absent) < school.policy.la.cme_day:
        return []
    note = f"Day {len(absent)} without contact: refer as a child missing education."
    return [_once("la_referral", pupil, absent, absent[-1], now, school, note)]


def attendance_return(pupil: str, absent: tuple[date, ...], now: datetime, school: School) -> list[Due]:
    """The return for a continuous absence without authorisation: `absent` is a run of `unauthorised`."""
    if len(absent) < school.policy.la.return_days:
        return []
    note = f"{len(absent)} school days without authorisation, since {day_words(absent[0], absent[-1])}."
    return [_once("la_return", pupil, absent, absent[-1], now, school, note)]


def sickness_return(
    pupil: str, sick: tuple[date, ...], sessions: int, today: date, now: datetime, school: School
) -> list[Due]:
    """One return for a continuous sickness (`sick`, a `stretch`), as soon as the days that will be missed are enough.

    `sessions` of illness in the school year: missed so far, and reported for the days to come.
    """
    if not sick or sessions < SESSIONS_A_DAY * school.policy.la.sickness_days:
        return []
    note = (
        f"{sessions} sessions of illness in this school year, missed or expected; {school.policy.la.sickness_days} days"
    )
    return [_once("sickness_return", pupil, sick, sick[0], now, school, f"{note} make a return.", today)]


def late_letter(pupil: str, lates: int, since: date, today: date, now: datetime, school: School) -> list[Due]:
    """More than the policy's number of late arrivals (L or U) since the period began; once in each period."""
    late = school.policy.late
    if not late.letter_after or lates <= late.letter_after:
        return []
    return [_once("late_letter", pupil, (), since, now, school, _lates(lates, since, today), today)]


def late_meeting(pupil: str, lates: int, since: date, today: date, now: datetime, school: School) -> list[Due]:
    """More than the policy's number of late arrivals: the named role invites the family to a meeting; once in each
    period.
    """
    late = school.policy.late
    if not late.meeting_after or lates <= late.meeting_after:
        return []
    note = f"{_lates(lates, since, today)} Invite the family to a meeting."
    return [_once("late_meeting", pupil, (), since, now, school, note, today, late.meeting_role)]


def _lates(lates: int, since: date, today: date) -> str:
    return f"{lates} late arrivals since {day_words(since, today)}."


def daily_contact(pupil: str, absence: Absence, today: date, now: datetime, school: School) -> Due:
    """The policy wants word each day, and none came today. A reminder, never an alarm (promise 9)."""
    until = f", expected back {day_words(absence.return_day, today)}" if absence.return_day else ""
    note = f"No word today; reported absent since {day_words(absence.first_day, today)}{until}."
    return _once("daily_contact", pupil, (), today, now, school, note)


def daily_contact_key(pupil: str, today: date) -> str:
    """What that reminder is called: word that comes closes it."""
    return _key("daily_contact", pupil, today)


def not_returned(case: Case, absence: Absence, beside: str = "") -> RaiseAlert:
    """Expected back today, and not here: beside the new case the attendance officer hears of it. Read is enough.

    `beside`: what is known of the absence besides, in a sentence.
    """
    return RaiseAlert(
        key=f"{case.key}/not_returned",
        reason="not_returned",
        urgent=False,
        pupils=(case.pupil,),
        session=case.session,
        roles=(OFFICER,),
        climbs=False,
        because=f"Was expected back today, after an absence ({absence.code}) since "
        f"{day_words(absence.first_day, case.session.day)}.{' ' + beside if beside else ''}",
    )


def _once(
    what: str,
    pupil: str,
    days: Iterable[date],
    named_after: date,
    now: datetime,
    school: School,
    note: str,
    today: date | None = None,
    role: str = OFFICER,
) -> Due:
    """A task of one role, at most one for all of `days`."""
    due = _end_of_school(today or named_after, now, school)
    task = OpenTask(_key(what, pupil, named_after, role), what, role, due, (pupil,), note=note)
    return Due(task, tuple(_key(what, pupil, day, role) for day in days))


def _end_of_school(day: date, now: datetime, school: School) -> datetime:
    """The end of this school day, or of the next one where that is past or none."""
    end = school.end_of_day(day)
    try:
        while end < now or not school.calendar.is_school_day(day):
            day = school.calendar.after(day)
            end = school.end_of_day(day)
    except CalendarTooShort:
        return max(now, end)
    return end


def _key(what: str, pupil: str, day: date, role: str = OFFICER) -> str:
    return f"{PREFIX}/{what}/{day.isoformat()}/{role}/{pupil}"


def day_of(key: str) -> date | None:
    """The day that a task of this module is named after; None for any other task."""
    prefix, _, rest = key.partition(f"{PREFIX}/")
    return None if prefix or not rest else date.fromisoformat(rest.split("/")[1])


def falls_away(what: str, of_day: date, today: date, entries: Iterable[Entry], school: School) -> bool:
    """True when an open task needs nobody any more: the child was seen today, or its day is explained for good.

    `entries` of this pupil, today's and those of the task's day. A parent's word alone (a provisional code) leaves the
    task for a person to close, because it may be taken back. A return that fell due stays due.
    """
    entries = tuple(entries)
    seen = any(entry.session.day == today and entry.present for entry in entries)
    if what == "la_return":
        return seen and of_day == today
    if what not in FALLS_AWAY and all(step.action != what for step in school.policy.unexplained):
        return False
    own = [entry for entry in entries if entry.session.day == of_day]
    return seen or (what != "daily_contact" and bool(own) and all(_for_good(entry) for entry in own))


def _for_good(entry: Entry) -> bool:
    return not entry.unexplained and entry.current != NO_REASON and not entry.to_confirm
