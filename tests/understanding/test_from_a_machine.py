"""Words that no parent typed tell nothing of a child: parcels, missed calls, voicemail, taxis."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

ASKED = "2026-11-10T09:20"


@pytest.mark.parametrize("asked", [None, "absence"])
@pytest.mark.parametrize(
    "text",
    [
        "EVRI: your parcel could not be delivered today. Rearrange at evri-redelivery.example/uk",
        "Royal Mail: your parcel is being held due to an unpaid fee of 1.45. Pay at royalmail-fee.example",
        "DPD: Your driver Steve will deliver your parcel today between 10:24 and 11:24",
        "You have 1 missed call from +44 7700 900123. Call 121 to listen to your voicemail",
        "Missed call from +447700900123",
        "missed call from +44 7700 900991 at 09:20",
        "1 new voicemail from 07700900991. Dial 121",
        "Your Uber is arriving now",
        "Hi NGOZI, your Tesco order will be delivered today between 10am and 11am. Driver: Paul",
    ],
)
def test_nothing_is_recorded(text: str, asked: str | None) -> None:
    answer = read(text, ASKED, "Amina:7 Tobi:9", asked)
    assert (answer.intent, answer.reports, answer.urgent) == ("chat", (), False)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("missed your call, amina is off ill", "absence"),
        ("missed call from you, she is ill", "absence"),
        ("my delivery driver husband is bringing her, 10 mins", "late"),
        ("Sorry missed your call, our taxi is stuck, Amina will be late", "late"),
        ("missed call from 07700900991, she left at 8??", "present"),
    ],
)
def test_who_writes_beside_it_is_heard(text: str, intent: str) -> None:
    assert read(text, ASKED, "Amina:7", "absence").intent == intent
