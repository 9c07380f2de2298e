"""Days as a family writes them out in a request for leave: the plainest reading of the words, beside the reader's own.

A day with its month, two of them, a list, the week of a day, the last week of term; and the half of a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from attendance.calendar import Half, SchoolCalendar
from bot.understanding.dates.holidays import next_gap

_MONTHS = {
    name: number
    for number, names in enumerate(
        "jan january;feb february;mar march;apr april;may;jun june;jul july;aug august;sep sept september;oct october;"
        "nov november;dec december".split(";"),
        1,
    )
    for name in names.split()
}
_DAY = (
    r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? (" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b(?:,? (20\d\d))?"
)
_WEEKDAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|satur|sat|sun)(?:day)?"
_WEEKDAY = rf"(?:{_WEEKDAY_NAME},? )?(?:the )?"
_JOIN = r"\s*(?:,|and|or|to|until|till|til|through|-|–|&|up to)(?: and including)?\s*"
_SPAN = re.compile(rf"{_DAY}{_JOIN}{_WEEKDAY}{_DAY}", re.IGNORECASE)
_LIST = re.compile(rf"((?:\b{_WEEKDAY}\d{{1,2}}(?:st|nd|rd|th)?{_JOIN})*){_WEEKDAY}\b{_DAY}", re.IGNORECASE)
_WEEK_OF = re.compile(rf"\b(?:week (?:of|commencing|beginning|starting)|w/?c\b)[ :]*{_WEEKDAY}{_DAY}", re.IGNORECASE)
_LAST_WEEK = re.compile(r"\blast week (?:of|before) (?:the |this )?(?:end of )?(?:half[ -]?)?term\b", re.IGNORECASE)
_HALF = re.compile(
    r"\b(?:morning|afternoon) of\b|\b(?:morning|afternoon) only\b"
    r"|\b(?:only|just|for) (?:in |for )?(?:the |one )?(?:morning|afternoon)\b",
    re.IGNORECASE,
)
_ANY_HALF = re.compile(r"(?<!good )\b(morning|afternoon)s?\b", re.IGNORECASE)
_HALF_OF_EACH = re.compile(
    r"\b(?:mornings|afternoons)\b|\b(?:morning|afternoon) only\b"
    r"|\b(?:both|two|three|four|each|every) (?:morning|afternoon)"
    rf"|\b{_WEEKDAY_NAME},? (?:and|&|\+) (?:on )?(?:the )?{_WEEKDAY_NAME} (?:morning|afternoon)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\b(?:all day|(?:whole|full|entire) day|the day)\b", re.IGNORECASE)
_A_DAY = rf"(?:on )?{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?\b"
_OF_MONTH = r"(?: of)?(?: [a-z]{3,9})?"
_RIGHT_NOT_WRONG = re.compile(rf"\b{_A_DAY}{_OF_MONTH}[\s,;-]*(?:and |so )?not {_A_DAY}", re.IGNORECASE)
_NOT_WRONG_BUT = re.compile(
    rf"\bnot {_A_DAY}{_OF_MONTH}[\s,;-]*(?:but |it['’]?s |it is |sorry )*{_A_DAY}(?!:)", re.IGNORECASE
)
_NOT = re.compile(r"(?:n['’]?t|\bnot)\b[^.!?,;]{0,15}$", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,2}")
_BACK = re.compile(r"\b(?:back|return\w*)\b.*", re.IGNORECASE | re.DOTALL)
_A_WEEKDAY = re.compile(rf"{_WEEKDAY_NAME}s?", re.IGNORECASE)
_DAYS_OF_WEEK = ("mon", "tue", "wed", "thu", "fri")
_BY_LENGTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_IN_A_MONTH = re.compile(rf"\b(?:in|during) ({_BY_LENGTH})\b", re.IGNORECASE)
TWO_NUMBERS = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s*(?:to|until|till|til|through|and|&|-|–)\s*{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?\b"
    r"(?![:.]\d)",
    re.IGNORECASE,
)
_AWAY_AND_BACK = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?\b(?![:.]\d)[^.!?\d]*\b(?:back|return\w*)\b[^.!?\d]{0,30}(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\b(?![:.]\d)",
    re.IGNORECASE,
)
_HOME = re.compile(
    rf"\b(?:back|(?P<home>home)|returns?|returning|in school)\b(?:\s+(?:in|at|to)\s+school)?\s+(?:on |by |this |next )*"
    rf"(?:{_WEEKDAY}{_DAY}|(?P<weekday>mon|tue|wed|thu|fri)\w*|(?P<tomorrow>tomorrow))"
    r"(?!\w*\s+(?:night|evening)\b)",
    re.IGNORECASE,
)
_CROSSING = r"(?:flights?|ferr(?:y|ies)|boats?|trains?|crossings?)"
_NOT_BEFORE = re.compile(
    r"\b(?:(?:can['’]?t|cannot|unable to|won['’]?t) (?:\w+ )?(?:come|travel|fly|cross|sail|leave|drive"
    rf"|(?:get|be|make it) (?:back|home|across|over|out|off)|get (?:a|an|any|another) (?:\w+ )?{_CROSSING})"
    rf"|no (?:\w+ )?{_CROSSING})\b[^.?!]{{0,30}}?\b(?:till|til|until|before) (?:the )?"
    rf"(?:{_WEEKDAY}{_DAY}|(?P<weekday>mon|tue|wed|thu|fri)\w*|(?P<tomorrow>tomorrow))(?!\w*\s+(?:night|evening)\b)",
    re.IGNORECASE,
)
"""Whoever "can't get across till Friday" is not back before it."""
HALF_A_YEAR = 6


@dataclass(frozen=True, slots=True)
class Said:
    """Days as they are written out: the first and the last day away. `sure`: a year is written, or the span ends before
    it starts, so that no other reading of it can be meant."""

    first: date
    last: date
    sure: bool = False
    alone: bool = field(default=True, compare=False)
    """No other day is written out besides."""


def no_such_day(text: str, today: date) -> bool:
    """A day is written out that no year has: "30 February", "31 November"."""
    found = re.findall(_DAY, text, re.IGNORECASE)
    return any(_day(one, today) is None for one in found)


def not_that_day(text: str) -> tuple[int, int] | None:
    """The day that is meant and the one that is not, by their numbers: "the 8th, not the 9th", "not the 9th but the
    8th"."""
    found = _RIGHT_NOT_WRONG.search(text)
    if found is not None:
        return int(found[1]), int(found[2])
    found = _NOT_WRONG_BUT.search(text)
    return (int(found[2]), int(found[1])) if found is not None else None


