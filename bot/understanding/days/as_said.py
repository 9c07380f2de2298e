"""Days that the words say plainly, where what was weighed has others: a last day in school, weeks that are counted, the
return after a holiday or after an appointment of tomorrow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from attendance.absences import APPOINTMENT
from attendance.calendar import SchoolCalendar, local
from bot.understanding.dates import DAY, Mention, holidays
from bot.understanding.dates.clock import Moment
from bot.understanding.days.half_attended import comes_for_the_morning
from bot.understanding.days.school_days import after, on_or_after
from bot.understanding.days.session import AT_NOON
from bot.understanding.evidence import Reading
from bot.understanding.learned.days import Chosen
from bot.understanding.learned.times import Clock
from bot.understanding.roles import Days
from bot.understanding.roles.of_lengths import BEFORE_THE_RETURN
from bot.understanding.roles.sentences import end_before
from bot.understanding.words.normalise import STOPS
from bot.understanding.words.phrases import Hit

#: How sure a day is that plain words say.
_PLAIN = 0.9
#: A child that finishes early does so before a holiday that begins so soon.
_SOON = timedelta(days=14)
#: A holiday that begins so soon after the first day is the one that is meant.
_NEAR = timedelta(days=21)
#: Reasons with which a day that "finishes" something is a last day in school; who is ill finishes antibiotics.
_GOES_AWAY = frozenset(("G", "C", "C1", "T", "R", "O", "N", "J1"))
#: "She finished on the 16th" is over.
_FINISHED = re.compile(r"\bfinished(?: \w+)?(?: on)?(?: the)? $")
#: Who finishes at noon is in school on the morning of that day.
_AT_NOON = re.compile(r"^ (?:at )?(?:lunch\w*|dinner\w*|noon|midday|after (?:lunch|dinner)|(?:at )?12)\b")
_NOON_BEFORE = re.compile(r"\bat (?:lunch\w*|dinner\w*|noon|midday|12)(?: on)? $")
_NOON = (time(11, 30), time(13, 30))
#: Days that are said by their name.
_BY_NAME = frozenset(("tomorrow", "weekday", "relative"))
#: Behind the day of an appointment: the child comes in when it is over.
_THEN_IN = re.compile(
    r"\b(?:then|after|afterwards|straight)\b[^.!?]*\b(?:in|back|bring\w*|school|drop\w*)\b"
    r"|\b(?:in|back|bring\w*(?: \w+)?(?: in)?|school) (?:straight |right )?(?:after|afterwards)\b"
)
#: Beside one of these the child is away today as well, or will be before the day is over.
_TODAY_TOO = frozenset(
    "either neither too also still again today now fetch fetching fetched collect collecting collected pick picked way"
    " rang rung phoned called home".split()
)
#: What a word of illness weighs at least that is more than an appointment's purpose.
_AN_ILLNESS = 1.5
#: What one goes to at an hour of its own.
_AT_AN_HOUR = frozenset((APPOINTMENT, "B", "J1", "P"))
_OFF = frozenset(("off", "not", "will", "absent", "away"))
_ON_THE = frozenset(("in", "at", "school", "on", "for", "this", "the", "coming", "next"))
_WEEK = timedelta(days=7)
Roles = Sequence[tuple[Mention, str]]


@dataclass(frozen=True, slots=True)
class Finish:
    """The days of a child that finishes before a holiday begins, and whether it misses only the afternoon at first."""

    days: Chosen
    at_noon: bool
    leaves: time | None


def finishing(
    roles: Roles, line: str, moments: Sequence[tuple[Moment, str]], days: Chosen, code: str, clock: Clock,
    calendar: SchoolCalendar,
) -> Finish | None:  # fmt: skip
    """ "Her last day is Wednesday", "finishing tomorrow dinnertime", "breaks up on the 16th instead of Friday": away
    from the school day behind it until the holiday is over; None where no such day is said.
    """
    if code not in _GOES_AWAY:
        return None
    last = next((one for one, role in roles if role == "lastday" and one.single), None)
    if last is None or last.first is None or _FINISHED.search(line[: last.start]):
        return None
    gap = next((gap for gap in holidays.gaps(calendar) if gap.first > last.first), None)
    if gap is None or gap.first > last.first + _SOON:
        return None
    leaves = clock.leaves or next((moment.at for moment, role in moments if role == "leaves"), None)
    leaves = leaves if leaves is not None and _NOON[0] <= leaves <= _NOON[1] else None
    at_noon = leaves is not None or _finishes_at_noon(line, last)
    first = on_or_after(last.first, calendar) if at_noon else after(last.first, calendar)
    back = _back_said(roles, last, calendar) or on_or_after(gap.last, calendar)
    if first is None or back is None or first >= gap.first or back <= first:
        return None
    days = replace(days, first=first, back=back, said_first=True, said_back=True, beyond=False)
    return Finish(replace(days, first_sure=_PLAIN, back_sure=_PLAIN), at_noon, leaves)


def _finishes_at_noon(line: str, last: Mention) -> bool:
    return _AT_NOON.match(line[last.end :]) is not None or _NOON_BEFORE.search(line[: last.start]) is not None


def _back_said(roles: Roles, last: Mention, calendar: SchoolCalendar) -> date | None:
    """The day of return that the words name besides."""
    for mention, role in roles:
        if role != "return" or mention.first is None or last.first is None or mention.first <= last.first:
            continue
        ended = mention.form in ("holiday", "special", "weekend") and mention.last is not None
        return after(mention.last, calendar) if ended else on_or_after(mention.first, calendar)  # type: ignore[arg-type]
    return None


def weeks_counted(roles: Roles, line: str, ruled: Days, days: Chosen, calendar: SchoolCalendar) -> Chosen:
    """ "For the next 3 weeks, so from Monday he is picked up at 12": not only on Monday."""
    weeks = [one for one, role in roles if role in ("length", "absent") and _lasts(one)]
    begins = [one for one, role in roles if role in ("absent", "since") and one.first is not None]
    if len(weeks) != 1 or len(begins) > 1 or ruled.ret is None or ruled.first != days.first or ruled.ret <= days.first:
        return days
    apart = any(end_before(line, one.start) != end_before(line, weeks[0].start) for one in begins)
    if apart or days.back != after(days.first, calendar):
        return days
    return replace(days, back=ruled.ret, back_sure=_PLAIN, said_back=True)


def counted_to_the_return(roles: Roles, line: str, ruled: Days, days: Chosen) -> Chosen:
    """ "They say it is 4 weeks before he can come back": a return on no day that is named."""
    said = [one for one, role in roles if role == "length" and BEFORE_THE_RETURN.match(line[one.end :])]
    if not said or days.back is not None or ruled.ret is None or ruled.ret <= days.first:
        return days
    return replace(days, back=ruled.ret, back_sure=_PLAIN, said_back=True)


def _lasts(mention: Mention) -> bool:
    if mention.form == "range" and mention.first is not None and mention.last is not None:
        return mention.last - mention.first >= _WEEK - DAY
    return mention.unit != "hour" and timedelta(days=mention.days or 0) >= _WEEK


def from_the_start(roles: Roles, ruled: Days, days: Chosen, calendar: SchoolCalendar) -> Chosen:
    """ "She will not be coming after half term": from the first day of school on; until when, that does not say."""
    start = next((one for one, role in roles if role == "absent" and one.modifier == "not after"), None)
    first = on_or_after(start.first, calendar) if start is not None and start.first is not None else None
    if first is None:
        return days
    ends = any(role in ("until", "return", "length") for _, role in roles)
    back = ruled.ret if ends and ruled.ret is not None and ruled.ret > first else None
    return replace(days, first=first, back=back, first_sure=_PLAIN, back_sure=_PLAIN if back else 0.0, said_first=True)


def after_the_holiday(roles: Roles, ruled: Days, days: Chosen) -> Chosen:
    """ "We go tonight, not Saturday, so he misses Friday. Back after the hols"."""
    said = any(
        role == "return"
        and one.form in ("holiday", "startterm")
        and one.first is not None
        and one.first <= days.first + _NEAR
        for one, role in roles
    )
    if days.back is not None or not said or ruled.ret is None or ruled.ret <= days.first:
        return days
    return replace(days, back=ruled.ret, back_sure=_PLAIN, said_back=True)


def after_tomorrows(seen: Reading, days: Chosen, clock: Clock, calendar: SchoolCalendar) -> Chosen | None:
    """ "The optician can fit us in tomorrow at 9, then he'll be straight in", of a child whom we miss today: away until
    then, and not in school again today. None where nothing of the kind is said."""
    asked, today = seen.message.asked, local(seen.message.sent_at).date()
    if (
        asked is None
        or asked.kind not in ("absence", "reason")
        or asked.day != days.first
        or clock != Clock(sure=clock.sure)
    ):
        return None
    named = [one for one, _ in seen.days.roles if one.first is not None]
    if days.back not in (None, days.first) or len(named) != 1 or not named[0].single:
        return None
    day = named[0].first
    if day is None or not today < day < today + _WEEK or named[0].form not in _BY_NAME:
        return None
    back = on_or_after(day, calendar) if _THEN_IN.search(seen.words.line[named[0].end :]) else None
    if back is None and (days.back is None or seen.times.own is None or AT_NOON.search(seen.words.line)):
        return None
    return replace(days, back=back, back_sure=_PLAIN if back else 0.0)


def only_away_then(seen: Reading, days: Chosen, code: str, calendar: SchoolCalendar) -> Chosen:
    """ "Tom won't be in tomorrow, he's got a temperature", "his operation is on Thursday", unasked in the morning: no
    word of being away today."""
    today, message = local(seen.message.sent_at).date(), seen.message
    named = [row for row in seen.days.roles if row[0].first is not None and row[0].part != "evening"]
    if message.asked is not None or message.known or days.said_first or days.first != today or len(named) != 1:
        return days
    mention, role = named[0]
    week = mention.form == "week" and mention.modifier == "next"
    by_name = role == "absent" and ((mention.single and mention.form in _BY_NAME) or week)
    if not by_name or not _TODAY_TOO.isdisjoint(seen.words.texts):
        return days
    place = seen.words.word_at(mention.start)
    away = [hit for hit in seen.hits if hit.tag == "kind:absent"]
    first = on_or_after(mention.first, calendar) if mention.first is not None and mention.first > today else None
    then = [hit for hit in away if _is_beside(seen.words.texts, hit, place)]
    if first is None or (first != mention.first and not week):
        return days  # "christened on Sunday": no day on which anybody is away
    if any(hit.until < place - 1 and hit not in then and hit.phrase[:4] != "want" for hit in away):
        return days
    ill = code not in _AT_AN_HOUR or seen.why.scores.get("I", 0.0) >= _AN_ILLNESS
    if not then and not _nobody_then(seen, place) and (away or ill or not _is_seen_then(seen, place, code)):
        return days
    pair = next((pair for pair in days.all if pair.first == first), None) or replace(days, first=first, back=None)
    if week and mention.last is not None:
        pair = replace(pair, back=pair.back or after(mention.last, calendar), back_sure=_PLAIN, said_back=True)
    return replace(pair, others=(), said_first=True, first_sure=_PLAIN)


def only_late_then(seen: Reading, days: Chosen, code: str, clock: Clock, calendar: SchoolCalendar) -> Chosen:
    """ "In at twelve tomorrow, doctor's first", unasked: the appointment is tomorrow's, and today is as ever."""
    today, message = local(seen.message.sent_at).date(), seen.message
    named = [row for row in seen.days.roles if row[0].first is not None]
    unasked = message.asked is None and not message.known and not days.said_first and days.first == today
    if not unasked or len(named) != 1 or code != APPOINTMENT or clock.arrives is None or clock.leaves is not None:
        return days
    mention, role = named[0]
    ill = seen.why.scores.get("I", 0.0) >= _AN_ILLNESS
    silent = _TODAY_TOO.isdisjoint(seen.words.texts) and not seen.signals.has("absent") and not ill
    first = on_or_after(mention.first, calendar) if mention.first is not None and mention.first > today else None
    if not silent or role != "return" or not mention.single or first is None or first != mention.first:
        return days
    return replace(days, first=first, back=first, others=(), said_first=True, first_sure=_PLAIN, back_sure=_PLAIN)


