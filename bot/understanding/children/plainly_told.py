""" "Mia has the dentist at ten. Tom isn't well": an illness, or coming late, that is plainly told of one child.

Beside the news of another child it is easily passed over. What stands between the name and the illness are small words,
and nothing behind it takes it back.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from bot.understanding.children.clauses import TURNS, Clause, only_owner, without_the_class
from bot.understanding.children.named import Named, ids_of
from bot.understanding.children.names import behind_family_name
from bot.understanding.evidence import Reading
from bot.understanding.words.phrases import Hit

#: What may stand between the name and the illness, besides a year or a class.
_SMALL = frozenset(
    """is are 's has have had got getting been being gone a an the still also now both all really very so too rather
    quite just bit of some slight bad awful terrible horrible nasty poor full down with come up woken woke developed
    started another caught feeling not high streaming raging suspected today this morning sadly i 'm afraid off
    unfortunately home unable to""".split()
)
_CLASS = re.compile(r"\d{1,2}[a-z]{0,2}|year|yr|y|y\d{1,2}|class|form|reception|nursery|in|,|\(|\)|-|:")
#: From this certainty on a name means a child of the list.
_NAMES = 0.5
#: What begins a remark that takes a reason back, and words of what is over or to come.
_OVER = frozenset(
    "was were had last yesterday not better if when after ask says said reckons thinks fine ok okay asks unless".split()
)
#: What may stand between the name and "late".
_COMING = frozenset(
    "is are 's will may might be running going to just also both a an bit little tad slightly has".split()
)
#: "On his way" is at eight in the morning no word of being late.
_LATE = frozenset(("late", "missed", "overslept", "slept", "later"))
#: Between the names of one list.
_JOINS = frozenset((",", "and", "&", "+"))
_NO_ILLNESS = ("kind:fine", "kind:present", "kind:late", "kind:missing", "kind:lost")


def named_in(seen: Reading, clause: Clause) -> list[Named]:
    """The children that a clause names, each mention of them."""
    return [
        one
        for one in seen.who.named
        if clause.first <= one.first < clause.until and one.certainty >= _NAMES and not _is_owner(seen, one)
    ]


def only_owners(seen: Reading) -> set[str]:
    """ "Ann's brother has chickenpox": the children who are named only to say whose brother it is."""
    told = {child for one in seen.who.named if not _is_owner(seen, one) for child in one.children}
    return set(ids_of(seen.who.named)) - told if told else set()


def _is_owner(seen: Reading, one: Named) -> bool:
    return only_owner(seen.words.texts, one, others=False)


def are_plainly_ill(seen: Reading, clause: Clause, own: Sequence[Named], behind: Sequence[Clause]) -> bool:
    """Whether the words of a clause tell an illness of the one child, or the one list of children, that it names.

    `behind`: the next two clauses, which may take it back: "Ned has a cold but I'm sending him".
    """
    texts = seen.words.texts
    if not own or clause.well or _is_turned(texts, own, behind) or "?" in texts[clause.first : clause.until]:
        return False
    if not all(
        before.children == one.children or _JOINS.issuperset(without_the_class(texts[before.until : one.first]))
        for before, one in itertools.pairwise(own)
    ):
        return False
    inside = [hit for hit in seen.hits if clause.first <= hit.first < clause.until]
    told = {at for hit in inside if _is_told(hit) for at in range(hit.first, hit.until)}
    if any(hit.tag in _NO_ILLNESS and told.isdisjoint(range(hit.first, hit.until)) for hit in inside):
        return False  # "is not well" is no word of being well
    rest = [texts[at] for at in range(clause.first, clause.until) if at not in told]
    return _OVER.isdisjoint(rest) and any(_stands_behind(seen, own[-1], hit) for hit in inside)


def are_plainly_late(seen: Reading, clause: Clause, own: Sequence[Named]) -> bool:
    """ "Ann missed the bus but is on her way", and no word of a reason for which she stays away."""
    texts = seen.words.texts
    if len(own) != 1 or "?" in texts[clause.first : clause.until]:
        return False
    inside = [hit for hit in seen.hits if clause.first <= hit.first < clause.until]
    late = [hit for hit in inside if hit.tag == "kind:late" and not _LATE.isdisjoint(texts[hit.first : hit.until])]
    within = {at for hit in late for at in range(hit.first, hit.until)}
    away = [hit for hit in inside if hit.tag == "kind:absent" or hit.tag.endswith(":strong")]
    if any(within.isdisjoint(range(hit.first, hit.until)) for hit in away):
        return False
    return any(_COMING.issuperset(texts[own[0].until : hit.first]) and hit.first >= own[0].until for hit in late)


def _is_turned(texts: Sequence[str], own: Sequence[Named], behind: Sequence[Clause]) -> bool:
    """Whether a "but" follows that is not about another child."""
    if not behind or texts[behind[0].first] not in TURNS:
        return False
    only_but = behind[0].until - behind[0].first == 1
    others = set(behind[-1].children if only_but else behind[0].children)
    return not others or not others.isdisjoint(ids_of(own))


def _is_told(hit: Hit) -> bool:
    return hit.tag.startswith("why:I:") or hit.tag == "kind:absent"


def _stands_behind(seen: Reading, named: Named, hit: Hit) -> bool:
    """Whether an illness stands right behind a name, but for small words, or for "off with"."""
    if not hit.tag.startswith("why:I:") or hit.tag.endswith(":weak"):
        return False
    start = behind_family_name(named, seen.message.children, seen.words.texts)
    between = seen.words.texts[start : hit.first]
    return hit.first >= start and all(text in _SMALL or _CLASS.fullmatch(text) for text in between)
