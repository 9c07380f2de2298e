"""Where a message says that each child is, with the words that say it, and how that is known.

Places of the family are those of places.py; that a child is in school, on its way, or that nobody knows where it is,
the lists of signals hear.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot.understanding.evidence import Reading
from bot.understanding.kinds.whereabouts import of_school
from bot.understanding.places import places_in
from bot.understanding.words.phrases import STOPS

SAID = {
    "writer": "is with whoever writes",
    "here": "is beside whoever writes",
    "has": "is with whoever writes",
    "home": "is at home",
    "minder": "is with somebody who minds it",
    "parent": "is with the other parent",
    "friend": "is with a friend or another child of the family",
    "fetched": "was fetched by the family",
    "handed_over": "was handed over to the other parent",
    "left_with": "was left with the family or a childminder",
    "elsewhere": "is not with whoever writes",
    "school": "is in school or set off",
    "on_the_way": "is late or on its way",
    "not_known": "is where nobody knows",
}
"""Each place as staff read it."""
_SIGNALS = {"late": "on_the_way", "lost": "not_known", "missing": "not_known"}
_FIRST_HAND, _IN_DOUBT = 0.9, 0.4


class Placed(NamedTuple):
    """A place that the words `first` up to, not including, `until` name; `children` is empty where nobody is named."""

    children: tuple[str, ...]
    where: str
    known: str
    first: int
    until: int
    sure: float


def where_each_is(seen: Reading) -> Iterator[Placed]:
    """Every place that the words name, in their order."""
    places = places_in(seen.words.line)
    found = [(hit, hit.tag) for hit in places.placed]
    found += [(hit, "school") for hit in of_school(seen)]
    found += [(hit, where) for name, where in _SIGNALS.items() for hit in seen.signals.by.get(name, ())]
    for hit, where in sorted(found, key=lambda row: (row[0].first, row[0].until)):
        known = places.known(hit)
        sure = _FIRST_HAND if known == "first hand" else _IN_DOUBT
        yield Placed(_of_whom(seen, hit.first), where, known, hit.first, hit.until, sure)


def _of_whom(seen: Reading, at: int) -> tuple[str, ...]:
    """Whoever was named last before a place in its sentence."""
    texts = seen.words.texts
    begins = next((number + 1 for number in range(min(at, len(texts)) - 1, -1, -1) if texts[number] in STOPS), 0)
    named = [one for one in seen.who.named if begins <= one.first < at]
    return named[-1].children if named else ()
