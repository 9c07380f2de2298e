"""Sentences that parents write, near misses beside them: kind, code and the two flags."""

from __future__ import annotations

import csv

import pytest

from tests.understanding.reading import DATA, read

ROWS = list(csv.DictReader((DATA / "sentences.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:40] for row in ROWS])
def test_a_sentence_is_read_as_a_person_would(row: dict[str, str]) -> None:
    child = "Ella:5" if "Ella" in row["text"] else "Tom:5"
    sent = "2026-11-10T09:25" if row["asked"] else "2026-11-10T08:00"
    answer = read(row["text"], sent, child, row["asked"] or None)
    assert answer.intent == row["intent"]
    if row["code"]:
        assert [report.code for report in answer.reports] == [row["code"]]
    if row["urgent"]:
        assert answer.urgent == bool(int(row["urgent"]))
    if row["safeguarding"]:
        assert answer.safeguarding == bool(int(row["safeguarding"]))
