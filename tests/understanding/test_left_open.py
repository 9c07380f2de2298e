"""Who does not know yet whether the child will be away has reported nothing yet: it is asked, never recorded."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

MONDAY_EVENING, TUESDAY_MORNING = "2026-11-09T20:15", "2026-11-10T07:30"


@pytest.mark.parametrize(
    "text",
    [
        "Tom is poorly. Not sure about tomorrow will see how he is in the morning",
        "If Tom isn't better he wont be in tomorrow",
        "Tom might not be in tomorrow, feels rough",
        "I will keep Tom off tomorrow if he's no better",
        "Tom may be off tomorrow, sore throat",
        "Tom has a sore throat so might have to stay off tomorrow",
        "Tom has a temperature so might not make it in tomorrow",
        "Tom been sick tonight so probably won't be in tomorrow",
        "Tom has a bug, wont be in tomorrow unless he perks up",
        "Tom's got a temperature tonight, will see how he is tomorrow",
        "If Toms still coughing tomorrow I'm going to keep him off",
        "if he's still poorly tomorrow im going to keep him home",
        "if he still has a temp in the morning he'll stay home",
    ],
)
def test_a_day_ahead_that_is_left_open_is_asked(text: str) -> None:
    told = read(text, MONDAY_EVENING, "Tom:8")
    assert not told.reports or "confirm" in told.ask


@pytest.mark.parametrize("text", ["Tom might not be in today, feels rough", "If Tom is no better he won't be in today"])
def test_so_is_this_morning(text: str) -> None:
    told = read(text, TUESDAY_MORNING, "Tom:8")
    assert not told.reports or "confirm" in told.ask


@pytest.mark.parametrize(
    "text",
    [
        "Tom wont be in tomorrow, sick bug, will see how he is for weds",
        "Tom is off ill tomorrow, might be off wednesday too",
        "Tom wont be in tomorrow, if he is no better on Wednesday I will ring the doctor",
        "Tom has a temperature so I am keeping him off tomorrow, not sure about Wednesday",
        "Tom will be off tomorrow with a cold, may be back Wednesday",
        "Tom has been sick so off till Wednesday, not sure what he has got",
    ],
)
def test_a_plain_day_with_something_open_behind_it_is_a_report(text: str) -> None:
    told = read(text, MONDAY_EVENING, "Tom:8")
    assert [report.code for report in told.reports] == ["I"]
    assert "confirm" not in told.ask


@pytest.mark.parametrize(
    "text",
    [
        "Can Tom have 20 and 21 May off for a wedding please",
        "Could Tom have Thursday 20th May off for a funeral please, back Friday 21st",
        "Please can Tom have Thursday 20th and Friday 21st of May off for my sisters wedding",
        "May Tom be off school on 20 May for his grandad's funeral please",
    ],
)
def test_the_month_of_may_leaves_nothing_open(text: str) -> None:
    told = read(text, "2027-05-10T16:40", "Tom:8")
    assert (told.intent, told.ask) == ("leave", ())


def test_nor_does_a_child_of_that_name() -> None:
    told = read("May off with a bad cough, back Thursday", TUESDAY_MORNING, "May:8")
    assert [report.code for report in told.reports] == ["I"]
    assert "confirm" not in told.ask


@pytest.mark.parametrize(
    "text",
    ["Tom off sick, might be off tomorrow too", "Tom is poorly today, not sure about tomorrow", "a cold"],
)
def test_today_is_told_though_tomorrow_is_open(text: str) -> None:
    told = read(text, TUESDAY_MORNING, "Tom:8")
    assert [report.code for report in told.reports] == ["I"]
    assert "confirm" not in told.ask


def test_in_answer_to_our_question_the_child_is_away() -> None:
    told = read("Tom might not be in, he has a cold", "2026-11-10T09:20", "Tom:8", asked="absence")
    assert "confirm" not in told.ask
