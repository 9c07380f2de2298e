"""Out of school between two times: the child leaves at the one and is back at the other."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read, told


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Tom out from 10 til 2 for physio", "2026-11-10 2026-11-10 pm 14:00 10:00"),
        ("Tom out of school 10.30-12 hospital", "2026-11-10 2026-11-10 am 12:00 10:30"),
        ("Tom needs to be out between 11 and 1 for an appointment", "2026-11-10 2026-11-10 am 13:00 11:00"),
        (
            "Tom needs to leave school from 10 until 11.30 for the orthodontist",
            "2026-11-10 2026-11-10 am 11:30 10:00",
        ),
        ("Tom won't be in school between 9 and 10.30, dentist", "2026-11-10 2026-11-10 am 10:30"),
        ("taking Tom out 1.30-2.30 for a blood test", "2026-11-10 2026-11-10 pm 14:30 13:30"),
        ("Tom away from school 9.30 to 11 today for optician", "2026-11-10 2026-11-10 am 11:00 09:30"),
        ("Tom's hospital appointment is 10-12 today so he's off all day", "2026-11-10 2026-11-11"),
        ("Tom has dentist 9.30-10, back in by 10.30", "2026-11-10 2026-11-10 am 10:30"),
    ],
)
def test_out_between_two_times(text: str, days: str) -> None:
    assert told(read(text)) == {"c1": [days]}
