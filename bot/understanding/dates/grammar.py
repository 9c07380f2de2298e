"""The date grammar: one compiled alternation of named forms, and a resolver for each.

Input is the normalised line (`normalise.Words.line`), so weekdays and months come in one spelling. A form gives calendar
days; school days are a later matter. With `calendar` None the school's words (half term, inset) are not known.
"""

# ruff: noqa: E501 - long regular expressions are easier to read in one line.

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from attendance.calendar import CalendarTooShort, SchoolCalendar
from bot.understanding.dates import holidays
from bot.understanding.dates.mention import DAY, Mention

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth"
).split()

_WD = "(?<!good )(?<!black )(?<!mad )(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|(?<=on )(?:sat|sun)|(?<=until )(?:sat|sun)|(?<=since )(?:sat|sun)|(?<=from )(?:sat|sun)|(?<=next )(?:sat|sun)|(?<=this )(?:sat|sun)|(?<=last )(?:sat|sun)|(?<=- )(?:sat|sun)|(?<=and )(?:sat|sun)|(?<=to )(?:sat|sun)|(?<=back )(?:sat|sun))"
_MO = "(?:january|february|march|april|may|june|july|august|september|october|november|december|mar)"
_ORD = "(?:" + "|".join(_ORDINALS) + ")"
_YEAR = r"(?:(?: ,| -| of)? (?P<year>20\d\d))?"
_NOT_TIME = r"(?! ?(?:am|pm|a ?m|p ?m|o ?'|:|%|degrees))"
_NUM = r"(?:\d{1,3}|an?|one|few|several|couple(?: of)?)"
_UNIT = r"(?P<unit>day|night|week|fortnight|hour|month|school day|working day|weekday)s?"

