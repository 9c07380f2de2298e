"""Who had it before is no report of today; who has it as well is one."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


def reported(text: str) -> set[str]:
    told = read(text, children="Zofia:7 Tom:9")
    return {child for report in told.reports for child in report.children if report.code is not None}


@pytest.mark.parametrize(
    "text",
    [
        "Zofia has what Tom had last week",
        "Zofia has caught Tom's cold, staying off",
        "Zofia has got Tom's tummy bug, she's off",
        "Same thing Tom had, now Zofia has it",
        "Tom was ill last week, now it's Zofia's turn, vomiting",
        "Tom's better now but Zofia has it",
        "Zofia has conjunctivitis like Tom did",
        "Zofia has come down with the same as Tom had, ears and throat",
    ],
)
def test_of_who_had_it_before_nothing_is_reported(text: str) -> None:
    assert reported(text) == {"c1"}


@pytest.mark.parametrize(
    "text",
    [
        "Zofia is ill and so is Tom",
        "Zofia poorly, Tom also not well",
        "Zofia and her brother Tom are off with a cold",
        "Tom's cold is bad today and Zofia has it as well",
        "Tom and Zofia have had it all week, still off",
        "Tom had a temperature last night and Zofia has been sick, both off",
    ],
)
def test_who_has_it_as_well_is_reported(text: str) -> None:
    assert reported(text) == {"c1", "c2"}
