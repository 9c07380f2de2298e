"""Marks from a CSV: one row for each pupil and session, or one for each pupil and day with an AM and a PM column.

The columns are described in `docs/how-to/import-from-your-mis.md`. Every code is checked against the edition in force.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from attendance.calendar import Half
from attendance.codes import CodeSet, UnknownCode
from mis import cells
from mis.columns import Faults, Row, known_headings, map_columns, missing, rows_of
from mis.faults import ImportRefused
from mis.table import read_table

NOTHING_ENTERED = "-"
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
    """The marks of a file in its order, and what the column mapper found (plain heading to field)."""

    rows: tuple[MarkRow, ...]
    warnings: tuple[str, ...]
    headings: Mapping[str, str]


def read_marks(
    data: bytes,
    codes: CodeSet,
    *,
    known_pupils: Collection[str] | None = None,
    remembered: Mapping[str, str] | None = None,
) -> MarksImport:
    """Read a marks file. Raises ImportRefused with every fault of it.

    `known_pupils`, the ids on roll, makes a mark of anybody else a fault; None lets all through.
    """
    remembered = remembered or {}
    table = read_table(data, known_headings("marks", remembered))
    columns = map_columns("marks", table.headings, remembered)
    wanted = [*_WANTED, ("session",)] if "mark" in columns.fields else _WANTED
    if faults := missing("marks", columns, wanted, table.headings_line):
        raise ImportRefused(faults)
    faults = Faults()
    marks: dict[tuple[str, date, Half], MarkRow] = {}
    for row in rows_of(table, columns, faults):
        for mark in _marks_of(row, codes, known_pupils):
            _add(row, mark, marks)
    if not marks and not faults:
        faults.add(table.headings_line, "", "there is no mark below the headings", "export the file again")
    if faults:
        raise ImportRefused(faults)
    unread = ", ".join(dict.fromkeys(columns.unread))
    warnings = (f"columns that were not read: {unread}",) if unread else ()
    return MarksImport(tuple(marks.values()), warnings, columns.headings)


def _marks_of(row: Row, codes: CodeSet, known_pupils: Collection[str] | None) -> Iterator[MarkRow]:
    pupil = re.sub(r"^(\d+)\.0+$", r"\1", row.needed("pupil_id"))
    day = row.read("date", cells.day, None) if row.needed("date") else None
    if pupil and known_pupils is not None and pupil not in known_pupils:
        row.fault(
            f"pupil `{cells.shown(pupil)}` is not on roll here",
            "import the people first, with the same ids",
            "pupil_id",
        )
    late = row.read("minutes_late", cells.minutes, None)
    for field, half in _halves(row):
        code = _code(row, field, half, codes) if half else None
        if pupil and day and half and code:
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


def _add(row: Row, mark: MarkRow, marks: dict[tuple[str, date, Half], MarkRow]) -> None:
    first = marks.setdefault((mark.pupil_id, mark.day, mark.half), mark)
    if first.code != mark.code:
        row.fault(
            f"the mark of pupil {mark.pupil_id} on {mark.day:%d/%m/%Y} {mark.half.upper()} is `{mark.code}` here "
            f"and `{first.code}` on line {first.line}",
            "leave one of them in",
            "mark",
        )