def month_said(text: str, today: date) -> date | None:
    """The first day of the month that the words name alone ("some time off in December")."""
    found = _IN_A_MONTH.search(text)
    if found is None:
        return None
    first = date(today.year, _MONTHS[found[1].casefold()], 1)
    return first.replace(year=today.year + 1) if first < today.replace(day=1) else first


def span_of_numbers(text: str, month_of: date) -> Said | None:
    """ "11th to 15th", of the month that was said before; None where the words hold another number, or no such days.
    What follows "back" is no day away.
    """
    found = TWO_NUMBERS.search(text)
    if found is None or len(_NUMBER.findall(_BACK.sub("", text))) != 2:
        return None
    try:
        first, last = (month_of.replace(day=int(number)) for number in found.groups())
    except ValueError:
        return None
    return Said(first, last) if first <= last else None


def away_and_back(text: str, month_of: date) -> tuple[date, date] | None:
    """ "Leaving on the 2nd, back 10th", of the month that was said before: the first day away and the day back."""
    found = _AWAY_AND_BACK.search(text)
    if found is None or len(_NUMBER.findall(text)) != 2:
        return None
    try:
        first, back = (month_of.replace(day=int(number)) for number in found.groups())
    except ValueError:
        return None
    return (first, back) if first < back else None


def only_number(text: str) -> int | None:
    """The number of the one day that the words name ("the 8th as well"); None where they name none, or several."""
    found = {int(number) for number in re.findall(r"\b(\d{1,2})(?:st|nd|rd|th)\b", text, re.IGNORECASE)}
    return found.pop() if len(found) == 1 else None


def has_number(text: str, number: int) -> bool:
    """The number of a day stands in the words: "the 4th", "4 December"."""
    return re.search(rf"(?<![\w:.]){number}(?:st|nd|rd|th)?(?![\w:]|[.]\d)", text, re.IGNORECASE) is not None


def names_a_day(word: str) -> bool:
    """The word is a month, a day of the week, or their short form."""
    return word.casefold() in _MONTHS or _A_WEEKDAY.fullmatch(word) is not None


def only_a_weekday(text: str) -> bool:
    """A day of the week, and no date: "she'll be back on Thursday"."""
    words = re.findall(r"\w+", text)
    return any(_A_WEEKDAY.fullmatch(word) for word in words) and not any(character.isdigit() for character in text)


