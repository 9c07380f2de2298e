"""What the family and whoever decides hear of a request: the answer, the alert, two parents who do not agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from attendance.effects import RaiseAlert
from attendance.leave import LeaveRequest, asking, dates, people
from bot.drafts import called_names
from bot.outcome import BotEffect, ChangeLeave, Heard, Outcome, Reply, Situation
from bot.understanding import Report

TAKES_FILES = frozenset({"telegram", "email"})
"""Where a family is invited to send a photo as an answer. By text few numbers here take one; what comes is kept."""


def received(heard: Heard, requests: Sequence[LeaveRequest], situation: Situation) -> Reply:
    """What we have, what happens next and by when, and the next thing that we need to know."""
    asked_for = {one.pupil for one in requests}
    pupils = tuple(child for child in situation.sender.children if child in asked_for)
    wanted = next((one.lacks[0] for one in requests if one.lacks), None)
    values = {
        "names": called_names(situation, pupils),
        "first_day": min(one.first_day for one in requests),
        "return_day": max((one.return_day for one in requests if one.return_day is not None), default=None),
        "days": _one_by_one(requests, situation),
        "decide_by": max((day for one in requests if (day := _still_to_come(one, heard, situation))), default=None),
        "wanted": wanted,
        "half": requests[0].half if len({one.half for one in requests}) == 1 else "day",
        "here": heard.channel in TAKES_FILES,
        "evidence": asking.invites_evidence(situation.school.policy.leave.fields) and wanted is None,
    }
    return Reply("leave.received", pupils, values)


def _one_by_one(requests: Sequence[LeaveRequest], situation: Situation) -> tuple[date, ...]:
    """The days of requests that are each for one day, with days of school between them; nothing where they are not."""
    calendar = situation.school.calendar
    days = sorted({one.first_day for one in requests})
    single = all(len(calendar.between(one.first_day, one.back_on(calendar))) <= 1 for one in requests)
    return tuple(days) if single and len(days) > 1 else ()


def _still_to_come(request: LeaveRequest, heard: Heard, situation: Situation) -> date | None:
    """The day of the decision; None where that is today and the school day is over ("by Sunday" on a Sunday night)."""
    over = heard.at >= situation.school.end_of_day(heard.day) or not situation.school.calendar.is_school_day(heard.day)
    day = request.decide_by
    return None if day is None or (day <= heard.day and over) else day


def leave_to_decide(request: LeaveRequest, situation: Situation, more: str = "") -> RaiseAlert:
    """Whoever decides hears at once, and once; the request stays on the board until it is decided."""
    short = " Notice is shorter than the policy asks." if "short_notice" in request.flags else ""
    by = f" Decide by {request.decide_by:%-d %B}." if request.decide_by else ""
    lacks = " The family is still asked for more." if request.lacks else ""
    meet = " The policy wants a meeting with the family first." if situation.school.policy.leave.meeting else ""
    part = {"am": ", the morning only", "pm": ", the afternoon only", "day": ""}[request.half]
    what = "Leave changed: now" if more else "Leave asked for"
    return RaiseAlert(
        f"leave/{request.id}{'/' + more if more else ''}",
        "leave_to_decide",
        False,
        (request.pupil,),
        f"{what} from {request.first_day:%-d %B}{part}.{by}{short}{lacks}{meet}",
        roles=(people.deciding_role(situation.school),),
        climbs=False,
    )


def disagree(heard: Heard, other: LeaveRequest, situation: Situation) -> list[BotEffect]:
    """Two parents who do not want the same: the request stays as it is, and a person decides with both before them."""
    barred = people.barred_for(other.pupil, situation.school.roll)
    overlay = " Somebody is barred for this child: look at the court order first." if barred else ""
    flagged = replace(other, flags=tuple(dict.fromkeys((*other.flags, people.PARENTS_DISAGREE))))
    alert = RaiseAlert(
        f"leave/{other.id}/disagree/{heard.id}",
        "leave_contradicted",
        False,
        (other.pupil,),
        f"Another parent says something else about the leave from {other.first_day:%-d %B}; neither was told of the "
        f"other's words.{overlay}",
        roles=tuple(dict.fromkeys((people.deciding_role(situation.school), "safeguarding_lead"))),
    )
    return [ChangeLeave(flagged), alert]


def impossible(fault: dates.DateFault, reports: Sequence[Report], situation: Situation) -> Outcome:
    """One clear answer, and nothing is recorded. What we asked before stands open no more."""
    pupils = tuple(dict.fromkeys(child for report in reports for child in report.children))
    values = {"names": called_names(situation, pupils), "why": fault}
    conversation = replace(situation.conversation, question=None)
    return Outcome(conversation, (), Reply("leave.not_possible", pupils, values))
