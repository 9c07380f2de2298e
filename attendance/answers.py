"""What a contact's words do to a case: one answer stops it for everybody, two that contradict each other alarm it.

Each function decides one event of `calling.advance`. An alarm stays until a named person settles it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from attendance.alarms import raise_alarm
from attendance.case import LATER_IN, PRESENT_OUTCOMES, Case
from attendance.chase import next_round
from attendance.codes import is_unexplained
from attendance.effects import CancelWords, CloseTasks, Decision, Effect, RaiseAlert, StandDown
from attendance.events import DangerHeard, NotWithMe, OnTheWay, ReasonGiven, SafeWithoutReason
from attendance.rounds import begin_round, has_further_round, next_round_at
from attendance.school import School
from attendance.telling import may_hear, tell_of

SAME_KIND = frozenset({"I", "M"})
"""Two parents who say ill and doctor do not contradict each other."""
WITH_THE_OTHER = "with_other_parent"
EXPECTED = "late_on_the_way"
NO_GOOD_REASON = "O"
CODE_TO_DECIDE = "The child is accounted for; decide which code holds."
ONLY_WITH_THEM = "One home has given a reason; the other says only that the child is with them."
WITH_BOTH = "Each of two parents who do not live together says that the child is with them."


def answered(case: Case, event: ReasonGiven | SafeWithoutReason, now: datetime, school: School) -> Decision:
    """A contact knows where the child is; with a reason, it is settled for everybody, or contradicts another parent's.

    So does a parent with whom the child is, when the other one has said that it is with them.
    """
    if _is_with_both(case, event, school):
        return _contradicted(case, event.id, event.contact, WITH_BOTH, now, school)
    differ = _has_it_or_says_why(case, event, school)
    case = replace(case, with_contact=event.contact) if event.is_with_them else case
    if isinstance(event, SafeWithoutReason) or is_unexplained(event.code):
        case, effects = _safe_without_reason(case, event, school)
    else:
        case, effects = _reason_given(case, event, now, school)
    return case, [*effects, discrepancy_alert(case, f"{ONLY_WITH_THEM} {CODE_TO_DECIDE}")] if differ else effects


def _has_it_or_says_why(case: Case, event: ReasonGiven | SafeWithoutReason, school: School) -> bool:
    """Of two parents who do not live together the one has given a reason, and the other says only that the child is
    with them: a person sees which it is (reading A95).
    """
    other = case.answered_by
    known = case.stage in ("answered", "settled") and case.outcome not in PRESENT_OUTCOMES | {EXPECTED}
    if not known or other in (None, event.contact) or school.roll.same_household(case.pupil, other, event.contact):
        return False
    why = not isinstance(event, SafeWithoutReason) and not is_unexplained(event.code)
    reasoned = case.code is not None and not is_unexplained(case.code)
    has_it = reasoned and not why and event.is_with_them and case.with_contact != other
    had_it = why and not reasoned and not event.is_with_them and case.with_contact == other
    return (has_it or had_it) and _are_parents(case.pupil, (other, event.contact), school)


def _reason_given(case: Case, event: ReasonGiven, now: datetime, school: School) -> Decision:
    if _contradicts(case, event.contact, event.code):
        said = case.code if case.outcome != EXPECTED else "on the way"
        because = f"One contact's report means {said}, another's {event.code}."
        if not _only_the_reason_differs(case, event):
            return _contradicted(case, event.id, event.contact, because, now, school)
        case, effects = _answered(case, event, school)
        return case, [*effects, discrepancy_alert(case, f"{because} {CODE_TO_DECIDE}")]
    if case.stage == "settled" and case.outcome in PRESENT_OUTCOMES:
        return case, [discrepancy_alert(case, f"The register has the child in school, and a report says {event.code}.")]
    if case.stage == "settled" and case.answered_by == event.contact and case.code not in (None, event.code):
        return case, [discrepancy_alert(case, f"Settled as {case.code}, and the same contact now says {event.code}.")]
    return _answered(case, event, school)


def _answered(case: Case, event: ReasonGiven, school: School) -> Decision:
    case = replace(case, reason="confirmed" if case.reason == "confirmed" else "proposed", code=event.code)
    outcome = "answered_ill" if event.code == "I" else "answered_other"
    return answer_settles(case, event.contact, outcome, school)


def _only_the_reason_differs(case: Case, event: ReasonGiven) -> bool:
    """Nobody need be looked for: whoever writes says plainly where the child is, and both have it away, the one without
    a reason that any rule knows ("a day off with me"); or who was to bring it says that it stays with them.
    """
    if not event.says_where:
        return False
    return NO_GOOD_REASON in (event.code, case.code if case.outcome != EXPECTED else None)


def _is_with_both(case: Case, event: ReasonGiven | SafeWithoutReason, school: School) -> bool:
    """Two parents who do not live together, and each of them has the child: at most one is right."""
    other = case.with_contact
    if not event.is_with_them or case.stage not in ("answered", "settled") or other in (None, event.contact):
        return False
    apart = not school.roll.same_household(case.pupil, other, event.contact)
    return apart and _are_parents(case.pupil, (other, event.contact), school)


def _contradicts(case: Case, contact: str, code: str) -> bool:
    """Two contacts who cannot both be right about where the child is."""
    if case.stage not in ("answered", "settled") or case.answered_by in (None, contact):
        return False
    if case.outcome == EXPECTED:
        return code not in LATER_IN
    return case.code is not None and case.code != code and not {case.code, code} <= SAME_KIND


def _contradicted(case: Case, event_id: str, contact: str, because: str, now: datetime, school: School) -> Decision:
    return raise_alarm(case, DangerHeard(f"{event_id}/contradicts", contact, "contradicted", because), now, school)


def discrepancy_alert(case: Case, because: str) -> RaiseAlert:
    return RaiseAlert(
        key=f"{case.key}/discrepancy",
        reason="discrepancy",
        urgent=False,
        pupils=(case.pupil,),
        session=case.session,
        because=because,
    )


def _safe_without_reason(case: Case, event: ReasonGiven | SafeWithoutReason, school: School) -> Decision:
    """A vaguer answer takes nothing away, but that a contact takes back its own: its reason, or that the child comes.

    Nobody waits for a child, or looks for it, of whom whoever expected it says that it stays at home; nor of whom
    another contact says plainly where it is, but then the office must know that the two differ.
    """
    contact = event.contact
    effects: list[Effect] = []
    if case.stage == "answered":
        if case.outcome == EXPECTED and case.answered_by != contact and event.says_where:
            effects = [discrepancy_alert(case, "One contact says that the child is on the way, another that it stays.")]
        elif case.answered_by != contact or case.reason == "confirmed":
            return case, []
        case = replace(case, reason="none", code=None)
    case, settled = answer_settles(case, contact, "no_reason_given", school)
    return case, [*settled, *effects]


def answer_settles(case: Case, contact: str, outcome: str, school: School) -> Decision:
    """One answer stops the chase for everybody. An alarm stays: only a named person settles it."""
    if case.is_expected and outcome != EXPECTED:  # turned back: nobody need look who has signed in
        return replace(case, outcome=outcome, answered_by=contact, next_at=None), [StandDown(f"{case.key}/not_in")]
    if case.stage in ("alarmed", "settled"):
        heard = [_heard_in_alarm(case, contact, outcome, school)] if case.stage == "alarmed" else []
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
        held=False,  # nobody need be written to: a hold is over when it holds nobody
    )
    effects: list[Effect] = [
        CancelWords(case.pupil, case.session),
        StandDown(f"{case.key}/"),
        CloseTasks(f"{case.key}/ring/"),
    ]
    if first_answer:
        effects += _tell_others(case, contact, school)
    return answered, effects


def _heard_in_alarm(case: Case, contact: str, outcome: str, school: School) -> Effect:
    """Whoever is searching must hear it now; it ends nothing by itself. The one parent believes that the child is in
    school and the other has it at home, or anybody has it with them: they contradict each other, whoever wrote first
    (promise 3).
    """
    elsewhere = case.outcome == "believed_in_school" and outcome != EXPECTED
    others = [one for one in case.worried if one != contact] if contact not in case.worried else []
    parents = any(_are_parents(case.pupil, (one, contact), school) for one in others)
    against = elsewhere and bool(others) and (parents or case.with_contact == contact)
    says = "One contact believes that the child is in school, another says that it is with them"
    if parents:
        says = "One parent believes that the child is in school, the other says that it is away"
    return RaiseAlert(
        key=f"{case.key}/alarm/{case.alarms}/answer/{contact}",
        reason="contradicted" if against else "message_to_read",
        urgent=True,
        pupils=(case.pupil,),
        session=case.session,
        climbs=False,  # the alarm itself does
        because=f"{says if against else 'A contact now accounts for the child'}; only a named person ends the alarm.",
        beside=case.key,
    )


def _tell_others(case: Case, answered_by: str, school: School) -> list[Effect]:
    """The other household, if it was asked, hears once that it is settled: never reason or whereabouts."""
    told: list[Effect] = []
    done: set[str] = set()
    for attempt in case.attempts:
        if attempt.state not in ("left", "unknown") or attempt.contact in done:
            continue
        done.add(attempt.contact)
        if may_hear(case, attempt, school) and not school.roll.same_household(case.pupil, attempt.contact, answered_by):
            told.append(tell_of(case, attempt, "absence.settled_other_household", f"settled/{case.reopened}"))
    return told


def on_the_way(case: Case, event: OnTheWay, now: datetime, school: School) -> Decision:
    """Late and coming: answered until the child should have been seen. It may correct what was settled as away."""
    if event.reason_stands:
        answered = case.stage == "answered" and case.answered_by == event.contact and case.code is not None
        return (replace(case, next_at=event.expected_at) if answered else case), []
    if case.stage in ("answered", "settled") and case.outcome not in PRESENT_OUTCOMES and case.answered_by is not None:
        other = case.answered_by != event.contact
        if other and case.code is not None and case.code not in LATER_IN:
            because = f"One contact's report means {case.code}, another says that the child is on the way."
            if _brings_it_from_there(case, event, school):
                case, effects = _expected(replace(case, stage="answered", reason="none", code=None), event, school)
                return case, [*effects, discrepancy_alert(case, because)]
            return _contradicted(case, event.id, event.contact, because, now, school)
        away = case.code is not None and case.code not in LATER_IN
        case = replace(case, stage="answered", reason="none" if away else case.reason, code=None if away else case.code)
    return _expected(case, event, school)


def _expected(case: Case, event: OnTheWay, school: School) -> Decision:
    case, effects = answer_settles(case, event.contact, EXPECTED, school)
    if case.stage == "answered":
        case = replace(case, next_at=event.expected_at)
    return case, effects


def _brings_it_from_there(case: Case, event: OnTheWay, school: School) -> bool:
    """A parent brings the child, of whom somebody of the same home has said that it stays there: the one had it wrong,
    and nobody need look for a child that sits beside its mother in the car. Where it then does not come, it is sought.
    """
    return (
        event.is_with_them
        and case.answered_by is not None
        and _are_parents(case.pupil, (event.contact,), school)
        and school.roll.same_household(case.pupil, case.answered_by, event.contact)
    )


def not_with_me(case: Case, event: NotWithMe, now: datetime, school: School) -> Decision:
    """The next contact now; what this contact said is kept for whoever takes over. A stranger's answer counts for
    nothing, even when it came first.
    """
    effects: list[Effect] = []
    if event.outcome == "wrong_person" and case.answered_by == event.contact:
        case, effects = taken_back(case, event.id, event.contact, now, school)
        if effects:
            return case, effects
    if case.stage in ("open", "asked", "handed_over") and _points_back(case, event, school):
        because = "Each parent says that the child is with the other."
        return _contradicted(case, event.id, event.contact, because, now, school)
    if event.outcome == WITH_THE_OTHER and case.pointed_by is None:
        case = replace(case, pointed_by=event.contact)
    if not case.is_waiting or case.held:
        return case, []
    case = replace(case, outcome=event.outcome or case.outcome)
    if event.outcome == "wrong_person":
        return _a_stranger_has_it(case, event.contact, now, school)
    return next_round(case, now, school) if has_further_round(case, school) else (case, [])


def _a_stranger_has_it(case: Case, contact: str, now: datetime, school: School) -> Decision:
    """What a stranger read has reached nobody: the next contact now. Where there is no other round, those whom nothing
    has reached are tried on their other channels; where no words are with anybody, a person has the case now rather
    than at the deadline.
    """
    attempts = tuple(replace(one, state="failed") if one.contact == contact else one for one in case.attempts)
    case = replace(case, attempts=attempts)
    if has_further_round(case, school):
        return next_round(case, now, school)
    reached = {one.contact for one in case.attempts if one.may_have_arrived}
    effects: list[Effect] = []
    for missed in dict.fromkeys(one.contact for one in case.attempts if one.contact not in reached):
        last = max(one.round for one in case.attempts if one.contact == missed)
        again, asked = begin_round(replace(case, round=last - 1), now, school, only=missed)
        if asked:
            case = replace(again, round=case.round, next_at=case.next_at)
            effects += asked
    return (case, effects) if effects else next_round(case, now, school)


def _points_back(case: Case, event: NotWithMe, school: School) -> bool:
    """The parent to whom the first one pointed points to somebody else as well. A grandmother who says "with his dad"
    says what the mother said.
    """
    both = case.pointed_by is not None and _are_parents(case.pupil, (case.pointed_by, event.contact), school)
    return both and event.outcome == WITH_THE_OTHER and case.pointed_by != event.contact


def _are_parents(pupil: str, contacts: Iterable[str], school: School) -> bool:
    links = [school.roll.link(pupil, contact) for contact in contacts]
    return all(link is not None and link.is_parent for link in links)


def taken_back(
    case: Case, event_id: str, contact: str, now: datetime, school: School, stands: str | None = None
) -> Decision:
    """What was recorded is wrong. Where a person has settled the case on it, a person must hear that at once; where
    another contact has said that the child is safe (`stands`), that is the answer again, and nobody is asked.
    """
    if case.stage == "settled" and case.answered_by is not None and case.outcome not in PRESENT_OUTCOMES:
        because = "What was settled rests on a report that a contact now takes back."
        return _contradicted(case, event_id, contact, because, now, school)
    if stands is not None and case.stage == "answered":
        return replace(case, reason="none", code=None, outcome="no_reason_given", answered_by=stands, next_at=None), []
    return _reopen(case, now, school)


def _reopen(case: Case, now: datetime, school: School) -> Decision:
    """The case waits again, with the one who said so, until the deadline; where what was written has reached nobody
    meanwhile, the next are asked at once (promise 1). The families of a class without a register are written to on a
    person's word only, and its own alarm has the child again (promise 8).
    """
    if case.stage != "answered":
        return case, []
    waiting = replace(
        case,
        stage="asked" if case.attempts else "open",
        whereabouts="unknown",
        reason="none",
        outcome=None,
        answered_by=None,
        with_contact=None,
        code=None,
        reopened=case.reopened + 1,
        deadline_at=max(case.deadline_at, now + timedelta(minutes=30)),
    )
    if waiting.round == 0 and waiting.mark is None:
        return replace(waiting, next_at=None), []
    if waiting.round == 0 or not any(attempt.may_have_arrived for attempt in waiting.attempts):
        return next_round(waiting, now, school)
    return replace(
        waiting, next_at=next_round_at(waiting, now, school) if has_further_round(waiting, school) else None
    ), []
