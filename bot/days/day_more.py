"""One more day of what is held: "Yesterday afternoon too", "another day off tomorrow for Tom I'm afraid".

Such words hold a day, its half perhaps, and that it is one more. Read without what was told just before, they are a day
of return, or leave that is asked for. What is held is told of that day as well: an illness that goes on is no leave.
The same is said behind today's report, in the same text: "Amina is ill today. Yesterday afternoon too".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from attendance.absences import APPOINTMENT, Absence
from attendance.calendar import CalendarTooShort, Half, local
from attendance.codes import is_unexplained
from attendance.continuous import ILL, NO_REASON
from bot.naming import is_named
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding
from bot.understanding.dates import Grammar, read_dates

_HELD = frozenset({ILL, APPOINTMENT})
_MORE = re.compile(
    r"\b(?:too|also|as well|aswell|either|neither|again|still"
    r"|(?:another|one more|an extra|a further|1 more) (?:day|afternoon|morning))\b|^\W*(?:and|plus) "
    r"|^\W*[+&] ?(?=\w)"
)
_TWO_DAYS = re.compile(
    r"\b(?:because of |for |with |the |your |a )*48 ?-? ?(?:hours?|hrs?|h)\b(?: (?:rule|thing|policy))?"
)
"""Why it is one more after sickness, and no length of its own."""
_PARTS = re.compile(r"( ?[.,;!\n&] ?| - | and )")
_HALF = re.compile(r"\b(morning|afternoon)\b")
_NOT_IN = re.compile(r"\bnot (?:be )?(?:in|at|well|right|there)\b")
_A_WEEKEND = timedelta(days=4)
_FILLS = frozenset(
    "oh ok hi hello and also plus sorry so just yes yeah please thanks thank you x xx i we he she they it is was are am"
    " were be been will has have had having need needs needing going to take taking keep keeping him her them my son"
    " daughter im afraid think looks like think it'll off ill sick poorly unwell home at in the for on of with a an"
    " as well aswell too either neither again still another one more extra further day morning afternoon am pm too 1"
    " ' s m ll re ve that this same obvs obviously innit tho though course ofc prob probably".split()
)


def one_day_more(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same reason on the day that is said; unchanged where the words hold more, or add nothing."""
    if understood.urgent or understood.safeguarding or understood.intent not in ("absence", "return", "leave"):
        return understood
    mine = _told_last(heard, situation)
    day = _only_a_day(heard, mine, situation) if mine else None
    half = _half(heard.line)
    if day is None or not situation.school.calendar.is_school_day(day) or any(_covers(one, day, half) for one in mine):
        return understood
    if half is None and day >= heard.day:
        unsaid = all(_is_unsaid(one, heard) for one in understood.reports)
        return _goes_on(heard, understood, day, mine, situation) if unsaid and mine[0].code == ILL else understood
    if local(mine[0].recorded_at).date() != heard.day:
        return understood
    back = day if half == "am" else None
    report = Report(tuple(one.pupil for one in mine), mine[0].code, day, back, half or "day")
    return replace(understood, intent="absence", reports=(report,), ask=())


