"""The chase: contacts asked round by round on a timer, words that left or failed, holds, and the deadline.

Each function decides one event of `calling.advance`. The absolute deadline never depends on sending.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from attendance.alarms import GONE_AFTER_LUNCH, ON_THE_LIST, RING_FIRST, at_once, raise_alarm, who_hears_at_once
from attendance.case import LATER_IN, Attempt, Case, Delivery
from attendance.effects import Ask, CancelWords, Decision, Effect, OpenTask, RaiseAlert, StandDown
from attendance.events import ContactStopped, DangerHeard, WordsFailed, WordsHeldUp, WordsLeft
from attendance.people import Pupil
from attendance.rounds import begin_round, can_still_write, has_further_round, next_round_at, rounds_of
from attendance.school import School
from attendance.telling import SOUGHT, may_hear


def begin(case: Case, now: datetime, school: School) -> Decision:
    """The named persons of a child in a risk tier hear at once; then the first contact is asked."""
    if not case.is_waiting or case.round > 0:
        return case, []
    pupil = school.roll.pupils.get(case.pupil)
    tier = _tier_alerts(case, pupil, school) if pupil else []
    effects: list[Effect] = [*tier, *(_afternoon_alerts(case, pupil, school) if pupil else [])]
    if case.held:
        return case, effects
    case, asked = next_round(case, now, school)
    return case, [*effects, *asked]


def _tier_alerts(case: Case, pupil: Pupil, school: School) -> list[Effect]:
    if not school.policy.is_tiered(pupil.tags):
        return []
    roles = school.policy.notify_for(pupil.tags)
    effects: list[Effect] = []
    if (roles or pupil.named_person) and not case.afternoon_missed:  # its afternoon alert tells them
        first = _vulnerable_alert(case, roles[:1], pupil.named_person)
        effects = [first, *at_once(first, roles, school, pupil)]
    workers = {"social_worker": "tell_social_worker", "yot": "tell_yot"}
    effects += [
        OpenTask(
            key=f"{case.key}/{workers[tag]}",
            what=workers[tag],
            role="safeguarding_lead",
            due=case.deadline_at,
            pupils=(case.pupil,),
            session=case.session,
            note="Tell the worker of the unexplained absence.",
        )
        for tag in school.policy.firstday.notify_workers
        if tag in pupil.tags and tag in workers
    ]
    return effects


def _vulnerable_alert(case: Case, roles: tuple[str, ...], staff: str | None) -> RaiseAlert:
    return RaiseAlert(
        key=f"{case.key}/{ON_THE_LIST}",
        reason="vulnerable_absent",
        urgent=True,
        pupils=(case.pupil,),
        session=case.session,
        roles=roles,
        staff=staff,
        because="No reason known at register close for a child of the first-day priority list.",
    )


def _afternoon_alerts(case: Case, pupil: Pupil, school: School) -> list[Effect]:
    """N in the afternoon after a present morning is the more worrying kind: staff first, at once.

    One alert climbs. The safeguarding lead, and whoever hears of an absence of this child, are told with it. Of a child
    who is held with many others only the ladder is told: the hold is with a person already.
    """
    if not case.afternoon_missed:
        return []
    tiered = school.policy.is_tiered(pupil.tags)
    first = RaiseAlert(
        key=f"{case.key}/{GONE_AFTER_LUNCH}",
        reason="afternoon_absence",
        urgent=True,
        pupils=(case.pupil,),
        session=case.session,
        because=f"Present this morning, not in afternoon registration.{' On the priority list.' if tiered else ''}",
        staff=pupil.named_person if tiered else None,
    )
    return [first, *([] if case.held else at_once(first, who_hears_at_once(case, pupil, school), school, pupil))]


def next_round(case: Case, now: datetime, school: School, by_the_clock: bool = False) -> Decision:
    """Ask the contacts of the next round; skip rounds in which nobody can be reached.

    `by_the_clock`: the time of this round came while somebody still may answer. Where it reaches nobody, the round
    after it keeps its own time.

    When no permitted contact can be reached at all, a named person has the case at once (promise 1). A round that only
    rings is no message: until one is on its way, the ladder hears of the child as well.
    """
    effects: list[Effect] = []
    written_before = case.round == 0 or any(attempt.may_have_arrived for attempt in case.attempts)
    while has_further_round(case, school):
        case, asked = begin_round(case, now, school)
        effects += asked
        waits = any(attempt.may_have_arrived for attempt in case.attempts)
        if waits and asked:
            return case, effects if written_before else [*effects, StandDown(f"{case.key}/{RING_FIRST}")]
        if waits and by_the_clock and has_further_round(case, school):
            return replace(case, next_at=next_round_at(case, now, school)), effects
        if asked and can_still_write(case, school):
            return case, [*effects, _ring_first(case)]
        if asked:
            break
    case = replace(case, next_at=None)
    if not any(attempt.may_have_arrived for attempt in case.attempts) and case.is_waiting:
        case, handed = hand_over(case, "no_contact", "No permitted contact can be reached by text or mail.", school)
        effects += handed
    return case, effects


def _ring_first(case: Case) -> RaiseAlert:
    return RaiseAlert(
        key=f"{case.key}/{RING_FIRST}",
        reason="no_contact",
        urgent=True,
        pupils=(case.pupil,),
        session=case.session,
        because="The policy says to ring first, and nobody has been written to yet.",
    )


def hand_over(case: Case, reason: str, because: str, school: School) -> Decision:
    """A named person has the case: one ladder, in the place of those that told of it before (one child, one thing to
    acknowledge); whoever has it already hears first. What is still queued is theirs to say, but for a mark that came
    after the deadline: its first words leave together with the alert.
    """
    too = case.afternoon_missed and case.session.half == "am"
    missed = " The afternoon is missed too." if too else ""
    handed = replace(case, stage="handed_over", outcome=case.outcome or "not_reached", next_at=None)
    pupil = school.roll.pupils.get(case.pupil)
    alert = RaiseAlert(
        key=f"{case.key}/not_reached/{case.reopened}",
        reason=reason,
        urgent=True,
        pupils=(case.pupil,),
        session=case.session,
        because=because + missed,
        staff=pupil.named_person if pupil else None,
        beside=case.key,
    )
    before = (ON_THE_LIST, GONE_AFTER_LUNCH, RING_FIRST)
    effects: list[Effect] = [alert, *(StandDown(f"{case.key}/{one}") for one in before)]
    came_late = case.opened_at >= case.deadline_at
    return handed, effects if came_late else [*effects, CancelWords(case.pupil, case.session)]


def time_passed(case: Case, due_at: datetime, now: datetime, school: School) -> Decision:
    if due_at != case.due_at or now < due_at:
        return case, []
    if case.stage == "answered" or case.is_expected:
        return _not_arrived(case, now, school)
    if now >= case.deadline_at:
        because = f"{_what_came(case)} {_who_was_asked(case, school)}.{_what_was_said_before(case)}"
        return hand_over(case, "not_reached", because, school)
    return next_round(case, now, school, by_the_clock=True)


def wrote(case: Case, contact: str) -> Case:
    """Words that settle nothing do not stop the chase; whoever gets the case hears that they are there to be read."""
    if not case.is_waiting or contact in case.unclear:
        return case
    return replace(case, unclear=(*case.unclear, contact))


def _what_came(case: Case) -> str:
    if not case.unclear:
        return "No answer by the deadline;"
    wrote = "1 contact wrote" if len(case.unclear) == 1 else f"{len(case.unclear)} contacts wrote"
    return f"No clear answer by the deadline: {wrote}, read what;"


def _what_was_said_before(case: Case) -> str:
    if case.told_on is None:
        return ""
    return f" It was reported away on {case.told_on:%-d %B}, without a day of return."


def _who_was_asked(case: Case, school: School) -> str:
    """How many of those who may be asked: who is barred is nobody that staff could still ring, and words that
    did not arrive (texts do not leave, the number is wrong) have asked nobody.
    """
    written = {attempt.contact for attempt in case.attempts}
    asked = {attempt.contact for attempt in case.attempts if attempt.state in ("left", "unknown")}
    known = written | {link.contact for link in school.roll.links_of(case.pupil) if not link.barred}
    lost = f", and the words to {len(written - asked)} did not arrive" if written - asked else ""
    if len(known) > 1:
        return f"{len(asked)} of {len(known)} contacts were asked{lost}"
    return f"{len(asked) or 'no'} contact was asked{lost}"


def _not_arrived(case: Case, now: datetime, school: School) -> Decision:
    """Nobody has seen a child who should be here by now: the child is missing.

    Appointments run over, an illness may last, and between two registers a school may have no mark for who came in. So
    after one the office looks first, unhurried and up the ladder until somebody has it, and the afternoon register
    decides; but for a child of the priority list, who is missed at once.
    """
    pupil = school.roll.pupils.get(case.pupil)
    tiered = pupil is None or school.policy.is_tiered(pupil.tags)
    if case.is_expected and not tiered:
        because = "Was settled as on the way, and no mark says that the child came in: look who has signed in, or ring."
        return replace(case, next_at=None), [_look_who_came(case, because)]
    after = "an appointment" if case.code in LATER_IN else f"what was reported of this morning ({case.code})"
    explained = case.code in LATER_IN or case.outcome != "late_on_the_way"
    if explained and not tiered:
        look = "look who has signed in, or ring the family."
        because = f"Was expected in by now after {after}, and no mark says so: {look}"
        outcome = "answered_other" if case.code in LATER_IN else case.outcome
        return replace(case, outcome=outcome, next_at=None), [_look_who_came(case, because)]
    whence = f"expected after {after}" if explained else "on the way"
    because = f"Was {whence} and has not arrived."
    return raise_alarm(case, DangerHeard(f"{case.key}/not-arrived", case.answered_by, "missing", because), now, school)


def _look_who_came(case: Case, because: str) -> RaiseAlert:
    """Somebody knows more than the register does: no alarm, and nobody forgets the child either."""
    return RaiseAlert(
        key=f"{case.key}/not_in",
        reason="not_returned",
        urgent=False,
        pupils=(case.pupil,),
        session=case.session,
        roles=("attendance_officer",),
        because=because,
    )


def words_left(case: Case, event: WordsLeft, now: datetime, school: School) -> Case:
    """The contact's time to answer starts when the words have left. The deadline stands."""
    case = _with_attempts(case, event, "left", now)
    if case.stage != "asked" or event.round != case.round or case.next_at is None:
        return case
    return replace(case, next_at=next_round_at(case, now, school))


