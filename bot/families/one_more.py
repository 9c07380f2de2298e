""" "Make that two, Jaxon's come down with it as well", after his sister was reported: whose it is, is plain.

The count is of both, and the one who is named is the one that is new. Asked "which of them?", a family that has said it
would be chased over the child whom it had named.
"""

from __future__ import annotations

from dataclasses import replace

from attendance.closing import LATE
from bot.known import is_away_on
from bot.naming import is_named
from bot.outcome import Heard, Situation
from bot.understanding import Understanding


def one_more(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same with no question for whom, where the only child that is named is reported, and the others are away."""
    told = {child for report in understood.reports for child in report.children}
    if understood.intent != "absence" or "child" not in understood.ask or not told or "?" in heard.text:
        return understood
    named = {child for child in situation.sender.children if is_named(heard.text, child, situation)}
    if named != told or not told <= set(situation.sender.may_report):
        return understood
    away = {one.pupil for one in situation.known if one.live and one.code != LATE and is_away_on(one, heard.day)}
    others = set(situation.sender.children) - told
    if not others or not others <= away:
        return understood
    return replace(understood, ask=tuple(field for field in understood.ask if field != "child"))
