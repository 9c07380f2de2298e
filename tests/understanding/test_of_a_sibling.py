"""After a report of one child: words about its sibling, and of two who are held the one that comes in by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from bot.understanding import Report, Understanding, understand
from tests.understanding.reading import CALENDAR, written

TODAY = date(2026, 11, 17)
TOM_IS_ILL = (Report(("c1",), "I", TODAY, None, "day"),)
BOTH_AT_THE_DENTIST = tuple(Report((child,), "M", TODAY, TODAY, "am", time(10, 30)) for child in ("c1", "c2"))


def after(text: str, known: tuple[Report, ...], asked: str | None = None) -> Understanding:
    return understand(replace(written(text, "2026-11-17T08:10", "Tom:8 Ella:6", asked), known=known), CALENDAR)


@pytest.mark.parametrize("asked", [None, "return"])
@pytest.mark.parametrize(
    "text",
    [
        "forgot to say Ella has her inhaler in her bag can someone make sure she takes it at lunch",
        "Ella has swimming kit with her dad",
        "Ella needs her recorder today can you tell her it's in her bag",
    ],
)
def test_what_a_sibling_needs_reports_nobody(text: str, asked: str | None) -> None:
    told = after(text, TOM_IS_ILL, asked)
    assert (told.intent, told.reports) == ("question", ())


@pytest.mark.parametrize("asked", [None, "return"])
@pytest.mark.parametrize("text", ["Ella is fine and coming in", "Ella is coming in though"])
def test_a_sibling_that_comes_in_is_nothing_to_do(text: str, asked: str | None) -> None:
    assert after(text, TOM_IS_ILL, asked).intent == "chat"


@pytest.mark.parametrize("asked", [None, "return"])
@pytest.mark.parametrize("text", ["ok Ella's on her way", "Ella is on her way in"])
def test_a_sibling_on_its_way_brings_nobody_else_back(text: str, asked: str | None) -> None:
    assert not any("c1" in one.children for one in after(text, TOM_IS_ILL, asked).reports)


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("tomorrow hopefully, Ella was fine", 18),
        ("Thursday I think. Ella is fine and in", 19),
        ("Ella is fine btw, Thursday for him", 19),
        ("Wednesday, Ella is in today", 18),
        ("friday, ella's ok so far", 20),
    ],
)
def test_a_day_beside_a_well_sibling_answers_when_the_other_is_back(text: str, back: int) -> None:
    told = after(text, TOM_IS_ILL, "return")
    assert (told.intent, [(one.children, one.return_day) for one in told.reports]) == (
        "return",
        [(("c1",), TODAY.replace(day=back))],
    )


@pytest.mark.parametrize(
    "text", ["Ella is fine and in today", "Ella will be fine tomorrow", "Ella has swimming on Thursday"]
)
def test_a_day_of_the_sibling_itself_answers_nothing(text: str) -> None:
    assert not any("c1" in one.children and one.return_day for one in after(text, TOM_IS_ILL, "return").reports)


@pytest.mark.parametrize(
    "text",
    ["and my other one has it now", "my other one has it too", "Ella is off as well", "the other one is ill now"],
)
def test_the_other_one_is_the_sibling(text: str) -> None:
    told = after(text, TOM_IS_ILL)
    assert told.intent == "absence"
    assert [(one.children, one.code) for one in told.reports] == [(("c2",), "I")]


def test_of_two_at_the_dentist_the_one_that_is_dropped_off_comes_in() -> None:
    told = after("they can only see Tom so dropping Ella off now", BOTH_AT_THE_DENTIST)
    assert told.intent == "return"
    assert [(one.children, one.return_day) for one in told.reports] == [(("c2",), TODAY)]


def test_what_is_told_of_the_other_beside_it_is_heard() -> None:
    told = after("dropping Ella in now, Tom has been sick so he's staying off", BOTH_AT_THE_DENTIST)
    assert told.intent == "absence"
    assert [one.code for one in told.reports if one.children == ("c1",)] == ["I"]


def test_not_dropping_her_in_brings_nobody_in() -> None:
    told = after("not dropping Ella in now she's been sick", BOTH_AT_THE_DENTIST)
    assert ("c2", TODAY) not in [
        (child, one.return_day) for one in told.reports if one.code is None for child in one.children
    ]


@pytest.mark.parametrize("asked", [None, "absence"])
def test_a_sibling_who_feels_sick_too_and_was_sent_in_is_no_search_for_the_one_who_is_ill(asked: str | None) -> None:
    told = after("Ella says she feels sick too but ive sent her in", TOM_IS_ILL, asked)
    assert (told.intent, told.reports, told.urgent) == ("question", (), False)


@pytest.mark.parametrize("text", ["hes feeling a bit better already typical", "hes a lot better", "feeling better now"])
def test_better_is_not_yet_back(text: str) -> None:
    told = after(text, TOM_IS_ILL)
    assert (told.intent, [one.return_day for one in told.reports]) == ("return", [None])


@pytest.mark.parametrize(
    "text", ["much better so coming in", "hes better now, dropping him in", "Tom all better, back today"]
)
def test_better_and_coming_is_back(text: str) -> None:
    assert [one.return_day for one in after(text, TOM_IS_ILL).reports] == [TODAY]
