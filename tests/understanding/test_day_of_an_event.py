"""The weekday of something that happened is no day of return; who misses only the register is back the same day."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read, told

THURSDAY, EVENING = "2026-11-12T08:05", "2026-11-12T20:15"


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("Tom won't come in, he's scared of the lads who waited for him after school Tuesday", None),
        ("Tom won't be in, he's frightened of the boys who chased him home Monday", None),
        ("Tom off today with the wrist he broke Tuesday", None),
        ("Tom off, still limping from the tackle in the match Tuesday", None),
        ("Tom not in, his cast is hurting where they put it on Tuesday", None),
        ("Tom's off, the ankle he did at football on Tuesday has blown up", None),
        ("Tom won't be in, that bug which went round the class Monday has got him", None),
        ("Tom off, back Tuesday, he broke his wrist", "2026-11-17"),
        ("Tom off with a broken wrist, he'll be in Tuesday", "2026-11-17"),
        ("Tom off with the flu that is going round, in Monday", "2026-11-16"),
    ],
)
def test_the_day_of_what_happened_is_no_return(text: str, back: str | None) -> None:
    report = read(text, THURSDAY, "Tom:8").reports[0]
    assert str(report.first_day) == "2026-11-12"
    assert (report.return_day and str(report.return_day)) == back


@pytest.mark.parametrize(
    ("text", "comes"),
    [
        ("Tom won't be in for registration tomorrow, orthodontist 8.45, should be in by 10", "10:00"),
        ("Tom won't be in first thing tomorrow, dentist at 9, he'll be in by 10.15", "10:15"),
        ("Tom won't be at breakfast club tomorrow as he has the dentist 8.40, in school by 9.30", "09:30"),
        ("Tom isn't in till 10.30 tomorrow, blood test", "10:30"),
        ("Tom not in before 11 tomorrow, hospital at 9.20", "11:00"),
        ("Tom will miss registration tomorrow, optician at 9, back for 10", "10:00"),
    ],
)
def test_who_misses_the_register_tomorrow_is_in_tomorrow(text: str, comes: str) -> None:
    assert told(read(text, EVENING)) == {"c1": [f"2026-11-13 2026-11-13 am {comes}"]}
