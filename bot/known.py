"""What was said before is not asked again: a report that goes on from an earlier one has its reason (promise 9)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from attendance.absences import Absence
from attendance.calendar import CalendarTooShort, SchoolCalendar, Session, local
from attendance.closing import LATE
from attendance.codes import is_unexplained
from attendance.continuous import ILL, NO_REASON
from bot.corrections.openings import MEANS, NO, SLIPS
from bot.families.two_homes import as_one_home_has_it
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding

STILL = re.compile(
    r"\b(?:still|same|another day|no (?:better|change|improvement)|(?:not|isn['’]?t|ain['’]?t) (?:\w+ )?better)\b",
    re.IGNORECASE,
)

_ILL_AGAIN = re.compile(
    r"\b(?:ill|sick|poorly|unwell|not (?:\w+ )?well|temp(?:erature)?|fever|coughing|throwing up|bad night) again\b"
    r"(?!\?)",
    re.IGNORECASE,
)
""" "Got a temperature again": it has come back, or never went. "Well again" says the contrary."""

ONLY_SAME = re.compile(
    r"\W*(?:(?:hi|hello|morning|sorry|it|it['’]?s|still|the|just|exactly)\W+)*same\b"
    r"(?:\W+(?:again|as|before|yesterday|last|time|thing|today|reason|story|here|am|afraid|thanks|sorry))*\W*",
    re.IGNORECASE,
)

_CORRECTS = re.compile(rf"\W*(?:{SLIPS}|{NO}|{MEANS}|oh|wait|wrong day)\b", re.IGNORECASE)
_BESIDES = re.compile(
    r"\b(?:also|too|as well|and|again|another|either|neither|still|longer|more|not (?:any )?better|worse)\b",
    re.IGNORECASE,
)
_IN_SO_MANY_WORDS = re.compile(
    r"\b(?:mean|meant|wrong|mistake|instead|not today|(?:he|she|they)['’]?s? in today)\b", re.IGNORECASE
)

_OF_A_PART = re.compile(
    r"\b(?:morning|afternoon|lunch|noon|am|pm|half|\d{1,2}[.:]\d{2}|\d{1,2} ?(?:am|pm))\b", re.IGNORECASE
)

STILL_COMING = frozenset({"M"})
"""Away for part of the day and coming in afterwards: "on the way" takes nothing back."""


def with_known_reason(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same with the reason of the absence that it goes on from: "still poorly, back on Thursday now"."""
    if "reason" not in understood.ask:
        return understood
    situation = as_one_home_has_it(heard, situation)
    same = ONLY_SAME.fullmatch(heard.text) is not None  # whatever was guessed of it, no reason is said
    said = tuple(replace(report, code="N") if same else report for report in understood.reports)
    reports = tuple(_continued(report, situation) for report in said)
    if any(report is None for report in reports):
        return understood
    ask = tuple(field for field in understood.ask if field != "reason")
    return replace(understood, reports=tuple(report for report in reports if report is not None), ask=ask)


def still_away(heard: Heard, understood: Understanding, situation: Situation) -> Understanding | None:
    """ "Still the same", the morning after a report that is over by now, and no day of return: away today as well.

    None where a day is said, where what is known covers today, or where nothing goes on.
    """
    today = heard.day
    children = tuple(dict.fromkeys(child for report in understood.reports for child in report.children))
    said = any(report.return_day is not None for report in understood.reports)
    goes_on = STILL.search(heard.text) or _ILL_AGAIN.search(heard.text)
    if said or not children or not goes_on or not situation.school.calendar.is_school_day(today):
        return None
    if any(one.pupil in children and is_away_on(one, today) for one in situation.known if one.live):
        return None
    report = _continued(Report(children, None, today, session="day"), situation)
    return None if report is None else replace(understood, intent="absence", reports=(report,), ask=("return",))


def _continued(report: Report, situation: Situation) -> Report | None:
    """The report with the code of what it goes on from; None when it goes on from nothing, or from something else."""
    codes = {_code_before(report, child, situation) for child in report.children}
    code = codes.pop() if len(codes) == 1 else None
    # where the reason is still asked for, O is a guess of the reader's: none was said
    if code is None or not (is_unexplained(report.code) or report.code in (code, NO_REASON)):
        return None
    return replace(report, code=code)


