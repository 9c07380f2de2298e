"""Danger is heard in any message, asked or not, and near misses are not danger."""

from __future__ import annotations

import csv

import pytest

from tests.understanding.reading import DATA, read

ROWS = list(csv.DictReader((DATA / "danger.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("asked", [None, "absence"], ids=["unasked", "asked"])
@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:40] for row in ROWS])
def test_danger_and_its_near_misses(row: dict[str, str], asked: str | None) -> None:
    answer = read(row["text"], "2026-11-10T09:25", "Ella:8" if "ella" in row["text"].lower() else "Tom:8", asked)
    if row["safeguarding"]:
        assert answer.safeguarding == bool(int(row["safeguarding"]))
    if row["urgent"]:
        assert answer.urgent == bool(int(row["urgent"]))
