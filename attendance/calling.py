"""First-day calling: an N mark worked through contact by contact, then handed to a named person.

`advance` moves one case on by one event. Rounds and ladder come from the policy; the absolute deadline never depends
on sending; a failed receipt only makes the next step sooner; a settled case still hears danger.
Source: Working together, July 2026, paras 407-409 and p.20 (first-day contact, further contacts); DESIGN section 7.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from attendance.alarms import raise_alarm
from attendance.calendar import Session
from attendance.case import Attempt, Case, Delivery
from attendance.codes import has_arrived, is_unexplained
from attendance.effects import Ask, CancelWords, CloseTasks, Effect, OpenTask, RaiseAlert, StandDown, Tell
from attendance.events import (
    AfternoonMissed,
    ChaseBegins,
    DangerHeard,
    Event,
    MarkChanged,
    NotWithMe,
    OnTheWay,
    ReasonGiven,
    ReasonWithdrawn,
    SafeWithoutReason,
    SendHeld,
    SendReleased,
    StaffConfirmed,
    StaffSettled,
    TimePassed,
    WordsFailed,
    WordsLeft,
)
from attendance.people import Pupil
from attendance.rounds import begin_round, can_still_write, has_further_round, round_gap, rounds_of
from attendance.school import School

Decision = tuple[Case, list[Effect]]

PRESENT_OUTCOMES = frozenset({"present_after_all", "arrived_late"})
SAME_KIND = frozenset({"I", "M"})
"""Two parents who say ill and doctor do not contradict each other."""
LATER_IN = frozenset({"M"})
"""Away and yet on the way: after an appointment."""


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
            return _begin(case, now, school)
        case SendHeld():
            return (replace(case, held=True) if case.is_waiting else case), []
        case SendReleased():
            return _released(case, now, school)
        case TimePassed(due_at=due_at):
            return _time_passed(case, due_at, now, school)
        case WordsLeft():
            return _words_left(case, event, now, school), []
        case WordsFailed():
            return _words_failed(case, event, now, school)
        case ReasonGiven():
            return _reason_given(case, event, now, school)
        case SafeWithoutReason(contact=contact):
            return _safe(case, contact, school)
        case OnTheWay():
            return _on_the_way(case, event, now, school)
        case DangerHeard():
            return raise_alarm(case, event, now, school)
        case NotWithMe():
            return _not_with_me(case, event, now, school)
        case ReasonWithdrawn():
            return _taken_back(case, event.id, event.contact, now, school)
        case MarkChanged():
            return _mark_changed(case, event, school)
        case AfternoonMissed():
            return _afternoon_missed(case)
        case StaffConfirmed():
            return _confirmed(case)
        case StaffSettled(outcome=outcome):
            return _settled(case, outcome, school)
        case _:
            assert_never(event)


def _begin(case: Case, now: datetime, school: School) -> Decision:
    """The named persons of a child in a risk tier hear at once; then the first contact is asked."""
    if not case.is_waiting or case.round > 0:
        return case, []
    pupil = school.roll.pupils.get(case.pupil)
    tier = _tier_alerts(case, pupil, school) if pupil else []
    effects: list[Effect] = [*tier, *_afternoon_alert(case)]
    if case.held:
        return case, effects
    case, asked = next_round(case, now, school)
    return case, [*effects, *asked]


def _tier_alerts(case: Case, pupil: Pupil, school: School) -> list[Effect]:
    if not school.policy.is_tiered(pupil.tags):
        return []
    roles = school.policy.notify_for(pupil.tags)
    effects: list[Effect] = []
    if roles or pupil.named_person:
        effects.append(
            RaiseAlert(
                key=f"{case.key}/vulnerable_absent",
                reason="vulnerable_absent",
                urgent=True,
                pupils=(case.pupil,),
                session=case.session,
                roles=roles,
                staff=pupil.named_person,
                because="No reason known at register close for a child of the first-day priority list.",
            )
        )
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


def _afternoon_alert(case: Case) -> list[Effect]:
    """N in the afternoon after a present morning is the more worrying kind: staff first, at once."""
    if not case.afternoon_missed:
        return []
    return [
        RaiseAlert(
            key=f"{case.key}/afternoon_absence",
            reason="afternoon_absence",
            urgent=True,
            pupils=(case.pupil,),
            session=case.session,
            because="Present this morning, not in afternoon registration.",
        ),
        RaiseAlert(
            key=f"{case.key}/afternoon_absence/safeguarding",
            reason="afternoon_absence",
            urgent=True,
            pupils=(case.pupil,),
            session=case.session,
            roles=("safeguarding_lead",),
            climbs=False,
            because="Present this morning, not in afternoon registration.",
        ),
    ]


def next_round(case: Case, now: datetime, school: School) -> Decision:
    """Ask the contacts of the next round; skip rounds in which nobody can be reached.

    When no permitted contact can be reached at all, a named person has the case at once (promise 1). A round that only
    rings is no message: until one is on its way, the ladder hears of the child as well.
    """
    effects: list[Effect] = []
    while has_further_round(case, school):
        case, asked = begin_round(case, now, school)
        effects += asked
        if any(attempt.may_have_arrived for attempt in case.attempts) and asked:
            return case, effects
        if asked and can_still_write(case, school):
            return case, [*effects, _ring_first(case)]
        if asked:
            break
    case = replace(case, next_at=None)
    if not any(attempt.may_have_arrived for attempt in case.attempts) and case.is_waiting:
        case, handed = _hand_over(case, "no_contact", "No permitted contact can be reached by text or mail.", school)
        effects += handed
    return case, effects


def _ring_first(case: Case) -> RaiseAlert:
    return RaiseAlert(
        key=f"{case.key}/not_reached/ring",
        reason="no_contact",
        urgent=True,
        pupils=(case.pupil,),
        session=case.session,
        because="The policy says to ring first, and nobody has been written to yet.",
    )


def _released(case: Case, now: datetime, school: School) -> Decision:
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
    further = has_further_round(case, school)
    wait = max(round_gap(case, school), school.policy.firstday.send_within)
    return replace(case, next_at=now + wait if further else None), _asked_again(case, school)


def _asked_again(case: Case, school: School) -> list[Effect]:
    """The asks that had not left when the send was held; their key is the old one, so that none is said twice."""
    asks: list[Effect] = []
    for attempt in case.attempts:
        link = school.roll.link(case.pupil, attempt.contact)
        if attempt.state == "queued" and link is not None and _may_hear(case, attempt, school):
            to, channel, address = attempt.contact, attempt.channel, attempt.address
            asks.append(Ask(case.pupil, case.session, to, channel, address, attempt.round, parent=link.is_parent))
    return asks


def _hand_over(case: Case, reason: str, because: str, school: School) -> Decision:
    """A named person has the case. What is still queued is theirs to say, but for a mark that came after the deadline:

    its first words leave together with the alert.
    """
    missed = " The afternoon is missed too." if case.afternoon_missed else ""
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
    )
    effects: list[Effect] = [
        StandDown(f"{case.key}/vulnerable_absent"),
        StandDown(f"{case.key}/not_reached/ring"),
        alert,
    ]
    came_late = case.opened_at >= case.deadline_at
    return handed, effects if came_late else [*effects, CancelWords(case.pupil, case.session)]


def _time_passed(case: Case, due_at: datetime, now: datetime, school: School) -> Decision:
    if due_at != case.due_at or now < due_at:
        return case, []
    if case.stage == "answered":
        because = "Was on the way and has not arrived."
        return raise_alarm(case, DangerHeard(f"{case.key}/not-arrived", None, "missing", because), now, school)
    if now >= case.deadline_at:
        tried = len({attempt.contact for attempt in case.attempts})
        because = f"No answer by the deadline; {tried} of {len(school.roll.links_of(case.pupil))} contacts were asked."
        return _hand_over(case, "not_reached", because, school)
    return next_round(case, now, school)


def _words_left(case: Case, event: WordsLeft, now: datetime, school: School) -> Case:
    """The contact's time to answer starts when the words have left. The deadline stands."""
    case = _with_attempts(case, event, "left")
    if case.stage != "asked" or event.round != case.round or case.next_at is None:
        return case
    return replace(case, next_at=now + round_gap(case, school))


