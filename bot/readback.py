"""What was recorded, in plain words: "Mo off ill today, back Thursday". Never a diagnosis, never the parent's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time

from attendance.absences import Absence
from attendance.calendar import instant
from attendance.spoken import day_words, together
from bot.outcome import Outcome
from bot.whereabouts.in_after_all import MORNING_IS_OVER

READ_BACK = frozenset({"absence.recorded", "absence.corrected"})
"""The templates that say what was recorded."""
NEUTRAL = {"I": "off ill", "M": "at an appointment"}


def was_read_back(outcome: Outcome) -> bool:
    """Whether its answer says what we have of the children."""
    return outcome.reply is not None and outcome.reply.template in READ_BACK


def as_put_right(outcome: Outcome) -> Outcome:
    """The same outcome; what it reads back is said to be corrected."""
    if outcome.reply is None or not was_read_back(outcome):
        return outcome
    return replace(outcome, reply=replace(outcome.reply, template="absence.corrected"))


def read_back(absences: Sequence[Absence], names: Mapping[str, str], today: date) -> str:
    """The absences as one sentence part, children with the same reason and dates together."""
    together_with: dict[tuple[object, ...], list[Absence]] = {}
    earlier = {absence.id for absence in absences if any(_goes_on(absence, other, today) for other in absences)}
    begun: dict[tuple[str, date], list[str]] = {}
    for absence in absences:
        if absence.id in earlier:
            begun.setdefault((absence.code, absence.first_day), []).append(names[absence.pupil])
            continue
        if any(_goes_on(other, absence, today) for other in absences):
            continue
        same = (absence.code, absence.first_day, absence.return_day, absence.half, absence.arrives, absence.leaves)
        together_with.setdefault(same, []).append(absence)
    since = [
        f"{together(who)} {NEUTRAL.get(code, 'absent')} since {day_words(first, today)}"
        for (code, first), who in begun.items()
    ]
    return "; ".join((*since, *(_one(group, names, today) for group in together_with.values())))


def _goes_on(before: Absence, now: Absence, today: date) -> bool:
    """Days until today, and today with its end open, of one child and for one reason, are one absence."""
    until = before.return_day == now.first_day == today and now.return_day is None
    return until and (before.pupil, before.code, before.half) == (now.pupil, now.code, now.half)


def read_back_in_school(absences: Sequence[Absence], names: Mapping[str, str], today: date) -> str:
    """Who is expected after all on the day from which they were to be away: "Mo in school today"."""
    by_day: dict[date, list[str]] = {}
    for absence in absences:
        by_day.setdefault(absence.first_day, []).append(names[absence.pupil])
    return "; ".join(f"{together(who)} in school {day_words(day, today)}" for day, who in by_day.items())


def _one(group: Sequence[Absence], names: Mapping[str, str], today: date) -> str:
    absence = group[0]
    who = together([names[one.pupil] for one in group])
    start = day_words(absence.first_day, today)
    parts = [f"{who} {NEUTRAL.get(absence.code, 'absent')} {_when(absence, start, today)}"]
    if absence.leaves is not None and not _gone_by(absence.leaves, absence):
        parts.append(f"leaving at {_clock(absence.leaves)}")
    if absence.arrives is not None and absence.back_at is None and not _gone_by(absence.arrives, absence):
        parts.append(f"in at {_clock(absence.arrives)}")
    if absence.return_day is not None and absence.return_day != absence.first_day:
        back = day_words(absence.return_day, today)
        same_name = back in start and back not in ("today", "tomorrow", "yesterday")
        back = f"{back} {absence.return_day:%-d %B}" if same_name else back
        parts.append(f"back {back}{_part_of_the_day(absence.back_at)}")
    return ", ".join(parts)


def _part_of_the_day(back_at: time | None) -> str:
    if back_at is None:
        return ""
    return " afternoon" if back_at >= MORNING_IS_OVER else f" at {_clock(back_at)}"


def _when(absence: Absence, start: str, today: date) -> str:
    match absence.half:
        case "am":
            return "this morning" if start == "today" else f"{start} morning"
        case "pm":
            return "this afternoon" if start == "today" else f"{start} afternoon"
        case _ if start == "yesterday" and absence.return_day is not None and absence.return_day > today:
            return "since yesterday"
        case _ if absence.return_day is not None and start not in ("today", "tomorrow", "yesterday"):
            return f"from {start}"
        case _:
            return start


def _gone_by(said: time, absence: Absence) -> bool:
    """A time that was past when it was said ("leaving at 11:50", at 12:20) is not said back as one to come."""
    return instant(absence.first_day, said) < absence.recorded_at


def _clock(at: time) -> str:
    return f"{at:%H:%M}"
