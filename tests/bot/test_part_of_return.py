"""Back on a later day after its morning's register: that morning is covered too, and the hour is read back."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from attendance.absences import Absence
from attendance.calendar import Session
from attendance.closing import LATE
from bot.outcome import Record
from bot.understanding import Report
from tests.bot.test_required_fields import reads
from tests.support.builders import DAY, at, school
from tests.support.messages import Thread, case, means, of

TOMORROW = DAY + timedelta(days=1)


def recorded_by(thread: Thread, words: str) -> Absence:
    """What the words leave recorded of Amina."""
    outcome = thread.hears(reads(thread, words), words)
    return next(effect.absence for effect in outcome.effects if isinstance(effect, Record))


@pytest.mark.parametrize(
    "words",
    [
        "Amina has a temp, she'll be back tomorrow after lunch",
        "Amina is ill. In tomorrow afternoon",
        "Amina poorly today, should return tomorrow lunchtime",
        "Amina ill. Tomorrow afternoon she will be back in",
    ],
)
def test_the_afternoon_of_a_later_day(words: str) -> None:
    found = recorded_by(Thread("mum"), words)
    assert (found.first_day, found.return_day, found.half) == (DAY, TOMORROW, "day")
    assert found.back_at is not None
    assert found.back_at >= time(12)


def test_an_hour_of_a_later_day() -> None:
    found = recorded_by(Thread("mum"), "Amina is ill today. Back tomorrow at 11 after the dentist")
    assert (found.first_day, found.return_day, found.half, found.back_at) == (DAY, TOMORROW, "day", time(11))


@pytest.mark.parametrize(
    "words",
    [
        "Amina is ill, back tomorrow",
        "Amina was sick this afternoon, back tomorrow",
        "Amina ill today, back tomorrow. Grandad collects Ben in the afternoon",
        "Amina is ill today, back tomorrow at 8.30",
    ],
)
def test_back_for_the_morning(words: str) -> None:
    assert recorded_by(Thread("mum"), words).back_at is None


@pytest.mark.parametrize(("half", "covered"), [("am", True), ("pm", False)])
def test_only_the_morning_of_the_day_of_return_is_covered(half: str, covered: bool) -> None:
    absence = recorded_by(Thread("mum"), "Amina is ill, back tomorrow after lunch")
    session = Session(TOMORROW, "am" if half == "am" else "pm")
    assert absence.covers(session, school().calendar) is covered
    assert (session in absence.sessions(school().calendar)) is covered
    assert absence.comes_in_on(TOMORROW)
    assert not absence.comes_in_on(DAY)


def test_a_later_return_takes_the_hour_with_it() -> None:
    thread = Thread("mum")
    first = recorded_by(thread, "Amina is ill, back tomorrow after lunch")
    thread.known = (*thread.known, first) if first not in thread.known else thread.known
    after = recorded_by(thread, "Amina will be back on Thursday now")
    assert after.return_day is not None
    assert after.return_day > TOMORROW
    assert after.back_at is None


def test_the_part_of_the_day_is_said_back() -> None:
    words = "Amina is ill, back tomorrow after lunch"
    thread = Thread("mum")
    outcome = thread.hears(reads(thread, words), words)
    assert outcome.reply is not None
    assert "back tomorrow afternoon" in str(outcome.reply.values["what"])


def test_late_on_the_day_of_return_is_no_part_of_the_illness() -> None:
    yesterday = DAY - timedelta(days=1)
    ill = Absence("a1", "amina", yesterday, "I", at("09:00", yesterday), return_day=DAY, contact="mum")
    thread = Thread("mum", known=[ill], cases=[case("amina")])
    outcome = thread.hears(means("return", Report(("amina",), return_day=DAY, arrives=time(9, 49))), "20 mins", "09:29")
    illness = [one.absence for one in of(outcome, Record) if one.absence.code != LATE]
    assert not any(one.covers(Session(DAY, "am"), school().calendar) for one in illness)
