"""The states of a request, and what moves it from one to the next. Pure: who acts, when and on what is handed in.

requested -> (asking) -> granted | granted_in_part | refused | more_asked | withdrawn; refused -> taken. A decision may
be changed by whoever decides; a withdrawn request stays withdrawn. Nothing is ever granted after the event.
Source: SI 2024/208 reg 11(1); DESIGN section 8.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from attendance.calendar import SchoolCalendar
from attendance.leave.asking import DETAILS, no_journey, not_booked
from attendance.leave.grounds import EXCEPTIONAL, GROUNDS
from attendance.leave.request import GRANTED, WAITING, LeaveRequest, LeaveState

DECIDABLE: frozenset[LeaveState] = WAITING | GRANTED | {"refused", "taken"}
CHANGEABLE = WAITING
WITHDRAWABLE: frozenset[LeaveState] = WAITING | GRANTED


class NotNow(ValueError):
    """The request is in no state in which this can happen; the message says what to do instead."""


@dataclass(frozen=True, slots=True)
class Decider:
    """Whoever decides, and when (aware UTC)."""

    name: str
    position: str
    at: datetime

    def __str__(self) -> str:
        return f"{self.name}, {self.position}"


def grant(
    request: LeaveRequest,
    by: Decider,
    calendar: SchoolCalendar,
    not_before: date,
    days: Iterable[date] | None = None,
    reason: str = "",
) -> LeaveRequest:
    """Grant all days asked for, or only `days`. Days before `not_before` are over and are never granted.

    With a later day of return asked for since (`until`), "all" reaches up to it. Raises NotNow.
    """
    _check(request, DECIDABLE, "decided")
    longer = replace(request, return_day=request.until or request.return_day)
    asked = request.asked_days(calendar)
    agreed = set(request.granted_days(calendar))
    wanted = set(asked) if days is None else set(days)
    if stray := sorted(wanted - set(asked)):
        raise NotNow(f"{stray[0]:%-d %B %Y} was not asked for; choose among the school days of the request.")
    chosen = tuple(day for day in asked if day in wanted and (day >= not_before or day in agreed))
    if not chosen:
        raise NotNow("Leave is never granted after the event, and these days are over. Refuse it, and say why.")
    state: LeaveState = "granted" if chosen == asked else "granted_in_part"
    code = request.code if request.code in GROUNDS else EXCEPTIONAL
    return _decided(longer, by, state, reason, code=code, days=() if state == "granted" else chosen)


def refuse(request: LeaveRequest, by: Decider, reason: str) -> LeaveRequest:
    """Refuse, with reasons. A later return that was asked for is refused alone: what was granted stands."""
    _check(request, DECIDABLE, "decided")
    if not reason.strip():
        raise NotNow("A refusal needs its reason; write it in the box, then refuse.")
    if request.until is not None:
        return replace(request, until=None)
    return _decided(request, by, "refused", reason, days=())


def ask_more(request: LeaveRequest, question: str) -> LeaveRequest:
    """The head wants to know more before deciding; the family is asked in the head's words."""
    _check(request, WAITING, "asked about")
    if not question.strip():
        raise NotNow("Write what you want to know; the family is asked in your words.")
    details = {**request.details, "question": question.strip()}
    return replace(request, state="more_asked", lacks=("more",), details=details)


def answered(request: LeaveRequest, what: str, words: str) -> LeaveRequest:
    """The family said what was lacking. That nobody travels, or has booked, answers all of the journey."""
    _check(request, WAITING, "added to")
    done = set(DETAILS) if what in DETAILS and (no_journey(words) or not_booked(words)) else {what}
    lacks = tuple(one for one in request.lacks if one not in done)
    details = {**request.details, what: words}
    return replace(request, lacks=lacks, details=details, state=waiting_state(lacks))


def waiting_state(lacks: Iterable[str]) -> LeaveState:
    """Before the head: complete, or while the family is asked."""
    lacking = tuple(lacks)
    return "more_asked" if "more" in lacking else "asking" if lacking else "requested"


def change(request: LeaveRequest, **new: object) -> LeaveRequest:
    """Other days or another reason before the decision; the request stays the same one."""
    _check(request, CHANGEABLE, "changed")
    return replace(request, **new)  # type: ignore[arg-type]  # the caller's own fields


def withdraw(request: LeaveRequest) -> LeaveRequest:
    """The family takes it back."""
    _check(request, WITHDRAWABLE, "withdrawn")
    return replace(request, state="withdrawn", lacks=(), until=None)


def back_earlier(request: LeaveRequest, back: date) -> LeaveRequest:
    """The family takes the last days back: granted still, and over on the day before `back`. Nobody has to agree."""
    _check(request, GRANTED, "shortened")
    if back <= request.first_day:
        return withdraw(request)
    kept = tuple(day for day in request.days if day < back)
    if request.state == "granted_in_part" and not kept:
        return withdraw(request)
    return replace(request, return_day=back, days=kept, until=None)


def begin_later(request: LeaveRequest, first: date) -> LeaveRequest:
    """The family takes the first days back: granted still, from `first` on. Nobody has to agree."""
    _check(request, GRANTED, "shortened")
    kept = tuple(day for day in request.days if day >= first)
    if first <= request.first_day or (request.state == "granted_in_part" and not kept):
        return request
    return replace(request, first_day=first, days=kept)


def ask_longer(request: LeaveRequest, until: date) -> LeaveRequest:
    """A later return ("flight delayed"): the same request, before the head again; what was granted stands."""
    _check(request, GRANTED | {"refused", "taken"}, "extended")
    return replace(request, until=until)


def taken(request: LeaveRequest) -> LeaveRequest:
    """Away although it was refused, or on days that were not among the granted ones. Those states stay as they are."""
    return replace(request, state="taken") if request.state == "refused" else request


def _decided(
    request: LeaveRequest,
    by: Decider,
    state: LeaveState,
    reason: str,
    *,
    days: tuple[date, ...],
    code: str | None = None,
) -> LeaveRequest:
    return replace(
        request,
        state=state,
        code=code or request.code,
        days=days,
        lacks=(),
        until=None,
        decided_by=str(by),
        decided_at=by.at,
        reason=reason.strip(),
    )


def _check(request: LeaveRequest, allowed: frozenset[LeaveState], what: str) -> None:
    if request.state not in allowed:
        now = {"withdrawn": "The family has withdrawn it", "requested": "It has not been decided yet"}
        why = now.get(request.state, f"It is {request.state.replace('_', ' ')}")
        raise NotNow(f"This request cannot be {what}: {why}.")
