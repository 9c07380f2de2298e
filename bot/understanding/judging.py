"""What is judged of a group of children: kind, reason, days, times and half of the day, from all layers together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from attendance.absences import APPOINTMENT
from attendance.calendar import SchoolCalendar, local
from attendance.policy.certainty import AskBelow
from bot.understanding.children.clauses import Clause
from bot.understanding.children.groups import Group
from bot.understanding.children.names import sex
from bot.understanding.dates import Mention
from bot.understanding.dates.clock import Moment
from bot.understanding.days.as_said import (
    after_the_holiday,
    after_tomorrows,
    counted_to_the_return,
    finishing,
    from_the_start,
    only_away_then,
    only_late_then,
    only_off_for_the_afternoon_then,
    returns_on_another_day,
    weeks_counted,
)
from bot.understanding.days.days_gone import past_as_said, returns_on_a_day_gone, today_as_said
from bot.understanding.days.denied import not_back_then
from bot.understanding.days.either_way import is_said_either_way
from bot.understanding.days.half_attended import comes_for_the_morning, goes_home_again
from bot.understanding.days.hours_begun import counted_from_the_illness
from bot.understanding.days.school_days import after, on_or_after
from bot.understanding.days.session import AT_NOON, half_not_kept, leaves_for_good, misses_the_afternoon
from bot.understanding.days.told_late import ill_before_too
from bot.understanding.days.when import half_of_today, said_part
from bot.understanding.days.whole_day import goes_home_afterwards, half_of_an_event, takes_all_day, takes_the_day
from bot.understanding.days.wished import as_wished
from bot.understanding.evidence import Reading
from bot.understanding.learned.days import Chosen, setting_of, weigh_days
from bot.understanding.learned.features import of_part
from bot.understanding.learned.halves import PartDay, weigh_half
from bot.understanding.learned.messages import Judged, judge_message
from bot.understanding.learned.times import Clock, weigh_times
from bot.understanding.network.consulting import consult
from bot.understanding.network.opinion import Opinion
from bot.understanding.reasons.held import says_nothing_new
from bot.understanding.reasons.likeliest import code_of
from bot.understanding.reasons.why import Why, read_why
from bot.understanding.roles import Days, settle_days
from bot.understanding.values import Part, Report

_JUST_TODAY = re.compile(
    r"\b(?:just|only)(?: be)?(?: off| away| absent| out| home| ill)?(?: for)? today\b"
    r"(?! (?:and|or|found|i|he|she|did)\b)|\btoday only\b"
)
#: How sure a first day is that rules and weights find alike.
_AGREED = 0.9
#: Who falls ill in the morning, or flies in the morning, is away the whole day.
_BY_THE_DAY = frozenset(("I", "G", "T"))
_SETS_OFF = re.compile(
    r"\b(?:fly|flying|flights?|travel\w*|driv(?:e|ing)|set(?:ting)? off|leav(?:e|ing)|depart\w*|going away)\b"
    r"(?: \w+){0,6} morning\b"
)
#: A half of the day that the rules find as well is so many times likelier.
_RULED = 2.5
#: Between a child's name and the day on which it is back.
_BACK_ON = re.compile(
    r"^(?: (?:is|'s|will|should|can|be|to|hopefully|comes|coming|returns|returning|back|in|on|for|school))+ $"
)
_NOON = time(12)


@dataclass(frozen=True, slots=True)
class Told:
    """One message with everything that its reports are read from. `start` is the first day when none is said."""

    seen: Reading
    tokens: Sequence[str]
    judged: Judged
    clauses: list[Clause]
    start: date
    calendar: SchoolCalendar
    ask_below: AskBelow


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is judged of the words about one group of children."""

    judged: Judged
    why: Why
    days: Chosen
    clock: Clock
    half: str


