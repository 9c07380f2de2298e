"""Answers by the hundred, to what we read back: a correction is the draft with what the words put right, and all else
as we read it back; a new day of return alone is a return.

Each sentence is made from a draft and the one thing that is changed in it, so that what it means is known.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import time

import pytest

from bot.understanding import Report
from tests.understanding.answers import (
    AFTERNOON,
    BOTH,
    EACH,
    FAMILY,
    MORNING,
    Turn,
    an_appointment,
    each,
    ill,
    means_of,
    read_back,
    returns,
    two_days,
    written_by_a_parent,
)
from tests.understanding.ways import (
    CALENDAR,
    DATED,
    DAY,
    Made,
    clock,
    misread,
    school_day,
    school_day_after,
    some_school_day,
    weekday,
)


def _another_return(dice: random.Random, turn: str) -> Made:
    sent, back, told = two_days(dice)
    text = turn.format(w=weekday(back, dice), v=weekday(told, dice))
    known = told if "{v}" in turn or "it's" in turn or dice.random() < 0.7 else None
    return Made(text, f"{sent}T09:40", returns(back), "return", read_back(ill(sent, known), sent))


def _not_known(dice: random.Random, turn: str) -> Made:
    sent, back, _ = two_days(dice)
    return Made(turn, f"{sent}T09:40", returns(None), "return|absence", read_back(ill(sent, back), sent))


def _another_child(dice: random.Random, turn: str) -> Made:
    sent, back, _ = two_days(dice)
    draft = dice.choice((ill(sent, dice.choice((None, back))), Report(("c1",), "M", sent, sent, "am", time(11, 0))))
    asked = read_back(draft, sent)
    return Made(turn, f"{sent}T09:40", means_of(draft), asked=asked, children=FAMILY, of=("c2",))


def _both_children(dice: random.Random, turn: str) -> Made:
    sent, back, _ = two_days(dice)
    draft = ill(sent, dice.choice((None, back)))
    asked = read_back(draft, sent)
    return Made(turn, f"{sent}T09:40", means_of(draft), asked=asked, children=FAMILY, of=BOTH)


def _fewer_children(dice: random.Random, turn: str) -> Made:
    sent, back, _ = two_days(dice)
    draft = ill(sent, dice.choice((None, back)), *BOTH)
    asked = read_back(draft, sent)
    return Made(turn, f"{sent}T09:40", means_of(draft), asked=asked, children=FAMILY, of=("c2",))


def _another_half(dice: random.Random, turn: str) -> Made:
    sent = some_school_day(dice)
    day, half, other = sent, *dice.sample(("morning", "afternoon"), 2)
    if "this" not in turn:
        day = dice.choice((sent, school_day_after(sent)))
    told = Report(("c1",), "M", day, day, "am")
    if half == "afternoon":
        told = Report(("c1",), "M", day, school_day_after(day), "pm")
    means = ("M", day, ..., "pm" if half == "morning" else "am", None, None)
    return Made(turn.format(a=other, b=half), f"{sent}T07:50", means, asked=read_back(told, sent))


def _another_time(dice: random.Random, turn: str) -> Made:
    sent = some_school_day(dice)
    day = dice.choice((sent, school_day_after(sent)))
    leaves = "leaving" in turn or "collect" in turn or ("in at" not in turn and dice.random() < 0.5)
    new, old = dice.sample(AFTERNOON if leaves else MORNING, 2)
    draft = Report(("c1",), "M", day, day, "am", old)
    if leaves:
        draft = Report(("c1",), "M", day, school_day_after(day), "pm", None, old)
    means = means_of(draft, **{"leaves" if leaves else "arrives": new})
    text = turn.format(k=clock(new, dice), v=clock(old, dice))
    return Made(text, f"{sent}T07:50", means, asked=read_back(draft, sent))


def _in_at(dice: random.Random, turn: str) -> Made:
    sent, at = some_school_day(dice), dice.choice(MORNING[1:])
    draft = dice.choice((ill(sent), Report(("c1",), "M", sent, sent, "am")))
    means = (..., ..., sent, ..., at, ...)
    return Made(turn.format(k=clock(at, dice)), f"{sent}T08:40", means, "absence|return", read_back(draft, sent))


def _another_day(dice: random.Random, turn: str) -> Made:
    sent, day, told = two_days(dice)
    draft = an_appointment(dice, told)
    back = day if draft.return_day == told else school_day_after(day)
    text = turn.format(w=weekday(day, dice), v=weekday(told, dice))
    means = means_of(draft, first_day=day, return_day=back)
    return Made(text, f"{sent}T10:20", means, asked=read_back(draft, sent))


def _since(dice: random.Random, turn: str) -> Made:
    while True:
        sent = some_school_day(dice)
        if CALENDAR.is_school_day(sent - DAY):
            break
    draft = ill(sent, dice.choice((None, school_day_after(sent))))
    means = means_of(draft, first_day=sent - DAY)
    return Made(turn, f"{sent}T09:40", means, asked=read_back(draft, sent))


def _tomorrow_too(dice: random.Random, turn: str) -> Made:
    while True:
        sent = some_school_day(dice)
        if (back := school_day_after(sent)) == sent + DAY:
            break
    means = returns(school_day_after(back))
    return Made(turn, f"{sent}T09:40", means, "return|absence", read_back(ill(sent, back), sent))


def _another_reason(dice: random.Random, turn: str) -> Made:
    sent, back, _ = two_days(dice)
    text, code = turn.split(" = ")
    means = (code, sent, ..., ..., None, None)
    return Made(text, f"{sent}T09:40", means, asked=read_back(ill(sent, dice.choice((None, back))), sent))


def _another_start(dice: random.Random, turn: str) -> Made:
    sent = some_school_day(dice)
    first = school_day(sent + dice.randrange(9, 24) * DAY)
    later, back = school_day_after(first), school_day_after(first, 3)
    draft = Report(("c1",), "G", first, back, "day")
    day, told, end = (DATED["Tuesday 4th May"](one) for one in (later, first, back))
    means = means_of(draft, first_day=later)
    text = turn.format(w=day, v=told, u=end)
    return Made(text, f"{sent}T12:10", means, "leave|absence", read_back(draft, sent))


def _the_morning_after(dice: random.Random, turn: str) -> Made:
    while True:
        sent = some_school_day(dice)
        if CALENDAR.is_school_day(sent + DAY):
            break
    draft = ill(sent, dice.choice((None, sent + DAY)))
    means = ("I", {sent, sent + DAY}, None, "day", None, None)
    return Made(turn, f"{sent + DAY}T07:40", means, "absence", read_back(draft, sent))


def _just_today(dice: random.Random, turn: str) -> Made:
    sent = some_school_day(dice)
    draft = ill(sent, dice.choice((None, school_day_after(sent, 3))))
    return Made(turn, f"{sent}T08:20", returns(school_day_after(sent)), "return|absence", read_back(draft, sent))


def _mere_yes(dice: random.Random, turn: str) -> Made:
    sent, back, _ = two_days(dice)
    draft = dice.choice((ill(sent), ill(sent, back), Report(("c1",), "M", sent, sent, "am", time(11, 0))))
    return Made(turn, f"{sent}T08:50", (), "confirm", read_back(draft, sent), children=FAMILY)


def _mere_no(dice: random.Random, turn: str) -> Made:
    sent, back, _ = two_days(dice)
    return Made(turn, f"{sent}T08:50", (), "reject", read_back(ill(sent, dice.choice((None, back))), sent))


_READ_BACK: tuple[tuple[Turn, str], ...] = (
    (
        _another_return,
        (
            "no, back {w} | make that till {w} | yes but he won't be back till {w} | {w} not {v} | no {w} | not "
            "{v}, {w} | yes except {w} not {v} | it's {w} | sorry I meant {w} not {v}"
        ),
    ),
    (
        _not_known,
        "yes not sure when he'll be back | yes but not sure when | yes but don't know when he'll be back",
    ),
    (
        _another_child,
        (
            "no it's Ella | yes but it's Ella not Tom | wrong one, its Ella | it's his sister | Ella not Tom | "
            "no, Ella is the one who is off | should be Ella"
        ),
    ),
    (
        _both_children,
        (
            "yes and Ella too | yes and the same for Ella | no both | yes and his sister too | and Ella | not "
            "just Tom, both | yes and now Ella is ill too"
        ),
    ),
    (
        _fewer_children,
        "no just Ella | only Ella | not Tom | yes but not Tom | just Ella, Tom is fine",
    ),
    (
        _another_half,
        (
            "no it's this {a} not this {b} | actually it's this {a} not this {b} | it's the {a} | yes but the {a} "
            "not the {b} | no {a} | {a} not {b} | yes but the appointment is in the {a}"
        ),
    ),
    (
        _another_time,
        (
            "make that {k} | no {k} | {k} not {v} | yes but {k} not {v} | sorry {k} | should be {k} | yes but "
            "he'll be in at {k} not {v} | no leaving at {k} | collecting at {k} not {v}"
        ),
    ),
    (
        _in_at,
        "that's right but he will be in at {k} | yes but he'll be in at {k} | yes back in at {k}",
    ),
    (
        _another_day,
        (
            "no {w} not {v} | it's {w} not {v} | not {v}, {w} | no the appointment is {w} | the appointment is on "
            "{w} not {v} | wrong day, it's {w}"
        ),
    ),
    (
        _since,
        (
            "it started yesterday | no he was off yesterday too | yes but since yesterday | from yesterday not "
            "today | yes but he was off yesterday as well"
        ),
    ),
    (
        _tomorrow_too,
        "yes and tomorrow | yes but off tomorrow as well | he won't be in tomorrow either",
    ),
    (
        _another_reason,
        (
            "no he's got the dentist = M | not ill, hospital appointment = M | no he's suspended = E | he's not "
            "ill it's a funeral = C | no we're on holiday = G"
        ),
    ),
    (
        _another_start,
        "yes but first day off is {w} | no it's from {w} not {v} | we leave {w} not {v}",
    ),
    (_the_morning_after, "still not well | still poorly | no change, still off"),
    (_just_today, "yes just for today | no just today | only today"),
    (
        _mere_yes,
        (
            "yes | yes thanks | that's right | correct | yes it is | ok thanks | spot on | yes please | all correct | "
            "yes, Ella is fine | yes thank you, see you soon | yes that's right, can you tell Mrs Jones"
        ),
    ),
    (_mere_no, "no | nope | that's wrong | that's not right | no it isn't | not correct | no that's wrong"),
)


@pytest.mark.parametrize(("made_by", "turns"), _READ_BACK, ids=lambda one: getattr(one, "__name__", ""))
def test_an_answer_to_what_was_read_back(made_by: Turn, turns: str) -> None:
    dice = random.Random(made_by.__name__)
    some = (made_by(dice, turn) for turn in each(turns, 3 * EACH))
    assert misread(replace(one, text=written_by_a_parent(dice, one.text)) for one in some) == []
