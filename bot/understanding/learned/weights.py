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
from typing import Any

import numpy as np

from bot.understanding.data import text_of

#: Begins the line that names the classes of a file.
CLASSES = "#classes"


class Weights:
    """One file of weights. `classes` are its columns, named `question=answer` where a file holds several questions.

    Weights are kept in hundredths, as they are written, so that sums are exact: the order of a set differs from process
    to process, and the answer must not. A row is read when its thing is first seen: of tens of thousands a message
    needs some hundred.
    """

    def __init__(self, text: str) -> None:
        lines = [line for line in text.splitlines() if line and not line.startswith("# ")]
        head = lines[0].split("\t") if lines else [""]
        if head[0] != CLASSES:
            raise ValueError(f"a file of weights begins with {CLASSES!r}: run `python -m training.train`")
        self.classes = tuple(head[1:])
        self._numbers = {name: number for number, name in enumerate(self.classes)}
        written = [line.partition("\t") for line in lines[1:]]
        self._cells = [cells for _, _, cells in written]
        self._places = {thing: place for place, (thing, _, _) in enumerate(written)}
        self._rows: Any = np.zeros((len(written), len(self.classes)), np.int32)
        self._was_read = bytearray(len(written))
        one = len(self.classes) == 1
        self._only = {thing: _hundredths(cells.rpartition(":")[2]) for thing, _, cells in written} if one else {}

    def _seen(self, things: Iterable[str]) -> list[int]:
        """The places of those of the things that have weights, their rows read."""
        places = [place for place in map(self._places.get, things) if place is not None]
        for place in places:
            if not self._was_read[place]:
                self._read(place)
        return places

    def _read(self, place: int) -> None:
        for cell in self._cells[place].split("\t"):
            name, _, weight = cell.rpartition(":")
            self._rows[place, self._numbers[name]] = _hundredths(weight)
        self._was_read[place] = True

    def sums(self, things: Iterable[str]) -> list[float]:
        """The added weights, in the order of `classes`. Each thing counts once: hand in a set."""
        added: list[float] = (self._rows[self._seen(things)].sum(axis=0) / 100).tolist()
        return added

    def sum(self, things: Iterable[str]) -> float:
        """The added weight where a file has one column only."""
        return sum(map(self._only.get, things, repeat(0))) / 100

    def strongest(self, things: Iterable[str], name: str, count: int = 5) -> list[tuple[str, float]]:
        """What spoke most strongly for class `name`: for people who ask why."""
        if name not in self._numbers:
            return []
        number = self._numbers[name]
        known = [thing for thing in things if thing in self._places]
        found = [
            (thing, float(self._rows[place, number]) / 100)
            for thing, place in zip(known, self._seen(known), strict=True)
        ]
        return sorted((row for row in found if row[1] > 0), key=lambda row: -row[1])[:count]


def _hundredths(written: str) -> int:
    return round(100 * float(written))


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