def judge(told: Told, group: Group, intent: str, several: bool) -> Judgement:
    seen, tokens, judged, why = told.seen, told.tokens, told.judged, told.seen.why
    ruled, moments, start = seen.days, list(seen.times.roles), told.start
    if several:
        start = _start_of(told, group.children)
        inside = {number for first, until in group.parts for number in range(first, until)}
        tokens = [token if number in inside else "" for number, token in enumerate(told.tokens)]
        hits = [hit for hit in seen.hits if hit.first in inside]
        why = read_why(seen.words, seen.who, seen.hits, group.parts, _not_of(seen, group.children))
        roles = [row for row in seen.days.roles if seen.words.word_at(row[0].start) in inside]
        ruled = settle_days(roles, sent_on(told), start, told.calendar, False, False)
        moments = [row for row in moments if seen.words.word_at(row[0].start) in inside]
        seen = replace(seen, opinion=seen.opinion and consult(seen, told.calendar, inside))
        judged = judge_message(of_part(seen, tokens, why, hits, told.calendar), opinion=seen.opinion)
    if not several and len(own := _without_returns_of_others(told, group.children)) < len(ruled.roles):
        ruled = settle_days(own, sent_on(told), start, told.calendar, False, False)
    code = code_of(judged, why, seen)
    setting = setting_of(seen, ruled, start, told.calendar, group.children)
    days = weigh_days(seen, tokens, setting, intent, code, told.calendar)
    clock = weigh_times(seen, tokens, moments, intent, told.calendar)
    own_days = ruled.roles if several else None
    days, half = _with_half(told, tokens, moments, days, clock, code, seen.opinion, own_days)
    days = weeks_counted(ruled.roles, seen.words.line, ruled, days, told.calendar)
    days = counted_to_the_return(ruled.roles, seen.words.line, ruled, days)
    days = from_the_start(ruled.roles, ruled, days, told.calendar)
    days = returns_on_another_day(seen, ruled, after_the_holiday(ruled.roles, ruled, days), code)
    if intent == "absence":
        finish = finishing(ruled.roles, seen.words.line, moments, days, code, clock, told.calendar)
        if finish is not None:
            days, half = finish.days, "pm" if finish.at_noon else half
            clock = replace(clock, leaves=finish.leaves)
    if not several and intent == "absence" and (later := after_tomorrows(seen, days, clock, told.calendar)) is not None:
        days, half = later, "day"
    if not several:
        as_said = today_as_said(told.seen, past_as_said(told.seen, days, told.calendar), told.start)
        days = as_wished(told.seen, only_away_then(seen, as_said, code, told.calendar), told.calendar)
        days = only_late_then(seen, days, code, clock, told.calendar)
        days = only_off_for_the_afternoon_then(seen, days, told.calendar)
    if days.back is None and says_nothing_new(seen, why) and setting.draft_back is not None:
        days = replace(days, back=setting.draft_back, back_sure=_AGREED)
    if (days.back is None or _takes_back(told, days)) and _just_today(told, ruled, days):
        days = replace(days, back=after(days.first, told.calendar), back_sure=_AGREED, said_back=True)
    if intent == "absence" and returns_on_a_day_gone(seen, days, sent_on(told)):
        days = days.open_ended()
    if intent in ("absence", "return") and is_said_either_way(seen):
        ill_now = code == "I" and days.first > start == sent_on(told)
        days = replace(days, first=start if ill_now else days.first).open_ended()
    if intent in ("absence", "return") and (then := not_back_then(seen, days.back, told.calendar)) != days.back:
        days = replace(days, back=then, back_sure=_AGREED if then else 0.0)
    if intent in ("absence", "return") and (then := counted_from_the_illness(seen, days.back)) != days.back:
        days = replace(days, back=then, back_sure=_AGREED if then else 0.0)
    open_day = code == APPOINTMENT and not several and half == "day" and clock == Clock(sure=clock.sure)
    if days.back is None and open_day and takes_all_day(seen):
        days = replace(days, back=after(days.first, told.calendar), back_sure=_AGREED, said_back=True)
    if days.first == setting.ruled_first:  # rules and weights agree
        days = replace(days, first_sure=max(days.first_sure, _AGREED))
    return Judgement(judged, why, days, clock, half)


def _takes_back(told: Told, days: Chosen) -> bool:
    """Whether the return is the one that we read back, in a correction of it."""
    read_back = told.seen.message.read_back
    return read_back is not None and days.back == read_back.return_day


def _just_today(told: Told, ruled: Days, days: Chosen) -> bool:
    """ "Just off today": back on the next day of school, unless another day ahead is said of it."""
    if days.first != sent_on(told) or _JUST_TODAY.search(told.seen.words.line) is None:
        return False
    return ruled.ret in (None, after(days.first, told.calendar)) or _takes_back(told, days)


def _without_returns_of_others(told: Told, children: tuple[str, ...]) -> list[tuple[Mention, str]]:
    """ "Max is off again today. Ava back in tomorrow": tomorrow is not the day on which Max is back."""
    line, offsets = told.seen.words.line, told.seen.words.offsets
    ends = [
        offsets[one.until - 1] + len(told.seen.words.texts[one.until - 1])
        for one in told.seen.who.named
        if children and not set(one.children) & set(children)
    ]
    return [
        (mention, role)
        for mention, role in told.seen.days.roles
        if role != "return"
        or not any(_BACK_ON.match(line[end : mention.start]) for end in ends if end <= mention.start)
    ]


def _start_of(told: Told, children: tuple[str, ...]) -> date:
    """When no day is said: of a child that our question was not about, today, whichever day we asked about."""
    asked, sent = told.seen.message.asked, sent_on(told)
    others = asked is not None and asked.draft is not None and not set(children) & set(asked.about)
    return max(told.start, sent) if others and told.calendar.is_school_day(sent) else told.start


