"""What is told besides: two absences of different reasons and days in one message, in either order."""

# ruff: noqa: E501 - a message and what is told in it stand on one line.

from __future__ import annotations

import pytest

from tests.understanding.reading import read

TOM, BOTH = "Tom:3", "Tom:3 Ella:6"


def told(text: str, children: str) -> set[str]:
    """Of each child each absence, as "c1 I 2026-11-10 day"."""
    return {
        f"{child} {report.code} {report.first_day:%d} {report.session}"
        for report in read(text, children=children).reports
        if report.first_day is not None
        for child in report.children
    }


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("Tom is ill today and he's got the dentist next Tuesday", "c1 M 17 day"),
        ("Tom has a temperature so not in. Also he has the orthodontist on the 24th at 2pm", "c1 M 24 pm"),
        ("Dentist for Tom next Tuesday morning btw, and he's being sick today so keeping him home", "c1 M 17 am"),
        ("Tom won't be in, sick bug. While I'm here he's got a hospital appointment next Wednesday", "c1 M 18 day"),
        ("Tom off today with a bad cold. PS optician Thursday next week 9.30, he'll be in after", "c1 M 19 am"),
        ("Just to let you know Tom has an eye test on Friday at 10. Today he's off too, throwing up", "c1 M 13 am"),
        ("hi tom poorly today, oh and before i forget hes at the dentist thurs pm", "c1 M 12 pm"),
        ("By the way Tom has his hospital check up on Monday. He's not well today either, fever", "c1 M 16 day"),
        (
            "Could Tom have Friday 20th off for a family wedding please? He's also not in today, bad tummy",
            "c1 C 20 day",
        ),
        ("Tom feeling dreadful, no school today. Hospital for his ears next Monday, all day", "c1 M 16 day"),
    ],
)
def test_who_is_ill_today_is_away_on_the_later_day_too(text: str, later: str) -> None:
    assert told(text, TOM) == {"c1 I 10 day", later}


@pytest.mark.parametrize(
    ("text", "now", "later"),
    [
        ("Tom isn't coming in today and he has the dentist on Tuesday 24th at 9", "c1 N 10 day", "c1 M 24 am"),
        ("Running late today, there by 9.30. Also Tom has an eye test next Monday at 2", "c1 None 10 am", "c1 M 16 pm"),
        ("Tom overslept so will be in at 10, and he has physio next Wednesday morning", "c1 None 10 am", "c1 M 18 am"),
    ],
)
def test_who_is_off_or_late_without_a_word_of_why_has_the_later_appointment(text: str, now: str, later: str) -> None:
    assert told(text, TOM) == {now, later}


@pytest.mark.parametrize(
    ("text", "each"),
    [
        ("Tom is ill today. Also Monday is Holi, both off", {"c1 I 10 day", "c1 R 16 day", "c2 R 16 day"}),
        ("Both off on Thursday for Diwali. And Tom is sick today", {"c1 I 10 day", "c1 R 12 day", "c2 R 12 day"}),
        ("Tom being sick this morning. Friday is Eid so neither will be in", {"c1 I 10 day", "c1 R 13 day", "c2 R 13 day"}),
        ("Not well today, Tom. And we are all away Friday, it's grandads funeral", {"c1 I 10 day", "c1 C 13 day", "c2 C 13 day"}),
        ("Ella poorly today, btw Tom has the optician on Thursday morning", {"c2 I 10 day", "c1 M 12 am"}),
        ("Both have the optician on Thursday at 9, Tom is also off today with a fever", {"c1 I 10 day", "c1 M 12 am", "c2 M 12 am"}),
        ("Could both kids be excused on Friday 20th for my sisters wedding? Also Ella's not well today", {"c2 I 10 day", "c1 C 20 day", "c2 C 20 day"}),
    ],
)  # fmt: skip
def test_other_children_may_be_away_on_the_later_day(text: str, each: set[str]) -> None:
    assert told(text, BOTH) == each


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("Tom has a chest infection, doctor is seeing him again on Friday", "c1 I 10 day"),
        ("Tom is ill today and will be back next Tuesday", "c1 I 10 day"),
        (
            "Tom's off ill today. We rang the dentist to move his appointment to next Tuesday after school",
            "c1 I 10 day",
        ),
        ("Tom's off with a temp, if he's no better we go to the doctors Thursday", "c1 I 10 day"),
        ("Tom is off ill, he'll be back Monday, dentist is closed today", "c1 I 10 day"),
        ("Tom ill today. Looking forward to the trip next Tuesday", "c1 I 10 day"),
        ("Tom will be off next Tuesday for the dentist", "c1 M 17 day"),
        ("Tom will be late on Monday, dentist at 9", "c1 M 16 am"),
        ("bad knee, Tom is seeing the consultant tomorrow", "c1 I 10 day"),
        (
            "Tom snapped his collarbone. No school this week, consultant on Monday and then we'll know more",
            "c1 I 10 day",
        ),
        (
            "On Tuesday 17th we have the passport office in Leeds for Tom, 11:15. He will miss all the day. Grazie",
            "c1 C 17 day",
        ),
        (
            "Can Tom miss Thursday 19th, his grandad is 90 and we go to Llyn. Back on Monday. Sorry for the late message, Siwan",
            "c1 N 19 day",
        ),
    ],
)
def test_one_absence_stays_one(text: str, only: str) -> None:
    assert told(text, TOM) == {only}


def test_a_message_that_breaks_off_behind_a_name_is_read() -> None:
    assert [report.code for report in read("Ella ill, Tom and", children=BOTH).reports] == ["I"]
