"""Another day for an outing that was just told: it keeps its reason, and nothing is left on the old day."""

from __future__ import annotations

from datetime import date

import pytest

from attendance.absences import Absence
from bot.conversation import Conversation
from bot.outcome import Record, Withdraw
from bot.understanding import Understanding
from tests.support.builders import at
from tests.support.messages import Thread, means, of, says, template

WED, THU, FRI, MON = date(2026, 11, 11), date(2026, 11, 12), date(2026, 11, 13), date(2026, 11, 16)
BACK_THU = means("return", says("amina", code=None, first=None, return_day=THU))
MEDICAL = means("absence", says("amina", code="M", first=THU, return_day=THU, session="am"))


def thread(code: str = "V", first: date = WED, back: date | None = THU, half: str = "day") -> Thread:
    known = Absence("m0/amina/0", "amina", first, code, at("07:55"), back, half, contact="mum", message="m0")  # type: ignore[arg-type]
    return Thread("mum", known=[known], conversation=Conversation(None, (known.id,), at("07:55")))


def moved(thread: Thread, text: str, understood: Understanding = BACK_THU) -> list[tuple[str, date, date | None]]:
    outcome = thread.hears(understood, text, "08:05")
    new = [one.absence for one in of(outcome, Record)]
    gone = [one.absence for one in of(outcome, Withdraw)]
    gone += [one.replaces for one in of(outcome, Record) if one.replaces]
    assert template(outcome) != "absence.corrected" or len(gone) == 1
    return [(one.code, one.first_day, one.return_day) for one in new if one.first_day != WED]


@pytest.mark.parametrize("code", ["V", "P", "B", "W"])
@pytest.mark.parametrize("understood", [BACK_THU, MEDICAL], ids=["as a return", "as an appointment"])
def test_it_keeps_its_code(code: str, understood: Understanding) -> None:
    assert moved(thread(code), "sorry the trip is Thursday not Wednesday", understood) == [(code, THU, FRI)]


@pytest.mark.parametrize(
    ("text", "day", "back"),
    [
        ("I meant Thursday", THU, FRI),
        ("no wait its friday", FRI, MON),
        ("oops the museum trip is on the 12th!", THU, FRI),
        ("Thursday not Wednesday", THU, FRI),
        ("make that Friday please", FRI, MON),
    ],
)
def test_however_it_is_said(text: str, day: date, back: date) -> None:
    assert moved(thread(), text) == [("V", day, back)]


@pytest.mark.parametrize(
    "text",
    [
        "sorry she's back Thursday",
        "back on Thursday",
        "sorry it's Wednesday and Thursday",
        "sorry the dentist is Thursday at 9",
        "sorry the trip is Thursday not Monday",
        "the trip is Saturday, sorry, the 14th",
        "sorry it's Wednesday",
    ],
)
def test_what_says_more_or_else_moves_nothing(text: str) -> None:
    assert moved(thread(), text) == []


def test_an_illness_and_what_lasts_longer_is_not_moved() -> None:
    assert moved(thread("I"), "sorry I mean Thursday") == []
    assert moved(thread("W", back=MON), "sorry it's Thursday") == []


def test_half_a_day_stays_half_a_day() -> None:
    (made,) = of(thread(half="pm").hears(BACK_THU, "sorry it's friday", "08:05"), Record)
    assert (made.absence.half, made.absence.first_day, made.absence.return_day) == ("pm", FRI, MON)
