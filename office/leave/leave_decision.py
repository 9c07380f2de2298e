"""What is decided about a request for leave on a page: all days, the ticked ones, refused, or more asked for. Pure.

The office's page and the page behind an e-mail's link read the same form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from attendance.calendar import SchoolCalendar
from attendance.leave import LeaveRequest
from office.desk import LeaveAct, NotPossible

ACTS: Mapping[str, LeaveAct] = {"grant": "grant", "some": "grant", "refuse": "refuse", "ask_more": "ask_more"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A form that was sent: `pressed` is its button. `reason` is the question where more is asked for."""

    pressed: str
    act: LeaveAct
    version: int
    reason: str = ""
    days: tuple[date, ...] | None = None


def choice_of(form: Mapping[str, str], days: Sequence[str]) -> Choice:
    """What was chosen; `days` are the ticked ones. Raises NotPossible with what is missing."""
    pressed, version = form.get("decision", ""), form.get("version", "")
    if pressed not in ACTS or not version.isdigit():
        raise NotPossible("Nothing was chosen.")
    reason = form.get("question" if pressed == "ask_more" else "reason", "").strip()
    ticked = _days(days) if pressed == "some" else None
    if ticked is not None and not ticked:
        raise NotPossible("No day was ticked: tick the days that you grant, or refuse.")
    return Choice(pressed, ACTS[pressed], int(version), reason, ticked)


def ticked(request: LeaveRequest, calendar: SchoolCalendar, typed: Sequence[str] | None) -> frozenset[str]:
    """The days that are ticked when the page is shown: as they were sent, else those that were granted, else all."""
    if typed is not None:
        return frozenset(typed)
    asked = request.asked_days(calendar)
    agreed = request.granted_days(calendar) if request.decided_by else asked
    return frozenset(day.isoformat() for day in agreed or asked)


def _days(texts: Sequence[str]) -> tuple[date, ...]:
    try:
        return tuple(date.fromisoformat(text) for text in texts if text)
    except ValueError as error:
        raise NotPossible("Those are no days; open the page anew.") from error
