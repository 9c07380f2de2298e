"""How good the network alone is on messages that it was not trained on: n of N by question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import torch

from bot.understanding.network.opinion import TIMES
from training.network.lessons import Lesson
from training.network.loss import Names, Sums
from training.network.model import Network

_AT_ONCE = 64


@torch.no_grad()
def report(network: Network, lessons: Sequence[Lesson], names: Names) -> None:
    """Print it."""
    network.eval()
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()

    def count(question: str, good: bool) -> None:
        right[question] += good
        asked[question] += 1

    ordered = sorted(lessons, key=lambda one: len(one.pieces))
    for start in range(0, len(ordered), _AT_ONCE):
        batch = ordered[start : start + _AT_ONCE]
        sums = Sums.of(network, batch)
        for row, lesson in enumerate(batch):
            for question, answers in names.several.items():
                if allowed := lesson.right(question):
                    count(question, answers[int(sums.whole[question][row].argmax())] in allowed)
            for flag, yes in lesson.flags.items():
                said = bool(sums.whole[flag][row] > 0)
                if yes or said:
                    count(f"{flag}, found or said", yes and said)
            if lesson.pairs:
                count("days", lesson.pairs[int(sums.pairs(network, row, lesson).argmax())].right)
            for place, part in lesson.times:
                count("time", TIMES[int(sums.times[row, place].argmax())] == part)
            if len(lesson.children) > 1:
                said_ = [bool(sums.child(row, places) > 0) for places, _ in lesson.children]
                count("children", said_ == [yes for _, yes in lesson.children])
    for question, total in asked.items():
        print(f"{question:28} {right[question]} of {total} = {right[question] / total:.3f}")
