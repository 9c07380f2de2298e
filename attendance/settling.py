"""How a case ends: a child who is seen, an explained mark, a person who confirms or settles; and the all-clear.

The all-clear goes to exactly those who were written to, once each (promise 7).
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, datetime, timedelta

from attendance.alarms import is_of_where, raise_alarm
from attendance.answers import answer_settles, discrepancy_alert
from attendance.case import LATER_IN, NOT_FOUND, PRESENT_OUTCOMES, Case, Whereabouts
from attendance.chase import hand_over
from attendance.codes import SIGNED_IN, has_arrived, is_unexplained
from attendance.effects import CancelWords, CloseTasks, Decision, Effect, RaiseAlert, StandDown, Tell
from attendance.events import DangerHeard, MarkChanged
from attendance.ladder import Alert, matter
from attendance.school import School
from attendance.telling import how_ended, tell_of, way_to_tell

ARRIVES_WITHIN = timedelta(minutes=45)
"""Who is said to be on the way, without a time, has come in by then."""

WRITTEN = ("sms", "whatsapp", "telegram", "email")
"""The channels on which somebody hears of the end of a search."""

SEARCHES = frozenset({"believed_in_school", "missing", "contradicted"})

ACCOUNTED_FOR = frozenset(
    {"answered_ill", "answered_other", "answered_by_other_adult", "with_other_parent", "no_reason_given", "on_leave"}
)
"""What a person writes down of a child who is safe, though not in school. Whoever was asked, and then feared for the
child, hears that it is accounted for; nothing of why or where."""

EXPLAINED_AS = {"I": "answered_ill", "M": "answered_other", "C": "on_leave", "C1": "on_leave"}
"""How a case ends when the register explains the absence; any other code means that the child was not due."""


def ends_with_the_day(alert: Alert, pupil: str, today: date) -> bool:
    """Whether saying what came of a pupil's day ends this alert.

    Where the child is settles nothing about harm, about what a barred person wants, or about another child. That it is
    said to be with somebody barred is about where it is.
    """
    if alert.pupils != (pupil,):
        return False
    if matter(alert) == "safeguarding":
        return is_of_where(alert)
    return alert.reason in SEARCHES if alert.session is None else alert.session.day == today


def mark_changed(case: Case, event: MarkChanged, school: School) -> Decision:
    """A child who is seen closes the question of where; an alarm asks the named person first."""
    if is_unexplained(event.code):
        return _unexplained_again(case, event, school)
    case = replace(case, mark=event.code, mark_by=event.by_staff)
    if case.stage == "alarmed":
        by_a_person = event.by_staff is not None and not has_arrived(event.code)
        kept = replace(case, reason="confirmed", code=event.code) if by_a_person else case
        return kept, _ask_the_named_person(case, event)
    if not has_arrived(event.code):
        if not case.is_waiting and case.stage != "handed_over" and not _decides(case, event):
            return case, []
        explained = EXPLAINED_AS.get(event.code or "", "not_expected")
        return _close(case, explained, replace(case, reason="confirmed", code=event.code))
    outcome: str | None = "present_after_all" if event.code in ("/", "\\") else "arrived_late"
    if case.stage == "settled" and case.outcome in PRESENT_OUTCOMES:
        return case, []
    was_away = case.stage == "answered" and case.reason != "none" and case.outcome != "late_on_the_way"
    awaited = case.code in LATER_IN or case.next_at is not None  # in as was said, though later
    as_said = awaited and event.code in SIGNED_IN
    discrepancy = was_away and not as_said and event.by_staff is None and not event.later
    if event.later and case.stage == "answered":
        outcome = _as_it_was_said(case)
    effects: list[Effect] = []
    if discrepancy:
        effects.append(discrepancy_alert(case, f"Reported absent ({case.code}), and the register says {event.code}."))
    closed, closing = _close(case, outcome, replace(case, whereabouts="confirmed"))
    return _with_all_clear(closed, [*closing, *effects], school)


def _as_it_was_said(case: Case) -> str | None:
    """What came of a morning that was explained, for a child who is in by the afternoon."""
    if case.outcome != "late_on_the_way":
        return case.outcome
    return "answered_other" if case.code in LATER_IN else "arrived_late"


def _decides(case: Case, event: MarkChanged) -> bool:
    """A code of the school's is the last word on what a contact has said. Who is still to come in after the very
    appointment that the register has too is waited for all the same.
    """
    said_no_less = event.by_staff is not None or event.code != case.code or case.next_at is None
    return case.stage == "answered" and said_no_less


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
        return answer_settles(
            answered, case.answered_by, "answered_ill" if case.code == "I" else "answered_other", school
        )
    waiting = replace(again, reason="none", code=None, answered_by=None)
    told = " The family was told that all is well: ring." if case.cleared and case.attempts else ""
    return hand_over(waiting, "discrepancy", f"The register said {before} and now has no reason again.{told}", school)


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
            climbs=False,  # the alarm itself climbs until a person closes it
            because=f"The register now says {event.code}; only a named person closes this alarm.",
            beside=case.key,
        )
    ]


def _close(case: Case, outcome: str | None, changed: Case) -> Decision:
    settled = replace(changed, stage="settled", outcome=outcome, next_at=None, held=False)
    return settled, [
        CancelWords(case.pupil, case.session),
        StandDown(f"{case.key}/"),
        CloseTasks(f"{case.key}/"),
    ]


def _with_all_clear(
    case: Case, effects: list[Effect], school: School, sought: bool = False, found: bool = False
) -> Decision:
    """Those who were written to, and only they, hear that the child is accounted for; nobody twice. So does whoever
    feared for it without having been asked.
    """
    told: set[str] = {attempt.contact for attempt in case.attempts if attempt.may_have_arrived}
    effects += _to_the_worried(case, told, school, found)
    if case.cleared:
        return replace(case, worried=()), effects
    told = set()
    after = f"_{case.alarms}" if case.alarms else ""  # after an alarm it is news, if told before
    purpose = f"found{after}" if sought else f"all_clear{after}"
    for attempt in case.attempts:
        if not attempt.may_have_arrived or attempt.contact in told or attempt.contact == case.answered_by:
            continue
        told.add(attempt.contact)
        way = way_to_tell(case, attempt, school)
        if way is not None:
            tell = replace(tell_of(case, attempt, "absence.all_clear", purpose), channel=way[0], address=way[1])
            effects.append(replace(tell, how="found") if found else tell)
    return replace(case, cleared=True, worried=()), effects


def _to_the_worried(case: Case, asked: AbstractSet[str], school: School, found: bool) -> list[Effect]:
    """On the way that they chose, or the first that works."""
    words: list[Effect] = []
    for contact in case.worried:
        ways = school.roll.ways_to(case.pupil, contact, WRITTEN)
        if contact in asked or not ways or school.roll.is_set_aside(case.pupil, contact):
            continue
        how = "found" if found else how_ended(case)
        purpose = f"found_{case.alarms}"
        words.append(Tell((case.pupil,), case.session, contact, *ways[0], "absence.all_clear", purpose, how))
    return words


def seen_since(case: Case, whereabouts: Whereabouts = "confirmed") -> Decision:
    """The child is in school on a later day, or a contact says where it is then (`claimed`): nobody is sought any more
    for this one, whose reason stays open (two clocks, DESIGN 7).

    An alarm is closed by a named person only. Nobody is written to: an all-clear days later would be about another day.
    """
    if case.stage in ("settled", "alarmed", "answered"):
        return case, []
    return _close(case, case.outcome or "not_reached", replace(case, whereabouts=whereabouts))


def all_clear(case: Case, school: School) -> Decision:
    """A person's button: the all-clear to those who were written to about a child now present or explained."""
    accounted = has_arrived(case.mark) or (case.stage == "settled" and not is_unexplained(case.mark))
    return _with_all_clear(case, [], school) if accounted else (case, [])


