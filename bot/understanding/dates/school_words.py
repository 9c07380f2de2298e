"""The school's own words: "half term", "the end of term", "the last week before Christmas", "back in January"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.understanding.dates import holidays
from bot.understanding.dates.base import Base, number_of
from bot.understanding.dates.mention import DAY, Mention

#: By its first word: day and month.
FEASTS = {
    "bonfire": (5, 11),
    "guy": (5, 11),
    "fireworks": (5, 11),
    "halloween": (31, 10),
    "valentine": (14, 2),
    "patrick": (17, 3),
    "christmas": (24, 12),
    "boxing": (26, 12),
}

_AROUND = re.compile(r"\b(?:after|until|before|over)(?: the)? $")
_WAS = re.compile(r"\b(?:was|were|been|did)\b")
_DONE = re.compile(r"\b(?:not|that is|done|finished|finish|out|off|complete)\b")
_TOLD_AS_PAST = re.compile(
    r"\b(?:was|were|has been|had been|have been)(?: (?!hoping|wondering|thinking|going|planning)\w+){0,3}"
    r" (?:off|absent|ill|sick|poorly|unwell|well|in|away|bad|rough|sent home)\b"
    r"|\bhad (?!to\b|been\b|booked|planned|asked|hoped|paid|meant|told|said|permission|leave)\w+\b"
    r"|\bdid not (?:come|go|make|get|feel)\b|\b(?:threw|woke) up\b|\bwe broke up\b"
    r"|\b(?:kept|had) (?:him|her|them) (?:off|home|at home)\b"
)
_TO_COME = re.compile(
    r"\b(?:will|would|going to|can|could|may|might|shall|hoping|wondering|needs?|please can|like to|wants?|tomorrow)\b"
)


class SchoolWords(Base):
    """Resolvers of the forms that need the school's calendar; without one they find nothing."""

    def gap(self, word: str, when: str = "") -> holidays.Gap | None:
        if self.calendar is None:
            return None
        if "half" in word:
            months = {
                "october": (10, 11),
                "autumn": (10, 11),
                "february": (2,),
                "feb": (2,),
                "spring": (2,),
                "may": (5, 6),
                "june": (5, 6),
                "whit": (5, 6),
                "summer": (5, 6),
            }.get(when or "", ())
            return next(
                (
                    g
                    for g in holidays.gaps(self.calendar)
                    if g.kind == "half"
                    and g.last >= self.today
                    and (not months or g.first.month in months or g.last.month in months)
                ),
                None,
            )
        kinds: tuple[str, ...] = ()
        for name in ("christmas", "easter", "summer"):
            if name in word or name in (when or ""):
                kinds = (name,)
        if "new year" in word:
            kinds = ("christmas",)
        if word in ("term", "end of term", "year", "school year"):
            kinds = ("summer",) if "year" in word else ("christmas", "easter", "summer")
        return holidays.next_gap(self.calendar, self.today, kinds)

    def gap_told_of(self, word: str, line: str, when: str = "") -> holidays.Gap | None:
        """The holiday that a day lies before or after: the last one, where the words tell of what was ("was sick the
        Friday before half term", said in the week after it)."""
        past = _TOLD_AS_PAST.search(line) is not None and _TO_COME.search(line) is None
        if self.calendar is None or when or not past:
            return self.gap(word, when)
        kinds = tuple(kind for kind in ("half", "christmas", "easter", "summer") if kind in word)
        return holidays.gap_just_over(self.calendar, self.today, kinds) or self.gap(word, when)

    def _holiday(self, m: re.Match[str], line: str) -> Mention | None:
        before = line[: m.start()]
        if m["hol"] == "break" and not m["when"] and not _AROUND.search(before):
            return None
        if m["hol"] == "week off":
            return self._week_off(m)
        if (
            m["hol"] == "summer"
            and not re.search("holiday|break|hols", m[0])
            and not re.search(r"(?:until|after|before|over|for|the) $", line[: m.start()])
        ):
            return None
        if m["hol"] == "term":
            return None
        gap = self.gap(m["hol"], m["when"] or "")
        return gap and self.span(m, gap.first, gap.last, "holiday")

    def _week_off(self, m: re.Match[str]) -> Mention | None:
        """ "Back after the week off": a half term that is under way or begins within ten days."""
        gap = self.gap("half term")
        near = gap is not None and gap.first <= self.today + 10 * DAY
        return self.span(m, gap.first, gap.last, "holiday") if gap is not None and near else None

    def _fortheterm(self, m: re.Match[str], line: str) -> Mention | None:
        """ "That's us for the term", "he will not complete the year": the last day of school before that holiday."""
        gap = self.gap("year" if "year" in m["hol"] else "term")
        if (
            gap is None
            or self.calendar is None
            or ("for" in line[m.start() - 4 : m.start()] and not _DONE.search(line))
        ):
            return None
        return self.one_day(m, self.calendar.before(gap.first), "endterm")

    def _newterm(self, m: re.Match[str], line: str) -> Mention | None:
        """ "Back next term": the first day after the holiday that ends a term; "when school opens": after the next."""
        gap = self.gap("term")
        if self.calendar is not None and "term" not in m[0]:
            near = holidays.next_gap(self.calendar, self.today)
            gap = near if near is not None and near.first <= self.today + 21 * DAY else gap
        return gap and self.one_day(m, gap.last + DAY, "startterm")

    def _dayoflastweek(self, m: re.Match[str], line: str) -> Mention | None:
        """ "The Thursday of the last week": of the one before the holiday that is named, or else before the next."""
        if self.calendar is None or (m["hol"] is None and _WAS.search(line)):
            return None
        gap = self.gap(m["hol"]) if m["hol"] else holidays.next_gap(self.calendar, self.today)
        if gap is None or (m["hol"] is None and gap.first > self.today + 28 * DAY):
            return None
        end = self.calendar.before(gap.first)
        week = end - timedelta(days=end.weekday())
        first = week + timedelta(days=self.weekday_said(m["wd"]))
        last = week + timedelta(days=self.weekday_said(m["wd2"])) if m["wd2"] else first
        return self.span(m, first, last, "date" if first == last else "range") if first >= self.today else None

    def _lastdaysofterm(self, m: re.Match[str], line: str) -> Mention | None:
        gap = self.gap(m["hol"])
        if gap is None or self.calendar is None:
            return None
        last = self.calendar.before(gap.first)
        end = last - timedelta(days=(last.weekday() - self.weekday_said(m["wd2"])) % 7)
        first = end - timedelta(days=(end.weekday() - self.weekday_said(m["wd"])) % 7)
        return self.span(m, first, end, "list", members=(first, end))

    def _feast(self, m: re.Match[str], line: str) -> Mention | None:
        """ "Until about bonfire night": a day of the year that everybody knows."""
        first = m["feast"].removeprefix("st ").removeprefix("saint ").split()[0]
        dom, month = FEASTS[first]
        return self.one_day(m, self.in_year(dom, month), "date", day_of_month=dom, month=month)

    def _special(self, m: re.Match[str], line: str) -> Mention | None:
        if self.calendar is None:
            return None
        day = holidays.closed_near(self.calendar, self.today)
        return self.one_day(m, day, "special")

    def _endof(self, m: re.Match[str], line: str) -> Mention | None:
        if m["hol"] == "month" and m["part"] in ("rest", "remainder"):
            year, month = self.month_by("next")
            return self.span(m, self.today, date(year, month, 1) - DAY, "range")
        if m["hol"] is None or m["part"] in ("rest", "remainder"):
            return self._until_holiday(m)
        if m["hol"] == "month":
            year, month = self.month_by("next")
            return self.one_day(m, date(year, month, 1) - DAY, "date", sure=0.6)
        gap = self.gap("term" if m["hol"] == "term" else m["hol"])
        if gap is None or self.calendar is None:
            return None
        if "half" in m["hol"]:
            return self.one_day(m, gap.first - DAY if self.today < gap.first else gap.last, "endterm")
        return self.one_day(m, self.calendar.before(gap.first), "endterm")

    def _until_holiday(self, m: re.Match[str]) -> Mention | None:
        """ "the rest of term", "until we break up": while a half term comes first, two readings compete."""
        if self.calendar is None or m["hol"] == "month":
            return None
        near = holidays.next_gap(self.calendar, self.today)
        gap = near if m["hol"] is None else self.gap(m["hol"])
        if gap is None:
            return None
        last = self.calendar.before(gap.first)
        if m["hol"] is None:
            return self.one_day(m, last, "endterm")
        return self.span(m, self.today, last, "range", sure=0.93 if gap == near else 0.6)

    def _endofschool(self, m: re.Match[str], line: str) -> Mention | None:
        """ "In Madeira until the end of school", said in the last weeks of the year."""
        gap = self.gap("term")
        if gap is None or self.calendar is None or not self.today + 5 * DAY < gap.first <= self.today + 45 * DAY:
            return None
        return self.one_day(m, self.calendar.before(gap.first), "endterm")

    def _startof(self, m: re.Match[str], line: str) -> Mention | None:
        gap = self.gap("term" if m["hol"] == "term" else m["hol"])
        if gap is None or self.calendar is None:
            return None
        if m["hol"] == "term":
            near = holidays.next_gap(self.calendar, self.today)
            soon = self.today if "new" in m[0] or "next" in m[0] else self.today + 7 * DAY
            gap = near if near is not None and near.first <= soon else gap
        return self.one_day(m, gap.last + DAY, "startterm")

    def _termmonth(self, m: re.Match[str], line: str) -> Mention | None:
        """ "See you in January": the first day after the coming holiday, where that lies in the month named."""
        gap = holidays.next_gap(self.calendar, self.today) if self.calendar is not None else None
        if gap is None or gap.first > self.today + 28 * DAY or (gap.last + DAY).month != self.month_said(m):
            return None
        if self.today.month == self.month_said(m):
            return None
        return Mention(m.start("mon"), m.end(), "startterm", gap.last + DAY, gap.last + DAY)

    _tomonth = _termmonth

    def _lastofterm(self, m: re.Match[str], line: str) -> Mention | None:
        gap = self.gap_told_of(m["hol"], line)
        if gap is None or self.calendar is None:
            return None
        last = self.calendar.before(gap.first)
        return self.one_day(m, last - timedelta(days=(last.weekday() - self.weekday_said(m["wd"])) % 7), "date")

    def _termweek(self, m: re.Match[str], line: str) -> Mention | None:
        if self.calendar is None:
            return None
        hol, which = m["hol"] or "", m["which"]
        week = m["unit"].startswith("week")
        n = number_of(m["n"])
        before = "before" in m[0] or hol.endswith(" up") or "break" in hol
        if which in ("last", "final") and not hol:
            return None
        if which in ("last", "final"):
            gap = self.gap_told_of(
                hol if before and "break" not in hol and hol != "term" else "half term" if "half" in hol else "term",
                line,
            )
            if gap is None:
                return None
            last = self.calendar.before(gap.first)
            if week:
                first = last - timedelta(days=last.weekday()) - 7 * (n - 1) * DAY
                return self.span(m, first, last, "range")
            first = last
            for _ in range(n - 1):
                first = self.calendar.before(first)
            return self.span(m, first, last, "range")
        if not hol and "back" not in m[0] and "after" not in m[0]:
            return None
        gap = self.gap("half term" if "half" in hol else hol if hol in ("christmas", "easter", "summer") else "holiday")
        if gap is None:
            return None
        first = self.calendar.on_or_after(gap.last)
        if week:
            return self.span(m, first, first - timedelta(days=first.weekday()) + (7 * n - 1) * DAY, "range")
        last = first
        for _ in range(n - 1):
            last = self.calendar.after(last)
        return self.span(m, first, last, "range")

    def _earlyfor(self, m: re.Match[str], line: str) -> Mention | None:
        gap = self.gap("term" if "end of term" in m["hol"] else m["hol"])
        if gap is None or self.calendar is None:
            return None
        last = self.calendar.before(gap.first)
        first = last
        if m["unit"] == "week":
            first = last - timedelta(days=last.weekday()) - 7 * (number_of(m["n"]) - 1) * DAY
        else:
            for _ in range(number_of(m["n"]) - 1):
                first = self.calendar.before(first)
        return self.span(m, first, last, "range")

    def _herlastday(self, m: re.Match[str], line: str) -> Mention | None:
        """ "Her last day before Christmas will be Wednesday": no day by itself."""
        return Mention(m.start(), m.end(), "nothing")

    def _lateback(self, m: re.Match[str], line: str) -> Mention | None:
        """ "Two days late back after half term": the first days of school behind that holiday, or the next one."""
        said = m["hol"] or m["hol2"]
        gap = self.gap(said) if said else None
        if gap is None and self.calendar is not None:
            gap = holidays.next_gap(self.calendar, self.today)
        if gap is None or self.calendar is None:
            return None
        first = last = self.calendar.on_or_after(gap.last)
        for _ in range(number_of(m["n"]) - 1):
            last = self.calendar.after(last)
        return self.span(m, first, last, "date" if first == last else "range")

    def _weekby(self, m: re.Match[str], line: str) -> Mention | None:
        when = re.search("october|february|feb|may|june|spring|autumn|summer", m[0])
        word, month = "" if m["hol"].endswith(" up") else m["hol"], when[0] if when and "half" in m["hol"] else ""
        gap = self.gap_told_of(word, line, month)
        if gap is None or self.calendar is None:
            return None
        if m["side"] == "before":
            last = self.calendar.before(gap.first)
            return self.span(m, last - timedelta(days=last.weekday()), last, "range")
        first = self.calendar.on_or_after(gap.last)
        return self.span(m, first, first + (6 - first.weekday()) * DAY, "range")

    def _daybyhol(self, m: re.Match[str], line: str) -> Mention | None:
        if self.calendar is None:
            return None
        if "bank" in m["hol"] or "inset" in m["hol"]:
            day = holidays.closed_near(self.calendar, self.today)
            if day is None:
                return None
            first = last = day
        else:
            word = "half term" if "half" in m["hol"] else "term" if m["hol"].endswith(" up") else m["hol"]
            gap = self.gap_told_of(word, line)
            if gap is None:
                return None
            first, last = gap.first, gap.last
        if m["wd"] in ("day", "last day"):
            day = self.calendar.before(first) if m["side"] == "before" else self.calendar.after(last)
        else:
            weekday = self.weekday_said(m["wd"])
            day = (
                first - timedelta(days=(first.weekday() - weekday) % 7 or 7)
                if m["side"] == "before"
                else last + timedelta(days=(weekday - last.weekday()) % 7 or 7)
            )
        return self.one_day(m, day, "date")

    def _endmonth(self, m: re.Match[str], line: str) -> Mention | None:
        first = self.in_year(28, self.month_said(m))
        if first is None:
            return None
        return self.one_day(m, (first + 5 * DAY).replace(day=1) - DAY, "month", modifier="end", sure=0.4)

    def _inmonth(self, m: re.Match[str], line: str) -> Mention | None:
        if m["mon"] in ("may", "march", "mar") and not m[0].startswith(
            ("in", "until", "end", "start", "beginning", "mid")
        ):
            return None
        first = self.in_year(1, self.month_said(m))
        if first is None:
            return None
        if self.month_said(m) == self.today.month:
            first = self.today.replace(day=1)
        if m[0].startswith("end"):
            last = (first.replace(day=28) + 5 * DAY).replace(day=1) - DAY
            return self.one_day(m, last, "month", sure=0.4)
        return self.one_day(m, first, "month", sure=0.4)
