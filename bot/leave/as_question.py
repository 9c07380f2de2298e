"""A request in the form of a question: "could they have the week of 7 December off?" """

from __future__ import annotations

import re
from dataclasses import replace

from attendance.leave.grounds import HOLIDAY
from bot.leave import words
from bot.leave.asked import days_written, leave_asked, school_day_after
from bot.leave.draft import children_said
from bot.other_children import names_somebody_else
from bot.outcome import Heard, Outcome, Situation
from bot.understanding import Report, Understanding

_THEY = re.compile(r"\bthey\b", re.IGNORECASE)


def asked_off(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """Days to come that are written out, in a question whether somebody may be away: a request, and nobody's to answer
    but the headteacher's. What it does not say (the child, the reason) is asked for."""
    if not words.asks_off(heard.text) or not _says_nothing_else(heard, understood):
        return None
    if names_somebody_else(heard.text, situation):
        return None
    said = days_written(heard, situation)
    if said is None or said.first <= heard.day or not situation.sender.may_report:
        return None
    children = _children(heard, situation)
    holiday = words.is_holiday(heard.text)
    back = said.last if said.last < said.first else school_day_after(said.last, situation)
    report = Report(children, HOLIDAY if holiday else "N", said.first, back, words.half_said(heard.text) or "day")
    lacks = (() if children else ("child",)) + (() if holiday else ("reason",))
    return leave_asked(heard, replace(understood, intent="leave", reports=(report,), ask=lacks), situation)


def _says_nothing_else(heard: Heard, understood: Understanding) -> bool:
    """Nothing was read, or only that somebody is away from today on: while we ask about a missing child, days to come
    are read as those of its return."""
    if not understood.reports:
        return understood.intent == "question"
    since_today = all(
        one.code in (None, "N", "O") and (one.first_day or heard.day) <= heard.day for one in understood.reports
    )
    return understood.intent in ("absence", "leave") and since_today and not words.is_of_today(heard.text)


def _children(heard: Heard, situation: Situation) -> tuple[str, ...]:
    """Those who are named, all for "they", the only one where there is one; else nobody, who is asked for."""
    mine = tuple(situation.sender.may_report)
    named = children_said(heard.text, situation)
    if named:
        return named
    return mine if len(mine) == 1 or _THEY.search(heard.text) else ()
