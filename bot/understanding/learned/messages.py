"""What a whole message is: its kind, its reason, whether it is urgent, discloses harm, or a pupil wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.understanding.learned.weights import Weights, chance, shares, weights
from bot.understanding.network.opinion import Opinion, blended

#: The questions that have several answers, and those that are yes or no, in the columns of the `messages` weights.
SEVERAL = ("kind", "reason")
YES_OR_NO = ("urgent", "safeguarding", "pupil")
#: What the network says of an answer that it does not know.
_NEVER = -10.0


@dataclass(frozen=True, slots=True)
class Judged:
    """The answers with their probabilities: by name where there are several, of a yes otherwise."""

    several: Mapping[str, Mapping[str, float]]
    yes: Mapping[str, float]

    def best(self, question: str) -> tuple[str, float]:
        """The likeliest answer and its probability."""
        return max(self.several[question].items(), key=lambda row: row[1])


def judge_message(things: Iterable[str], scale: Weights | None = None, opinion: Opinion | None = None) -> Judged:
    """All judgements of one message in one pass over the weights (the lexicon's, if no others are handed in).

    `opinion`: what the network thinks of the same message; its sums are added to those of the weights.
    """
    scale = scale or weights("messages")
    sums = scale.sums(things)
    named: dict[str, dict[str, float]] = {question: {} for question in SEVERAL}
    yes = {}
    for column, total in zip(scale.classes, sums, strict=True):
        question, _, answer = column.partition("=")
        if answer:
            thought = None if opinion is None else opinion.several[question].get(answer, _NEVER)
            named[question][answer] = blended(question, total, thought)
        else:
            thought = None if opinion is None else opinion.yes[question]
            yes[question] = chance(blended(question, total, thought))
    return Judged(
        {question: dict(zip(row, shares(list(row.values())), strict=True)) for question, row in named.items()}, yes
    )


@lru_cache(maxsize=1)
def ready() -> bool:
    """See that every file of weights is there and fits the questions. Raises ValueError: train again."""
    columns = weights("messages").classes
    asked = {column.partition("=")[0] for column in columns}
    if asked != {*SEVERAL, *YES_OR_NO}:
        raise ValueError(f"weights/messages.tsv answers {sorted(asked)}: run `python -m training.train`")
    for name in ("days", "times", "children", "halves"):
        if not weights(name).classes:
            raise ValueError(f"weights/{name}.tsv is empty: run `python -m training.train`")
    return True
