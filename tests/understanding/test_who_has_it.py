"""Who has the child, or whose number it is, in answer to our question while a report of a sister is held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding import Report, Understanding, understand
from tests.understanding.reading import CALENDAR, read, written

SISTERS = Report(("c2",), "I", date(2026, 11, 10), session="day")


def answered(text: str, held: bool) -> Understanding:
    message = written(text, "2026-11-10T09:20", "Tom:8 Ella:7", "absence")
    return understand(replace(message, known=(SISTERS,)) if held else message, CALENDAR)


@pytest.mark.parametrize("held", [True, False])
@pytest.mark.parametrize(
    "text", ["my partner has him", "My husband's got Tom", "no my wife has got him at home", "my other half has him"]
)
def test_with_a_partner_is_with_the_family_and_why_is_asked(text: str, held: bool) -> None:
    understood = answered(text, held)
    assert (understood.intent, understood.urgent) == ("absence", False)
    assert [(report.children, report.code) for report in understood.reports] == [(("c1",), "N")]
    assert "reason" in understood.ask


@pytest.mark.parametrize("held", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "you've got the wrong Mrs Moss",
        "not my child",
        "Sorry, not my kid",
        "wrong number mate",
        "you have the wrong family",
    ],
)
def test_the_wrong_person(text: str, held: bool) -> None:
    assert answered(text, held).intent == "wrong_number"


@pytest.mark.parametrize("held", [True, False])
@pytest.mark.parametrize(
    "text", ["his dad has him this week, ask him", "his dad has got him today, ring him", "he's with his dad"]
)
def test_whom_another_household_has(text: str, held: bool) -> None:
    assert answered(text, held).intent == "other_parent"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("my husband took him in", "present"),
        ("my partner has him at the doctors", "absence"),
        ("that's wrong, Mrs Moss marked him in", "present"),
        ("my child is ill", "absence"),
        ("it's not my child who is ill, it's me. he's with me today", "absence"),
    ],
)
def test_words_that_say_something_else(text: str, intent: str) -> None:
    assert answered(text, True).intent == intent


@pytest.mark.parametrize(
    "text", ["No he's with me, he went to his dads at the weekend", "he's here with me, he was at his dad's on Sunday"]
)
def test_who_has_the_child_now_is_not_passed_over_for_where_it_was(text: str) -> None:
    told = read(text, "2026-11-10T09:20", asked="absence")
    assert (told.intent, told.ask[:1]) == ("absence", ("reason",))


@pytest.mark.parametrize(
    "text", ["He's not with me, he went to his dads", "He was with me at the weekend, he's at his dads now"]
)
def test_who_had_it_before_has_not_got_it(text: str) -> None:
    assert read(text, "2026-11-10T09:20", asked="absence").intent == "other_parent"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sorry wrong child, that's my niece", "wrong_number"),
        ("that's my nephew not mine", "wrong_number"),
        ("you've got the wrong child, she's my neighbour's girl", "wrong_number"),
        ("wrong child, mine is in school", "present"),
        ("she is my niece, she has a cold", "absence"),
    ],
)
def test_somebody_elses_child_is_told_from_one_that_is_in_school(text: str, kind: str) -> None:
    assert read(text, "2026-11-10T09:20", asked="absence").intent == kind
