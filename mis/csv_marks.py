"""Marks from a CSV: one row for each pupil and session, or one for each pupil and day with an AM and a PM column.

The columns are described in `docs/how-to/import-from-your-mis.md`. Every code is checked against the edition in force.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from attendance.calendar import Half
from attendance.codes import CodeSet, UnknownCode, code_set, edition_for
from mis import cells
from mis.columns import Faults, Row, known_headings, map_columns, missing, rows_of
from mis.faults import ImportFault, ImportRefused
from mis.table import read_table

Place = tuple[str, date, Half]
"""Whose mark it is, and of which session."""
NOTHING_ENTERED = "-"
NO_SCHOOL = frozenset({"", "-", "#"})
"""What an export has for a closed day: that there was no school, which we know and need not keep."""
_PRESENT = {"am": "/", "pm": "\\"}
_WANTED: tuple[Collection[str], ...] = (("pupil_id",), ("date",), ("mark", "am", "pm"))


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One mark of the school's own register. `code` is a code of the edition, or `-` where nothing was entered.

    `day` is a school date, `minutes_late` whole minutes or None, `line` the line of the file.
    """

    pupil_id: str
    day: date
    half: Half
    code: str
    minutes_late: int | None
    comment: str
    line: int


@dataclass(frozen=True, slots=True)
class MarksImport:
    """The marks of a file in its order, and what the column mapper found (plain heading to field).

    `refused` names each line that was not taken and why; the others are as good as if it were not there.
    """

    rows: tuple[MarkRow, ...]
    warnings: tuple[str, ...]
    headings: Mapping[str, str]
    refused: tuple[ImportFault, ...] = ()


def read_marks(
    data: bytes,
    codes: CodeSet,
    *,
    known_pupils: Collection[str] | None = None,
    is_school_day: Callable[[date], bool] = lambda day: True,
    remembered: Mapping[str, str] | None = None,
) -> MarksImport:
    """Read a marks file: wrong lines are refused one by one, the others are taken. Raises ImportRefused with every
    fault of a file of which nothing can be taken.

    `known_pupils`, the ids on roll, makes a mark of anybody else a fault; None lets all through. `codes` are those of
    today; a session before 19 August 2024 has the codes of its own time.
    """
    remembered = remembered or {}
    table = read_table(data, known_headings("marks", remembered), "pupil_id,date,session,mark")
    columns = map_columns("marks", table.headings, remembered)
    wanted = [*_WANTED, ("session",)] if "mark" in columns.fields else _WANTED
    if faults := missing("marks", columns, wanted, table.headings_line):
        raise ImportRefused(faults)
    faults = Faults()
    marks: dict[Place, MarkRow] = {}
    twice: set[Place] = set()
    for row in rows_of(table, columns, faults):
        for mark in _marks_of(row, codes, known_pupils, is_school_day):
            _add(row, mark, marks, twice)
    taken = tuple(mark for place, mark in marks.items() if place not in twice)
    if not taken and not faults:
        faults.add(table.headings_line, "", "there is no mark below the headings", "export the file again")
    if not taken:
        raise ImportRefused(faults)
    unread = ", ".join(dict.fromkeys(columns.unread))
    warnings = (f"columns that were not read: {unread}",) if unread else ()
    return MarksImport(taken, warnings, columns.headings, tuple(sorted(faults, key=lambda fault: fault.line)))


def _marks_of(
    row: Row, codes: CodeSet, known_pupils: Collection[str] | None, is_school_day: Callable[[date], bool]
) -> Iterator[MarkRow]:
    before = len(row.faults)
    pupil = re.sub(r"^(\d+)\.0+$", r"\1", row.needed("pupil_id"))
    day = row.read("date", cells.day, None) if row.needed("date") else None
    if pupil and known_pupils is not None and pupil not in known_pupils:
        row.fault(
            f"pupil `{cells.shown(pupil)}` is not on roll here",
            "import the people first, with the same ids",
            "pupil_id",
        )
    if day is not None and not is_school_day(day):
        if all(row.text(field) in NO_SCHOOL for field, _ in _halves(row)):
            return
        row.fault(
            f"{day:%d/%m/%Y} is no school day in the calendar", "correct the date, or the school's calendar", "date"
        )
    late = row.read("minutes_late", cells.minutes, None)
    here = code_set(edition_for(day)) if day is not None and edition_for(day) != codes.edition else codes
    whole = len(row.faults) == before
    for field, half in _halves(row):
        code = _code(row, field, half, here) if half else None
        if whole and pupil and day and half and code:
            yield MarkRow(pupil, day, half, code, late, row.text("comment"), row.line)


def _halves(row: Row) -> list[tuple[str, Half | None]]:
    """(field that holds the mark, half day) of the row."""
    if row.has("mark"):
        return [("mark", row.read("session", cells.half, None) if row.needed("session") else None)]
    found: list[tuple[str, Half | None]] = []
    if row.has("am"):
        found.append(("am", "am"))
    if row.has("pm"):
        found.append(("pm", "pm"))
    return found


def _code(row: Row, field: str, half: Half, codes: CodeSet) -> str | None:
    """The cell's code; small letters are taken, and either slash is the present mark of its half."""
    cell = row.text(field)
    if cell in ("", NOTHING_ENTERED, "\u2013", "\u2014"):
        return NOTHING_ENTERED
    if cell in ("/", "\\", "/\\"):
        return _PRESENT[half]
    if cell.upper() in codes:
        return cell.upper()
    try:
        codes.get(cell)
    except UnknownCode as error:
        problem, _, remedy = str(error).rstrip(".").partition("; ")
        row.fault(problem, remedy, field)
    return None


def _add(row: Row, mark: MarkRow, marks: dict[Place, MarkRow], twice: set[Place]) -> None:
    """Of two marks that differ neither is taken: a present mark that is wrong would end the search for a child."""
    place = (mark.pupil_id, mark.day, mark.half)
    first = marks.setdefault(place, mark)
    if first.code != mark.code:
        twice.add(place)
        row.fault(
            f"the mark of pupil {mark.pupil_id} on {mark.day:%d/%m/%Y} {mark.half.upper()} is `{mark.code}` here "
            f"and `{first.code}` on line {first.line}",
            "neither is taken; leave one of them in",
            "mark",
        )
