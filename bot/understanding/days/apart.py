"""Absences apart: those of one child in one message that are no single span: "ill today, Friday off for a wedding"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from attendance.calendar import SchoolCalendar, local
from bot.understanding.dates import Mention
from bot.understanding.days.school_days import after, on_or_after
from bot.understanding.evidence import Reading
from bot.understanding.reasons.why import read_why
from bot.understanding.values import Report
from bot.understanding.words.normalise import STOPS

#: Words at which what is said of one absence ends and what is said of the next begins.
_CUTS = STOPS | frozenset((",", "and", "also", "then", "plus", "but", "&", "next", "-", "so"))
#: From this certainty on a part of a message has a reason of its own.
_OWN_REASON = 0.5
#: The second reason is plainly said from this certainty on.
_PLAIN = 0.6
#: A request for days off, and how far off they are at least: who asks for tomorrow is still ill.
_ASKED_FOR = re.compile(
    r"^(?:also |and |please )*(?:can|could|may|would|is it|we would|i would|requesting|request|we need|i need)\b"
    r"(?: [^ .?!]+){0,14} (?:off|leave|absent|absence|out of school|holiday)\b"
)
_FRIDAY = 4
_NEAR = timedelta(days=3)
#: Parts that days play that are no days away.
_ASIDE = frozenset(("other", "past"))
#: Days by themselves, and reasons that take one; a holiday has a first day and a last.
_DATED, _BY_THE_DAY = (
    frozenset(("date", "ordinal", "weekday")),
    frozenset(("J1", "M", "C", "C1", "O", "B", "P", "V", "R", "W", "N")),
)
#: Between two days: words of a stay that lasts from the one to the other, and what joins two days of one kind.
_A_STAY = re.compile(
    r"\b(?:to|until|till|through|back|home|return\w*|fly\w*|flight|land\w*|leav\w+|arriv\w*|come|comes|coming|ends?|ending"
    r"|finish\w*|stay\w*|or|not|instead|moved|change\w*|school)\b|(?<! )-| - "
)
_AND_ON = re.compile(r"\band\b|,|\bthen\b|\bagain\b|\balso\b")
_AGAIN = re.compile(r"\b(?:again|also)\b")
_FROM = re.compile(r"\b(?:from|between|since)(?: the)? $")
#: Who is ill and sees a doctor in between is away once (contract, code I); these are something else.
_ANOTHER = frozenset(("C", "C1", "G", "R", "J1", "P", "B", "V", "W"))


def separate_days(seen: Reading, report: Report, calendar: SchoolCalendar) -> tuple[Report, ...]:
    """ "Off the 12th, 17th and 24th": a report for each run of the days that are said one by one."""
    members = sorted({day for mention, role in seen.days.roles if role == "absent" for day in mention.members})
    apart = () if members else _said_apart(seen, report)
    members = members or sorted(apart)
    if len(members) < 2 or report.first_day != on_or_after(members[0], calendar):
        return (report,)
    if report.return_day is None and not apart:
        return (report,)
    runs = _runs(members, calendar)
    if len(runs) < 2:
        return (report,)
    part = report.session == "am"  # of a morning the child is back the same day
    return tuple(replace(report, first_day=first, return_day=first if part else back) for first, back in runs)


def _said_apart(seen: Reading, report: Report) -> tuple[date, ...]:
    """ "York on 3 March and Glasgow on the 10th", "this Friday and the Friday after that": days of one thing each, of
    which none is said to be the end of a stay."""
    days = [(mention, role) for mention, role in seen.days.roles if mention.first is not None and role not in _ASIDE]
    if len(days) < 2 or report.code not in _BY_THE_DAY or seen.times.roles:
        return ()
    today = local(seen.message.sent_at).date()
    line, floor = seen.words.line, 0
    for number, (mention, role) in enumerate(days):
        between = line[floor : mention.start]
        if role != "absent" or not mention.single or mention.first is None or mention.first <= today or mention.lead:
            return ()
        if number and " . " in between and not _AGAIN.search(between):
            return ()  # another sentence tells something else
        if mention.form not in _DATED or (number and (_A_STAY.search(between) or not _AND_ON.search(between))):
            return ()
        if not number and _FROM.search(between) is not None:
            return ()
        floor = mention.end
    return tuple({mention.first for mention, _ in days if mention.first is not None})


def _runs(members: Sequence[date], calendar: SchoolCalendar) -> list[tuple[date, date]]:
    """Each run's first day, and the day of return from it; none where the calendar does not reach them all."""
    out: list[tuple[date, date]] = []
    for day in members:
        first = on_or_after(day, calendar)
        back = after(first, calendar) if first is not None else None
        if first is None or back is None:
            return []
        if out and out[-1][1] >= first:
            out[-1] = (out[-1][0], max(out[-1][1], back))
        else:
            out.append((first, back))
    return out


