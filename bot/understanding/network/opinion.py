"""What the network thinks of a message: sums for every answer, weighed together with those of the word weights."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.understanding.data import text_of

#: The ways to a first day and to a day of return that no day of the message stands for, and those that one does.
FIRST_UNSAID, FIRST_SAID = ("unsaid", "draft"), ("on", "turned", "behind")
BACK_UNSAID, BACK_SAID = ("open", "same", "next", "draft"), ("length", "on", "following", "end", "behind")
HALVES = ("day", "am", "pm")
TIMES = ("arrives", "leaves", "other")
YES_OR_NO = ("urgent", "safeguarding", "pupil")
Span = tuple[int, int]
_FIRST = {how: number for number, how in enumerate((*FIRST_UNSAID, *FIRST_SAID))}
_BACK = {how: number for number, how in enumerate((*BACK_UNSAID, *BACK_SAID))}


@dataclass(frozen=True, slots=True)
class Answers:
    """What the network's outputs are called (`network/answers.json`), and how much they weigh beside the weights.

    `together` is by way to the first day, way to the day of return, and whether the second is said of the same words,
    later or earlier. `blend` is the share of the weights' sums and of the network's, by question.
    """

    kinds: tuple[str, ...]
    reasons: tuple[str, ...]
    together: Sequence[Sequence[Sequence[float]]]
    blend: Mapping[str, tuple[float, float]]


@lru_cache(maxsize=1)
def answers() -> Answers:
    """The names of the outputs, read once."""
    file = json.loads(text_of("network/answers.json"))
    blend = {name: (float(words), float(network)) for name, (words, network) in file["blend"].items()}
    return Answers(tuple(file["kinds"]), tuple(file["reasons"]), file["together"], blend)


@dataclass(frozen=True, slots=True)
class Opinion:
    """Sums (log-odds) for the answers of every question. A day, time or child that was not read has none."""

    several: Mapping[str, Mapping[str, float]]  # kind, reason, half
    yes: Mapping[str, float]
    first_unsaid: Sequence[float]
    back_unsaid: Sequence[float]
    days: Mapping[Span, Sequence[float]]  # FIRST_SAID, then BACK_SAID
    times: Mapping[Span, Mapping[str, float]]
    children: Mapping[str, float]

    def first(self, how: str, span: Span | None) -> float:
        """What speaks for a first day that is reached in this way, from the day at `span` if from any."""
        if span is None:
            return self.first_unsaid[FIRST_UNSAID.index(how)]
        said = self.days.get(span)
        return 0.0 if said is None else said[FIRST_SAID.index(how)]

    def back(self, how: str, span: Span | None) -> float:
        """The same for a day of return."""
        if span is None:
            return self.back_unsaid[BACK_UNSAID.index(how)]
        said = self.days.get(span)
        return 0.0 if said is None else said[len(FIRST_SAID) + BACK_SAID.index(how)]


def together(first: str, back: str, order: int) -> float:
    """What speaks for two ways together; `order` is 0 for the same words, 1 for a later return, 2 otherwise."""
    return answers().together[_FIRST[first]][_BACK[back]][order]


def share(question: str) -> float:
    """How much the network's sums count for a question."""
    return answers().blend[question][1]


def blended(question: str, words: float, network: float | None) -> float:
    """The sum of the weights for an answer together with the network's; the first alone where it did not read that."""
    if network is None:
        return words
    of_words, of_network = answers().blend[question]
    return of_words * words + of_network * network
