"""Each rule for every run finds what breaks it, and lets pass what is right."""

from __future__ import annotations

from typing import Any

import pytest

from service.rehearsal.scenario import Scenario
from service.rehearsal.scenario_parts import ScenarioFile
from tests.support.families import STAFF, adult, child
from tests.support.invariants import broken
from tests.support.school import scenario_of

Line = dict[str, Any]

MA = adult("ma", "Ines Holt", 1, "mother", "holt")
GONE = adult("gone", "Rex Brandt", 3, "uncle", "rex", barred=True)
PA = adult("pa", "Tom Holt", 2, "father", "tom", barred=["bo"])
CY = adult("cy", "Cyril Cole", 4, "father", "cole")

SOUND: list[Line] = [
    {"at": "2026-10-23T09:05:02+01:00", "kind": "sent", "to": "ma", "channel": "sms", "template": "absence.ask",
     "text": "Aya was not in registration.", "pupils": ["aya"]},
    {"at": "2026-10-23T09:10:00+01:00", "kind": "received", "from": "ma", "channel": "sms", "text": "Aya has a cold"},
    {"at": "2026-10-23T09:10:00+01:00", "kind": "mark", "pupil": "aya", "session": "am", "original": None, "code": "I",
     "reason": "Reported", "by": "Firstcall", "position": "automatic proposal"},
]  # fmt: skip


def day() -> Scenario:
    """A Friday before half-term at Looe, with one message."""
    return scenario_of(
        ScenarioFile.model_validate(
            {
                "title": "a Friday",
                "policy": "looe",
                "start": "2026-10-23T08:00:00",
                "end": "2026-11-02T16:00:00",
                "pupil": [
                    child("aya", "Aya Brandt", "ma", "pa", "gone", group="8A", year=8),
                    child("bo", "Bohdan Cole", "cy", "pa", group="8A", year=8),
                ],
                "contact": [MA, PA, GONE, CY],
                "staff": list(STAFF),
                "event": [{"at": "2026-10-23T09:10:00", "message": {"from": "ma", "text": "Aya has a cold"}}],
            }
        )
    )


def sent(at: str, to: str, text: str, **more: Any) -> Line:
    return {"at": at, "kind": "sent", "to": to, "channel": "sms", "text": text, "pupils": [], **more}


def changed(number: int, **keys: Any) -> list[Line]:
    return [{**line, **keys} if place == number else line for place, line in enumerate(SOUND)]


def test_a_sound_run_breaks_nothing() -> None:
    assert broken(day(), SOUND) == []


@pytest.mark.parametrize(
    "line",
    [
        sent("2026-10-23T20:59:00+01:00", "cy", "Bohdan is in, Cyril."),
        sent("2026-10-23T23:00:00+01:00", "reed", "A.B. 8A"),
        sent("2026-10-23T12:00:00+01:00", "pa", "Aya is in."),
        sent("2026-10-23T12:00:00+01:00", "+447700900555", "Please ring the office."),
    ],
    ids=["the last minute of the day", "staff at night", "barred for another child only", "a stranger told nothing"],
)
def test_what_is_allowed(line: Line) -> None:
    assert broken(day(), [*SOUND, line]) == []


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        ([SOUND[1], SOUND[0], SOUND[2]], "order"),
        (changed(0, at="2026-10-23T08:05:02+00:00"), "order"),
        ([SOUND[0], SOUND[2]], "received"),
        (changed(1, text="Aya has"), "received"),
        ([*SOUND, sent("2026-10-23T12:20:00+01:00", "gone", "Please ring.")], "barred"),
        ([*SOUND, sent("2026-10-23T12:20:00+01:00", "+447700900003", "Please ring.")], "barred"),
        ([*SOUND, sent("2026-10-23T12:20:00+01:00", "pa", "Bohdan is in.")], "barred"),
        ([*SOUND, sent("2026-10-23T12:20:00+01:00", "pa", "He is in.", pupils=["bo"])], "barred"),
        ([*SOUND, sent("2026-10-23T12:20:00+01:00", "cy", "Where is Aya?")], "listed"),
        ([*SOUND, sent("2026-10-23T12:20:00+01:00", "+447700900555", "We have Bohdan in.")], "listed"),
        ([*SOUND, sent("2026-10-23T21:00:01+01:00", "cy", "Bohdan is in.")], "hours"),
        ([*SOUND, sent("2026-11-02T06:59:00+00:00", "cy", "Bohdan is in.")], "hours"),
        ([*SOUND, sent("2026-10-24T12:00:00+01:00", "cy", "Bohdan is in.")], "hours"),
        ([*SOUND, *[sent(f"2026-10-23T12:2{n}:00+01:00", "cy", "Bohdan is in.") for n in (0, 9)]], "twice"),
        (changed(2, position=" "), "mark"),
        ([*SOUND[:2], {key: value for key, value in SOUND[2].items() if key != "original"}], "mark"),
        ([*SOUND, {**SOUND[0], "at": "2026-10-23T11:00:00+01:00", "text": "Still not in."}], "asked"),
    ],
)
def test_what_breaks_each_rule(lines: list[Line], rule: str) -> None:
    faults = broken(day(), lines)
    assert faults
    assert all(fault.startswith(f"{rule}:") for fault in faults), faults