def _with_half(
    told: Told, tokens: Sequence[str], moments: Sequence[tuple[Moment, str]], days: Chosen, clock: Clock, code: str,
    opinion: Opinion | None, own_days: Sequence[tuple[Mention, str]] | None = None,
) -> tuple[Chosen, str]:  # fmt: skip
    """The days and the half that are likeliest together: who leaves for good at noon is not back the same day."""
    part = "" if comes_for_the_morning(told.seen) else said_part(told.seen, sent_on(told), own_days)
    if code == APPOINTMENT and own_days is None and (gone := _home_after_it(told, days, clock)) is not None:
        return gone, "day"
    if part == "am" and code == "C" and (away := _setting_off(told, days)) is not None:
        return away, "day"
    halved = part and code not in _BY_THE_DAY and not takes_all_day(told.seen)
    if halved and clock == Clock(sure=clock.sure) and days.back is not None:
        return _half_day(told, days, part)
    a_day = (None, days.first, after(days.first, told.calendar))
    if clock.arrives is None and days.back in a_day and comes_for_the_morning(told.seen):
        return _half_day(told, days, "pm")
    if code == "I" and clock.arrives is not None and clock.leaves is None and goes_home_again(told.seen):
        return days.open_ended() if days.back == days.first else days, "day"
    today = half_of_today(told.seen) or half_of_an_event(told.seen, code)
    if part == "" and clock == Clock(sure=clock.sure) and today:
        return _half_day(told, days, today)
    if code == "C2" and clock == Clock(sure=clock.sure) and (kept := half_not_kept(told.seen.words.texts)):
        ruled_back = told.seen.days.ret
        goes_on = ruled_back is not None and ruled_back > days.first
        until = ruled_back if goes_on else after(days.first, told.calendar)
        return (days if days.back is None or until is None else replace(days, back=until, back_sure=_AGREED)), kept
    if not moments and told.seen.times.roles:  # the times are another child's
        return days, "am" if days.back == days.first else "day"
    whole = len(moments) == len(told.seen.times.roles)  # the words are about all children, or name every time
    if whole and takes_the_day(told.seen, code, clock):
        ends = days.back == days.first or (days.back is None and code == APPOINTMENT)
        back = after(days.first, told.calendar) if ends else days.back
        return (replace(days, back=back, back_sure=_AGREED) if ends and back is not None else days), "day"
    if whole and clock.leaves is not None and clock.arrives is None and leaves_for_good(told.seen):
        return _half_day(told, days, "pm") if days.back in (None, days.first) else (days, "pm")
    best, found = -1.0, (days, "day")
    own = min((moment.at for moment, _ in moments), default=None)
    part_day = PartDay(told.seen, tokens, clock, code, told.calendar)
    ruled = part_day.ruled if whole else None
    if ruled == "pm" and not moments and _is_of_the_afternoon(told.seen, code):
        return _half_day(told, days, "pm")
    for pair in days.all:
        said = half_by_times(clock, pair.back == pair.first, told.calendar, own)
        for half, chance in (
            {said: 1.0} if said else weigh_half(part_day.between(pair.first, pair.back), opinion)
        ).items():
            together = pair.sure * chance * _fitting(half, pair, clock) * (_RULED if half == ruled else 1.0)
            if together > best:
                best, found = together, (pair, half)
    pair, half = replace(found[0], others=tuple(other for other in days.all if other is not found[0])), found[1]
    if clock.leaves is not None and clock.arrives is not None and clock.leaves < clock.arrives:
        if pair.back == after(pair.first, told.calendar):
            pair = replace(pair, back=pair.first)  # out from 1.30 to 2.30
        return pair, half
    its_own = told.seen.times.own
    if half != "pm" and ruled == "pm" and clock.arrives is None and its_own is not None and its_own >= _NOON:
        return _half_day(told, pair, "pm")  # an exam at a quarter past two leaves the morning alone
    drafted = told.seen.message.asked is not None and told.seen.message.asked.draft is not None
    if half == "pm" and clock.arrives is None and pair.back == pair.first and not drafted:
        # Left, and nobody said "back the same day": both days are said of it, and mean the same.
        back = after(pair.first, told.calendar)
        if back is None:
            return replace(pair, beyond=True), half
        pair = replace(pair, back=back, back_sure=min(1.0, pair.back_sure + _sure_of(days, pair.first, back)))
    return pair, half


