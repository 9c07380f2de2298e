"""What is held of each child stays that child's: its reason, and the times of what we asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from bot.understanding import Report, Understanding, understand
from tests.understanding.reading import CALENDAR, read, written

TODAY, NEXT = date(2026, 11, 17), date(2026, 11, 18)
HELD = (Report(("c1",), "I", TODAY), Report(("c2",), "M", TODAY))


def told(text: str) -> Understanding:
    words = written(text, "2026-11-17T09:25", "Tom:3 Ella:5")
    return understand(replace(words, known=HELD), CALENDAR)


@pytest.mark.parametrize(
    "text",
    ["Ella come after 12, Tom thursday", "Tom in on Thursday, Ella after 12", "Ella by 12, Tom thursday"],
)
def test_a_time_of_one_and_a_day_of_the_other_change_no_reason(text: str) -> None:
    codes = {child: report.code for report in told(text).reports for child in report.children}
    assert codes.get("c2") in (None, "M")
    assert codes.get("c1") in (None, "I")


@pytest.mark.parametrize(
    ("text", "code"),
    [("Ella has been sick now too, Tom thursday", "I"), ("Ella's got a temperature, so both off till thursday", "I")],
)
def test_a_reason_that_is_told_is_taken(text: str, code: str) -> None:
    codes = {child: report.code for report in told(text).reports for child in report.children}
    assert codes["c2"] == code


COLLECTED = {
    "children": ["c1"], "code": "C", "first_day": "2026-11-17", "return_day": "2026-11-18", "session": "pm",
    "arrives": None, "leaves": "14:00",
}  # fmt: skip


@pytest.mark.parametrize("text", ["for the opticians", "the dentist", "shes got an orthodontist appointment"])
def test_why_it_is_collected_keeps_when(text: str) -> None:
    (report,) = read(text, "2026-11-17T12:03", "Tom:3", "reason", COLLECTED).reports
    assert (report.code, report.session, report.leaves) == ("M", "pm", time(14))


def test_another_time_in_the_answer_is_the_time() -> None:
    (report,) = read("dentist, and its quarter past 1 now", "2026-11-17T12:03", "Tom:3", "reason", COLLECTED).reports
    assert report.leaves != time(14)


@pytest.mark.parametrize(
    "text",
    [
        "Ella has chickenpox so i couldnt get Tom there, no one to have her",
        "Tom isnt in because Ella is being sick and I've nobody to bring him",
    ],
)
def test_one_ill_and_one_not_brought_by_name_needs_no_question_for_whom(text: str) -> None:
    answer = read(text, "2026-11-17T09:17", "Tom:3 Ella:5", "absence")
    assert {child: report.code for report in answer.reports for child in report.children} == {"c1": "O", "c2": "I"}
    assert not {"child", "reason"} & set(answer.ask)


@pytest.mark.parametrize(
    "text",
    [
        "and now Finn, office just phoned. fetching him now, dont expect either tomorrow",
        "Finn's got it too so I'm not sending either of them tomorrow",
    ],
)
def test_neither_is_to_be_expected_tomorrow(text: str) -> None:
    known = Report(("c1",), "I", date(2026, 11, 10), None, "day")
    message = replace(written(text, "2026-11-10T11:40", "Nora:7 Finn:9"), known=(known,))
    backs = {child: one.return_day for one in understand(message, CALENDAR).reports for child in one.children}
    assert backs == {"c1": date(2026, 11, 12), "c2": date(2026, 11, 12)}
