"""In after lunch: who was said to come in the afternoon is not on the way all morning.

The afternoon register decides (reading A35). Until then nobody looks for a child of whom the family has said that it is
at home, and no time is read back that nobody said.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time

from attendance.calendar import Session, local
from bot.outcome import Heard, Situation
from bot.understanding import Report

_AFTERNOON = re.compile(
    r"\b(?:(?:after|at|by|past|for|around|about|over) (?:lunch|dinner)|(?:lunch|dinner) ?time"
    r"|this (?:afternoon|aft|arvo)|(?:in|for) (?:the )?(?:afternoon|pm)"
    r"|afternoon (?:reg\w*|lessons?|session|school))\b",
    re.IGNORECASE,
)
_LAST_LESSON = re.compile(
    r"\b(?:back|in|return\w*)(?: \w+)? (?:for|by|before|in time for) (?:(?:his|her|their|the) )?(?:last|final)"
    r" (?:lesson|period|class)\b"
)
_LATER = re.compile(r"\blater\b", re.IGNORECASE)


def comes_after_lunch(heard: Heard, pupil: str, situation: Situation, at_home: bool = False) -> time | None:
    """When the afternoon register opens, where the words put off the child's coming until then and it is to come.

    `at_home`: we hold that the child is ill, or out with its family; then "later" is as good.
    """
    said = _AFTERNOON.search(heard.text) or (at_home and _LATER.search(heard.text))
    window = situation.school.window(situation.school.roll.pupils[pupil], "pm")
    if not said or window is None or window.opens <= local(heard.at).time():
        return None
    return window.opens


def back_for_the_last_lesson(heard: Heard, report: Report) -> Report:
    """ "Will leave at 11, back for last lesson": by then the afternoon's register was taken without it."""
    said = report.leaves is not None and report.arrives is None and report.session == "am"
    if not said or report.first_day is None or _LAST_LESSON.search(heard.line) is None:
        return report
    return replace(report, session="day", return_day=report.first_day)


def seen_by_the_afternoon_register(heard: Heard, pupil: str, situation: Situation) -> datetime | None:
    """When that register has closed: by then the child has been seen, or is missed."""
    return situation.school.closes_at(situation.school.roll.pupils[pupil], Session(heard.day, "pm"))