def _setting_off(told: Told, days: Chosen) -> Chosen | None:
    """ "We fly to Krakow on Friday morning for the funeral": that is when they leave, and not the half that is missed;
    the day of return is what is said of it, or open. None where they only go out for the morning.
    """
    if _SETS_OFF.search(told.seen.words.line) is None:
        return None
    said = any(role in ("return", "until") for _, role in told.seen.days.roles)
    if said and days.back is not None and days.back > days.first:
        return days
    return None if said or told.seen.signals.has("back") else days.open_ended()


def _home_after_it(told: Told, days: Chosen, clock: Clock) -> Chosen | None:
    """The days of an appointment of the morning from which the child goes home; None where that is not said."""
    seen, own = told.seen, told.seen.times.own
    line, alone = seen.words.line, clock.arrives is None and clock.leaves is None
    of_noon = any(mention.part == "pm" for mention, _ in seen.days.roles) or "afternoon" in seen.words.texts
    said = {one.first for one, _ in seen.days.roles if one.first and "rest of" not in line[one.start : one.end]}
    if of_noon or (own is not None and own >= _NOON) or not alone or len(said) > 1 or not goes_home_afterwards(line):
        return None
    back_said = any(role in ("return", "until") for _, role in seen.days.roles)
    if back_said or (days.back not in (None, days.first) and days.first in said):
        return days
    first = max(said, default=days.first)
    return replace(_half_day(told, replace(days, first=on_or_after(first, told.calendar) or first), "pm")[0], others=())


def _is_of_the_afternoon(seen: Reading, code: str) -> bool:
    """ "The dentist this afternoon", "after lunch": told by these words alone, and no word of coming back or in; or
    that the child is not in then."""
    if misses_the_afternoon(seen.words.texts):
        return True
    if code != "M":
        return False
    told = any(
        role == "absent" and seen.words.line[mention.start : mention.end].endswith(" afternoon")
        for mention, role in seen.days.roles
    )
    at_noon = AT_NOON.search(seen.words.line) is not None and not seen.signals.has("late")
    return (told or at_noon) and not seen.signals.has("back") and not seen.signals.has("appt_return")


def _half_day(told: Told, days: Chosen, part: str) -> tuple[Chosen, str]:
    """ "Wednesday 18 November in the morning": back the same day, or on the next where it is the afternoon."""
    back = days.first if part == "am" else after(days.first, told.calendar)
    if back is None:
        return replace(days, beyond=True), part
    return replace(days, back=back, back_sure=max(days.back_sure, _AGREED)), part


def _sure_of(days: Chosen, first: date, back: date) -> float:
    """How sure a pair of days among the likeliest is."""
    return next((pair.sure for pair in days.all if (pair.first, pair.back) == (first, back)), 0.0)


def _fitting(half: str, days: Chosen, clock: Clock) -> float:
    """How often such a half goes with such a return (contract, `return_day` of a part-day absence)."""
    if days.back is None:
        return 0.1 if clock.arrives is not None else 1.0 if half == "day" else 0.3
    if days.back == days.first:
        return 0.05 if half == "day" else 1.0
    return 0.05 if half == "am" else 1.0


def half_by_times(clock: Clock, same_day: bool, calendar: SchoolCalendar, own: time | None = None) -> Part | None:
    """The half whose register is missed, where the child's own times say it (contract, `session`).

    `same_day`: the child is back on the day on which it leaves. `own`: the earliest time that is named: a child that is
    back at three from the dentist at two was at school before.
    """
    arrives, leaves = clock.arrives, clock.leaves
    if leaves is None and arrives is not None and own is not None and _NOON <= own < arrives:
        return "pm"
    if leaves is None:
        return None if arrives is None else "am" if arrives < calendar.pm.opens else "day"
    if arrives is None:
        return "am" if same_day and leaves < _NOON else "pm"
    if arrives < leaves:
        return "day"
    return "am" if leaves < _NOON and arrives < calendar.pm.closes else "pm"


def sent_on(told: Told) -> date:
    """The London day on which the message was sent."""
    return local(told.seen.message.sent_at).date()


def began(told: Told, reports: Sequence[Report]) -> date | None:
    """ "Has had chickenpox since Thursday", "was off on Thursday as well": a past day before all that is reported."""
    sent = sent_on(told)
    days = [
        mention.first
        for mention, role in told.seen.days.roles
        if role in ("since", "absent") and mention.first is not None and mention.first < sent
    ]
    days += ill_before_too(told.seen, sent)
    firsts = [report.first_day for report in reports if report.first_day is not None]
    return min(days) if days and firsts and min(days) < min(firsts) else None


def _not_of(seen: Reading, children: tuple[str, ...]) -> frozenset[str]:
    """The pronouns that cannot mean these children, where the name of an only one says so."""
    sexes = {sex(child) for child in seen.message.children if child.id in children}
    if sexes == {"f"}:
        return frozenset(("he", "him", "his"))
    return frozenset(("she", "her", "hers")) if sexes == {"m"} else frozenset()
