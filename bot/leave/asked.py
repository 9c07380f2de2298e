"""A planned absence that only the headteacher can grant: a request, never a mark.

A request that is made again changes the open one; another parent's request for the same days that does not agree with
it goes to a person; days that cannot be asked for get one clear answer, and nothing is recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from attendance.calendar import CalendarTooShort
from attendance.leave import WAITING, LeaveRequest, people
from bot.asking import ask
from bot.conversation import Conversation, Question
from bot.days.after_lunch import back_for_the_last_lesson
from bot.drafts import not_allowed, split_by_right, to_verify
from bot.leave import words
from bot.leave.days_meant import NO_LEAVE, by_halves, date_fault, is_empty
from bot.leave.made import changed_to, new_request
from bot.leave.telling import disagree, impossible, leave_to_decide, received
from bot.leave.told import words_together
from bot.leave.unsaid import with_the_child_named, with_what_is_unsaid
from bot.outcome import AskLeave, BotEffect, ChangeLeave, Heard, Outcome, Reply, Situation
from bot.understanding import Report, Understanding
from bot.whereabouts.outings import by_registers, going_out

DETAIL = "detail"
"""The kind of our question for what the policy wants to know of a request."""


def leave_asked(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """A planned absence that only the headteacher can grant: a request, never a mark."""
    understood = with_the_child_named(heard.text, understood, situation)
    usable = [report for report in understood.reports if report.children]
    said = words_together(heard, usable, situation)
    understood = with_what_is_unsaid(heard, understood, said, situation)
    usable = [report for report in understood.reports if report.children]
    kept, foreign = split_by_right(
        [part for report in usable for part in by_halves(report, said, situation)], situation
    )
    kept, no_parents = _of_parents(kept, situation)
    foreign += no_parents
    if not kept and foreign:
        return not_allowed(heard, situation, foreign)
    if (fault := date_fault(heard, kept, situation)) is not None:
        return impossible(fault, kept, situation)
    if all(report.code not in NO_LEAVE for report in kept):  # what it is, the head reads in the family's own words
        understood = replace(understood, ask=tuple(one for one in understood.ask if one != "reason"))
    if not understood.ask and any(is_empty(report) for report in kept):
        understood = replace(understood, ask=("dates",))
    kept = [_of_the_register_missed(heard, report, situation) for report in kept]
    if (goes_out := _only_goes_out(heard, kept, situation)) is not None:
        return goes_out
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
    return Outcome(
        asking_on(heard, requests, situation.conversation), tuple(effects), received(heard, requests, situation)
    )


def _only_goes_out(heard: Heard, kept: Sequence[Report], situation: Situation) -> Outcome | None:
    """ "Hugo needs to leave at 2pm on Friday, we have a long drive": no register is missed, so nothing is to be
    granted; whoever lets a child go hears of it.
    """
    parts = [by_registers(report, situation) for report in kept]
    out = tuple(dict.fromkeys(child for _, going in parts for child in going))
    if not out or any(missing for missing, _ in parts):
        return None
    return Outcome(
        replace(situation.conversation, question=None),
        (going_out(heard, out, situation),),
        Reply("absence.handed_to_staff"),
    )


def _of_the_register_missed(heard: Heard, report: Report, situation: Situation) -> Report:
    """ "Out from 10.15 for her interview, back for last lesson": the half whose register closes without the child."""
    until = back_for_the_last_lesson(heard, report)
    if until is report or report.first_day is None:
        return report
    parts, _ = by_registers(until, situation)
    if [part.session for part in parts] != ["pm"]:
        return report
    try:
        return replace(parts[0], return_day=situation.school.calendar.after(report.first_day))
    except CalendarTooShort:
        return report


def leave_effects(heard: Heard, reports: list[Report], situation: Situation) -> list[BotEffect]:
    """The requests that these reports make or change, each with what the headteacher hears of it."""
    effects: list[BotEffect] = []
    places = _places(heard, reports, situation)
    for number, report in enumerate(reports):
        for pupil in report.children:
            effects += _for_one(heard, report, pupil, number, situation, places.get((number, pupil)))
    return effects


def _places(heard: Heard, reports: Sequence[Report], situation: Situation) -> dict[tuple[int, str], LeaveRequest]:
    """Which of the writer's waiting requests each report puts right, for each child, and each request only once: the
    one on whose days it is; and of a correction ("it is actually Wednesday and Friday") one that is left, in the order
    of the days, where as many reports as requests are left over.
    """
    out: dict[tuple[int, str], LeaveRequest] = {}
    for pupil in dict.fromkeys(child for report in reports for child in report.children):
        theirs = [number for number, report in enumerate(reports) if pupil in report.children]
        own = [one for one in situation.leave if one.pupil == pupil and one.state in WAITING]
        own = [one for one in own if one.contact == situation.sender.writer]
        for number in theirs:
            first = reports[number].first_day or heard.day
            found = next((one for one in own if one.overlaps(first, reports[number].return_day)), None)
            if found is not None:
                out[number, pupil] = found
                own.remove(found)
        left = sorted((number for number in theirs if (number, pupil) not in out), key=lambda n: _first(reports[n]))
        if words.changes(heard.text) and len(left) == len(own):
            for number, one in zip(left, sorted(own, key=lambda one: one.first_day), strict=True):
                out[number, pupil] = one
    return out


def _first(report: Report) -> date:
    return report.first_day or date.min


def _for_one(
    heard: Heard, report: Report, pupil: str, number: int, situation: Situation, mine: LeaveRequest | None
) -> list[BotEffect]:
    first = report.first_day or heard.day
    waiting = [one for one in situation.leave if one.pupil == pupil and one.state in WAITING]
    writer = situation.sender.writer
    other = next((one for one in waiting if one.contact != writer and one.overlaps(first, report.return_day)), None)
    if other is not None:
        same = (other.first_day, other.return_day) == (first, report.return_day)
        return [] if same else disagree(heard, other, situation)
    longer = _goes_on(heard, waiting, first, situation)
    if mine is None and longer is not None:
        mine, report = longer, replace(report, first_day=None)
    if mine is not None:
        changed = changed_to(heard, mine, report, situation)
        if as_it_was(changed, mine):
            return [ChangeLeave(changed)]  # said again, in other words: nothing to decide anew
        return [ChangeLeave(changed), leave_to_decide(changed, situation, f"changed/{heard.id}")]
    request = new_request(heard, report, pupil, number, situation)
    return [AskLeave(request), leave_to_decide(request, situation)]


def _goes_on(heard: Heard, waiting: Sequence[LeaveRequest], first: date, situation: Situation) -> LeaveRequest | None:
    """ "Staying another day", from the very day back: the writer's leave that goes on."""
    own = (one for one in waiting if one.contact == situation.sender.writer)
    if not words.late_back(heard.text):
        return None
    return next((one for one in own if one.back_on(situation.school.calendar) == first), None)


def as_it_was(changed: LeaveRequest, request: LeaveRequest) -> bool:
    return all(getattr(changed, what) == getattr(request, what) for what in ("first_day", "return_day", "half", "code"))


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


def asking_on(heard: Heard, requests: Sequence[LeaveRequest], thread: Conversation) -> Conversation:
    """What the policy still wants is our open question; one thing at a time."""
    lacks = next((one.lacks for one in requests if one.lacks), ())
    if not lacks:
        return replace(thread, question=None)
    open_still = thread.open_question(heard.at)
    with_them = open_still.children if open_still is not None and open_still.kind == DETAIL else ()
    pupils = tuple(dict.fromkeys((*with_them, *(one.pupil for one in requests))))
    return thread.asks(Question(DETAIL, pupils, heard.day, heard.at, leave=True, lacks=lacks))
