"""Which rows of the board somebody wants to see: a class, a year, a house, a risk tier, or letters of a name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from attendance.people import Pupil

ANYWHERE_FROM = 3
"""Letters from which a name is found by any part of it; fewer letters find the beginning of a name."""


def plain(text: str) -> str:
    """A name as one types it: small letters, no accents, no apostrophes or hyphens."""
    bare = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(c for c in bare if c.isalnum() or c.isspace()).split())


def names_of(pupil: Pupil) -> str:
    """Every name by which a child may be looked for."""
    return plain(" ".join(dict.fromkeys((pupil.called, pupil.given, pupil.family, *pupil.known_as))))


@lru_cache(maxsize=4096)
def other_names(pupil: Pupil) -> str:
    """`names_of`, where a row's heading does not say it by itself: a script reads the names there (board.js)."""
    names = names_of(pupil)
    return "" if names == plain(f"{pupil.called} {pupil.family}") and names.isascii() else names


def year_to_say(pupil: Pupil) -> str:
    """The year, where the class does not begin with it (`7M`, `10-Maple`)."""
    digits = "".join(takewhile(str.isdigit, pupil.group))
    return "" if digits == str(pupil.year) else str(pupil.year)


@dataclass(frozen=True, slots=True)
class Filter:
    """What is wanted. Everything empty: every row."""

    group: str = ""
    year: str = ""
    house: str = ""
    tier: str = ""
    find: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filter:
        """Out of the address of a page."""
        return cls(**{name: query.get(name, "").strip()[:60] for name in cls.__slots__})

    @property
    def wants_all(self) -> bool:
        """Whether nothing is filtered."""
        return self == Filter()

    def shows(self, pupil: Pupil | None, tier: str) -> bool:
        """Whether this child's row is wanted; a matter without a child only where nothing is filtered."""
        if pupil is None:
            return self.wants_all
        return (
            self.group in ("", pupil.group)
            and self.year in ("", str(pupil.year))
            and self.house in ("", pupil.house)
            and (not self.tier or bool(tier))
            and is_named(pupil, self.find)
        )


def is_named(pupil: Pupil, letters: str) -> bool:
    """Whether these letters find the child: "oka" finds Amina Okafor."""
    wanted = plain(letters)
    names = names_of(pupil)
    if len(wanted) >= ANYWHERE_FROM:
        return wanted in names
    return any(name.startswith(wanted) for name in names.split())


@dataclass(frozen=True)
class Choices:
    """What a school can filter by."""

    groups: tuple[str, ...]
    years: tuple[int, ...]
    houses: tuple[str, ...]

    @classmethod
    def of(cls, pupils: Iterable[Pupil]) -> Choices:
        """The classes, years and houses of these pupils."""
        every = list(pupils)
        return cls(
            tuple(sorted({pupil.group for pupil in every})),
            tuple(sorted({pupil.year for pupil in every})),
            tuple(sorted({pupil.house for pupil in every if pupil.house})),
        )
