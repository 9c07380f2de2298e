"""An appointment that is not over: "still at the hospital, been waiting ages", after the time at which it was to be in.

The time that was said holds no longer, and whoever writes so has the child: nobody searches for it, asks why it is not
in school, or takes back what explains the morning. Where no new time is said, it is an appointment without one (A43).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from attendance.absences import APPOINTMENT
from attendance.calendar import instant
from bot.days.afternoons import only_the_afternoon
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding
from bot.whereabouts.here_already import mark_of
from bot.whereabouts.in_after_all import COMING

_STILL_THERE = re.compile(
    r"\bstill (?:\w+ )?(?:at|in|with|here|there|waiting|stuck|sat|sitting|queuing|queueing|being|having|getting)\b"
    r"|\b(?:still|yet) (?:to be|have not|has not|not) (?:been )?(?:seen|called|finished|done)\b"
    r"|\bnot (?:been |even )*(?:seen|called|finished|done)\b(?: \w+){0,2}? yet\b"
    r"|\b(?:been |are |is |we are )waiting\b|\bkeep(?:ing)? (?:him|her|them|\w+) in\b"
    r"|\b(?:just|only) (?:just |now )?(?:got|getting|come|coming|been let)? ?out\b"
    r"|\btak(?:en|ing) (?:longer|ages|forever|a while)\b|\b(?:running|run|ran) (?:\w+ )?(?:behind|over)\b"
    r"|\b(?:found|needs?|having) (?:an?other|more|an? (?:filling|x ?ray|scan|blood test))\b"
)
_BACK_BY_NOW = re.compile(
    r"\b(?:should|dropped|brought|left (?:him|her|them)|sent|went (?:back|in)|(?:is|are) (?:back|in)"
    r"|(?:at|in) school|(?:was|were|been) (?:at|in|there)|this morning|earlier|tomorrow|yesterday)\b"
)
"""Words of an appointment that is over, of a child that is thought to be in, or of another day."""
NEARLY = timedelta(minutes=20)
"""So shortly before the time that was said, whoever is still there does not make it."""
_GOES_ON = frozenset({"absence", "return", "cancel", "chat", "question"})


def not_over_yet(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same words as that appointment without a time; unchanged where they say more, or the child is here."""
    if understood.intent not in _GOES_ON or understood.safeguarding or _BACK_BY_NOW.search(heard.line):
        return understood
    if COMING.search(heard.line) and "?" not in heard.text:
        return understood  # "just got out, bringing him now"
    told = tuple(dict.fromkeys(child for report in understood.reports for child in report.children))
    out = tuple(child for child in situation.sender.may_report if _is_out(child, heard, situation))
    meant = told or (out if len(out) == 1 else ())
    if not meant or not set(meant) <= set(out) or any(_says_more(report, heard) for report in understood.reports):
        return understood
    goes_on = _STILL_THERE.search(heard.line) is not None
    if not goes_on and not (
        understood.intent == "absence" and all(only_the_afternoon(one, situation) for one in meant)
    ):
        return understood
    anew = Report(meant, APPOINTMENT, heard.day, None, "day")
    return replace(understood, intent="absence", reports=(anew,), ask=(), urgent=False)


def _is_out(child: str, heard: Heard, situation: Situation) -> bool:
    """At an appointment by this writer's word, past (or nearly) the time at which it was to be in, and not here."""
    if mark_of(child, heard, situation) is not None:
        return False
    return any(
        one.pupil == child
        and one.code == APPOINTMENT
        and one.first_day == heard.day
        and one.half != "pm"
        and one.return_day in (None, heard.day)
        and (one.arrives is None or instant(heard.day, one.arrives) - NEARLY <= heard.at)
        for one in situation.own_reports
    )


def _says_more(report: Report, heard: Heard) -> bool:
    """Another reason, another day, or a time that is still to come."""
    if report.code not in (None, APPOINTMENT) or report.first_day not in (None, heard.day) or report.leaves is not None:
        return True
    later = report.arrives is not None and instant(heard.day, report.arrives) > heard.at
    return later or report.return_day not in (None, heard.day)