def confirmed(case: Case) -> Decision:
    if case.stage == "alarmed" or case.reason != "proposed":
        return case, []
    return _close(case, case.outcome or "answered_other", replace(case, reason="confirmed"))


def settled(case: Case, outcome: str, now: datetime, school: School) -> Decision:
    """A named person closes it, an alarm too. Those who were asked hear of a child who was found, or, after an alarm,
    that it is accounted for. Of a child who is on the way the office hears once more when no mark has it in by then.
    """
    where: Whereabouts = "unknown" if outcome in NOT_FOUND else "confirmed"
    if case.stage == "settled":
        known = where if where == "confirmed" else case.whereabouts  # a code alone had said why, and not where
        closed, effects = replace(case, outcome=outcome, whereabouts=known, next_at=None), list[Effect]()
    else:
        closed, effects = _close(case, outcome, replace(case, whereabouts=where))
    if closed.is_expected and not has_arrived(case.mark):
        closed = replace(closed, whereabouts="claimed", next_at=now + ARRIVES_WITHIN)
    if case.stage == "alarmed" and outcome in ACCOUNTED_FOR:
        return _with_all_clear(closed, effects, school, sought=True)
    if outcome not in PRESENT_OUTCOMES:
        return closed, effects
    seen = replace(closed, whereabouts="confirmed", answered_by=None)
    sought = case.stage == "alarmed"
    cleared, effects = _with_all_clear(seen, effects, school, sought, found=sought)
    return replace(cleared, answered_by=case.answered_by), effects


def took_back(case: Case, event_id: str, by: str, now: datetime, school: School) -> Decision:
    """Who settled it was mistaken: the child is as little accounted for as before, and sought again where it was.

    Whoever was told that all is well must be rung. What the register has seen meanwhile nobody takes back.
    """
    if case.stage != "settled" or has_arrived(case.mark):
        return case, []
    told = " The family was told that all is well: ring." if case.cleared else ""
    because = f"{by} took back what was recorded: nobody has accounted for the child.{told}"
    again = replace(case, stage="open", whereabouts="unknown", outcome=None, next_at=None, reopened=case.reopened + 1)
    if case.alarms:
        return raise_alarm(again, DangerHeard(f"{case.key}/{event_id}", None, "missing", because), now, school)
    return hand_over(again, "not_reached", because, school)
