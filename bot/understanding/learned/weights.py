"""Weights as data: what each thing seen speaks for, and how strongly; made by `training/` from labelled messages.

A file begins with remarks (`# …`) and the line of its classes; then `thing<tab>class:weight<tab>class:weight…`. The
weights of everything seen are added up class by class, and the sums become probabilities (multinomial logistic
regression).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import repeat

from bot.understanding.data import text_of

#: Begins the line that names the classes of a file.
CLASSES = "#classes"


class Weights:
    """One file of weights. `classes` are its columns, named `question=answer` where a file holds several questions.

    A row is read when its thing is first seen: of tens of thousands a message needs some hundred.
    """

    def __init__(self, text: str) -> None:
        lines = [line for line in text.splitlines() if line and not line.startswith("# ")]
        head = lines[0].split("\t") if lines else [""]
        if head[0] != CLASSES:
            raise ValueError(f"a file of weights begins with {CLASSES!r}: run `python -m training.train`")
        self.classes = tuple(head[1:])
        self._numbers = {name: number for number, name in enumerate(self.classes)}
        written = (line.partition("\t") for line in lines[1:])
        self._written = {thing: cells for thing, _, cells in written}
        self._rows: dict[str, tuple[float, ...]] = {}
        one = len(self.classes) == 1
        self._only = {thing: float(cells.rpartition(":")[2]) for thing, cells in self._written.items()} if one else {}

    def _read(self, things: Iterable[str]) -> list[tuple[float, ...]]:
        """The rows of those of the things that have weights."""
        rows = self._rows
        for thing in self._written.keys() & things:
            if thing not in rows:
                rows[thing] = self._row(self._written[thing])
        return list(filter(None, map(rows.get, things)))

    def _row(self, written: str) -> tuple[float, ...]:
        values = [0.0] * len(self.classes)
        for cell in written.split("\t"):
            name, _, weight = cell.rpartition(":")
            values[self._numbers[name]] = float(weight)
        return tuple(values)

    def sums(self, things: Iterable[str]) -> list[float]:
        """The added weights, in the order of `classes`. Each thing counts once: hand in a set.

        The order of a set differs from process to process, so the sums are exact: the same answer everywhere.
        """
        rows = self._read(things)
        return list(map(math.fsum, zip(*rows, strict=True))) if rows else [0.0] * len(self.classes)

    def sum(self, things: Iterable[str]) -> float:
        """The added weight where a file has one column only."""
        return math.fsum(map(self._only.get, things, repeat(0.0)))

    def strongest(self, things: Iterable[str], name: str, count: int = 5) -> list[tuple[str, float]]:
        """What spoke most strongly for class `name`: for people who ask why."""
        if name not in self._numbers:
            return []
        number = self._numbers[name]
        self._read(things)
        found = [(thing, self._rows[thing][number]) for thing in things if thing in self._rows]
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
