"""Moved to the other half of its day, to another day with its shape, or more of what is planned."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from attendance.absences import Absence
from bot.conversation import Conversation
from bot.outcome import Record, Withdraw
from tests.bot.test_required_fields import reads
from tests.support.builders import DAY, at
from tests.support.messages import Thread, alerted, case, means, of, says, template

WED, THU, NEXT_WED = date(2026, 11, 11), date(2026, 11, 12), date(2026, 11, 18)


def appointment(day: date = DAY, **more: Any) -> Absence:
    return Absence("m0/amina/0", "amina", day, "M", at("07:55"), contact="mum", message="m0", **more)


def thread(*known: Absence, **more: Any) -> Thread:
    told = Conversation(None, tuple(one.id for one in known), at("07:55"))
    return Thread("mum", known=known, conversation=told, **more)


THIS_MORNING = appointment(half="am", return_day=DAY)
THIS_AFTERNOON = means("absence", says("amina", code="M", session="pm", return_day=DAY, leaves=time(12)))


def test_from_the_morning_to_the_afternoon() -> None:
    words = "hospital have moved it to this afternoon so she'll be in as normal and I'll collect at 12"
    outcome = thread(THIS_MORNING).hears(THIS_AFTERNOON, words, "08:10")
    assert [one.absence.half for one in of(outcome, Withdraw)] == ["am"]
    assert [one.absence.half for one in of(outcome, Record)] == ["pm"]
    assert template(outcome) == "absence.corrected"


def test_the_other_half_is_read_of_words_that_take_the_first_one_back() -> None:
    words = "hospital have moved it to this afternoon so she'll be in as normal and I'll collect at 12"
    found = reads(thread(THIS_MORNING), words)
    assert (found.intent, [one.session for one in found.reports]) == ("absence", ["pm"])
    assert reads(thread(THIS_MORNING), "hospital have cancelled so she'll be in as normal").intent in (
        "cancel",
        "return",
    )


def test_an_afternoon_beside_the_morning_takes_nothing_back() -> None:
    outcome = thread(THIS_MORNING).hears(THIS_AFTERNOON, "and the dentist this afternoon, I'll collect at 12", "08:10")
    assert of(outcome, Withdraw) == []


TOMORROW = appointment(WED, return_day=THU)


@pytest.mark.parametrize(
    ("text", "session", "back"),
    [
        ("sorry thats wednesday week i mean, the 18th", "day", date(2026, 11, 19)),
        ("sorry I mean the 18th in the morning", "am", NEXT_WED),
    ],
)
def test_all_of_a_day_stays_all_of_it_on_another(text: str, session: str, back: date) -> None:
    words = means("absence", says("amina", code="M", first=NEXT_WED, return_day=NEXT_WED, session="am"))
    (made,) = of(thread(TOMORROW).hears(words, text, "08:05"), Record)
    assert (made.absence.first_day, made.absence.half, made.absence.return_day) == (NEXT_WED, session, back)
    assert made.replaces == TOMORROW


AS_OF_TODAY = means("absence", says("amina", code="M", return_day=date(2026, 11, 16)))


def test_more_of_what_is_planned_does_not_begin_today() -> None:
    outcome = thread(TOMORROW).hears(AS_OF_TODAY, "surgeon wants her home all the week after too", "08:40")
    assert (of(outcome, Record), alerted(outcome)) == ([], [("message_to_read", False)])
    assert template(outcome) == "absence.handed_to_staff"


@pytest.mark.parametrize(
    ("text", "understood", "more"),
    [
        ("she is at the hospital today too", AS_OF_TODAY, {}),
        ("hospital again", AS_OF_TODAY, {}),
        ("she's been sick too", means("absence", says("amina")), {}),
        ("hospital want her longer", AS_OF_TODAY, {"cases": [case()]}),
    ],
)
def test_what_is_of_today_is_recorded(text: str, understood: Any, more: dict[str, Any]) -> None:
    assert of(thread(TOMORROW, **more).hears(understood, text, "09:20"), Record)


LATE = means("late", says("amina", code=None, first=None, arrives=time(10, 45)), ask=("confirm",))


def test_from_tomorrow_to_today() -> None:
    words = "theyve just rung, can do today instead, will be in by 10.45"
    outcome = thread(appointment(WED, half="am", return_day=WED)).hears(LATE, words, "08:30")
    assert [one.absence.first_day for one in of(outcome, Withdraw)] == [WED]
    (made,) = of(outcome, Record)
    assert (made.absence.code, made.absence.first_day, made.absence.half, made.absence.arrives) == (
        "M",
        DAY,
        "am",
        time(10, 45),
    )
    assert template(outcome) == "absence.corrected"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("running late today, will be in by 10.45", [appointment(WED, half="am", return_day=WED)]),
        ("missed the bus so getting the next one instead today, in by 10.45", []),
    ],
)
def test_late_today_moves_no_appointment(text: str, known: list[Absence]) -> None:
    outcome = thread(*known).hears(LATE, text, "08:30")
    assert (of(outcome, Withdraw), template(outcome)) == ([], "late.recorded")