def words_failed(case: Case, event: WordsFailed, now: datetime, school: School) -> Decision:
    """Next channel of the same contact, else the next contact, at once rather than on the timer."""
    moved = _with_attempts(case, event, "unknown" if event.kind == "unknown" else "failed")
    if moved == case or not moved.is_waiting or moved.held or event.kind == "cancelled":
        return moved, []
    elsewhere = _on_another_channel(moved, event.round, event.contact, now, school)
    if elsewhere is not None:
        return elsewhere
    waits = any(one.round == moved.round and one.state in ("queued", "left") for one in moved.attempts)
    return (moved, []) if waits else next_round(moved, now, school)


def words_held_up(case: Case, event: WordsHeldUp, now: datetime, school: School) -> Decision:
    """The same contact's next channel, at once; nobody else is asked sooner for it, and without one the words wait."""
    moved = _with_attempts(case, event, "failed")
    if moved == case or not moved.is_waiting or moved.held:
        return case, []
    return _on_another_channel(moved, event.round, event.contact, now, school) or (case, [])


def contact_stopped(case: Case, event: ContactStopped, now: datetime, school: School) -> Decision:
    """STOP is no answer to what was asked there: the contact's next channel, else the next contact, now (promise 1).

    Somebody else who was asked as late as this contact keeps the time they were given.
    """
    asked = [one for one in case.attempts if (one.contact, one.channel) == (event.contact, event.channel)]
    if not asked or not case.is_waiting or case.held:
        return case, []
    number = asked[-1].round
    elsewhere = _on_another_channel(case, number, event.contact, now, school)
    if elsewhere is not None:
        return elsewhere
    others = any(one.round >= number and one.contact != event.contact and one.may_have_arrived for one in case.attempts)
    return (case, []) if others or not has_further_round(case, school) else next_round(case, now, school)


