"""Weekdays and weeks: "Friday week", "Weds next", "the rest of next week"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.understanding.dates.base import Base, may_be_ahead, number_of, safe
from bot.understanding.dates.mention import DAY, Mention

_BEEN = re.compile(r"\b(?:been|was|were|had|missed|did)\b(?: [^ .!?,]+){0,3} ?$")
#: A weekday and a number that agree no sooner than this do not agree, where a day so near bears out one of them.
_SOON, _A_SLIP, _OF_A_SLIP = 70 * DAY, 2, 0.75


class Weekdays(Base):
    """Resolvers of the forms that name a weekday or a week."""

    def _dayafternext(self, m: re.Match[str], line: str) -> Mention | None:
        weekday = self.weekday_said(m["wd"])
        return self.one_day(
            m, self.on_weekday(weekday) + timedelta(days=7), "weekday", weekday=weekday, modifier="fixed"
        )

    def _weekon(self, m: re.Match[str], line: str) -> Mention | None:
        if m["rel"]:
            base = self.today + (DAY if m["rel"] == "tomorrow" else 0 * DAY)
        else:
            base = self.on_weekday(self.weekday_said(m["wd"]))
            if "next" in m[0] and base > self.week + 6 * DAY:
                base = base - 0 * DAY
        return self.one_day(m, base + timedelta(days=7 if m["n"] == "week" else 14), "weekday", modifier="fixed")

    def _weekdayweek(self, m: re.Match[str], line: str) -> Mention | None:
        base = (
            self.on_weekday(self.weekday_said(m["wd"]))
            if m["wd"]
            else self.today + (DAY if m["rel"] == "tomorrow" else 0 * DAY)
        )
        return self.one_day(m, base + timedelta(days=7), "weekday", modifier="fixed")

    def _weekdayin(self, m: re.Match[str], line: str) -> Mention | None:
        weekday = self.weekday_said(m["wd"])
        coming = int(self.today.weekday() > 3)
        weekend = int(self.today.weekday() > 4)  # "this week" of a weekend is the one that begins
        weeks = {"next": 1, "last": -1, "the following": 1, "the coming": coming}.get(m["mod"], weekend)
        return self.one_day(
            m, self.week + timedelta(days=7 * weeks + weekday), "weekday", weekday=weekday, modifier="week" + str(weeks)
        )

    _inweek = _weekdayin

    def _weekdaybehind(self, m: re.Match[str], line: str) -> Mention | None:
        """ "Weds next", "Monday last"."""
        weekday, mod = self.weekday_said(m["wd"]), "next" if m["mod"] == "next" else "last"
        return self.one_day(m, self.on_weekday(weekday, mod), "weekday", weekday=weekday, modifier=mod)

    def _eachday(self, m: re.Match[str], line: str) -> Mention | None:
        return self.one_day(m, self.on_weekday(self.weekday_said(m["wd"])), "each", modifier="fixed", sure=0.5)

    def _weekday(self, m: re.Match[str], line: str) -> Mention | None:
        weekday, mods = self.weekday_said(m["wd"]), m["mods"]
        dom = self.number_said(m) or (int(m["bare"]) if m["bare"] else None)
        if dom is not None:
            day = self._weekday_and_dom(weekday, dom)
            if day is None or (m["bare"] and (day.weekday() != weekday or not -7 <= (day - self.today).days <= 120)):
                return self._only_weekday(m, weekday, mods)
            said: dict[str, object] = {"weekday": weekday, "day_of_month": dom}
            if (day.weekday(), day.day) != (weekday, dom):
                said["sure"] = _OF_A_SLIP
            return self.one_day(m, day, "date", **said)
        return self.one_day(m, self.on_weekday(weekday, mods), "weekday", weekday=weekday, modifier=mods.strip())

    def _only_weekday(self, m: re.Match[str], weekday: int, mods: str) -> Mention:
        """The weekday without the number behind it, which was a time or something else."""
        day = self.on_weekday(weekday, mods)
        return Mention(m.start(), m.end("wd"), "weekday", day, day, weekday=weekday, modifier=mods.strip())

    def _weekday_and_dom(self, weekday: int, dom: int) -> date | None:
        """ "Tuesday 8th": the nearest month, from three weeks back, in which they agree; else the number wins."""
        if not 1 <= dom <= 31:
            return None
        day = self.today - timedelta(days=21)
        for _ in range(400):
            near = day >= self.today or (self.in_month(dom) or day) > self.today + timedelta(days=20)
            if day.day == dom and day.weekday() == weekday and near:
                return self._slipped(weekday, dom) or day if day > self.today + _SOON else day
            day += DAY
        return self.in_month(dom)

    def _slipped(self, weekday: int, dom: int) -> date | None:
        """ "Back Friday 17th", where Friday is the 16th and no Friday is a 17th for months: Friday; "today Tues 15th",
        where the 15th is today: today.
        """
        numbered = (self.in_month(dom), safe(self.today.year, self.today.month, dom))
        for meant in (self.on_weekday(weekday), self.on_weekday(weekday, "next")):
            if any(day is not None and abs((meant - day).days) <= _A_SLIP for day in numbered):
                return meant
        return self.today if self.today in numbered else None

    def _weekcommencing(self, m: re.Match[str], line: str) -> Mention | None:
        return Mention(m.start(), m.end(), "commencing")

    def _weekafternext(self, m: re.Match[str], line: str) -> Mention | None:
        return self.span(m, self.week + 14 * DAY, self.week + 20 * DAY, "week", modifier="next")

    def _week(self, m: re.Match[str], line: str) -> Mention | None:
        part, mod = m["part"] or "", m["mod"] or ""
        if not part and not mod and "for the" in m[0]:
            mod = "the"
        whole = "for the" in m[0] or self._off_the_week(m, line)
        if mod == "a" or (not part and not mod and not whole) or (not part and mod == "the" and not whole):
            return None
        if mod == "last" and (ending := self.last_week(line)):
            return self.span(m, *ending, "week", modifier="last", part=part)
        if mod in ("next", "following"):
            monday = self.week + 7 * DAY
        elif mod in ("last", "previous", "past"):
            monday = self.week - 7 * DAY
        elif mod == "coming" or (
            (mod in ("this", "the") or (not mod and may_be_ahead(line)))
            and self.today.weekday() >= 5
            and part not in ("rest", "remainder")
        ):
            monday = self.week + 7 * DAY if self.today.weekday() >= 4 else self.week
        else:
            monday = self.week
        sunday = monday + (4 if re.search("work ?week", m[0]) else 6) * DAY
        found = self.span(m, monday, sunday, "week", modifier=mod or "this", part=part)
        assert found is not None
        if part in ("rest", "remainder"):
            found.first = max(monday, self.today)
        elif part in ("start", "beginning", "early", "earlier", "first half", "first part"):
            found.last, found.sure = monday + 2 * DAY, 0.6
        elif part in ("middle", "mid"):
            found.first, found.last, found.sure = monday + 2 * DAY, monday + 3 * DAY, 0.5
        elif part in ("second half", "second part", "latter part"):
            found.first, found.sure = monday + 2 * DAY, 0.6
        elif part in ("end", "back end", "late", "later"):
            found.first, found.sure = monday + 4 * DAY, 0.6
        return found

    @staticmethod
    def _off_the_week(m: re.Match[str], line: str) -> bool:
        """ "Off the week", "give it the week"."""
        behind = re.match(r" (?:after|before|that|we|when|of|from|in|commencing|beginning)\b", line[m.end() :])
        return re.search(r"\b(?:off|it|out|miss)(?: the)? $", line[: m.start()]) is not None and behind is None

    def _thatweek(self, m: re.Match[str], line: str) -> Mention | None:
        return Mention(m.start(), m.end(), "thatweek")

    def _twoweeks(self, m: re.Match[str], line: str) -> Mention | None:
        """ "Don't expect him this week or next"."""
        first = self.today if re.search("rest|remainder", m[0]) else self.week
        return self.span(m, first, self.week + 13 * DAY, "week", modifier="this")

    def _nextweekday(self, m: re.Match[str], line: str) -> Mention | None:
        """The nearest day of school before or after today; Monday to Friday where no calendar is known."""
        step = DAY if m["mod"] in ("next", "following") else -DAY
        day = self.today + step
        for _ in range(80):
            if self.calendar.is_school_day(day) if self.calendar is not None else day.weekday() < 5:
                return self.one_day(m, day, "relative")
            day += step
        return None

    def _weekend(self, m: re.Match[str], line: str) -> Mention | None:
        saturday = self.week + 5 * DAY
        if "next" in m[0]:
            saturday += 7 * DAY
        elif "last" in m[0]:
            saturday -= 7 * DAY
        return self.span(m, saturday, saturday + DAY, "weekend")

    def _firstdays(self, m: re.Match[str], line: str) -> Mention | None:
        """ "The first three days of next week", "the last 2 days this week", "the second half of the week"."""
        been, half = _BEEN.search(line[: m.start()]) is not None, m["n"] is None
        if been and m["which"] == "last" and m["mod"] == "this" and " of " not in m[0]:
            return None
        ahead = m["mod"] == "next" or (self.today.weekday() >= 5 and not been)
        monday, n = self.week + (7 * DAY if ahead else 0 * DAY), 3 if half else number_of(m["n"])
        sure = {"sure": 0.6} if half else {}
        if m["which"] == "first":
            return self.span(m, monday, monday + (n - 1) * DAY, "range", **sure)
        return self.span(m, monday + (5 - n) * DAY, monday + 4 * DAY, "range", **sure)
