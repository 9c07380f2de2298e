"""One more day after what was read back, and no other day instead: "sorry, she won't be in tomorrow either"."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.outcome import Record
from tests.support.builders import DAY
from tests.support.messages import Thread, means, of, says

TODAY = says("amina", return_day=DAY + timedelta(days=1))
TOMORROW = says("amina", first=DAY + timedelta(days=1), return_day=DAY + timedelta(days=2))


def after_a_report(told: str, text: str) -> list[Record]:
    thread = Thread("mum")
    first = thread.hears(means("absence", TODAY), "Amina is ill", told)
    thread.known = tuple(one.absence for one in of(first, Record))
    return of(thread.hears(means("absence", TOMORROW), text, "16:30"), Record)


@pytest.mark.parametrize(
    "text",
    [
        "sorry she wont be in tomorrow either, still sick",
        "Sorry, she won't be in tomorrow",
        "No, she is off tomorrow too",
        "Oh and she is still ill so off tomorrow",
    ],
)
def test_today_stays(text: str) -> None:
    assert [one.replaces for one in after_a_report("09:20", text)] == [None]


@pytest.mark.parametrize("text", ["Sorry I meant tomorrow, she is in today", "no, wrong day, she is off tomorrow"])
def test_today_is_taken_back_in_so_many_words(text: str) -> None:
    assert [one.replaces is not None for one in after_a_report("09:20", text)] == [True]


def test_before_any_register_a_sorry_is_enough() -> None:
    thread = Thread("mum")
    first = thread.hears(means("absence", TODAY), "Amina is ill", "07:30")
    thread.known = tuple(one.absence for one in of(first, Record))
    [again] = of(thread.hears(means("absence", TOMORROW), "sorry, tomorrow", "07:31"), Record)
    assert again.replaces is not None