def _on_another_channel(case: Case, number: int, contact: str, now: datetime, school: School) -> Decision | None:
    """The next channel of this contact in a round (counted from 1) that has begun; None where it has none."""
    if number > len(rounds_of(case, school)):
        return None
    again, asked = begin_round(replace(case, round=number - 1), now, school, only=contact)
    if not asked:
        return None
    return (replace(again, round=case.round, next_at=case.next_at) if number < case.round else again), asked


def _with_attempts(
    case: Case, event: WordsLeft | WordsFailed | WordsHeldUp, state: Delivery, left_at: datetime | None = None
) -> Case:
    def moved(attempt: Attempt) -> Attempt:
        same = (attempt.contact, attempt.channel, attempt.round) == (event.contact, event.channel, event.round)
        if not same or attempt.state == "failed":
            return attempt
        return replace(attempt, state=state, at=left_at or attempt.at)

    return replace(case, attempts=tuple(moved(attempt) for attempt in case.attempts))


def released(case: Case, now: datetime, school: School) -> Decision:
    """A person let the words go: those that were stopped are said, and the time to answer runs from now.

    After the deadline too: the first contacts are asked, and the case stays with the person who has it.
    """
    if not case.held:
        return case, []
    case = replace(case, held=False)
    if case.stage == "handed_over" and case.round == 0:
        asked, effects = next_round(replace(case, stage="open"), now, school)
        return (replace(asked, stage="handed_over", next_at=None), effects) if asked.stage == "asked" else (case, [])
    if not case.is_waiting:
        return case, []
    if case.round == 0:
        return next_round(case, now, school)
    due = next_round_at(case, now, school, sending=True) if has_further_round(case, school) else None
    return replace(case, next_at=due), _asked_again(case, school)


