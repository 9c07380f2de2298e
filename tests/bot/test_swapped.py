"""Two children in one report, and the writer has mixed them up: each has what we held of the other."""

from __future__ import annotations

import pytest

from bot.context import read_in_context
from bot.outcome import Heard, Outcome, Record, Situation
from tests.support.builders import at
from tests.support.messages import Thread, case, of, template


def says(thread: Thread, words: str, clock: str) -> Outcome:
    """The words as the reader takes them in this thread, and what they lead to."""
    heard = Heard(f"m{clock}", "sms", thread.address, words, at(clock))
    about = Situation(thread.school, thread.sender, thread.conversation, thread.known, thread.cases)
    outcome = thread.hears(read_in_context(heard, about), words, clock)
    thread.known = (*thread.known, *(one.absence for one in of(outcome, Record)))
    return outcome


def after(words: str) -> Thread:
    thread = Thread("mum", cases=[case("amina"), case("ben")])
    says(thread, words, "09:25")
    return thread


ONE_OF_EACH = "Amina has a sore throat and Ben has a doctors appt at 9.30, in by 11"


@pytest.mark.parametrize(
    "words",
    [
        "sorry got that the wrong way round, Ben sore throat, Amina doctors",
        "other way round sorry",
        "Got them mixed up sorry",
        "mixed up, Ben has the sore throat and Amina the doctors",
    ],
)
def test_each_has_what_we_held_of_the_other(words: str) -> None:
    outcome = says(after(ONE_OF_EACH), words, "09:40")
    assert template(outcome) == "absence.corrected"
    assert {one.absence.pupil: one.absence.code for one in of(outcome, Record)} == {"amina": "M", "ben": "I"}
    assert {one.absence.pupil: one.replaces.pupil for one in of(outcome, Record) if one.replaces} == {
        "amina": "amina",
        "ben": "ben",
    }


@pytest.mark.parametrize("words", ["I got the days mixed up sorry", "thanks, and sorry for the mix up"])
def test_other_mixing_up_changes_no_child(words: str) -> None:
    assert template(says(after("Amina is ill today"), words, "09:40")) != "absence.corrected"


def test_a_reason_that_neither_had_is_read_for_what_it_is() -> None:
    outcome = says(after(ONE_OF_EACH), "wrong way round, Ben has a funeral and Amina is ill", "09:40")
    assert {one.absence.code for one in of(outcome, Record)} != {"M", "I"}


@pytest.mark.parametrize("words", ["*Ben", "oops Ben", "its actually Ben thats ill, Amina is fine and on way in"])
def test_a_name_in_place_of_the_one_just_written(words: str) -> None:
    outcome = says(after("Amina is ill today"), words, "09:40")
    assert template(outcome) == "absence.corrected"
    assert [one.absence.pupil for one in of(outcome, Record)] == ["ben"]
