"""More of what is planned: "the surgeon wants him home the week after as well", the evening before an operation.

No day of now is said, and what we hold begins later: begun today, it would be an absence of a child who is in school.
Until when it lasts a person reads.
"""

from __future__ import annotations

import re

from attendance.absences import Absence
from bot.for_staff.passing_on import to_staff
from bot.known import is_away_on
from bot.leave.words import is_now
from bot.outcome import Heard, Outcome, Situation
from bot.understanding import Report, Understanding

_ADDS = re.compile(
    r"\b(?:too|also|as ?well|longer|another|extra|more|following|after(?:wards)?|extend\w*|instead|rest of)\b",
    re.IGNORECASE,
)


def more_of_what_is_planned(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """To a person, with nothing recorded; None where the words are of today, or nothing of the kind is planned."""
    if understood.intent != "absence" or not _ADDS.search(heard.text) or is_now(heard.text) or understood.urgent:
        return None
    reports = understood.reports
    planned = bool(reports) and all(
        report.children and all(_is_planned(child, report, heard, situation) for child in report.children)
        for report in reports
    )
    return to_staff(heard, understood, situation) if planned else None


def _is_planned(child: str, report: Report, heard: Heard, situation: Situation) -> bool:
    mine = [one for one in situation.known if one.live and one.pupil == child]
    if report.first_day != heard.day or child in situation.cases or any(is_away_on(one, heard.day) for one in mine):
        return False
    return any(_is_the_same(one, report, heard, situation) for one in mine)


def _is_the_same(known: Absence, report: Report, heard: Heard, situation: Situation) -> bool:
    same = known.code == report.code and known.contact == situation.sender.writer
    return same and known.first_day > heard.day
