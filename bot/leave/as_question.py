"""A request in the form of a question: "could they have the week of 7 December off?", "can she have time off?" """

from __future__ import annotations

import re
from dataclasses import replace

from attendance.leave.grounds import EXCEPTIONAL, HOLIDAY
from bot.families.other_children import names_somebody_else
from bot.for_staff.passing_on import to_staff
from bot.for_the_reader import children_of
from bot.leave import days_said, words
from bot.leave.asked import leave_asked
from bot.leave.days_meant import NO_LEAVE, days_written, school_day_after
from bot.leave.draft_names import children_said
from bot.leave.unsaid import GUESSES, says_why
from bot.naming import any_name
from bot.outcome import Heard, Outcome, Situation
from bot.understanding import Asked, Message, Report, Understanding, understand
from bot.understanding.reader import look

NO_DAYS = frozenset({"length", "part", "hours"})
"""Forms of a mention that name no day of the calendar."""
_RULES = re.compile(
    r"^\W*(?:(?:hi|hello|hey|morning|good|afternoon|sorry|just|quick|question|please|so|and|ok)\W+)*"
    r"(?:(?:can|could) (?:you|u) (?:please )?tell me |do (?:you|u) know |(?:i )?(?:was|am|i'm|just)? ?wondering )?"
    r"(?:how (?:many|much|long|often)|what (?:happens|would happen|is|are|if)"
    r"|(?:will|would|do|can|could|if) (?:i|we|you|they)"
    r"|am i|are we|is there)\b",
    re.IGNORECASE,
)
_THEY = re.compile(r"\bthey\b", re.IGNORECASE)


def asked_off(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """A question whether somebody may be away on days to come: a request, and nobody's to answer but the headteacher's.
    What it does not say (the child, the days, the reason) is asked for."""
    if not words.asks_off(heard.text) or names_somebody_else(heard.text, situation):
        return None
    if not situation.sender.may_report:
        return None
    said = days_written(heard, situation) or _days_named(heard, understood, situation)
    if said is None:
        return _days_unsaid(heard, understood, situation)
    if said.first <= heard.day or not _says_nothing_else(heard, understood):
        return None
    children = _children(heard, situation)
    code = _ground(heard, children, situation)
    back = said.last if said.last < said.first else school_day_after(said.last, situation)
    report = Report(children, code, said.first, back, days_said.half_said(heard.text) or "day")
    says_why = bool(words.why_asked(heard.text)) or words.takes_to(heard.text)
    lacks = (() if children else ("child",)) + (("reason",) if code == "N" and not says_why else ())
    return leave_asked(heard, replace(understood, intent="leave", reports=(report,), ask=lacks), situation)


def about_the_rules(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """ "How many days can I take him out before you fine me?": a person answers, and nobody is on holiday today."""
    if understood.intent not in ("absence", "leave") or not _RULES.search(heard.text):
        return None
    if words.is_now(heard.text) or words.says_when(heard.text) or days_written(heard, situation) is not None:
        return None
    guessed = all(report.code in (HOLIDAY, *GUESSES) and _from_now(report, heard) for report in understood.reports)
    if not guessed or words.asks_off(heard.text):
        return None
    return to_staff(heard, understood, situation)


def _from_now(report: Report, heard: Heard) -> bool:
    """Of today as a whole, or of no day; "can I come and get him at one" is no question of the rules."""
    whole = report.session in (None, "day") and report.leaves is None and report.arrives is None
    return whole and report.first_day in (None, heard.day)


def _days_named(heard: Heard, understood: Understanding, situation: Situation) -> days_said.Said | None:
    """ "Can Ben have next Friday off please?", of which nothing was read: the days ahead as the reader's calendar has
    them.
    """
    if understood.intent != "question" or understood.reports or not words.says_when(heard.text):
        return None  # a month is no day
    message = Message(heard.at, children_of(situation), None, (), heard.text)
    named = [one for one in look(message, situation.school.calendar).mentions if one.form not in NO_DAYS]
    days = [day for one in named for day in (one.first, one.last) if day is not None]
    return days_said.Said(min(days), max(days)) if days and min(days) > heard.day else None


def _days_unsaid(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """ "Can she have time off for a wedding?": which days is asked for; a day that the words do not say is none."""
    if not words.of_time_off(heard.text) or words.says_when(heard.text) or words.is_of_today(heard.text):
        return None
    if understood.intent not in ("question", "leave", "absence"):
        return None
    children = _children(heard, situation)
    code = _ground(heard, children, situation)
    if code == "N" and says_why(heard.text, situation):  # "we are going to see my mother. Can she have leave"
        code = next((report.code for report in understood.reports if report.code and report.code not in NO_LEAVE), "N")
    code = EXCEPTIONAL if code == "N" and _says_why(heard, children, situation) else code  # no ground in law fits
    report = Report(children, code, None, None, "day")
    lacks = () if children else ("child",)
    asked = replace(understood, intent="leave", reports=(report,), ask=(*lacks, "dates"))
    return leave_asked(heard, asked, situation)


def _says_why(heard: Heard, children: tuple[str, ...], situation: Situation) -> bool:
    """ "Time off for a wedding" says why; "time off for Luca please" says for whom."""
    why = words.why_asked(heard.text)
    for_whom = rf"for (?:(?:{any_name(set(children), situation)}|and|&|please|thanks|x+)\W*)+" if children else ""
    return bool(why) and not (for_whom and re.fullmatch(for_whom, why.strip(), re.IGNORECASE))


def no_such_day(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """Leave "on 30 February": a slip, so the days are asked for; whatever else was read of them is a guess."""
    if not words.asks_for_leave(heard.text) or not days_said.no_such_day(heard.text, heard.day):
        return None
    if understood.intent not in ("question", "leave", "absence") or not situation.sender.may_report:
        return None
    children = _children(heard, situation)
    code = next((one.code for one in understood.reports if one.code not in NO_LEAVE), None)
    report = Report(children, code or _ground(heard, children, situation), None, None, "day")
    asked = replace(understood, intent="leave", reports=(report,), ask=(*(() if children else ("child",)), "dates"))
    return leave_asked(heard, asked, situation)


def _ground(heard: Heard, children: tuple[str, ...], situation: Situation) -> str:
    """The code of what stands behind the question, read as an answer to why; N where it says none."""
    if words.is_holiday(heard.text):
        return HOLIDAY
    why = words.why_asked(heard.text)
    if not why:
        return "N"
    asked = Asked("reason", children=children or tuple(situation.sender.may_report), day=heard.day)
    school = situation.school
    message = Message(heard.at, children_of(situation), asked, (), why)
    read = understand(message, school.calendar, certainty=school.policy.understanding)
    return next((report.code for report in read.reports if report.code and report.code not in NO_LEAVE), "N")


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
