"""The day of return is asked for beside a read-back: words that report something else are no answer to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.conversation import Question
from bot.outcome import Record
from bot.understanding import Understanding
from tests.bot.test_required_fields import reads
from tests.bot.test_second_texts import reported
from tests.support.builders import DAY, at
from tests.support.messages import Thread, means, of, says

MONDAY = DAY - timedelta(days=1)


def when_back(text: str, since: date = DAY) -> Understanding:
    """Amina was reported ill, open-ended, from `since` on; her mother was asked when she is back, and writes this."""
    known = replace(reported(), first_day=since, recorded_at=at("08:05", since))
    thread = Thread("mum", known=[known])
    thread.conversation = thread.conversation.asks(Question("return", ("amina",), since, at("08:05", since)))
    return reads(thread, text)


@pytest.mark.parametrize(
    "text",
    [
        "tummy is fine now but she fell off the trampoline last night, her wrist is massive. at minor injuries",
        "she has sprained her ankle now so not in",
    ],
)
def test_what_ails_her_on_a_day_that_nobody_reported_is_a_report(text: str) -> None:
    found = when_back(text, MONDAY)
    assert (found.intent, [one.first_day for one in found.reports]) == ("absence", [DAY])


@pytest.mark.parametrize("text", ["sorry I meant Ben is ill", "Ben has it too now", "Ben is off as well, sick"])
def test_a_brother_who_is_ill_is_reported(text: str) -> None:
    found = when_back(text)
    assert (found.intent, {child for one in found.reports for child in one.children}) >= ("absence", {"ben"})


@pytest.mark.parametrize(
    "text",
    [
        "Sorry, I made a mistake, Ben is the one who is ill. Amina is coming in",
        "its Ben who is ill, not Amina, Amina is in school",
        "Ben is ill. Amina is fine and on the bus",
    ],
)
def test_the_one_who_is_well_hides_nobody_who_is_ill(text: str) -> None:
    found = when_back(text)
    assert ("ben",) in [one.children for one in found.reports if one.code == "I"]


@pytest.mark.parametrize("text", ["its flu", "she's got a temperature of 39", "when the doctor says so"])
def test_why_she_is_away_whom_we_hold_today_is_no_new_report(text: str) -> None:
    assert when_back(text).intent == "return"


@pytest.mark.parametrize("text", ["don't know yet", "not sure", "Thursday", "Wednesday hopefully"])
def test_an_answer_is_one_on_a_later_day_too(text: str) -> None:
    assert when_back(text, MONDAY).intent == "return"


@pytest.mark.parametrize(
    ("text", "away"),
    [
        ("she's got a temperature again", True),
        ("been sick again bless her", True),
        ("not well again x", True),
        ("she's well again", False),
        ("will she be sick again?", False),
    ],
)
def test_ill_again_on_the_day_after_goes_on_from_what_was_reported(text: str, away: bool) -> None:
    known = replace(reported(), first_day=MONDAY, recorded_at=at("08:05", MONDAY))
    outcome = Thread("mum", known=[known]).hears(
        means("return", says("amina", code=None, first=None), ask=("return",)), text
    )
    assert [one.absence.first_day for one in of(outcome, Record)] == ([DAY] if away else [])