def _code_before(report: Report, child: str, situation: Situation) -> str | None:
    calendar = situation.school.calendar
    before = [one for one in situation.known if one.pupil == child and leads_to(one, report, calendar)]
    if not before and _entered_ill(child, report, situation):
        return ILL
    return max(before, key=lambda one: one.recorded_at).code if before else None


def _entered_ill(child: str, report: Report, situation: Situation) -> bool:
    """A person at the school has heard already that the child is ill on the day from which the words go on."""
    entries = (entry for (pupil, _), entry in situation.entered.items() if pupil == child)
    return any(entry.decided and entry.ours == ILL and entry.session.day == report.first_day for entry in entries)


def leads_to(known: Absence, report: Report, calendar: SchoolCalendar) -> bool:
    """Live, or taken back on the same day: "change of plan, it came back, keeping her home"."""
    taken_back = known.state == "cancelled" and known.code not in STILL_COMING
    goes_on = known.live or (taken_back and local(known.recorded_at).date() == report.first_day)
    if not goes_on or known.code == LATE or is_unexplained(known.code) or report.first_day is None:
        return False
    return known.first_day <= report.first_day <= (known.return_day or _next_school_day(known.first_day, calendar))


def _next_school_day(day: date, calendar: SchoolCalendar) -> date:
    try:
        return calendar.after(day)
    except CalendarTooShort:
        return day


def overlapping(absence: Absence, situation: Situation) -> Absence | None:
    """The same writer's earlier report for the same first day: the new one corrects it.

    Two halves of a day stand beside each other. "On the way" takes the place of what kept the child away that morning,
    and the other way round.
    """
    contact = situation.sender.contact
    for known in situation.known:
        if not known.live or known.pupil != absence.pupil or contact is None or known.contact != contact.id:
            continue
        if absence.code == LATE and known.code != LATE:
            same = known.code not in STILL_COMING and is_away_on(known, absence.first_day)
        else:
            same = known.first_day == absence.first_day
        apart = {known.half, absence.half} == {"am", "pm"}
        if same and not apart:
            return known
    return None


def said_again(heard: Heard, absence: Absence, situation: Situation) -> Absence | None:
    """ "No sorry, Friday", after what was read back for tomorrow: the same absence, on another day."""
    if _CORRECTS.match(heard.text) is None or _BESIDES.search(heard.text) is not None:
        return None
    told = [known for known in situation.last_told(heard.at) if known.pupil == absence.pupil]
    same = len(told) == 1 and told[0].code == absence.code and told[0].first_day != absence.first_day
    if not same or told[0].first_day < heard.day or _was_missed(heard, told[0], situation):
        return None
    return told[0]


def _was_missed(heard: Heard, told: Absence, situation: Situation) -> bool:
    """ "Sorry, off tomorrow", when today's register has shown that the child is away: today stays, unless it is taken
    back in so many words.
    """
    if told.first_day != heard.day or _IN_SO_MANY_WORDS.search(heard.text) is not None:
        return False
    closes = situation.school.closes_at(situation.school.roll.pupils[told.pupil], Session(heard.day, "am"))
    return closes is not None and closes <= heard.at


def is_away_on(absence: Absence, day: date) -> bool:
    """True when the report says that the child is away on `day`, or on a part of it."""
    return absence.first_day == day or (absence.return_day is not None and absence.first_day < day < absence.return_day)


def shaped_as_told(heard: Heard, report: Report, situation: Situation) -> Report:
    """ "Sorry, Wednesday week I mean", after all of a day was read back: all of that day, and no half of it, unless the
    words say one.
    """
    if len(report.children) != 1 or report.first_day is None or _OF_A_PART.search(heard.text):
        return report
    of_it = Absence("", report.children[0], report.first_day, report.code or "", heard.at)
    told = said_again(heard, of_it, situation)
    whole = (
        told is not None
        and told.half == "day"
        and told.return_day == _next_school_day(told.first_day, situation.school.calendar)
    )
    if not whole or report.arrives is not None or report.leaves is not None or report.session == "day":
        return report
    back = _next_school_day(report.first_day, situation.school.calendar)
    return replace(report, session="day", return_day=back)
