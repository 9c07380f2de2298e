"""An address that was dead works again, or a contact may be asked again: whoever should have been asked there by now is
asked at once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from attendance.case import Attempt, Case
from attendance.effects import Ask, Decision, Effect, StandDown
from attendance.events import AddressWorks
from attendance.rounds import has_further_round, names_contact, next_round_at, rounds_of
from attendance.school import School


def works_again(case: Case, event: AddressWorks, now: datetime, school: School) -> Decision:
    """Ask this contact now, where a round that has begun names them and nothing has reached them.

    A case that was handed over because nobody could be reached is asked about again until its deadline; then it is with
    a person as before. After the deadline, and for a case that is held or answered, nobody is written to by this.
    """
    again = case.stage == "handed_over" and now < case.deadline_at and case.whereabouts == "unknown"
    link = school.roll.link(case.pupil, event.contact)
    if case.held or link is None or link.set_aside or not (case.is_waiting or again):
        return case, []
    if any(one.contact == event.contact and one.may_have_arrived for one in case.attempts):
        return case, []
    step = next((n for n in range(1, case.round + 1) if names_contact(case, n, event.contact, school)), None)
    channels = [one for one in rounds_of(case, school)[step - 1].by if one != "call"] if step else []
    ways = dict(school.roll.ways_to(case.pupil, event.contact, channels))
    if step is None or event.channel not in ways:
        return case, []
    address = ways[event.channel]
    before = sum((one.contact, one.channel) == (event.contact, event.channel) for one in case.attempts)
    ask = Ask(case.pupil, case.session, event.contact, event.channel, address, step, link.is_parent, again=before)
    attempts = (*case.attempts, Attempt(event.contact, event.channel, address, step, now))
    asked = replace(case, stage="asked", attempts=attempts, outcome=None if again else case.outcome)
    if has_further_round(asked, school) and case.next_at is None:
        asked = replace(asked, next_at=next_round_at(asked, now, school, sending=True))
    effects: list[Effect] = [StandDown(f"{case.key}/not_reached")] if again else []
    return asked, [*effects, ask]
