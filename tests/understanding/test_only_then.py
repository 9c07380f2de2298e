"""A day ahead on which a child will be away, told in the morning: today it is in school, unless the words say more."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

MORNING = "2026-11-10T09:00"


@pytest.mark.parametrize(
    ("text", "sent", "first"),
    [
        ("tom wont b in tomoz hes got a cold", MORNING, "2026-11-11"),
        ("Tom won't be in tomorrow, he's got a temperature", "2026-11-10T08:00", "2026-11-11"),
        ("Tom won't be in tomorrow, he's got a temperature", "2026-11-10T14:00", "2026-11-11"),
        ("wont be in tomorrow, tonsillitis", MORNING, "2026-11-11"),
        ("Tom will not be in tomorrow as he is ill", "2026-11-10T15:10", "2026-11-11"),
        ("tom not in tomoz. cold", MORNING, "2026-11-11"),
        ("Tom off tomorrow, op on his foot", MORNING, "2026-11-11"),
        ("tom wont be in tomoz hes having his tonsils out", MORNING, "2026-11-11"),
        ("Tom wont be in friday, minor op on his toe", MORNING, "2026-11-13"),
        ("Tom not in tomorrow, tummy bug going through us", MORNING, "2026-11-11"),
        ("tomorrow Tom will be off, he is having his brace fitted and jaw op", MORNING, "2026-11-11"),
        ("Hospital want Tom in for a sleep study tonight so he wont be in tomorrow", MORNING, "2026-11-11"),
        ("seeing the consultant tmrw about his knee", MORNING, "2026-11-11"),
        ("Tom's operation is tomorrow", MORNING, "2026-11-11"),
        ("Tom has dentist tmro 2pm so need to pick him up at half 1", MORNING, "2026-11-11"),
        ("seeing the consultant 2mro about his knee", MORNING, "2026-11-11"),
        ("they are operating on Tom's arm tomorrow", MORNING, "2026-11-11"),
        ("tom seeing a specialist about his tummy on weds", MORNING, "2026-11-11"),
        ("No Tom tomorrow, he's got a bad cold", MORNING, "2026-11-11"),
        ("no Tom on friday, he has chickenpox", MORNING, "2026-11-13"),
        ("Morning, Tom is not going to be in tomorrow, he's got an ear infection", MORNING, "2026-11-11"),
        ("Tom won't be in next week, he has a hernia operation", MORNING, "2026-11-16"),
        ("We're on the road with the fair, so Tom won't be in next week", MORNING, "2026-11-16"),
        ("Tom not in school next week he's on study leave", MORNING, "2026-11-16"),
    ],
)
def test_who_is_away_tomorrow_is_in_today(text: str, sent: str, first: str) -> None:
    assert [str(report.first_day) for report in read(text, sent).reports] == [first]


@pytest.mark.parametrize(
    "text",
    [
        "Tom is off with a cold and won't be in tomorrow",
        "Tom's been sick, won't be in today or tomorrow",
        "Tom has a bug, don't expect him tomorrow either",
        "Tom has been sick. He wont be in until tomorrow",
        "Tom's home with a tummy bug, he won't be in tomorrow",
        "Tom wont be in today hes poorly, tomorrow will see",
        "Collecting Tom now, temp of 39. He won't be in tomorrow",
        "Still ill. Won't be in tomorrow",
        "Tom is poorly, back tomorrow",
        "Tom's no fit to come in, no slept for a week. Doctor Friday",
        "bad knee, seeing the consultant tomorrow",
        "Tom's got earache, doctors tomorrow",
        "he's been sick all night, doctor tomorrow if no better",
        "Tom's badly, won't be in while Thursday",
        "Tom fell on the stairs. Tomorrow is the xray. He's off",
        "Tom is off with a cold, he won't be in next week",
        "Tom is ill. He won't be in this week or next week",
        "No Tom today, he's got a cold. Should be back tomorrow",
    ],
)
def test_who_is_ill_today_is_away_today(text: str) -> None:
    assert [str(report.first_day) for report in read(text, MORNING).reports] == ["2026-11-10"]
