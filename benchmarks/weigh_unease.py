"""Find the weights of lexicon/unease.toml: which fields of words, met together, mean that a person should read it.

    python benchmarks/weigh_unease.py            # prints how each held-out set comes out
    python benchmarks/weigh_unease.py --write    # also writes the weights into the file
A logistic regression in plain Python over the tests' sentences and labelled sets; fields of danger may only raise the
sum, calming fields and contexts only lower it. Takes about a minute.
"""

from __future__ import annotations

import csv
import json
import math
import re
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.understanding.children.who import read_who  # noqa: E402
from bot.understanding.unease import raised_by  # noqa: E402
from bot.understanding.values import Child, Message  # noqa: E402
from bot.understanding.words.normalise import read_words  # noqa: E402
from bot.understanding.words.signals import known_words, read_signals  # noqa: E402

DATA = ROOT / "tests" / "understanding" / "data"
UNEASE = ROOT / "bot" / "understanding" / "lexicon" / "unease.toml"
SENT = datetime(2026, 11, 10, 9, 25, tzinfo=ZoneInfo("Europe/London"))
ROUNDS, STEP, SHRINK, RARE = 1500, 0.3, 0.005, 0.3
Row = tuple[frozenset[str], int]


def fields_of(message: Message) -> frozenset[str]:
    """The names of fields and contexts that a message holds."""
    words = read_words(message.text)
    who = read_who(words, message.children, message.asked, known_words())
    hits = read_signals(words, [(n.first, n.until) for n in who.named if "name" in n.how])
    return frozenset(raised_by(hits))


def sets() -> dict[str, list[Row]]:
    """Every labelled sentence, by the file it comes from: its fields, and 1 for danger."""
    out: dict[str, list[Row]] = {}
    for name in ("danger", "danger-open", "kinds", "sentences", "reasons"):
        for row in csv.DictReader((DATA / f"{name}.csv").read_text(encoding="utf-8").splitlines()):
            flag = row.get("safeguarding", "0") or ""
            if flag:
                child = Child("c1", "Ella" if "ella" in row["text"].lower() else "Tom", "Smith", (), 8)
                message = Message(SENT, (child,), None, (), row["text"])
                out.setdefault(name, []).append((fields_of(message), int(flag)))
    for name in ("dev", "own"):
        for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            label = json.loads(line)
            flag = label["gold"].get("safeguarding", False)
            if not isinstance(flag, dict):
                out.setdefault(name, []).append((fields_of(Message.from_json(label["in"])), int(flag)))
    return out


def fit(rows: Sequence[Row]) -> tuple[dict[str, float], float]:
    """Weights by field, and the bias."""
    weights = dict.fromkeys(sorted({name for names, _ in rows for name in names}), 0.0)
    bias, share = -2.0, RARE * len(rows) / sum(flag for _, flag in rows)
    for _ in range(ROUNDS):
        slopes, slope = dict.fromkeys(weights, 0.0), 0.0
        for names, flag in rows:
            total = max(-30.0, min(30.0, bias + sum(weights[name] for name in names)))
            error = (1 / (1 + math.exp(-total)) - flag) * (share if flag else 1)
            slope += error
            for name in names:
                slopes[name] += error
        for name, value in weights.items():
            moved = value - STEP * (4 * slopes[name] / len(rows) + SHRINK * value)
            calms = name.startswith(("calm_", "context:")) and name != "context:haste"
            weights[name] = min(0.0, moved) if calms else max(0.0, moved)
        bias -= STEP * 4 * slope / len(rows)
    return weights, bias


def main() -> None:
    """Print each held-out set; write the weights of all when asked."""
    data = sets()
    for held in data:
        weights, bias = fit([row for name, rows in data.items() if name != held for row in rows])
        flagged = [flag for names, flag in data[held] if bias + sum(weights.get(n, 0.0) for n in names) >= 0.8]
        danger = sum(flag for _, flag in data[held])
        calm = len(data[held]) - danger
        print(f"{held}: {sum(flagged)} of {danger} found, {flagged.count(0)} of {calm} false, without this set's help")
    if "--write" in sys.argv:
        weights, bias = fit([row for rows in data.values() for row in rows])
        text = re.sub(r"^bias = .*$", f"bias = {bias:.2f}", UNEASE.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for name, value in weights.items():
            text = re.sub(rf'^"?{re.escape(name)}"? = -?\d[\d.]*$', f'"{name}" = {value:.2f}', text, flags=re.MULTILINE)
        UNEASE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
