"""Nothing but another day: where it is plain that the day of the absence is meant, all of it is moved."""

from __future__ import annotations

from datetime import date

import pytest

from bot.context import read_in_context
from bot.outcome import CaseEvent, Heard, Outcome, Record, Situation, Withdraw
from tests.support.builders import at
from tests.support.messages import Thread, alerted, case, of, template

WEDNESDAY, THURSDAY, FRIDAY = date(2026, 11, 11), date(2026, 11, 12), date(2026, 11, 13)
DENTIST = "Amina has the dentist tomorrow at 9.30, will have her in by 11"
PHYSIO = "Amina has physio thursday afternoon leaving at 12.30"


def says(thread: Thread, words: str, clock: str) -> Outcome:
    """The words as the reader takes them in this thread, and what they lead to."""
    heard = Heard(f"m{clock}", "sms", thread.address, words, at(clock))
    about = Situation(thread.school, thread.sender, thread.conversation, thread.known, thread.cases)
    outcome = thread.hears(read_in_context(heard, about), words, clock)
    back = {one.absence.id for one in of(outcome, Withdraw)}
    kept = tuple(one for one in thread.known if one.id not in back)
    thread.known = (*kept, *(one.absence for one in of(outcome, Record)))
    return outcome


def days(thread: Thread) -> list[tuple[date, date | None, str, str]]:
    return [(one.first_day, one.return_day, one.half, f"{one.arrives or one.leaves}") for one in thread.known]


def after(words: str, clock: str = "08:20") -> Thread:
    thread = Thread("mum")
    says(thread, words, clock)
    return thread


@pytest.mark.parametrize(
    "words",
    [
        "*friday not tomorrow",
        "friday not tomorrow!",
        "sorry friday",
        "oops i mean friday",
        "wrong day sorry! she's in tomorrow, it's friday",
        "Sorry just checked the letter, it's Friday not tomorrow",
        "ive got the day wrong its friday",
    ],
)
def test_a_morning_with_its_time_is_moved(words: str) -> None:
    thread = after(DENTIST)
    outcome = says(thread, words, "08:24")
    assert (template(outcome), days(thread)) == ("absence.corrected", [(FRIDAY, FRIDAY, "am", "11:00:00")])


@pytest.mark.parametrize("words", ["oops friday afternoon", "*friday", "friday not thursday"])
def test_so_is_an_afternoon(words: str) -> None:
    thread = after(PHYSIO)
    says(thread, words, "08:24")
    assert days(thread) == [(FRIDAY, date(2026, 11, 16), "pm", "12:30:00")]


def test_and_a_day_of_which_the_day_of_return_can_be_no_other() -> None:
    thread = after("Amina will be off tomorrow, hospital scan")
    says(thread, "sorry friday, she'll be in tomorrow", "08:24")
    assert [(one[0], one[1]) for one in days(thread)] == [(FRIDAY, date(2026, 11, 16))]


@pytest.mark.parametrize(
    "words", ["and friday as well", "friday", "sorry friday afternoon", "sorry shes got friday club"]
)
def test_what_puts_no_day_right_leaves_it(words: str) -> None:
    thread = after(DENTIST)
    says(thread, words, "08:24")
    assert days(thread)[0] == (WEDNESDAY, WEDNESDAY, "am", "11:00:00")


def test_the_day_of_return_is_put_right_as_such() -> None:
    thread = after("Amina is ill, back tomorrow")
    says(thread, "*friday not tomorrow", "08:24")
    assert thread.known[-1].return_day == FRIDAY
    assert thread.known[-1].first_day < WEDNESDAY


def test_wrong_day_of_a_child_whom_the_register_has_missed_is_a_search() -> None:
    thread = after("Amina has the dentist at 9.30, in by 11")
    thread.cases = {"amina": case()}
    outcome = says(thread, "sorry wrong day its thursday, should be in today", "09:24")
    assert template(outcome) == "absence.danger"
    assert [type(one.event).__name__ for one in of(outcome, CaseEvent)] == ["DangerHeard"]


def test_wrong_day_before_the_close_is_none() -> None:
    thread = after("Amina has the dentist at 9.30, in by 11")
    outcome = says(thread, "sorry wrong day its thursday, in today as usual", "08:24")
    assert (alerted(outcome), days(thread)) == ([], [(THURSDAY, THURSDAY, "am", "11:00:00")])


def test_the_appointment_is_tomorrow() -> None:
    thread = after("Amina has her jabs today so wont be in till after lunch", "07:45")
    outcome = says(thread, "oh ignore me its tomorrow her jabs, she's in today as normal", "07:58")
    assert (template(outcome), alerted(outcome)) == ("absence.corrected", [])
    assert [one.first_day for one in thread.known] == [WEDNESDAY]
