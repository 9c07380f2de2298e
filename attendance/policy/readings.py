"""The settled readings: what was chosen where a policy contradicts itself, is silent, or is below the law.

They are text for people (`policies/READINGS.md`); nothing is decided by them. Here they are only found and cut apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from attendance.paths import DataMissing, data_root, read_data

FOR_ALL = "For all five schools"
_ITEM = re.compile(r"^- \*\*(?:([AR]\d+)\. )?(.+?)\*\*:?\s*(.*)", re.DOTALL)
_NUMBER = re.compile(r"\b[AR]\d+\b")


@dataclass(frozen=True, slots=True)
class Reading:
    """One choice. `number` is "A2" (for all schools) or "R4" (this school's own), or empty for what is not used yet."""

    number: str
    title: str
    text: str


@cache
def all_readings(root: Path | None = None) -> Mapping[str, tuple[Reading, ...]]:
    """Every heading of the file with its readings. Empty where a school brings policies without such a file."""
    try:
        text = read_data("READINGS.md", root or data_root())
    except DataMissing:
        return {}
    found: dict[str, tuple[Reading, ...]] = {}
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        heading, _, body = section.partition("\n")
        items = re.split(r"^(?=- )", body, flags=re.MULTILINE)[1:]
        found[heading.strip()] = tuple(_reading(item) for item in items if _ITEM.match(item))
    return found


def _reading(item: str) -> Reading:
    match = _ITEM.match(item)
    assert match is not None
    number, title, text = match.groups()
    return Reading(number or "", title.strip().rstrip(".:"), " ".join(text.split()))


def readings_for(names: tuple[str, ...]) -> tuple[Reading, ...]:
    """The school's own readings, found by any of its names, then those for all schools."""
    known = all_readings()
    own = next((items for heading, items in known.items() if any(heading in name for name in names)), ())
    return (*own, *known.get(FOR_ALL, ()))


def pieces_of(source: str) -> tuple[tuple[str, str], ...]:
    """A source cut at the readings that it names: (words before, number), the last with no number."""
    found, end = [], 0
    for match in _NUMBER.finditer(source):
        found.append((source[end : match.start()], match.group()))
        end = match.end()
    return (*found, (source[end:], ""))
