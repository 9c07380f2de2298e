"""Train the network on the labelled messages, and write it as the reader runs it.

    python -m training.network.learn --pieces     writes lexicon/network/pieces.txt anew: do this first
    python -m training.network.learn              writes the rest of that folder
    python -m training.network.learn --fold 0     leaves a fifth of the messages out, and says how good it is on those

Needs what `pip install -e .[training]` installs, three quarters of an hour of one core, and 3 GB.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from attendance.calendar import SchoolCalendar
from bot.understanding.network.pieces import numbers
from training import train
from training.network import base
from training.network.export import write
from training.network.lessons import Lesson, lesson
from training.network.loss import Names, loss
from training.network.model import Network
from training.network.report import report

FOLDER = train.ROOT / "bot" / "understanding" / "lexicon" / "network"
EPOCHS, AT_ONCE, RATE, WARM = 4, 32, 8e-5, 0.06
#: New parts learn faster than those that the encoder brings along.
_FASTER = {"learned": 3.0, "whole": 10.0, "places": 10.0, "together": 10.0}
#: How much the sums of the word weights and those of the network count, by question; the least surprise on messages
#: that neither had seen (`--fold 0`, benchmarks/understanding.md).
BLEND: Mapping[str, tuple[float, float]] = {
    "kind": (0.5, 0.5), "reason": (0.5, 0.5), "half": (0.7, 0.5), "days": (0.5, 0.5), "times": (0.5, 0.5),
    "children": (0.7, 0.5), "urgent": (0.5, 0.5), "safeguarding": (0.7, 0.3), "pupil": (0.7, 0.3),
}  # fmt: skip


def batches(lessons: Sequence[Lesson], dice: random.Random) -> list[list[Lesson]]:
    """All lessons in new order, those of like length together; the children of each renumbered."""
    mixed = [lesson_.renumbered(dice) for lesson_ in lessons]
    dice.shuffle(mixed)
    out = []
    for start in range(0, len(mixed), AT_ONCE * 16):
        row = sorted(mixed[start : start + AT_ONCE * 16], key=lambda one: len(one.pieces))
        out += [row[first : first + AT_ONCE] for first in range(0, len(row), AT_ONCE)]
    dice.shuffle(out)
    return out


def trained(network: Network, lessons: Sequence[Lesson], names: Names, seed: int = 0) -> None:
    """Train the network on all lessons."""
    torch.manual_seed(seed)
    dice = random.Random(seed)  # noqa: S311  an order, and no secret
    groups: list[dict[str, Any]] = [
        {"params": [value], "lr": RATE * _FASTER.get(name.partition(".")[0], 1.0)}
        for name, value in network.named_parameters()
        if value.requires_grad
    ]
    rates = [group["lr"] for group in groups]
    steps = torch.optim.AdamW(groups, weight_decay=0.01)
    total, done = EPOCHS * (len(lessons) // AT_ONCE + 1), 0
    for epoch in range(EPOCHS):
        network.train()
        lost: Counter[str] = Counter()
        for batch in batches(lessons, dice):
            share = min(1.0, (done + 1) / (WARM * total)) * max(0.01, 1 - done / total)
            for group, rate in zip(steps.param_groups, rates, strict=True):
                group["lr"] = rate * share
            value, parts = loss(network, batch, names)
            steps.zero_grad()
            value.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            steps.step()
            lost.update(parts)
            done += 1
        print(f"epoch {epoch + 1}:", *[f"{name} {value / len(lessons):.3f}" for name, value in lost.items()])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pieces", action="store_true")
    parser.add_argument("--fold", type=int)
    parser.add_argument("--into", type=Path, default=FOLDER)
    given = parser.parse_args()
    torch.set_num_threads(1)  # two threads are no faster where anything else runs
    calendar = SchoolCalendar.from_json((train.DATA / "calendar.json").read_text(encoding="utf-8"))
    cases = train.cases()
    if given.pieces:
        kept = base.kept(text for case in cases for text in case.seen.reading.words.texts)
        (FOLDER / "pieces.txt").write_text("\n".join(kept) + "\n", encoding="utf-8")
        return
    given.into.mkdir(parents=True, exist_ok=True)
    lessons = [lesson(case, calendar) for case in cases]
    names = Names.of(lessons)
    learned = [one for one in lessons if given.fold is None or train.fold(one.name) != given.fold]
    network = Network(base.weights(), base.numbers_of(numbers()), len(names.kinds), len(names.reasons))
    trained(network, learned, names)
    if given.fold is not None:
        report(network, [one for one in lessons if train.fold(one.name) == given.fold], names)
    write(network, given.into / "reader.onnx")
    answers = {
        "kinds": names.kinds, "reasons": names.reasons, "together": network.together.tolist(), "blend": BLEND,
    }  # fmt: skip
    (given.into / "answers.json").write_text(json.dumps(answers) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
