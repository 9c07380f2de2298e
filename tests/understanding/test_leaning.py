"""Answers that say no reason, while a report of the sibling, or of this child from the day before, is held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from bot.understanding import Report, Understanding, understand
from tests.understanding.reading import CALENDAR, written

TODAY = date(2026, 11, 17)
ELLA_IS_ILL = (Report(("c2",), "I", TODAY, None, "day"),)
ELLA_IS_AT_THE_DENTIST = (Report(("c2",), "M", TODAY, TODAY, "am", time(11)),)
TOM_WAS_ILL_YESTERDAY = (Report(("c1",), "I", date(2026, 11, 16), None, "day"),)


def answer(text: str, known: tuple[Report, ...], asked: str = "absence") -> Understanding:
    """What the family of Tom and Ella answers when we ask about Tom."""
    return understand(replace(written(text, "2026-11-17T09:20", "Tom:8 Ella:6", asked), known=known), CALENDAR)


def codes(told: Understanding) -> set[str | None]:
    return {one.code for one in told.reports}


@pytest.mark.parametrize("known", [ELLA_IS_ILL, ELLA_IS_AT_THE_DENTIST])
@pytest.mark.parametrize(
    "text", ["he is at home", "yes he is off", "no he isnt", "yes", "No problem", "Ill let you know"]
)
def test_what_is_held_of_his_sister_is_no_reason_of_his(text: str, known: tuple[Report, ...]) -> None:
    told = answer(text, known)
    assert (told.intent, codes(told), "reason" in told.ask) == ("absence", {"N"}, True)


@pytest.mark.parametrize("known", [ELLA_IS_ILL, TOM_WAS_ILL_YESTERDAY])
@pytest.mark.parametrize(("text", "intent"), [("no", "reject"), ("what do you mean", "question")])
def test_words_that_report_nothing_report_nothing_whatever_is_held(
    text: str, intent: str, known: tuple[Report, ...]
) -> None:
    told = answer(text, known)
    assert (told.intent, told.reports) == (intent, ())


@pytest.mark.parametrize("asked", ["absence", "reason"])
@pytest.mark.parametrize("text", ["him too", "same", "Tom as well", "hes got it now", "no better"])
def test_who_has_it_too_has_it(text: str, asked: str) -> None:
    told = answer(text, ELLA_IS_ILL, asked)
    assert (told.intent, codes(told), {child for one in told.reports for child in one.children}) == (
        "absence",
        {"I"},
        {"c1"},
    )


@pytest.mark.parametrize("text", ["yes still off", "he is at home", "no change"])
def test_his_own_illness_of_yesterday_goes_on(text: str) -> None:
    assert codes(answer(text, TOM_WAS_ILL_YESTERDAY)) == {"I"}
