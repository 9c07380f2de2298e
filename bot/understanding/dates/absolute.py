"""Days with their month: "14 November", "14/11", "16, 17 and 18 December", "the last Friday in May"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.understanding.dates.base import Base, safe
from bot.understanding.dates.forms import ORDINALS, WEEKDAYS
from bot.understanding.dates.mention import DAY, Mention

#: Behind "may" where it is no month: "guests under 18 may come".
_MAY = re.compile(
    r" (?:be|not|have|need|come|go|attend|miss|get|also|bring|take|want|stay|leave|feel|still|well|only)\b"
)
#: A train or a bus is named by its time: "the 15.10 from Leeds".
_RUNS = re.compile(r" (?:train|bus|ferry|sleeper|flight|tram|boat|coach|from|to)\b")


class Absolute(Base):
    """Resolvers of the forms that name a month, and of numbers of days without one."""

    def _iso(self, m: re.Match[str], line: str) -> Mention | None:
        return self.one_day(m, safe(int(m["year"]), int(m["month"]), int(m["dom"])), "date")

    def _numspan(self, m: re.Match[str], line: str) -> Mention | None:
        if int(m["month"]) > 12 or int(m["dom2"]) > 31 or int(m["dom"]) >= int(m["dom2"]):
            return None
        if not m["year"] and "." in m[0]:
            return None
        year = int(m["year"]) if m["year"] else None
        last = self.in_year(int(m["dom2"]), int(m["month"]), year)
        return self.span(m, last and safe(last.year, last.month, int(m["dom"])), last, "range")

    def _numeric(self, m: re.Match[str], line: str) -> Mention | None:
        dom, month = int(m["dom"]), int(m["month"])
        if not (1 <= dom <= 31 and 1 <= month <= 12):
            return None
        before = line[max(0, m.start() - 14) : m.start()].split()
        previous = before[-1] if before else ""
        dated = previous in (
            "on",
            "from",
            "to",
            "until",
            "c",
            "commencing",
            "beginning",
            "-",
            "between",
            "since",
            "and",
            "date",
            "dates",
            "the",
        )
        if m["sep"] == "." and not m["year"]:
            dated = dated and previous != "the"
            after = line[m.end() : m.end() + 12].split()
            weekday = bool(after) and (
                after[0] in WEEKDAYS or (after[0] == "." and len(after) > 1 and after[1] in WEEKDAYS)
            )
            dotted = line[m.end() : m.end() + 2] in (" .", "")
            if previous in (
                "at",
                "by",
                "@",
                "for",
                "about",
                "around",
                "temperature",
                "of",
                "was",
                "is",
                "past",
                "before",
            ):
                return None
            if previous == "the" and dom < 24 and _RUNS.match(line[m.end() :]):
                return None
            if not dated and not weekday and (dom <= 12 or len(m["month"]) == 1) and not (dotted and len(before) == 0):
                return None
        elif (
            m["sep"] == "/"
            and not m["year"]
            and not dated
            and (month in (7, 12, 52) and dom <= month and previous in ("for", "x"))
        ):
            return None
        year = int(m["year"]) if m["year"] else None
        return self.one_day(m, self.in_year(dom, month, year), "date", day_of_month=dom, month=month, year=year)

    def _dashed(self, m: re.Match[str], line: str) -> Mention | None:
        month = int(m["month"])
        return self.one_day(m, self.in_year(int(m["dom"]), month, int(m["year"])) if 1 <= month <= 12 else None, "date")

    _spaced = _dashed

    def _monthspan(self, m: re.Match[str], line: str) -> Mention | None:
        first = self.in_year(int(m["dom"]), self.month_said(m))
        month = self.month_said(m)
        return self.span(m, first, first and safe(first.year, first.month, int(m["dom2"])), "range", month=month)

    def _spanmonth(self, m: re.Match[str], line: str) -> Mention | None:
        year = int(m["year"]) if m["year"] else None
        last = self.in_year(int(m["dom2"]), self.month_said(m), year)
        first = last and safe(last.year, last.month, int(m["dom"]))
        if first is not None and last is not None and first > last:
            first = (last.replace(day=1) - DAY).replace(day=min(int(m["dom"]), 28))
        if " and " in m[0] and first is not None and last is not None and (last - first).days != 1:
            return None
        part = "until" if "until" in m[0] else ""
        return self.span(m, first, last, "range", part=part, month=self.month_said(m))

    def _daysofmonth(self, m: re.Match[str], line: str) -> Mention | None:
        """ "16, 17 and 18 December": every day that is named, in rising order."""
        numbers = [int(number) for number in re.findall(r"\d+", m["doms"])]
        near = self.in_year(numbers[0], self.month_said(m), int(m["year"]) if m["year"] else None)
        days = [near and safe(near.year, near.month, number) for number in numbers]
        if near is None or None in days or numbers != sorted(numbers):
            return None
        return self.span(m, near, days[-1], "list", members=tuple(days))

    def _daymonth(self, m: re.Match[str], line: str) -> Mention | None:
        dom, month = self.number_said(m), self.month_said(m)
        if dom is None:
            return None
        if m["ordword"] and month == 5 and not m["wd"] and "of" not in m[0]:
            return None
        after = line[m.end() : m.end() + 12]
        if month == 5 and "of" not in m[0] and _MAY.match(after):
            return None
        return self._of_a_month(m, dom, month)

    def _monthday(self, m: re.Match[str], line: str) -> Mention | None:
        dom, month = self.number_said(m), self.month_said(m)
        if dom is None:
            return None
        return self._of_a_month(m, dom, month)

    def _of_a_month(self, m: re.Match[str], dom: int, month: int) -> Mention | None:
        year = int(m["year"]) if m["year"] else None
        day = self.no_weekend(self.in_year(dom, month, year), m)
        return self.one_day(m, day, "date", day_of_month=dom, month=month, year=year)

    def _ofmonth(self, m: re.Match[str], line: str) -> Mention | None:
        year, month = self.month_by(m["mod"])
        return self.one_day(m, safe(year, month, int(m["dom"])), "date")

    def _nthofmonth(self, m: re.Match[str], line: str) -> Mention | None:
        weekday, which = self.weekday_said(m["wd"]), m["ordword"]
        if which == "last" and not (m["mon"] or "month" in m[0]):
            return self.one_day(m, self.on_weekday(weekday, "last"), "weekday", weekday=weekday, modifier="last")
        if m["mon"]:
            near = self.in_year(1, self.month_said(m)) or self.today
            year, month = near.year, near.month
            if month == self.today.month:
                year = self.today.year
        else:
            year, month = self.month_by(m["mod"] or "this")
        if which == "last":
            end = date(year + (month == 12), month % 12 + 1, 1) - DAY
            return self.one_day(m, end - timedelta(days=(end.weekday() - weekday) % 7), "date")
        first = date(year, month, 1)
        day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * ORDINALS.index(which))
        return self.one_day(m, day, "date")

    def _ordinal(self, m: re.Match[str], line: str) -> Mention | None:
        return self._numbered(m, int(m["dom"]))

    def _thenumber(self, m: re.Match[str], line: str) -> Mention | None:
        return self._numbered(m, int(m["dom"] or m["end"]))

    def _barenumber(self, m: re.Match[str], line: str) -> Mention | None:
        """ "Maybe she come 28", "back to school on 11": a number with nothing behind it that would count something."""
        return self._numbered(m, int(m["dom"] or m["low"]), sure=0.8)

    def _numbered(self, m: re.Match[str], dom: int, **more: object) -> Mention | None:
        day = self.in_month(dom) if 1 <= dom <= 31 else None
        return self.one_day(m, day, "ordinal", day_of_month=dom, **more)

    def _barepair(self, m: re.Match[str], line: str) -> Mention | None:
        """ "On 17 and 18": two days in a row."""
        first, last = self._of_one_month(m)
        if first is None or last is None or last - first > 6 * DAY:
            return None
        return self.span(m, first, last, "list", day_of_month=first.day, members=(first, last), sure=0.8)

    def _barespan(self, m: re.Match[str], line: str) -> Mention | None:
        """ "25 to 30 please"."""
        first, last = self._of_one_month(m)
        return self.span(m, first, last, "range", day_of_month=int(m["dom"]), sure=0.8)

    def _of_one_month(self, m: re.Match[str]) -> tuple[date | None, date | None]:
        """The next day of the first number, and that of the second, which is greater, in the same month."""
        first, second = int(m["dom"]), int(m["dom2"])
        day = self.in_month(first) if 0 < first < second <= 31 else None
        return day, day and safe(day.year, day.month, second)

    def _weekdaysnumbered(self, m: re.Match[str], line: str) -> Mention | None:
        """ "Thursday and Friday the 8th and 9th": the next month in which the weekdays and the numbers agree."""
        one, two, first, second = self.weekday_said(m["wd"]), self.weekday_said(m["wd2"]), int(m["dom"]), int(m["dom2"])
        month = self.month_said(m) if m["mon"] else 0
        for ahead in range(400):
            day = self.today + ahead * DAY
            last = day + timedelta(days=(second - first) % 31)
            agree = (day.weekday(), day.day, last.weekday(), last.day) == (one, first, two, second)
            if agree and month in (0, day.month):
                members = () if m["join"] in ("-", "to", "until") else (day, last)
                form = "list" if members else "range"
                return self.span(m, day, last, form, members=members, day_of_month=first, month=day.month)
        return None

    def _ordinalword(self, m: re.Match[str], line: str) -> Mention | None:
        dom = self.number_said(m)
        day = self.in_month(dom) if dom else None
        if day == self.today and dom == 1:
            day = self.in_month(1)
        return self.one_day(m, day, "ordinal", day_of_month=dom)

    def _numberrange(self, m: re.Match[str], line: str) -> Mention | None:
        year, month = self.month_by(m["mod"])
        return self.span(m, safe(year, month, int(m["dom"])), safe(year, month, int(m["dom2"])), "range")

    def _daymonthnum(self, m: re.Match[str], line: str) -> Mention | None:
        if int(m["month"]) > 12:
            return None
        return self.one_day(m, self.in_year(int(m["dom"]), int(m["month"])), "date")
