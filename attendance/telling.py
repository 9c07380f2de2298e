"""Words to somebody who was asked before, as long as they may still be written to."""

from __future__ import annotations

from attendance.case import Attempt, Case
from attendance.effects import Tell
from attendance.school import School


def may_hear(case: Case, attempt: Attempt, school: School) -> bool:
    """Somebody who was asked may since have stopped, been barred, or turned out to be a stranger."""
    ways = school.roll.ways_to(case.pupil, attempt.contact, (attempt.channel,))
    return (attempt.channel, attempt.address) in ways


def tell_of(case: Case, attempt: Attempt, template: str, purpose: str) -> Tell:
    """Words on the channel and to the address on which this contact was asked."""
    return Tell((case.pupil,), case.session, attempt.contact, attempt.channel, attempt.address, template, purpose)
