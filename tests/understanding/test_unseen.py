"""The reader against a second independent set: floors from what it did at first sight.

The labels were written before any answer was seen. Right and wrong have a little room; of danger none.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.understanding import Message, understand
from tests.understanding.reading import CALENDAR
from tests.understanding.test_corpus import lines, scorer

ROWS = lines("unseen.jsonl")
SCORE = scorer()
LONDON = ZoneInfo("Europe/London")


@pytest.fixture(scope="module")
def counted() -> Counter[str]:
    """How the whole set comes out: outcomes, flags found and falsely raised, and questions that nobody needed."""
    out: Counter[str] = Counter()
    for line in ROWS:
        answer = understand(Message.from_json(line["in"]), CALENDAR).to_json()
        outcome, _ = SCORE.judge(line["gold"], answer)
        out[outcome] += 1
        for flag in ("urgent", "safeguarding"):
            wanted = SCORE.options(line["gold"][flag])
            out[f"{flag} found"] += wanted == [True] and bool(answer[flag])
            out[f"{flag} false"] += wanted == [False] and bool(answer[flag])
        out["needless"] += outcome == "right" and bool(set(answer["ask"]) - {"return"})
    return out


def test_unseen_messages_are_read_as_well_as_at_first_sight(counted: Counter[str]) -> None:
    assert counted["right"] >= 125, counted
    assert counted["wrong"] <= 67, counted
    assert counted["needless"] <= 5, counted


def test_danger_in_unseen_messages_is_found_as_often(counted: Counter[str]) -> None:
    assert counted["urgent found"] >= 8, counted
    assert counted["safeguarding found"] >= 12, counted
    assert counted["urgent false"] <= 1, counted
    assert counted["safeguarding false"] <= 3, counted


def test_no_text_stands_in_the_other_sets() -> None:
    texts = [_bare(row) for row in ROWS]
    assert len({row["id"] for row in ROWS}) == len(ROWS) == 200
    assert len(set(texts)) == len(texts)
    assert not {_bare(row) for name in ("own.jsonl", "dev.jsonl") for row in lines(name)} & set(texts)


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_an_unseen_label_keeps_to_the_contract(row: dict[str, Any]) -> None:
    said, gold = row["in"], row["gold"]
    sent = datetime.fromisoformat(said["sent_at"])
    assert sent.utcoffset() == sent.astimezone(LONDON).utcoffset()
    children = {child["id"] for child in said["children"]}
    for report in _reports(gold) + said.get("known", []):
        assert set(report["children"]) <= children
        firsts, backs = _days(report, "first_day"), _days(report, "return_day")
        assert all(CALENDAR.is_school_day(day) for day in firsts + backs)
        assert not firsts or all(back >= min(firsts) for back in backs)
    if said["asked"]:
        assert CALENDAR.is_school_day(date.fromisoformat(said["asked"]["day"]))


def _bare(row: dict[str, Any]) -> str:
    return str(row["in"]["text"]).strip().lower()


def _days(report: dict[str, Any], name: str) -> list[date]:
    return [date.fromisoformat(value) for value in SCORE.options(report.get(name)) if value]


def _reports(gold: dict[str, Any]) -> list[dict[str, Any]]:
    """All reports of a label, whichever of its readings they belong to."""
    readings = gold.get("reports", [])
    if isinstance(readings, dict):
        return [report for reading in readings["any_of"] for report in reading]
    return list(readings)
