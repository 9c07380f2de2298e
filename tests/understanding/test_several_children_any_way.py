"""Two and three children in one text, made by the hundred: each with news of its own, and nothing for who is well.

What is told of each child is known from how the sentence was made; see `test_said_any_way`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

import pytest

from tests.understanding.reading import read
from tests.understanding.ways import DAY, NUMBERS, clock, school_day_after, some_school_day, weekday

_EACH = 8
"""Texts of each turn of words."""
_BOYS = "Tom Harry Oliver Noah Leo Archie Alfie Jack Ethan Ben Daniel Luca".split()
_GIRLS = "Ella Amelia Isla Grace Mia Aisha Zara Lily Poppy Chloe Sophie Hannah".split()
_Means = tuple[str, date, date | None, str, time | None, time | None]
_Told = dict[str, _Means]


@dataclass(frozen=True)
class _Kid:
    id: str
    name: str
    boy: bool
    year: int

    @property
    def he(self) -> str:
        return "he" if self.boy else "she"

    @property
    def him(self) -> str:
        return "him" if self.boy else "her"

    @property
    def son(self) -> str:
        return "son" if self.boy else "daughter"


def _family(dice: random.Random, boys: Sequence[bool]) -> list[_Kid]:
    names = [dice.sample(_BOYS if boy else _GIRLS, len(boys))[number] for number, boy in enumerate(boys)]
    if len(set(names)) < len(names):
        return _family(dice, boys)
    years = dice.sample(range(1, 11), len(boys))
    return [_Kid(f"c{n}", *rest) for n, rest in enumerate(zip(names, boys, years, strict=True), 1)]


def _any(dice: random.Random, count: int) -> list[_Kid]:
    return _family(dice, [dice.random() < 0.5 for _ in range(count)])


_ILL = (
    "is poorly", "has a temperature", "has been sick in the night", "has a tummy bug", "isn't well", "has a cold",
    "is not well enough for school", "has got a bad cold", "is full of cold", "has an ear infection", "has a migraine",
    "won't be in today, {he}'s been sick", "is unwell and staying home", "has chickenpox",
)  # fmt: skip
_WELL = (
    "is fine", "is fine and in as normal", "will be in as normal", "is coming in as normal", "is ok and will be in",
    "is in school", "will be in as usual", "is fine to come in",
)  # fmt: skip
_SEEN_BY = ("the dentist", "a doctors appointment", "an eye test", "a hospital appointment", "the orthodontist")


def _ill(dice: random.Random, sent: date, kid: _Kid) -> tuple[str, _Means]:
    return dice.choice(_ILL).format(he=kid.he), ("I", sent, None, "day", None, None)


def _back_then(dice: random.Random, sent: date, kid: _Kid) -> tuple[str, _Means]:
    back = school_day_after(sent)
    said = "tomorrow"
    if dice.random() < 0.6 and (later := school_day_after(sent, dice.randrange(2, 4))) - sent < 6 * DAY:
        back, said = later, weekday(later, dice)
    elif back - sent > DAY:
        said = weekday(back, dice)
    turn = dice.choice((" and will be back {d}", ", back {d}", ", hopefully back {d}", ", off until {d}"))
    return _ill(dice, sent, kid)[0] + turn.format(d=said), ("I", sent, back, "day", None, None)


def _for_days(dice: random.Random, sent: date, kid: _Kid) -> tuple[str, _Means]:
    count = dice.randrange(2, 5)
    said = dice.choice((", off for {n} days", " and needs {n} days off")).format(n=NUMBERS[count])
    return "isn't well" + said, ("I", sent, school_day_after(sent, count), "day", None, None)


def _seen(dice: random.Random, sent: date, kid: _Kid) -> tuple[str, _Means]:
    at, comes = dice.choice((time(9, 20), time(9, 45), time(10, 15))), dice.choice((time(11, 15), time(11, 30)))
    turn = dice.choice(("has {d} at {m}, back by {n}", "has {d} at {m} and will be in by {n}"))
    words = turn.format(d=dice.choice(_SEEN_BY), m=clock(at, dice), n=clock(comes, dice))
    return words, ("M", sent, sent, "am", comes, None)


def _collected(dice: random.Random, sent: date, kid: _Kid) -> tuple[str, _Means]:
    at, leaves = dice.choice((time(14, 0), time(14, 30))), dice.choice((time(13, 0), time(13, 30)))
    words = f"has {dice.choice(_SEEN_BY)} at {clock(at, dice)}, picking {kid.him} up at {clock(leaves, dice)}"
    return words, ("M", sent, school_day_after(sent), "pm", None, leaves)


def _late(dice: random.Random, sent: date, kid: _Kid) -> tuple[str, _Means]:
    at = dice.choice((time(9, 20), time(9, 30), time(9, 45)))
    turn = dice.choice(
        ("is running late, should be in by {t}", "missed the bus so will be in about {t}", "will be late, about {t}")
    )
    return turn.format(t=clock(at, dice)), ("late", sent, None, "am", at, None)


def _well(dice: random.Random, sent: date, kid: _Kid) -> tuple[str, None]:
    return dice.choice(_WELL), None


_Fate = Callable[[random.Random, date, _Kid], tuple[str, _Means | None]]
_PAIRS: tuple[tuple[_Fate, _Fate], ...] = (
    (_ill, _well), (_well, _ill), (_ill, _seen), (_seen, _ill), (_ill, _late), (_late, _ill), (_collected, _ill),
    (_back_then, _seen), (_seen, _back_then), (_back_then, _collected), (_ill, _back_then), (_late, _for_days),
    (_well, _late), (_seen, _well),
)  # fmt: skip


def _known(found: dict[str, list[_Means]], means: _Told, text: str) -> list[str]:
    one = {child: told[0] for child, told in found.items() if len(told) == 1}
    return [] if one == means else [f"{text!r}: {found}, meant {means}"]


def _misread(text: str, sent: date, kids: Sequence[_Kid], means: _Told) -> list[str]:
    """What is read otherwise than it was meant; who is late has no day of return, and misses the morning."""
    family = " ".join(f"{kid.name}:{kid.year}" for kid in kids)
    answer = read(text, f"{sent}T08:10", family)
    found: dict[str, list[_Means]] = {}
    for report in answer.reports:
        first = report.first_day or sent
        told: _Means = (
            (report.code, first, report.return_day, report.session or "day", report.arrives, report.leaves)
            if report.code is not None
            else ("late", first, None, "am", report.arrives, None)
        )
        for child in report.children or ("?",):
            found.setdefault(child, []).append(told)
    asked = [] if "child" not in answer.ask else [f"{text!r}: asks which child"]
    return [*_known(found, means, text), *asked]


def _texts(name: str) -> Iterator[tuple[random.Random, date]]:
    dice = random.Random(name)
    for _ in range(_EACH):
        yield dice, some_school_day(dice)


def _said(dice: random.Random, text: str) -> str:
    text = dice.choice(("", "", "Hi, ", "Good morning. ")) + text + dice.choice(("", "", ". Thanks", " x"))
    return text.lower() if dice.random() < 0.25 else text


def _meant(*each: tuple[_Kid, _Means | None]) -> _Told:
    return {kid.id: means for kid, means in each if means is not None}


@pytest.mark.parametrize("fates", _PAIRS, ids=lambda fates: "+".join(fate.__name__ for fate in fates))
def test_two_by_their_names(fates: tuple[_Fate, _Fate]) -> None:
    wrong = []
    for dice, sent in _texts("+".join(fate.__name__ for fate in fates)):
        kids = _any(dice, 2)
        one, other = dice.sample(kids, 2)
        (a, means_a), (b, means_b) = fates[0](dice, sent, one), fates[1](dice, sent, other)
        text = f"{one.name} {a}{dice.choice(('. ', ', ', '. '))}{other.name} {b}"
        wrong += _misread(_said(dice, text), sent, kids, _meant((one, means_a), (other, means_b)))
    assert wrong == []


@pytest.mark.parametrize("fates", [(_ill, _well), (_seen, _ill), (_well, _ill), (_late, _ill)])
@pytest.mark.parametrize("how", ["son and daughter", "eldest and youngest"])
def test_two_without_a_name(how: str, fates: tuple[_Fate, _Fate]) -> None:
    wrong = []
    for dice, sent in _texts(how + fates[0].__name__):
        kids = _family(dice, [True, False])
        one, other = dice.sample(kids, 2)
        eldest = max(kids, key=lambda kid: kid.year)
        said = [kid.son if how[0] == "s" else ("youngest", "eldest")[kid is eldest] for kid in (one, other)]
        (a, means_a), (b, means_b) = fates[0](dice, sent, one), fates[1](dice, sent, other)
        text = f"my {said[0]} {a}{dice.choice(('. ', ', '))}my {said[1]} {b}"
        wrong += _misread(_said(dice, text), sent, kids, _meant((one, means_a), (other, means_b)))
    assert wrong == []


@pytest.mark.parametrize("third", [_well, _seen, _late])
@pytest.mark.parametrize("how", ["by name", "the boys"])
def test_two_are_ill_and_the_third_is_not(how: str, third: _Fate) -> None:
    wrong = []
    for dice, sent in _texts(how + third.__name__):
        kids = _family(dice, [True, False, True])
        two, other = (kids[0], kids[2]), kids[1]
        named = f"{two[0].name} and {two[1].name}" if how == "by name" else dice.choice(("the boys", "both boys"))
        ill = dice.choice(("have a tummy bug", "are not well today", "have been sick in the night", "have bad colds"))
        words, means = third(dice, sent, other)
        told: _Means = ("I", sent, None, "day", None, None)
        text = f"{named} {ill}{dice.choice(('. ', ', '))}{other.name} {words}"
        wrong += _misread(_said(dice, text), sent, kids, _meant((two[0], told), (two[1], told), (other, means)))
    assert wrong == []


@pytest.mark.parametrize("fates", [(_ill, _seen, _well), (_well, _ill, _late), (_ill, _well, _well)])
def test_three_by_their_names(fates: tuple[_Fate, _Fate, _Fate]) -> None:
    wrong = []
    for dice, sent in _texts("+".join(fate.__name__ for fate in fates)):
        kids = _any(dice, 3)
        order = dice.sample(kids, 3)
        said = [(kid, *fate(dice, sent, kid)) for kid, fate in zip(order, fates, strict=True)]
        text = dice.choice((". ", ", ")).join(f"{kid.name} {words}" for kid, words, _ in said)
        wrong += _misread(_said(dice, text), sent, kids, _meant(*((kid, means) for kid, _, means in said)))
    assert wrong == []