_FORMS: tuple[tuple[str, str], ...] = (
    ("iso", r"(?P<year>20\d\d)(?:/| - )(?P<month>\d\d?)(?:/| - )(?P<dom>\d\d?)\b"),
    ("numspan", r"(?P<dom>\d{1,2}) (?:-|to|until|and) (?P<dom2>\d{1,2})[./](?P<month>\d{1,2})(?:[./](?P<year>\d{2,4}))?\b"),
    ("numeric", r"(?P<dom>\d{1,2})(?P<sep>[/.])(?P<month>\d{1,2})(?:[/.](?P<year>20\d\d|\d\d))?(?![\d:/])(?! ?(?:th )?(?:of )?" + _MO + r"\b)" + _NOT_TIME),
    ("dashed", r"(?P<dom>\d{1,2}) - (?P<month>\d{1,2}) - (?P<year>20\d\d|\d\d)\b"),
    ("spaced", r"(?P<dom>\d\d) (?P<month>\d\d) (?P<year>20\d\d)\b"),
    (
        "monthspan",
        r"(?P<mon>" + _MO + r") (?P<dom>\d{1,2})(?:th)? (?:-|to|until|and) (?P<dom2>\d{1,2})(?:th)?\b(?! (?:days|weeks|hours))",
    ),
    ("daysofmonth", r"(?:the )?(?P<doms>\d{1,2}(?:th)?(?: ?(?:, and|,|and|\+|/) ?(?:the )?\d{1,2}(?:th)?){2,6}) ?(?:of )?(?P<mon>" + _MO + r")\b" + _YEAR),
    ("spanmonth", r"(?:the )?(?P<dom>\d{1,2})(?:th)? ?(?:-|to|until|through|/|and) ?(?:the )?(?P<dom2>\d{1,2})(?:th)? ?(?:of )?(?P<mon>" + _MO + r")\b" + _YEAR),
    (
        "daymonth",
        r"(?:(?P<mod>this|next|last) )?(?:(?P<wd>" + _WD + r"),? ?,? ?(?:the )?)?(?:the )?(?:(?P<dom>\d{1,2})(?:th)?|(?P<ordword>(?:20 )?" + _ORD + r"))(?: day)? ?(?:of |- |/ |in )?(?P<mon>" + _MO + r")\b" + _YEAR,
    ),
    (
        "monthday",
        r"(?:(?P<wd>" + _WD + r") ?,? )?(?P<mon>" + _MO + r") ?(?:the |- |/ |\. |, )?(?:(?P<dom>\d{1,2})(?:th)?|(?P<ordword>" + _ORD + r"))\b(?![./:]\d)(?! (?:day|week|hour|month|minute|school day|time|year|other)s?\b)" + _NOT_TIME + _YEAR,
    ),
    ("ofmonth", r"(?:the )?(?P<dom>\d{1,2})(?:th)? (?:of|in) (?:the )?(?P<mod>this|next|last|previous|following) month\b"),
    ("lastofterm", r"(?:the )?(?:very )?last (?P<wd>" + _WD + r") (?:of|before|in) (?:the |this )?(?P<hol>half term|half - term|term|year|school year|christmas|easter|summer)\b"),
    ("twoweeks", r"(?:all (?:of )?)?this week (?:or|and|nor) (?:the )?next(?: week)?\b"),
    ("nthofmonth", r"(?:the )?(?P<ordword>first|second|third|fourth|last) (?P<wd>" + _WD + r")(?: (?:in|of) (?:(?P<mod>this|next|last|previous|the) month|(?:the )?month|(?P<mon>" + _MO + r")))?\b"),
    ("dayafternext", r"(?:the )?(?P<wd>" + _WD + r") after next\b"),
    ("weekon", r"(?:in )?(?:an? |one )?(?P<n>week|fortnight|2 weeks) (?:on |from |this |next |coming )*(?:(?P<wd>" + _WD + r")|(?P<rel>today|tomorrow))\b"),
    ("weekdayweek", r"(?:on )?(?:(?P<wd>" + _WD + r")|(?P<rel>today|tomorrow)) week\b(?! (?:off|of|and|commencing|beginning|starting))"),
    ("weekdayin", r"(?:(?P<wd>" + _WD + r")(?: morning| afternoon)?) (?:of |in |on )?(?P<mod>this|next|last|the following|the coming) (?:coming )?week\b"),
    ("inweek", r"(?P<mod>this|next|last) week(?: 's)? (?:on )?(?P<wd>" + _WD + r")\b"),
    ("weekdaybehind", r"(?P<wd>" + _WD + r") (?P<mod>next|last|gone|just gone)\b(?! (?:week|month|term|year|time|minute|night|lesson|to|day|door|of|for))"),
    ("nextweekday", r"(?:the )?(?P<mod>next|last|previous|following) (?:week|working |school )day\b"),
    ("eachday", r"(?:every|each) (?P<wd>" + _WD + r")\b"),
    (
        "weekday",
        r"(?P<mods>(?:(?:this|next|last|coming|following|past|previous|the) )*)(?P<wd>" + _WD + r")(?! (?:before|after) (?:the )?(?:half|christmas|easter|inset|bank|holidays?\b|we break))(?: ?,? ?(?:the )?(?:(?P<dom>\d{1,2})th|(?P<ordword>" + _ORD + r")|(?<!\d)(?P<bare>[12]?\d|3[01])(?! ?(?:am|pm|a m|p m|o '|past|minutes?|to \d|days?|weeks?|hours?|[.:]\d|children|of us|- \d|until \d)))\b(?! (?:year|lesson|period|of us|time)))?(?![a-z])",
    ),
    ("weekcommencing", r"(?:the )?(?:whole |full |entire )?(?:w / c|wc|w / b|week (?:of|commencing|beginning|starting|start|from)|week - commencing)\b(?: on)?(?: the)?(?: " + _WD + r")?"),
    ("weekafternext", r"(?:the )?week after next\b"),
    ("termweek", r"(?:the )?(?P<which>first|last|final|1st|1th) (?:(?P<n>\d{1,2}|few|couple of) )?(?P<unit>day|week|days|weeks) (?:of|back|before|after)(?: the)?(?: school| next| this| new)?(?: (?P<hol>half term|half - term|term|year|christmas|easter|summer|holidays?|we break up|breaking up))?\b"),
    ("firstdays", r"(?:the )?(?P<which>first|last) (?P<n>\d) days of (?P<mod>this|next|the) week\b"),
    ("endof", r"(?:for )?(?:the |very )*(?P<part>end|last day|rest|remainder) (?:of|o) (?:the |this )?(?P<hol>half term|half - term|term|year|school year|month)\b|(?<=until )(?:we|they|school) breaks? up\b"),
    ("startof", r"(?:the )?(?P<part>start|beginning|first day) of (?:the |next |new )*(?P<hol>half term|half - term|term|year|school year)\b"),
    ("earlyfor", r"(?P<n>\d|one|an?|couple of|few) (?P<unit>day|week)s? (?:early|earlier|before) (?:for |before |than )?(?:the )?(?P<hol>half term|half - term|christmas|easter|summer|end of term|holidays?|break)"),
    ("weekby", r"(?:the )?(?:last |final )?(?:full |school )?week (?P<side>before|after) (?:the )?(?:(?:may|october|february|feb|june|spring|autumn|summer) )?(?P<hol>half term|half - term|christmas|easter|summer holidays|holidays?|summer|we break up)(?: holidays?| break)?\b"),
    ("daybyhol", r"(?:the )?(?P<wd>" + _WD + r"|day|last day) (?P<side>before|after) (?:the )?(?:may |august |spring )?(?P<hol>bank holiday|half term|half - term|christmas|easter|inset(?: day)?|holidays?|we break up)(?: monday| holidays?| break)?\b"),
    ("beforeafter", r"(?P<n>\d{1,2}|an?|one|couple of) (?P<unit>day|week)s? (?P<side>before|after|from) (?:the )?(?P<rel>today|tomorrow|yesterday|day after tomorrow|now)\b"),
    ("dayaftertomorrow", r"(?:the )?day after tomorrow|(?P<n>\d) days? after tomorrow|overmorrow"),
    ("daybeforeyesterday", r"(?:the )?day before yesterday|(?P<n>\d) days? before yesterday"),
    ("dayafter", r"(?:the |that )?(?:day after|following day|next day|day following)\b(?! (?:tomorrow|my|his|her|the|a)\b)"),
    ("daybefore", r"the day before\b(?! (?:yesterday|my|his|her|the|a|half|term))"),
    ("ago", r"(?P<n>" + _NUM + r") ?(?P<unit>days?|(?<=\d)d|(?<=\d )d|weeks?|(?<=\d)w|(?<=\d )w|nights?|months?|fortnights?) (?:ago|back)\b(?! to)|(?:an? )?fortnight ago"),
    ("inn", r"(?:in|within) (?:about |around |the next |another )?(?P<n>" + _NUM + r") ?(?P<unit>days?|(?<=\d)d|(?<=\d )d|weeks?|(?<=\d)w|(?<=\d )w|fortnights?|business days?|school days?|working days?|months?)(?: 's?)?(?: time)?\b"),
    ("later", r"(?P<n>" + _NUM + r") ?(?P<unit>days?|(?<=\d)d|(?<=\d )d|weeks?|(?<=\d)w|(?<=\d )w) (?:later|hence|'? ?from now|' time|'s time|time)\b"),
    ("pastn", r"(?:the )?(?:past|last|previous) (?P<n>" + _NUM + r") ?(?P<unit>days?|weeks?|nights?|months?)\b|(?:the )?(?:past|last) (?:few|couple of) (?P<unit2>days?|weeks?)\b"),
    (
        "length",
        r"(?P<lead>(?:(?:for|another|the|next|about|around|at least|maybe|further|up to|these|this|off|only|just|full|whole|least|remaining) )*)(?:(?P<n>" + _NUM + r")(?:(?: -| or| to| /|/) ?(?P<n2>\d{1,2}))?|(?P<slash>\d{1,2}/\d{1,2})|(?P<half>half an?))? ?(?:(?P<more>more|further|extra|other|full|whole|clear|good|solid) )?(?:(?P<school>school|working|business|week) ?)?(?P<unit>days?|nights?|weeks?|fortnight|hours?|months?)\b(?P<tail> or (?:so|2|3|two)| minimum)?",
    ),
    (
        "week",
        r"(?:(?:for|the|very|in|by) )*(?:(?P<part>all|rest|remainder|end|start|beginning|middle|mid|early|earlier|later|late|whole|half|back end|first half|second half|most|best part) ?-? ?(?:of )?(?:the |in the )?)?(?:(?P<mod>this|next|last|coming|following|previous|past|current|the|a) (?:coming |whole |entire |full |school |working )*)?(?:work ?|school )?week\b(?! ?(?:old|'s? time|(?:of|before|after) (?:the )?(?:half|term|year|christmas|easter|summer|holiday)))",
    ),
    ("weekend", r"(?:(?P<mod>this|next|last|the|coming|all|long|bank holiday) )*week ?-? ?end\b"),
    ("holiday", r"(?:the )?(?:(?P<when>october|february|feb|may|june|autumn|spring|summer|easter|christmas|xmas|whit|whitsun) )?(?P<hol>half term|half - term|halfterm|christmas|easter|summer|term|(?:school )?holidays|(?<=after )holiday|(?<=after the )holiday|break|new year)(?: (?:holidays?|break|hols))?\b"),
    ("special", r"(?:the )?(?P<hol>inset(?: day)?|bank holiday(?: monday)?|training day|may day)\b"),
    ("today", r"(?:the rest of |rest of |all day |later |earlier )?(?:today|this morning|this afternoon|this evening|tonight|this aft|this lunchtime|right now)\b(?: only)?"),
    ("tomorrow", r"tomorrow(?: morning| afternoon| evening| night| am| pm)?\b"),
    ("yesterday", r"(?:yesterday|last night)(?: morning| afternoon| evening)?\b"),
    (
        "termmonth",
        r"(?:see you(?: all)?(?: again)?(?: back)?(?: in)?|see u in|back(?: in)?|returns? in|until|(?<=[.!?,] )|^) ?(?P<mon>" + _MO + r")\b(?= ?(?:now|then|love|xx?|thanks|thank you|please|i think|for|with|,|\.|!|$))",
    ),
    ("inmonth", r"(?:in|until|of|since|by|end of|start of|beginning of|mid|early|late) (?P<mon>" + _MO + r")\b(?! \d)(?! (?:is|has|was|will|won|can|says|said|had|does|did|needs|got|'s|and|,))"),
    ("ordinal", r"(?:on )?(?:the )?(?P<dom>\d{1,2})th\b(?! (?:of |- )?" + _MO + r")(?! (?:birthday|year|time|lesson|period|form|century|grade|day of|place|floor|appointment|one|round))"),
    ("thenumber", r"(?:(?<=on )|(?<=until )|(?<=from )|(?<=back )|(?<=since )|(?<=to )|(?<=- )|^|(?<=and ))the (?P<dom>\d{1,2})\b(?![./:]\d)(?! (?:of|days?|hours?|weeks?|children|other|am|pm|school|boys|girls|minutes?|year|lads|bus)\b)"),
    ("ordinalword", r"on the (?P<ordword>" + _ORD + r")(?= (?:of|until|to|,|\.|and|-)|$)"),
    ("numberrange", r"(?:(?<=from )|^)(?P<dom>\d{1,2}) (?:-|until|to) (?P<dom2>\d{1,2}) (?:of |in )?(?P<mod>this|next|last) month\b"),
    ("daymonthnum", r"^(?P<dom>\d{1,2}) - (?P<month>\d{1,2})$"),
)  # fmt: skip

