"""First-day calling: an N mark worked through contact by contact, then handed to a named person.

`advance` moves one case on by one event. Rounds and ladder come from the policy; the absolute deadline never depends
on sending; a failed receipt only makes the next step sooner; a settled case still hears danger.
Source: Working together, July 2026, paras 407-409 and p.20 (first-day contact, further contacts); DESIGN section 7.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from attendance.again import works_again
from attendance.alarms import raise_alarm
from attendance.answers import answered, not_with_me, on_the_way, taken_back
from attendance.calendar import Session
from attendance.case import Case
from attendance.chase import (
    afternoon_missed,
    begin,
    contact_stopped,
    released,
    stopped,
    time_passed,
    words_failed,
    words_held_up,
    words_left,
    wrote,
)
from attendance.effects import Decision
from attendance.events import (
    AddressWorks,
    AfternoonMissed,
    ChaseBegins,
    ContactStopped,
    DangerHeard,
    Event,
    HeardSince,
    MarkChanged,
    NotWithMe,
    OnTheWay,
    ReasonGiven,
    ReasonWithdrawn,
    SafeWithoutReason,
    SeenSince,
    SendHeld,
    SendReleased,
    SendStopped,
    StaffConfirmed,
    StaffSettled,
    StaffTookBack,
    TimePassed,
    UnclearAnswer,
    WordsFailed,
    WordsHeldUp,
    WordsLeft,
)
from attendance.people import Pupil
from attendance.school import School
from attendance.settling import confirmed, mark_changed, seen_since, settled, took_back


def new_case(pupil: Pupil, session: Session, opened_at: datetime, mark: str | None, school: School) -> Case:
    """A case that nobody has been asked about yet. Its deadline is the policy's, counted from the register's close.

    A mark that arrives after the deadline has its deadline at once: the parents are asked and staff are told together.
    """
    closes = school.closes_at(pupil, session) or opened_at
    deadline = school.policy.deadline_for(session.day, session.half, closes, pupil.tags)
    return Case(pupil.id, session, opened_at, max(deadline, opened_at), mark=mark)


def advance(case: Case, event: Event, now: datetime, school: School) -> Decision:
    """Move one case on by one event. Same arguments, same answer; `now` is aware UTC."""
    if case.has_seen(event.id):
        return case, []
    case = case.saw(event.id)
    match event:
        case ChaseBegins():
            return begin(case, now, school)
        case SendHeld():
            return (replace(case, held=True) if case.is_waiting else case), []
        case SendReleased():
            return released(case, now, school)
        case SendStopped(by=by):
            return stopped(case, by, school)
        case TimePassed(due_at=due_at):
            return time_passed(case, due_at, now, school)
        case WordsLeft():
            return words_left(case, event, now, school), []
        case AddressWorks():
            return works_again(case, event, now, school)
        case WordsFailed():
            return words_failed(case, event, now, school)
        case WordsHeldUp():
            return words_held_up(case, event, now, school)
        case ReasonGiven() | SafeWithoutReason():
            return answered(case, event, now, school)
        case UnclearAnswer(contact=contact):
            return wrote(case, contact), []
        case OnTheWay():
            return on_the_way(case, event, now, school)
        case DangerHeard():
            return raise_alarm(case, event, now, school)
        case NotWithMe():
            return not_with_me(case, event, now, school)
        case ContactStopped():
            return contact_stopped(case, event, now, school)
        case ReasonWithdrawn(contact=contact, stands=stands):
            return taken_back(case, event.id, contact, now, school, stands)
        case MarkChanged():
            return mark_changed(case, event, school)
        case AfternoonMissed():
            return afternoon_missed(case, school)
        case SeenSince():
            return seen_since(case)
        case HeardSince():
            return seen_since(case, "claimed")
        case StaffConfirmed():
            return confirmed(case)
        case StaffSettled(outcome=outcome):
            return settled(case, outcome, now, school)
        case StaffTookBack(by=by):
            return took_back(case, event.id, by, now, school)
        case _:
            assert_never(event)
