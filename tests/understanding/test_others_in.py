"""Brothers and sisters who are in, whatever day is told with it; children in a list with their reasons."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read, told

TODAY = "2026-11-10T08:05"


@pytest.mark.parametrize(
    ("text", "child", "days"),
    [
        (
            "Jess has a hospital appointment tomorrow so not in, Molly and Fran are in as usual today and tomorrow",
            "c1",
            "2026-11-11 2026-11-12",
        ),
        (
            "Jess won't be in tomorrow, funeral. Molly and Fran will be in tomorrow as usual",
            "c1",
            "2026-11-11 2026-11-12",
        ),
        (
            "Jess is off on Friday for a uni interview, Molly and Fran will be in on Friday",
            "c1",
            "2026-11-13 2026-11-16",
        ),
        (
            "Molly at the dentist at 9.30 tomorrow, back for 11. Jess and Fran are in all day tomorrow",
            "c2",
            "2026-11-11 2026-11-11 am 11:00",
        ),
        (
            "Molly won't be in Thursday or Friday, holiday. The other two are in both days",
            "c2",
            "2026-11-12 2026-11-16",
        ),
        ("Fran's got flu. Jess and Molly are both blooming", "c3", "2026-11-10 -"),
        ("Fran has tonsillitis, Jess and Molly both tip top", "c3", "2026-11-10 -"),
        ("Molly is ill, Jess and Fran in fine fettle", "c2", "2026-11-10 -"),
        ("Jess has earache. Molly and Fran are full of beans", "c1", "2026-11-10 -"),
        ("Fran ill, Jess and Molly both going in same time as always", "c3", "2026-11-10 -"),
    ],
)
def test_only_who_is_away_is_reported(text: str, child: str, days: str) -> None:
    assert told(read(text, TODAY, "Jess:11 Molly:9 Fran:7")) == {child: [days]}


@pytest.mark.parametrize(
    "text",
    [
        "Off today: Ash (tummy), Sky (tummy). Rowan will get the 8.05",
        "Absent: Sky - sickness, Ash - sickness.",
        "Ill today - Ash and Sky. In today - Rowan",
        "Off: Sky, Ash. Both sick. Rowan in",
        "Sky = sick. Ash = sick. Rowan = fine",
        "Sky: off, temp. Ash: off, temp. Rowan: in",
    ],
)
def test_a_list_names_children_whose_names_are_words(text: str) -> None:
    answer = read(text, TODAY, "Rowan:8 Sky:5 Ash:2")
    assert sorted(told(answer)) == ["c2", "c3"]
    assert {report.code for report in answer.reports} == {"I"}


def test_behind_a_thank_you_a_hope_is_no_child() -> None:
    assert sorted(told(read("Ash is ill today. Thanks, Hope.", TODAY, "Ash:8 Hope:5"))) == ["c1"]
