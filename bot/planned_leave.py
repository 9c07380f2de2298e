"""A planned absence that only the headteacher can grant: a request, never a mark."""

from __future__ import annotations

from dataclasses import replace

from attendance.effects import RaiseAlert
from attendance.leave import LeaveRequest
from attendance.leave_flags import said_flags
from attendance.notice import flags_of, notice_days
from bot.asking import ask
from bot.drafts import called_names, not_allowed, split_by_right, to_verify
from bot.outcome import AskLeave, BotEffect, Heard, Outcome, Reply, Situation
from bot.understanding import Report, Understanding


def leave_asked(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """A planned absence that only the headteacher can grant: a request, never a mark."""
    usable = [report for report in understood.reports if report.children]
    kept, foreign = split_by_right(usable, situation)
    if not kept and foreign:
        return not_allowed(heard, situation, foreign)
    if not understood.ask and any(_is_empty(report) for report in kept):
        understood = replace(understood, ask=("dates",))
    if understood.ask or not kept or any(report.first_day is None for report in kept):
        return ask(heard, understood, situation, leave=True)
    effects = leave_effects(heard, kept, situation)
    if foreign:
        effects.append(to_verify(heard, foreign))
    pupils = tuple(dict.fromkeys(child for report in kept for child in report.children))
    first = min(report.first_day for report in kept if report.first_day is not None)
    back = max((report.return_day for report in kept if report.return_day is not None), default=None)
    values = {"names": called_names(situation, pupils), "first_day": first, "return_day": back}
    conversation = replace(situation.conversation, question=None)
    return Outcome(conversation, tuple(effects), Reply("leave.received", pupils, values))


def _is_empty(report: Report) -> bool:
    """Back before a single session is missed: no request that a head could decide."""
    whole_day = report.session in (None, "day")
    return (
        whole_day
        and report.first_day is not None
        and report.return_day is not None
        and report.return_day <= report.first_day
    )


def leave_effects(heard: Heard, reports: list[Report], situation: Situation) -> list[BotEffect]:
    contact = situation.sender.contact
    effects: list[BotEffect] = []
    for number, report in enumerate(reports):
        for pupil in report.children:
            request = _request(heard, report, pupil, number, contact.id if contact else None, situation)
            effects += [AskLeave(request), leave_to_decide(request)]
    return effects


def _request(
    heard: Heard, report: Report, pupil: str, number: int, contact: str | None, situation: Situation
) -> LeaveRequest:
    today = heard.day
    first = report.first_day or today
    wanted = situation.school.policy.leave.flags
    return LeaveRequest(
        id=f"{heard.id}/leave/{pupil}/{number}",
        pupil=pupil,
        first_day=first,
        return_day=report.return_day,
        code=report.code or "N",
        asked_at=heard.at,
        contact=contact,
        message=heard.id,
        flags=(*flags_of(today, first, situation.school), *said_flags(report.code or "N", heard.text, wanted)),
        notice_days=notice_days(today, first),
    )


def leave_to_decide(request: LeaveRequest) -> RaiseAlert:
    """The headteacher hears at once, and once; the request stays on the board until it is decided."""
    short = " Notice is shorter than the policy asks." if "short_notice" in request.flags else ""
    return RaiseAlert(
        f"leave/{request.id}",
        "leave_to_decide",
        False,
        (request.pupil,),
        f"Leave asked for from {request.first_day:%d %B}.{short}",
        roles=("headteacher",),
        climbs=False,
    )