def only_off_for_the_afternoon_then(seen: Reading, days: Chosen, calendar: SchoolCalendar) -> Chosen:
    """ "In on Wednesday morning but off in the afternoon for a funeral", unasked: today is as ever."""
    today, message = local(seen.message.sent_at).date(), seen.message
    ahead = [one for one, _ in seen.days.roles if one.first is not None and one.first > today]
    if message.asked is not None or message.known or days.first != today or not comes_for_the_morning(seen):
        return days
    if len({one.first for one in ahead}) != 1 or not ahead[0].single or not _TODAY_TOO.isdisjoint(seen.words.texts):
        return days
    first = ahead[0].first
    if first is None or on_or_after(first, calendar) != first:
        return days
    back = after(first, calendar)
    return replace(days, first=first, back=back, others=(), said_first=True, first_sure=_PLAIN, back_sure=_PLAIN)


def _is_beside(texts: Sequence[str], hit: Hit, day: int) -> bool:
    """ "Not in on Thursday", "off tomorrow", "tomorrow he is off": not "not in while Thursday"."""
    if hit.first > day:
        return texts[hit.first] in _OFF and STOPS.isdisjoint(texts[day : hit.first])
    return _ON_THE.issuperset(texts[hit.until : day])


def _nobody_then(seen: Reading, day: int) -> bool:
    """ "No Tom tomorrow", "no Ella in school on Friday"."""
    texts = seen.words.texts
    denied = [one for one in seen.who.named if texts[one.first - 1 : one.first] == ["no"]]
    return any(_ON_THE.issuperset(texts[one.until : day]) for one in denied)


def _is_seen_then(seen: Reading, day: int, code: str) -> bool:
    """ "Seeing the consultant tomorrow", "her flute exam is on Friday", in one sentence."""
    texts, words = seen.words.texts, [hit for hit in seen.why.hits if hit.tag.startswith(f"why:{code}:")]
    ends = (sorted((hit.first, day)) for hit in words)
    return seen.why.code == code and any(STOPS.isdisjoint(texts[first:until]) for first, until in ends)


def returns_on_another_day(seen: Reading, ruled: Days, days: Chosen, code: str) -> Chosen:
    """ "Ill. It'll be Thursday now", asked why a child is away of whom another day of return was told: that day."""
    asked = seen.message.asked
    draft = asked.draft if asked is not None and asked.kind == "reason" else None
    said = [mention for mention, role in ruled.roles if role in ("return", "until")]
    if draft is None or code != "I" or len(said) != 1 or not said[0].single or days.back != draft.return_day:
        return days
    first, back = said[0].first, ruled.ret
    ahead = first is not None and first > local(seen.message.sent_at).date() and len(ruled.roles) == 1
    if not ahead or back is None or back in (days.back, days.first):
        return days
    return replace(days, back=back, back_sure=_PLAIN, said_back=True)
