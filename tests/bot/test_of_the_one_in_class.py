"""One child is ill at home and the other in class: words that fit the other are of the other."""

from __future__ import annotations

import pytest

from attendance.absences import Absence
from attendance.register import Entry
from bot.outcome import Outcome
from tests.support.builders import AM, DAY, at
from tests.support.messages import Thread, alerted, case, events, means, says

ILL = Absence("m0/amina/0", "amina", DAY, "I", at("09:18"), contact="mum", message="m0")
OF_HER = means("present", says("amina", code=None, first=None), urgent=True)
ANSWERED = case(stage="answered", outcome="answered_ill", answered_by="mum", whereabouts="claimed")


def hears(text: str, mark: str = "/") -> Outcome:
    here = Entry("ben", AM, mis=mark)
    return Thread("mum", known=[ILL], cases=[ANSWERED], entered=[here]).hears(OF_HER, text, "09:40")


@pytest.mark.parametrize("text", ["he's fine btw he went in with his mates", "he is in school as usual"])
def test_the_boy_in_class_is_no_search_for_his_sister(text: str) -> None:
    assert alerted(hears(text)) == [("message_to_read", False)]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("she went in with her mates", "/"),
        ("he went in with his mates", "N"),
        ("is he in? he went in with his mates", "/"),
        ("they went in together", "/"),
        ("Amina went in with her brother", "/"),
    ],
)
def test_any_other_words_are_looked_into_at_once(text: str, mark: str) -> None:
    assert [child for child, _ in events(hears(text, mark))] == ["amina"]
