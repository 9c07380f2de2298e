"""Danger of every kind in everyday words, beside what only sounds like it: both flags, however the message begins.

The sentences are in `data/danger-said.csv`; a flag that is left empty there is not looked at.
"""

from __future__ import annotations

from itertools import groupby

import pytest

from tests.understanding.reading import read, rows

_FRAMES = ("{C}", "Tom won't be in today, {c}", "Hi, it's Tom's mum. {C}")
#: Of a child of this year being alone at home is told.
_YEARS = {"alone": 2}
_ROWS = {kind: list(told) for kind, told in groupby(rows("danger-said.csv"), key=lambda row: row["kind"])}


@pytest.mark.parametrize("kind", sorted(_ROWS))
def test_danger_and_its_near_misses(kind: str) -> None:
    wrong = []
    for number, row in enumerate(_ROWS[kind]):
        said = row["text"]
        text = _FRAMES[number % len(_FRAMES)].format(c=said, C=said[0].upper() + said[1:])
        understood = read(text, "2027-03-16T08:20", f"Tom:{_YEARS.get(kind, 8)}")
        flags = (understood.urgent, understood.safeguarding)
        asked = zip((row["urgent"], row["safeguarding"]), flags, strict=True)
        if any(want and want != str(int(got)) for want, got in asked):
            wrong.append(f"{text!r}: urgent {flags[0]}, safeguarding {flags[1]}")
    assert wrong == []
