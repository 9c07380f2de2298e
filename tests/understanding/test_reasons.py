"""Reasons: the clause about the child decides; near misses are words outside their meaning and others' illness."""

from __future__ import annotations

import csv

import pytest

from tests.understanding.reading import DATA, read

ROWS = list(csv.DictReader((DATA / "reasons.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:44] for row in ROWS])
def test_the_reason_is_the_childs_own(row: dict[str, str]) -> None:
    answer = read(row["text"], children=row["children"])
    assert answer.intent == row["intent"]
    if row["code"]:
        assert [report.code for report in answer.reports] == [row["code"]]
