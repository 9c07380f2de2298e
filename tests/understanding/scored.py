"""Labelled sets against the contract's scorer: outcomes, the two flags, and questions that nobody needed.

`python -m tests.understanding.scored SET` prints the figures and every message that is read wrongly.
"""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from bot.understanding import Message, understand
from tests.understanding.measured import bounds
from tests.understanding.reading import CALENDAR, DATA, lines

FLAGS = ("urgent", "safeguarding")


@lru_cache(maxsize=1)
def scorer() -> Any:
    """The corpus's own scorer, `data/score.py`."""
    spec = importlib.util.spec_from_file_location("corpus_score", DATA / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(name: str) -> Iterator[tuple[dict[str, Any], dict[str, Any], str, list[str]]]:
    """Each line of a set with the reader's answer, the outcome (right, asked, wrong) and the fields that are wrong."""
    for line in lines(f"{name}.jsonl"):
        answer = understand(Message.from_json(line["in"]), CALENDAR).to_json()
        outcome, fields = scorer().judge(line["gold"], answer)
        yield line, answer, outcome, fields


def count(name: str) -> Counter[str]:
    """How a set comes out. A flag that the label leaves open counts on neither side."""
    score = scorer()
    out: Counter[str] = Counter()
    for line, answer, outcome, _ in judged(name):
        out["all"] += 1
        out[outcome] += 1
        out["needless"] += outcome == "right" and bool(set(answer["ask"]) - {"return"})
        for flag in FLAGS:
            wanted = score.options(line["gold"].get(flag, False))
            out[f"{flag} found"] += wanted == [True] and bool(answer[flag])
            out[f"{flag} missed"] += wanted == [True] and not answer[flag]
            out[f"{flag} false"] += wanted == [False] and bool(answer[flag])
    return out


def reports(gold: dict[str, Any]) -> list[dict[str, Any]]:
    """All reports of a label, whichever of its readings they belong to."""
    readings = gold.get("reports", [])
    if isinstance(readings, dict):
        return [report for reading in readings["any_of"] for report in reading]
    return list(readings)


def main(arguments: Sequence[str]) -> None:
    """Print a set's figures with 95 % bounds, and its misses."""
    for name in arguments or ("dev", "own", "unseen"):
        counted = count(name)
        print(f"== {name}")
        for outcome in ("right", "asked", "wrong", "needless"):
            _print(outcome, counted[outcome], counted["all"])
        for flag in FLAGS:
            found, missed, false = (counted[f"{flag} {what}"] for what in ("found", "missed", "false"))
            _print(f"{flag} found", found, found + missed)
            _print(f"{flag} rightly", found, found + false)
        for line, answer, outcome, fields in judged(name) if arguments else ():
            if outcome != "right":
                print(f"{line['id']} {outcome} {fields}: {line['in']['text']!r}\n    {line['gold']}\n    {answer}")


def _print(what: str, part: int, whole: int) -> None:
    low, high = bounds(part, whole) if whole else (0.0, 1.0)
    print(f"{what:21} {part} of {whole} ({100 * low:.1f} to {100 * high:.1f} %)")


if __name__ == "__main__":
    main(sys.argv[1:])
