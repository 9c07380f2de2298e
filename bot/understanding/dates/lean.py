"""Days that lean on another day of the text: "Friday 9 July … we travel Thursday", "to the 13th, the Monday after"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.understanding.dates.base import following, safe
from bot.understanding.dates.grammar import Grammar
from bot.understanding.dates.mention import DAY, Mention

#: A day that is so far ahead, or further, draws bare weekdays and numbers of days to it; nearer ones mean themselves.
_FAR = 8 * DAY
#: A weekday is the one at most so many days behind that day, else the one before it; a number is nearer than so many.
_HALF_WEEK, _MONTH = 3, 24
_AFTER = re.compile(
    r"^ (?:after|following)\b(?: that(?= (?:[.,!?;]|and\b)|$))?"
    r"(?! (?:the|that|my|his|her|their|our|half|easter|christmas|school|a)\b)"
)
_WEEKDAYS = frozenset(("weekday", "list", "range"))
_BACK = re.compile(
    r"\b(?:back|returns?|returning|resumes?|until|home|again|comes?|in on)"
    r"(?: (?:at|to|in|into|on|the|school|class|for))* ?$"
)
#: Letters before a day among which "back at school on the" is looked for.
_NEAR_BY = 60
_UNTIL = re.compile(r"^(?: ,)? (?:but )?(?:not )?(?:until|till|on)(?: the)? ?$")
_NEAR = frozenset(("today", "tomorrow", "yesterday", "week", "ago"))


def lean(line: str, mentions: list[Mention], grammar: Grammar) -> list[Mention]:
    """Move weekdays and numbers of days without a month to the day that the text has named before or beside them."""
    for number, mention in enumerate(mentions):
        before = [other for other in mentions[:number] if other.last is not None]
        if before and (_the_day_after(line, mention, before[-1]) or _in_the_first_week(line, mention, before[-1])):
            continue
        if _into_month(mention, before, grammar.today):
            continue
        if (ahead := _latest_ahead(before, grammar.today)) is not None:
            if _names_today(mention, grammar.today):
                _put(mention, grammar.today + 7 * DAY, grammar.today)
            elif mention.day_of_month is not None and _is_back_by_number(line, mention, grammar.today, ahead):
                _put(mention, following(mention.day_of_month, ahead + DAY), grammar.today)
        anchor, behind = _anchor(line, mentions, mention, grammar.today)
        if anchor is None:
            continue
        if mention.form in _WEEKDAYS and mention.modifier in ("", "the") and mention.weekday is not None:
            if mention.month is None and mention.day_of_month is None and _within_week(mention):
                back = behind and _is_back(line, mention)
                _put(
                    mention,
                    _next_weekday(mention, anchor) if back else _nearest_weekday(mention, anchor),
                    grammar.today,
                )
        elif mention.form == "ordinal" and mention.day_of_month is not None:
            _put(mention, _nearest_number(mention.day_of_month, anchor, behind), grammar.today)
        elif _is_weekday_and_number(mention):
            _put(mention, _next_of_both(mention, anchor), grammar.today)
    return mentions


def _into_month(mention: Mention, before: Sequence[Mention], today: date) -> bool:
    """ "In July, from the 12th to the 16th": numbers of days lie in the month that was named before them."""
    months = [
        other.first for other in before if other.form == "month" and other.modifier != "end" and other.first is not None
    ]
    if not months or mention.month is not None or mention.day_of_month is None or mention.first is None:
        return False
    if mention.form not in ("ordinal", "range", "list") or mention.first.month == months[-1].month:
        return False
    day = safe(months[-1].year, months[-1].month, mention.day_of_month)
    if day is None or day < today:
        return False
    _put(mention, day, today)
    return True


def _within_week(mention: Mention) -> bool:
    """Whether only weekdays are joined here: a range to a day that is far ends where that says."""
    return mention.first is not None and mention.last is not None and mention.last - mention.first < 7 * DAY


def _names_today(mention: Mention, today: date) -> bool:
    return mention.form == "weekday" and mention.modifier == "" and mention.first == today


def _is_back_by_number(line: str, mention: Mention, today: date, ahead: date) -> bool:
    """ "Off from the 27th, back on the 9th": who is back has been away before."""
    said = mention.first == today or _says_back(line, mention)
    return mention.form == "ordinal" and said and mention.first is not None and mention.first < ahead


def _latest_ahead(before: Sequence[Mention], today: date) -> date | None:
    """ "Ends Sunday, travels Monday, so Tuesday": the last of the days to come; after it a weekday is not today."""
    return max((other.first for other in before if other.first is not None and other.first > today), default=None)


def _the_day_after(line: str, mention: Mention, before: Mention) -> bool:
    """ "until the 13th, so the Monday after": the first such day after the last one that was named."""
    following = mention.modifier == "the" and _AFTER.match(line[mention.end : mention.end + 20])
    if mention.form != "weekday" or mention.weekday is None or before.last is None or not following:
        return False
    day = before.last + timedelta(days=(mention.weekday - before.last.weekday() - 1) % 7 + 1)
    mention.first = mention.last = day
    mention.modifier = "fixed"
    return True


def _in_the_first_week(line: str, mention: Mention, before: Mention) -> bool:
    """ "Not back after half term until the Wednesday": of the week in which school starts."""
    holiday = before.form == "holiday" and line[: before.start].endswith(("after ", "after the "))
    if mention.form != "weekday" or mention.modifier not in ("", "the") or mention.weekday is None or not holiday:
        return False
    if before.last is None or not _UNTIL.match(line[before.end : mention.start]):
        return False
    mention.first = mention.last = _next_weekday(mention, before.last)
    mention.modifier = "fixed"
    return True


def _anchor(line: str, mentions: Sequence[Mention], mention: Mention, today: date) -> tuple[date | None, bool]:
    """The one day far ahead that the text names with its month, where it names no day that is near.

    And whether it is named first, so that this mention is rather behind it than ahead of it. A day of return draws
    nothing that is said before it: "away from Thursday, back on 21 September".
    """
    if any(other.form in _NEAR for other in mentions):
        return None, False
    numbered, weekdays = mention.form == "ordinal", mention.form in _WEEKDAYS
    dated = [
        other
        for other in mentions
        if other is not mention
        and (other.single or (numbered and other.form == "range" and other.end <= mention.start))
        and (
            other.month is not None
            or _is_weekday_and_number(other)
            or (weekdays and (other.form == "ordinal" or other.modifier == "fixed"))
        )
        and (other.end <= mention.start or not _says_back(line, other))
    ]
    days = {other.first for other in dated if other.first is not None}
    earlier = [other.last for other in dated if other.last is not None and other.end <= mention.start]
    if not days or min(days) < today + _FAR:
        return None, False
    return (earlier[-1], True) if earlier else (min(days), False)


def _is_back(line: str, mention: Mention) -> bool:
    """ "Monday back", "back Monday": what is said behind the day of an event is behind it in time as well."""
    said = line[mention.end :].startswith((" back", " return")) or _says_back(line, mention)
    return mention.single and said


def _says_back(line: str, mention: Mention) -> bool:
    return _BACK.search(line[max(0, mention.start - _NEAR_BY) : mention.start]) is not None


def _next_weekday(mention: Mention, anchor: date) -> date:
    assert mention.weekday is not None
    return anchor + timedelta(days=(mention.weekday - anchor.weekday() - 1) % 7 + 1)


def _nearest_weekday(mention: Mention, anchor: date) -> date:
    """Within the half week before the anchor or after it; of several weekdays, so that the anchor is one of them."""
    assert mention.weekday is not None
    assert mention.first is not None
    assert mention.last is not None
    back = (anchor.weekday() - mention.weekday) % 7
    if anchor - back * DAY + (mention.last - mention.first) >= anchor or 7 - back > _HALF_WEEK:
        return anchor - back * DAY
    return anchor + (7 - back) * DAY


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
    """Let the mention begin on that day, as long as it was."""
    if day is None or day < today or mention.first is None or mention.last is None:
        return
    moved = day - mention.first
    if moved:
        mention.plain, mention.first, mention.last = mention.first, day, mention.last + moved
        mention.members = tuple(member + moved for member in mention.members)
