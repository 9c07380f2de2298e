"""Days behind a day that is named: "the day after", "and the next two days", "the week after"."""

# ruff: noqa: E501 - a few regular expressions are longer than a line.

from __future__ import annotations

import re
from datetime import date

from bot.understanding.dates.grammar import Grammar
from bot.understanding.dates.mention import DAY, Mention

#: Forms of one day.
SINGLE = frozenset(("date", "weekday", "ordinal", "today", "tomorrow", "yesterday", "relative"))
#: What stands between a day and the days behind it, and words that say that they are behind it.
_AND_THEN = re.compile(
    r"^ ?,? ?(?:and|or|nor|plus|\+)(?: (?:also|then|probably|possibly|maybe|likely|perhaps))?(?: for)?(?: the following)? $"
)
_BEHIND_IT = re.compile(r"\b(?:next|following) ")
_AFTER_IT = re.compile(r"^ (?:after|following)(?: (?:that|this))?(?= (?:[.,!?;]|with|because|as|due|he|she|they)|$)")


def day_after(previous: Mention | None, atom: Mention, grammar: Grammar) -> Mention | None:
    base = previous.last if previous is not None and previous.last is not None else None
    if base is None:
        base = grammar.today
    day = base + (DAY if atom.form == "dayafter" else -DAY)
    if grammar.calendar is not None and atom.form == "dayafter":
        while not grammar.calendar.is_school_day(day) and day < grammar.calendar.last_day:
            day += DAY
    return Mention(atom.start, atom.end, "relative", day, day, sure=0.85, modifier="after")


def and_those_behind(line: str, previous: Mention, atom: Mention, grammar: Grammar) -> bool:
    """ "Today or the next two days", "tomorrow and the two days after": the day, and as many days of school behind it."""
    if atom.form != "length" or not atom.days or atom.unit not in ("day", "school day") or atom.days > 5:
        return False
    if previous.form not in SINGLE or not previous.single or previous.last is None or previous.last < grammar.today:
        return False
    if not _AND_THEN.match(line[previous.end : atom.start]):
        return False
    after_it = _AFTER_IT.match(line[atom.end :])
    if after_it is None and not _BEHIND_IT.search(line[previous.end : atom.end]):
        return False
    last = previous.last
    for _ in range(atom.days):
        last += DAY
        while not is_school_day(last, grammar):
            last += DAY
    previous.last, previous.form, previous.sure = last, "range", min(previous.sure, atom.sure)
    previous.end = atom.end + (after_it.end() if after_it is not None else 0)
    return True


def week_after(previous: Mention | None, atom: Mention, grammar: Grammar) -> list[Mention]:
    """ "Not back on Monday, they say the week after": seven days behind the day or the week that was named."""
    if previous is None or previous.first is None or previous.first <= grammar.today:
        return []
    day = previous.first + 7 * DAY
    return [Mention(atom.start, atom.end, "relative", day, day, sure=0.9, modifier="after")]


def is_school_day(day: date, grammar: Grammar) -> bool:
    if grammar.calendar is None or day >= grammar.calendar.last_day:
        return day.weekday() < 5
    return grammar.calendar.is_school_day(day)
