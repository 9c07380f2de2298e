"""How well and how fast messages are read: the labelled set in two halves, the date sets' texts, dateparser beside it.

    python benchmarks/understanding.py
Shares are said as n of N with 95 % bounds (Wilson). Times are of one process on this machine, in milliseconds.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import math
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "understanding" / "data"
sys.path.insert(0, str(ROOT))


def bounds(right: int, total: int) -> str:
    """n of N with the 95 % Wilson interval."""
    if not total:
        return "0 of 0"
    share, z = right / total, 1.96
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return f"{right} of {total} ({100 * share:.1f} %, {100 * (middle - half):.1f} to {100 * (middle + half):.1f})"


def scorer() -> Any:
    """The corpus's own scorer."""
    spec = importlib.util.spec_from_file_location("corpus_score", DATA / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lines(name: str) -> list[dict[str, Any]]:
    """The JSON lines of a data file."""
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def quality() -> None:
    """Right, asked, silently wrong, needless and the flags, for each half of the labelled set."""
    from attendance.calendar import SchoolCalendar
    from bot.understanding import Message, understand

    score, calendar = scorer(), SchoolCalendar.from_json((DATA / "calendar.json").read_text())
    for half in (0, 1):
        seen: Counter[str] = Counter()
        for line in lines("dev.jsonl"):
            if int(hashlib.sha256(line["id"].encode()).hexdigest(), 16) % 2 != half:
                continue
            answer = understand(Message.from_json(line["in"]), calendar).to_json()
            outcome, _ = score.judge(line["gold"], answer)
            seen["all"] += 1
            seen[outcome] += 1
            seen["needless"] += outcome == "right" and bool(set(answer["ask"]) - {"return"})
            for flag in ("urgent", "safeguarding"):
                wanted = score.options(line["gold"].get(flag, False))
                seen[f"{flag} {wanted[0]} {answer[flag]}"] += len(wanted) == 1
        print(f"half {half + 1}")
        for name in ("right", "asked", "wrong", "needless"):
            print(f"  {name:12} {bounds(seen[name], seen['all'])}")
        for flag in ("urgent", "safeguarding"):
            found, missed, false = seen[f"{flag} True True"], seen[f"{flag} True False"], seen[f"{flag} False True"]
            print(f"  {flag:12} found {bounds(found, found + missed)}, rightly {bounds(found, found + false)}")


def speed() -> None:
    """Median and 99th of 100 a message; the first message of a new process; dateparser on the same texts."""
    from attendance.calendar import SchoolCalendar
    from bot.understanding import Message, understand

    calendar = SchoolCalendar.from_json((DATA / "calendar.json").read_text())
    messages = [Message.from_json(line["in"]) for line in lines("dev.jsonl")]
    for message in messages:
        understand(message, calendar)
    _print("understand", sorted(_timed(lambda m=m: understand(m, calendar)) for m in messages for _ in range(3)))
    long = [m.__class__(m.sent_at, m.children, m.asked, m.known, (m.text + " ") * 400) for m in messages[:20]]
    _print("understand, 10,000 characters and more", sorted(_timed(lambda m=m: understand(m, calendar)) for m in long))
    from dateparser.search import search_dates

    texts = [message.text for message in messages[:60]]
    search_dates("tomorrow", languages=["en"])
    _print(
        "dateparser.search_dates, dates only",
        sorted(_timed(lambda t=t: search_dates(t, languages=["en"])) for t in texts),
    )


def _timed(call: Any) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def _print(name: str, times: list[float]) -> None:
    print(f"{name}: median {times[len(times) // 2]:.2f} ms, 99 of 100 {times[int(len(times) * 0.99)]:.2f} ms")


def first_message() -> None:
    """Milliseconds of the first message in a new process, after the import."""
    code = (
        "import sys, json, time; sys.path.insert(0, sys.argv[1]); from attendance.calendar import SchoolCalendar\n"
        "from bot.understanding import Message, understand\n"
        "c = SchoolCalendar.from_json(open(sys.argv[2] + '/calendar.json').read())\n"
        "m = Message.from_json(json.loads(open(sys.argv[2] + '/dev.jsonl').readline())['in'])\n"
        "t = time.perf_counter(); understand(m, c); print(round((time.perf_counter() - t) * 1000))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOT), str(DATA)], capture_output=True, text=True, check=True
    )
    print(f"first message of a process: {done.stdout.strip()} ms")


if __name__ == "__main__":
    quality()
    speed()
    first_message()
