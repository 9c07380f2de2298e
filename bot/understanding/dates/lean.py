"""Days that lean on another day of the text: "Friday 9 July … we travel Thursday", "to the 13th, the Monday after"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.understanding.dates.grammar import Grammar
from bot.understanding.dates.mention import DAY, Mention

#: A day that is further ahead than this draws bare weekdays and numbers of days to it; nearer ones mean themselves.
_FAR = 8 * DAY
#: A weekday is the one at most so many days behind that day, else the one before it; a number is nearer than so many.
_HALF_WEEK, _MONTH = 3, 24
_AFTER = re.compile(r"^ (?:after|following)\b(?! (?:the|that|my|his|her|their|our|half|easter|christmas|school|a)\b)")
_NEAR = frozenset(("today", "tomorrow", "yesterday", "week", "ago"))


def lean(line: str, mentions: list[Mention], grammar: Grammar) -> list[Mention]:
    """Move weekdays and numbers of days without a month to the day that the text has named before or beside them."""
    for number, mention in enumerate(mentions):
        before = [other for other in mentions[:number] if other.last is not None]
        if before and _the_day_after(line, mention, before[-1]):
            continue
        if _names_today(mention, grammar.today) and any(_ahead(other, grammar.today) for other in before):
            _put(mention, grammar.today + 7 * DAY, grammar.today)
        anchor, behind = _anchor(mentions, mention, grammar.today)
        if anchor is None:
            continue
        if mention.form == "weekday" and mention.modifier in ("", "the") and mention.weekday is not None:
            _put(mention, _nearest_weekday(mention.weekday, anchor), grammar.today)
        elif mention.form == "ordinal" and mention.day_of_month is not None:
            _put(mention, _nearest_number(mention.day_of_month, anchor, behind), grammar.today)
        elif _is_weekday_and_number(mention):
            _put(mention, _next_of_both(mention, anchor), grammar.today)
    return mentions


def _names_today(mention: Mention, today: date) -> bool:
    return mention.form == "weekday" and mention.modifier == "" and mention.first == today


def _ahead(mention: Mention, today: date) -> bool:
    """ "Ends Sunday, travels Monday, so Tuesday": after days to come a weekday is not today."""
    return mention.first is not None and mention.first > today


def _the_day_after(line: str, mention: Mention, before: Mention) -> bool:
    """ "until the 13th, so the Monday after": the first such day after the last one that was named."""
    following = mention.modifier == "the" and _AFTER.match(line[mention.end : mention.end + 20])
    if mention.form != "weekday" or mention.weekday is None or before.last is None or not following:
        return False
    day = before.last + timedelta(days=(mention.weekday - before.last.weekday() - 1) % 7 + 1)
    mention.first = mention.last = day
    mention.modifier = "fixed"
    return True


def _anchor(mentions: Sequence[Mention], mention: Mention, today: date) -> tuple[date | None, bool]:
    """The one day far ahead that the text names with its month, where it names no day that is near.

    And whether it is named first, so that this mention is rather behind it than ahead of it.
    """
    if any(other.form in _NEAR for other in mentions):
        return None, False
    dated = [
        other
        for other in mentions
        if other is not mention and other.single and (other.month is not None or _is_weekday_and_number(other))
    ]
    days = {other.first for other in dated if other.first is not None}
    earlier = [other.first for other in dated if other.first is not None and other.end <= mention.start]
    if not days or min(days) <= today + _FAR:
        return None, False
    return (earlier[-1], True) if earlier else (min(days), False)


def _nearest_weekday(weekday: int, anchor: date) -> date:
    """Within the half week before the anchor or after it."""
    ahead = (weekday - anchor.weekday()) % 7
    return anchor + timedelta(days=ahead if ahead <= _HALF_WEEK else ahead - 7)


def _nearest_number(dom: int, anchor: date, later: bool) -> date | None:
    """Rather later than the anchor where the text names that first, rather earlier where it names that afterwards."""
    on = DAY if later else -DAY
    for distance in range(_MONTH):
        for day in (anchor + distance * on, anchor - (distance // 2) * on):
            if day.day == dom:
                return day
    return None


def _is_weekday_and_number(mention: Mention) -> bool:
    """ "Monday 22nd", without a month."""
    return mention.form == "date" and mention.month is None and None not in (mention.weekday, mention.day_of_month)


def _next_of_both(mention: Mention, anchor: date) -> date | None:
    """The first day from the anchor on that is both, within six weeks; the text may have named it before."""
    days = (anchor + n * DAY for n in range(-7, 43))
    return next((day for day in days if (day.weekday(), day.day) == (mention.weekday, mention.day_of_month)), None)


def _put(mention: Mention, day: date | None, today: date) -> None:
    if day is not None and day >= today:
        mention.first = mention.last = day