def _words_failed(case: Case, event: WordsFailed, now: datetime, school: School) -> Decision:
    """Next channel of the same contact, else the next contact, at once rather than on the timer."""
    moved = _with_attempts(case, event, "unknown" if event.kind == "unknown" else "failed")
    if moved == case or not moved.is_waiting or moved.held or event.kind == "cancelled":
        return moved, []
    if event.round <= len(rounds_of(moved, school)):
        again, asked = begin_round(replace(moved, round=event.round - 1), now, school, only=event.contact)
        if asked and event.round < moved.round:
            return replace(again, round=moved.round, next_at=moved.next_at), asked
        if asked:
            return again, asked
    waits = any(one.round == moved.round and one.state in ("queued", "left") for one in moved.attempts)
    return (moved, []) if waits else next_round(moved, now, school)


def _with_attempts(case: Case, event: WordsLeft | WordsFailed, state: Delivery) -> Case:
    def moved(attempt: Attempt) -> Attempt:
        same = (attempt.contact, attempt.channel, attempt.round) == (event.contact, event.channel, event.round)
        return replace(attempt, state=state) if same and attempt.state != "failed" else attempt

    return replace(case, attempts=tuple(moved(attempt) for attempt in case.attempts))


def _reason_given(case: Case, event: ReasonGiven, now: datetime, school: School) -> Decision:
    """An accepted report settles the reason for everybody, or contradicts what another parent said."""
    if is_unexplained(event.code):
        return _safe(case, event.contact, school)
    if _contradicts(case, event.contact, event.code):
        said = case.code if case.outcome != "late_on_the_way" else "on the way"
        because = f"One contact's report means {said}, another's {event.code}."
        return _contradicted(case, event.id, event.contact, because, now, school)
    if case.stage == "settled" and case.outcome in PRESENT_OUTCOMES:
        return case, [_discrepancy(case, f"The register has the child in school, and a report says {event.code}.")]
    if case.stage == "settled" and case.answered_by == event.contact and case.code not in (None, event.code):
        return case, [_discrepancy(case, f"Settled as {case.code}, and the same contact now says {event.code}.")]
    case = replace(case, reason="confirmed" if case.reason == "confirmed" else "proposed", code=event.code)
    outcome = "answered_ill" if event.code == "I" else "answered_other"
    return _answered(case, event.contact, outcome, school)


