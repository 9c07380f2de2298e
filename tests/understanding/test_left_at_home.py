"""A child who is well and stays away because nobody can bring it while its brother or sister is ill."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize(
    ("text", "asked", "codes"),
    [
        ("Luca's being sick and I've no one to bring Rosa so both at home", None, {"c1": "O", "c2": "I"}),
        ("Luca is ill and I've no way of getting Rosa in, no car", None, {"c1": "O", "c2": "I"}),
        ("Luca has a fever and there's nobody to take Rosa, she'll be off as well", None, {"c1": "O", "c2": "I"}),
        ("Luca's got the doctor at 9 so I can't get Rosa there, both off", None, {"c1": "O", "c2": "M"}),
        ("Luca is ill so I couldn't bring her", "absence", {"c1": "O", "c2": "I"}),
        ("couldn't get Rosa in, Luca's poorly and can't be left", "absence", {"c1": "O", "c2": "I"}),
        ("her brother's poorly and I couldn't leave him to bring her", "absence", {"c1": "O", "c2": "I"}),
        ("can't bring Rosa in, she's been sick. Luca is coming with his dad", None, {"c1": "I"}),
        ("couldn't get her out of bed, bad head. Luca's in", "absence", {"c1": "I"}),
        ("Luca is ill, I'm not bringing Rosa either, she has a cough", None, {"c1": "I", "c2": "I"}),
        ("not bringing them in, both full of cold", None, {"c1": "I", "c2": "I"}),
        ("Rosa and Luca are both sick so I can't bring them", None, {"c1": "I", "c2": "I"}),
        ("Luca is ill and I can't get him to the doctors till 4, Rosa is in", None, {"c2": "I"}),
    ],
)
def test_each_child_has_its_own_reason(text: str, asked: str | None, codes: dict[str, str]) -> None:
    answer = read(text, "2026-11-10T09:20", "Rosa:3 Luca:5", asked)
    assert {child: report.code for report in answer.reports for child in report.children} == codes
    assert not {"child", "reason"} & set(answer.ask)
