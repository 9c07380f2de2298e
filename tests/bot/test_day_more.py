"""One more day of what was just told: "Yesterday afternoon too", "another day off tomorrow for Amina"."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.outcome import Outcome, Record
from bot.understanding import Report, Understanding
from tests.support.builders import DAY
from tests.support.messages import Thread, means, of, says

TOMORROW, AFTER = DAY + timedelta(days=1), DAY + timedelta(days=2)
MONDAY = DAY - timedelta(days=1)
BACK_TODAY = means("return", Report(("amina",), return_day=DAY))
LEAVE = means("leave", says("amina", code="O", first=TOMORROW, return_day=AFTER))


def after(told: Report, understood: Understanding, text: str, clock: str = "15:30") -> Outcome:
    thread = Thread("mum")
    first = thread.hears(means("absence", told), "Amina is ill", "08:20")
    thread.known = tuple(one.absence for one in of(first, Record))
    return thread.hears(understood, text, clock)


def days(outcome: Outcome) -> list[tuple[str, date, date | None, str]]:
    return [
        (one.code, one.first_day, one.return_day, one.half) for one in (each.absence for each in of(outcome, Record))
    ]


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("Yesterday afternoon too", "pm"),
        ("and yesterday morning as well", "am"),
        ("he was off yesterday afternoon too", "pm"),
        ("Yesterday too", "day"),
        ("she wasn't in yesterday either", "day"),
    ],
)
def test_a_day_before_is_added_with_its_half(text: str, half: str) -> None:
    assert [(code, first, part) for code, first, _, part in days(after(says("amina"), BACK_TODAY, text))] == [
        ("I", MONDAY, half)
    ]


@pytest.mark.parametrize(
    "text", ["was sick yesterday afternoon too but went in this morning", "fine yesterday too", "Yesterday afternoon"]
)
def test_more_words_or_fewer_add_no_day(text: str) -> None:
    assert MONDAY not in [first for _, first, _, _ in days(after(says("amina"), BACK_TODAY, text))]


@pytest.mark.parametrize("told", [says("amina"), says("amina", return_day=TOMORROW)])
@pytest.mark.parametrize(
    "text", ["Another day off tomorrow for Amina I'm afraid", "one more day off tomorrow sorry", "off tomorrow too"]
)
def test_an_illness_that_goes_on_is_no_leave(told: Report, text: str) -> None:
    assert days(after(told, LEAVE, text)) == [("I", DAY, AFTER, "day")]


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (says("amina"), "another day off tomorrow for her birthday"),
        (says("amina"), "can she have tomorrow off"),
        (says("amina", code="C"), "another day off tomorrow for Amina"),
    ],
)
def test_another_reason_or_none_that_is_held_is_for_the_head(told: Report, text: str) -> None:
    assert days(after(told, LEAVE, text)) == []


def test_half_of_the_next_day_is_its_half() -> None:
    to_thursday = means("return", Report(("amina",), return_day=AFTER))
    assert days(after(says("amina"), to_thursday, "tomorrow morning too")) == [("I", TOMORROW, TOMORROW, "am")]


def at_once(text: str, understood: Understanding) -> list[tuple[date, date | None, str]]:
    outcome = Thread("mum").hears(understood, text, "08:20")
    return [(first, back, half) for _, first, back, half in days(outcome)]


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("Amina is ill today. Yesterday afternoon too", "pm"),
        ("Amina ill today, was off yesterday afternoon as well", "pm"),
        ("Amina ill today and yesterday afternoon", "pm"),
        ("Amina is ill today - she was off yesterday morning too", "am"),
    ],
)
@pytest.mark.parametrize("ask", [("return",), ("dates", "return")])
def test_half_a_day_before_is_added_in_the_same_words(text: str, half: str, ask: tuple[str, ...]) -> None:
    back = MONDAY if half == "am" else None
    assert at_once(text, means("absence", says("amina"), ask=ask)) == [(DAY, None, "day"), (MONDAY, back, half)]


@pytest.mark.parametrize(
    "text",
    [
        "Amina is ill today. She was fine yesterday afternoon",
        "Amina has a cold today, sent home yesterday afternoon too",
        "Amina has been sick. It was her birthday yesterday too",
        "Amina is ill today. Ben off yesterday afternoon too",
        "Amina is ill today. And yesterday",
    ],
)
def test_more_words_and_a_whole_day_without_a_mark_add_none(text: str) -> None:
    assert at_once(text, means("absence", says("amina"), ask=("return",))) == [(DAY, None, "day")]


def test_the_day_before_is_no_day_instead_of_today() -> None:
    late = means("absence", says("amina", first=MONDAY), ask=("return",))
    assert at_once("Amina is ill today. And yesterday", late) == [(DAY, None, "day")]


@pytest.mark.parametrize(
    "text", ["and tomorrow", "+ tomorrow", "+ tomorrow obvs 48hrs innit", "and tomorrow because of the 48 hour rule"]
)
@pytest.mark.parametrize(
    "understood",
    [means("return", Report(("amina",), return_day=TOMORROW)), means("absence", says("amina", return_day=TOMORROW))],
)
def test_tomorrow_as_well_is_no_day_of_return(understood: Understanding, text: str) -> None:
    [(code, first, back, _)] = days(after(says("amina"), understood, text, "08:25"))
    assert (code, first, back) == ("I", DAY, AFTER)