def _contradicts(case: Case, contact: str, code: str) -> bool:
    """Two contacts who cannot both be right about where the child is."""
    if case.stage not in ("answered", "settled") or case.answered_by in (None, contact):
        return False
    if case.outcome == "late_on_the_way":
        return code not in LATER_IN
    return case.code is not None and case.code != code and not {case.code, code} <= SAME_KIND


def _contradicted(case: Case, event_id: str, contact: str, because: str, now: datetime, school: School) -> Decision:
    return raise_alarm(case, DangerHeard(f"{event_id}/contradicts", contact, "contradicted", because), now, school)


def _discrepancy(case: Case, because: str) -> RaiseAlert:
    return RaiseAlert(
        key=f"{case.key}/discrepancy",
        reason="discrepancy",
        urgent=False,
        pupils=(case.pupil,),
        session=case.session,
        because=because,
    )


def _safe(case: Case, contact: str, school: School) -> Decision:
    """A vaguer answer takes nothing away, but that a contact may take back its own reason."""
    if case.stage == "answered":
        if case.answered_by != contact or case.outcome == "late_on_the_way" or case.reason == "confirmed":
            return case, []
        case = replace(case, reason="none", code=None)
    return _answered(case, contact, "no_reason_given", school)


def _answered(case: Case, contact: str, outcome: str, school: School) -> Decision:
    """One answer stops the chase for everybody. An alarm stays: only a named person settles it."""
    if case.stage in ("alarmed", "settled"):
        heard = [_heard_in_alarm(case, contact)] if case.stage == "alarmed" else []
        return replace(case, answered_by=case.answered_by or contact), heard
    link = school.roll.link(case.pupil, contact)
    if outcome == "answered_other" and link is not None and not link.is_parent:
        outcome = "answered_by_other_adult"
    first_answer = case.stage != "answered"
    answered = replace(
        case,
        stage="answered",
        whereabouts="claimed" if case.whereabouts == "unknown" else case.whereabouts,
        outcome=outcome,
        answered_by=contact,
        next_at=None,
    )
    effects: list[Effect] = [
        CancelWords(case.pupil, case.session),
        StandDown(f"{case.key}/"),
        CloseTasks(f"{case.key}/ring/"),
    ]
    if first_answer:
        effects += _tell_others(case, contact, school)
    return answered, effects


def _heard_in_alarm(case: Case, contact: str) -> Effect:
    """Whoever is searching must hear it now; it ends nothing by itself."""
    return RaiseAlert(
        key=f"{case.key}/alarm/{case.alarms}/answer/{contact}",
        reason="message_to_read",
        urgent=True,
        pupils=(case.pupil,),
        session=case.session,
        because="A contact now accounts for the child; only a named person ends the alarm.",
    )


