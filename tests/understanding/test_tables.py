"""The tables of single sentences, each as one measured set: the share read rightly may rise and never fall.

A floor stands a little under what was measured (data/README.md has the figures): one sentence may turn, a kind of
sentence may not. Raise it when the reader has become better: `python -m tests.understanding.measured`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.understanding.measured import TABLES, bounds, measure
from tests.understanding.reading import DATA, rows

#: Of danger not what was measured is wanted, but what the lists of words hear on their own: weights may add to it only.
FLOORS = {
    "sentences": 0.90,
    "kinds": 0.86,
    "reasons": 0.93,
    "children": 0.81,
    "when": 0.82,
    "languages": 0.96,
    "danger: safeguarding found": 0.98,
    "danger: safeguarding not raised": 0.98,
    "danger: urgent found": 0.95,
    "danger: urgent not raised": 0.97,
    "danger: safeguarding heard by the lists": 0.99,
    "danger: urgent heard by the lists": 0.97,
    "danger: no false alarm of the lists": 0.99,
    "danger-aside: safeguarding found": 0.85,
    "danger-aside: safeguarding not raised": 0.90,
    "danger-aside: urgent found": 0.82,
    "danger-open: safeguarding found": 0.06,
}


@pytest.mark.parametrize("name", FLOORS)
def test_a_table_is_read_as_well_as_before(name: str) -> None:
    measured = measure(name)
    misses = "\n".join(f"  {label}  ->  {wrong}" for label, wrong in measured.wrong.items())
    assert measured.share >= FLOORS[name], f"{name}: {measured}, wanted {FLOORS[name]:.2f}\n{misses}"


def test_every_table_has_its_floor() -> None:
    assert set(TABLES) == set(FLOORS)
    measured = {
        path.stem for path in DATA.glob("*.csv") if not path.stem.endswith("-said")
    }  # those are held one by one
    assert {name.partition(":")[0] for name in TABLES} == measured


@pytest.mark.parametrize("path", sorted(DATA.glob("*.csv")), ids=lambda path: path.stem)
def test_no_row_stands_twice(path: Path) -> None:
    seen = [tuple(sorted((key, value) for key, value in row.items() if key in ("text", "asked", "sent", "children")))
            for row in rows(path.name)]  # fmt: skip
    assert len(set(seen)) == len(seen)


def test_the_bounds_of_a_share_are_wilsons() -> None:
    assert [round(100 * bound, 1) for bound in bounds(197, 320)] == [56.1, 66.7]
    assert bounds(0, 5)[0] == 0.0
    assert bounds(5, 5)[1] == 1.0
