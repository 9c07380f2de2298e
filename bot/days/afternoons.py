"""Words about a child who is missed after lunch, and whose morning is accounted for, are about the afternoon.

"The doctor says she should stay at home today", said at ten to two of a child who was at the doctor's all morning,
changes nothing of the morning; "he has a dentist's appointment" of a child who sat in class until noon is no report
against the register. Nor is "school rang me to collect her" of a child whom the morning's register has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from attendance.calendar import Session
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding

_CAME_HOME = re.compile(
    r"\b(?:(?:pick|collect|fetch)(?:ed|ing)?|(?:sent|came|come|brought|took|taken) (?:\w+ ){0,2}home"
    r"|(?:came|come|went) (?:and|to|n|&) (?:get|got|fetch|fetched|collect|collected)|(?:came|come) for (?:him|her|them)"
    r"|(?:rang|rung|called|phoned|asked|told) (?:\w+ )?to (?:get|come|collect|fetch|pick)"
    r"|sign(?:ed|ing) (?:\w+ )?out)\b",
    re.IGNORECASE,
)
"""How somebody tells that a child left school during the day."""


def of_the_afternoon(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same, where a report of today's whole day answers for an afternoon that alone is missed."""
    reports = tuple(one for report in understood.reports for one in _parted(heard, report, situation))
    return understood if reports == understood.reports else replace(understood, reports=reports)


def _parted(heard: Heard, report: Report, situation: Situation) -> Iterator[Report]:
    """Siblings in one report may be missed for different halves of the day."""
    today = report.first_day == heard.day and report.code is not None
    whole = today and report.session in (None, "day")
    home = _CAME_HOME.search(heard.text) is not None
    if home and today and report.session == "am" and report.arrives is None and report.return_day in (None, heard.day):
        missed = tuple(child for child in report.children if _has_left_since(child, heard, situation))
        if missed and missed == report.children:
            yield replace(report, session="pm", return_day=None)
            return
    after_lunch = tuple(
        child
        for child in report.children
        if whole and (only_the_afternoon(child, situation) or (home and _was_here(child, heard, situation)))
    )
    others = tuple(child for child in report.children if child not in after_lunch)
    if not after_lunch:
        yield report
        return
    if others:
        yield replace(report, children=others)
    yield replace(report, children=after_lunch, session="pm")


def only_the_afternoon(child: str, situation: Situation) -> bool:
    """An afternoon has a chase of its own only where the morning needs none any more."""
    case = situation.cases.get(child)
    return case is not None and case.session.half == "pm" and case.stage not in ("answered", "settled")


def _has_left_since(child: str, heard: Heard, situation: Situation) -> bool:
    """ "He felt ill so I came and got him at lunch": here in the morning, it misses the half that we ask about."""
    return only_the_afternoon(child, situation) and _was_here(child, heard, situation)


def _was_here(child: str, heard: Heard, situation: Situation) -> bool:
    """The morning's register has the child, and no register of the afternoon says otherwise."""
    morning, afternoon = (situation.entered.get((child, Session(heard.day, half))) for half in ("am", "pm"))
    return morning is not None and morning.present and (afternoon is None or not afternoon.present)
