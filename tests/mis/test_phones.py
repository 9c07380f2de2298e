"""Telephone cells as spreadsheets leave them."""

from __future__ import annotations

import pytest

from mis.faults import CellFault
from mis.phones import phones

ONE, TWO, HOME = "+447700900123", "+447700900124", "+441632960456"


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("07700 900123", [ONE]),
        ("07700900123", [ONE]),
        ("7700900123", [ONE]),
        ("7700900123.0", [ONE]),
        ("447700900123", [ONE]),
        ("00447700900123", [ONE]),
        ("+44 (0)7700 900123", [ONE]),
        ("07700-900-123", [ONE]),
        ("Mum 07700 900123", [ONE]),
        ("07700 900123 (mum, after 3pm)", [ONE]),
        ("07700 900123 / 07700 900124", [ONE, TWO]),
        ("07700900123 07700900124", [ONE, TWO]),
        ("07700 900 123 07700 900 124", [ONE, TWO]),
        ("07700900123\n07700900124", [ONE, TWO]),
        ("07700900123; (01632) 960456", [ONE, HOME]),
        ("07700900123, 07700900123", [ONE]),
        ("n/a", []),
        ("None", []),
        ("ex-directory", []),
        ("-", []),
    ],
)
def test_numbers_are_repaired_where_that_is_sure(cell: str, numbers: list[str]) -> None:
    assert phones(cell) == numbers


@pytest.mark.parametrize("cell", ["4.47701E+11", "4,47701e+11", "7.7009E+09", "07700 90012", "ring gran", "x" * 99])
def test_numbers_are_refused_where_it_is_not(cell: str) -> None:
    with pytest.raises(CellFault):
        phones(cell)