def day_before_too(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """Today's report with the day before that a part of the words adds to it: its half as it is said, the whole day if
    the register has nobody's reason for it. Unchanged where that part says more than one more day.
    """
    children = tuple(dict.fromkeys(child for one in understood.reports for child in one.children))
    days = {(day, half) for day, half in _added_days(heard, children, situation) if day < heard.day}
    codes = {one.code for one in understood.reports}
    if understood.intent != "absence" or len(days) != 1 or len(codes) != 1 or not codes <= _HELD:
        return understood
    [(day, half)] = days
    reports = tuple(_of_today(one, day, heard) for one in understood.reports)
    if any(one.first_day != heard.day for one in reports):
        return understood
    ask = tuple(field for field in understood.ask if field != "dates")
    if half is None:
        return replace(understood, reports=reports, began=understood.began or day, ask=ask)
    more = Report(children, reports[0].code, day, day if half == "am" else None, half)
    return replace(understood, reports=(*reports, more), ask=ask)


def _is_unsaid(report: Report, heard: Heard) -> bool:
    """No reason of that day's own: none, or that of today, which was taken up with today's date."""
    todays = report.code == ILL and report.first_day == heard.day
    return todays or is_unexplained(report.code) or report.code == NO_REASON


def _of_today(report: Report, before: date, heard: Heard) -> Report:
    """ "Ill today. And yesterday", while our question of yesterday is open, is of today first."""
    late = report.first_day == before and report.session == "day" and re.search(r"\btoday\b", heard.line)
    return replace(report, first_day=heard.day) if late else report


def _added_days(heard: Heard, children: tuple[str, ...], situation: Situation) -> Iterator[tuple[date, Half | None]]:
    """Each day, and the half of it, that a part of the words adds and that holds nothing else."""
    parts = _PARTS.split(heard.line)
    for number in range(1, len(parts), 2):
        joined, part = parts[number], parts[number + 1]
        line = part if joined.strip() != "and" else f"and {part}"
        day = _only_day_of(line, heard, children, situation)
        if day is not None and situation.school.calendar.is_school_day(day):
            yield day, _half(line)


def _goes_on(
    heard: Heard, understood: Understanding, day: date, mine: list[Absence], situation: Situation
) -> Understanding:
    """Until the day after, of an illness that lasted until that day; else of that day alone."""
    calendar, children = situation.school.calendar, tuple(one.pupil for one in mine)
    try:
        after, ends = calendar.after(day), mine[0].return_day or calendar.after(mine[0].first_day)
    except CalendarTooShort:
        return understood
    if ends == day > heard.day:
        return replace(understood, intent="return", reports=(Report(children, return_day=after),), ask=())
    if understood.intent == "return" or (ends != day and understood.intent != "leave"):
        return understood
    return replace(understood, intent="absence", reports=(Report(children, ILL, day, after, "day"),), ask=())


def _told_last(heard: Heard, situation: Situation) -> list[Absence]:
    """What the writer told last, of the children that the words name or of all: one illness or appointment."""
    told = [
        one for one in situation.own_reports if one.first_day <= heard.day and heard.at - one.recorded_at <= _A_WEEKEND
    ]
    named = {one.pupil for one in told if is_named(heard.text, one.pupil, situation)}
    told = [one for one in told if not named or one.pupil in named]
    last = max((one.recorded_at for one in told), default=None)
    told = [one for one in told if one.recorded_at == last]
    alike = len({(one.code, one.first_day, one.return_day) for one in told}) == 1
    return told if alike and told[0].code in _HELD else []


def _covers(held: Absence, day: date, half: Half | None) -> bool:
    return held.first_day == day and held.half in ("day", half or "day")


def _only_a_day(heard: Heard, held: list[Absence], situation: Situation) -> date | None:
    return _only_day_of(heard.line, heard, tuple(one.pupil for one in held), situation)


def _only_day_of(line: str, heard: Heard, children: tuple[str, ...], situation: Situation) -> date | None:
    if not _MORE.search(line):
        return None
    line = _TWO_DAYS.sub(" ", line)
    try:
        now = local(heard.at)
        days = read_dates(line, Grammar(heard.day, now.hour + now.minute / 60, situation.school.calendar))
    except CalendarTooShort:
        return None
    whole = [one for one in days if one.first is not None and one.single]
    if len(whole) != 1 or any(one not in whole and one.first is not None for one in days):
        return None
    rest = f"{line[: whole[0].start]} {line[whole[0].end :]}"
    pupils = [situation.school.roll.pupils[child] for child in children]
    names = {word.casefold() for pupil in pupils for word in (*pupil.called.split(), pupil.given)}
    words = re.findall(r"[^\W_]+", _NOT_IN.sub(" ", rest))
    return whole[0].first if _FILLS.union(names).issuperset(words) else None


def _half(line: str) -> Half | None:
    found = set(_HALF.findall(line))
    return None if len(found) != 1 else "am" if "morning" in found else "pm"