def stopped(case: Case, by: str, school: School) -> Decision:
    """A person stopped what was held: nobody (more) is written to, and the case is a person's until it is settled."""
    if not case.held:
        return case, []
    case = replace(case, held=False)
    if not case.is_waiting:
        return case, []
    asked = len({attempt.contact for attempt in case.attempts if attempt.may_have_arrived})
    before = f"{asked} of the contacts had been written to before." if asked else "Nobody was written to."
    handed, effects = hand_over(case, "not_reached", f"{by} stopped the message to the family. {before}", school)
    late = CancelWords(case.pupil, case.session)
    return handed, effects if late in effects else [*effects, late]


def _asked_again(case: Case, school: School) -> list[Effect]:
    """The asks that had not left when the send was held; their key is the old one, so that none is said twice."""
    asks: list[Effect] = []
    for attempt in case.attempts:
        link = school.roll.link(case.pupil, attempt.contact)
        if attempt.state == "queued" and link is not None and may_hear(case, attempt, school):
            to, channel, address = attempt.contact, attempt.channel, attempt.address
            asks.append(Ask(case.pupil, case.session, to, channel, address, attempt.round, parent=link.is_parent))
    return asks


def afternoon_missed(case: Case, school: School) -> Decision:
    """Nobody is asked twice for one child on one day: the child stays on the morning's ladder, which hears of it.

    A morning that a person closed without finding the child has a fresh ladder: the families were asked, in vain.
    """
    if case.closed_unfound:
        again = replace(case, afternoon_missed=True, reopened=case.reopened + 1)
        return hand_over(again, "not_reached", "Closed this morning, and the child was not found.", school)
    if case.afternoon_missed or case.stage not in SOUGHT:
        return case, []
    case = replace(case, afternoon_missed=True)
    if case.stage not in ("handed_over", "alarmed"):
        return case, []
    reason = "not_reached" if case.stage == "handed_over" else "missing"
    return case, [
        RaiseAlert(
            key=f"{case.key}/afternoon-too",
            reason=reason,
            urgent=True,
            pupils=(case.pupil,),
            session=case.session,
            climbs=False,  # the case's own alert does, until a person settles it
            because="Still not found, and the afternoon is missed too.",
            beside=case.key,
        )
    ]
