"""Words about a request that stands: an answer to what we asked, a withdrawal, a delayed flight, a parent who objects.

They are looked for only where the writer's own children have a request on record, so that nothing else is caught. What
is not about one is left to the other rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from attendance.leave import WAITING, LeaveRequest
from attendance.leave.grounds import GROUNDS, HOLIDAY, NO_REASON
from bot.for_staff.passing_on import to_read, to_staff
from bot.leave import words
from bot.leave.answers import answered, answered_plainly, evidence, nobody_travels, said_again
from bot.leave.as_of_then import back_or_only, day_put_right, one_day_more, only_half
from bot.leave.as_question import about_the_rules, asked_off, no_such_day
from bot.leave.asked import DETAIL, leave_asked
from bot.leave.beside import ILL
from bot.leave.days_anew import days_anew
from bot.leave.days_apart import days_apart, days_besides
from bot.leave.days_meant import days_written, school_day_after, with_days_said
from bot.leave.decided import what_was_decided
from bot.leave.draft import days_now, named_now, reason_now
from bot.leave.fewer_granted import fewer_of_the_granted
from bot.leave.for_another import A_WHILE
from bot.leave.goes_anyway import goes_anyway
from bot.leave.granted_moved import granted_moved
from bot.leave.later import delayed, return_moved
from bot.leave.leaves_on import draft_leaves_on
from bot.leave.made import changed_to
from bot.leave.put_right import for_whom, half_kept, other_days
from bot.leave.taken_back import only_for_some, withdrawn
from bot.leave.telling import disagree, impossible, received
from bot.leave.whose import named, own
from bot.naming import is_named
from bot.outcome import BotEffect, CaseEvent, ChangeLeave, Heard, Outcome, Reply, SendForm, Situation
from bot.recording import absence_reported
from bot.understanding import Report, Understanding
from bot.whereabouts.contradiction import MAY_CONTRADICT, contradicted_cases, contradicted_reports

OF_ITS_OWN = frozenset({"help", "wrong_number", "late", "present", "missing", "other_parent", "chat"})
"""Intents that are never about a request, whatever is open."""


def about_a_request(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """What the words do to a request on record, or None when they are not about one."""
    against = (
        objected(heard, understood, situation)
        or goes_anyway(heard, understood, situation)
        or only_for_some(heard, understood, situation)
        or half_kept(heard, understood, situation)
        or only_half(heard, understood, situation)
        or day_put_right(heard, understood, situation)
        or for_whom(heard, understood, situation)
        or days_apart(heard, understood, situation)
        or other_days(heard, understood, situation)
        or days_anew(heard, understood, situation)
        or fewer_of_the_granted(heard, understood, situation)
        or granted_moved(heard, understood, situation)
    )
    if against is not None or _of_its_own(heard, understood, situation):
        return against
    return (
        _form(heard, understood, situation)
        or no_such_day(heard, understood, situation)
        or named_now(heard, understood, situation)
        or days_now(heard, understood, situation)
        or draft_leaves_on(heard, understood, situation)
        or reason_now(heard, understood, situation)
        or one_day_more(heard, understood, situation)
        or days_besides(heard, understood, situation)
        or said_again(heard, understood, situation)
        or answered_plainly(heard, understood, situation)
        or back_or_only(heard, understood, situation)
        or _days_said(heard, understood, situation)
        or _changed(heard, understood, situation)
        or delayed(heard, understood, situation)
        or nobody_travels(heard, situation)
        or withdrawn(heard, understood, situation)
        or answered(heard, understood, situation)
        or return_moved(heard, understood, situation)
        or evidence(heard, understood, situation)
        or about_the_rules(heard, understood, situation)
        or asked_off(heard, understood, situation)
        or afterwards(heard, understood, situation)
        or _by_its_name(heard, understood, situation)
        or _reason_added(heard, understood, situation)
        or what_was_decided(heard, understood, situation)
    )


def _of_its_own(heard: Heard, understood: Understanding, situation: Situation) -> bool:
    """Whether the words are about nothing that is open here. "Cork" is an answer, though it says nothing by itself."""
    asked = situation.conversation.open_question(heard.at)
    waits = asked is not None and asked.kind == DETAIL
    if understood.intent == "late":  # "Leicester, by car" is an answer, and nobody who comes later
        return not words.late_back(heard.text) and not (waits and not words.comes_late(heard.text))
    if understood.intent == "chat" and heard.files:
        return False  # "here it is", or no word at all, beside a photograph
    if understood.intent == "chat":
        return not waits or words.only_polite(heard.text)
    return understood.intent in OF_ITS_OWN


def objected(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """ "I do not agree to her going": to a person, whether there is a request or not; nothing is recorded."""
    if not words.objects(heard.text) or understood.intent in OF_ITS_OWN - {"other_parent", "chat"}:
        return None
    writer = situation.sender.writer
    children = named(heard.text, situation)
    others = [one for one in situation.leave if one.pupil in children and one.contact != writer]
    others = [one for one in others if one.is_open or one.is_granted]
    if not others:
        a_plan = words.asks_for_leave(heard.text) or bool(understood.reports)
        return _to_staff_at_once(heard, understood, situation) if a_plan else None
    effects = [effect for one in others for effect in disagree(heard, one, situation)]
    return Outcome(situation.conversation, tuple(effects), Reply("absence.handed_to_staff"))


def _to_staff_at_once(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """Nothing is recorded; but "her dad has taken her away, I never agreed", of a child whom the father reported ill
    today, is two parents who cannot both be right (promise 3).
    """
    answered = to_staff(heard, understood, situation)
    reports = tuple(one for one in understood.reports if one.children)
    if not reports:
        return answered
    told = absence_reported(heard, replace(understood, intent="absence", reports=reports, ask=()), situation).effects
    cases = contradicted_cases(heard, told, situation)
    events = tuple(
        one
        for one in told
        if isinstance(one, CaseEvent) and one.pupil in cases and isinstance(one.event, MAY_CONTRADICT)
    )
    against = (*events, *contradicted_reports(heard, told, situation))
    if not against:
        return answered
    return replace(
        answered, effects=against, reply=Reply("absence.danger", values={"phone": situation.school.policy.phone})
    )


def _days_said(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    if understood.intent not in ("absence", "leave") or _ill_today_beside(heard, understood):
        return None
    anew = with_days_said(heard, understood, situation)
    return None if anew is None else leave_asked(heard, anew, situation)


def _ill_today_beside(heard: Heard, understood: Understanding) -> bool:
    """ "She is ill today. Could she also have 10 December off": told apart already, and the illness is no leave."""
    ill = [one for one in understood.reports if one.code in ILL and one.first_day == heard.day]
    later = [one for one in understood.reports if one.first_day is not None and one.first_day > heard.day]
    return bool(ill) and bool(later)


def _changed(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """ "Actually, can we make it 7 to 9 December": other days of the request that waits, whatever we had asked."""
    if understood.intent not in ("absence", "leave", "question") or not words.changes(heard.text):
        return None
    waiting = [one for one in own(heard.text, situation) if one.state in WAITING]
    if understood.intent == "question":
        understood = _asked_to_change(heard, understood, waiting, situation)
    same = {None, "N", "G", "C", *(one.code for one in waiting)}
    dated = [one for one in understood.reports if one.first_day is not None and one.first_day > heard.day]
    unsaid = "reason" in understood.ask  # whatever code was guessed: "it has been moved to Tuesday 1st"
    kept = tuple(one for one in dated if one.children and (one.code in same or unsaid))
    if unsaid and waiting:
        mine = tuple(dict.fromkeys(one.pupil for one in waiting if one.together == waiting[0].together))
        kept = tuple(replace(one, children=mine, code=None) for one in kept[:1])
    if not waiting or not kept or (len(kept) < len(understood.reports) and not unsaid):
        return None
    return leave_asked(heard, replace(understood, intent="leave", reports=kept, ask=()), situation)


def _asked_to_change(
    heard: Heard, understood: Understanding, waiting: Sequence[LeaveRequest], situation: Situation
) -> Understanding:
    """ "Can we change the leave to 7 to 9 December?": the days that a question names, of the one request that waits."""
    said = days_written(heard, situation)
    if understood.reports or said is None or len(waiting) != 1 or said.last < said.first:
        return understood
    back = school_day_after(said.last, situation)
    return replace(understood, reports=(Report((waiting[0].pupil,), waiting[0].code, said.first, back, "day"),))


def afterwards(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """Leave for days that are over is never granted, and a C is not proposed for them: the office reads the words."""
    reports = [report for report in understood.reports if report.children]
    if understood.intent not in ("absence", "leave") or not reports or not words.asks_afterwards(heard.text):
        return None
    over = all(report.code in {*GROUNDS, HOLIDAY} and _is_over(report, heard.day) for report in reports)
    if not over:
        return None
    outcome = impossible("over", reports, situation)
    read = to_read(heard, situation, "Leave asked for after the event: it cannot be granted. Decide how to record it.")
    return replace(outcome, effects=(read,))


def _by_its_name(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """ "Requesting leave of absence for a county match", "can she go?": for the head, whatever code was read.

    Illness and appointments are no leave.
    """
    if understood.intent != "absence" or not (words.requests_leave(heard.text) or words.may_they(heard.text)):
        return None
    coming = all(report.first_day is not None and report.first_day > heard.day for report in understood.reports)
    if not understood.reports or not coming or any(report.code in ILL for report in understood.reports):
        return None
    return leave_asked(heard, replace(understood, intent="leave"), situation)


def _reason_added(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """ "It's her cousin's wedding" after a request: why, for the head to read, and no absence of today.

    Where a child is missed today, the words may answer for that.
    """
    added = {*GROUNDS, HOLIDAY, NO_REASON, *(("N",) if _only_adds(heard, situation) else ())}
    reports = [report for report in understood.reports if report.code in added]
    if understood.intent not in ("absence", "leave") or not reports or len(reports) < len(understood.reports):
        return None
    if any(report.first_day not in (None, heard.day) for report in reports) or words.is_now(heard.text):
        return None
    mine = [one for one in own(heard.text, situation) if one.state in WAITING and one.first_day > heard.day]
    missed = any(case.is_waiting for case in situation.cases.values())
    if not mine or missed or words.says_when(heard.text) or days_written(heard, situation) is not None:
        return None
    code = None if reports[0].code in (NO_REASON, "N") else reports[0].code  # "staying with Eli's uncle in Prestwich"
    told = [changed_to(heard, one, Report((one.pupil,), code), situation) for one in mine]
    effects: list[BotEffect] = [ChangeLeave(one) for one in told]
    return Outcome(situation.conversation, tuple(effects), received(heard, told, situation))


def _only_adds(heard: Heard, situation: Situation) -> bool:
    """ "It's at 11 if that helps", a moment after a request: no child is named, and nobody is said to be away."""
    newest = max((one.asked_at for one in own("", situation)), default=None)
    names = any(is_named(heard.text, child, situation) for child in situation.sender.children)
    return newest is not None and heard.at - newest <= A_WHILE and not names and not words.says_away(heard.text)


def _is_over(report: Report, today: date) -> bool:
    first, back = report.first_day, report.return_day
    return first is not None and first < today and (back is None or back <= today)


def _form(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """ "How do I ask for leave? Is there a form?" """
    if not words.wants_the_form(heard.text) or any(report.first_day for report in understood.reports if report.code):
        return None
    sender = situation.sender
    if sender.contact is None or sender.several_families or not sender.may_report:
        return None
    return Outcome(situation.conversation, (SendForm(sender.contact.id),), None)
