"""Whose request the words are about: the writer's own, for the children whom the words name."""

from __future__ import annotations

from collections.abc import Iterable

from attendance.leave import LeaveRequest
from bot.naming import is_named
from bot.outcome import Situation


def named(text: str, situation: Situation) -> tuple[str, ...]:
    """The children whom the words name, or all for whom the writer may speak."""
    may = situation.sender.may_report
    said = [child for child in may if is_named(text, child, situation)]
    return tuple(said) or tuple(may)


def own(text: str, situation: Situation) -> list[LeaveRequest]:
    """The writer's own requests for the children whom the words name, the newest first."""
    children = named(text, situation)
    writer = situation.sender.writer
    return [one for one in situation.leave if one.pupil in children and one.contact == writer]


def in_the_same_breath(newest: LeaveRequest, requests: Iterable[LeaveRequest]) -> list[LeaveRequest]:
    """Those that were asked for in one message with it, itself among them."""
    return [one for one in requests if one.together == newest.together]


def last_made(requests: Iterable[LeaveRequest]) -> LeaveRequest | None:
    """The one that was asked for last; None where there is none."""
    return max(requests, key=lambda one: one.asked_at, default=None)
