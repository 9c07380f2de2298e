""" "Might bring her in later", as the first word of a day: nobody is on the way, and the child is away meanwhile.

Taken for "late" it had the child waited for, and searched for an hour later, at home in bed. It is read as an absence
of which the family has not said why; with an illness ("not great, might bring her in later") as one of the morning,
whose afternoon the register tells (reading A52).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from attendance.calendar import local
from bot.days.hoped_for import is_only_a_hope
from bot.known import is_away_on
from bot.outcome import Heard, Situation
from bot.understanding import Understanding

FROM = time(12)
"""From noon on the afternoon is no later half any more."""


def perhaps_later(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same as an absence of today with its reason to be asked, or of this morning where it is told."""
    pupils = [child for report in understood.reports for child in report.children]
    calm = not understood.urgent and not understood.safeguarding and is_only_a_hope(heard)
    if not calm or not pupils or any(_is_known(child, heard, situation) for child in pupils):
        return understood
    days = {report.first_day for report in understood.reports} | {one.return_day for one in understood.reports}
    if days - {None, heard.day} or any(report.arrives for report in understood.reports):
        return understood
    if understood.intent in ("late", "return"):
        away = tuple(
            replace(one, code="N", first_day=heard.day, return_day=None, session="day") for one in understood.reports
        )
        return replace(understood, intent="absence", reports=away, ask=("reason",))
    if understood.intent != "absence" or local(heard.at).time() >= FROM:
        return understood
    mornings = tuple(
        replace(one, return_day=heard.day, session="am") if one.session in (None, "day") and one.code == "I" else one
        for one in understood.reports
    )
    asks = tuple(field for field in understood.ask if field != "return" or mornings == understood.reports)
    return replace(understood, reports=mornings, ask=asks)


def _is_known(child: str, heard: Heard, situation: Situation) -> bool:
    """Something is held of the child's day already: what was said then stands beside a hope, or is put right."""
    return any(one.live and one.pupil == child and is_away_on(one, heard.day) for one in situation.known)
