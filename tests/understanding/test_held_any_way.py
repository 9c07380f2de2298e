"""Answers by the hundred to what we asked, and words that change what we hold, each made from what it means."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import time

import pytest

from bot.understanding import Asked, Report
from tests.understanding.answers import (
    BOTH,
    EACH,
    FAMILY,
    MORNING,
    SEEN_BY,
    Turn,
    an_appointment,
    each,
    ill,
    means_of,
    returns,
    two_days,
    written_by_a_parent,
)
from tests.understanding.ways import (
    CALENDAR,
    DAY,
    NUMBERS,
    Made,
    clock,
    misread,
    school_day,
    school_day_after,
    some_school_day,
    weekday,
)


def _why_and_when(dice: random.Random, turn: str) -> Made:
    sent, back, told = two_days(dice)
    asked = Asked("reason", "c1", (), sent, Report(("c1",), "N", sent, told, "day"))
    text = turn.format(w=weekday(back, dice))
    return Made(text, f"{sent}T09:40", ("I", sent, back, "day", None, None), asked=asked)


def _both_off(dice: random.Random, turn: str) -> Made:
    sent = some_school_day(dice)
    means = ("I", sent, None, "day", None, None)
    return Made(turn, f"{sent}T09:40", means, asked=Asked("absence", "c1", (), sent), children=FAMILY, of=BOTH)


def _today(dice: random.Random, turn: str) -> Made:
    while True:
        sent, at = some_school_day(dice), dice.choice(MORNING[1:])
        if CALENDAR.is_school_day(sent - DAY):
            break
    arrives = at if "{k}" in turn else None
    asked = Asked("return", "c1", (), sent, ill(sent - DAY))
    return Made(turn.format(k=clock(at, dice)), f"{sent}T08:50", returns(sent, arrives), "return", asked)


def _when(dice: random.Random, turn: str) -> Made:
    sent, back, _ = two_days(dice)
    asked = Asked("return", "c1", (), sent, ill(sent))
    return Made(turn.format(w=weekday(back, dice)), f"{sent}T09:40", returns(back), "return", asked)


def _nobody_knows(dice: random.Random, turn: str) -> Made:
    sent = some_school_day(dice)
    return Made(turn, f"{sent}T09:40", returns(None), "return", Asked("return", "c1", (), sent, ill(sent)))


def _days_more(dice: random.Random, turn: str) -> Made:
    sent, count = some_school_day(dice), dice.randrange(2, 5)
    said = dice.choice((str(count), NUMBERS[count]))
    backs = {school_day_after(sent, count), school_day_after(sent, count + 1), school_day(sent + count * DAY)}
    asked = Asked("return", "c1", (), sent, ill(sent))
    return Made(turn.format(n=said), f"{sent}T09:40", returns(frozenset(backs)), "return", asked)


def _all_three(dice: random.Random, turn: str) -> Made:
    sent, back, _ = two_days(dice)
    draft = Report((), "I", sent, dice.choice((None, back)), "day")
    asked, three = Asked("child", None, (), sent, draft), "Tom:9 Ella:7 Leo:4"
    return Made(turn, f"{sent}T09:40", means_of(draft), asked=asked, children=three, of=("c1", "c2", "c3"))


_ASKED: tuple[tuple[Turn, str], ...] = (
    (
        _why_and_when,
        "he's ill, it'll be {w} now | poorly, back {w} now | sick. actually back {w}",
    ),
    (
        _both_off,
        (
            "they're both poorly | his sister is not well as well, both off | Tom has a tummy bug and Ella too | "
            "he's ill and so is Ella | both of them have a temperature"
        ),
    ),
    (
        _today,
        "today | today hopefully | he's back today | in at {k} | bringing him in at {k}",
    ),
    (
        _when,
        "{w} | hopefully {w} | not till {w} | should be {w} | {w} if he's better",
    ),
    (
        _nobody_knows,
        "not sure yet | hard to say | wish I knew | depends how he is | when he's better",
    ),
    (
        _days_more,
        "{n} days | {n} more days | another {n} days",
    ),
    (
        _all_three,
        "Tom, Ella and Leo | all of them | all three",
    ),
)


@pytest.mark.parametrize(("made_by", "turns"), _ASKED, ids=lambda one: getattr(one, "__name__", ""))
def test_an_answer_to_what_was_asked(made_by: Turn, turns: str) -> None:
    dice = random.Random(made_by.__name__)
    some = (made_by(dice, turn) for turn in each(turns, 2 * EACH))
    assert misread(replace(one, text=written_by_a_parent(dice, one.text)) for one in some) == []


def _moved(dice: random.Random, turn: str) -> Made:
    sent, day, told = two_days(dice)
    text = turn.format(v=dice.choice(SEEN_BY), w=weekday(day, dice), u=weekday(told, dice))
    return Made(text, f"{sent}T10:30", ("M", day, ..., ..., ..., ...), known=(an_appointment(dice, told),))


def _other_half_of_today(dice: random.Random, turn: str) -> Made:
    sent = some_school_day(dice)
    half, other = dice.sample(("morning", "afternoon"), 2)
    told = Report(("c1",), "M", sent, None, "am" if half == "morning" else "pm")
    text = turn.format(v=dice.choice(SEEN_BY[:3]), a=other, b=half)
    means = ("M", sent, ..., "pm" if half == "morning" else "am", None, None)
    return Made(text, f"{sent}T07:50", means, known=(told,))


def _called_off(dice: random.Random, turn: str) -> Made:
    sent, day, _ = two_days(dice)
    text = turn.format(v=dice.choice(SEEN_BY))
    known = (Report(("c1",), "M", day, day, "am", time(11, 0)),)
    return Made(text, f"{sent}T10:30", (..., ..., ..., ..., ..., ...), "cancel|return", known=known)


def _another_day_off(dice: random.Random, turn: str) -> Made:
    while True:
        sent = some_school_day(dice)
        if CALENDAR.is_school_day(sent - DAY):
            break
    means = ({"I", None}, ..., ..., ..., ..., ...)
    return Made(turn, f"{sent}T08:10", means, "absence|return", known=(ill(sent - DAY, dice.choice((None, sent))),))


def _sibling_now(dice: random.Random, turn: str) -> Made:
    sent = some_school_day(dice)
    means = ("I", sent, None, "day", None, None)
    return Made(turn, f"{sent}T08:10", means, known=(ill(sent),), children=FAMILY, of=("c2",))


def _back_in_the_evening(dice: random.Random, turn: str) -> Made:
    sent, back, _ = two_days(dice)
    text = turn.format(w=weekday(back, dice))
    return Made(text, f"{sent}T18:40", returns(back), "return", known=(ill(sent),))


def _another_return(dice: random.Random, turn: str) -> Made:
    sent, back, told = two_days(dice)
    text = turn.format(w=weekday(back, dice), v=weekday(told, dice))
    return Made(text, f"{sent}T10:30", returns(back), "return", known=(ill(sent, told),))


def _in_the_morning(dice: random.Random, turn: str) -> Made:
    sent = some_school_day(dice)
    asked = Asked("return", "c1", (), sent, ill(sent))
    return Made(turn, f"{sent}T19:10", returns(school_day_after(sent)), "return", asked)


def _another_matter(dice: random.Random, turn: str) -> Made:
    """Nothing of it moves the appointment that is held."""
    sent, day, told = two_days(dice)
    known = (Report(("c1",), "M", told, told, "am", time(11, 0)),)
    return Made(turn.format(w=weekday(day, dice)), f"{sent}T07:40", ("I", sent, ..., "day", None, None), known=known)


_HELD: tuple[tuple[Turn, str], ...] = (
    (
        _moved,
        (
            "Tom's {v} has been moved to {w} | they've changed Tom's {v} to {w} | his {v} has been rearranged for "
            "{w} | Tom's {v} is now on {w} not {u} | the {v} on {u} has been changed to {w} | {v} has been put "
            "back to {w}"
        ),
    ),
    (
        _other_half_of_today,
        (
            "actually it's this {a} not this {b} | Tom's {v} is this {a} not this {b} | Tom's {v} is {a} not {b} "
            "| got that wrong, Tom's {v} is this {a}"
        ),
    ),
    (
        _called_off,
        (
            "Tom's {v} has been cancelled | Tom doesn't need to go to the {v} now | they've cancelled Tom's {v} "
            "so he will be in all day"
        ),
    ),
    (
        _another_day_off,
        "another day off for Tom | Tom needs another day | one more day off for Tom",
    ),
    (
        _sibling_now,
        "Tom's sister has it now, not in today | Ella has it now as well | now Ella is ill too",
    ),
    (
        _back_in_the_evening,
        "he'll be back {w} | Tom back {w} | Tom should be back {w} now",
    ),
    (_another_return, "not {v}, {w} | {w} rather than {v} | sorry {w} not {v} | change of plan, back {w}"),
    (_in_the_morning, "back in the morning | he'll be back in the morning | should be in in the morning"),
    (_another_matter, "Tom is ill this morning, not in today | Tom has a tummy bug, off till {w}"),
)


@pytest.mark.parametrize(("made_by", "turns"), _HELD, ids=lambda one: getattr(one, "__name__", ""))
def test_words_that_change_what_is_held(made_by: Turn, turns: str) -> None:
    dice = random.Random(made_by.__name__)
    some = (made_by(dice, turn) for turn in each(turns, 2 * EACH))
    assert misread(replace(one, text=written_by_a_parent(dice, one.text)) for one in some) == []
