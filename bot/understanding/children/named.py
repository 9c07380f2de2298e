"""Whom words mean: the mentions of listed children and of strangers that the other files find."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Named:
    """A child meant by the words `first` up to `until`. Several ids: the words fit more than one child."""

    first: int
    until: int
    children: tuple[str, ...]
    certainty: float
    how: str


@dataclass(slots=True)
class Who:
    """What was seen of people. `line` is the date grammar's line with names that look like dates blotted out.

    `away`: the children whom an exception leaves: "all in except Ann and Bo" these two.
    """

    named: list[Named] = field(default_factory=list)
    strangers: list[tuple[int, str]] = field(default_factory=list)
    sender: list[int] = field(default_factory=list)
    line: str = ""
    away: tuple[str, ...] = ()


def ids_of(named: Iterable[Named]) -> tuple[str, ...]:
    """The children of several mentions, each once, in order."""
    return tuple(dict.fromkeys(child for one in named for child in one.children))
