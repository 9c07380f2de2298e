"""Figures as pages: the day, the week and the term with plots, illness by class and symptom, and all of it as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response

from attendance.calendar import CalendarTooShort, local
from attendance.clusters import BASELINE, LAG
from office.figures import charts, figures
from office.figures.charts import Bar
from office.figures.figures import SYMPTOMS, DayFigures
from office.pages import pages
from office.pages.csv_file import csv_answer
from office.visit import Visit, needs

router = APIRouter()
SEE = needs("see_figures")
WEEK = 5


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot with its heading; `week` and `term` are the same question over five days and over the term."""

    title: str
    week: str
    term: str


@router.get("/figures")
async def page(visit: Visit = Depends(SEE)) -> HTMLResponse:
    """The figures of a school day, an ISO date in `day`; today, or the last school day, where it is left out."""
    today = local(visit.desk.now()).date()
    shown = min(_date(visit.request.query_params.get("day", "")) or today, today)
    days = await _term(visit, shown)
    await visit.write_down("view_figures", f"figures/{shown}")
    if not days:
        return pages.page("figures.html", visit, day=None, shown=shown)
    day = days[-1]
    return pages.page(
        "figures.html", visit, whole=visit.sees_all, day=day, shown=shown, days=days, week=days[-WEEK:],
        plots=_plots(days),
        classes=figures.by_class(days), symptoms=figures.by_symptom(days), today=today, baseline=BASELINE, lag=LAG,
        reasons=sorted(day.absent.items(), key=lambda one: (-one[1], one[0])), older=_before(visit, day.day),
        newer=next((one for one in [_after(visit, day.day)] if one and one <= today), None),
    )  # fmt: skip


async def _term(visit: Visit, until: date) -> tuple[DayFigures, ...]:
    async with visit.desk.database.read() as db:
        return await figures.term_of(db, visit.school, until, _seen_by(visit))


def _seen_by(visit: Visit) -> frozenset[str] | None:
    """The pupils whom this person sees; None for the whole school."""
    if visit.sees_all:
        return None
    return frozenset(pupil.id for pupil in visit.school.roll.pupils.values() if visit.sees(pupil))


def _plots(days: Sequence[DayFigures]) -> list[Plot]:
    def both(name: str, title: str, values: Iterable[float | None], unit: str = "") -> Plot:
        known = list(zip(days, values, strict=True))
        week = [Bar(f"{day.day:%a} {day.day.day}", value, day is days[-1]) for day, value in known[-WEEK:]]
        term = [Bar(f"{day.day.day} {day.day:%b}", value, day is days[-1]) for day, value in known]
        return Plot(
            title,
            charts.bars(f"{name}-week", f"{title}, last five school days", _said(week), week, unit),
            charts.bars(f"{name}-term", f"{title}, each school day of the term", _range(term), term, unit),
        )

    return [
        both(
            "cases",
            "Children without a reason at the close",
            [len(day.minutes.children) if day.marked and day.in_use else None for day in days],
        ),
        both("answer", "Minutes to an answer, middle value", [day.minutes.to_answer.median for day in days]),
        both("replies", "Replies: per cent of the contacts asked", [day.reply_rate for day in days]),
        both("ill", "Children marked ill", [day.ill_in_all if day.marked else None for day in days]),
    ]


def _said(values: Sequence[Bar]) -> str:
    return "; ".join(f"{one.label}: {'nothing' if one.value is None else f'{one.value:.0f}'}" for one in values)


def _range(values: Sequence[Bar]) -> str:
    known = [one for one in values if one.value is not None]
    if not known:
        return "Nothing yet."
    low, high = (pick(known, key=lambda one: one.value or 0) for pick in (min, max))
    return (
        f"{len(known)} days with a value, from {low.value:.0f} ({low.label}) to {high.value:.0f} ({high.label}); "
        f"the last is {known[-1].value:.0f} ({known[-1].label}). The file below has every number."
    )


@router.get("/figures/days.csv")
async def days_csv(visit: Visit = Depends(SEE)) -> Response:
    """One line for each school day of the term: minutes, replies, pupils by code, newly ill by symptom. No names."""
    days = await _term(visit, local(visit.desk.now()).date())
    codes = sorted({code for day in days for code in day.absent})
    head = [
        "day", "marks_known", "without_reason_at_close", "median_minutes_to_attempt", "median_minutes_to_answer",
        "median_minutes_to_person", "contacts_asked", "contacts_replied",
        *(f"absent_{code}" for code in codes), *(f"newly_ill_{symptom}" for symptom in SYMPTOMS),
    ]  # fmt: skip
    rows = [
        [
            day.day.isoformat(), int(day.marked), len(day.minutes.children), _number(day.minutes.to_attempt.median),
            _number(day.minutes.to_answer.median), _number(day.minutes.to_person.median), day.asked, day.replied,
            *(day.absent.get(code, 0) for code in codes), *(day.newly.get(symptom, 0) for symptom in SYMPTOMS),
        ]
        for day in days
    ]  # fmt: skip
    return await _file(visit, "days", head, rows)


@router.get("/figures/illness.csv")
async def illness_csv(visit: Visit = Depends(SEE)) -> Response:
    """One line for each school day of the term and class: pupils marked ill. No names."""
    days = await _term(visit, local(visit.desk.now()).date())
    groups = sorted({pupil.group for pupil in visit.school.roll.pupils.values() if visit.sees(pupil)})
    rows = [[day.day.isoformat(), group, day.ill.get(group, 0)] for day in days if day.marked for group in groups]
    return await _file(visit, "illness", ["day", "class", "pupils_ill"], rows)


async def _file(visit: Visit, name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    await visit.write_down("export_figures", f"figures/{name}.csv")
    return csv_answer(name, head, rows)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _date(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _before(visit: Visit, day: date) -> date | None:
    try:
        return visit.school.calendar.before(day)
    except CalendarTooShort:
        return None


def _after(visit: Visit, day: date) -> date | None:
    try:
        return visit.school.calendar.after(day, 1)
    except CalendarTooShort:
        return None
