"""Numbers among our own words, to be rung by a press."""

from __future__ import annotations

import pytest

from office.wording import number, numbers_in


@pytest.mark.parametrize(
    ("words", "rung"),
    [
        (number("+447700900101"), ["07700900101"]),
        ("Ngozi Okafor (mother) 07700 900101 or 01632 960001", ["07700900101", "01632960001"]),
        ("+48221234567", ["+48221234567"]),
        ("mum07700900101@example.org", []),
        ("Room 0123, 09:15, 16 Nov 2026", []),
        ("<b>07700 900101</b>", ["07700900101"]),
    ],
)
def test_each_number_and_nothing_else(words: str, rung: list[str]) -> None:
    pieces = numbers_in(words)
    assert [dialled for _, dialled in pieces if dialled] == rung
    assert "".join(piece for piece, _ in pieces) == words
