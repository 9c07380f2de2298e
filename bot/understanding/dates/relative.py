"""Days counted from today, and lengths: "tomorrow", "in two days", "3 days ago", "for a week"."""

from __future__ import annotations

import re

from bot.understanding.dates.base import Base, number_of, told_ahead, told_behind
from bot.understanding.dates.mention import DAY, Mention

_OFF = re.compile(r"\b(?:off|miss|missing|skip|skipping)(?: for)?(?: the)? $")
#: Behind "in a fortnight": it is counted from the day before it in the text.
_FROM_THEN = re.compile(r"^ (?:from (?:then|that|there)|after (?:that|then))\b")
#: Behind a number of weeks: they are counted from that day, and say when and not how long.
_COUNTED_FROM = re.compile(r"^ (?:tomorrow|on (?:monday|tuesday|wednesday|thursday|friday))\b(?! (?:to|until|-|and)\b)")


class Relative(Base):
    """Resolvers of the forms that count from today."""

    def _today(self, m: re.Match[str], line: str) -> Mention | None:
        afternoon = any(words in m[0] for words in ("afternoon", "this aft", "this pm"))
        part = "am" if "morning" in m[0] else "pm" if afternoon else ""
        if "evening" in m[0] or "tonight" in m[0]:
            part = "evening"
        if "rest of" in m[0] or "only" in m[0]:
            part = "only"
        if m[0] == "right now":
            return None
        return self.one_day(m, self.today, "today", part=part)

    def _tomorrow(self, m: re.Match[str], line: str) -> Mention | None:
        part = "am" if re.search("morning| am", m[0]) else "pm" if re.search("afternoon| pm", m[0]) else ""
        return self.one_day(m, self.today + DAY, "tomorrow", part=part)

    def _yesterday(self, m: re.Match[str], line: str) -> Mention | None:
        return self.one_day(m, self.today - DAY, "yesterday", part="night" if "night" in m[0] else "")

    def _dayaftertomorrow(self, m: re.Match[str], line: str) -> Mention | None:
        return self.one_day(m, self.today + (1 + number_of(m["n"])) * DAY, "relative")

    def _daybeforeyesterday(self, m: re.Match[str], line: str) -> Mention | None:
        return self.one_day(m, self.today - (1 + number_of(m["n"])) * DAY, "relative")

    def _dayafter(self, m: re.Match[str], line: str) -> Mention | None:
        return Mention(m.start(), m.end(), "dayafter")

    def _weekafter(self, m: re.Match[str], line: str) -> Mention | None:
        return Mention(m.start(), m.end(), "weekafter")

    def _sameday(self, m: re.Match[str], line: str) -> Mention | None:
        return Mention(m.start(), m.end(), "sameday")

    def _daybefore(self, m: re.Match[str], line: str) -> Mention | None:
        return Mention(m.start(), m.end(), "daybefore")

    def _beforeafter(self, m: re.Match[str], line: str) -> Mention | None:
        n = number_of(m["n"]) * (7 if m["unit"] == "week" else 1) * (-1 if m["side"] == "before" else 1)
        base = {"tomorrow": 1, "yesterday": -1, "day after tomorrow": 2}.get(m["rel"], 0)
        return self.one_day(m, self.today + (base + n) * DAY, "relative")

    @staticmethod
    def unit_days(unit: str) -> int:
        return (
            7
            if unit.startswith("w") and "day" not in unit and "ork" not in unit
            else 14
            if unit.startswith("f")
            else 30
            if unit.startswith("m")
            else 1
        )

    def _ago(self, m: re.Match[str], line: str) -> Mention | None:
        if "fortnight" in m[0]:
            return self.one_day(m, self.today - 14 * DAY, "ago")
        return self.one_day(m, self.today - number_of(m["n"]) * self.unit_days(m["unit"]) * DAY, "ago")

    def _inn(self, m: re.Match[str], line: str) -> Mention | None:
        n = number_of(m["n"])
        if _FROM_THEN.match(line[m.end() :]) and "day" not in m["unit"]:
            return Mention(m.start(), m.end(), "fromthen", days=n * self.unit_days(m["unit"]))
        if any(word in m["unit"] for word in ("business", "school", "working")):
            day = self.today
            while n:
                day += DAY
                n -= day.weekday() < 5 and (self.calendar is None or self.calendar.is_school_day(day))
            return self.one_day(m, day, "relative")
        sure = 0.6 if re.search("few|couple|next", m[0]) else 0.9
        return self.one_day(m, self.today + n * self.unit_days(m["unit"]) * DAY, "relative", sure=sure)

    _later = _inn

    def _sleeps(self, m: re.Match[str], line: str) -> Mention | None:
        """ "2 more sleeps", as small children count days."""
        return self.one_day(m, self.today + number_of(m["n"]) * DAY, "relative")

    def _pastn(self, m: re.Match[str], line: str) -> Mention | None:
        n = number_of(m["n"], 3) if m["n"] else (2 if "couple" in m[0] else 3)
        days = n * self.unit_days(m["unit"] or m["unit2"])
        ahead = told_ahead(line) or (_OFF.search(line[: m.start()]) and not told_behind(line))
        if days == n and ahead and (ending := self.term_ending(n)):
            return self.span(m, *ending, "range", sure=0.9)
        return self.span(m, self.today - days * DAY, self.today - DAY, "pastn")

    def _hoursmore(self, m: re.Match[str], line: str) -> Mention:
        """ "Sick again last night so that's another 48"."""
        return Mention(m.start(), m.end(), "length", days=int(m["n"]) // 24, unit="hour", sure=0.93, further=True)

    def _length(self, m: re.Match[str], line: str) -> Mention | None:
        lead, unit = m["lead"] or "", m["unit"].rstrip("s")
        counted = m["n"] or m["slash"] or m["half"] or (unit == "fortnight" and lead)
        if unit in ("week", "fortnight") and "for" not in lead and _COUNTED_FROM.match(line[m.end() :]):
            return None  # "off two weeks tomorrow": a day, which `weekon` reads
        if not counted and (not re.search("another|next few", lead) or unit == "night"):
            return None
        number, sure = number_of(m["n"]), 0.93
        if m["n2"]:
            number, sure = max(number, int(m["n2"])), 0.5
        if m["slash"]:
            low, high = (int(part) for part in m["slash"].split("/"))
            if high > 48 or low >= high:
                return None
            number, sure = high, 0.5
        if m["n"] and re.match("couple|few|several", m["n"]):
            sure = 0.5
        if m["half"]:
            if unit == "week":
                number = 1
            return (
                Mention(m.start(), m.end(), "halfday" if unit == "day" else "part", days=0, unit=unit, sure=0.6)
                if unit in ("day", "hour")
                else None
            )
        if m["tail"]:
            sure = 0.5
        days = number
        if unit == "hour":
            if number < 20:
                return Mention(m.start(), m.end(), "hours", days=0, unit="hour")
            days = round(number / 24)
        elif unit == "week":
            days = 7 * number
        elif unit == "fortnight":
            days = 14 * number
        elif unit == "month":
            days = 30 * number
        mention = Mention(
            m.start(), m.end(), "length", days=days, unit="school day" if m["school"] else unit, sure=sure
        )
        if re.match("(?:the )?next ", lead):
            mention.modifier = "next"
        mention.further = "another" in lead or "further" in lead or m["more"] in ("more", "further", "extra", "other")
        return mention
