"""What is wrong with an imported file, said so that an office can put it right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportFault:
    """One mistake. `line` counts from 1, as an editor does; 0 is the whole file. `column` is the file's heading."""

    line: int
    column: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = f"line {self.line}" if self.line else "the file"
        if self.column:
            place += f", column {self.column}"
        return f"{place}: {self.problem}; {self.remedy}"


class ImportRefused(ValueError):
    """The file changes nothing, because of each of `faults`; the text lists them all in the order of the lines."""

    def __init__(self, faults: Iterable[ImportFault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__("\n".join(map(str, self.faults)))


class CellFault(ValueError):
    """One cell cannot be read. Its line and column are added by who knows them."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem}; {remedy}")
