"""What the network's sums are, question by question, and how far they are from what the labels allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional

from bot.understanding.network.opinion import FIRST_SAID, HALVES, TIMES, YES_OR_NO
from training.network.lessons import Lesson
from training.network.model import PLACES, Network

#: How much a question counts in the training.
_WEIGHT = {"half": 0.7, "time": 0.5, "child": 0.7}
_NONE = -1e9


@dataclass(frozen=True, slots=True)
class Names:
    """The answers that have names, in the order of the network's outputs."""

    kinds: tuple[str, ...]
    reasons: tuple[str, ...]

    @classmethod
    def of(cls, lessons: Sequence[Lesson]) -> Names:
        """All that the labels name."""
        kinds = {kind for lesson in lessons for kind in lesson.kinds}
        return cls(tuple(sorted(kinds)), tuple(sorted({code for lesson in lessons for code in lesson.reasons})))

    @property
    def several(self) -> Mapping[str, Sequence[str]]:
        """The questions with several answers."""
        return {"kind": self.kinds, "reason": self.reasons, "half": HALVES}


@dataclass(frozen=True, slots=True)
class Sums:
    """The network's sums for a batch: by question (messages, answers), and at every piece (messages, pieces, sums)."""

    whole: Mapping[str, Any]
    days: Any
    times: Any
    children: Any

    @classmethod
    def of(cls, network: Network, batch: Sequence[Lesson]) -> Sums:
        """Run the network. Lengths are rounded up, so that few shapes occur."""
        length = -(-max(len(lesson.pieces) for lesson in batch) // 8) * 8
        pieces = torch.zeros(len(batch), length, dtype=torch.long)
        stands = torch.zeros(len(batch), length, dtype=torch.bool)
        for row, lesson in enumerate(batch):
            pieces[row, : len(lesson.pieces)] = torch.tensor(lesson.pieces)
            stands[row, : len(lesson.pieces)] = True
        with torch.autocast("cpu", dtype=torch.bfloat16):
            whole, places = network(pieces, stands)
        parts = torch.split(whole.float(), network.parts, -1)
        kind, reason, flags, half, first, back = parts
        days, times, children = torch.split(places.float(), PLACES, -1)
        named = {"kind": kind, "reason": reason, "half": half, "first": first, "back": back}
        return cls(named | {name: flags[:, place] for place, name in enumerate(YES_OR_NO)}, days, times, children)

    def pairs(self, network: Network, row: int, lesson: Lesson) -> Any:
        """The sums of every pair of days of one message."""
        said = self.days[row, list(lesson.days)] if lesson.days else self.days[row, :0]
        cut = torch.tensor([place == 0 for place in lesson.days], dtype=torch.bool)
        said = said.masked_fill(cut[:, None], 0.0)
        first = torch.cat([self.whole["first"][row], said[:, : len(FIRST_SAID)].reshape(-1)])
        back = torch.cat([self.whole["back"][row], said[:, len(FIRST_SAID) :].reshape(-1)])
        ways = [torch.tensor(column) for column in zip(*[pair.ways for pair in lesson.pairs], strict=True)]
        chosen = [
            torch.tensor([pair.first for pair in lesson.pairs]),
            torch.tensor([pair.back for pair in lesson.pairs]),
        ]
        return first[chosen[0]] + back[chosen[1]] + network.together[ways[0], ways[1], ways[2]]

    def child(self, row: int, places: Sequence[int]) -> Any:
        """The sum for one child: where it is listed, and wherever it is named."""
        listed, *named = places
        return self.children[row, listed, 0] + self.children[row, named, 1].sum()


def loss(network: Network, batch: Sequence[Lesson], names: Names) -> tuple[Any, dict[str, float]]:
    """The mean surprise of a batch to learn from, and the summed surprise by question to print."""
    sums = Sums.of(network, batch)
    parts: dict[str, list[Any]] = {}
    for question, answers in names.several.items():
        chances = functional.log_softmax(sums.whole[question], -1)
        for row, lesson in enumerate(batch):
            if right := lesson.right(question):
                places = [answers.index(answer) for answer in right]
                parts.setdefault(question, []).append(-torch.logsumexp(chances[row, places], 0))
    for row, lesson in enumerate(batch):
        for flag, yes in lesson.flags.items():
            parts.setdefault(flag, []).append(_yes_or_no(sums.whole[flag][row], yes))
        if lesson.pairs:
            values = sums.pairs(network, row, lesson)
            right_ones = torch.tensor([pair.right for pair in lesson.pairs])
            good = torch.logsumexp(values.masked_fill(~right_ones, _NONE), 0)
            parts.setdefault("days", []).append(torch.logsumexp(values, 0) - good)
        for place, part in lesson.times:
            chances = functional.log_softmax(sums.times[row, place], -1)
            parts.setdefault("time", []).append(-chances[TIMES.index(part)])
        for places_, yes in lesson.children:
            parts.setdefault("child", []).append(_yes_or_no(sums.child(row, places_), yes))
    totals = {name: torch.stack(values).sum() for name, values in parts.items()}
    weighed = torch.stack([_WEIGHT.get(name, 1.0) * value for name, value in totals.items()]).sum()
    return weighed / len(batch), {name: float(value.detach()) for name, value in totals.items()}


def _yes_or_no(total: Any, yes: bool) -> Any:
    return functional.binary_cross_entropy_with_logits(total, torch.tensor(float(yes)))
