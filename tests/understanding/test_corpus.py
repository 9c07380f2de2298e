"""The reader against the labelled corpus: floors that a change may raise and never lower."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from attendance.calendar import SchoolCalendar
from bot.understanding import Message, understand

DATA = Path(__file__).parent / "data"
CALENDAR = SchoolCalendar.from_json((DATA / "calendar.json").read_text())


def scorer() -> Any:
    spec = importlib.util.spec_from_file_location("corpus_score", DATA / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.fixture(scope="module")
def scored() -> Counter[str]:
    """How the whole dev set comes out: outcomes, and the two flags."""
    score = scorer()
    out: Counter[str] = Counter()
    for line in lines("dev.jsonl"):
        answer = understand(Message.from_json(line["in"]), CALENDAR).to_json()
        outcome, _ = score.judge(line["gold"], answer)
        out[outcome] += 1
        for flag in ("urgent", "safeguarding"):
            wanted = score.options(line["gold"].get(flag, False))
            if wanted == [True]:
                out[flag + (" found" if answer[flag] else " not found")] += 1
            elif wanted == [False] and answer[flag]:
                out[flag + " false"] += 1
        if outcome == "right" and set(answer["ask"]) - {"return"}:
            out["needless"] += 1
    return out


def test_the_labelled_messages_are_read_at_least_as_well_as_before(scored: Counter[str]) -> None:
    assert scored["right"] >= 286, scored


def test_little_is_wrong_without_being_asked_about(scored: Counter[str]) -> None:
    assert scored["wrong"] <= 12, scored


def test_danger_and_urgency_are_heard(scored: Counter[str]) -> None:
    assert scored["urgent not found"] == 0, scored
    assert scored["safeguarding not found"] == 0, scored
    assert scored["urgent false"] <= 2, scored
    assert scored["safeguarding false"] <= 2, scored


def test_few_questions_are_needless(scored: Counter[str]) -> None:
    assert scored["needless"] <= 9, scored
