"""Days that are over: what is told late of them, and what of it is about today."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from attendance.calendar import SchoolCalendar, local
from bot.understanding.dates import Mention
from bot.understanding.days.school_days import after, on_or_after
from bot.understanding.days.told_late import goes_on_today, told_late
from bot.understanding.evidence import Reading
from bot.understanding.learned.days import Chosen

#: Of a past day that is missed the first are said, and none of the second.
_WAS, _IS = frozenset(("was", "were", "missed", "had")), frozenset("since now still is has are today".split())
#: A day of the month so many days ago is hardly meant of the next month, where that is so far away.
_JUST_GONE, _WEEKS_AWAY = 5, timedelta(weeks=3)
#: Words of what is not over.
_GOES_ON = frozenset("will going keep keeping kept staying stays tomorrow again yet can please".split())
#: Words of the telling and of the register, which say nothing of today.
_BESIDE = re.compile(
    r"\b(?:this|that|which|it) is (?:why|because|about|the reason)\b"
    r"|\b(?:(?:please )?(?:can|could|would|will) (?:you|u|someone|somebody)(?: please)?|please)"
    r" (?:update|change|amend|correct|alter)\b"
)
#: Away since a day, and not only poorly with something since then.
_AWAY_SINCE = re.compile(r"\b(?:been|was|is|off|away|absent) (?:off|away|absent|ill|sick|poorly|unwell)? ?since\b")
#: Today as on the day before.
_AGAIN = re.compile(r"\b(?:again|still|either|too|also|as well)\b")
#: How sure days are that are said so plainly.
_AGREED = 0.9


def _sent_on(seen: Reading) -> date:
    return local(seen.message.sent_at).date()


def past_as_said(seen: Reading, days: Chosen, calendar: SchoolCalendar) -> Chosen:
    """ "Tom was ill on Monday": a past day that is said to be missed is not today, of which nothing is said."""
    ruled = seen.days
    texts, line = _of_the_absence(seen), seen.words.line
    if (late := told_late(seen, _sent_on(seen))) is not None:
        first, back = on_or_after(late[0], calendar), after(late[1], calendar)
        if first is not None and back is not None and first <= late[1]:
            return replace(days, first=first, back=back, first_sure=_AGREED, back_sure=_AGREED, said_first=True)
    if days.back is not None and len(ruled.roles) > 1 and goes_on_today(seen, _sent_on(seen)):
        days = replace(days, back=None, back_sure=0.0)
    over = not _WAS.isdisjoint(texts) and _IS.isdisjoint(texts)
    if over and (gone := _days_gone(seen, calendar)) is not None:
        return replace(days, first=gone[0], back=gone[1], first_sure=_AGREED, back_sure=_AGREED, said_first=True)
    if days.said_first or not (over or _AWAY_SINCE.search(line)):
        return days
    past = ruled.first is not None and ruled.said_first and ruled.first < _sent_on(seen) <= days.first
    if not past or ruled.first is None or not calendar.is_school_day(ruled.first):
        return days
    back = ruled.ret if ruled.ret is not None else days.back
    return replace(days, first=ruled.first, back=back if back is None or back >= ruled.first else None)


def _of_the_absence(seen: Reading) -> set[str]:
    """The words, less those that are about the telling or the register."""
    return set(_BESIDE.sub(" ", seen.words.line).split())


def _days_gone(seen: Reading, calendar: SchoolCalendar) -> tuple[date, date] | None:
    """ "Had a bug on Tuesday 9th", "was off on 15 December": where every day that is said is a date that is over, the
    first of them that was a day of school, and the day of school behind the last."""
    said = [mention for mention, _ in seen.days.roles]
    mentions = _closest(said)
    firsts = [mention.first for mention in mentions if mention.first is not None]
    lasts = [mention.last for mention in mentions if mention.last is not None]
    dated = all(
        mention.form in ("date", "ordinal") or mention.modifier == "week-1" or _long_gone(seen, mention, calendar)
        for mention in mentions
    )
    dated = dated or len(mentions) < len(said)
    goes_on = not _GOES_ON.isdisjoint(_of_the_absence(seen))
    if not firsts or not dated or goes_on or max(lasts) >= _sent_on(seen):
        return None
    first, back = on_or_after(min(firsts), calendar), after(max(lasts), calendar)
    return (first, back) if first is not None and back is not None and first <= max(lasts) else None


def _closest(mentions: list[Mention]) -> list[Mention]:
    """ "Your message of last week: she had a migraine on Thursday": the week says which Thursday, and no more."""
    days = [mention for mention in mentions if mention.form == "weekday" and mention.first is not None]
    return [
        mention for mention in mentions if mention.form != "week" or not any(_holds(mention, one.first) for one in days)
    ]


def _holds(week: Mention, day: date | None) -> bool:
    return None not in (day, week.first, week.last) and week.first <= day <= week.last  # type: ignore[operator]


def _long_gone(seen: Reading, mention: Mention, calendar: SchoolCalendar) -> bool:
    """ "Last Thursday", "last week", a weekday that was over before the last day of school, or was that day and is not
    yesterday: not the night before, which is told of an illness of today, nor in answer to why the child is away today.
    """
    asked, sent = seen.message.asked, _sent_on(seen)
    if mention.form not in ("weekday", "week") or mention.part == "night" or mention.last is None:
        return False
    if asked is not None and asked.day in (None, sent):
        return False
    last_school_day = calendar.before(sent)
    return mention.last < last_school_day or (mention.last == last_school_day < sent - timedelta(days=1))


def today_as_said(seen: Reading, days: Chosen, start: date) -> Chosen:
    """ "She is ill today", where the question that is still open was about yesterday: yesterday stays unexplained."""
    asked, sent = seen.message.asked, _sent_on(seen)
    if asked is None or asked.draft is not None or days.said_first or not days.first == start < sent:
        return days
    if _AGAIN.search(seen.words.line):
        return days
    ruled = seen.days
    on = [mention for mention, role in ruled.roles if role == "absent" and mention.form == "today"]
    before = [mention for mention, _ in ruled.roles if mention.first is not None and mention.first < sent]
    if not on or before:
        return days
    return replace(days, first=sent, said_first=True, back=days.back if days.back is None or days.back > sent else None)


def returns_on_a_day_gone(seen: Reading, days: Chosen, sent: date) -> bool:
    """ "Ill, back on the 14th", written on the 15th: a slip, and no return in a month's time. "Away from 4 May, back on
    the 14th" means the one behind 4 May.
    """
    ahead = days.first > sent and days.back is not None and days.back <= days.first + _WEEKS_AWAY
    if days.back is None or days.back <= sent + _WEEKS_AWAY or ahead:
        return False
    numbers = [
        mention.day_of_month
        for mention, role in seen.days.roles
        if mention.form == "ordinal" and mention.month is None and role in ("return", "until")
    ]
    gone = {(sent - timedelta(days=ago)).day for ago in range(1, _JUST_GONE + 1)}
    return len(numbers) == 1 and numbers[0] in gone
