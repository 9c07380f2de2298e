"""What must hold whatever the weights have learned, since nobody looks a second time before it is acted on."""

from __future__ import annotations

import pytest

from bot.understanding import Understanding
from bot.understanding.learned.weights import Weights
from tests.understanding.measured import DRAFT
from tests.understanding.reading import CALENDAR, read

#: Said like this it goes to the safeguarding lead, however unlike the messages that the weights were learned from.
PLAIN_DANGER = (
    "he has taken an overdose",
    "she wants to kill herself",
    "Tom says he doesn't want to be alive any more",
    "my husband hit me last night in front of the children",
    "her uncle has been touching her",
    "they are taking her to Pakistan to get married, she is 15",
    "she has been cutting herself again",
    "he is being made to sell drugs for older boys",
    "mum is drunk and won't wake up",
    "there's no food in the house until Friday",
    "he says his dad hits him with a belt",
    "she found a suicide note in his bag",
)
STRANGERS = ("Jake", "Olivia", "Kacper", "Mohammed", "Chloe", "Zofia")


def reported(answer: Understanding) -> set[str]:
    return {child for report in answer.reports for child in report.children}


@pytest.mark.parametrize("asked", [None, "absence", "return"])
@pytest.mark.parametrize("text", PLAIN_DANGER)
def test_plain_words_of_danger_are_heard(text: str, asked: str | None) -> None:
    for written in (text, text.upper(), f"Tom won't be in today. {text}. Thanks", f"ok thank you, {text}"):
        assert read(written, "2026-11-10T09:25", "Tom:8", asked).safeguarding, written


@pytest.mark.parametrize("asked", [None, "absence"])
@pytest.mark.parametrize("family", ["Tom:3", "Tom:3 Ella:6"])
@pytest.mark.parametrize("shape", ["{} is ill", "{} won't be in, sore throat", "{} has a tummy bug", "{}'s poorly"])
def test_a_named_child_who_is_not_on_the_list_is_never_another_one(shape: str, family: str, asked: str | None) -> None:
    for name in STRANGERS:
        answer = read(shape.format(name), "2026-11-10T09:25", family, asked)
        assert not reported(answer), name
        assert "child" in answer.ask, name


@pytest.mark.parametrize("text", ["it's Ella not Tom", "no its ella", "Not Tom, Ella", "Ella. Not Tom"])
def test_a_child_who_is_taken_back_is_not_recorded(text: str) -> None:
    answer = read(text, "2026-11-10T09:40", "Tom:3 Ella:6", "confirm", DRAFT)
    assert reported(answer) == {"c2"} or {"child", "confirm"} & set(answer.ask), answer


@pytest.mark.parametrize(
    "text", ["No. He is in school!", "that's not right, I dropped him", "no he got on the bus at 8"]
)
def test_an_absence_that_the_parent_denies_is_not_recorded(text: str) -> None:
    answer = read(text, "2026-11-10T09:40", "Tom:3", "confirm", DRAFT)
    assert answer.intent in ("present", "missing", "reject", "question"), answer


@pytest.mark.parametrize("text", ["that's wrong", "no", "No that's not right", "wrong", "not correct", "thats not it"])
def test_no_is_never_taken_for_yes(text: str) -> None:
    assert read(text, "2026-11-10T09:40", "Tom:3 Ella:6", "confirm", DRAFT).intent != "confirm"


@pytest.mark.parametrize("text", ["yes", "Yes that's right thank you", "correct", "YES"])
def test_yes_is_yes_to_a_draft_only(text: str) -> None:
    assert read(text, "2026-11-10T09:40", "Tom:3", "confirm", DRAFT).intent == "confirm"
    assert read(text, "2026-11-10T09:40", "Tom:3", "absence").intent != "confirm"
    assert read(text, "2026-11-10T09:40", "Tom:3").intent != "confirm"


