"""Kinds of message with their near misses: strangers, machines, complaints, and where a child is believed to be.

`intent` may name several right ones, divided by a comma.
"""

from __future__ import annotations

import csv

import pytest

from tests.understanding.reading import DATA, read

ROWS = list(csv.DictReader((DATA / "kinds.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:40] for row in ROWS])
def test_a_message_has_its_kind_and_its_urgency(row: dict[str, str]) -> None:
    child = "Ella:5" if "ella" in row["text"].lower() else "Tom:5"
    answer = read(row["text"], "2026-11-10T09:25", child, row["asked"] or None)
    assert answer.intent in row["intent"].split(",")
    if row["code"]:
        assert [report.code for report in answer.reports] == [row["code"]]
    if row["urgent"]:
        assert answer.urgent == bool(int(row["urgent"]))
    if row["safeguarding"]:
        assert answer.safeguarding == bool(int(row["safeguarding"]))
