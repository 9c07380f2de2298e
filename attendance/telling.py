"""Words to somebody who was asked before, as long as they may still be written to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from attendance.case import PRESENT_OUTCOMES, Attempt, Case
from attendance.codes import has_arrived
from attendance.effects import Ended, RaiseAlert, Tell
from attendance.people import AddressState
from attendance.rounds import rounds_of
from attendance.school import School

LOOKED_FOR = frozenset({"open", "asked", "handed_over"})
"""Stages in which nobody has said where the child is. Who is alarmed about is a person's to ring about."""
SOUGHT = LOOKED_FOR | {"alarmed"}


def may_hear(case: Case, attempt: Attempt, school: School) -> bool:
    """Somebody who was asked may since have stopped, been barred, turned out to be a stranger, or be named as who
    harmed the child.
    """
    if school.roll.is_set_aside(case.pupil, attempt.contact):
        return False
    ways = school.roll.ways_to(case.pupil, attempt.contact, (attempt.channel,))
    return (attempt.channel, attempt.address) in ways


def way_to_tell(case: Case, attempt: Attempt, school: School) -> tuple[str, str] | None:
    """The way on which this contact was asked; where they have stopped it since, another that the rounds use. STOP
    switches the channel: whoever feared for a child hears that it was found.
    """
    if may_hear(case, attempt, school):
        return attempt.channel, attempt.address
    stopped = school.roll.state(attempt.channel, attempt.address) is AddressState.STOPPED
    if not stopped or school.roll.is_set_aside(case.pupil, attempt.contact):
        return None
    by = [channel for step in rounds_of(case, school) for channel in step.by if channel != "call"]
    return next(iter(school.roll.ways_to(case.pupil, attempt.contact, tuple(dict.fromkeys(by)))), None)


def tell_of(case: Case, attempt: Attempt, template: str, purpose: str) -> Tell:
    """Words on the channel and to the address on which this contact was asked."""
    to = (attempt.contact, attempt.channel, attempt.address)
    return Tell((case.pupil,), case.session, *to, template, purpose, how_ended(case))


def still_open(tell: Tell, cases: Iterable[Case], school: School) -> Tell:
    """The same words, with the other children about whom this contact was asked that day and who are looked for yet."""
    still = tuple(
        case.pupil
        for case in cases
        if case.session.day == tell.session.day
        and case.pupil not in tell.pupils
        and case.stage in LOOKED_FOR
        and any(
            one.contact == tell.contact and one.may_have_arrived and may_hear(case, one, school)
            for one in case.attempts
        )
    )
    return replace(tell, still=tuple(dict.fromkeys(still)))


def how_ended(case: Case) -> Ended:
    """What may truly be said of the child: here all the time, here by now, or explained and not here."""
    if case.outcome == "arrived_late":
        return "late"
    return "here" if case.outcome in PRESENT_OUTCOMES or has_arrived(case.mark) else "explained"


TO_TELL = "thread"
"""The head of the key of what a member of staff has to tell in a thread of theirs; the contact's id follows."""


def to_tell(tell: Tell, holder: str, school: School) -> RaiseAlert:
    """For the member of staff (id) in whose thread the machine is silent: what it would have said is theirs to say."""
    member = school.roll.staff_member(holder)
    who = member.name if member is not None else "a member of staff"
    return RaiseAlert(
        key=f"{TO_TELL}/{tell.contact}/{tell.session}/{'/'.join(tell.pupils)}",
        reason="message_to_read",
        urgent=False,
        pupils=tell.pupils,
        session=tell.session,
        because=f"The child is accounted for. A contact who was asked has not been told, for {who} has taken that "
        "thread over: tell them.",
        staff=holder,
        roles=("attendance_officer",),
    )
