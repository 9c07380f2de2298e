"""The week, half term, term and school year that a day lies in: what counts over a time are counted from."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from attendance.calendar import SchoolCalendar

YEAR_BEGINS = (8, 1)
"""Month and day. Source: the academic year of the DfE's data, 1 August to 31 July (own knowledge)."""
LONG_HOLIDAY = timedelta(days=14)
"""A gap between two stretches of school from which on it is a holiday between terms, where their names do not say."""
SEASONS = ("autumn", "michaelmas", "spring", "lent", "summer", "trinity")


def school_year(day: date) -> tuple[date, date]:
    """The first and last date of the school year that `day` lies in."""
    begins = date(day.year if (day.month, day.day) >= YEAR_BEGINS else day.year - 1, *YEAR_BEGINS)
    return begins, date(begins.year + 1, *YEAR_BEGINS) - timedelta(days=1)


def period_begins(day: date, period: Literal["week", "half_term", "term", "year"], calendar: SchoolCalendar) -> date:
    """The first date of the week, half term, term or school year that `day` lies in."""
    if period == "week":
        return day - timedelta(days=day.weekday())
    if period == "year":
        return school_year(day)[0]
    here = next((place for place, term in reversed(list(enumerate(calendar.terms))) if term.first_day <= day), None)
    if here is None:
        return school_year(day)[0]
    while period == "term" and here > 0 and _same_term(calendar, here - 1):
        here -= 1
    return calendar.terms[here].first_day


def _same_term(calendar: SchoolCalendar, place: int) -> bool:
    """True when this stretch and the next are the two halves of one term: by their names, else by the gap."""
    one, other = calendar.terms[place], calendar.terms[place + 1]
    if school_year(one.first_day) != school_year(other.first_day):
        return False
    seasons = [next((s for s in SEASONS if s in term.name.casefold()), None) for term in (one, other)]
    if None not in seasons:
        return seasons[0] == seasons[1]
    return other.first_day - one.last_day < LONG_HOLIDAY
