""" "Tobi's coming with us, late as well": a brother or sister who comes with the one of whom a time was told.

No appointment of the one is the other's, and the time of the one is the other's: whoever is late with the family comes
when it comes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time

from bot.corrections.slips import AT_ONCE
from bot.naming import is_named
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding

_ALONG = re.compile(
    r"\b(?:coming|comes|come|be|travell?ing|in) (?:in |along )?(?:with|together with) (?:us|me|him|her|them)\b"
    r"|\bcoming along\b|\blate (?:as well|too|also)\b|\balso (?:be )?late\b"
)
_LATE = re.compile(r"\b(?:late|later)\b")
_ILL_OR_AWAY = re.compile(r"\b(?:ill|sick|poorly|unwell|off|home|not)\b|\?")


def comes_along(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same, where such words name one child, and another one's time was told in them or just before: late then."""
    if _ALONG.search(heard.line) is None or _LATE.search(heard.line) is None or _ILL_OR_AWAY.search(heard.line):
        return understood
    if understood.intent not in ("late", "absence") or understood.urgent or understood.safeguarding:
        return understood
    timed = [report for report in understood.reports if report.arrives is not None]
    if timed and len({report.arrives for report in timed}) == 1:
        reports = tuple(
            replace(report, arrives=timed[0].arrives) if report.code is None else report
            for report in understood.reports
        )
        return replace(understood, reports=reports)
    children = tuple(dict.fromkeys(child for report in understood.reports for child in report.children))
    named = tuple(child for child in children if is_named(heard.text, child, situation))
    at = _told_of_another(named, heard, situation)
    if not named or at is None or timed:
        return understood
    return replace(understood, intent="late", reports=(Report(named, first_day=heard.day, arrives=at),), ask=())


def _told_of_another(children: tuple[str, ...], heard: Heard, situation: Situation) -> time | None:
    """When a brother or sister comes in, by what this writer told of today just before."""
    told = {
        one.arrives
        for one in situation.own_reports
        if one.pupil not in children and one.first_day == heard.day and heard.at - one.recorded_at <= AT_ONCE
    }
    return next(iter(told)) if len(told) == 1 else None
