"""The address of the stay, in the first words about leave: whoever has said it is not asked for it again."""

from __future__ import annotations

import pytest

from attendance.leave import asking


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("the whole family meets at his house, Elbchaussee 5. We have flights booked, BA 964.", "Elbchaussee 5"),
        ("we are staying at 12 Harbour View, Falmouth", "12 Harbour View, Falmouth"),
        ("we will be at my mums, 4 Bryn Teg, Llanelli", "4 Bryn Teg, Llanelli"),
        ("staying with my sister in Cork, 17 Patrick St", "17 Patrick St"),
        ("the address is Via Roma 12, Napoli", "Via Roma 12, Napoli"),
        ("staying at the Holiday Inn Leeds", "the Holiday Inn Leeds"),
    ],
)
def test_an_address_that_is_said(text: str, address: str) -> None:
    assert asking.said_details(text, ["Lena"])["stay_address"] == address


@pytest.mark.parametrize(
    "text",
    [
        "we fly at 9 Monday morning",
        "at home until Monday 30",
        "staying with us from Thursday 26 November to Monday 30",
        "staying at my sisters till December 4",
        "she is in Year 9 and will stay with her nan",
        "we leave from Terminal 2 at Gatwick",
        "staying with family in Cork",
        "meet at 3 Friday",
        "a wedding at 2 on the 4th",
    ],
)
def test_numbers_that_are_no_address(text: str) -> None:
    assert "stay_address" not in asking.said_details(text, ["Lena"])