def _tell_others(case: Case, answered_by: str, school: School) -> list[Effect]:
    """The other household, if it was asked, hears once that it is settled: never reason or whereabouts."""
    told: list[Effect] = []
    done: set[str] = set()
    for attempt in case.attempts:
        if attempt.state not in ("left", "unknown") or attempt.contact in done:
            continue
        done.add(attempt.contact)
        if _may_hear(case, attempt, school) and not school.roll.same_household(
            case.pupil, attempt.contact, answered_by
        ):
            told.append(_tell(case, attempt, "absence.settled_other_household", f"settled/{case.reopened}"))
    return told


def _may_hear(case: Case, attempt: Attempt, school: School) -> bool:
    """Somebody who was asked may since have stopped, been barred, or turned out to be a stranger."""
    ways = school.roll.ways_to(case.pupil, attempt.contact, (attempt.channel,))
    return (attempt.channel, attempt.address) in ways


def _tell(case: Case, attempt: Attempt, template: str, purpose: str) -> Tell:
    return Tell((case.pupil,), case.session, attempt.contact, attempt.channel, attempt.address, template, purpose)


def _on_the_way(case: Case, event: OnTheWay, now: datetime, school: School) -> Decision:
    """Late and coming: answered until the child should have been seen. It may correct what was settled as away."""
    if case.stage in ("answered", "settled") and case.outcome not in PRESENT_OUTCOMES and case.answered_by is not None:
        other = case.answered_by != event.contact
        if other and case.code is not None and case.code not in LATER_IN:
            because = f"One contact's report means {case.code}, another says that the child is on the way."
            return _contradicted(case, event.id, event.contact, because, now, school)
        away = case.code is not None and case.code not in LATER_IN
        case = replace(case, stage="answered", reason="none" if away else case.reason, code=None if away else case.code)
    case, effects = _answered(case, event.contact, "late_on_the_way", school)
    if case.stage == "answered":
        case = replace(case, next_at=event.expected_at)
    return case, effects


def _not_with_me(case: Case, event: NotWithMe, now: datetime, school: School) -> Decision:
    """The next contact now; what this contact said is kept for whoever takes over. A stranger's answer counts for
    nothing, even when it came first.
    """
    effects: list[Effect] = []
    if event.outcome == "wrong_person" and case.answered_by == event.contact:
        case, effects = _taken_back(case, event.id, event.contact, now, school)
        if effects:
            return case, effects
    if not case.is_waiting or case.held:
        return case, []
    case = replace(case, outcome=event.outcome or case.outcome)
    return next_round(case, now, school) if has_further_round(case, school) else (case, [])


def _taken_back(case: Case, event_id: str, contact: str, now: datetime, school: School) -> Decision:
    """What was recorded is wrong. Where a person has settled the case on it, a person must hear that at once."""
    if case.stage == "settled" and case.answered_by is not None and case.outcome not in PRESENT_OUTCOMES:
        because = "What was settled rests on a report that a contact now takes back."
        return _contradicted(case, event_id, contact, because, now, school)
    return _reopen(case, now, school)


def _reopen(case: Case, now: datetime, school: School) -> Decision:
    """The case waits again, with the one who said so, until the deadline."""
    if case.stage != "answered":
        return case, []
    waiting = replace(
        case,
        stage="asked" if case.attempts else "open",
        whereabouts="unknown",
        reason="none",
        outcome=None,
        answered_by=None,
        code=None,
        reopened=case.reopened + 1,
        deadline_at=max(case.deadline_at, now + timedelta(minutes=30)),
    )
    if waiting.round == 0:
        return next_round(waiting, now, school)
    return replace(
        waiting, next_at=now + round_gap(waiting, school) if has_further_round(waiting, school) else None
    ), []


