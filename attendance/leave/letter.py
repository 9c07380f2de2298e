"""The letter about a decision on leave: exactly the fields that the school's policy names (`leave.letter_fields`).

Only what it says is decided here; how it looks is templates/letters/leave.typ. A person releases it.
Sources: Blue Coat 6.1.3 (return date; reasons of a refusal), Looe App 3 (reference, date, child, group, dates, penalty
wording), West Coventry 10 (number of days and dates); St Joseph & St Bede and Mary Bassett are silent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from attendance.calendar import local
from attendance.leave.request import LeaveRequest
from attendance.school import School

PENALTY = (
    "Ten sessions of unauthorised absence within ten school weeks are the point at which a school must consider a "
    "penalty notice. Each case is considered on its own. A first notice is £160 for each parent and each child, or £80 "
    "if it is paid within 21 days; a second within three years is £160. A third is not issued: other action is "
    "considered, and the law allows a prosecution."
)
"""The amounts in force since 19 August 2024, whatever an older policy prints (Looe's are 60 and 120 pounds).

Source: SI 2007/1867 as amended by SI 2024/210; statute notes, section 9."""


TUTOR_GROUPS = frozenset({"", "secondary"})
"""Phases whose pupils are in tutor groups; a primary or lower school has classes."""
HALVES = {"day": "", "am": ", the morning only", "pm": ", the afternoon only"}


def letter_of(request: LeaveRequest, school: School, today: date | None = None) -> Mapping[str, Any]:
    """Everything that the letter about this decided request says, as plain values.

    It bears the date `today`, or that of the decision.
    """
    pupil = school.roll.pupils[request.pupil]
    contact = school.roll.contacts.get(request.contact or "")
    signed, _, position = (request.decided_by or "").partition(", ")
    decided = local(request.decided_at).date() if request.decided_at else request.first_day
    fields = school.policy.leave.letter_fields
    return {
        "school": school.policy.name,
        "phone": school.policy.phone,
        "date": long_day(today or decided, weekday=False),
        "reference": reference(request),
        "to": contact.name if contact else "Parent or carer",
        "child": f"{pupil.given} {pupil.family}",
        "called": pupil.called,
        "group": pupil.group,
        "group_label": "Tutor group" if school.policy.school.phase in TUTOR_GROUPS else "Class",
        "about": "withdrawn" if request.state == "withdrawn" else kind_of(request),
        "title": f"Leave of absence: {_decision(request).casefold()}",
        "opening": _opening(request, school),
        "facts": [list(fact) for field in _fields(request, fields) for fact in _facts(field, request, school)],
        "closing": _closing(request, pupil.called, school.policy.phone),
        "penalty": PENALTY if "penalty_text" in fields and request.state not in ("granted", "withdrawn") else "",
        "signed": signed,
        "position": position,
    }


def kind_of(request: LeaveRequest) -> str:
    """What the head had decided: `granted` (wholly or in part, or taken back since by the family) or `refused`."""
    return "granted" if request.is_granted or request.state == "withdrawn" else "refused"


def reference(request: LeaveRequest) -> str:
    """A short name for the request that says nothing about the child."""
    return f"LA-{sha256(request.id.encode()).hexdigest()[:6].upper()}"


def long_day(day: date, weekday: bool = True) -> str:
    """ "Tuesday 24 November 2026"."""
    return f"{day:%A} {day.day} {day:%B %Y}" if weekday else f"{day.day} {day:%B %Y}"


def _decision(request: LeaveRequest) -> str:
    said = {
        "granted": "Granted",
        "granted_in_part": "Granted for some of the days",
        "withdrawn": "Withdrawn by the family",
    }
    return said.get(request.state, "Not granted")


def _opening(request: LeaveRequest, school: School) -> str:
    days = request.school_days(school.calendar)
    asked = long_day(local(request.asked_at).date(), weekday=False)
    span = long_day(days[0], weekday=False) if days else long_day(request.first_day, weekday=False)
    until = f" to {long_day(days[-1], weekday=False)}" if len(days) > 1 else HALVES[request.half]
    if request.state == "withdrawn":
        return (
            f"You asked on {asked} for leave of absence on {span}{until}. It was granted, and you have told us since "
            "that it is not needed. The leave and our letter about it do not stand any more."
        )
    decided = {"granted": "It is granted.", "granted_in_part": "It is granted for some of the days only."}
    return (
        f"Thank you for your request of {asked} for leave of absence on {span}{until}. It has been considered on its "
        f"own facts. {decided.get(request.state, 'It is not granted.')}"
    )


def _fields(request: LeaveRequest, fields: Sequence[str]) -> Sequence[str]:
    """The policy's fields; where only some days are granted the letter says which, whatever the policy lists."""
    if request.state != "granted_in_part" or "dates" in fields:
        return fields
    return (fields[0], "dates", *fields[1:])


def _facts(field: str, request: LeaveRequest, school: School) -> Sequence[tuple[str, str]]:
    asked, granted = request.school_days(school.calendar), request.granted_days(school.calendar)
    others = tuple(day for day in asked if day not in granted)
    if request.state == "withdrawn" and field != "decision":
        return [("Days that were asked for", _days(asked))] if field == "dates" else []
    match field:
        case "decision":
            return [("Decision", _decision(request))]
        case "dates" if granted:
            return [
                ("Days granted", f"{_days(granted)}{HALVES[request.half]}"),
                *([("Days not granted", _days(others))] if others else []),
            ]
        case "dates":
            return [("Days asked for", f"{_days(asked)}{HALVES[request.half]}")]
        case "days" if granted:
            count = f"{len(granted)} of {len(asked)}" if others else str(len(granted))
            return [("School days granted", f"{count}{HALVES[request.half]}")]
        case "days":
            return [("School days asked for", f"{len(asked)}{HALVES[request.half]}")]
        case "return_date" if granted:
            same_day = f"{long_day(request.first_day)}, in the afternoon"
            back = same_day if request.half == "am" else long_day(request.back_on(school.calendar))
            return [("Expected back in school", back)]
        case "reason" if request.reason:
            return [("Reason" if granted else "Reasons", request.reason)]
        case _:
            return []


def _days(days: Sequence[date]) -> str:
    """One day, several, or a stretch by its ends."""
    if not days:
        return "none (the school is closed)"
    if len(days) <= 3:
        return ", ".join(long_day(day) for day in days)
    return f"{long_day(days[0])} to {long_day(days[-1])} ({len(days)} school days)"


def _closing(request: LeaveRequest, called: str, phone: str) -> Sequence[str]:
    delayed = f"Please tell us at once, on {phone}, if your plans change or the return is delayed."
    if request.state == "granted":
        return (delayed,)
    if request.state == "withdrawn":
        return (f"{called} is expected in school. If this is not what you meant, please ring {phone} at once.",)
    away = "on the other days" if request.state == "granted_in_part" else "on these days"
    return (
        f"{called} is expected in school {away}. Absence {away} will be recorded as unauthorised.",
        *((delayed,) if request.is_granted else ()),
        f"If you would like to talk about this decision, please ring {phone}.",
    )
