"""What a doctor says of an illness is no appointment; prayers are no lateness; nits alone keep nobody off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding import Report, understand
from tests.understanding.reading import CALENDAR, read, told, written

ASKED = "2026-11-10T09:20"
THE_MORNING = Report(("c1",), "I", date(2026, 11, 10), date(2026, 11, 10), "am")


@pytest.mark.parametrize(
    "text", ["hosp said to keep him home all day actually", "doctor says he needs to stay home today"]
)
def test_who_is_told_to_stay_home_is_ill(text: str) -> None:
    for known in ((), (THE_MORNING,)):
        answer = understand(replace(written(text), known=known), CALENDAR)
        assert [report.code for report in answer.reports] == ["I"]


def test_an_appointment_is_one_whatever_is_said_there() -> None:
    answer = read("hospital appointment at 10 and they said to keep him off all day", ASKED)
    assert [report.code for report in answer.reports] == ["M"]


@pytest.mark.parametrize(
    ("text", "code", "days"),
    [
        ("Eid prayers, in by 11", "R", "2026-11-10 2026-11-10 am 11:00"),
        ("at the mosque for Eid prayers, will be in by 10.30", "R", "2026-11-10 2026-11-10 am 10:30"),
        ("funeral this morning, in by 11", "C", "2026-11-10 2026-11-10 am 11:00"),
        ("We have a family funeral this morning so he will miss registration", "C", "2026-11-10 2026-11-10 am"),
    ],
)
def test_a_morning_set_apart_is_that_morning(text: str, code: str, days: str) -> None:
    answer = read(text)
    assert [report.code for report in answer.reports] == [code]
    assert told(answer) == {"c1": [days]}


@pytest.mark.parametrize("text", ["overslept, in by 10", "late, my nan died and we overslept, in by 10"])
def test_who_overslept_is_late(text: str) -> None:
    assert read(text).intent == "late"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Tom has nits", "question"),
        ("found nits last night, can you check the class", "question"),
        ("nits again so keeping him off today", "absence"),
        ("Tom has nits, treating him this morning, in after lunch", "absence"),
    ],
)
def test_nobody_stays_away_for_nits_who_does_not_say_so(text: str, intent: str) -> None:
    assert read(text).intent == intent


def test_who_comes_in_for_an_hour_misses_both_registers() -> None:
    text = "Tom is not well but he will come in for his chemistry mock at 11 then I'll take him straight home"
    [report] = read(text).reports
    assert (report.code, report.session, report.return_day) == ("I", "day", None)


@pytest.mark.parametrize(
    "text", ["she's just text me she's in the toilets being sick", "she is in the medical room feeling sick"]
)
def test_who_is_sick_in_school_is_thought_to_be_there(text: str) -> None:
    answer = read(text, ASKED, "Amina:7", "absence")
    assert (answer.intent, answer.urgent) == ("present", True)


@pytest.mark.parametrize("text", ["she's in the bathroom throwing up", "she is here in the toilet being sick"])
def test_who_is_sick_at_home_is_ill(text: str) -> None:
    assert read(text, ASKED, "Amina:7", "absence").intent == "absence"


def test_no_texts_are_wanted() -> None:
    assert read("and dont text me again today", asked="return").intent == "stop"
    assert read("dont text me again, back Thursday", asked="return").intent == "return"