def back_said(text: str, today: date) -> date | None:
    """The day back in school that the words write out: with its month, the next such day of the week, or tomorrow.

    "Home on Thursday, so back on Friday": home is not school, where another day is said; nor is anybody back at night.
    """
    said = [one for one in _HOME.finditer(text) if not _NOT.search(text[: one.start()])]
    if said:
        return _day_named(next((one for one in said if not one["home"]), said[0]), today)
    found = _NOT_BEFORE.search(text)
    return None if found is None else _day_named(found, today)


def _day_named(found: re.Match[str], today: date) -> date | None:
    if found["tomorrow"]:
        return today + timedelta(days=1)
    if (weekday := found["weekday"]) is None:
        behind = found.re.groupindex["weekday"] - 1
        return _day(found.groups()[behind - 3 : behind], today)
    ahead = (_DAYS_OF_WEEK.index(weekday.casefold()) - today.weekday()) % 7
    return today + timedelta(days=ahead or 7)


def half_of_each(text: str) -> Half | None:
    """The one half of each of several days: "the afternoons of 8 and 9 December", "Tuesday and Wednesday afternoon"."""
    if _WHOLE.search(text) or _HALF_OF_EACH.search(text) is None:
        return None
    said: set[Half] = {"am" if one[1].casefold() == "morning" else "pm" for one in _ANY_HALF.finditer(text)}
    return said.pop() if len(said) == 1 else None


def half_said(text: str) -> Half | None:
    """The one half of a day that the words are for ("the morning of 8 December"); None where they say none, or both."""
    said: set[Half] = {"am" if "morning" in found[0].casefold() else "pm" for found in _HALF.finditer(text)}
    return said.pop() if len(said) == 1 else None


def week_said(text: str, today: date, calendar: SchoolCalendar) -> Said | None:
    """A whole week that the words name: "the week of 7 December", "w/c 7 Dec", "the last week of term"."""
    if (found := _WEEK_OF.search(text)) is not None and (day := _day(found.groups(), today)) is not None:
        monday = day - timedelta(days=day.weekday())
        return Said(monday, monday + timedelta(days=4), sure=True)
    if _LAST_WEEK.search(text) is None:
        return None
    kinds = ("half",) if "half" in text.casefold() else ("christmas", "easter", "summer")
    gap = next_gap(calendar, today, kinds)
    if gap is None:
        return None
    last = gap.first - timedelta(days=1)
    return Said(last - timedelta(days=last.weekday()), last, sure=True)


def dates_said(text: str, today: date) -> Said | None:
    """The days away that the words write out ("8 and 9 December"), or None where they write none with its month.

    What follows "back" is no day away. A day without a year is this year's, or the next year's when it is over by more
    than half a year.
    """
    away = _BACK.sub("", text) or text
    if (span := _SPAN.search(away)) is not None and (found := _span(span.groups(), today)) is not None:
        return found
    days: list[date] = []
    years = False
    for one in _LIST.finditer(away):
        years = years or one[4] is not None
        numbers = [*_NUMBER.findall(one[1] or ""), one[2]]
        days += [day for number in numbers if (day := _day((number, one[3], one[4]), today)) is not None]
    alone = len(_LIST.findall(away)) == 1
    return Said(min(days), max(days), years, alone) if days else None


def _span(said: tuple[str | None, ...], today: date) -> Said | None:
    (first, first_month, first_year), (last, last_month, last_year) = said[:3], said[3:]
    begins = _day((first, first_month, first_year or last_year), today)
    ends = _day((last, last_month, last_year or first_year), today)
    if begins is None or ends is None:
        return None
    crosses = begins > ends and begins.month - ends.month > HALF_A_YEAR
    if crosses and first_year is None:
        begins = begins.replace(year=ends.year - 1)
    elif crosses and last_year is None:
        ends = ends.replace(year=begins.year + 1)
    return Said(begins, ends, bool(first_year or last_year) or ends < begins)


def _day(said: tuple[str | None, ...], today: date) -> date | None:
    number, month = int(said[0] or 0), _MONTHS[(said[1] or "").casefold()]
    try:
        found = date(int(said[2]) if said[2] else today.year, month, number)
        if not said[2] and (today - found).days > 182:
            found = found.replace(year=today.year + 1)
    except ValueError:
        return None
    return found
