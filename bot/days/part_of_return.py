"""Back on a later day, and not for its morning's register: "back tomorrow after lunch", "back Thursday at 11".

The time belongs to the day of return. Until then the child is away as was said, that morning included, and nobody asks
where it is; the afternoon's register decides (reading A35).
"""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.calendar import Session, instant
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding

_DAY = r"(?:tomm?orr?ow|tom|tmrw|tmw|tmoz|(?:on )?(?:next )?(?:mon|tue|wed|thu|fri)[a-z]*)"
_NOON = (
    r"(?:(?<!this )(?:afternoon|aft\b|arvo)|(?:after|at|by|past|around|about) (?:lunch|dinner)|(?:lunch|dinner) ?time"
    r"|pm\b|midday|(?<!after)noon)"
)
_BACK = re.compile(
    rf"\b(?:back|return\w*|in (?=(?:for|on|at|{_DAY})\b))[^.!?;\n]{{0,40}}?(?<!\d)\b{_NOON}", re.IGNORECASE
)
_BACK_AFTER = re.compile(rf"\b{_DAY} {_NOON}[^.!?;\n]{{0,25}}?\b(?:back|in)\b", re.IGNORECASE)


def with_part_of_its_day(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same, where children come back on a later day after its morning's register: `arrives` is of that day."""
    days = {report.return_day for report in understood.reports}
    if len(days) != 1 or understood.ask:
        return understood
    reports = tuple(_parted(heard, report, situation) for report in understood.reports)
    return understood if reports == understood.reports else replace(understood, reports=reports)


def _parted(heard: Heard, report: Report, situation: Situation) -> Report:
    begins = report.first_day or heard.day
    if report.return_day is None or report.return_day <= begins or not report.children or report.leaves is not None:
        return report
    if report.arrives is not None:
        missed = _misses_the_morning(report.children[0], report, situation)
        return replace(report, session="day", arrives=report.arrives if missed else None)
    if report.session == "pm" or not (_BACK.search(heard.text) or _BACK_AFTER.search(heard.text)):
        return report
    window = situation.school.window(situation.school.roll.pupils[report.children[0]], "pm")
    return report if window is None else replace(report, session="day", arrives=window.opens)


def _misses_the_morning(child: str, report: Report, situation: Situation) -> bool:
    day, said = report.return_day, report.arrives
    if day is None or said is None:
        return False
    closes = situation.school.closes_at(situation.school.roll.pupils[child], Session(day, "am"))
    return closes is None or instant(day, said) > closes
