"""The ground in law that a request rests on, by the code that it would be granted under.

Source: SI 2024/208 reg 11(2)-(6) and the table of reg 10(3); Working together, August 2024, paras 37-42.
"""

from __future__ import annotations

from dataclasses import dataclass

EXCEPTIONAL = "C"
HOLIDAY = "G"
NO_REASON = "O"


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground for leave. `before` says what the head must see to before granting on it."""

    code: str
    name: str
    law: str
    before: str = ""


_ALL = (
    Ground("C", "exceptional circumstances", "reg 11", "Each case on its own facts."),
    Ground(
        "C1",
        "regulated performance or regulated employment abroad",
        "reg 11(2)",
        "Needs a licence of the local authority, a body of persons approval, or an exemption.",
    ),
    Ground("J1", "interview for a job or another school", "reg 11(4)", "Asked for in advance."),
    Ground("S", "study for a public examination", "reg 11(5)", "Agreed in advance; offered, not imposed."),
    Ground("C2", "temporary part-time timetable", "reg 11(6)", "Agreed with a parent the pupil lives with; end date."),
    Ground(
        "R",
        "religious observance",
        "reg 10",
        "Only a day exclusively set apart by the religious body of the parent; further days need exceptional "
        "circumstances.",
    ),
    Ground("T", "parent travelling for occupational purposes", "reg 10", "The pupil travels with the parent."),
)
GROUNDS = {ground.code: ground for ground in _ALL}
"""By code. Whatever else a head grants is granted as exceptional circumstances."""


def ground_of(code: str) -> Ground:
    """The ground on which a request with this code would be granted."""
    return GROUNDS.get(code, GROUNDS[EXCEPTIONAL])


def taken_as(code: str) -> str:
    """What is proposed for sessions missed although leave was refused: G for a holiday, O for anything else.

    Source: the table of SI 2024/208 reg 10(3): G, holiday not granted by the school; O, absent in other circumstances.
    """
    return HOLIDAY if code == HOLIDAY else NO_REASON
