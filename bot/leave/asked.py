"""A planned absence that only the headteacher can grant: a request, never a mark.

A request that is made again changes the open one; another parent's request for the same days that does not agree with
it goes to a person; days that cannot be asked for get one clear answer, and nothing is recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from attendance.absences import Span
from attendance.calendar import CalendarTooShort
from attendance.leave import WAITING, LeaveRequest, asking, dates, due, people
from attendance.leave.flags import licence_flags, said_flags
from attendance.leave.machine import waiting_state
from attendance.leave.notice import flags_of, notice_days
from bot.asking import ask
from bot.conversation import Conversation, Question
from bot.drafts import not_allowed, split_by_right, to_verify
from bot.leave import words
from bot.leave.telling import disagree, impossible, leave_to_decide, received
from bot.leave.told import together, words_together
from bot.outcome import AskLeave, BotEffect, ChangeLeave, Heard, Outcome, Reply, Situation
from bot.understanding import Report, Understanding

NO_LEAVE = frozenset({None, "N", "O", "I", "M"})
"""Codes of a report that no head decides about."""
DETAIL = "detail"
"""The kind of our question for what the policy wants to know of a request."""


def leave_asked(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """A planned absence that only the headteacher can grant: a request, never a mark."""
    usable = [report for report in understood.reports if report.children]
    said = words_together(heard, usable, situation)
    kept, foreign = split_by_right([_with_half(report, said) for report in usable], situation)
    kept, no_parents = _of_parents(kept, situation)
    foreign += no_parents
    if not kept and foreign:
        return not_allowed(heard, situation, foreign)
    if (fault := _date_fault(heard, kept, situation)) is not None:
        return impossible(fault, kept, situation)
    if all(report.code not in NO_LEAVE for report in kept):  # what it is, the head reads in the family's own words
        understood = replace(understood, ask=tuple(one for one in understood.ask if one != "reason"))
    if not understood.ask and any(_is_empty(report) for report in kept):
        understood = replace(understood, ask=("dates",))
    if understood.ask or not kept or any(report.first_day is None for report in kept):
        return ask(heard, understood, situation, leave=True)
    effects = leave_effects(heard, kept, situation)
    if foreign:
        effects.append(to_verify(heard, foreign))
    mine = (one.request for one in effects if isinstance(one, AskLeave | ChangeLeave))
    requests = [one for one in mine if one.contact == situation.sender.writer]
    if not requests:
        conversation = replace(situation.conversation, question=None)
        return Outcome(conversation, tuple(effects), Reply("absence.handed_to_staff"))
    return Outcome(_conversation(heard, requests, situation), tuple(effects), received(heard, requests, situation))


def leave_effects(heard: Heard, reports: list[Report], situation: Situation) -> list[BotEffect]:
    """The requests that these reports make or change, each with what the headteacher hears of it."""
    effects: list[BotEffect] = []
    for number, report in enumerate(reports):
        for pupil in report.children:
            effects += _for_one(heard, report, pupil, number, situation)
    return effects


def _for_one(heard: Heard, report: Report, pupil: str, number: int, situation: Situation) -> list[BotEffect]:
    first = report.first_day or heard.day
    waiting = [one for one in situation.leave if one.pupil == pupil and one.state in WAITING]
    writer = situation.sender.writer
    other = next((one for one in waiting if one.contact != writer and one.overlaps(first, report.return_day)), None)
    if other is not None:
        same = (other.first_day, other.return_day) == (first, report.return_day)
        return [] if same else disagree(heard, other, situation)
    own = [one for one in waiting if one.contact == writer]
    mine = next((one for one in own if one.overlaps(first, report.return_day)), None)
    if mine is None and len(own) == 1 and words.changes(heard.text):
        mine = own[0]
    if mine is not None:
        changed = changed_to(heard, mine, report, situation)
        return [ChangeLeave(changed), leave_to_decide(changed, situation, f"changed/{heard.id}")]
    request = _request(heard, report, pupil, number, situation)
    return [AskLeave(request), leave_to_decide(request, situation)]


def _of_parents(reports: list[Report], situation: Situation) -> tuple[list[Report], list[str]]:
    """Only a parent asks for leave. Source: SI 2024/208 reg 11(4)."""
    roll, writer = situation.school.roll, situation.sender.writer
    kept: list[Report] = []
    others: list[str] = []
    for report in reports:
        own = tuple(child for child in report.children if people.is_parent(child, writer, roll))
        others += [child for child in report.children if child not in own]
        if own:
            kept.append(replace(report, children=own))
    return kept, others


def _date_fault(heard: Heard, reports: Sequence[Report], situation: Situation) -> dates.DateFault | None:
    """What is wrong with the first of these that cannot be asked for; where the words are plainer than the reading of
    them, the words count."""
    calendar = situation.school.calendar
    said = days_written(heard, situation)
    if said is not None:
        back = said.last if said.last < said.first else said.last + timedelta(days=1)
        fault = dates.fault_of(said.first, back, heard.day, calendar)
        if fault is not None and (said.sure or fault == "closed_days"):
            return fault
    for report in reports:
        if report.first_day is not None and not _is_empty(report):
            fault = dates.fault_of(report.first_day, report.return_day, heard.day, calendar)
            if fault is not None:
                return fault
    return None


def with_days_said(heard: Heard, understood: Understanding, situation: Situation) -> Understanding | None:
    """The words read anew as a request, where the days that they write out are not those of the reading; or None.

    A year that is written out, an end before the start, days of next month that were taken for today, and days that
    were shared out among siblings: recorded as read, each would be wrong.
    """
    said = days_written(heard, situation)
    reports = [report for report in understood.reports if report.children]
    if said is None or not reports or said.first <= heard.day or not _is_about_leave(heard.text, reports):
        return None
    read = {report.first_day for report in reports}
    first = min(day or heard.day for day in read)
    if not said.sure and len(read) == 1 and first > heard.day and (first == said.first or not said.alone):
        return None
    children = tuple(dict.fromkeys(child for report in reports for child in report.children))
    code = next((report.code for report in reports if report.code not in NO_LEAVE), "N")
    until = max((report.return_day for report in reports if report.return_day is not None), default=said.last)
    back = said.last if said.last < said.first else max(until, school_day_after(said.last, situation))
    parts = {report.session for report in reports}
    part = reports[0].session if len(parts) == 1 and said.first == said.last else "day"
    lacks = tuple(one for one in understood.ask if one == "child" or (one == "reason" and code == "N"))
    return replace(understood, intent="leave", reports=(Report(children, code, said.first, back, part),), ask=lacks)


def days_written(heard: Heard, situation: Situation) -> words.Said | None:
    week = words.week_said(heard.text, heard.day, situation.school.calendar)
    return week or words.dates_said(heard.text, heard.day)


def _is_about_leave(text: str, reports: Sequence[Report]) -> bool:
    coded = {report.code for report in reports}
    return words.asks_for_leave(text) or bool(coded - NO_LEAVE)


def school_day_after(day: date, situation: Situation) -> date:
    try:
        return situation.school.calendar.after(day)
    except CalendarTooShort:
        return day + timedelta(days=1)


def _with_half(report: Report, text: str) -> Report:
    """The half of a single day that the words write out and the reading has not."""
    first, back = report.first_day, report.return_day
    whole = report.session in (None, "day") and first is not None and (back is None or (back - first).days <= 3)
    half = words.half_said(text) if whole else None
    return replace(report, session=half) if half is not None else report


def _is_empty(report: Report) -> bool:
    """Back before a single session is missed: no request that a head could decide."""
    whole_day = report.session in (None, "day")
    return (
        whole_day
        and report.first_day is not None
        and report.return_day is not None
        and report.return_day == report.first_day
    )


def _request(heard: Heard, report: Report, pupil: str, number: int, situation: Situation) -> LeaveRequest:
    school = situation.school
    first, code = report.first_day or heard.day, report.code or "N"
    told = together(heard, (report,), situation)
    said = "\n".join(one.text for one in told)
    details = _details(said, situation)
    half, back = _part_of(report)
    lacks = () if asking.no_journey(said) else asking.wanted(school.policy.leave.fields, code, details)
    return LeaveRequest(
        id=f"{heard.id}/leave/{pupil}/{number}",
        pupil=pupil,
        first_day=first,
        return_day=back,
        half=half,
        code=code,
        asked_at=told[0].at,
        contact=situation.sender.contact.id if situation.sender.contact else None,
        message=heard.id,
        state=waiting_state(lacks),
        flags=_flags(told[0].day, said, first, code, pupil, situation),
        notice_days=notice_days(told[0].day, first),
        together=heard.id,
        lacks=lacks,
        details=details,
        evidence=tuple(one.id for one in told if one.files or words.has_link(one.text)),
        messages=tuple(one.id for one in told),
        decide_by=due.decide_by(heard.day, first, school),
    )


def _part_of(report: Report) -> tuple[Span, date | None]:
    """The half of a single day that is asked for, and the day back: a morning's is the same day."""
    first, back = report.first_day, report.return_day
    several = first is not None and back is not None and (back - first).days > 1
    if several or report.session not in ("am", "pm"):
        return "day", back
    return report.session, first if report.session == "am" else back


