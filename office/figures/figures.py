"""Figures of a day, a week and a term: what happened, counted from the journal and the register. No names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.calendar import instant, local
from attendance.clusters import Judged, judge
from attendance.codes import is_unexplained
from attendance.minutes import ASKS, DayMinutes
from attendance.periods import period_begins
from attendance.school import School
from bot.understanding.reasons.symptoms import LABELS, symptoms_of
from office.figures.measured import minutes_of_term
from storage import counting, journal
from storage.journal import Line

ILL = "I"
NOT_SAID = "not_said"
SYMPTOMS = {**LABELS, NOT_SAID: "Ill, nothing more said"}


@dataclass(frozen=True)
class DayFigures:
    """One school day. `absent`: pupils by code. `ill`: pupils marked ill, by class. `newly`: pupils first reported ill
    that day, by symptom; a child with two symptoms counts under both.
    """

    day: date
    minutes: DayMinutes
    marked: bool = False
    """Whether any mark of that day is known; a day without says nothing of who was ill."""
    in_use: bool = False
    """Whether a message had come or gone in this term by the end of the day; before that nothing could be counted."""
    asked: int = 0
    """Contacts who were asked about an absence."""
    replied: int = 0
    """Of those, how many wrote back on the same day, after the question."""
    absent: Mapping[str, int] = field(default_factory=dict)
    ill: Mapping[str, int] = field(default_factory=dict)
    newly: Mapping[str, int] = field(default_factory=dict)

    @property
    def reply_rate(self) -> float | None:
        """Per cent of the contacts asked who wrote back; None where nobody was asked."""
        return 100 * self.replied / self.asked if self.asked else None

    @property
    def ill_in_all(self) -> int:
        """Pupils marked ill in all."""
        return sum(self.ill.values())

    @property
    def unexplained(self) -> int:
        """Pupils with a session whose reason is not known yet."""
        return sum(count for code, count in self.absent.items() if is_unexplained(code))


@dataclass(frozen=True, slots=True)
class Cluster:
    """A class or a symptom on the day, judged by the school days before it."""

    name: str
    judged: Judged


async def term_of(
    db: AsyncConnection, school: School, until: date, pupils: frozenset[str] | None = None
) -> tuple[DayFigures, ...]:
    """Every school day of the term that `until` lies in, up to and with `until`; a day without school is left out.

    `pupils`: whom whoever looks may see; None for the whole school.
    """
    first = period_begins(until, "term", school.calendar)
    days = list(school.calendar.between(first, until + timedelta(days=1)))
    term = await minutes_of_term(db, school, until)
    own = [child for child in term.children if pupils is None or child.pupil in pupils]
    children = {day: tuple(child for child in own if child.session.day == day) for day in days}
    start, end = instant(first, time(0, 0)), instant(until + timedelta(days=1), time(0, 0))
    lines = await journal.of_kinds(db, school.id, start, end, ("sent", "received"))
    by_day: dict[date, list[Line]] = {}
    for line in lines:
        by_day.setdefault(local(line.at).date(), []).append(line)
    marks = await counting.absent_by_class(db, school.id, first, until, pupils)
    marked = await counting.marked_days(db, school.id, first, until, pupils)
    since = min(by_day, default=until + timedelta(days=1))
    return tuple(
        replace(
            _day(DayMinutes(day, children[day]), _about(by_day.get(day, []), pupils), marks, pupils),
            marked=day in marked,
            in_use=day >= since,
        )
        for day in days
    )


def _about(lines: list[Line], pupils: frozenset[str] | None) -> list[Line]:
    """The lines that concern any of these pupils."""
    return lines if pupils is None else [line for line in lines if not pupils.isdisjoint(line.pupils)]


def _day(
    minutes: DayMinutes,
    lines: list[Line],
    marks: Iterable[tuple[date, str, str, int]],
    only: frozenset[str] | None,
) -> DayFigures:
    absent: dict[str, int] = {}
    ill: dict[str, int] = {}
    for on, group, code, pupils in marks:
        if on == minutes.day:
            absent[_shown(code)] = absent.get(_shown(code), 0) + pupils
            if code == ILL:
                ill[group] = ill.get(group, 0) + pupils
    asked, replied = replies(lines)
    return DayFigures(
        minutes.day, minutes, asked=asked, replied=replied, absent=absent, ill=ill, newly=newly_ill(lines, only)
    )


def _shown(code: str) -> str:
    """N, a blank and `-` are one reason: not known yet."""
    return "N" if is_unexplained(code) else code


def replies(lines: Iterable[Line]) -> tuple[int, int]:
    """(contacts asked, of those who wrote back later that day): lines of one day, in order."""
    asked: dict[str, bool] = {}
    for line in lines:
        if line.kind == "sent" and line.data.get("template") in ASKS:
            asked.setdefault(str(line.data.get("to")), False)
        elif line.kind == "received" and line.data.get("contact") in asked:
            asked[str(line.data["contact"])] = True
    return len(asked), sum(asked.values())


def newly_ill(lines: Iterable[Line], pupils: frozenset[str] | None = None) -> dict[str, int]:
    """Children whom a message of this day reports ill, by symptom; each once under each, however often it was said."""
    found: dict[str, set[str]] = {}
    for line in lines:
        understood = line.data.get("understood") if line.kind == "received" else None
        if not understood:
            continue
        reports = [report for report in understood.get("reports", ()) if report.get("code") == ILL]
        ill = {child for report in reports for child in report.get("children", ())}
        ill = ill if pupils is None else ill & pupils
        for symptom in symptoms_of(str(line.data.get("text", ""))) or {NOT_SAID} if ill else ():
            found.setdefault(symptom, set()).update(ill)
    return {symptom: len(children) for symptom, children in found.items()}


def by_class(days: tuple[DayFigures, ...]) -> list[Cluster]:
    """Classes with somebody ill on the last of these days, each judged by its own days before; unusual ones first.

    Only days with marks count: before the school began to use this, nobody was "not ill".
    """
    today, known = days[-1], [day for day in days[:-1] if day.marked]
    found = [
        Cluster(group, judge([day.ill.get(group, 0) for day in known], count)) for group, count in today.ill.items()
    ]
    return sorted(found, key=lambda one: (not one.judged.unusual, -one.judged.count, one.name))


def by_symptom(days: tuple[DayFigures, ...]) -> list[Cluster]:
    """Symptoms of the children first reported ill on the last of these days, judged by the days when we listened."""
    today, known = days[-1], [day for day in days[:-1] if day.marked and day.in_use]
    found = [
        Cluster(SYMPTOMS[symptom], judge([day.newly.get(symptom, 0) for day in known], count))
        for symptom, count in today.newly.items()
    ]
    return sorted(found, key=lambda one: (not one.judged.unusual, -one.judged.count, one.name))
