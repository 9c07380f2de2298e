"""A slip put right at once names nobody: it is about whom we have just read back, and no question is needed."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.context import read_in_context
from bot.outcome import Heard, Outcome, Record, Situation, Withdraw
from tests.support.builders import at
from tests.support.messages import Thread, case, of, template


def says(thread: Thread, words: str, clock: str) -> Outcome:
    """The words as the reader takes them in this thread, and what they lead to."""
    heard = Heard("m9", "sms", thread.address, words, at(clock))
    about = Situation(thread.school, thread.sender, thread.conversation, thread.known, thread.cases)
    outcome = thread.hears(read_in_context(heard, about), words, clock)
    thread.known = (*thread.known, *(one.absence for one in of(outcome, Record)))
    return outcome


def after(words: str) -> Thread:
    """A mother of two, one of them missed, whose words were read back."""
    thread = Thread("mum", cases=[case("amina")])
    says(thread, words, "09:25")
    return thread


@pytest.mark.parametrize(
    "words", ["Make that 11.30 sorry", "sorry I mean 11.30", "oops make it 11.30", "oops 11.30 not 11"]
)
def test_another_hour_is_of_whom_we_read_back(words: str) -> None:
    outcome = says(after("Amina's at the dentist, in by 11"), words, "09:40")
    assert template(outcome) == "absence.corrected"
    assert [(one.absence.pupil, one.absence.arrives) for one in of(outcome, Record)] == [("amina", time(11, 30))]


def test_words_of_another_child_are_no_slip() -> None:
    outcome = says(after("Amina ill, back Thursday"), "sorry Ben not well too", "09:40")
    assert [one.absence.pupil for one in of(outcome, Record)] == ["ben"]


def test_not_this_one_is_no_slip_of_the_hour() -> None:
    thread = after("Amina and Ben are both ill today")
    says(thread, "Sorry not Ben", "09:26")
    assert "ben" not in {one.pupil for one in thread.known if one.live and one.recorded_at > at("09:25")}


@pytest.mark.parametrize("clock", ["11:40", "14:00"])
def test_hours_later_nobody_is_taken_for_granted(clock: str) -> None:
    outcome = says(after("Amina's at the dentist, in by 11"), "sorry, the doctor tomorrow at 9, in by 10", clock)
    assert template(outcome) == "absence.which_child"


@pytest.mark.parametrize(
    "words",
    [
        "Sorry its Ben not Amina, doing too many things at once!",
        "Sorry, I meant Ben not Amina. Too early for me",
        "oh no I meant Ben, too tired",
    ],
)
def test_a_sorry_that_too_much_goes_on_takes_nothing_away_from_the_right_child(words: str) -> None:
    outcome = says(after("Amina has a temperature so wont be in today"), words, "09:36")
    assert template(outcome) == "absence.corrected"
    assert [one.absence.pupil for one in of(outcome, Record)] == ["ben"]


def test_a_day_of_return_in_a_second_text_is_of_both_who_were_read_back() -> None:
    outcome = says(after("Amina and Ben are both ill today"), "back tomorrow", "09:27")
    assert {one.absence.pupil: one.absence.return_day for one in of(outcome, Record)} == {
        "amina": date(2026, 11, 11),
        "ben": date(2026, 11, 11),
    }


def test_a_name_that_is_denied_is_not_the_one_that_was_meant() -> None:
    outcome = says(after("Amina has a sore throat"), "no, thats not Ben", "09:40")
    assert "ben" not in {one.absence.pupil for one in of(outcome, Record)}


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ("Ben jest dzis chory", "to Amina jest chora, nie Ben"),
        ("Ben e bolnav azi", "Amina e bolnava, nu Ben"),
        ("O Ben está doente hoje", "Desculpe, é a Amina que está doente, não o Ben"),
        ("Ben está malo hoy", "Amina está mala, no Ben"),
        ("Ben est malade aujourd'hui", "c'est Amina qui est malade, pas Ben"),
        ("Ben is ill today", "Amina is ill, not Ben"),
    ],
)
def test_not_this_child_takes_it_back_in_the_languages_of_most_families(first: str, words: str) -> None:
    outcome = says(after(first), words, "09:40")
    assert template(outcome) == "absence.corrected"
    assert [one.absence.pupil for one in of(outcome, Record)] == ["amina"]
    assert [one.absence.pupil for one in of(outcome, Withdraw)] == ["ben"]


@pytest.mark.parametrize(
    "words", ["Amina is ill too, no Ben is not better", "no Ben is ill", "es Ben, no es nada grave"]
)
def test_a_no_that_denies_no_child_takes_nothing_back(words: str) -> None:
    assert of(says(after("Ben is ill today"), words, "09:40"), Withdraw) == []
