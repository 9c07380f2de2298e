"""Lessons: what one labelled message teaches the network, question by question."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from attendance.calendar import SchoolCalendar
from bot.understanding.learned.days import backs, firsts, order_of, setting_of
from bot.understanding.network.encoding import LISTED, encode
from bot.understanding.network.opinion import BACK_SAID, BACK_UNSAID, FIRST_SAID, FIRST_UNSAID
from bot.understanding.network.pieces import mark
from training import examples as ex


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair of days: where its sums stand among those of the first day and of the return, and its ways together.

    The sums of the first day are those of FIRST_UNSAID and then FIRST_SAID of each day said; so those of the return.
    """

    first: int
    back: int
    ways: tuple[int, int, int]
    right: bool


@dataclass(frozen=True, slots=True)
class Lesson:
    """A message as numbers, and what is right of it; a question that the label leaves open has no answer here."""

    name: str
    source: str
    pieces: tuple[int, ...]
    kinds: tuple[str, ...]
    reasons: tuple[str, ...]
    halves: tuple[str, ...]
    flags: dict[str, bool]
    days: tuple[int, ...]  # where each day said has its mark; 0 where it was cut off
    pairs: tuple[Pair, ...]
    times: tuple[tuple[int, str], ...]
    children: tuple[tuple[tuple[int, ...], bool], ...]

    def right(self, question: str) -> tuple[str, ...]:
        """The answers that are right of a question with several; none where the label leaves it open."""
        return {"kind": self.kinds, "reason": self.reasons, "half": self.halves}[question]

    def renumbered(self, dice: random.Random) -> Lesson:
        """The same with the children of the list in another order: no number of a child means anything."""
        count = len(self.children)
        if count < 2:
            return self
        old = [mark(f"C{number}") for number in range(LISTED)]
        new = old[:count]
        dice.shuffle(new)
        put = dict(zip(old[:count], new, strict=True))
        return replace(self, pieces=tuple(put.get(piece, piece) for piece in self.pieces))


def lesson(case: ex.Case, calendar: SchoolCalendar) -> Lesson:
    """What one case teaches."""
    seen = case.seen.reading
    encoded = encode(seen, calendar)
    half = ex.half(case, calendar)
    flags = {name: yes for name in ("urgent", "safeguarding") if (yes := ex.flag(case, name)) is not None}
    times = [encoded.times.get((moment.start, moment.end)) for moment, _ in seen.times.roles]
    parts = [part for _, part in ex.times(case, calendar)]
    children = [yes for _, yes in ex.children(case)]
    mentions = [(mention.start, mention.end) for mention, _ in seen.days.roles]
    return Lesson(
        case.name, case.source, encoded.pieces,
        tuple(ex.kinds(case)), tuple(ex.reasons(case)), tuple(half[2]) if half is not None else (),
        {**flags, "pupil": bool(case.gold.get("sender_doubt"))},
        tuple(encoded.days.get(span, 0) for span in mentions),
        tuple(_pairs(case, calendar)),
        tuple((place, part) for place, part in zip(times, parts, strict=False) if place is not None),
        tuple((tuple(places), yes) for places, yes in zip(encoded.children.values(), children, strict=False)),
    )  # fmt: skip


def _pairs(case: ex.Case, calendar: SchoolCalendar) -> Iterable[Pair]:
    """Every pair of days of the message, in the order in which the weights compare them."""
    seen = case.seen.reading
    chosen = ex.pairs(case, seen.why.code, calendar)
    if chosen is None or not any(chosen.right):
        return
    setting = setting_of(seen, seen.days, case.seen.start, calendar, ex.about(case))
    right = iter(chosen.right)
    for first in firsts(setting, calendar):
        assert first.day is not None
        for back in backs(setting, first.day, calendar):
            ways = (
                _way(first.how, FIRST_UNSAID, FIRST_SAID),
                _way(back.how, BACK_UNSAID, BACK_SAID),
                order_of(first, back),
            )
            yield Pair(
                _sum(first.how, first.at, FIRST_UNSAID, FIRST_SAID),
                _sum(back.how, back.at, BACK_UNSAID, BACK_SAID),
                ways,
                next(right),
            )


def _way(how: str, unsaid: Sequence[str], said: Sequence[str]) -> int:
    return [*unsaid, *said].index(how)


def _sum(how: str, at: int, unsaid: Sequence[str], said: Sequence[str]) -> int:
    return unsaid.index(how) if at < 0 else len(unsaid) + at * len(said) + said.index(how)
