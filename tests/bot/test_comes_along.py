"""A brother who comes with the one of whom a time was told: late at that time, and at no appointment of his own."""

from __future__ import annotations

from datetime import time

import pytest

from bot.families.comes_along import comes_along
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding
from tests.support.builders import DAY, at, report
from tests.support.messages import Thread, means, says

TOLD = report("k", code="M", sent="08:10", half="am", arrives=time(10))
DENTIST = says("ben", code="M", session="am")


def meant(words: Understanding, text: str, *known: object) -> Understanding:
    thread = Thread("mum", known=known)  # type: ignore[arg-type]
    heard = Heard("m1", "sms", thread.address, text, at("08:12"))
    return comes_along(heard, words, Situation(thread.school, thread.sender, thread.conversation, thread.known, {}))


@pytest.mark.parametrize("text", ["Ben's coming with us so he'll be late as well", "Ben late too", "Ben is also late"])
@pytest.mark.parametrize("words", [means("absence", DENTIST), means("late", says("ben", code=None))])
def test_he_is_late_at_the_time_of_the_other(words: Understanding, text: str) -> None:
    understood = meant(words, text, TOLD)
    assert (understood.intent, understood.reports) == ("late", (Report(("ben",), first_day=DAY, arrives=time(10)),))


def test_in_one_text_too() -> None:
    words = means("absence", says("amina", code="M", session="am", arrives=time(10)), says("ben", code=None))
    text = "Amina has dentist at 9, in at 10. Ben's coming with us, late as well"
    assert [one.arrives for one in meant(words, text).reports] == [time(10), time(10)]


@pytest.mark.parametrize(
    "text",
    ["Ben has the dentist too", "Ben is ill as well so he's late getting up", "is Ben late as well?", "late as well"],
)
def test_near_misses_are_read_as_they_were(text: str) -> None:
    words = means("absence", DENTIST)
    assert meant(words, text, TOLD) == words


def test_where_no_time_was_told_none_is_made_up() -> None:
    words = means("late", says("ben", code=None))
    assert meant(words, "Ben's coming with us, late as well", report("k", contact="dad")) == words
