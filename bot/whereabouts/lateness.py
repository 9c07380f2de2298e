"""Late is no absence: it explains an empty mark until the time at which the child should be here."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from attendance.absences import Absence
from attendance.calendar import Session, instant, local
from attendance.closing import LATE
from attendance.events import OnTheWay
from bot.asking import ask
from bot.days.after_lunch import comes_after_lunch, seen_by_the_afternoon_register
from bot.drafts import called_names, not_allowed, split_by_right
from bot.known import overlapping
from bot.outcome import BotEffect, CaseEvent, Heard, Outcome, Record, Reply, Situation
from bot.understanding import Report, Understanding
from bot.understanding.days.when import DAY_ENDS
from bot.whereabouts.at_the_gate import brought_just_now
from bot.whereabouts.here_already import cannot_be_right, look_at_the_mark, mark_of
from bot.whereabouts.in_after_all import COMING

ARRIVAL_GRACE = timedelta(minutes=15)
ON_THE_WAY = timedelta(minutes=45)
"""How long "we are on our way" may last when no time was said."""
WITHOUT_A_TIME = timedelta(minutes=30)
"""How long after the close a child that was said to be late is waited for, when no time was said."""
_IN_WORDS = {"ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "forty five": 45, "forty-five": 45}
_NUMBER = "|".join(sorted(_IN_WORDS, key=len, reverse=True))
_SO_LATE = re.compile(
    rf"\b(?:(?:(?P<digits>\d{{1,3}})|(?P<words>{_NUMBER})) ?(?:mins?|minutes?)"
    r"|(?P<hours>half an|an|one|two|a couple of|1|2) ?(?:hours?|hrs?)(?P<more> and a half)?)"
    r"(?: or so|ish)? late\b",
    re.IGNORECASE,
)


def late_reported(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    kept, foreign = split_by_right([report for report in understood.reports if report.children], situation)
    if not kept:
        return not_allowed(heard, situation, foreign) if foreign else ask(heard, understood, situation)
    effects: list[BotEffect] = []
    for report in kept:
        effects += late_effects(heard, report, situation)
    conversation = replace(situation.conversation, question=None)
    return Outcome(conversation, tuple(effects), late_reply(heard, kept, situation))


def school_is_over(heard: Heard, understood: Understanding, situation: Situation) -> bool:
    """Whether nobody can be late today any more, of whom no other day is said."""
    open_today = situation.school.calendar.is_school_day(heard.day) and local(heard.at).time() <= DAY_ENDS
    days = {report.first_day for report in understood.reports}
    return not open_today and days <= {None, heard.day}


def still_on_the_way(heard: Heard, understood: Understanding, situation: Situation) -> Understanding | None:
    """ "Got him, on our way in now", of a child that is expected already: no day of return, and waited for anew."""
    children = tuple(child for report in understood.reports for child in report.children)
    today = all(report.return_day in (None, heard.day) for report in understood.reports)
    cases = [situation.cases.get(child) for child in children]
    waits = all(
        case is not None and (case.stage, case.outcome, case.code) == ("answered", "late_on_the_way", None)
        for case in cases
    )
    if not children or not today or not waits or "?" in heard.text or not COMING.search(heard.line):
        return None
    late = tuple(Report(report.children, arrives=report.arrives) for report in understood.reports)
    return replace(understood, intent="late", reports=late, ask=())


def late_effects(heard: Heard, report: Report, situation: Situation) -> list[BotEffect]:
    """Late is no absence: it explains the empty mark until the time at which the child should be here."""
    today = heard.day
    day = report.first_day or today
    writer = situation.sender.writer
    effects: list[BotEffect] = []
    for pupil in report.children:
        mark = mark_of(pupil, heard, situation) if day == today else None
        if mark is not None:
            if cannot_be_right(mark, report.arrives, heard):
                effects.append(look_at_the_mark(pupil, mark, heard))
            continue
        absence = Absence(
            f"{heard.id}/{pupil}/late",
            pupil,
            day,
            LATE,
            heard.at,
            half="am",
            arrives=report.arrives or _said_so_late(heard, pupil, day, situation),
            contact=writer,
            message=heard.id,
        )
        known = overlapping(absence, situation)
        effects += _record_late(absence, known)
        if day == today and pupil in situation.cases:
            expected = expected_at(day, report.arrives, heard.at)
            if report.arrives is None and comes_after_lunch(heard, pupil, situation):
                expected = seen_by_the_afternoon_register(heard, pupil, situation) or expected
            effects.append(CaseEvent(pupil, OnTheWay(f"{heard.id}/late/{pupil}", writer, expected)))
    return effects


def _said_so_late(heard: Heard, pupil: str, day: date, situation: Situation) -> time | None:
    """ "About half an hour late": so much after the register opens, where that is later than we would begin to look;
    nobody said the time itself, so it is not read back.
    """
    said = _SO_LATE.search(heard.text)
    window = situation.school.window(situation.school.roll.pupils[pupil], "am")
    closes = situation.school.closes_at(situation.school.roll.pupils[pupil], Session(day, "am"))
    if said is None or window is None or closes is None or closes <= heard.at:
        return None
    comes = instant(day, window.opens) + timedelta(minutes=_minutes(said))
    return local(comes).time() if comes + ARRIVAL_GRACE > closes + WITHOUT_A_TIME else None


def _minutes(said: re.Match[str]) -> int:
    """How late: "half an hour", "an hour and a half", "45 mins", "thirty minutes"."""
    if said["hours"] is None:
        return int(said["digits"] or _IN_WORDS[said["words"].casefold()])
    hours = {"half an": 30, "an": 60, "1": 60, "one": 60, "two": 120, "2": 120, "a couple of": 120}
    return hours[" ".join(said["hours"].casefold().split())] + (30 if said["more"] else 0)


def _record_late(absence: Absence, known: Absence | None) -> list[BotEffect]:
    """Of a longer absence the days before stay as they were reported."""
    if known is None or known.first_day == absence.first_day:
        return [Record(absence, known)]
    shorter = replace(known, id=f"{absence.id}/until", return_day=absence.first_day, recorded_at=absence.recorded_at)
    return [Record(absence), Record(shorter, known)]  # so that nobody is missed in between


def expected_at(day: date, arrives: time | None, now: datetime) -> datetime:
    """When a child on the way should have been seen: fifteen minutes after the time said, never in the past."""
    if arrives is None:
        return now + ON_THE_WAY
    return max(instant(day, arrives), now) + ARRIVAL_GRACE


def late_reply(heard: Heard, late: list[Report], situation: Situation) -> Reply:
    """The time that was said for all of them; one that is gone by already is not said again. Who is here is not
    expected.
    """
    said = {pupil: report for report in late for pupil in report.children}
    here = {
        pupil: mark
        for pupil, report in said.items()
        if report.first_day in (None, heard.day) and (mark := mark_of(pupil, heard, situation)) is not None
    }
    coming = tuple(pupil for pupil in said if pupil not in here)
    check = any(cannot_be_right(mark, said[pupil].arrives, heard) for pupil, mark in here.items())
    if not coming:
        pupils = tuple(here)
        return Reply("late.here", pupils, {"names": called_names(situation, pupils), "check": check})
    times = {said[pupil].arrives for pupil in coming}
    arrives = times.pop() if len(times) == 1 else None
    gone_by = arrives is not None and instant(late[0].first_day or heard.day, arrives) < heard.at
    soon = gone_by or (arrives is None and brought_just_now(heard.text))
    values = {"arrives": None if gone_by else arrives, "soon": soon, "names": called_names(situation, coming)}
    if here:
        values["here"] = called_names(situation, tuple(here))
    return Reply("late.recorded", tuple(said), values)
