"""Which day a child's lateness or return is of, where the words say it by the hour in which they were written."""

from __future__ import annotations

import re
from datetime import date

from attendance.calendar import local
from bot.understanding.days.only_better import only_better
from bot.understanding.days.when import DAY_ENDS
from bot.understanding.judging import Told, sent_on
from bot.understanding.learned.days import Chosen

#: With one of these "back" is no day of return.
_NOT_YET = frozenset("not no worse ignore never until when soon once should hope hopefully going to will".split())
#: The day on which a child will be late: "late on Thursday", "tomorrow he will be late".
_DATED = frozenset(("tomorrow", "weekday", "date", "relative"))
_LATE_ON = re.compile(r"\blate(?: in| to school)?(?: on| this| next)? ?$")
_ON_LATE = re.compile(r"^(?: morning)? (?:\w+ ){0,3}late\b")
#: "In 20 minutes", "20 minutes late", "10 minutes": of today.
_FROM_NOW = frozenset(("in", "late", "stretch"))
#: Said in the evening of what is to come, and not of what was.
_TOMORROW = re.compile(r"^(?!.*\b(?:was|were)\b).*\bin the morning\b")
_MORNING = re.compile(r"\b(?:back|in|be there|see you)\b[^.]*\bin the morning\b")
_AROUND = r"(?:(?:hi|yes|sorry|hopefully|thanks|thank you|ta|x+|later|[,.!]) ?)*"
_TODAY = re.compile(rf"{_AROUND}today ?{_AROUND}")


def late_ahead(told: Told, days: Chosen) -> date | None:
    """ "Late tomorrow", and in the evening "late in the morning": the day, where it is not today."""
    sent, line = sent_on(told), told.seen.words.line
    if any(moment.kind in _FROM_NOW for moment, _ in told.seen.times.roles):
        return None
    ahead = told.start > sent  # an evening's message, or one of a weekend
    named = [
        mention.first
        for mention, role in told.seen.days.roles
        if mention.single
        and mention.form in _DATED
        and (
            (ahead and role == "absent")
            or _LATE_ON.search(line[: mention.start])
            or _ON_LATE.match(line[mention.end :])
        )
    ]
    only = named[0] if len(named) == 1 else None
    said = ahead and (days.said_first or _TOMORROW.search(line) is not None)
    first = only if only is not None else days.first if said else None
    return first if first is not None and first > sent and told.calendar.is_school_day(first) else None


def back_now(told: Told) -> date | None:
    """ "Jenna is back", "all better and back today", unasked on the morning or in the middle of a school day: today."""
    seen, now = told.seen, local(told.seen.message.sent_at)
    if _later_today(told):
        return now.date()
    days = [mention.form for mention, _ in seen.days.roles]
    said = ((not days and seen.signals.has("back")) or days == ["today"]) and not only_better(seen)
    school = told.calendar.is_school_day(now.date()) and now.time() <= DAY_ENDS
    if seen.message.asked is not None or not said or not school or not _NOT_YET.isdisjoint(seen.words.texts):
        return None
    return now.date()


def _later_today(told: Told) -> bool:
    """ "This afternoon", "later today I hope", to when the child is back, and nothing that is to be known by then."""
    seen, asked, sent = told.seen, told.seen.message.asked, sent_on(told)
    if asked is None or asked.kind != "return" or [mention.form for mention, _ in seen.days.roles] != ["today"]:
        return False
    mention = seen.days.roles[0][0]
    later = mention.part == "pm" or seen.words.line.startswith("later", mention.start)
    later = later or (_only_today(told) and all(day < sent for day in _began(told)))
    waits = "not" in seen.words.texts or seen.why.code is not None or seen.signals.has("unknown_return")
    return later and not waits and told.calendar.is_school_day(sent) and local(seen.message.sent_at).time() <= DAY_ENDS


def in_the_morning(told: Told, days: Chosen) -> bool:
    """ "Back in the morning", of an evening: of the next school day."""
    sent = local(told.seen.message.sent_at)
    evening = sent.time() > DAY_ENDS and (days.back is None or days.back <= sent.date()) and not told.seen.days.roles
    return evening and _MORNING.search(told.seen.words.line) is not None


def _only_today(told: Told) -> bool:
    """ "Today", "today hopefully": nothing else, of a child that is away since before."""
    return _TODAY.fullmatch(told.seen.words.line.strip()) is not None


def _began(told: Told) -> list[date]:
    asked = told.seen.message.asked
    held = (*told.seen.message.known, *((asked.draft,) if asked is not None and asked.draft is not None else ()))
    return [one.first_day for one in held if one.first_day is not None] or [sent_on(told)]
