"""Called by an initial or a class: "A Okafor 7M", "Okafor T.", "my child in 9L", where only one child it can be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.children.named import Named, Who
from bot.understanding.values import Child
from bot.understanding.words.normalise import plain

_CLASS = re.compile(r"(\d{1,2})[ -]?([a-z]{1,3})", re.IGNORECASE)
_SURE = 0.9
_OF_A_WRITER = frozenset("here speaking writing texting mum mother mam dad father parent carer x xx".split())
_BEFORE_A_WRITER = frozenset("mr mrs ms miss dr from regards thanks sincerely faithfully wishes am i".split())


def by_initial_or_class(texts: Sequence[str], children: Sequence[Child], seen: Who) -> None:
    """Every child that is called so, where nobody is named in full."""
    if seen.named or len(children) < 2:
        return
    for at in range(len(texts)):
        for first, until, fits in (_with_an_initial(texts, at, children), _of_a_class(texts, at, children)):
            taken = any(one.first < until and first < one.until for one in seen.named)
            if len(fits) == 1 and not taken:
                seen.named.append(Named(first, until, tuple(fits), _SURE, "name"))


def _with_an_initial(texts: Sequence[str], at: int, children: Sequence[Child]) -> tuple[int, int, list[str]]:
    """ "A Okafor", "A. Okafor" or "Okafor A" from this word on: the places, and whom it fits."""
    behind = at + 2 if texts[at + 1 : at + 2] == ["."] else at + 1
    if len(texts[at]) == 1 and texts[at].isalpha() and behind < len(texts):
        letter, family, until = texts[at], texts[behind], behind + 1
    elif at + 1 < len(texts) and len(texts[at + 1]) == 1 and texts[at + 1].isalpha():
        letter, family, until = texts[at + 1], texts[at], at + 2
    else:
        return at, at + 1, []
    if _may_sign(texts, at, until):
        return at, until, []
    return at, until, [child.id for child in children if family in _families(child) and letter in _letters(child)]


def _may_sign(texts: Sequence[str], at: int, until: int) -> bool:
    """Whether it may be the writer's own name: "thanks, A Okafor", "A Okafor here", "Mrs A Okafor"."""
    behind = next((text for text in texts[until:] if text[0].isalnum()), "")
    return not behind or behind in _OF_A_WRITER or not _BEFORE_A_WRITER.isdisjoint(texts[max(0, at - 2) : at])


def _of_a_class(texts: Sequence[str], at: int, children: Sequence[Child]) -> tuple[int, int, list[str]]:
    """ "7M", in one word or in two."""
    for until in (at + 1, at + 2):
        found = _CLASS.fullmatch("".join(texts[at:until]))
        if found is None or until > len(texts):
            continue
        fits = [child.id for child in children if plain(child.group).replace("-", "") == found[1] + found[2]]
        if fits:
            return at, until, fits
    return at, at + 1, []


def _families(child: Child) -> set[str]:
    parts = plain(child.family).replace("-", " ").split()
    return {part for part in parts if len(part) > 1}


def _letters(child: Child) -> set[str]:
    return {plain(name)[:1] for name in (child.given, *child.known_as)}