def _details(text: str, situation: Situation) -> dict[str, str]:
    pupils = [situation.school.roll.pupils[id] for id in situation.sender.children]
    names = [name for pupil in pupils for name in (pupil.given, pupil.family, *pupil.known_as)]
    return asking.said_details(text, names)


def _flags(asked_on: date, text: str, first: date, code: str, pupil: str, situation: Situation) -> tuple[str, ...]:
    """What the head should look at: advice, never a refusal. Notice counts from the first words."""
    school = situation.school
    elsewhere = people.lives_elsewhere(pupil, situation.sender.writer, school.roll)
    return (
        *flags_of(asked_on, first, school),
        *said_flags(code, text, school.policy.leave.flags),
        *licence_flags(code, text),
        *((people.LIVES_ELSEWHERE,) if elsewhere else ()),
    )


def changed_to(heard: Heard, request: LeaveRequest, report: Report, situation: Situation) -> LeaveRequest:
    """The open request with what the new words say; its notice and flags are counted from now."""
    first = report.first_day or request.first_day
    vague = (None, "N", "G") if request.code != "N" else (None,)
    code = request.code if report.code in vague else report.code or request.code
    details = {**_details(heard.text, situation), **request.details}
    told = tuple(one.id for one in together(heard, (report,), situation))
    half = _part_of(report)[0] if report.first_day is not None else request.half if report.return_day is None else "day"
    said = _flags(heard.day, heard.text, first, code, request.pupil, situation)
    kept = tuple(flag for flag in request.flags if flag not in ("short_notice", *situation.school.policy.leave.flags))
    return replace(
        request,
        first_day=first,
        return_day=report.return_day or (request.return_day if first == request.first_day else None),
        code=code,
        half=half,
        details=details,
        messages=tuple(dict.fromkeys((*request.told, *told))),
        flags=tuple(dict.fromkeys((*kept, *said))),
        notice_days=notice_days(heard.day, first),
        decide_by=due.decide_by(heard.day, first, situation.school),
    )


def _conversation(heard: Heard, requests: Sequence[LeaveRequest], situation: Situation) -> Conversation:
    """What the policy still wants is our open question; one thing at a time."""
    lacks = next((one.lacks for one in requests if one.lacks), ())
    if not lacks:
        return replace(situation.conversation, question=None)
    pupils = tuple(dict.fromkeys(one.pupil for one in requests))
    return situation.conversation.asks(Question(DETAIL, pupils, heard.day, heard.at, leave=True, lacks=lacks))
