"""Sentences beside a report that tell nothing of it leave its answer as it is, wherever they stand."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

_SENT = "2027-04-27T08:05"
_REPORTS = (
    "Tom is ill today, back on Thursday",
    "Tom has a tummy bug and won't be in",
    "Tom has a dentist appointment at 10 this morning, back by 11.30",
    "Tom will be off 12th to 14th May for a family wedding",
    "Tom has been sick so is off until Friday",
    "Tom is running late, in by 9.45",
    "Tom has the hospital at 2pm so I'll collect him at 1.30",
    "Tom has a temperature, off today and tomorrow",
    "Tom has chickenpox, off for a week",
)
_ASIDES = (
    "Parents evening is on the 20th isn't it?",
    "The bus was late again yesterday by the way.",
    "He had his flu jab last Tuesday.",
    "We are moving house next month.",
    "His mum is away with work until Sunday.",
    "I know he was off last week as well.",
    "Will the school photos be on Tuesday?",
    "It's his birthday on Friday!",
    "He has mocks next week.",
    "Can you send the maths homework home.",
    "We got back from holiday on Sunday.",
    "I start work at 8 so can't talk.",
    "As you know he has asthma.",
    "His cousin starts with you in September.",
    "Our boiler packed up on Saturday.",
    "He forgot his lunch on Monday.",
    "We only moved in on Monday.",
    "He lost his bus pass on Friday.",
    "I'm expecting on the 3rd of June by the way!",
    "Hope all is well.",
    "I tried calling but no one answered.",
    "My phone was off earlier.",
    "Sorry for the short notice.",
)


@pytest.mark.parametrize("aside", _ASIDES)
def test_a_sentence_beside_the_report_changes_nothing(aside: str) -> None:
    changed = []
    for report in _REPORTS:
        alone = read(report, _SENT, "Tom:8")
        for text in (f"{report}. {aside}", f"{aside} {report}"):
            beside = read(text, _SENT, "Tom:8")
            same = (beside.intent, beside.reports, beside.urgent) == (alone.intent, alone.reports, alone.urgent)
            changed += [] if same else [text]
    assert changed == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("He'll miss sports day on Friday. He has broken his wrist", "2027-04-30"),
        ("He won't be at the school trip on Thursday. He has an operation that day", "2027-04-29"),
    ],
)
def test_a_day_that_is_missed_is_none(text: str, day: str) -> None:
    assert any(str(report.first_day) <= day for report in read(text, _SENT, "Tom:8").reports)


@pytest.mark.parametrize(
    "text",
    [
        "His mum is away with work until Thursday so nobody can bring him. He will be off until then",
        "His nan is in hospital. Tom won't be in today",
        "He was sick yesterday. Tom won't be in today",
        "He fell off his bike on Sunday. Tom won't be in today",
        "Our boiler packed up on Saturday. Tom won't be in today",
        "The bus was late again. Tom will be in by 9.30",
    ],
)
def test_what_is_the_reason_stays(text: str) -> None:
    understood = read(text, _SENT, "Tom:8")
    assert understood.intent in ("absence", "late")
    assert [report.code for report in understood.reports] != ["N"]


@pytest.mark.parametrize("aside", ["His dad hit him on Sunday.", "He says he wants to die.", "He ran away last night."])
def test_harm_beside_a_report_is_heard(aside: str) -> None:
    assert read(f"Tom is ill today, back on Thursday. {aside}", _SENT, "Tom:8").safeguarding
