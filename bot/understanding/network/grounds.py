"""Why the network thinks so: how much less it would, were a word not there."""

from __future__ import annotations

from collections.abc import Sequence

from attendance.calendar import SchoolCalendar
from bot.understanding.evidence import Reading
from bot.understanding.network.consulting import consult
from bot.understanding.network.opinion import Opinion, share

#: Each word that is left out costs a reading, so that only so many are, and none of fewer letters than this.
_WORDS, _SHORT = 12, 4


def grounds_of(
    seen: Reading, calendar: SchoolCalendar, answers: Sequence[tuple[str, str]]
) -> list[list[tuple[int, float]]]:
    """For each (question, answer), the words by number that speak for it, with how much of its sum each accounts for.

    A yes-or-no question is its own answer. For people who ask why: it reads the message a dozen times.
    """
    whole = seen.opinion or consult(seen, calendar)
    out: list[list[tuple[int, float]]] = [[] for _ in answers]
    every = range(len(seen.words.texts))
    long = [number for number in every if len(seen.words.texts[number]) >= _SHORT]
    for number in long[:_WORDS]:
        without = consult(seen, calendar, [other for other in every if other != number])
        for row, (question, answer) in zip(out, answers, strict=True):
            weight = share(question) * (_sum(whole, question, answer) - _sum(without, question, answer))
            if weight > 0:
                row.append((number, weight))
    return out


def _sum(opinion: Opinion, question: str, answer: str) -> float:
    """What the network thinks of one answer, against the mean of all where there are several."""
    if question in opinion.yes:
        return opinion.yes[question]
    sums = opinion.several[question]
    return sums.get(answer, 0.0) - sum(sums.values()) / len(sums)
