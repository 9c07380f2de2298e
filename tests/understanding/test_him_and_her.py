"""A girl and a boy of whom different things are told: "him with a cold and her at the hospital"; children mixed up."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

DRAFT = {"children": ["c1"], "code": "I", "first_day": "2026-11-10", "return_day": "2026-11-13", "session": "day"}


def codes(text: str) -> dict[str, str | None]:
    """The reason of each child of a boy Finn and a girl Erin."""
    answer = read(text, "2026-11-10T16:05", "Finn:6 Erin:8")
    return {child: report.code for report in answer.reports for child in report.children}


@pytest.mark.parametrize(
    ("text", "him", "her"),
    [
        (
            "Finn won't be in the rest of this week and Erin just tomorrow. Flu for him and hospital check for her",
            "I",
            "M",
        ),
        ("Finn and Erin both off tomorrow, him with a cold and her at the hospital", "I", "M"),
        ("Both off tomorrow. Dentist for him, optician for her", "M", "M"),
        ("Finn and Erin not in tomorrow, he's got a temp and she's at a funeral", "I", "C"),
        ("Erin and Finn won't be in tomorrow, she's been sick and he's at his gran's funeral", "C", "I"),
        ("Finn and Erin won't be in tomorrow: tonsillitis for him, dentist for her", "I", "M"),
        ("Erin and Finn off tomorrow. He's ill, she has a music exam", "I", "B"),
        ("Finn and Erin are both off tomorrow with a bug, he caught it and she got it off him", "I", "I"),
        ("Finn and Erin both have colds so off tomorrow, she says her throat hurts, he is coughing", "I", "I"),
    ],
)
def test_each_has_the_reason_told_of_it(text: str, him: str, her: str) -> None:
    assert codes(text) == {"c1": him, "c2": her}


@pytest.mark.parametrize(
    "text",
    ["Finn is off tomorrow, he has a temp. Erin is in, she is fine", "Finn is ill. Erin says he was sick on her shoes"],
)
def test_who_is_well_stays_out(text: str) -> None:
    assert codes(text) == {"c1": "I"}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("sorry got my kids mixed up its Macsen", ["c2"]),
        ("Mixing my children up sorry! It's Macsen", ["c2"]),
        ("Ah I've muddled the kids, Macsen", ["c2"]),
        ("Got the children the wrong way round, it's Macsen that's ill", ["c2"]),
        ("I keep getting their names mixed up, Macsen is the poorly one", ["c2"]),
        ("confused my two, its Macsen not Lowri", ["c2"]),
        ("sorry, it's Macsen", ["c2"]),
        ("its Macsen as well", ["c1", "c2"]),
        ("yes and Macsen too now", ["c1", "c2"]),
        ("both kids", ["c1", "c2"]),
    ],
)
def test_a_child_mixed_up_with_another_is_put_right(text: str, meant: list[str]) -> None:
    answer = read(text, "2026-11-10T10:03", "Lowri:5 Macsen:2", "confirm", DRAFT)
    assert answer.intent == "absence"
    assert sorted(child for report in answer.reports for child in report.children) == meant
    assert {str(report.return_day) for report in answer.reports} == {"2026-11-13"}


def test_she_might_and_he_is() -> None:
    answer = read("she might come in this aft if it shifts, he's in as normal btw", "2026-11-10T09:40", "Finn:6 Erin:8")
    assert (answer.intent != "present", answer.urgent) == (True, False)


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("Erin is poorly today. Also on monday its Holi so she and her brother will be off for that", {"c1", "c2"}),
        ("Erin is poorly today. Also on monday its Holi so she will be off for that", {"c2"}),
    ],
)
def test_she_and_her_brother_are_two(text: str, both: set[str]) -> None:
    answer = read(text, "2026-11-10T08:05", "Finn:6 Erin:8")
    told = {report.code: set(report.children) for report in answer.reports}
    assert told == {"I": {"c2"}, "R": both}