def _whole_day(seen: Reading, place: int) -> bool:
    """Whether words from this one on say that the child is away the whole of that day."""
    return any(hit.tag == "kind:whole_day" for hit in seen.hits if hit.first >= place)


@dataclass(frozen=True, slots=True)
class Absence:
    """One of two absences: the words about it, from the first up to the one behind the last, and their reason.

    `day`: its only day, where both days are said in one breath ("today, and Friday off for a wedding"). `code` is None
    where no plain word names the reason of days that are asked for.
    """

    place: tuple[int, int]
    code: str | None
    day: date | None = None


def two_absences(seen: Reading, today: date) -> tuple[Absence, Absence] | None:
    """The parts of a message that tell two absences with reasons and days of their own; None where it tells one.

    The first is of today, said or not; the second is of a later day on which the child is away for another reason.
    """
    away = [(mention, role) for mention, role in seen.days.roles if mention.first is not None]
    for number, (mention, role) in enumerate(away):
        assert mention.first is not None
        if role == "absent" and len(mention.members) == 2 and mention.members[0] == today:
            if (found := _cut(seen, 1, seen.words.word_at(mention.end - 1), mention.members)) is not None:
                return found
            continue
        off = role == "absent" or seen.words.line[mention.end :].startswith(" off ")  # "back tomorrow, and Friday off"
        later = (
            off
            and mention.first > today
            and mention.form not in ("length", "part")
            and not _only_a_weekend(seen, mention)
        )
        earlier = [one for one, part in away[:number] if part == "absent" and one.first != mention.first]
        if not later or any(part not in ("absent", "past", "since", "return", "until") for _, part in away[:number]):
            continue
        if earlier and (earlier[-1].first is None or earlier[-1].first > mention.first):
            continue
        floor = seen.words.word_at(earlier[-1].end - 1) + 1 if earlier else 1
        found = _cut(seen, floor, seen.words.word_at(mention.start), far=mention.first > today + _NEAR)
        if found is not None:
            return found
    return None


def _only_a_weekend(seen: Reading, mention: Mention) -> bool:
    """ "Sick. We fly on Saturday, so fingers crossed": a day of no school, and nothing of how long."""
    lasts = any(role in ("length", "until", "return") for _, role in seen.days.roles)
    return mention.single and mention.first is not None and mention.first.weekday() > _FRIDAY and not lasts


def _cut(
    seen: Reading, floor: int, here: int, days: Sequence[date | None] = (None, None), far: bool = False
) -> tuple[Absence, Absence] | None:
    """The last place between words `floor` and `here` at which both sides have a reason of their own; stops first.

    Days that are `far` off and asked for are another absence, whatever their reason: "could she also have 28 June off".
    """
    words = seen.words
    places = [place for place in range(here, floor - 1, -1) if words.texts[place - 1] in _CUTS]
    for place in sorted(places, key=lambda place: words.texts[place - 1] not in STOPS):
        found = _both_sides(seen, place, days, far)
        if found is not None:
            return found
    return None


def _both_sides(seen: Reading, place: int, days: Sequence[date | None], far: bool) -> tuple[Absence, Absence] | None:
    """The two absences, where both sides of a place have a reason of their own."""
    words = seen.words
    until = len(words.texts)
    before = read_why(words, seen.who, seen.hits, [(0, place)])
    if before.code not in ("I", "M") or before.certainty < _OWN_REASON:
        return None
    behind = read_why(words, seen.who, seen.hits, [(place, until)])
    another = behind.code in _ANOTHER or (before.code == "I" and behind.code == "M" and _whole_day(seen, place))
    plain = another and behind.certainty >= _PLAIN
    if plain or (far and _ASKED_FOR.search(" ".join(words.texts[place:])) is not None):
        code = behind.code if plain else None
        return Absence((0, place), before.code, days[0]), Absence((place, until), code, days[1])
    return None
