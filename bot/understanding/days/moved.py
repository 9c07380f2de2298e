"""Moved: in answer to what we read back, another day for the same absence, or one more."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from attendance.absences import APPOINTMENT
from bot.understanding.children.named import ids_of
from bot.understanding.dates import Mention
from bot.understanding.days.school_days import after
from bot.understanding.evidence import Reading
from bot.understanding.judging import Told, sent_on
from bot.understanding.values import Report
from bot.understanding.words.salutation import without_greeting

#: "Not Wednesday, Monday", "instead of the 4th": the day that is taken back.
_DENIED = re.compile(r"\b(?:not|instead of|rather than)(?: (?:on|the|this|for))* ?$")
#: The half of the day is said anew.
_HALVES = re.compile(r"\b(?:morning|afternoon|(?<!\bi )am|pm|lunch|lunchtime|dinner|noon|all|whole)\b")
_ADDED = frozenset("too also both another and plus".split())
_WEEK = timedelta(7)
_DAYS = frozenset(("weekday", "date", "ordinal", "tomorrow", "today", "relative", "list", "range"))


def another_day(told: Told, draft: Report) -> tuple[str, tuple[Report, ...]] | None:
    """ "No, Tuesday not Wednesday": the draft of one day, all else as we read it back."""
    seen, first = told.seen, draft.first_day
    if first is None or not _is_of_one_day(told, draft) or seen.why.code not in (None, draft.code):
        return None
    if seen.times.roles or _HALVES.search(without_greeting(seen.words.line)) is not None:
        return None
    if not set(ids_of(seen.who.named)) <= set(draft.children):
        return None
    days = _days_said(told)
    if days is None:
        return None
    meant, denied = days
    if len(meant) != 1 or not denied <= {first} or not told.calendar.is_school_day(meant[0]):
        return None
    day, behind = meant[0], after(meant[0], told.calendar)
    if seen.signals.has("same") or not _ADDED.isdisjoint(seen.words.texts):
        return _one_more(told, draft, day) if not denied else None
    if day in (first, sent_on(told)) or (not denied and draft.session == "day" and not _plans_a_day(seen, draft)):
        return None
    back = None if draft.return_day is None else day if draft.return_day == first else behind
    return "absence", (replace(draft, first_day=day, return_day=back),)


def _plans_a_day(seen: Reading, draft: Report) -> bool:
    """ "No, the appointment's on Tuesday", of an appointment that may take the whole day: its day, and not its end."""
    return draft.code == APPOINTMENT and not seen.signals.has_any("back", "not_back", "absent")


def another_return(told: Told, draft: Report) -> tuple[Report, ...] | None:
    """ "Not Thursday, Wednesday", where Thursday is the day of return that we read back, or that is recorded."""
    seen = told.seen
    ends = draft.session == "day" and draft.code != APPOINTMENT and draft.return_day not in (None, draft.first_day)
    if not ends or seen.why.code not in (None, draft.code) or seen.times.roles:
        return None
    meant, denied = set[date](), set[date]()
    for mention, role in seen.days.roles:
        no = _DENIED.search(seen.words.line[: mention.start]) is not None
        days = _each(mention, sent_on(told), seen.words.line)
        if mention.form not in _DAYS or not days or role in ("since", "past"):
            return None
        denied |= set(days[:1] if no else ())
        meant |= set(days[1:] if no else days)
    if denied != {draft.return_day} or len(meant) != 1 or not set(ids_of(seen.who.named)) <= set(draft.children):
        return None
    back = meant.pop()
    ahead = draft.first_day is not None and back > draft.first_day and told.calendar.is_school_day(back)
    return (Report(draft.children, return_day=back),) if ahead else None


def _is_of_one_day(told: Told, draft: Report) -> bool:
    assert draft.first_day is not None
    return draft.return_day in (draft.first_day, after(draft.first_day, told.calendar))


def _one_more(told: Told, draft: Report, day: date) -> tuple[str, tuple[Report, ...]] | None:
    """ "Yes, but he's off Thursday as well", where Thursday is the day on which we thought it back."""
    if draft.session != "day" or day != draft.return_day:
        return None
    back = after(day, told.calendar)
    return None if back is None else ("return", (Report(draft.children, return_day=back),))


def _days_said(told: Told) -> tuple[list[date], set[date]] | None:
    """The days that are meant and those taken back; None where a day plays any other part."""
    meant: list[date] = []
    denied: set[date] = set()
    for mention, role in told.seen.days.roles:
        if mention.first is None or mention.form not in _DAYS:
            return None
        no = _DENIED.search(told.seen.words.line[: mention.start]) is not None
        days = _each(mention, sent_on(told), told.seen.words.line)
        if no and days:
            denied.add(days[0])
            meant += days[1:]
        elif role == "absent" and len(days) == 1:
            meant += days
        else:
            return None
    return list(dict.fromkeys(meant)), denied


def _each(mention: Mention, sent: date, line: str) -> list[date]:
    """The days of a mention; "not Wednesday, Monday" is the next Monday, and not the one behind that Wednesday."""
    if mention.form == "range":  # "not the 19th - the 20th"
        dash = " - " in line[mention.start : mention.end] and mention.first is not None and mention.last is not None
        return [mention.first, mention.last] if dash else []  # type: ignore[list-item]
    if mention.form != "list":
        return [mention.first] if mention.single and mention.first is not None else []
    first, *others = mention.members
    if mention.day_of_month is None and mention.month is None:
        others = [day - _WEEK if sent < day - _WEEK != first else day for day in others]
    return [first, *others]