#: "Will not be in for the last two days" is about days to come, "was off the last two days" about days gone.
_AHEAD, _BEHIND = (
    re.compile(r"\b(?:will|won|going to|can)\b|'ll\b"),
    re.compile(r"\b(?:was|were|been|had|has|have|did)\b"),
)
_NAMES = [name for name, _ in _FORMS]
_COMPILED = {name: re.compile(rf"(?<![\w/.]){pattern}") for name, pattern in _FORMS}
_GROUPS = re.compile(r"\(\?P<\w+>")
_ALL = re.compile("(?<![\\w/.])(?:" + "|".join(f"(?P<{name}>{_GROUPS.sub('(?:', p)})" for name, p in _FORMS) + ")")
_TRIGGER = re.compile(
    r"\d|day|week|month|night|term|holiday|break|christmas|easter|summer|morrow|morning|afternoon|year|hour|\bsat\b|\bsun\b"
    r"|january|february|march|april|may|june|july|august|september|october|november|december|inset|evening|\bmar\b"
    r"|wc\b|w / c|on the |lunchtime|now"
)


def _safe(year: int, month: int, dom: int) -> date | None:
    try:
        return date(year, month, dom)
    except ValueError:
        return None


def _number(word: str | None, few: int = 3) -> int:
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


class Grammar:
    """The grammar for one day: `today` is the London date of the message, `hour` its hour as a number (8.5 is half past 8)."""

    def __init__(self, today: date, hour: float, calendar: SchoolCalendar | None) -> None:
        self.today, self.hour, self.calendar = today, hour, calendar
        self.week = today - timedelta(days=today.weekday())

    def atoms(self, line: str) -> list[Mention]:
        """Every expression of the line with its days, left to right, not yet joined to ranges."""
        if not _TRIGGER.search(line):
            return []
        found: list[Mention] = []
        at = 0
        while (match := _ALL.search(line, at)) is not None:
            name = match.lastgroup
            # the outer group closes last, so lastgroup is the form
            assert name is not None
            mention = self._first_that_reads(name, line, match.start())
            if mention is None:
                at = match.start() + 1
                while at < len(line) and line[at - 1] != " ":
                    at += 1
            else:
                found.append(mention)
                at = max(mention.end, match.start() + 1)
        return found

    def _first_that_reads(self, name: str, line: str, at: int) -> Mention | None:
        """The form that matched, or, where its resolver declines, the next one that fits at the same place."""
        for form in _NAMES[_NAMES.index(name) :]:
            inner = _COMPILED[form].match(line, at)
            if inner is not None and inner.end() > at:
                maker: Callable[[re.Match[str], str], Mention | None] = getattr(self, "_" + form)
                try:
                    mention = maker(inner, line)
                except CalendarTooShort:
                    continue
                if mention is not None:
                    return mention
        return None

    # ------------------------------------------------------------------ choosing the year, month and week
    def in_year(self, dom: int, month: int, year: int | None = None) -> date | None:
        """The day and month nearest ahead; up to three weeks back counts as this year's."""
        if year is not None:
            return _safe(year + 2000 if year < 100 else year, month, dom)
        for candidate in (self.today.year, self.today.year + 1, self.today.year + 2):
            day = _safe(candidate, month, dom)
            if day is not None and day >= self.today - timedelta(days=21):
                return day
        return None

    def in_month(self, dom: int, past: bool = False) -> date | None:
        """The next "22nd", today included; with `past` the latest one, today included."""
        year, month = self.today.year, self.today.month
        for _ in range(14):
            day = _safe(year, month, dom)
            if day is not None and (day <= self.today if past else day >= self.today):
                return day
            month += -1 if past else 1
            if month in (0, 13):
                year, month = (year - 1, 12) if month == 0 else (year + 1, 1)
        return None

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

    def _month_by(self, modifier: str) -> tuple[int, int]:
        year, month = self.today.year, self.today.month
        if modifier in ("next", "following"):
            return (year + 1, 1) if month == 12 else (year, month + 1)
        if modifier in ("last", "previous"):
            return (year - 1, 12) if month == 1 else (year, month - 1)
        return year, month

    @staticmethod
    def _dom(match: re.Match[str]) -> int | None:
        groups = match.groupdict()
        if groups.get("dom"):
            return int(groups["dom"])
        word = groups.get("ordword")
        if word:
            tens, _, last = word.rpartition(" ")
            return (int(tens) if tens else 0) + _ORDINALS.index(last) + 1
        return None

    @staticmethod
    def _mon(match: re.Match[str]) -> int:
        word = match["mon"]
        return 3 if word == "mar" else MONTHS.index(word) + 1

    @staticmethod
    def _wd(word: str) -> int:
        return next(n for n, name in enumerate(WEEKDAYS) if name.startswith(word))

    def _day(self, match: re.Match[str], day: date | None, form: str, **more: object) -> Mention | None:
        if day is None:
            return None
        mention = Mention(match.start(), match.end(), form, day, day)
        for key, value in more.items():
            setattr(mention, key, value)
        return mention

    def _span(
        self, match: re.Match[str], first: date | None, last: date | None, form: str, **more: object
    ) -> Mention | None:
        if first is None or last is None or last < first:
            return None
        mention = Mention(match.start(), match.end(), form, first, last)
        for key, value in more.items():
            setattr(mention, key, value)
        return mention

    # ------------------------------------------------------------------ absolute days
    def _iso(self, m: re.Match[str], line: str) -> Mention | None:
        return self._day(m, _safe(int(m["year"]), int(m["month"]), int(m["dom"])), "date")

    def _numspan(self, m: re.Match[str], line: str) -> Mention | None:
        if int(m["month"]) > 12 or int(m["dom2"]) > 31 or int(m["dom"]) >= int(m["dom2"]):
            return None
        if not m["year"] and "." in m[0]:
            return None
        year = int(m["year"]) if m["year"] else None
        last = self.in_year(int(m["dom2"]), int(m["month"]), year)
        return self._span(m, last and _safe(last.year, last.month, int(m["dom"])), last, "range")

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
        return self._day(m, self.in_year(dom, month, year), "date", day_of_month=dom, month=month)

    def _dashed(self, m: re.Match[str], line: str) -> Mention | None:
        month = int(m["month"])
        return self._day(m, self.in_year(int(m["dom"]), month, int(m["year"])) if 1 <= month <= 12 else None, "date")

    _spaced = _dashed

    def _monthspan(self, m: re.Match[str], line: str) -> Mention | None:
        first = self.in_year(int(m["dom"]), self._mon(m))
        return self._span(m, first, first and _safe(first.year, first.month, int(m["dom2"])), "range")

    def _spanmonth(self, m: re.Match[str], line: str) -> Mention | None:
        year = int(m["year"]) if m["year"] else None
        last = self.in_year(int(m["dom2"]), self._mon(m), year)
        first = last and _safe(last.year, last.month, int(m["dom"]))
        if first is not None and last is not None and first > last:
            first = (last.replace(day=1) - DAY).replace(day=min(int(m["dom"]), 28))
        if " and " in m[0] and first is not None and last is not None and (last - first).days != 1:
            return None
        return self._span(m, first, last, "range", part="until" if "until" in m[0] else "")

    def _daysofmonth(self, m: re.Match[str], line: str) -> Mention | None:
        """ "16, 17 and 18 December": every day that is named, in rising order."""
        near = self.in_year(int(re.findall(r"\d+", m["doms"])[0]), self._mon(m), int(m["year"]) if m["year"] else None)
        days = [near and _safe(near.year, near.month, int(dom)) for dom in re.findall(r"\d+", m["doms"])]
        if near is None or None in days or days != sorted(days, key=str):
            return None
        return self._span(m, near, days[-1], "list", members=tuple(days))

    def _daymonth(self, m: re.Match[str], line: str) -> Mention | None:
        dom, month = self._dom(m), self._mon(m)
        if dom is None:
            return None
        if m["ordword"] and month == 5 and not m["wd"] and "of" not in m[0]:
            return None
        after = line[m.end() : m.end() + 9]
        if month == 5 and re.match(r" (?:be|not|have|need)\b", after):
            return None
        year = int(m["year"]) if m["year"] else None
        return self._day(m, self.in_year(dom, month, year), "date", day_of_month=dom, month=month, year=year)

    def _monthday(self, m: re.Match[str], line: str) -> Mention | None:
        dom, month = self._dom(m), self._mon(m)
        if dom is None:
            return None
        year = int(m["year"]) if m["year"] else None
        return self._day(m, self.in_year(dom, month, year), "date", day_of_month=dom, month=month, year=year)

    def _ofmonth(self, m: re.Match[str], line: str) -> Mention | None:
        year, month = self._month_by(m["mod"])
        return self._day(m, _safe(year, month, int(m["dom"])), "date")

    def _nthofmonth(self, m: re.Match[str], line: str) -> Mention | None:
        weekday, which = self._wd(m["wd"]), m["ordword"]
        if which == "last" and not (m["mon"] or "month" in m[0]):
            return self._day(m, self.on_weekday(weekday, "last"), "weekday", weekday=weekday, modifier="last")
        if m["mon"]:
            near = self.in_year(1, self._mon(m)) or self.today
            year, month = near.year, near.month
            if month == self.today.month:
                year = self.today.year
        else:
            year, month = self._month_by(m["mod"] or "this")
        if which == "last":
            end = date(year + (month == 12), month % 12 + 1, 1) - DAY
            return self._day(m, end - timedelta(days=(end.weekday() - weekday) % 7), "date")
        first = date(year, month, 1)
        day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * _ORDINALS.index(which))
        return self._day(m, day, "date")

    # ------------------------------------------------------------------ weekdays
    def _dayafternext(self, m: re.Match[str], line: str) -> Mention | None:
        weekday = self._wd(m["wd"])
        return self._day(m, self.on_weekday(weekday) + timedelta(days=7), "weekday", weekday=weekday, modifier="fixed")

    def _weekon(self, m: re.Match[str], line: str) -> Mention | None:
        if m["rel"]:
            base = self.today + (DAY if m["rel"] == "tomorrow" else 0 * DAY)
        else:
            base = self.on_weekday(self._wd(m["wd"]))
            if "next" in m[0] and base > self.week + 6 * DAY:
                base = base - 0 * DAY
        return self._day(m, base + timedelta(days=7 if m["n"] == "week" else 14), "weekday", modifier="fixed")

    def _weekdayweek(self, m: re.Match[str], line: str) -> Mention | None:
        base = (
            self.on_weekday(self._wd(m["wd"])) if m["wd"] else self.today + (DAY if m["rel"] == "tomorrow" else 0 * DAY)
        )
        return self._day(m, base + timedelta(days=7), "weekday", modifier="fixed")

    def _weekdayin(self, m: re.Match[str], line: str) -> Mention | None:
        weekday = self._wd(m["wd"])
        coming = int(self.today.weekday() > 3)
        weekend = int(self.today.weekday() > 4)  # "this week" of a weekend is the one that begins
        weeks = {"next": 1, "last": -1, "the following": 1, "the coming": coming}.get(m["mod"], weekend)
        return self._day(
            m, self.week + timedelta(days=7 * weeks + weekday), "weekday", weekday=weekday, modifier="week" + str(weeks)
        )

    _inweek = _weekdayin

    def _weekdaybehind(self, m: re.Match[str], line: str) -> Mention | None:
        """ "Weds next", "Monday last"."""
        weekday, mod = self._wd(m["wd"]), "next" if m["mod"] == "next" else "last"
        return self._day(m, self.on_weekday(weekday, mod), "weekday", weekday=weekday, modifier=mod)

    def _eachday(self, m: re.Match[str], line: str) -> Mention | None:
        return self._day(m, self.on_weekday(self._wd(m["wd"])), "each", modifier="fixed", sure=0.5)

    def _weekday(self, m: re.Match[str], line: str) -> Mention | None:
        weekday, mods = self._wd(m["wd"]), m["mods"]
        dom = self._dom(m) or (int(m["bare"]) if m["bare"] else None)
        if dom is not None:
            day = self._weekday_and_dom(weekday, dom)
            if day is None or (m["bare"] and (day.weekday() != weekday or not -7 <= (day - self.today).days <= 120)):
                return self._only_weekday(m, weekday, mods)
            return self._day(m, day, "date", weekday=weekday, day_of_month=dom)
        return self._day(m, self.on_weekday(weekday, mods), "weekday", weekday=weekday, modifier=mods.strip())

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
                return day
            day += DAY
        return self.in_month(dom)

    # ------------------------------------------------------------------ weeks
    def _weekcommencing(self, m: re.Match[str], line: str) -> Mention | None:
        return Mention(m.start(), m.end(), "commencing")

    def _weekafternext(self, m: re.Match[str], line: str) -> Mention | None:
        return self._span(m, self.week + 14 * DAY, self.week + 20 * DAY, "week", modifier="next")

    def _week(self, m: re.Match[str], line: str) -> Mention | None:
        part, mod = m["part"] or "", m["mod"] or ""
        if not part and not mod and "for the" in m[0]:
            mod = "the"
        if mod == "a" or (not part and not mod) or (not part and mod == "the" and "for the" not in m[0]):
            return None
        if mod in ("next", "following"):
            monday = self.week + 7 * DAY
        elif mod in ("last", "previous", "past"):
            monday = self.week - 7 * DAY
        elif mod == "coming" or (
            mod in ("this", "the") and self.today.weekday() >= 5 and part not in ("rest", "remainder")
        ):
            monday = self.week + 7 * DAY if self.today.weekday() >= 4 else self.week
        else:
            monday = self.week
        sunday = monday + (4 if re.search("work ?week", m[0]) else 6) * DAY
        found = self._span(m, monday, sunday, "week", modifier=mod or "this", part=part)
        assert found is not None
        if part in ("rest", "remainder"):
            found.first = max(monday, self.today)
        elif part in ("start", "beginning", "early", "earlier"):
            found.last, found.sure = monday + 2 * DAY, 0.6
        elif part in ("middle", "mid"):
            found.first, found.last, found.sure = monday + 2 * DAY, monday + 3 * DAY, 0.5
        elif part in ("end", "back end", "late", "later"):
            found.first, found.sure = monday + 4 * DAY, 0.6
        return found

    def _twoweeks(self, m: re.Match[str], line: str) -> Mention | None:
        """ "Don't expect him this week or next"."""
        return self._span(m, self.week, self.week + 13 * DAY, "week", modifier="this")

    def _nextweekday(self, m: re.Match[str], line: str) -> Mention | None:
        """The nearest day of school before or after today; Monday to Friday where no calendar is known."""
        step = DAY if m["mod"] in ("next", "following") else -DAY
        day = self.today + step
        for _ in range(80):
            if self.calendar.is_school_day(day) if self.calendar is not None else day.weekday() < 5:
                return self._day(m, day, "relative")
            day += step
        return None

    def _weekend(self, m: re.Match[str], line: str) -> Mention | None:
        saturday = self.week + 5 * DAY
        if "next" in m[0]:
            saturday += 7 * DAY
        elif "last" in m[0]:
            saturday -= 7 * DAY
        return self._span(m, saturday, saturday + DAY, "weekend")

    def _firstdays(self, m: re.Match[str], line: str) -> Mention | None:
        monday, n = self.week + (7 * DAY if m["mod"] == "next" else 0 * DAY), int(m["n"])
        if m["which"] == "first":
            return self._span(m, monday, monday + (n - 1) * DAY, "range")
        return self._span(m, monday + (5 - n) * DAY, monday + 4 * DAY, "range")

    # ------------------------------------------------------------------ relative days
    def _today(self, m: re.Match[str], line: str) -> Mention | None:
        part = "am" if "morning" in m[0] else "pm" if "afternoon" in m[0] or "this aft" in m[0] else ""
        if "evening" in m[0] or "tonight" in m[0]:
            part = "evening"
        if "rest of" in m[0] or "only" in m[0]:
            part = "only"
        if m[0] == "right now":
            return None
        return self._day(m, self.today, "today", part=part)

    def _tomorrow(self, m: re.Match[str], line: str) -> Mention | None:
        part = "am" if re.search("morning| am", m[0]) else "pm" if re.search("afternoon| pm", m[0]) else ""
        return self._day(m, self.today + DAY, "tomorrow", part=part)

    def _yesterday(self, m: re.Match[str], line: str) -> Mention | None:
        return self._day(m, self.today - DAY, "yesterday", part="night" if "night" in m[0] else "")

    def _dayaftertomorrow(self, m: re.Match[str], line: str) -> Mention | None:
        return self._day(m, self.today + (1 + _number(m["n"])) * DAY, "relative")

    def _daybeforeyesterday(self, m: re.Match[str], line: str) -> Mention | None:
        return self._day(m, self.today - (1 + _number(m["n"])) * DAY, "relative")

    def _dayafter(self, m: re.Match[str], line: str) -> Mention | None:
        return Mention(m.start(), m.end(), "dayafter")

    def _daybefore(self, m: re.Match[str], line: str) -> Mention | None:
        return Mention(m.start(), m.end(), "daybefore")

    def _beforeafter(self, m: re.Match[str], line: str) -> Mention | None:
        n = _number(m["n"]) * (7 if m["unit"] == "week" else 1) * (-1 if m["side"] == "before" else 1)
        base = {"tomorrow": 1, "yesterday": -1, "day after tomorrow": 2}.get(m["rel"], 0)
        return self._day(m, self.today + (base + n) * DAY, "relative")

    @staticmethod
    def _unit_days(unit: str) -> int:
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
            return self._day(m, self.today - 14 * DAY, "ago")
        return self._day(m, self.today - _number(m["n"]) * self._unit_days(m["unit"]) * DAY, "ago")

    def _inn(self, m: re.Match[str], line: str) -> Mention | None:
        n = _number(m["n"])
        if any(word in m["unit"] for word in ("business", "school", "working")):
            day = self.today
            while n:
                day += DAY
                n -= day.weekday() < 5 and (self.calendar is None or self.calendar.is_school_day(day))
            return self._day(m, day, "relative")
        sure = 0.6 if re.search("few|couple|next", m[0]) else 0.9
        return self._day(m, self.today + n * self._unit_days(m["unit"]) * DAY, "relative", sure=sure)

    _later = _inn

    def _pastn(self, m: re.Match[str], line: str) -> Mention | None:
        n = _number(m["n"], 3) if m["n"] else (2 if "couple" in m[0] else 3)
        days = n * self._unit_days(m["unit"] or m["unit2"])
        if days == n and _AHEAD.search(line) and not _BEHIND.search(line) and (ending := self._term_ending(n)):
            return self._span(m, *ending, "range", sure=0.9)
        return self._span(m, self.today - days * DAY, self.today - DAY, "pastn")

    def _term_ending(self, days: int) -> tuple[date, date] | None:
        """The last days of school before a holiday that is near, where all of them are still ahead."""
        gap = holidays.next_gap(self.calendar, self.today) if self.calendar is not None else None
        if self.calendar is None or gap is None or not self.today < gap.first <= self.today + 21 * DAY:
            return None
        first = last = self.calendar.before(gap.first)
        for _ in range(days - 1):
            first = self.calendar.before(first)
        return (first, last) if first > self.today else None

    def _length(self, m: re.Match[str], line: str) -> Mention | None:
        lead, unit = m["lead"] or "", m["unit"].rstrip("s")
        counted = m["n"] or m["slash"] or m["half"] or (unit == "fortnight" and lead)
        if not counted and (not re.search("another|next few", lead) or unit == "night"):
            return None
        number, sure = _number(m["n"]), 0.93
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
        return mention

    # ------------------------------------------------------------------ the school's own words
    def _gap(self, word: str, when: str = "") -> holidays.Gap | None:
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

    def _holiday(self, m: re.Match[str], line: str) -> Mention | None:
        if m["hol"] in ("term", "break") and not m["when"]:
            return None
        if (
            m["hol"] == "summer"
            and not re.search("holiday|break|hols", m[0])
            and not re.search(r"(?:until|after|before|over|for|the) $", line[: m.start()])
        ):
            return None
        if m["hol"] == "term":
            return None
        gap = self._gap(m["hol"], m["when"] or "")
        return gap and self._span(m, gap.first, gap.last, "holiday")

    def _special(self, m: re.Match[str], line: str) -> Mention | None:
        if self.calendar is None:
            return None
        day = holidays.closed_near(self.calendar, self.today)
        return self._day(m, day, "special")

    def _endof(self, m: re.Match[str], line: str) -> Mention | None:
        if m["hol"] is None or m["part"] in ("rest", "remainder"):
            return self._until_holiday(m)
        if m["hol"] == "month":
            year, month = self._month_by("next")
            return self._day(m, date(year, month, 1) - DAY, "date", sure=0.6)
        gap = self._gap("term" if m["hol"] == "term" else m["hol"])
        if gap is None or self.calendar is None:
            return None
        if "half" in m["hol"]:
            return self._day(m, gap.first - DAY if self.today < gap.first else gap.last, "endterm")
        return self._day(m, self.calendar.before(gap.first), "endterm")

    def _until_holiday(self, m: re.Match[str]) -> Mention | None:
        """ "the rest of term", "until we break up": while a half term comes first, two readings compete."""
        if self.calendar is None or m["hol"] == "month":
            return None
        near = holidays.next_gap(self.calendar, self.today)
        gap = near if m["hol"] is None else self._gap(m["hol"])
        if gap is None:
            return None
        last = self.calendar.before(gap.first)
        if m["hol"] is None:
            return self._day(m, last, "endterm")
        return self._span(m, self.today, last, "range", sure=0.93 if gap == near else 0.6)

    def _startof(self, m: re.Match[str], line: str) -> Mention | None:
        gap = self._gap("term" if m["hol"] == "term" else m["hol"])
        if gap is None or self.calendar is None:
            return None
        if m["hol"] == "term":
            near = holidays.next_gap(self.calendar, self.today)
            gap = near if near is not None and near.first <= self.today else gap
        return self._day(m, gap.last + DAY, "startterm")

    def _termmonth(self, m: re.Match[str], line: str) -> Mention | None:
        """ "See you in January": the first day after the coming holiday, where that lies in the month named."""
        gap = holidays.next_gap(self.calendar, self.today) if self.calendar is not None else None
        if gap is None or gap.first > self.today + 28 * DAY or (gap.last + DAY).month != self._mon(m):
            return None
        if self.today.month == self._mon(m):
            return None
        return Mention(m.start("mon"), m.end(), "startterm", gap.last + DAY, gap.last + DAY)

    def _lastofterm(self, m: re.Match[str], line: str) -> Mention | None:
        gap = self._gap(m["hol"])
        if gap is None or self.calendar is None:
            return None
        last = self.calendar.before(gap.first)
        return self._day(m, last - timedelta(days=(last.weekday() - self._wd(m["wd"])) % 7), "date")

    def _termweek(self, m: re.Match[str], line: str) -> Mention | None:
        if self.calendar is None:
            return None
        hol, which = m["hol"] or "", m["which"]
        week = m["unit"].startswith("week")
        n = _number(m["n"])
        before = "before" in m[0] or "break" in hol
        if which in ("last", "final") and not hol:
            return None
        if which in ("last", "final"):
            gap = self._gap(
                hol if before and "break" not in hol and hol != "term" else "half term" if "half" in hol else "term"
            )
            if gap is None:
                return None
            last = self.calendar.before(gap.first)
            if week:
                first = last - timedelta(days=last.weekday()) - 7 * (n - 1) * DAY
                return self._span(m, first, last, "range")
            first = last
            for _ in range(n - 1):
                first = self.calendar.before(first)
            return self._span(m, first, last, "range")
        if not hol and "back" not in m[0] and "after" not in m[0]:
            return None
        gap = self._gap(
            "half term" if "half" in hol else hol if hol in ("christmas", "easter", "summer") else "holiday"
        )
        if gap is None:
            return None
        first = self.calendar.on_or_after(gap.last)
        if week:
            return self._span(m, first, first - timedelta(days=first.weekday()) + (7 * n - 1) * DAY, "range")
        last = first
        for _ in range(n - 1):
            last = self.calendar.after(last)
        return self._span(m, first, last, "range")

    def _earlyfor(self, m: re.Match[str], line: str) -> Mention | None:
        gap = self._gap("term" if "end of term" in m["hol"] else m["hol"])
        if gap is None or self.calendar is None:
            return None
        last = self.calendar.before(gap.first)
        first = last
        if m["unit"] == "week":
            first = last - timedelta(days=last.weekday()) - 7 * (_number(m["n"]) - 1) * DAY
        else:
            for _ in range(_number(m["n"]) - 1):
                first = self.calendar.before(first)
        return self._span(m, first, last, "range")

    def _weekby(self, m: re.Match[str], line: str) -> Mention | None:
        when = re.search("october|february|feb|may|june|spring|autumn|summer", m[0])
        gap = self._gap("" if "break up" in m["hol"] else m["hol"], when[0] if when and "half" in m["hol"] else "")
        if gap is None or self.calendar is None:
            return None
        if m["side"] == "before":
            last = self.calendar.before(gap.first)
            return self._span(m, last - timedelta(days=last.weekday()), last, "range")
        first = self.calendar.on_or_after(gap.last)
        return self._span(m, first, first + (6 - first.weekday()) * DAY, "range")

    def _daybyhol(self, m: re.Match[str], line: str) -> Mention | None:
        if self.calendar is None:
            return None
        if "bank" in m["hol"] or "inset" in m["hol"]:
            day = holidays.closed_near(self.calendar, self.today)
            if day is None:
                return None
            first = last = day
        else:
            gap = self._gap("half term" if "half" in m["hol"] else "term" if "break up" in m["hol"] else m["hol"])
            if gap is None:
                return None
            first, last = gap.first, gap.last
        if m["wd"] in ("day", "last day"):
            day = self.calendar.before(first) if m["side"] == "before" else self.calendar.after(last)
        else:
            weekday = self._wd(m["wd"])
            day = (
                first - timedelta(days=(first.weekday() - weekday) % 7 or 7)
                if m["side"] == "before"
                else last + timedelta(days=(weekday - last.weekday()) % 7 or 7)
            )
        return self._day(m, day, "date")

    def _inmonth(self, m: re.Match[str], line: str) -> Mention | None:
        if m["mon"] in ("may", "march", "mar") and not m[0].startswith(
            ("in", "until", "end", "start", "beginning", "mid")
        ):
            return None
        first = self.in_year(1, self._mon(m))
        if first is None:
            return None
        if self._mon(m) == self.today.month:
            first = self.today.replace(day=1)
        if m[0].startswith("end"):
            last = (first.replace(day=28) + 5 * DAY).replace(day=1) - DAY
            return self._day(m, last, "month", sure=0.4)
        return self._day(m, first, "month", sure=0.4)

    # ------------------------------------------------------------------ numbers without a month
    def _ordinal(self, m: re.Match[str], line: str) -> Mention | None:
        dom = int(m["dom"])
        return self._day(m, self.in_month(dom) if 1 <= dom <= 31 else None, "ordinal", day_of_month=dom)

    _thenumber = _ordinal

    def _ordinalword(self, m: re.Match[str], line: str) -> Mention | None:
        dom = self._dom(m)
        day = self.in_month(dom) if dom else None
        if day == self.today and dom == 1:
            day = self.in_month(1)
        return self._day(m, day, "ordinal", day_of_month=dom)

    def _numberrange(self, m: re.Match[str], line: str) -> Mention | None:
        year, month = self._month_by(m["mod"])
        return self._span(m, _safe(year, month, int(m["dom"])), _safe(year, month, int(m["dom2"])), "range")

    def _daymonthnum(self, m: re.Match[str], line: str) -> Mention | None:
        if int(m["month"]) > 12:
            return None
        return self._day(m, self.in_year(int(m["dom"]), int(m["month"])), "date")
