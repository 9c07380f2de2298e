"""Expected later today, and not coming after all: "she's upset so I'm taking her home, back tomorrow".

Taken for a day of return alone, or for something taken back, such words left a child awaited, or asked about, whom the
family had just accounted for (promise 9). The morning's appointment stays what it was, and the day is not come in for.
"""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.absences import APPOINTMENT, Absence
from attendance.closing import LATE
from attendance.codes import is_unexplained
from attendance.continuous import NO_REASON
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding
from bot.understanding.days.school_days import after
from bot.whereabouts.here_already import mark_of

_GIVES_UP = re.compile(
    r"\b(?:gone|go|going|heading|head|took|take|taking|come|came|coming|back|straight|keep|keeping|stay|staying)"
    r" (?:(?:him|her|them|back|straight|on|off) ){0,2}home\b"
    r"|\b(?:keep|keeping|kept) (?:him|her|them) off\b"
    r"|\b(?:not|no longer) (?:now )?(?:coming|come|bring|bringing|sending|going|be)(?: \w+)? in\b"
    r"|\bnot (?:really )?worth\b|\bno point\b|\b(?:in|back)(?: in)? tomorrow\b"
)
_STAYS = re.compile(
    r"\b(?:(?:refus\w+|not|will not|does not want) (?:\w+ )?(?:come|coming|go|going|to come|to go)\b"
    r"|(?:keep|keeping|stay|staying|kept) (?:(?:him|her|them|at|off|it) ){0,2}(?:home|off)\b)"
)
_SAYS_AWAY = re.compile(
    r"\b(?:not|never|cannot|nor|neither|no|off|away|absent|out|home|ill|sick|bed|stay\w*|keep\w*|kept|refus\w+"
    r"|unable|miss\w*|instead|take\w*|taking|took|going|gone)\b"
)
_ASKS_OR_GUESSES = re.compile(
    r"\?|\b(?:if|unless|might|may|maybe|perhaps|after school|home time|later|then back|and back)\b"
)


def given_up(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same words as an absence of the rest of today; unchanged where nobody was expected, or more is said."""
    if understood.safeguarding or not understood.reports or _ASKS_OR_GUESSES.search(heard.line):
        return understood
    if _says_nothing_of_today(heard, understood, situation):
        return replace(understood, intent="question", reports=(), ask=())
    understood = _of_the_one_expected(heard, understood, situation)
    if not _may_give_up(heard, understood):
        return understood
    anew: list[Report] = []
    for report in understood.reports:
        expected = [_expected(child, heard, situation) for child in report.children]
        if not expected or not all(expected) or not _is_of_the_day(report, heard):
            return understood
        anew += [_rest_of_the_day(report, one, heard, situation) for one in expected if one is not None]
    return replace(understood, intent="absence", reports=tuple(anew), ask=())


def _says_nothing_of_today(heard: Heard, understood: Understanding, situation: Situation) -> bool:
    """ "Ok, see you tomorrow at parents' evening", of a child that is on its way: by no word is it away, and taken for
    an absence it would be missed by nobody, had it not arrived (promise 1). A person reads it.
    """
    guessed = all(report.code == NO_REASON or is_unexplained(report.code) for report in understood.reports)
    if understood.intent != "absence" or not guessed or _SAYS_AWAY.search(heard.line):
        return False
    children = [child for report in understood.reports for child in report.children]
    expected = [_expected(child, heard, situation) for child in children]
    return bool(expected) and all(one is not None and one.code == LATE for one in expected)


def _of_the_one_expected(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """ "She's refusing to come now, stomach ache, keeping her home": of the only one that was late. Her brother is
    at the dentist's, and to ask which of them is meant would have the school look for a child that sits at home.
    """
    told = {child for report in understood.reports for child in report.children}
    if understood.intent != "absence" or "child" not in understood.ask or not _STAYS.search(heard.line):
        return understood
    late = {one.pupil for one in situation.known if one.live and one.code == LATE and one.first_day == heard.day}
    late = {child for child in late if _expected(child, heard, situation) is not None}
    if len(late) != 1 or (told and told != late):
        return understood
    reports = tuple(replace(report, children=tuple(late)) for report in understood.reports)
    return replace(understood, reports=reports, ask=tuple(one for one in understood.ask if one != "child"))


def _may_give_up(heard: Heard, understood: Understanding) -> bool:
    """A day of return; an absence with no reason of its own; or what sounds like something taken back."""
    if _GIVES_UP.search(heard.line) is None and _STAYS.search(heard.line) is None:
        return False  # "see you tomorrow" is politeness, and the child may be on its way all the same
    codes = {report.code for report in understood.reports}
    plainly_away = understood.intent == "absence" and codes <= {APPOINTMENT, NO_REASON}
    return plainly_away or understood.intent == "cancel" or (understood.intent == "return" and not understood.ask)


def _is_of_the_day(report: Report, heard: Heard) -> bool:
    later = report.return_day is not None and report.return_day > heard.day
    if report.code is None:
        return later or (report.return_day is None and report.first_day in (None, heard.day))
    return report.first_day == heard.day and report.session in (None, "day") and report.arrives is None


def _expected(child: str, heard: Heard, situation: Situation) -> Absence | None:
    """What the same writer said of this child, by which it comes in later today and is not here yet."""
    if mark_of(child, heard, situation) is not None:
        return None
    mine = [
        one
        for one in situation.own_reports
        if one.pupil == child
        and one.first_day == heard.day
        and (one.code == LATE or (one.code == APPOINTMENT and one.half != "pm" and one.return_day in (None, heard.day)))
    ]
    return max(mine, key=lambda one: one.recorded_at, default=None)


def _rest_of_the_day(report: Report, known: Absence, heard: Heard, situation: Situation) -> Report:
    """At the appointment and not in after it (A43); of who was late, away, and why is a person's to hear."""
    back = report.return_day if report.return_day is not None and report.return_day > heard.day else None
    late = known.code == LATE
    if back is None and (not late or "tomorrow" in heard.line):
        back = after(heard.day, situation.school.calendar)
    said = report.code if report.code is not None and not is_unexplained(report.code) else "N"
    return Report((known.pupil,), said if late else APPOINTMENT, heard.day, back, "day")
