"""What was planned falls through: the days are taken back, and the child is looked for where it does not come."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.understanding import Report, understand
from tests.understanding.reading import CALENDAR, read, written

PLAN: dict[str, Any] = {"children": ["c1"], "code": "I", "first_day": "2026-11-11", "return_day": "2026-11-16"}
PLAN |= {"session": "day", "arrives": None, "leaves": None}
ILL = PLAN | {"first_day": "2026-11-10", "return_day": None}


@pytest.mark.parametrize("asked", [None, "confirm"])
@pytest.mark.parametrize(
    "text",
    [
        "hospital rang its been put back to next week same days. so hes in this week after all",
        "op has been postponed to next week so he'll be in this week after all",
        "its been cancelled so he will be in as normal this week",
        "operation put back, so he's in tomorrow after all",
        "hospital have cancelled, new date not known. hes in this week",
        "postponed till the new year so hes in school this week",
    ],
)
def test_a_plan_that_falls_through_is_taken_back(text: str, asked: str | None) -> None:
    message = written(text, "2026-11-10T13:00", "Tom:8", asked, PLAN if asked else None)
    told = understand(replace(message, known=(Report.from_json(PLAN),)), CALENDAR)
    assert (told.intent, [one.children for one in told.reports]) == ("cancel", [("c1",)])


@pytest.mark.parametrize(
    "text",
    [
        "not sure if it's put back, or if he's in this week",
        "his consultant has changed, he's off this week as planned",
        "is it put back or is he in this week?",
        "football's cancelled, Tom is off from tomorrow as I said",
        "it's moved to Friday so he'll be in on Thursday, off Friday and Monday instead",
        "he will be at school thurs, just the Friday off now",
        "they've put it back a day, he is in tomorrow, Thursday off",
    ],
)
def test_other_words_take_nothing_back(text: str) -> None:
    message = replace(written(text, "2026-11-10T13:00", "Tom:8"), known=(Report.from_json(PLAN),))
    assert understand(message, CALENDAR).intent != "cancel"


@pytest.mark.parametrize(
    "text",
    ["nope hes been sick. staying off", "no hes been sick, staying off", "nah hes thrown up keeping him off",
     "nope not coming in"],
)  # fmt: skip
def test_a_no_to_the_doubt_and_away_all_the_same_is_a_yes(text: str) -> None:
    assert read(text, "2026-11-10T08:35", "Tom:8", asked="confirm", draft=ILL).intent == "confirm"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Tom doesn't need the day off on Friday any more", "cancel"),
        ("Tom doesn't need Friday off now", "cancel"),
        ("He doesn't need the whole day off on Friday, just the morning", "absence"),
        ("Tom does not need picking up, he has Friday off for a funeral", "leave"),
    ],
)
def test_who_needs_no_day_off_takes_it_back(text: str, kind: str) -> None:
    assert read(text).intent == kind


@pytest.mark.parametrize("text", ["no", "nope", "no he's not off", "no, he is fine, not staying off"])
def test_a_no_to_what_was_read_back_is_none(text: str) -> None:
    assert read(text, "2026-11-10T08:35", "Tom:8", asked="confirm", draft=ILL).intent != "confirm"
