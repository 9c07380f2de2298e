"""When, put together: the dates and times of some clauses with their roles, turned to the past where told so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from attendance.calendar import SchoolCalendar
from bot.understanding.dates import DAY, Mention
from bot.understanding.dates.clock import Moment
from bot.understanding.days.asked_of_today import answers_for_today
from bot.understanding.days.school_days import school_day
from bot.understanding.days.wished import is_wished
from bot.understanding.evidence import Reading
from bot.understanding.reasons.why import Why
from bot.understanding.roles import ASKED_ABOUT, Days, Times, read_roles_of_times, roles_of, settle_days
from bot.understanding.values import Message
from bot.understanding.words.normalise import Words
from bot.understanding.words.phrases import Hit

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_PLANNED = frozenset(("C", "C1", "G", "J1", "R", "T", "O", "N"))

#: After this London time a message without a date is about the next school day.
DAY_ENDS = time(15, 30)
_TOLD_PAST = re.compile(
    r"\b(?:was|were|been (?:off|ill|sick|poorly|away|absent|at home|unwell|bad|like)|missed|had|fell|died|passed|last"
    r"|did|went|came|happened"
    r"|slipped|tripped|twisted|sprained|knocked|bumped|landed|played|threw|vomited|started"
    r"|(?<!'s )(?<!is )(?<!has )(?<!have )got|broke|told|rang|saw|spoke|emailed|banged|hurt)\b"
    r"|\b(?:who|which|that|where)(?: (?!is|are|will|has|have|gets?|be|can|would)\w+)?"
    r" (?!need|feed|speed|proceed)\w{3,}ed\b"
)

#: Words of a day gone, where a number alone may as well be a day to come ("got tickets for Friday 5th").
_WAS = re.compile(r"\b(?:was|were|had|missed|been|did)\b")

#: "On Monday she had ...": the day comes first, and the past is told behind it.
_TELLS_PAST = re.compile(r"^(?:morning|afternoon|lunchtime|am|pm| |,|:|-)*(?:\w+ ){0,3}(?:was|were|had|missed)\b")
_OPENS = re.compile(r"^(?:\W|\bsorry\b|\bhi\b|\bhello\b)*(?:on|re|about|regarding|for|so)?\W*$")


def mark_inclusive(line: str, mentions: list[Mention]) -> None:
    for mention in mentions:
        after = line[mention.end : mention.end + 12]
        before = line[max(0, mention.start - 16) : mention.start]
        if after.strip(" (").startswith("incl") or "including" in before or "end of" in before:
            mention.modifier = "inclusive"


_VAGUE = re.compile(
    r"\b(?:next (?:month|term|year)|(?:first|second|third|last|1st|2nd|3rd) (?:full )?(?:week|weeks) (?:of|in) (?:"
    + _MONTHS
    + r")|(?:in|during|sometime in|at the (?:start|end|beginning) of) (?:"
    + _MONTHS
    + r"|the (?:spring|summer|autumn|winter|new year))(?! \d))\b"
)


_PART_BEHIND = re.compile(
    r"^,? ?(?:in the |on the )?(morning|afternoon|(?:am|pm)(?!\w| \d))\b(?! (?:and|off and|until|till|onwards|before))"
)
_PART_BEFORE = re.compile(
    r"\b(?:monday|tuesday|wednesday|thursday|friday) (morning|afternoon),? (?:of |on )?(?:the )?$"
)
_PART_WITHIN = re.compile(r"^(?:monday|tuesday|wednesday|thursday|friday) (morning|afternoon),? \d")
_PART_ALONE = re.compile(r"\b(?:(?:just|only) (?:for |in )?the (?:morning|afternoon)|(?:morning|afternoon) only)\b")


def said_part(seen: Reading, today: date, roles: Sequence[tuple[Mention, str]] | None = None) -> str:
    """am or pm, where the one day to come that a child is away on is named with its morning or afternoon. `roles` are
    the days that are said of this child, where others are told of as well: "Zak Thursday morning, Zara Friday".
    """
    said = seen.days.roles if roles is None else roles
    away = [one for one, role in said if role == "absent" and one.single and one.first and one.first > today]
    if len({mention.first for mention in away}) != 1:
        return ""
    line = seen.words.line
    if roles is None and (alone := _PART_ALONE.search(line)) is not None:
        return "am" if "morning" in alone[0] else "pm"
    for mention in away:
        found = (
            _PART_WITHIN.match(line[mention.start :])  # "Friday afternoon 4th December"
            or _PART_BEHIND.match(line[mention.end : _until_the_next_child(seen, mention, roles is not None)].lstrip())
            or _PART_BEFORE.search(line[: mention.start])
        )
        if found is not None:
            return "am" if found[1] in ("morning", "am") else "pm"
        if mention.form == "tomorrow" and mention.part in ("am", "pm"):
            return mention.part
    return ""


def _until_the_next_child(seen: Reading, mention: Mention, several: bool) -> int:
    """Where the words go on with another child, "and" before its name left out: "Thursday morning and Zara ..."."""
    line, offsets = seen.words.line, seen.words.offsets
    next_one = [offsets[one.first] for one in seen.who.named if offsets[one.first] >= mention.end]
    if not several or not next_one:
        return len(line)
    return len(re.sub(r"(?: and| but| &|,)+ ?$", "", line[: min(next_one)]))


_ONLY_NOW = re.compile(
    r"\b(?:(?:off|absent|away|miss\w*|out|home)(?: \w+)? (?:just|only)(?: for)?"
    r"|(?:just|only)(?: be)? (?:off|absent|away|miss\w*|out|home|staying (?:home|off))(?: school)?(?: for)?) $"
)


def half_of_today(seen: Reading) -> str:
    """am or pm, where it is said that only this half of today is missed: "off just this morning"."""
    line = seen.words.line
    for mention, role in seen.days.roles:
        if role != "absent" or mention.form != "today" or mention.part not in ("am", "pm", "only"):
            continue
        before = line[max(0, mention.start - 40) : mention.start]
        said = line[mention.start : mention.end]
        if _ONLY_NOW.search(before) or (said.endswith(" only") and "today" not in said):
            return "am" if "morning" in said else "pm" if "afternoon" in said else ""
    return ""


def vague_ahead(line: str) -> bool:
    """Whether a month, a season or a term is named for something to come, and no day of it."""
    return _VAGUE.search(line) is not None


def first_day_unsaid(message: Message, now: datetime, calendar: SchoolCalendar) -> date:
    """The first day when no date is said: the day we asked about, today, or the next school day after hours."""
    asked = message.asked
    if (
        asked is not None
        and asked.kind in ("absence", "reason", "child", "return", "confirm")
        and asked.day is not None
        and not (asked.kind in ("absence", "reason") and answers_for_today(message.text, asked.day, now, calendar))
    ):
        return asked.day
    day = now.date()
    if now.time() > DAY_ENDS:
        day += DAY
    return school_day(day, calendar)


def read_when(
    line: str, mentions: list[Mention], moments: list[Moment], words: Words, now: datetime, start: date,
    calendar: SchoolCalendar, why: Why, hits: list[Hit], ranges: list[tuple[int, int]],
    default: str = "absent",
) -> tuple[Days, Times]:  # fmt: skip
    inside = [m for m in mentions if any(a <= words.word_at(m.start) < b for a, b in ranges)]
    if default == "absent" and why.code == "I" and why.certainty >= 0.6:
        default = "illness"
    roles = roles_of(line, inside, now.date(), default)
    _in_named_week(roles)
    turned = [(_turn(mention, role, line, now.date(), _end_before(inside, mention)), role) for mention, role in roles]
    if any(
        mention.last is not None and mention.last < now.date()
        for mention, role in turned
        if role in ("absent", "return")
    ):
        turned = roles_of(line, inside, now.date(), default)
    planned = why.code in _PLANNED
    days = settle_days(turned, now.date(), start, calendar, False, planned)
    late = any(hit.tag == "kind:late" for hit in hits)
    chosen = [m for m in moments if any(a <= words.word_at(m.start) < b for a, b in ranges)]
    times = read_roles_of_times(line, chosen, inside, now.time(), late, now.date())
    return days, times


def _end_before(mentions: list[Mention], mention: Mention) -> int:
    return max((other.end for other in mentions if other.end <= mention.start), default=0)


def _in_named_week(roles: list[tuple[Mention, str]]) -> None:
    """ "away w/c 8th Feb ... she will miss Weds, Thurs and Fri": bare weekdays lie in the week named before."""
    week: Mention | None = None
    for mention, role in list(roles):
        if mention.form == "week" and mention.modifier in ("next", "commencing") and not mention.part:
            week = mention
            continue
        bare = (
            mention.weekday is not None
            and mention.modifier in ("", "the")
            and mention.form in ("weekday", "list", "range")
        )
        if week is None or week.first is None or role != "absent" or not bare:
            continue
        if mention.weekday is not None and mention.first is not None and mention.last is not None:
            shift = week.first + mention.weekday * DAY - mention.first
            mention.first, mention.last = mention.first + shift, mention.last + shift
            mention.members = tuple(day + shift for day in mention.members)
            roles[:] = [(m, "other" if m is week else r) for m, r in roles]


def default_role(message: Message) -> str:
    """A date without any word beside it, in answer to our question about an absence, is when the child is back."""
    asked = message.asked
    if asked is not None and asked.kind == "confirm":
        return "correction"
    return "return" if asked is not None and asked.kind in ("absence", "reason", "return") else "absent"


def _put_behind(mention: Mention, today: date) -> None:
    """ "Had a bug on Tuesday 9th", "was off on 15 December": the latest such day, of the last ten months."""
    for ago in range(300):
        day = today - ago * DAY
        said = (mention.weekday, mention.day_of_month, mention.month)
        if all(one in (None, own) for one, own in zip(said, (day.weekday(), day.day, day.month), strict=True)):
            mention.first = mention.last = day
            return


def _turn(mention: Mention, role: str, line: str, today: date, begins: int) -> Mention:
    """A weekday or a bare number told in the past is the latest one, not the coming one."""
    if role == "lastday" or (mention.weekday is None and mention.day_of_month is None):
        return mention
    if mention.modifier not in ("", "the") or mention.form not in ("weekday", "ordinal", "list", "range", "date"):
        return mention
    if mention.year is not None or (mention.month is not None and mention.form != "date"):
        return mention
    stop = max(line.rfind(mark, 0, mention.start) for mark in (" . ", " ! ", " ? "))
    before = line[max(begins, stop + 3 if stop >= 0 else 0) : mention.start]
    if is_wished(before):
        return mention
    tail = before[-45:].rpartition(" , ")[2]
    behind = line[mention.end : mention.end + 40].split(" . ", maxsplit=1)[0]
    since = role == "since" and "since" in tail[-12:]
    told_behind = _OPENS.search(tail) is not None and _TELLS_PAST.search(behind) is not None
    past = (
        since
        or ASKED_ABOUT.search(tail) is not None
        or (
            (told_behind or _TOLD_PAST.search(tail) is not None)
            and not re.search(r"\b(?:will|would|is going|be out)\b", behind)
        )
    )
    ahead = any(
        f" {word} " in f" {tail} "
        for word in ("back", "see", "will", "until", "next", "return", "booked", "appointment", "brought")
    )
    if not past or (ahead and not since) or mention.first is None or mention.first <= today:
        return mention
    if mention.form == "date":
        if mention.month is not None or _WAS.search(tail) is not None or ASKED_ABOUT.search(tail) is not None:
            _put_behind(mention, today)
    elif mention.weekday is not None and mention.form in ("weekday", "list", "range"):
        shift = 7 * DAY
        mention.first = mention.first - shift
        mention.last = mention.last - shift if mention.last else None
        mention.members = tuple(day - shift for day in mention.members)
    elif mention.day_of_month is not None:
        _put_behind(mention, today)
    return mention
