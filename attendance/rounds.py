"""Rounds: which contacts are asked next, on which channel, and how long they have.

`to` are places in the pupil's contacts from 1; `by` means the first of these channels that the contact has and has not
stopped. A round that says `call` opens a `ring` task for the office beside the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from attendance.case import Attempt, Case
from attendance.effects import Ask, Effect, OpenTask
from attendance.people import Link
from attendance.policy import Round
from attendance.school import School

ONE_ADDRESS_WAITS = timedelta(minutes=30)
RING_WITHIN = timedelta(minutes=10)


def rounds_of(case: Case, school: School) -> tuple[Round, ...]:
    """The rounds that hold for this pupil: a risk tier may have its own. A pupil may have left the roll since."""
    pupil = school.roll.pupils.get(case.pupil)
    rounds = school.policy.rounds_for(pupil.tags if pupil else ())
    return (*rounds, *_another_address(rounds, school.roll.links_of(case.pupil)))


def _another_address(rounds: Sequence[Round], links: Sequence[Link]) -> tuple[Round, ...]:
    """Somebody outside the household before giving up, where the policy's rounds stay at one address.

    It comes as long after the last round as that came after the one before, and only where the addresses are known.
    """
    named = [link for step in rounds for link in _named(step, links) if not link.barred]
    homes = {link.household for link in named}
    if len(homes) != 1 or None in homes:
        return ()
    elsewhere = next(
        (
            place
            for place, link in enumerate(links, 1)
            if not (link.barred or link.set_aside or link in named)
            and link.household is not None
            and link.household not in homes
        ),
        None,
    )
    if elsewhere is None:
        return ()
    last = rounds[-1]
    gap = last.after - rounds[-2].after if len(rounds) > 1 else ONE_ADDRESS_WAITS
    by = tuple(channel for step in rounds for channel in step.by if channel != "call")
    return (Round(after=last.after + gap, to=(elsewhere,), by=tuple(dict.fromkeys(by)) or ("sms",)),)


def has_further_round(case: Case, school: School) -> bool:
    """True while the policy names somebody else to ask."""
    return case.round < len(rounds_of(case, school))


def round_gap(case: Case, school: School) -> timedelta:
    """How long the contacts of the round that was begun last have before the next one is due."""
    rounds = rounds_of(case, school)
    if case.round == 0 or case.round >= len(rounds):
        return school.policy.firstday.settle_within
    return rounds[case.round].after - rounds[case.round - 1].after


def next_round_at(case: Case, since: datetime, school: School, sending: bool = False) -> datetime:
    """When the next round is due: at the policy's time, counted from the close or the mark's arrival, and not before
    those who were asked last have had as long as the policy gives them (readings A110 and A124).

    `since` is when their words left or, while they are on their way (`sending`), now. Whatever failed made the round
    that was begun sooner, and not the ones after it; but while no words have reached anybody, nobody's time is awaited.
    """
    rounds, gap = rounds_of(case, school), round_gap(case, school)
    patience = since + (max(gap, school.policy.firstday.send_within) if sending else gap)
    reached = any(one.may_have_arrived for one in case.attempts)
    if not reached or case.round >= len(rounds):
        return patience
    return max(case.opened_at + rounds[case.round].after, patience)


def begin_round(case: Case, now: datetime, school: School, only: str | None = None) -> tuple[Case, list[Effect]]:
    """Begin the next round and ask everybody in it who can be reached; no effects when nobody can.

    `only` limits it to one contact: the next channel after the first one failed. While words have not left, the timer
    runs from now, so that a provider's silence never stalls the ladder.
    """
    rounds, number = rounds_of(case, school), case.round + 1
    step = rounds[case.round]
    case = replace(case, round=number)
    links = school.roll.links_of(case.pupil)
    effects: list[Effect] = []
    attempts = list(case.attempts)
    for link, by in _whom(case, rounds[:number], links):
        if (only is not None and link.contact != only) or link.contact == case.pointed_by or link.set_aside:
            continue  # whoever has said, unasked, that the other has the child, or is said to have harmed it
        for channel, address in school.roll.ways_to(case.pupil, link.contact, by):
            if case.asked_on(link.contact, channel) or _asked_at(attempts, channel, address):
                continue
            told_on = case.told_on if link.contact == case.told_by else None
            whom = (link.contact, channel, address, case.round)
            effects.append(Ask(case.pupil, case.session, *whom, parent=link.is_parent, told_on=told_on))
            attempts.append(Attempt(link.contact, channel, address, case.round, now))
            break
    may_be_rung = any(not (link.barred or link.set_aside) for link in _named(step, links))
    if "call" in step.by and only is None and may_be_rung:
        effects.append(_ring(case, now))
    waiting = replace(case, attempts=tuple(attempts))
    if not effects:
        return waiting, []
    due = next_round_at(waiting, now, school, sending=True) if has_further_round(waiting, school) else None
    return replace(waiting, stage="asked", next_at=due), effects


def _whom(case: Case, rounds: Sequence[Round], links: Sequence[Link]) -> list[tuple[Link, list[str]]]:
    """Whom the last of these rounds asks, and on which channels.

    The policy or the order of contacts may have changed since the chase began. Whoever is named by an earlier round as
    things stand now and was never asked is asked with this one; whoever was asked, and is named here for the first time
    only because of the new order, is not asked again.
    """
    named: dict[str, tuple[Link, Round, int]] = {}
    for number, step in enumerate(rounds, 1):
        for link in _named(step, links):
            named.setdefault(link.contact, (link, step, number))
    tried = {attempt.contact for attempt in case.attempts}
    reached = {one.contact for one in case.attempts if one.may_have_arrived and one.round < len(rounds)}
    found = [
        (link, step) for link, step, number in named.values() if number < len(rounds) and link.contact not in tried
    ]
    for link in _named(rounds[-1], links):
        if named[link.contact][2] == len(rounds) and link.contact in reached:
            continue
        found.append((link, rounds[-1]))
    return [(link, [channel for channel in step.by if channel != "call"]) for link, step in found]


def can_still_write(case: Case, school: School) -> bool:
    """True when a later round names a contact who can be written to."""
    links = school.roll.links_of(case.pupil)
    return any(
        school.roll.ways_to(case.pupil, link.contact, [channel for channel in step.by if channel != "call"])
        for step in rounds_of(case, school)[case.round :]
        for link in _named(step, links)
        if not link.set_aside
    )


def names_contact(case: Case, number: int, contact: str, school: School) -> bool:
    """Whether this round (counted from 1) asks this contact."""
    rounds = rounds_of(case, school)
    links = school.roll.links_of(case.pupil)
    return number <= len(rounds) and any(link.contact == contact for link in _named(rounds[number - 1], links))


def _named(step: Round, links: Sequence[Link]) -> list[Link]:
    """The contacts whose places a round names; places that this pupil's list does not have are nobody."""
    return [links[place - 1] for place in step.to if place <= len(links)]


def _asked_at(attempts: Sequence[Attempt], channel: str, address: str) -> bool:
    """Two parents may share one phone: the same text twice tells it nothing new."""
    return any(one.channel == channel and one.address.casefold() == address.casefold() for one in attempts)


def _ring(case: Case, now: datetime) -> OpenTask:
    return OpenTask(
        key=f"{case.key}/ring/{case.round}",
        what="ring",
        role="attendance_officer",
        due=now + RING_WITHIN,
        pupils=(case.pupil,),
        session=case.session,
        note="The policy says to call; the number is on the call sheet.",
    )
