"""Danger: a detector of its own over the whole message, whatever else it says; tuned for recall.

The words are in lexicon/danger.toml, by kind. A near miss takes away the terms that lie inside it or, of the same
kind, touch it. A context (a game, a match, a joke, what is long past, the law, neighbours) takes away the terms of
the kinds that it names in its sentence, never the sure ones. A hint counts when it meets another one. Signs (somebody,
an injury, fear, a secret, a gift) are nothing by themselves; the list of pairs says which of them together are danger.
Somebody who is in a hospital, well or home again is no matter of minutes; a pupil of 15 may be alone at home.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.understanding.data import table
from bot.understanding.unease import uneasy
from bot.understanding.words.phrases import STOPS, Hit

#: Kinds that are urgent by themselves, and a context that makes any danger urgent.
_PRESSING, _HASTE = frozenset(("self_harm",)), "haste"
#: What is no longer a matter of minutes, by the context that says so: who is in a hospital or well, who is home again.
_TENDED = {"safe": frozenset(("self_harm", "life", "missing")), "home": frozenset(("missing", "taken", "collected"))}
#: Being alone at home is no danger for pupils of this year and above (15 and older).
_OLD_ENOUGH, _ALONE = 11, "alone"
#: With more danger phrases than this, only the first few places of each phrase are weighed.
_MANY, _FEW = 60, 3


@dataclass(frozen=True, slots=True)
class Danger:
    """What was heard: whether a person must read it, whether before the next school morning, and in which words."""

    safeguarding: bool
    now: bool
    hits: tuple[Hit, ...] = ()


@lru_cache(maxsize=1)
def _contexts() -> dict[str, dict[str, Any]]:
    return dict(table("danger.toml")["context"])


@lru_cache(maxsize=1)
def _agents() -> frozenset[str]:
    sets = table("danger.toml")["sets"]
    return frozenset(sets["grown"]) | frozenset(sets["people"])


@lru_cache(maxsize=1)
def _pairs() -> tuple[tuple[tuple[str, ...], frozenset[str], str, str, bool], ...]:
    """Each pair: the signs, the same as a set, the kind of danger, its part, and whether the whole message counts."""
    return tuple(
        (
            tuple(pair["all"]),
            frozenset(pair["all"]),
            pair["kind"],
            "now" if pair.get("now") else "pair",
            pair.get("reach") == "message",
        )
        for pair in table("danger.toml")["pairs"]
    )


def read_danger(hits: Sequence[Hit], texts: Sequence[str], years: Sequence[int] = ()) -> Danger:
    """Judge the danger phrases among all hits. `texts` are the message's words, `years` the listed children's years.

    With all of them old enough, being alone at home is no danger; without `years` only the text can say how old.
    """
    told = [hit for hit in hits if hit.tag.startswith("danger:")]
    stops = [number for number, text in enumerate(texts) if text in STOPS]
    told += _paired([hit for hit in hits if hit.tag.startswith("sign:")], stops)
    if len(told) > _MANY:
        told = _few_of_each(told)
    near = [hit for hit in told if hit.tag.endswith(":near")]
    if years and min(years) >= _OLD_ENOUGH:
        told = [hit for hit in told if not hit.tag.startswith(f"danger:{_ALONE}:") or hit.tag.endswith(":sure")]
    around = [hit for hit in hits if hit.tag.startswith("context:")][:_MANY]
    told = [
        hit
        for hit in told
        if not hit.tag.endswith(":near") and not _missed(hit, near, texts) and not _softened(hit, around, stops, texts)
    ]
    plain = [hit for hit in told if not hit.tag.endswith(":hint")]
    hints = [hit for hit in told if hit.tag.endswith(":hint")]
    if not plain and not _meet(hints):
        vague = uneasy([hit for hit in hits if not (hit.tag.startswith("field:") and _inside(hit, near))])
        return Danger(bool(vague), False, vague)
    return Danger(True, _is_now(plain, around), tuple(plain or hints))


def _few_of_each(hits: Sequence[Hit]) -> list[Hit]:
    """The first few places of each phrase: a text that repeats itself is not read for longer than it is worth."""
    counts: dict[tuple[str, str], int] = {}
    kept = []
    for hit in hits:
        key = (hit.tag, hit.phrase)
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= _FEW:
            kept.append(hit)
    return kept


def _paired(signs: Sequence[Hit], stops: Sequence[int]) -> list[Hit]:
    """The pairs whose signs all stand in one sentence, or in the message where the pair reaches so far."""
    everywhere: dict[str, list[Hit]] = {}
    by_sentence: dict[int, dict[str, list[Hit]]] = {}
    for hit in signs:
        name = hit.tag[5:]
        everywhere.setdefault(name, []).append(hit)
        by_sentence.setdefault(bisect_right(stops, hit.first), {}).setdefault(name, []).append(hit)
    found = []
    for names, needed, kind, part, far in _pairs():
        if not everywhere.keys() >= needed:
            continue
        for place in (everywhere,) if far else by_sentence.values():
            chosen = _apart([place[name] for name in names]) if place.keys() >= needed else ()
            if chosen:
                first, until = min(hit.first for hit in chosen), max(hit.until for hit in chosen)
                found.append(Hit(f"danger:{kind}:{part}", first, until, " + ".join(names)))
    return found


def _apart(choices: Sequence[Sequence[Hit]]) -> list[Hit]:
    """One hit of each list, none inside another; empty when there is no such choice."""
    chosen: list[Hit] = []
    for hits in choices:
        free = next((hit for hit in hits if all(hit.until <= c.first or c.until <= hit.first for c in chosen)), None)
        if free is None:
            return []
        chosen.append(free)
    return chosen


def _inside(hit: Hit, near: Sequence[Hit]) -> bool:
    return any(miss.first <= hit.first and hit.until <= miss.until for miss in near)


def _missed(hit: Hit, near: Sequence[Hit], texts: Sequence[str]) -> bool:
    """True when a near miss covers the term, or touches it, is of the same kind, and nobody before it does it."""
    kind = hit.tag.split(":")[1]
    sure = hit.tag.endswith((":sure", ":pair"))
    if _inside(hit, near):
        return True
    for miss in near:
        touching = miss.first < hit.until and hit.first < miss.until and miss.tag.split(":")[1] == kind
        if touching and not sure and _agents().isdisjoint(texts[hit.first : miss.first]):
            return True
    return False


def _softened(hit: Hit, around: Sequence[Hit], stops: Sequence[int], texts: Sequence[str]) -> bool:
    """True when a context in its reach takes danger of this kind away."""
    _, kind, part = hit.tag.split(":")
    if part == "sure":
        return False
    sentence = bisect_right(stops, hit.first)
    for other in around:
        context = _contexts()[other.tag[8:]]
        if kind not in context.get("takes", ()):
            continue
        if context.get("reach") != "message" and bisect_right(stops, other.first) != sentence:
            continue
        if (
            part != "pair"
            and context.get("unless") == "agent"
            and not _agents().isdisjoint(texts[hit.first : hit.until])
        ):
            continue
        return True
    return False


def _meet(hints: Sequence[Hit]) -> bool:
    """Two hints in different words of the message are as good as a term."""
    first = min((hit.until for hit in hints), default=0)
    return any(hit.first >= first for hit in hints) and len({hit.phrase for hit in hints}) > 1


def _is_now(plain: Sequence[Hit], around: Sequence[Hit]) -> bool:
    names = {hit.tag[8:] for hit in around}
    if _HASTE in names:
        return bool(plain)
    tended = frozenset[str]().union(*(kinds for name, kinds in _TENDED.items() if name in names))
    return any(kind not in tended and (kind in _PRESSING or part == "now") for kind, part in map(_kind_and_part, plain))


def _kind_and_part(hit: Hit) -> tuple[str, str]:
    _, kind, part = hit.tag.split(":")
    return kind, part
