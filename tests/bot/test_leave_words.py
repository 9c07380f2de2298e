"""What words about a request look like, and what does not look like them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.leave import days_said, words
from bot.leave.days_said import Said

TODAY = date(2026, 11, 17)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("leave on Tuesday 8 and Wednesday 9 December, back Thursday 10th", Said(date(2026, 12, 8), date(2026, 12, 9))),
        ("from 8 December to 10 December", Said(date(2026, 12, 8), date(2026, 12, 10))),
        ("from the 8th to the 10th of December", Said(date(2026, 12, 8), date(2026, 12, 10))),
        ("8, 9 and 10 Dec", Said(date(2026, 12, 8), date(2026, 12, 10))),
        ("from 21 December to 4 January", Said(date(2026, 12, 21), date(2027, 1, 4))),
        ("from 21 December 2026 to 1 January 2027", Said(date(2026, 12, 21), date(2027, 1, 1), True)),
        ("from 7 December to 4 December", Said(date(2026, 12, 7), date(2026, 12, 4), True)),
        ("on 3 March", Said(date(2027, 3, 3), date(2027, 3, 3))),
        ("8 to 12 November 2027", Said(date(2027, 11, 8), date(2027, 11, 12), True)),
        ("back on 3 December", None),
        ("next Tuesday", None),
        ("31 February", None),
    ],
)
def test_days_that_are_written_out(text: str, said: Said | None) -> None:
    found = days_said.dates_said(text, TODAY)
    if text.startswith("back"):
        assert found is None or found.first == date(2026, 12, 3)
    else:
        assert found == said


@pytest.mark.parametrize(
    "text",
    [
        "Please cancel the leave request for Cora",
        "We withdraw our request, thank you",
        "We are not going any more",
        "The trip has been cancelled",
        "We don't need the leave now",
        "please forget it",
    ],
)
def test_taken_back(text: str) -> None:
    assert words.withdraws(text)


@pytest.mark.parametrize(
    "text", ["She has a dentist at ten", "Cora is not well", "He will not be in today", "Thanks, got it"]
)
def test_not_taken_back(text: str) -> None:
    assert not words.withdraws(text)


@pytest.mark.parametrize(
    "text",
    [
        "Our flight is delayed",
        "The ferry was cancelled",
        "We're stuck at the airport",
        "We can't get back until Friday",
    ],
)
def test_back_late(text: str) -> None:
    assert words.late_back(text)


@pytest.mark.parametrize("text", ["Running late, there in ten minutes", "She has a cold", "He is back tomorrow"])
def test_not_back_late(text: str) -> None:
    assert not words.late_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "I do not agree to her going to Spain",
        "I haven't given consent, I object",
        "There is a court order",
        "He takes her without my permission",
    ],
)
def test_a_parent_objects(text: str) -> None:
    assert words.objects(text)


@pytest.mark.parametrize("text", ["I agree", "We would like leave, please", "Her dad agrees"])
def test_a_parent_does_not_object(text: str) -> None:
    assert not words.objects(text)


@pytest.mark.parametrize("text", ["leave form please", "How do I apply for leave? Is there a form", "LEAVE"])
def test_who_wants_the_form(text: str) -> None:
    assert words.wants_the_form(text)


@pytest.mark.parametrize("text", ["She left her form at home", "Amina needs to leave at ten"])
def test_who_does_not_want_the_form(text: str) -> None:
    assert not words.wants_the_form(text)


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("our flight was cancelled, Tamsin will be back on Wednesday 25 November", date(2026, 11, 25)),
        ("stuck in Faro, home on the 25th of November", date(2026, 11, 25)),
        ("the ferry is delayed, back Thursday", date(2026, 11, 19)),
        ("delayed, she returns to school next Monday", date(2026, 11, 23)),
        ("we are back late, 20 November she had a test", None),
        ("the flight is delayed", None),
        ("the flight is cancelled. We are home tomorrow night so Tamsin is back on Friday", date(2026, 11, 20)),
        ("flying home Thursday, back at school on Friday", date(2026, 11, 20)),
        ("home tomorrow night", None),
        ("Ferry's cancelled with the storm, can't get across till Friday now", date(2026, 11, 20)),
        ("no flights before the 25th of November", date(2026, 11, 25)),
        ("can't get the form signed till Friday", None),
    ],
)
def test_the_day_back_that_is_written_out(text: str, back: date | None) -> None:
    assert days_said.back_said(text, TODAY) == back


@pytest.mark.parametrize(
    "text",
    [
        "can she have time off for a wedding?",
        "Hi can I ask about time off for Luca",
        "I need to book some time off for Luca please",
        "I'd like to request leave of absence for Luca",
        "could Imogen have leave for the filming on 26 November please",
        "Is it ok for him to be given a day off",
        "may we take them out of school for a wedding",
        "would it be possible to take Ben out for three days",
    ],
)
def test_a_question_whether_somebody_may_be_away(text: str) -> None:
    assert words.asks_off(text)


@pytest.mark.parametrize(
    "text",
    [
        "Who do I ask about time off in term time?",
        "I want a day off from these texts",
        "Sorry I couldnt get time off work so she is with gran",
        "she needed time off last week as she was ill",
        "can she leave early today?",
        "could you have her leave her coat",
        "can you give him his time table",
        "may she have her PE kit",
    ],
)
def test_no_question_whether_somebody_may_be_away(text: str) -> None:
    assert not words.asks_off(text)


@pytest.mark.parametrize("text", ["what for?", "Why do you need that?", "but why?", "who wants to know?"])
def test_a_question_is_no_answer(text: str) -> None:
    assert words.asks_back(text)


@pytest.mark.parametrize("text", ["she's in maths", "Tobi is in year 9", "hes in PE", "in Mrs Hill's class"])
def test_lessons_are_no_address(text: str) -> None:
    assert words.of_lessons(text)


@pytest.mark.parametrize(
    "text",
    [
        "Malaga",
        "12 High Street, Leeds",
        "the Music Hotel, Form Street",
        "she's at her nan's in Art Street",
        "he's staying at my sister's, 4 Class Road",
        "in Setubal",
        "we fly at 7, is that ok?",
    ],
)
def test_an_address_is_neither(text: str) -> None:
    assert not words.of_lessons(text)
    assert not words.asks_back(text)
