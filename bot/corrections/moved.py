"""An appointment on another day: "Amber's appointment tomorrow has been moved to Tuesday, same time".

The old day is taken back and the new one recorded in its place, so that nobody is missed on the one without being asked
about, nor asked about on the other (promises 1 and 9).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from attendance.absences import APPOINTMENT, Absence
from bot.outcome import Heard, Outcome, Situation, Withdraw
from bot.readback import as_put_right
from bot.understanding import Report, Understanding

Answer = Callable[[Heard, Understanding, Situation], Outcome]

MOVED = re.compile(
    r"\b(?:moved|changed|re-?scheduled|re-?arranged|put (?:it |them )?back|brought (?:it |them )?forward|postponed"
    r"|instead|(?:is|are|its|it's|they've|now) (?:now |actually )?(?:on )?"
    r"(?:(?:mon|tues?|wed(?:nes)?|thurs?|fri)(?:day)?|tomorrow))\b",
    re.IGNORECASE,
)
_OTHER_HALF = re.compile(
    r"^(?!.*\b(?:also|too|as well|another)\b).*(?:\bnot (?:in |on )?(?:this |the )?(?:morning|afternoon)\b"
    r"|\b(?:actually|wrong|mistake)\b[^.!?]*\b(?:this|the) (?:morning|afternoon)\b)",
    re.IGNORECASE | re.DOTALL,
)
""" "Actually it's this afternoon, not this morning": read as of the other half of the day that is held."""
_TODAY = re.compile(r"\b(?:today|this morning)\b", re.IGNORECASE)
_SAME_TIME = re.compile(r"\bsame time\b", re.IGNORECASE)


def appointment_moved(heard: Heard, understood: Understanding, situation: Situation, record: Answer) -> Outcome | None:
    """The appointment on its new day; None where no other day is said, or no appointment to come is known."""
    understood = _can_do_today(heard, understood)
    moves = MOVED.search(heard.text) or _OTHER_HALF.search(heard.text)
    if understood.intent not in ("cancel", "absence") or understood.ask or not moves:
        return None
    moved: list[tuple[Report, Absence]] = []
    for report in understood.reports:
        for pupil in report.children:
            before = _appointment_of(pupil, report, heard, situation)
            if before is None:
                return None
            moved.append((_on_the_new_day(heard, replace(report, children=(pupil,)), before), before))
    if not moved:
        return None
    reports = tuple(report for report, _ in moved)
    told = record(heard, replace(understood, intent="absence", reports=reports), situation)
    taken_back = tuple(Withdraw(before, "cancelled") for _, before in moved)
    return replace(as_put_right(told), effects=(*taken_back, *told.effects))


def _can_do_today(heard: Heard, understood: Understanding) -> Understanding:
    """ "They can do today instead, she'll be in by 10.45", of an appointment that is to come: late for it, and on time
    for nothing tomorrow.
    """
    late = understood.intent == "late" and set(understood.ask) <= {"confirm"} and MOVED.search(heard.text)
    if not late or not _TODAY.search(heard.text):
        return understood
    reports = tuple(
        Report(one.children, APPOINTMENT, heard.day, heard.day, "am", one.arrives) for one in understood.reports
    )
    return replace(understood, intent="absence", reports=reports, ask=())


def _appointment_of(pupil: str, report: Report, heard: Heard, situation: Situation) -> Absence | None:
    """The one appointment of this writer's that is to come, and is on another day."""
    day = report.first_day
    if day is None or day < heard.day or report.code not in (None, APPOINTMENT):
        return None
    if pupil not in situation.sender.may_report:
        return None
    to_come = [
        absence
        for absence in situation.own_reports
        if absence.pupil == pupil and absence.code == APPOINTMENT and absence.first_day >= heard.day
    ]
    if len(to_come) != 1:
        return None
    if to_come[0].first_day == day:  # "moved to this afternoon": the morning's register is to tell
        return to_come[0] if {to_come[0].half, report.session} == {"am", "pm"} else None
    return to_come[0] if day > heard.day or _TODAY.search(heard.text) else None


def _on_the_new_day(heard: Heard, report: Report, before: Absence) -> Report:
    """As it is said now; at the same time where the words say so, else some time that day."""
    if report.code is not None:
        return report
    if not _SAME_TIME.search(heard.text):
        return Report(report.children, APPOINTMENT, report.first_day, None, "day")
    back = report.first_day if before.return_day == before.first_day else None
    return Report(report.children, APPOINTMENT, report.first_day, back, before.half, before.arrives, before.leaves)
