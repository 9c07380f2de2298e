"""Every reason in many words, on every kind of day, in polite and in curt messages: its code, its days and its kind.

The words are in `data/reasons-said.csv`; what they stand in and when they are sent is made here.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import pytest

from tests.understanding.reading import rows
from tests.understanding.ways import (
    CALENDAR,
    DAY,
    WEEKDAYS,
    Made,
    misread,
    school_day,
    school_day_after,
    some_school_day,
)

_EACH = 16
"""Sentences of each reason."""
_FRAMES = (
    "Tom won't be in {d}, {c}", "Tom will not be in school {d} as {c}",
    "Hi, just letting you know Tom is off {d} because {c}. Thanks", "{C}, so Tom won't be in {d}",
    "Good morning, Tom will be absent {d}. {C}. Kind regards, Sarah Smith", "no Tom {d}, {c}", "Tom not in {d} {c}",
    "Hello, please could you note that Tom will not be attending school {d}. {C}.", "Tom off {d}. {C} x",
    "Morning, Tom is not going to be in {d}, {c}, sorry for any trouble",
)  # fmt: skip
#: What only the head can grant is leave when it is still to come (contract).
_LEAVE = frozenset("C C1 G J1 R T O N".split())
#: Reasons that nobody knows long before, or that end nobody knows when.
_SUDDEN, _ONE_DAY = frozenset(("Y1", "Y2", "Y7")), frozenset(("M", "J1"))
_OPEN = frozenset("I S E K D Y2 Y5 Y6 Y7 N C2 O".split())


def _days(code: str, dice: random.Random) -> tuple[str, date, date, date]:
    """How the days are said, when it is sent, the first day away, and the day of return."""
    while True:
        sent = some_school_day(dice)
        monday, ahead = sent + DAY * (7 - sent.weekday()), sent + DAY * dice.randrange(2, 7)
        until = ahead + DAY * dice.randrange(1, 4)
        said, first, last = dice.choice(
            (
                ("today", sent, sent),
                ("tomorrow", sent + DAY, sent + DAY),
                (f"on {WEEKDAYS[ahead.weekday()]}", ahead, ahead),
                (f"from {WEEKDAYS[ahead.weekday()]} to {WEEKDAYS[until.weekday()]}", ahead, until),
                ("next week", monday, monday + 4 * DAY),
            )
        )
        long, near = first != last, first == sent
        unlikely = (code in _SUDDEN and not near) or (code in _ONE_DAY and long) or (code == "I" and said[:2] == "on")
        in_school = all(CALENDAR.is_school_day(first + DAY * number) for number in range((last - first).days + 1))
        if in_school and not unlikely:
            return said, sent, first, school_day(last + DAY)


def in_many_words(code: str, clauses: list[str], dice: random.Random) -> Iterator[Made]:
    """Messages that give this reason."""
    while True:
        clause = dice.choice(clauses)
        said, sent, first, back = _days(code, dice)
        text = dice.choice(_FRAMES).format(d=said, c=clause, C=clause[0].upper() + clause[1:])
        if dice.random() < 0.25:
            text = text.lower().replace("'", "")
        open_ended = first == sent or (code in _OPEN and back == school_day_after(first))
        means = (code, first, ... if open_ended else back, ..., ..., ...)
        intent = "leave" if code in _LEAVE and first > sent else "absence"
        children = "Tom:11" if code in ("S", "J1", "W", "Y5", "B", "E", "T") else "Tom:8"
        yield Made(text, f"{sent}T08:05", means, intent, children=children)


def _clauses() -> dict[str, list[str]]:
    said: dict[str, list[str]] = defaultdict(list)
    for row in rows("reasons-said.csv"):
        said[row["code"]].append(row["text"])
    return said


@pytest.mark.parametrize("code", sorted(_clauses()))
def test_a_reason_in_many_words(code: str) -> None:
    made = in_many_words(code, _clauses()[code], random.Random(code))
    assert misread(next(made) for _ in range(_EACH)) == []
