"""One child, one thing to acknowledge: several alerts about the same child that everybody has heard speak together.

Each is told to each rung once by itself, because each is news. From then on they are repeated as one: in one message,
at one time, under one number, and who says "I have it" has all of it. What needs other people, or must be read or
heard for itself, stays apart: a disclosure, what a barred person wrote, somebody's unread words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from attendance.ladder import MESSAGES, Alert, Climb, TellStaff, Told, climbs_at, matter
from attendance.school import School

APART = frozenset({"barred_contact_wrote"})
"""Together with its like, and with nothing else: the safeguarding lead's."""
NEVER = MESSAGES | {"safeguarding"}


def are_one(one: Alert, other: Alert) -> bool:
    """Both are about whether this child is where it should be, and go to the same people."""
    if one.key == other.key or not one.pupils or set(one.pupils) != set(other.pupils):
        return False
    matters = {matter(one), matter(other)}
    if matters & NEVER or (matters & APART and len(matters) > 1):
        return False
    same_people = {rung.role for rung in one.rungs} == {rung.role for rung in other.rungs}
    return one.urgent and other.urgent and same_people


def everybody_has_heard(alert: Alert) -> bool:
    """It is live, nobody has it, and it is being repeated to all rungs."""
    return alert.live and alert.acknowledged_by is None and alert.climbs and alert.rung >= len(alert.rungs)


def goes_to_all(alert: Alert, live: Iterable[Alert]) -> bool:
    """Everybody hears of this child's morning already: the afternoon is told to all at once, and from then on with it,
    instead of climbing a ladder of its own beside that one.
    """
    return any(everybody_has_heard(other) and are_one(alert, other) and _of_one_day(alert, other) for other in live)


def _of_one_day(one: Alert, other: Alert) -> bool:
    return one.session is not None and other.session is not None and one.session.day == other.session.day


def told_beside(
    spoken: Alert, words: list[TellStaff], live: Iterable[Alert], now: datetime, school: School
) -> list[Climb]:
    """The other alerts about the same child, told in the same breath as `spoken`, whose `words` go to everybody."""
    if not words or not everybody_has_heard(spoken):
        return []
    return [
        _told_in_these_words(other, words, now, school)
        for other in live
        if everybody_has_heard(other) and are_one(spoken, other)
    ]


def _told_in_these_words(alert: Alert, words: list[TellStaff], now: datetime, school: School) -> Climb:
    told = tuple(Told(one.staff.id, one.role, now, alert.reason) for one in words)
    again = [replace(one, number=len(alert.told) + place) for place, one in enumerate(words)]
    alert = replace(alert, told=(*alert.told, *told))
    return replace(alert, due_at=climbs_at(alert, now, school)), again