def _mark_changed(case: Case, event: MarkChanged, school: School) -> Decision:
    """A child who is seen closes the question of where; an alarm asks the named person first."""
    if is_unexplained(event.code):
        return _unexplained_again(case, event, school)
    case = replace(case, mark=event.code, mark_by=event.by_staff)
    if case.stage == "alarmed":
        return case, _ask_the_named_person(case, event)
    if not has_arrived(event.code):
        decided = case.stage == "answered" and event.by_staff is not None
        if not case.is_waiting and case.stage != "handed_over" and not decided:
            return case, []
        return _close(case, "not_expected", replace(case, reason="confirmed", code=event.code))
    outcome = "present_after_all" if event.code in ("/", "\\") else "arrived_late"
    if case.stage == "settled" and case.outcome in PRESENT_OUTCOMES:
        return case, []
    discrepancy = case.stage == "answered" and case.reason != "none" and event.by_staff is None
    effects: list[Effect] = []
    if discrepancy:
        effects.append(_discrepancy(case, f"Reported absent ({case.code}), and the register says {event.code}."))
    closed, closing = _close(case, outcome, replace(case, whereabouts="confirmed"))
    return _with_all_clear(closed, [*closing, *effects], school)


def _unexplained_again(case: Case, event: MarkChanged, school: School) -> Decision:
    """N where the register had the child in school or explained: a settled case is open again.

    A report still explains it; else a named person has it at once, because those who were asked think that all is well.
    """
    if case.mark_by is not None and event.by_staff is None:
        return case, []
    before, case = case.mark, replace(case, mark=event.code, mark_by=event.by_staff)
    if case.stage != "settled" or is_unexplained(before):
        return case, []
    again = replace(case, stage="open", whereabouts="unknown", outcome=None, reopened=case.reopened + 1)
    if case.answered_by is not None and case.code is not None:
        answered = replace(again, stage="answered", whereabouts="claimed")
        return _answered(answered, case.answered_by, "answered_ill" if case.code == "I" else "answered_other", school)
    waiting = replace(again, reason="none", code=None, answered_by=None)
    return _hand_over(waiting, "discrepancy", f"The register said {before} and now has no reason again.", school)


def _ask_the_named_person(case: Case, event: MarkChanged) -> list[Effect]:
    if event.by_staff is not None:
        return []
    return [
        RaiseAlert(
            key=f"{case.key}/mark-changed/{event.code}",
            reason="discrepancy",
            urgent=True,
            pupils=(case.pupil,),
            session=case.session,
            because=f"The register now says {event.code}; only a named person closes this alarm.",
        )
    ]


def _close(case: Case, outcome: str, changed: Case) -> Decision:
    settled = replace(changed, stage="settled", outcome=outcome, next_at=None, held=False)
    return settled, [
        CancelWords(case.pupil, case.session),
        StandDown(f"{case.key}/"),
        CloseTasks(f"{case.key}/"),
    ]


def _with_all_clear(case: Case, effects: list[Effect], school: School) -> Decision:
    """Those who were written to, and only they, hear that the child is accounted for; nobody twice."""
    if case.cleared:
        return case, effects
    told: set[str] = set()
    for attempt in case.attempts:
        if not attempt.may_have_arrived or attempt.contact in told or attempt.contact == case.answered_by:
            continue
        told.add(attempt.contact)
        if _may_hear(case, attempt, school):
            effects.append(_tell(case, attempt, "absence.all_clear", "all_clear"))
    return replace(case, cleared=True), effects


def all_clear(case: Case, school: School) -> Decision:
    """A person's button: the all-clear to those who were written to about a child now present or explained."""
    accounted = has_arrived(case.mark) or (case.stage == "settled" and not is_unexplained(case.mark))
    return _with_all_clear(case, [], school) if accounted else (case, [])


def _afternoon_missed(case: Case) -> Decision:
    """Nobody is asked twice for one child on one day: the child stays on the morning's ladder, which hears of it."""
    if case.afternoon_missed or case.stage not in ("open", "asked", "handed_over", "alarmed"):
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
            because="Still not found, and the afternoon is missed too.",
        )
    ]


def _confirmed(case: Case) -> Decision:
    if case.stage == "alarmed" or case.reason != "proposed":
        return case, []
    return _close(case, case.outcome or "answered_other", replace(case, reason="confirmed"))


def _settled(case: Case, outcome: str, school: School) -> Decision:
    """A named person closes it, an alarm too. A child who was found is told of to those who were asked."""
    if case.stage == "settled":
        closed, effects = replace(case, outcome=outcome), list[Effect]()
    else:
        closed, effects = _close(case, outcome, replace(case, whereabouts="confirmed"))
    if outcome not in PRESENT_OUTCOMES:
        return closed, effects
    cleared, effects = _with_all_clear(replace(closed, whereabouts="confirmed", answered_by=None), effects, school)
    return replace(cleared, answered_by=case.answered_by), effects
