"""A request as the family's words make it, or change it: its days, its details, and what the head should look at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from attendance.absences import Span
from attendance.leave import WAITING, LeaveRequest, asking, due, people
from attendance.leave.flags import licence_flags, said_flags
from attendance.leave.machine import waiting_state
from attendance.leave.notice import flags_of, notice_days
from bot.leave import words
from bot.leave.told import together
from bot.outcome import Heard, Situation
from bot.understanding import Report


def new_request(heard: Heard, report: Report, pupil: str, number: int, situation: Situation) -> LeaveRequest:
    """The request of one report for one child, the `number`-th of the message."""
    school = situation.school
    first, code = report.first_day or heard.day, report.code or "N"
    told = together(heard, (report,), situation)
    said = "\n".join(one.text for one in told)
    details = {**_of_a_sibling(report, situation), **_details(said, situation)}
    half, back = _part_of(report, situation)
    a_night = not asking.no_night_away(said, first, back)
    lacks = () if asking.no_journey(said) else asking.wanted(school.policy.leave.fields, code, details, a_night)
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


def _of_a_sibling(report: Report, situation: Situation) -> dict[str, str]:
    """What the family has said of the journey for another child on the same days and for the same reason."""
    writer, days = situation.sender.writer, (report.first_day, report.return_day, report.code)
    mine = [one for one in situation.leave if one.contact == writer and one.state in WAITING]
    same = (one.details for one in mine if (one.first_day, one.return_day, one.code) == days)
    return dict(next(same, {}))


def _part_of(report: Report, situation: Situation) -> tuple[Span, date | None]:
    """The half of a single day that is asked for, and the day back: a morning's is the same day."""
    first, back = report.first_day, report.return_day
    between = situation.school.calendar.between
    several = first is not None and back is not None and len(between(first, back)) > 1  # Friday is one day, back Monday
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
    half = request.half
    if report.first_day is not None:
        half = _part_of(report, situation)[0]
    elif report.return_day not in (None, request.return_day):
        half = "day"
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
