"""In for the register after all: said before it has closed, of a day that was to be missed.

Nothing may go on explaining that register, or a child who sets off and never arrives would be missed by nobody
(promise 1). Who comes while it is open, or after it, is on the way and waited for until the time that was said.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Literal

from attendance.absences import Absence
from attendance.calendar import Session, instant
from bot.after_lunch import comes_after_lunch
from bot.outcome import Heard, Situation
from bot.understanding import Report

MORNING_IS_OVER = time(12)
"""Who comes at noon or later has been away in the morning."""

Comes = Literal["for the register", "later"]


def comes_after_all(report: Report, known: Absence, heard: Heard, situation: Situation) -> Comes | None:
    """When the child comes whose day back is the first day of the report; None where its morning is missed anyway."""
    day = report.return_day
    if day is None or day > known.first_day or known.half == "pm":
        return None
    pupil = situation.school.roll.pupils[known.pupil]
    window = situation.school.window(pupil, "am")
    closes = situation.school.closes_at(pupil, Session(day, "am"))
    if window is None or closes is None or closes <= heard.at:
        return None
    arrives = report.arrives or comes_after_lunch(heard, known.pupil, situation)
    if arrives is not None and arrives >= MORNING_IS_OVER:
        return None
    on_time = heard.at <= instant(day, window.opens) and (report.arrives is None or report.arrives <= window.opens)
    return "for the register" if on_time else "later"


def on_the_way(report: Report, known: Absence) -> Report:
    """The same as words that a child is late: what is known until then is replaced by it."""
    return replace(report, children=(known.pupil,), code=None, first_day=report.return_day, return_day=None)
