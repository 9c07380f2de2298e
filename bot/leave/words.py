"""Words about leave that the reader does not look for: they count only where a request, or a plan, is known.

Each pattern is asked about a text beside what is on record for the writer's own children, never alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from attendance.calendar import Half, SchoolCalendar
from bot.understanding.dates.holidays import next_gap

_ASKS = re.compile(
    r"\bleave\b|\btime off\b|\b(?:off|out of|from) school\b|\bholiday\b|\babsence\b|\brequest\b"
    r"|\b(?:take|taking|have) (?:him|her|them|\w+) out\b|\bgoing away\b|\baway from\b",
    re.IGNORECASE,
)
_WITHDRAWS = re.compile(
    r"\b(?:withdraw|cancel|scrap|drop|forget|ignore)\w*\b.{0,40}"
    r"\b(?:leave|request|holiday|trip|application|time off|wedding)\b"
    r"|\b(?:withdraw|cancel|scrap|forget|ignore) (?:it|that|this)\b"
    r"|\b(?:no longer|not|n't|don't|dont|wont|won't)\b.{0,12}\b(?:need|going|go|travel\w*|want)\b.{0,40}"
    r"\b(?:any ?more|after all|leave|time off|now)\b"
    r"|\b(?:trip|holiday|wedding|leave|flights?)\b.{0,25}"
    r"\b(?:is|are|was|has been|been|got|'s) (?:off|cancelled|canceled|called off)\b",
    re.IGNORECASE,
)
_LATE_BACK = re.compile(
    r"\b(?:flight|plane|ferry|train|boat|coach|eurotunnel)s?\b.{0,40}"
    r"\b(?:delay\w*|cancel\w*|missed|moved|changed|late)\b"
    r"|\b(?:delay\w*|stuck|stranded|missed)\b.{0,30}"
    r"\b(?:flight|plane|ferry|train|boat|abroad|airport|here|there|in)\b"
    r"|\b(?:can'?t|cannot|unable to|couldn'?t) (?:get|come|fly|travel) (?:back|home)\b"
    r"|\b(?:stay|staying|need)\w* (?:a (?:few|couple of) (?:more )?days|longer|another|until)\b|\bextend\w*\b",
    re.IGNORECASE,
)
_OBJECTS = re.compile(
    r"\b(?:do(?:n'?t| not)|did(?:n'?t| not)|does(?:n'?t| not)|never|not) "
    r"(?:agree|agreed|consent\w*|allow|give (?:my )?(?:consent|permission))\b"
    r"|\bobject(?:s|ed|ion)?\b|\bcourt order\b|\bprohibited steps\b"
    r"|\bwithout my (?:consent|permission|agreement|knowledge)\b|\bno (?:consent|permission) (?:from me|to)\b"
    r"|\bnot (?:allowed|permitted) to (?:go|travel|take)\b"
    r"|\bdo(?:n'?t| not) want (?:him|her|them|\w+) (?:to go|going|taken|travelling)\b",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"\b(?:change|changed|move|moved|instead|actually|meant|correction|rather than|not the|different dates?|new dates?"
    r"|make (?:it|that|them))\b",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(r"\bauthori[sz]\w*|\bleave\b|\bagree\w*\b|\bapprov\w*\b|\bcount\w* as\b", re.IGNORECASE)
_FORM = re.compile(
    r"\b(?:form|link|apply|application)\b.{0,40}\b(?:leave|holiday|time off|absence)\b"
    r"|\b(?:leave|holiday|time off|absence)\b.{0,30}\b(?:form|link|application)\b|^\W*leave\W*$",
    re.IGNORECASE | re.DOTALL,
)
_TODAY = re.compile(
    r"\b(?:today|this morning|tonight|now)\b|\b(?:ill|sick|poorly|unwell|temperature|fever|cold|cough\w*|vomit\w*|"
    r"dentist|doctor'?s?|gp|hospital|appointment|headache|bug|rash)\b|\bnot (?:well|coming|in)\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:today|this morning|tonight|right now|not coming in|(?:not|won'?t) be(?:ing)? in)\b", re.IGNORECASE
)
_ASKS_OFF = re.compile(
    r"\b(?:could|can|may|might|(?:would|is) it (?:be )?(?:ok|okay|alright|all right|possible))\b.{0,60}?"
    r"\b(?:(?:have|be|get|give|given|take|taking|allow\w*)\b.{0,80}\boff\b"
    r"|(?:take|taking|have) .{1,40}?\bout of school\b)",
    re.IGNORECASE | re.DOTALL,
)
_LATE_TODAY = re.compile(
    r"\b(?:running late|be late|late (?:today|this morning)|overslept|on (?:his|her|their|our|the) way"
    r"|stuck in traffic)\b",
    re.IGNORECASE,
)
_HOLIDAY = re.compile(r"\b(?:holiday|vacation|city break|cruise)s?\b", re.IGNORECASE)
_COMES_LATE = re.compile(
    r"\b(?:late|later|delay\w*|traffic|overslept|slept in|running|bus|minutes?|mins?|on (?:his|her|their|the|our) way"
    r"|stuck|broke(?:n)? down|flat tyre|missed|today|this morning|now|be (?:there|in))\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"\bhttps?://\S+", re.IGNORECASE)
_POLITE = re.compile(
    r"(?:\W|\b(?:ok|okay|k|thanks?|thank you|thx|ta|cheers|great|lovely|brilliant|perfect|will do|no problem|hi|hello"
    r"|good|morning|afternoon|evening|so much|very much|again|for letting (?:me|us) know|x+)\b)*",
    re.IGNORECASE,
)
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
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|satur|sat|sun)(?:day)?,? )?(?:the )?"
_JOIN = r"\s*(?:,|and|to|until|till|til|through|-|–|&|up to)(?: and including)?\s*"
_SPAN = re.compile(rf"{_DAY}{_JOIN}{_WEEKDAY}{_DAY}", re.IGNORECASE)
_LIST = re.compile(rf"((?:\b{_WEEKDAY}\d{{1,2}}(?:st|nd|rd|th)?{_JOIN})*){_WEEKDAY}\b{_DAY}", re.IGNORECASE)
_WEEK_OF = re.compile(rf"\b(?:week (?:of|commencing|beginning|starting)|w/?c\b)[ :]*{_WEEKDAY}{_DAY}", re.IGNORECASE)
_LAST_WEEK = re.compile(r"\blast week (?:of|before) (?:the |this )?(?:end of )?(?:half[ -]?)?term\b", re.IGNORECASE)
_HALF = re.compile(
    r"\b(?:morning|afternoon) of\b|\b(?:morning|afternoon) only\b"
    r"|\b(?:only|just|for) (?:in |for )?(?:the |one )?(?:morning|afternoon)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,2}")
_BACK = re.compile(r"\b(?:back|return\w*)\b.*", re.IGNORECASE | re.DOTALL)
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


def asks_for_leave(text: str) -> bool:
    """The words are about being away from school with leave."""
    return _ASKS.search(text) is not None


def only_polite(text: str) -> bool:
    """Thanks, a greeting or an emoji, and no word of anything else."""
    return _POLITE.fullmatch(text) is not None


def withdraws(text: str) -> bool:
    """The family does not go, or takes the request back."""
    return _WITHDRAWS.search(text) is not None


def late_back(text: str) -> bool:
    """A flight is delayed, or the stay gets longer."""
    return _LATE_BACK.search(text) is not None


def objects(text: str) -> bool:
    """Somebody does not agree that the child goes, or names a court order."""
    return _OBJECTS.search(text) is not None


def changes(text: str) -> bool:
    """The words put something in the place of something else."""
    return _CHANGES.search(text) is not None


def asks_afterwards(text: str) -> bool:
    """The words want an absence that is over to be authorised."""
    return _AFTERWARDS.search(text) is not None


def wants_the_form(text: str) -> bool:
    """The writer asks how, or for the form: "leave form please", or the one word LEAVE."""
    return _FORM.search(text) is not None


def is_of_today(text: str) -> bool:
    """The words report somebody ill or away now, in so many words: an address can read like anything."""
    return _TODAY.search(text) is not None


def is_now(text: str) -> bool:
    """The words say today, this morning: no illness alone."""
    return _NOW.search(text) is not None


def asks_off(text: str) -> bool:
    """A question whether somebody may be away: "could they have ... off", "can I take them out of school"."""
    return _ASKS_OFF.search(text) is not None


def late_today(text: str) -> bool:
    """A child who is on the way this morning, in so many words; "back late" and "by bus" are none."""
    return _LATE_TODAY.search(text) is not None


def is_holiday(text: str) -> bool:
    """The words name a holiday as the reason."""
    return _HOLIDAY.search(text) is not None


def comes_late(text: str) -> bool:
    """The words are of a child who is on the way: beside our question, nothing less is taken for that."""
    return _COMES_LATE.search(text) is not None


def has_link(text: str) -> bool:
    """A link came with the words."""
    return _LINK.search(text) is not None


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
