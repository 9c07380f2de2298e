"""The column mapper: which column of a school's file fills which field of ours.

The names are data (`headings.toml`). A school that names a column otherwise says so once; what was found and said is
given back as `Mapping.headings`, to be remembered and handed in with the next file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from rapidfuzz import fuzz, process

from mis.faults import CellFault, ImportFault
from mis.table import Line, Table

REPEATED = frozenset({"phone", "email"})
"""Fields that several columns may fill: every one of them is read."""

IGNORED = ""
"""What a remembered column is mapped to when a person said that it is not to be read."""

_T = TypeVar("_T")
_D = TypeVar("_D")


def plain(heading: str) -> str:
    """A heading as it is compared: small letters and digits, one space between words."""
    return " ".join(re.findall(r"[^\W_]+", heading.casefold()))


@cache
def words() -> Mapping[str, Mapping[str, Any]]:
    """The tables of `headings.toml`."""
    return tomllib.loads((Path(__file__).parent / "headings.toml").read_text(encoding="utf-8"))


@cache
def _aliases(kind: str) -> Mapping[str, tuple[str, int]]:
    """From a plain heading to its field and its place in that field's list."""
    return {plain(name): (field, rank) for field, names in words()[kind].items() for rank, name in enumerate(names)}


@cache
def meaning(table: str) -> Mapping[str, str]:
    """From a plain word of an export to ours, for the tables `relations` and `languages`."""
    return {plain(name): ours for ours, names in words()[table].items() for name in (ours, *names)}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands: (place, heading) pairs in the order in which they are tried."""

    fields: Mapping[str, tuple[tuple[int, str], ...]]
    headings: Mapping[str, str]
    """From plain heading (with #2 where it stands a second time) to field: what the mapper is to remember."""
    unread: tuple[str, ...]

    def heading(self, *fields: str) -> str:
        """The file's own heading of the first of these fields that it has, or our name."""
        return next((self.fields[field][0][1] for field in fields if field in self.fields), fields[0])


def known_headings(kind: str, remembered: Mapping[str, str]) -> Callable[[Sequence[str]], int]:
    """A function that counts how many different fields a line's cells name, by which the headings' line is found."""
    aliases = _aliases(kind)

    def count(cells: Sequence[str]) -> int:
        names = [plain(cell) for cell in cells]
        return len(
            {aliases[name][0] if name in aliases else name for name in names if name in aliases or name in remembered}
        )

    return count


def map_columns(kind: str, headings: Sequence[str], remembered: Mapping[str, str]) -> Columns:
    """Settle which column fills which field. `remembered` (plain heading to field, or IGNORED) outranks our names."""
    aliases, again = _aliases(kind), words()["again"] if kind == "people" else {}
    found: dict[str, list[tuple[int, int, str]]] = {}
    said: dict[str, str] = {}
    seen: dict[str, int] = {}
    unread = []
    for place, heading in enumerate(headings):
        name = plain(heading)
        seen[name] = seen.get(name, 0) + 1
        key = name if seen[name] == 1 else f"{name}#{seen[name]}"
        if not name:
            continue
        rank = 0
        if key in remembered:
            field = remembered[key]
        elif seen[name] == 1 and name in aliases:
            field, rank = aliases[name]
        elif seen[name] == 2 and name in again:
            field = again[name]
        elif seen[name] > 1 and name in aliases and aliases[name][0] in REPEATED:
            field, rank = aliases[name]
        else:
            unread.append(heading)
            continue
        said[key] = field
        if field != IGNORED:
            found.setdefault(field, []).append((rank, place, heading))
    fields = {}
    for field, places in found.items():
        tried = sorted(places)
        fields[field] = tuple((place, heading) for _, place, heading in (tried if field in REPEATED else tried[:1]))
        unread += [] if field in REPEATED else [heading for _, _, heading in tried[1:]]
    return Columns(fields, said, tuple(unread))


def missing(kind: str, columns: Columns, wanted: Sequence[Collection[str]], line: int) -> list[ImportFault]:
    """A fault for each group of alternatives of which the file has none, with the unread heading that comes nearest."""
    faults = []
    for alternatives in wanted:
        if any(field in columns.fields for field in alternatives):
            continue
        first = next(iter(alternatives))
        names = [name for field in alternatives for name in words()[kind][field]]
        near = _nearest(names, columns.unread)
        remedy = f"rename `{near}` to `{first}` if that is it" if near else f"add a column `{first}`"
        faults.append(ImportFault(line, "", f"there is no column `{first}` (or {_listed(names[1:4])})", remedy))
    return faults


def _nearest(names: Iterable[str], unread: Collection[str]) -> str | None:
    scored = [
        (hit[1], hit[0])
        for name in names
        if (hit := process.extractOne(name, unread, scorer=fuzz.ratio, processor=plain, score_cutoff=70))
    ]
    return max(scored)[1] if scored else None


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


class Faults(list[ImportFault]):
    """The faults of one file, gathered while it is read."""

    def add(self, line: int, column: str, problem: str, remedy: str) -> None:
        """Note one more."""
        self.append(ImportFault(line, column, problem, remedy))


class Row:
    """One line of the file seen through the columns. What cannot be read becomes a fault, and the default is given."""

    def __init__(self, line: Line, columns: Columns, faults: Faults) -> None:
        self.line = line.number
        self._cells = line.cells
        self._columns = columns
        self._faults = faults

    @property
    def faults(self) -> Sequence[ImportFault]:
        """The faults of the file so far."""
        return self._faults

    def has(self, field: str) -> bool:
        """True when the file has a column for it, filled or not."""
        return field in self._columns.fields

    def all(self, field: str) -> list[tuple[str, str]]:
        """(heading, cell) of every column of the field that holds something, the preferred one first."""
        places = self._columns.fields.get(field, ())
        return [
            (heading, self._cells[place])
            for place, heading in places
            if place < len(self._cells) and self._cells[place]
        ]

    def text(self, field: str) -> str:
        """The cell, or an empty text."""
        return next((" ".join(cell.split()) for _, cell in self.all(field)), "")

    def needed(self, field: str) -> str:
        """The cell; an empty one is a fault."""
        cell = self.text(field)
        if not cell:
            self.fault("the cell is empty", "fill it in, or remove the line", field)
        return cell

    def read(self, field: str, parse: Callable[[str], _T], default: _D) -> _T | _D:
        """The cell as `parse` reads it; `default` where it is empty or cannot be read (which is a fault)."""
        cell = self.text(field)
        if not cell:
            return default
        try:
            return parse(cell)
        except CellFault as fault:
            self.fault(fault.problem, fault.remedy, field)
            return default

    def fault(self, problem: str, remedy: str, *fields: str) -> None:
        """Note that this line cannot be read, at the first of `fields` that the file has."""
        self._faults.add(self.line, self._columns.heading(*fields) if fields else "", problem, remedy)

    def fault_at(self, heading: str, fault: CellFault) -> None:
        """Note a cell's fault under its own heading, for fields that several columns fill."""
        self._faults.add(self.line, heading, fault.problem, fault.remedy)


def rows_of(table: Table, columns: Columns, faults: Faults) -> list[Row]:
    """The table's lines as rows."""
    return [Row(line, columns, faults) for line in table.rows]
