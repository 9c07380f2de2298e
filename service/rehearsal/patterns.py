"""`[[expect]]` and `[[never]]`: patterns over the lines of a run, as docs/how-to/write-a-scenario.md defines them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from service.rehearsal.scenario import Scenario
from service.rehearsal.scenario_checks import PATTERN_WORDS, listed

Line = Mapping[str, Any]


def judge(scenario: Scenario, lines: Sequence[Line]) -> list[str]:
    """What does not hold, in words; empty when everything does."""
    faults: list[str] = []
    first: list[int | None] = []
    for number, pattern in enumerate(scenario.file.expect, 1):
        hits = _hits(scenario, pattern, lines, first)
        first.append(hits[0] if hits else None)
        want = pattern.get("times")
        if want is not None and len(hits) != want:
            faults.append(f"expect {number} happened {len(hits)} times, not {want}: {_shown(pattern)}")
        elif want is None and len(hits) < pattern.get("at_least", 1):
            faults.append(f"expect {number} happened {len(hits)} times: {_shown(pattern)}")
    for number, pattern in enumerate(scenario.file.never, 1):
        hits = _hits(scenario, pattern, lines, first)
        if hits:
            faults.append(f"never {number} happened at {lines[hits[0]]['at']}: {_shown(pattern)}")
    return faults


def _hits(scenario: Scenario, pattern: Line, lines: Sequence[Line], first: Sequence[int | None]) -> list[int]:
    start = -1
    if "after" in pattern:
        place = int(pattern["after"]) - 1
        anchor = first[place] if 0 <= place < len(first) else None
        if anchor is None:
            return []
        start = anchor
    return [number for number, line in enumerate(lines) if number > start and matches(scenario, pattern, line)]


def matches(scenario: Scenario, pattern: Line, line: Line) -> bool:
    """True when every key of the pattern matches the line."""
    at = datetime.fromisoformat(line["at"])
    if "from" in pattern and at < scenario.moment(pattern["from"]):
        return False
    if "until" in pattern and at > scenario.moment(pattern["until"]):
        return False
    if (
        "pupil" in pattern
        and pattern["pupil"] != line.get("pupil")
        and pattern["pupil"] not in (line.get("pupils") or ())
    ):
        return False
    if "sender" in pattern and not _fits(pattern["sender"], line.get("from")):
        return False
    text = str(line.get("text", "")).casefold()
    if any(part.casefold() not in text for part in listed(pattern.get("text_has"))):
        return False
    if any(part.casefold() in text for part in listed(pattern.get("text_lacks"))):
        return False
    return all(key in line and _fits(want, line[key]) for key, want in pattern.items() if key not in PATTERN_WORDS)


def _fits(want: Any, got: Any) -> bool:
    if isinstance(got, list | tuple):
        return all(any(_equal(one, other) for other in got) for one in listed(want))
    return any(_equal(one, got) for one in listed(want))


def _equal(want: Any, got: Any) -> bool:
    if isinstance(want, date | time):
        want = want.isoformat()
    return bool(want == got) and isinstance(want, bool) == isinstance(got, bool)


def _shown(pattern: Line) -> str:
    return " ".join(f"{key}={'|'.join(map(str, listed(value)))}" for key, value in pattern.items())
