""" "He went in late, about nine", in answer to why he is not here, and no mark says so.

That is no child who is on the way: the family believes it in school, and somebody looks at once.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from attendance.calendar import instant
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding
from bot.whereabouts.here_already import mark_of

_A_MARK_TAKES = timedelta(minutes=5)
"""Who came in just now may not be marked yet."""
_WENT_IN = re.compile(
    r"\b(?:went|walked|gone|got|came|ran|run|was|is)(?: (?:late|straight|him|her|them))? (?:in|there|to school|into)\b"
    r"|\b(?:arrived|dropped|signed in|got (?:him|her|them) (?:in|there))\b"
)
_STILL_COMING = re.compile(r"\b(?:will|would|should|going to|left|leaving|set off|on (?:the|his|her|our|my) way|not)\b")


def went_in_late(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same, where a time of arrival that is over is told of children about whom we asked, as "in school"."""
    line = heard.line
    if understood.intent != "late" or not _WENT_IN.search(line) or _STILL_COMING.search(line):
        return understood
    if not understood.reports or not all(_should_be_marked(one, heard, situation) for one in understood.reports):
        return understood
    children = tuple(child for one in understood.reports for child in one.children)
    return replace(understood, intent="present", reports=(Report(children),), urgent=True)


def _should_be_marked(report: Report, heard: Heard, situation: Situation) -> bool:
    if report.arrives is None or report.first_day not in (None, heard.day) or not report.children:
        return False
    over = instant(heard.day, report.arrives) + _A_MARK_TAKES <= heard.at
    cases = [situation.cases.get(child) for child in report.children]
    asked = all(case is not None and case.stage != "settled" for case in cases)
    return over and asked and all(mark_of(child, heard, situation) is None for child in report.children)
