"""The call sheet: one page to print, in risk order, with which the office goes on by telephone when nothing else works.

Whom to ring, their contacts in order, what was already sent. A barred contact is struck out and has no number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.calendar import Session
from attendance.case import Case
from attendance.closing import LATE
from attendance.codes import is_unexplained
from attendance.people import Pupil
from attendance.school import School
from office import wording
from office.board import board, rows
from office.board.snapshot import Snapshot, take
from office.families.numbers import numbers_of
from office.pages import pages
from office.paths import STATIC


@dataclass(frozen=True, slots=True)
class Caller:
    """One contact on the sheet."""

    place: int
    name: str
    relation: str
    barred: bool
    may_report: bool
    set_aside: bool
    numbers: tuple[tuple[str, str, str], ...]
    asked: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One child whom somebody should ring about."""

    pupil: Pupil
    why: str
    tier: str
    callers: tuple[Caller, ...]
    owner: str = ""
    deadline: datetime | None = None
    brief: bool = False
    """One row in a table: a child outside the risk tiers, of a class that nobody marked, who is most likely here."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole sheet."""

    lines: tuple[Line, ...]
    not_in: tuple[board.ClassRow, ...]

    @property
    def blocks(self) -> tuple[tuple[tuple[int, Line], ...], ...]:
        """The lines with their numbers: each by itself, and brief ones with the same reason together."""
        numbered = enumerate(self.lines, 1)
        groups = groupby(numbered, key=lambda one: one[1].why if one[1].brief else str(one[0]))
        return tuple(tuple(some) for _, some in groups)


def build(snapshot: Snapshot, sees: board.Sees = lambda _: True, flags: bool = True) -> Sheet:
    """Everybody who is not accounted for, the greatest risk first: alarms, classes nobody marked, then who is asked.

    `sees` and `flags` as for the board.
    """
    made = board.build(snapshot, sees, flags=flags)
    act = [_line(snapshot, row) for row in made.band("act").rows if row.pupil is not None]
    read = [_line(snapshot, row) for row in made.band("read").rows if _still_out(snapshot, row)]
    wait = [_line(snapshot, row) for row in made.band("wait").rows if row.pupil is not None]
    listed = {line.pupil.id for line in (*act, *read, *wait)}
    missing: dict[str, Line] = {}
    for register in made.registers:
        for pupil in register.pupils:
            if pupil.id not in listed and _expected(snapshot, pupil, register):
                missing.setdefault(pupil.id, _missing(snapshot, pupil, register, flags))
    unmarked = sorted(missing.values(), key=lambda line: (line.brief, line.why, line.pupil.family))
    return Sheet((*act, *unmarked, *read, *wait), made.registers)


def _still_out(snapshot: Snapshot, row: rows.Row) -> bool:
    """A message to read takes a child's row out of Waiting; who is unexplained, or due to arrive, is still rung."""
    case = rows.main_case(snapshot.cases_of(row.pupil.id)) if row.pupil is not None else None
    return case is not None and case.due_at is not None


def _line(snapshot: Snapshot, row: rows.Row) -> Line:
    assert row.pupil is not None
    case = rows.main_case(snapshot.cases_of(row.pupil.id))
    waiting = case is not None and case.is_waiting
    return Line(
        row.pupil,
        row.title,
        row.tier,
        _callers(snapshot, row.pupil, case),
        row.owner,
        case.deadline_at if waiting and case else None,
    )


def _missing(snapshot: Snapshot, pupil: Pupil, register: board.ClassRow, flags: bool) -> Line:
    why = f"Unaccounted for: the register of {register.group} was not taken"
    tier = rows.tier_shown(snapshot, pupil, flags)
    return Line(pupil, why, tier, _callers(snapshot, pupil, None), brief=not tier)


def _expected(snapshot: Snapshot, pupil: Pupil, register: board.ClassRow) -> bool:
    session = Session(snapshot.today, register.half)
    if any(
        report.pupil == pupil.id and report.code != LATE and report.covers(session, snapshot.school.calendar)
        for report in snapshot.reports
    ):
        return False
    entry = next((one for one in snapshot.entries_of(pupil.id) if one.session == session), None)
    return entry is None or is_unexplained(entry.current)


def _callers(snapshot: Snapshot, pupil: Pupil, case: Case | None) -> tuple[Caller, ...]:
    roll = snapshot.school.roll
    found = []
    for place, link in enumerate(roll.links_of(pupil.id), 1):
        asked = [] if case is None else [attempt for attempt in case.attempts if attempt.contact == link.contact]
        found.append(
            Caller(
                place,
                roll.contacts[link.contact].name,
                link.relation,
                link.barred,
                link.may_report,
                link.set_aside and not link.barred,
                numbers_of(snapshot.school, pupil.id, link),
                tuple(
                    f"{wording.clock(one.at)} {wording.CHANNELS.get(one.channel, one.channel)}" + rows.came_of(one)
                    for one in asked
                ),
                link.note,
            )
        )
    return tuple(found)


async def read(db: AsyncConnection, school: School, now: datetime) -> tuple[Snapshot, Sheet]:
    """Read the sheet as it stands."""
    snapshot = await take(db, school, now)
    return snapshot, build(snapshot)


async def render(db: AsyncConnection, school: School, now: datetime) -> str:
    """The sheet as one HTML file that needs nothing else: `firstcall call-sheet` writes it."""
    snapshot, sheet = await read(db, school, now)
    css = (STATIC / "office.css").read_text(encoding="utf-8")
    day = f"{snapshot.today:%A} {snapshot.today.day} {snapshot.today:%B %Y}"
    template = pages.environment().get_template("call_sheet_file.html")
    return template.render(school=school, now=now, sheet=sheet, css=css, sheet_day=day)
