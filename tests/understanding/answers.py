"""What sentences are made of that answer a question, or change what is read back or held: drafts, days, and how a
parent writes."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

from bot.understanding import Asked, Report
from tests.understanding.ways import DAY, Made, school_day_after, some_school_day

EACH = 12
"""Two or three times so many sentences are made of each thing that is changed."""
BOTH, FAMILY = ("c1", "c2"), "Tom:9 Ella:7"
_BEFORE, _BEHIND = ("", "", "", "Sorry, ", "Hi, ", "Morning, "), ("", "", "", " x", " thanks", ". Sorry", "!")
MORNING = (time(10, 0), time(10, 30), time(10, 45), time(11, 0), time(11, 30), time(12, 0))
AFTERNOON = (time(13, 0), time(13, 30), time(13, 45), time(14, 0), time(14, 30))
SEEN_BY = ("dentist", "appointment", "hospital appointment", "doctors appointment", "orthodontist")
Turn = Callable[[random.Random, str], Made]


def written_by_a_parent(dice: random.Random, text: str) -> str:
    """As a parent may write it: in small letters, without apostrophes, with a greeting or thanks."""
    if dice.random() < 0.4:
        text = text.lower()
    if dice.random() < 0.4:
        text = text.replace("'", "")
    return f"{dice.choice(_BEFORE)}{text}{dice.choice(_BEHIND)}"


def each(turns: str, count: int) -> list[str]:
    """The turns of words, each as often as there is room for."""
    listed = turns.split(" | ")
    return listed * max(3, count // len(listed))


def two_days(dice: random.Random) -> tuple[date, date, date]:
    """A school day, and two others of the days that follow, in any order."""
    while True:
        sent = some_school_day(dice)
        near = [day for count in range(1, 5) if (day := school_day_after(sent, count)) - sent < 6 * DAY]
        if len(near) > 1:
            one, other = dice.sample(near, 2)
            return sent, one, other


def ill(first: date, back: date | None = None, *children: str) -> Report:
    """An illness of the whole day, of Tom where nobody else is named."""
    return Report(children or ("c1",), "I", first, back, "day")


def read_back(draft: Report, day: date) -> Asked:
    """What we read back on that day, to be answered with yes or a correction."""
    only = draft.children[0] if len(draft.children) == 1 else None
    return Asked("confirm", only, draft.children if only is None else (), day, draft)


def means_of(report: Report, **changed: object) -> tuple[object, ...]:
    """A report with some of its fields changed, as a sentence means it."""
    said = replace(report, **changed)  # type: ignore[arg-type]
    return said.code, said.first_day, said.return_day, said.session, said.arrives, said.leaves


def returns(back: object, arrives: object = ...) -> tuple[object, ...]:
    """Nothing but when the child is back."""
    return (..., ..., back, ..., arrives, ...)


def an_appointment(dice: random.Random, day: date) -> Report:
    """In the morning, in the afternoon, or the whole day."""
    behind = school_day_after(day)
    return dice.choice(
        (
            Report(("c1",), "M", day, day, "am", dice.choice(MORNING)),
            Report(("c1",), "M", day, behind, "pm", None, dice.choice(AFTERNOON)),
            Report(("c1",), "M", day, behind, "day"),
        )
    )


Turn = Callable[[random.Random, str], Made]
