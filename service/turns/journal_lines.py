"""What a turn writes down, as lines of the journal: one function for each kind that more than one place writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from attendance.calendar import local
from attendance.case import Case
from attendance.ladder import Alert, TellStaff
from attendance.leave import LeaveRequest
from attendance.register import Amendment
from attendance.tasks import Task
from service.turns.words import routes_to

OF_A_CLASS = ("register/", "unaccounted/")
SHOWN = 3
"""So many classes are named in one line about registers that are not in; its pupils are all of theirs."""


def plain(value: Any) -> Any:
    """A value as the journal keeps it: JSON, with instants on London's wall clock."""
    match value:
        case datetime():
            return local(value).isoformat()
        case date() | time():
            return value.isoformat()
        case tuple() | list():
            return [plain(one) for one in value]
        case Mapping():
            return {str(key): plain(one) for key, one in value.items()}
        case _:
            return value


def of_case(case: Case) -> dict[str, Any]:
    """A case as it stands now."""
    return {
        "pupil": case.pupil,
        "day": case.session.day,
        "session": case.session.half,
        "state": case.stage,
        "whereabouts": case.whereabouts,
        "reason": case.reason,
        "outcome": case.outcome,
    }


def of_task(task: Task) -> dict[str, Any]:
    """A task that was opened."""
    half = task.session.half if task.session else None
    return {"role": task.role, "what": task.what, "due": task.due, "session": half, "key": task.key}


def of_amendment(one: Amendment) -> dict[str, Any]:
    """A change of our layer of the register."""
    return {
        "pupil": one.pupil,
        "day": one.session.day,
        "session": one.session.half,
        "original": one.original,
        "code": one.code,
        "provisional": one.provisional,
        "by": one.by,
        "position": one.position,
        "reason": one.reason,
    }


def of_leave(request: LeaveRequest) -> dict[str, Any]:
    """A leave request as it stands now."""
    return {
        "pupil": request.pupil,
        "first_day": request.first_day,
        "return_day": request.return_day,
        "state": request.state,
        "code": request.code,
        "flags": request.flags,
        "notice_days": request.notice_days,
        "id": request.id,
        **({"days": request.days} if request.days else {}),
        **({"until": request.until} if request.until else {}),
        **({"lacks": request.lacks} if request.lacks else {}),
    }


Telling = Sequence[tuple[Alert, TellStaff]]


def of_telling(group: Telling, ours: Mapping[str, str]) -> dict[str, Any]:
    """Somebody is told: who, of what, and by which way first."""
    alert, told = group[0]
    routes = routes_to(alert, told.staff, ours)
    reasons = list(dict.fromkeys(one.because for one, _ in group))
    classes = " classes" if alert.key.startswith(OF_A_CLASS) else ""
    more = f" And {len(reasons) - SHOWN} more{classes}." if len(reasons) > SHOWN else ""
    return {
        "to": told.staff.id,
        "role": told.role,
        "reason": told.reason,
        "urgent": alert.urgent,
        "channel": routes[0][0] if routes else "board",
        "because": " ".join(reasons[:SHOWN]) + more,
        "key": alert.key,
        "session": alert.session.half if alert.session else None,
    }


def tellings(told: Telling) -> list[Telling]:
    """What is one telling: the classes without marks of one register, or all about one child, to one person."""
    found: dict[tuple[object, ...], list[tuple[Alert, TellStaff]]] = {}
    times: Counter[tuple[str, str]] = Counter()
    for alert, one in told:
        of_class = alert.key.startswith(OF_A_CLASS)
        times[alert.key, one.staff.id] += 1  # after hours of silence one alert is told several times in one turn
        about = alert.session if of_class else (alert.pupils or alert.key, times[alert.key, one.staff.id])
        found.setdefault((one.staff.id, one.role, one.reason, alert.urgent, about), []).append((alert, one))
    return list(found.values())
