"""A file's bytes to headings and rows: encodings, separators, title lines above the headings, totals below.

Line numbers are those that a text editor shows, so that a fault can be found in the file.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mis.faults import ImportFault, ImportRefused

SEPARATORS = (",", ";", "\t", "|")
TITLE_LINES = 30
"""How many lines above the headings are looked through for them."""

_SAVE_AS = "in Excel choose File, Save as, `CSV UTF-8 (comma delimited)`, and import that file"
_NOT_TEXT = {
    b"PK\x03\x04": "this is a workbook (.xlsx) or another packed file, not CSV",
    b"\xd0\xcf\x11\xe0": "this is an old Excel workbook (.xls), not CSV",
    b"%PDF": "this is a PDF, not CSV",
}
_FOOTER = re.compile(
    r"((grand |sub)?totals?|number of|count|printed|page \d+|report|end of|generated|\d+ (rows|records|pupils))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One record of the file: where it begins, and its cells as they stand, without spaces round them."""

    number: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> tuple[str, ...]:
        """The cells that hold something."""
        return tuple(cell for cell in self.cells if cell)


@dataclass(frozen=True, slots=True)
class Table:
    """The headings and the rows below them. Blank rows are left out; `footers` are lines that only sum up or sign."""

    headings: tuple[str, ...]
    headings_line: int
    rows: tuple[Line, ...]
    footers: tuple[int, ...] = ()


def read_table(
    data: bytes, known: Callable[[Sequence[str]], int], example: str = "pupil_id,given,family,group,contact_name,mobile"
) -> Table:
    """Find the headings and what is below them. `known` counts how many cells of a line are headings that we know;
    `example` is a line of them.

    Raises ImportRefused for what is no CSV text, or has no line of headings.
    """
    text = decode(data)
    best: tuple[int, int, list[Line]] = (0, 0, [])
    problem = None
    for separator in SEPARATORS:
        try:
            lines = _lines(text, separator)
        except ImportRefused as refused:
            problem = problem or refused
            continue
        for place, line in enumerate(lines[:TITLE_LINES]):
            score = known(line.cells)
            if score > best[0]:
                best = (score, place, lines)
    score, place, lines = best
    if score < 2:
        if problem is not None:
            raise problem
        raise _refused(
            "no line of headings of this kind of file was found",
            f"the first line must name the columns, as `{example}`",
        )
    headings = lines[place]
    rows, footers = _without_footers(lines[place + 1 :])
    _whole_rows(headings, rows)
    return Table(headings.cells, headings.number, tuple(rows), tuple(footers))


def decode(data: bytes) -> str:
    """The text of a file in UTF-8 (with or without a byte order mark), UTF-16 or Windows-1252. Raises ImportRefused."""
    if not data.strip():
        raise _refused("it is empty", "export it again")
    for mark, problem in _NOT_TEXT.items():
        if data.startswith(mark):
            raise _refused(problem, _SAVE_AS)
    text = _text(data)
    if "\0" in text:
        raise _refused("it is not text", _SAVE_AS)
    return text


def _text(data: bytes) -> str:
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        if data[1:200:2].count(0) > len(data[:200]) // 4:
            return data.decode("utf-16-le")
        if data[0:200:2].count(0) > len(data[:200]) // 4:
            return data.decode("utf-16-be")
    except UnicodeDecodeError as error:
        raise _refused("it is cut off in the middle of a letter", "export it again") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ImportRefused(
            [ImportFault(line, "", "a letter is in no encoding that we know (UTF-8, UTF-16, Windows-1252)", _SAVE_AS)]
        ) from error


def _lines(text: str, separator: str) -> list[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines = []
    begins = 1
    try:
        for cells in reader:
            trimmed = tuple(_trimmed(cell) for cell in cells)
            if any(trimmed) and not (begins == 1 and cells[0].casefold().startswith("sep=")):
                lines.append(Line(begins, trimmed))
            begins = reader.line_num + 1
    except csv.Error as error:
        remedy = 'look for a quotation mark (") that is opened and not closed on or after this line'
        raise ImportRefused([ImportFault(begins, "", f"the line is not CSV ({error})", remedy)]) from error
    return lines


def _trimmed(cell: str) -> str:
    """Without spaces round it, and without the ="0770…" and '0770… by which Excel is made to keep a number's zero."""
    cell = cell.replace("\u00a0", " ").strip()
    if cell.startswith('="') and cell.endswith('"'):
        cell = cell[2:-1]
    return cell.removeprefix("'").strip() if cell[1:2].isdigit() or cell[1:2] == "+" else cell


def _without_footers(lines: Sequence[Line]) -> tuple[list[Line], list[int]]:
    rows = list(lines)
    footers: list[int] = []
    while rows and len(rows[-1].filled) <= 2 and _FOOTER.match(rows[-1].filled[0]):
        footers.insert(0, rows.pop().number)
    return rows, footers


def _whole_rows(headings: Line, rows: Sequence[Line]) -> None:
    width = len(headings.cells)
    faults = [
        ImportFault(
            row.number,
            "",
            f"it has {len(row.cells)} cells under {width} headings",
            "put quotation marks round a cell that holds the separator, or remove it",
        )
        for row in rows
        if any(row.cells[width:])
    ]
    if faults:
        raise ImportRefused(faults)


def _refused(problem: str, remedy: str) -> ImportRefused:
    return ImportRefused([ImportFault(0, "", problem, remedy)])
