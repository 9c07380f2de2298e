"""Sentences by the hundred, made from the ways in which parents say days and times: each means what it was made from.

A sentence of the lists elsewhere may be read by heart. Here every day of the year, every manner of writing it and every
turn of words stand beside each other, so that what is misread is a rule and not a line.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, time

import pytest

from tests.understanding.ways import (
    BARE,
    CALENDAR,
    DATED,
    DAY,
    NUMBERS,
    WEEKDAYS,
    Made,
    clock,
    misread,
    school_day,
    school_day_after,
    some_school_day,
    weekday,
)

_EACH = 16
"""Sentences of each turn of words."""
_ILL = (
    "Tom has a tummy bug", "Tom's been sick in the night", "tom has got a temperature", "Tom is poorly",
    "Tom has tonsillitis",
    "Tom's not well, headache and sore throat", "Tom isnt very well this morning", "tom full of cold",
)  # fmt: skip
#: Leave, by its first day {a} and either its last one or the day of return {b}.
_LEAVE = (
    ("Can Tom have leave from {a} to {b}? Cousin's wedding", "last"),
    ("Tom will be away {a} until {b} inclusive, family holiday", "last"),
    ("We're on holiday from {a} so Tom will be off, back in school on {b}", "back"),
    ("Tom is off from {a}, returning {b}. Going to see his gran abroad", "back"),
    ("We fly on {a} and Tom is back at school {b}", "back"),
    ("Please could Tom be absent {a} - {b} for a family wedding", "last"),
    ("Tom won't be in between {a} and {b}, we are away", "last"),
    ("Tom away for a wedding, first day off {a}, last day off {b}", "last"),
    ("Tom will miss school from {a} up to and including {b}, visiting family in Spain", "last"),
    ("Tom will be off {a} for his cousin's wedding, back {b}", "back"),
    ("Leave for Tom please: {a} through {b}, religious festival", "last"),
)


def _a_stretch(dice: random.Random) -> tuple[date, date, date, str, str]:
    """When it was written, a first and a later day of school, and both in words."""
    while True:
        sent = date(2026, 9, 7) + DAY * dice.randrange(290)
        form = dice.choice((*DATED, *BARE))
        first = sent + DAY * (dice.randrange(2, 20) if form in BARE else dice.randrange(2, 90))
        last = first + DAY * dice.randrange(1, 14)
        this_month = form not in BARE or first.month == sent.month or first.day < sent.day
        within = last < date(2027, 7, 20) and CALENDAR.is_school_day(first) and CALENDAR.is_school_day(last)
        if within and this_month:
            say = {**DATED, **BARE}[form]
            return sent, first, last, say(first), say(last)


@pytest.mark.parametrize(("turn", "ends"), _LEAVE)
def test_leave_from_a_day_to_a_day(turn: str, ends: str) -> None:
    dice = random.Random(turn)
    made = []
    for _ in range(_EACH):
        sent, first, last, a, b = _a_stretch(dice)
        back = last if ends == "back" else school_day_after(last)
        made.append(Made(turn.format(a=a, b=b), f"{sent}T12:10", (..., first, back, "day", None, None), intent=""))
    assert misread(made) == []


def _soon(dice: random.Random) -> tuple[date, date]:
    """A school day, and one of the next six days that is one as well."""
    while True:
        sent = some_school_day(dice)
        back = school_day_after(sent, dice.randrange(1, 5))
        if back - sent < 6 * DAY:
            return sent, back


def _back_on(dice: random.Random) -> tuple[str, date, date | None]:
    sent, back = _soon(dice)
    said = dice.choice(("back", "will be back", "should be back", "hopefully back", "back in", "back at school"))
    return f"{said} {dice.choice(('on ', ''))}{weekday(back, dice)}", sent, back


def _off_until(dice: random.Random) -> tuple[str, date, date | None]:
    sent, back = _soon(dice)
    return f"{dice.choice(('off until', 'wont be in till', 'not back until'))} {weekday(back, dice)}", sent, back


def _off_to(dice: random.Random) -> tuple[str, date, date | None]:
    sent, last = _soon(dice)
    return f"he'll be off until and including {weekday(last, dice)}", sent, school_day_after(last)


def _for_days(dice: random.Random) -> tuple[str, date, date | None]:
    sent, count = some_school_day(dice), dice.randrange(2, 6)
    said = dice.choice(("off for", "he will be off for", "keeping him off", "keeping him home for"))
    return f"{said} {dice.choice((str(count), NUMBERS[count]))} days", sent, school_day_after(sent, count)


def _rest_of_the_week(dice: random.Random) -> tuple[str, date, date | None]:
    sent = some_school_day(dice)
    said = dice.choice(("off the rest of the week", "he will be off for the rest of the week", "off rest of week"))
    return said, sent, school_day(sent + DAY * (7 - sent.weekday()))


def _tomorrow(dice: random.Random) -> tuple[str, date, date | None]:
    sent = some_school_day(dice)
    said = dice.choice(("hopefully back tomorrow", "should be ok for tomorrow", "back tomorrow", "off just for today"))
    return said, sent, school_day_after(sent)


def _open(dice: random.Random) -> tuple[str, date, date | None]:
    said = dice.choice(
        (
            "not sure when he will be back",
            "will see how he goes",
            "no idea how long for",
            "wont be in today",
            "off today",
        )
    )
    return said, some_school_day(dice), None


@pytest.mark.parametrize(
    "turn",
    [_back_on, _off_until, _off_to, _for_days, _rest_of_the_week, _tomorrow, _open],
    ids=lambda turn: turn.__name__,
)
def test_an_illness_of_today_and_its_end(turn: Callable[[random.Random], tuple[str, date, date | None]]) -> None:
    dice = random.Random(turn.__name__)
    made = []
    for _ in range(3 * _EACH):
        said, sent, back = turn(dice)
        text = f"{dice.choice(_ILL)}, {said}"
        made.append(Made(text, f"{sent}T{dice.choice(('07:40', '08:55'))}", ("I", sent, back, "day", None, None)))
    assert misread(made) == []


_SEEN_BY = (
    "a dentist appointment", "a doctors appointment", "a doctor's appointment", "a hospital appointment",
    "a blood test",
    "an optician appointment", "a gp appointment", "a CAMHS appointment", "an eye test", "an orthodontist appointment",
)  # fmt: skip
_MORNING, _NOON = (
    (time(9, 20), time(9, 45), time(10, 0), time(10, 15), time(10, 30)),
    (time(11, 15), time(11, 30), time(12, 0)),
)
_AFTERNOON, _LEFT = (time(13, 45), time(14, 0), time(14, 30)), (time(13, 0), time(13, 15), time(13, 30))
_HALF_A_DAY = (
    # by {a}: today, tomorrow or a weekday; {d} an appointment; {m}, {n}, {p}, {l} times of the morning, at noon, in
    # the afternoon, and before it
    ("Tom has {d} {a} at {m}, back by {n}", "am", "n", None),
    ("Tom has {d} {a} at {m}, he will be in at {n}", "am", "n", None),
    ("Tom will be in at {n} {a}, he has {d} first", "am", "n", None),
    ("Tom has {d} {a} at {m}, in straight after", "am", None, None),
    ("Tom will be late {a}, {d} at {m}", "am", None, None),
    ("Tom not in {a}, {d} at {m}. Back after lunch", "am", None, None),
    ("Tom not in {a}, {d} at {m}. In for the afternoon", "am", None, None),
    ("Tom has {d} {a} at {p}, I will collect him at {l}", "pm", None, "l"),
    ("Tom has {d} {a} at {p}, he needs to leave at {l}", "pm", None, "l"),
    ("Please can Tom be released at {l} {a} for {d}", "pm", None, "l"),
    ("{d} for Tom {a} {p}, he won't be back after", "pm", None, None),
    ("Tom is at the hospital {a}, he will miss the whole day", "day", None, None),
    ("Tom has {d} {a} at {m} then he's going home to rest", "day", None, None),
    ("Tom has {d} {a} at {m} and then home for the rest of the day", "day", None, None),
    ("Tom has {d} {a} at {m}, he won't be in after as it knocks him out", "day", None, None),
    ("Tom's got {d} {a} at {m}, he'll need the rest of the day off", "day", None, None),
    ("{d} {a} at {m} for Tom, I'll keep him home afterwards", "day", None, None),
    ("Tom has {d} {a} at {m}, then home for lunch and back for p5", "am", None, None),
)


def _halves_of(turn: str, half: str, arrives: str | None, leaves: str | None) -> Iterator[Made]:
    dice = random.Random(turn)
    while True:
        sent = some_school_day(dice)
        far = dice.randrange(2, 7)
        said, day = dice.choice((("today", sent), ("tomorrow", sent + DAY), ("on {}", sent + DAY * far)))
        times = {name: dice.choice(of) for name, of in zip("mnpl", (_MORNING, _NOON, _AFTERNOON, _LEFT), strict=True)}
        if not CALENDAR.is_school_day(day):
            continue
        said = said.format(dice.choice((WEEKDAYS[day.weekday()], WEEKDAYS[day.weekday()][:3])))
        words = {name: clock(at, dice) for name, at in times.items()}
        yield Made(
            turn.format(a=said, d=dice.choice(_SEEN_BY), **words),
            f"{sent}T{dice.choice(('07:40', '08:20'))}",
            (
                "M", day, day if half == "am" else school_day_after(day), half,
                times[arrives] if arrives else None, times[leaves] if leaves else None,
            ),
        )  # fmt: skip


@pytest.mark.parametrize(("turn", "half", "arrives", "leaves"), _HALF_A_DAY)
def test_an_appointment_and_the_half_that_it_takes(
    turn: str, half: str, arrives: str | None, leaves: str | None
) -> None:
    some = _halves_of(turn, half, arrives, leaves)
    assert misread(next(some) for _ in range(_EACH)) == []
