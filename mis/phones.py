"""A cell of telephone numbers, as spreadsheets leave it, to E.164.

Repaired where that is sure, refused with advice where it is not.
"""

from __future__ import annotations

import re

from messaging.numbers import BadNumber, normal
from mis.cells import shown
from mis.faults import CellFault

_NOTHING = re.compile(r"(none|no|n/?a|nil|ex[- ]?directory|unknown|not known|not given|tbc|[-.?]+)", re.IGNORECASE)
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
_NUMBER = re.compile(r"(?:\+|00)?\(?\d[\d\s().\-]{4,}\d")


def phones(cell: str) -> list[str]:
    """Every number of the cell in E.164, in order; none where it says that there is none. Raises CellFault."""
    text = cell.strip()
    if _NOTHING.fullmatch(text):
        return []
    if _SHORTENED.search(text):
        raise CellFault(
            f"`{shown(cell)}` is a number that Excel has shortened, its digits are lost",
            "format the column as Text in the export, and export again",
        )
    text = re.sub(r"(\d)\.0+$", r"\1", text)  # a spreadsheet's 7700900123.0
    runs = [part for run in _NUMBER.findall(text) for part in _apart(run)]
    if not runs:
        raise CellFault(
            f"`{shown(cell)}` holds no telephone number", "write the number with its area code, or empty the cell"
        )
    found = []
    for run in runs:
        try:
            number = normal(run)
        except BadNumber as error:
            raise CellFault(
                f"`{shown(cell)}` is no telephone number that can be reached", error.advice.rstrip(".")
            ) from error
        if number not in found:
            found.append(number)
    return found


def _apart(run: str) -> list[str]:
    """Two numbers that only a space keeps apart: 07… 07… is twice eleven digits."""
    digits = re.sub(r"\D", "", run)
    if len(digits) == 22 and digits[0] == digits[11] == "0":
        return [digits[:11], digits[11:]]
    return [run]
