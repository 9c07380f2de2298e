"""What every resolver of a form needs: today, the calendar, and how days are made of what was said."""

from __future__ import annotations

import re
from datetime import date, timedelta

from attendance.calendar import SchoolCalendar
from bot.understanding.dates import holidays
from bot.understanding.dates.forms import MONTHS, ORDINALS, WEEKDAYS
from bot.understanding.dates.mention import DAY, Mention

#: "Will not be in for the last two days" is about days to come, "was off the last two days" about days gone.
_AHEAD, _BEHIND = (
    re.compile(r"\b(?:will|won|going to|can)\b|'ll\b"),
    re.compile(r"\b(?:was|were|been|had|has|have|did)\b"),
)

_SATURDAY = 5


def told_behind(line: str) -> bool:
    """Whether a text is about what was."""
    return _BEHIND.search(line) is not None


def told_ahead(line: str) -> bool:
    """Whether a text is about what is to come, and not about what was."""
    return _AHEAD.search(line) is not None and not told_behind(line)


def may_be_ahead(line: str) -> bool:
    """Whether a text is about what is to come as well, or at least not about what was alone."""
    return _AHEAD.search(line) is not None or not told_behind(line)


def safe(year: int, month: int, dom: int) -> date | None:
    """The day, or None where the month has no such day."""
    try:
        return date(year, month, dom)
    except ValueError:
        return None


def following(dom: int, day: date) -> date | None:
    """The first day from this one on that has the number, within two months."""
    return next((then for n in range(62) if (then := day + timedelta(days=n)).day == dom), None)


def number_of(word: str | None, few: int = 3) -> int:
    """ "3", "couple of", "few"; one where nothing is said."""
    if not word:
        return 1
    word = word.strip()
    if word.isdigit():
        return int(word)
    if word.startswith("couple"):
        return 2
    if word in ("few", "several"):
        return few
    return 1


class Base:
    """`today` is the London date of the message, `hour` its hour as a number (8.5 is half past 8)."""

    def __init__(self, today: date, hour: float, calendar: SchoolCalendar | None) -> None:
        self.today, self.hour, self.calendar = today, hour, calendar
        self.week = today - timedelta(days=today.weekday())

    def in_year(self, dom: int, month: int, year: int | None = None) -> date | None:
        """The day and month nearest ahead; up to three weeks back counts as this year's."""
        if year is not None:
            return safe(year + 2000 if year < 100 else year, month, dom)
        for candidate in range(self.today.year - 1, self.today.year + 3):
            day = safe(candidate, month, dom)
            if day is not None and day >= self.today - timedelta(days=21):
                return day
        return None

    def in_month(self, dom: int) -> date | None:
        """The next "22nd", today included."""
        year, month = self.today.year, self.today.month
        for _ in range(14):
            day = safe(year, month, dom)
            if day is not None and day >= self.today:
                return day
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        return None

    def no_weekend(self, day: date | None, match: re.Match[str]) -> date | None:
        """ "Friday 5th December", where the 5th is a Saturday: the Friday beside it."""
        said = match.groupdict().get("wd")
        if day is None or not said or day.weekday() < _SATURDAY:
            return day
        meant = self.weekday_said(said)
        beside = (day + ahead * DAY for ahead in (-1, 1, -2, 2))
        return next((near for near in beside if near.weekday() == meant < _SATURDAY), day)

    def on_weekday(self, number: int, modifier: str = "") -> date:
        """The weekday meant: bare is the coming one (today until noon), "next" that of next week, "last" the latest."""
        ahead = (number - self.today.weekday()) % 7
        if "next" in modifier or "following" in modifier:
            return self.week + timedelta(days=7 + number)
        if "last" in modifier or "past" in modifier or "previous" in modifier:
            return self.today - timedelta(days=(self.today.weekday() - number) % 7 or 7)
        if ahead == 0 and self.hour >= 12 and "this" not in modifier:
            ahead = 7
        return self.today + timedelta(days=ahead)

    def term_ending(self, days: int) -> tuple[date, date] | None:
        """The last days of school before a holiday that is near, where all of them are still ahead."""
        gap = holidays.next_gap(self.calendar, self.today) if self.calendar is not None else None
        if self.calendar is None or gap is None or not self.today < gap.first <= self.today + 21 * DAY:
            return None
        first = last = self.calendar.before(gap.first)
        for _ in range(days - 1):
            first = self.calendar.before(first)
        return (first, last) if first > self.today else None

    def last_week(self, line: str) -> tuple[date, date] | None:
        """ "Will not be in for the last week": the days of school in the week before the holiday that is near."""
        ending = self.term_ending(1) if told_ahead(line) else None
        if ending is None:
            return None
        monday = ending[1] - timedelta(days=ending[1].weekday())
        return (monday, ending[1]) if monday > self.today else None

    def month_by(self, modifier: str) -> tuple[int, int]:
        year, month = self.today.year, self.today.month
        if modifier in ("next", "following"):
            return (year + 1, 1) if month == 12 else (year, month + 1)
        if modifier in ("last", "previous"):
            return (year - 1, 12) if month == 1 else (year, month - 1)
        return year, month

    @staticmethod
    def number_said(match: re.Match[str]) -> int | None:
        groups = match.groupdict()
        if groups.get("dom"):
            return int(groups["dom"])
        word = groups.get("ordword")
        if word:
            tens, _, last = word.rpartition(" ")
            return (int(tens) if tens else 0) + ORDINALS.index(last) + 1
        return None

    @staticmethod
    def month_said(match: re.Match[str]) -> int:
        word = match["mon"]
        return 3 if word == "mar" else MONTHS.index(word) + 1

    @staticmethod
    def weekday_said(word: str) -> int:
        return next(n for n, name in enumerate(WEEKDAYS) if name.startswith(word))

    def one_day(self, match: re.Match[str], day: date | None, form: str, **more: object) -> Mention | None:
        if day is None:
            return None
        mention = Mention(match.start(), match.end(), form, day, day)
        for key, value in more.items():
            setattr(mention, key, value)
        return mention

    def span(
        self, match: re.Match[str], first: date | None, last: date | None, form: str, **more: object
    ) -> Mention | None:
        if first is None or last is None or last < first:
            return None
        mention = Mention(match.start(), match.end(), form, first, last)
        for key, value in more.items():
            setattr(mention, key, value)
        return mention
