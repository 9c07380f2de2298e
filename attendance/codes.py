"""Attendance codes: the two editions of the national table, and what a mark says about where a child is.

The tables are data (`policies/codes/<edition>.csv`, each row with its source). `england-2024` is the law for sessions
from 19 August 2024 (SI 2024/208 reg 10); `england-2006` is kept for history and for policies that still print it.
A mark from the MIS may also be `-` or empty: nothing was entered.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

from rapidfuzz import fuzz, process

from attendance.calendar import Half
from attendance.paths import read_data

Category = Literal[
    "present",
    "approved_educational_activity",
    "authorised",
    "unauthorised",
    "unable_to_attend",
    "not_required",
    "administrative",
]
StatisticalMeaning = Literal["attending", "absent", "not_possible_attendance"]
Decider = Literal["nobody", "staff", "headteacher"]

EDITIONS = ("england-2024", "england-2006")
CHANGE_OF_EDITION = date(2024, 8, 19)

_PRESENT = frozenset({"/", "\\", "L"})
_ARRIVED = _PRESENT | {"U"}
_UNEXPLAINED = frozenset({"", "-", "N"})
_EXPECTED_ELSEWHERE = frozenset("B D J K P V W".split())
_LEAVE = frozenset("C C1 C2 E G H J1 R S T X".split())
_UNABLE = frozenset("Q Y Y1 Y2 Y3 Y4 Y5 Y6 Y7".split())
_ADMINISTRATIVE = frozenset("# Z".split())
_NOT_EXPECTED = _EXPECTED_ELSEWHERE | _LEAVE | _UNABLE | _ADMINISTRATIVE


class UnknownCode(ValueError):
    """The edition has no such code; the message says which one was probably meant."""


@dataclass(frozen=True, slots=True)
class Code:
    """One row of an edition's table. `closest` are the nearest codes of the other edition, `source` where it stands."""

    code: str
    name: str
    category: Category
    statistical_meaning: StatisticalMeaning
    counts_as_possible_session: bool
    counts_for_penalty_threshold: bool
    needs_decision_by: Decider
    parent_can_propose: bool
    closest: tuple[str, ...]
    note: str
    source: str


class CodeSet:
    """All codes of one edition, in the order of the table."""

    def __init__(self, edition: str, codes: Mapping[str, Code]) -> None:
        self.edition = edition
        self._codes = MappingProxyType(dict(codes))

    def __iter__(self) -> Iterator[Code]:
        return iter(self._codes.values())

    def __len__(self) -> int:
        return len(self._codes)

    def __contains__(self, code: object) -> bool:
        return code in self._codes

    def __repr__(self) -> str:
        return f"CodeSet({self.edition!r})"

    def get(self, code: str) -> Code:
        """The code, exactly as the register spells it. Raises UnknownCode with the code that was probably meant."""
        found = self._codes.get(code)
        if found is None:
            raise UnknownCode(self._advice(code))
        return found

    def is_valid(self, code: str, half: Half) -> bool:
        """True when the code may stand in a register of that half day: `/` is a morning mark, `\\` an afternoon one."""
        return code in self._codes and {"/": "am", "\\": "pm"}.get(code, half) == half

    def _advice(self, code: str) -> str:
        shown = code if len(code) <= 12 else f"{code[:12]}…"
        plain = shown.strip().upper()
        if plain in self._codes:
            return f"`{shown}` is not a code of {self.edition}; write `{plain}` ({self._codes[plain].name})."
        other = code_set(_other_edition(self.edition))
        if code in other:
            old = other.get(code)
            instead = " or ".join(f"`{near}` ({self._codes[near].name})" for near in old.closest)
            return f"`{code}` ({old.name}) is a code of {other.edition}, not of {self.edition}; use {instead}."
        names = {key: value.name for key, value in self._codes.items()}
        near = process.extractOne(shown, names, scorer=fuzz.WRatio, score_cutoff=80) if len(shown) > 3 else None
        if near:
            return f"`{shown}` is not a code of {self.edition}; did you mean `{near[2]}` ({near[0]})?"
        return f"`{shown}` is not a code of {self.edition}; the codes are {' '.join(self._codes)}."


@cache
def code_set(edition: str) -> CodeSet:
    """The table of one edition, read once. Raises UnknownCode for an edition that does not exist."""
    if edition not in EDITIONS:
        raise UnknownCode(f"There is no code set `{edition}`; use {' or '.join(EDITIONS)}.")
    rows = csv.DictReader(io.StringIO(read_data(f"codes/{edition}.csv")))
    return CodeSet(edition, {row["code"]: _code(row) for row in rows})


def edition_for(day: date) -> str:
    """The edition that the law uses for a session on `day` (a school date). Source: SI 2024/208, from 19 Aug 2024."""
    return "england-2024" if day >= CHANGE_OF_EDITION else "england-2006"


def _other_edition(edition: str) -> str:
    return next(name for name in EDITIONS if name != edition)


def _code(row: Mapping[str, str]) -> Code:
    return Code(
        code=row["code"],
        name=row["name"],
        category=cast(Category, row["category"]),
        statistical_meaning=cast(StatisticalMeaning, row["statistical_meaning"]),
        counts_as_possible_session=row["counts_as_possible_session"] == "yes",
        counts_for_penalty_threshold=row["counts_for_penalty_threshold"] == "yes",
        needs_decision_by=cast(Decider, row["needs_decision_by"]),
        parent_can_propose=row["parent_can_propose"] == "yes",
        closest=tuple(row["closest_in_other_set"].split("|")),
        note=row["note"],
        source=row["source"],
    )


def is_present(code: str | None) -> bool:
    """In school and counted so: `/`, `\\` or `L`. Source: SI 2024/208 reg 10(2) Table 1."""
    return code in _PRESENT


SIGNED_IN = frozenset({"L", "U"})
"""Came in after the register was opened, and signed in late."""


def has_arrived(code: str | None) -> bool:
    """On the site: present, or `U`, who came after the register closed and counts as absent all the same."""
    return code in _ARRIVED


def is_unexplained(code: str | None) -> bool:
    """Nobody knows why the child is away: `N`, `-`, an empty mark or none at all."""
    return code is None or code.strip() in _UNEXPLAINED


def not_expected(code: str | None) -> bool:
    """Known beforehand not to come to this school's register, so never chased.

    Trips and other places (B D J K P V W), leave and suspension (C C1 C2 E G H J1 R S T X), causes that closed the way
    (Q Y Y1-Y7), and rows that are no due session (# Z).
    """
    return code in _NOT_EXPECTED
