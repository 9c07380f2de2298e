"""Appointments and events that take the whole day, though they have a time; and those that leave half of it."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read, told


@pytest.mark.parametrize(
    "text",
    [
        "Tess has to see the bone doctor at the Royal 10.30. With the queue there I don't think she is back today",
        "Tess has the eye hospital at 11, I doubt she'll be back today",
        "Tess has a scan at 10 and probably won't make it back in today",
        "Tess has bloods at 10 in leeds so not back today",
        "Tess's got a gumboil. Dentist at 2, but there's no point sending her in",
        "Tess has orthodontist in town at 1, not worth sending her for the morning",
        "hospital at 1.15 for tess, she can't eat before so she'll be off the whole day",
    ],
)
def test_who_is_not_sent_or_not_brought_back_is_away_all_day(text: str) -> None:
    assert told(read(text, children="Tess:9")) == {"c1": ["2026-11-10 2026-11-11"]}


@pytest.mark.parametrize("asked", ["absence", None])
@pytest.mark.parametrize(
    "text",
    [
        "Tess is being assessed at the hospital all day",
        "hospital all day with Tess",
        "Tess has a scan and tests at the Royal, takes all day",
        "Tess is having her allergy tests today, it is the whole day",
    ],
)
def test_an_appointment_that_takes_all_day_is_over_on_the_next(text: str, asked: str | None) -> None:
    assert told(read(text, children="Tess:9", asked=asked)) == {"c1": ["2026-11-10 2026-11-11"]}


@pytest.mark.parametrize("text", ["Tess is at the hospital, it may be all day", "Tess is at the dentist today"])
def test_an_appointment_that_may_be_over_sooner_is_left_open(text: str) -> None:
    assert told(read(text, children="Tess:9", asked="absence")) == {"c1": ["2026-11-10 -"]}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Tess has the eye hospital at 9, I think she will be back by 11", "2026-11-10 2026-11-10 am 11:00"),
        ("Tess dentist at 9, back straight after", "2026-11-10 2026-11-10 am"),
        ("Tess has the dentist at 2, no point her coming back after", "2026-11-10 2026-11-11 pm"),
        ("Tess hospital 1.30, wont be back after", "2026-11-10 2026-11-11 pm"),
        ("Tess has the dentist at 2, I'll fetch her at 1.30", "2026-11-10 2026-11-11 pm 13:30"),
    ],
)
def test_an_appointment_by_itself_takes_its_half(text: str, days: str) -> None:
    assert told(read(text, children="Tess:9")) == {"c1": [days]}


@pytest.mark.parametrize(
    "text",
    [
        "tess off fri my nikah is at 2pm in bradford",
        "Tess off Friday, it's her nan's funeral at 1",
        "Tess will not be in on Friday, her uncle is getting married at 3",
        "Tess is absent on Friday as we are at court at 2pm",
    ],
)
def test_the_hour_of_a_wedding_is_not_when_the_absence_begins(text: str) -> None:
    assert told(read(text, "2026-11-10T18:18", "Tess:9")) == {"c1": ["2026-11-13 2026-11-16"]}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "Tess's grandad's funeral is on Friday at 2, can I collect her at 12.30",
            "2026-11-13 2026-11-16 pm 12:30",
        ),
        ("Tess has her piano exam on Friday at 2 so will miss the afternoon", "2026-11-13 2026-11-16 pm"),
    ],
)
def test_who_is_fetched_for_it_or_misses_the_afternoon_is_there_before(text: str, days: str) -> None:
    assert told(read(text, "2026-11-10T18:18", "Tess:9")) == {"c1": [days]}


@pytest.mark.parametrize(
    "text",
    [
        "Tess is ill today and has a doctor's appointment at 3",
        "Tess off with a bad chest, doctor at 4",
        "Tess's got a rash and is off, seeing the GP at 2.30",
        "Tess isn't well, got her in at the doctors at 1.15",
    ],
)
def test_who_is_ill_is_away_before_the_doctor_sees_her(text: str) -> None:
    assert told(read(text, children="Tess:9")) == {"c1": ["2026-11-10 -"]}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Tess has a doctors appointment at 3", "2026-11-10 2026-11-11 pm"),
        ("Tess will come in this morning but has the doctor at 2 for her ear infection", "2026-11-10 2026-11-11 pm"),
        ("Tess felt ill at lunch, coming home at 1 and seeing the doctor at 3", "2026-11-10 2026-11-11 pm 13:00"),
    ],
)
def test_who_comes_in_first_misses_the_afternoon(text: str, days: str) -> None:
    assert told(read(text, children="Tess:9")) == {"c1": [days]}