@pytest.mark.parametrize(
    "text",
    [
        "Tom is off until 31st February",
        "Tom back on 25 December",
        "Tom off 2 August to 9 August 2027",
        "Tom off from 1/1/1900",
        "Tom off till the year 3000",
        "Tom is off until next Christmas",
        "Tom off 99/99 to 45/13",
        "Tom ill, back Sunday",
    ],
)
@pytest.mark.parametrize(
    "sent",
    ["2026-09-01T08:00", "2027-02-14T21:00", "2027-07-21T15:31", "2027-10-22T16:00", "2028-01-10T08:00"],
    ids=["before the first day", "half term", "last afternoon", "the calendar's last day", "long after it"],
)
def test_no_day_outside_the_calendar_is_taken_without_asking(text: str, sent: str) -> None:
    answer = read(text, sent)
    for report in answer.reports:
        for found in (report.first_day, report.return_day):
            assert found is None or CALENDAR.is_school_day(found) or "dates" in answer.ask
        assert not (report.first_day and report.return_day) or report.first_day <= report.return_day


def test_what_was_read_before_changes_nothing() -> None:
    texts = (
        "Tom is ill",
        "dentist at 10, back 11",
        "she ran away last night",
        "off Mon to Wed, wedding",
        "👍",
        "nie przyjdzie, gorączka",
    )
    before = [read(text) for text in texts]
    for text in reversed(texts):
        read(text * 20, children="Tom:3 Ella:6", asked="absence")
    assert [read(text) for text in texts] == before


@pytest.mark.parametrize("things", [["a", "b", "c", "d"], ["d", "c", "b", "a"], ["c", "a", "d", "b"]])
def test_the_weights_of_a_set_add_up_alike_in_every_order(things: list[str]) -> None:
    """The order of a set of words is another in every process: an answer must not hang on it."""
    several = Weights("#classes\tx\ty\na\tx:.1\ty:1.30\nb\tx:.2\ty:-.03\nc\tx:.3\nd\tx:-.6\ty:.01\n")
    assert several.sums(dict.fromkeys(things)) == [0.0, 1.28]
    one = Weights("#classes\tx\na\tx:.10\nb\tx:.20\nc\tx:.30\nd\tx:-.60\n")
    assert one.sum(things) == 0.0


@pytest.mark.parametrize(
    "text", ["This is ridiculous", "its ridiculous how you people chase parents", "ffs every time"]
)
def test_what_was_recorded_is_not_taken_back_without_a_no(text: str) -> None:
    assert read(text, "2026-11-10T09:40", "Tom:8", "confirm", DRAFT).intent != "reject", text


@pytest.mark.parametrize(
    "text",
    [
        "Who is this? Ive had this number 2 years and I dont know any of you",
        "who is this, I dont have kids, wrong number",
        "who is this? i dont have kids",
        "I have no children",
        "never heard of Tom",
    ],
)
def test_somebody_else_who_asks_who_we_are_is_a_wrong_number(text: str) -> None:
    assert read(text, "2026-11-10T09:20", "Tom:8", "absence").intent == "wrong_number", text


def test_a_parent_who_does_not_know_our_number_keeps_it() -> None:
    assert read("Who is this?", "2026-11-10T09:20", "Tom:8", "absence").intent == "question"


@pytest.mark.parametrize(
    "text", ["did Ruby get in ok?", "is Ruby in?", "has Ruby arrived yet", "hi did ruby get there"]
)
@pytest.mark.parametrize("asked", ["absence", "return", "reason"])
def test_a_question_about_another_child_says_nothing_of_the_one_we_asked_about(text: str, asked: str) -> None:
    understood = read(text, "2026-11-10T10:40", "Ava:9 Ruby:9", asked)
    assert (understood.intent, understood.urgent, understood.reports) == ("question", False, ())


def test_a_question_about_the_child_we_miss_is_heard_as_danger() -> None:
    assert read("is Ava in?", "2026-11-10T09:20", "Ava:9 Ruby:9", "absence").urgent


def test_no_medicine_left_is_no_wrong_number() -> None:
    text = "we dont have any calpol left and Tom is still hot"
    assert read(text, "2026-11-10T09:20", "Tom:8", "absence").intent == "absence"
