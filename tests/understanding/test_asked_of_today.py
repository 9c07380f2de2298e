"""The day that an answer is about, where it is not the day that we asked about."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from attendance.calendar import LONDON
from bot.understanding import Asked, Child, Message, Report, understand
from tests.understanding.reading import CALENDAR

TUESDAY, WEDNESDAY, THURSDAY = date(2026, 11, 10), date(2026, 11, 11), date(2026, 11, 12)


def answered(text: str, sent: str) -> Report:
    """What is read of an answer to Tuesday's question about Tom."""
    asked = Asked("absence", children=("c1",), day=TUESDAY)
    moment = datetime.fromisoformat(sent).replace(tzinfo=LONDON)
    read = understand(Message(moment, (Child("c1", "Tom", "Lee", (), 8, "8A"),), asked, (), text), CALENDAR)
    [report] = read.reports
    return report


@pytest.mark.parametrize("clock", ["09:20", "21:00"])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("she will be off tomorrow, dentist", "M"),
        ("Tom won't be in tomorrow its his aunties funeral", "C"),
        ("not in tomorrow, hospital appointment", "M"),
    ],
)
def test_a_plan_for_tomorrow_is_not_todays_reason(text: str, code: str, clock: str) -> None:
    report = answered(text, f"2026-11-10T{clock}")
    assert (report.code, report.first_day, report.return_day) == (code, WEDNESDAY, THURSDAY)


@pytest.mark.parametrize("text", ["Tom wont be in tomorrow, sick bug", "off tomorrow, sick"])
def test_an_illness_has_begun_and_lasts_through_tomorrow(text: str) -> None:
    report = answered(text, "2026-11-10T21:00")
    assert (report.code, report.first_day, report.return_day) == ("I", TUESDAY, THURSDAY)


@pytest.mark.parametrize(
    "text", ["Tom wont be in, sore throat", "Tom has a sore throat", "still poorly", "keeping him off, he is sick"]
)
def test_the_next_morning_it_is_of_that_morning(text: str) -> None:
    assert answered(text, "2026-11-11T08:00").first_day == WEDNESDAY


@pytest.mark.parametrize(
    "text",
    ["sorry didn't see this, he was ill", "he had a temperature", "ill yesterday, back today", "sore throat"],
)
def test_what_is_gone_by_is_of_the_day_that_we_asked_about(text: str) -> None:
    assert answered(text, "2026-11-11T08:00").first_day == TUESDAY


@pytest.mark.parametrize("text", ["poorly, back tomorrow", "off today and tomorrow, ill", "dentist, in tomorrow"])
def test_the_same_day_stays_the_same(text: str) -> None:
    assert answered(text, "2026-11-10T09:20").first_day == TUESDAY
