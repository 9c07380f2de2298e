"""Of whom it goes on: "same again today", "running late at the dentist, more like half 11", with nobody named.

Such words go on from what is held of one child. Asked "which of them?" the morning after, or recorded for all of them
by a "they" that means the dentist's, the family would be chased over what it has told, or not over whom it has not.
"""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.absences import Absence
from bot.known import ONLY_SAME, STILL, is_away_on, leads_to
from bot.naming import is_named
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding

_OF_MORE = re.compile(
    r"\b(?:both|all|kids|children|twins|boys|girls|two|three|brothers?|sisters?|others?|neither|everyone|each|son"
    r"|daughter|eldest|oldest|youngest|year|yr)\b",
    re.IGNORECASE,
)
_MORE_DAYS = re.compile(r"\b(?:another|one more|1 more) day\b|\bagain today\b", re.IGNORECASE)


def of_whom_it_goes_on(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same, of the one child of whom something is held that these words go on from."""
    guessed = {child for report in understood.reports for child in report.children}
    says = understood.intent in ("absence", "return") and len(understood.reports) == 1
    if not says or len(situation.sender.children) < 2:
        return understood
    if _OF_MORE.search(heard.text) or any(is_named(heard.text, one, situation) for one in situation.sender.children):
        return understood
    [report] = understood.reports
    if understood.intent == "return":
        held = {one.pupil for one in situation.own_reports if _may_return(one, heard, situation)}
    else:
        held = {one.pupil for one in situation.own_reports if _is_gone_on_from(one, report, heard, situation)}
    if len(held) != 1 or not (held <= guessed or not guessed) or (guessed == held and "child" not in understood.ask):
        return understood
    if (guessed - held) & set(situation.cases):
        return understood  # another one is missed, and may be meant
    ask = tuple(field for field in understood.ask if field != "child")
    return replace(understood, reports=(replace(report, children=tuple(held)),), ask=ask)


def _is_gone_on_from(one: Absence, report: Report, heard: Heard, situation: Situation) -> bool:
    """Today's, of the same code; or the one that ended yesterday, where the words say that it is still so."""
    if not one.live or report.first_day != heard.day:
        return False
    if is_away_on(one, heard.day):
        return one.code == report.code and one.code == "M"
    goes_on = ONLY_SAME.fullmatch(heard.text) or STILL.search(heard.text) or _MORE_DAYS.search(heard.text)
    return goes_on is not None and leads_to(one, report, situation.school.calendar)


def _may_return(one: Absence, heard: Heard, situation: Situation) -> bool:
    """Away today, or until today: of nobody else can it be told when it comes back."""
    today = Report((one.pupil,), one.code, heard.day)
    return one.live and (is_away_on(one, heard.day) or leads_to(one, today, situation.school.calendar))
