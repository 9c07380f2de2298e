"""Weights as data: what each thing seen speaks for, and how strongly; made by `training/` from labelled messages.

A file is lines of `thing<tab>class:weight<tab>class:weight…`; lines that begin with `#` are remarks. The weights of
everything seen are added up class by class, and the sums become probabilities (multinomial logistic regression).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat

from bot.understanding.data import text_of

#: Stands for the weight that a class has before anything is seen.
ALWAYS = "always"


class Weights:
    """One file of weights. `classes` are its columns, named `question=answer` where a file holds several questions."""

    def __init__(self, text: str) -> None:
        self.rows: dict[str, tuple[tuple[int, float], ...]] = {}
        numbers: dict[str, int] = {}
        for line in text.splitlines():
            if not line or line.startswith("# "):
                continue
            thing, *cells = line.split("\t")
            row = []
            for cell in cells:
                name, _, weight = cell.rpartition(":")
                row.append((numbers.setdefault(name, len(numbers)), float(weight)))
            self.rows[thing] = tuple(row)
        self.classes = tuple(numbers)
        self._only = {thing: row[0][1] for thing, row in self.rows.items()} if len(numbers) == 1 else {}

    def sums(self, things: Iterable[str]) -> list[float]:
        """The added weights, in the order of `classes`. Each thing counts once: hand in a set."""
        out = [0.0] * len(self.classes)
        rows = self.rows
        for row in filter(None, map(rows.get, things)):
            for number, weight in row:
                out[number] += weight
        return out

    def sum(self, things: Iterable[str]) -> float:
        """The added weight where a file has one column only."""
        return sum(map(self._only.get, things, repeat(0.0)))

    def strongest(self, things: Iterable[str], name: str, count: int = 5) -> list[tuple[str, float]]:
        """What spoke most strongly for class `name`: for people who ask why."""
        if name not in self.classes:
            return []
        number = self.classes.index(name)
        found = [(thing, dict(self.rows[thing]).get(number, 0.0)) for thing in things if thing in self.rows]
        return sorted((row for row in found if row[1] > 0), key=lambda row: -row[1])[:count]


@lru_cache(maxsize=8)
def weights(name: str) -> Weights:
    """The weights of one file of the lexicon's `weights` folder, read once."""
    return Weights(text_of(f"weights/{name}.tsv"))


def shares(sums: Sequence[float]) -> list[float]:
    """Sums as probabilities that add up to one."""
    top = max(sums, default=0.0)
    raised = [math.exp(value - top) for value in sums]
    whole = math.fsum(raised)
    return [value / whole for value in raised]


def chance(total: float) -> float:
    """The probability of a yes whose weights add up to `total`."""
    return 1.0 / (1.0 + math.exp(-total)) if total > -700 else 0.0


def best(answers: Mapping[str, float]) -> tuple[str, float]:
    """The likeliest answer and its probability."""
    return max(answers.items(), key=lambda row: row[1])
