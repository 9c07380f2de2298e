"""Which day it is back had just been asked; the answer is that it comes now."""

from __future__ import annotations

from datetime import date

import pytest

from tests.understanding.reading import read

ILL = {"children": ["c1"], "code": "I", "first_day": "2026-11-10", "return_day": None, "session": "day"}


@pytest.mark.parametrize(
    "text",
    [
        "ignore that hes coming in",
        "actually he's coming in",
        "scrap that, he's coming in",
        "forget that he's on his way in now",
        "he's going in now",
        "On our way now!",
        "actually shes fine shes on way in now",
    ],
)
def test_who_comes_now_is_back_today(text: str) -> None:
    told = read(text, asked="return", draft=ILL)
    assert (told.intent, [one.return_day for one in told.reports]) == ("return", [date(2026, 11, 10)])
    assert not told.ask


@pytest.mark.parametrize(
    "text", ["hes not coming in", "hes coming in thursday", "she's going in for an operation", "is he coming in"]
)
def test_other_words_do_not_say_so(text: str) -> None:
    assert date(2026, 11, 10) not in [one.return_day for one in read(text, asked="return", draft=ILL).reports]
