"""Another day, in answer to what we read back: the same absence, with the half of the day and the times we know."""

from __future__ import annotations

from typing import Any

import pytest

from tests.understanding.reading import read, told

MORNING = {"children": ["c1"], "code": "M", "first_day": "2026-11-18", "return_day": "2026-11-18", "session": "am"}
AFTERNOON = {**MORNING, "session": "pm", "leaves": "14:00"}
ILL = {"children": ["c1"], "code": "I", "first_day": "2026-11-12", "return_day": "2026-11-13", "session": "day"}
WEDDING = {**ILL, "code": "C", "first_day": "2026-11-18", "return_day": "2026-11-19"}
THURSDAY = "2026-11-12T18:00"


def moved(text: str, draft: dict[str, Any]) -> tuple[str, list[str]]:
    answer = read(text, THURSDAY, "Tom:3 Ella:6", "confirm", draft)
    return answer.intent, told(answer).get("c1", [])


@pytest.mark.parametrize(
    ("text", "draft", "meant"),
    [
        ("no, Tuesday 17th not the Wednesday", MORNING, "2026-11-17 2026-11-17 am"),
        ("No its on Thursday", MORNING, "2026-11-19 2026-11-19 am"),
        ("wrong day, it's Friday the 20th", {**MORNING, "arrives": "11:00"}, "2026-11-20 2026-11-20 am 11:00"),
        ("Not wednesday, monday", AFTERNOON, "2026-11-16 2026-11-16 pm 14:00"),
        ("sorry its the monday, not the wednesday", AFTERNOON, "2026-11-16 2026-11-16 pm 14:00"),
        ("yes but thursday not wednesday", MORNING, "2026-11-19 2026-11-19 am"),
        ("yes but it's thursday rather than wednesday", MORNING, "2026-11-19 2026-11-19 am"),
        ("should say the 19th not the 18th", MORNING, "2026-11-19 2026-11-19 am"),
        ("Not the 18th - the 20th", MORNING, "2026-11-20 2026-11-20 am"),
        ("Monday instead of Wednesday please", AFTERNOON, "2026-11-16 2026-11-16 pm 14:00"),
        ("no the appointment is next week tuesday", AFTERNOON, "2026-11-17 2026-11-17 pm 14:00"),
    ],
)
def test_only_the_day_is_put_right(text: str, draft: dict[str, Any], meant: str) -> None:
    assert moved(text, draft) == ("absence", [meant])


def test_a_day_of_leave_is_moved_to_another_one() -> None:
    assert moved("Nope, Mon 23 Nov not Wed 18", WEDDING) == ("leave", ["2026-11-23 2026-11-24"])


@pytest.mark.parametrize("text", ["Yes and Friday as well", "yes but he's off Friday too"])
def test_one_more_day_is_added(text: str) -> None:
    assert moved(text, ILL) == ("return", ["- 2026-11-16 -"])


@pytest.mark.parametrize(
    ("text", "draft", "intent", "meant"),
    [
        ("no, all day wednesday", MORNING, "absence", "2026-11-18 2026-11-19"),
        ("no the afternoon on tuesday, not weds", MORNING, "absence", "2026-11-17 2026-11-17 pm"),
        ("no, its Thursday, pick up at 1", MORNING, "absence", "2026-11-19 2026-11-19 pm 13:00"),
        ("no, Monday not Friday", ILL, "return", "- 2026-11-16 -"),
        ("no, he'll be back tuesday", ILL, "return", "- 2026-11-17 -"),
    ],
)
def test_more_than_the_day_is_read_as_it_is_said(text: str, draft: dict[str, Any], intent: str, meant: str) -> None:
    assert moved(text, draft) == (intent, [meant])


def test_a_day_of_a_sibling_is_not_put_for_this_childs() -> None:
    assert moved("no, Ella's is on Thursday", MORNING)[1] != ["2026-11-19 2026-11-19 am"]


def test_the_same_day_again_changes_nothing() -> None:
    assert moved("yes wednesday", MORNING)[0] == "confirm"
