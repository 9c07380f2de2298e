"""Why: words -> the code to propose, with negation, what is past, and whose illness it is."""

# ruff: noqa: E501 - a few sentences and word sets are longer than a line.

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.understanding.children.named import Who
from bot.understanding.children.pupil import writes_itself
from bot.understanding.data import table
from bot.understanding.reasons.aside import (
    ASIDE,
    UNLESS_ILL,
    close_wedding,
    specific,
    timed,
    wedding_away,
    worth,
)
from bot.understanding.reasons.between import weigh_together
from bot.understanding.reasons.whose import anothers, subject_of
from bot.understanding.words.normalise import STOPS, Words
from bot.understanding.words.phrases import Hit
from bot.understanding.words.signals import WEIGHTS

_DATED = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday easter christmas eid".split()
)
#: Going or being away; who is still somewhere; and names that are no place's.
_GOES = frozenset("off leave land driving drive away going travelling travel flying visit visiting".split())
_STAYS = frozenset("are still stuck".split())
_NO_PLACE = frozenset("school year mr mrs miss reception p a".split())
_DEAD = frozenset("died dead dies".split())
_THINGS = frozenset("car phone battery alarm van boiler laptop engine bus tyre".split())
_GRAVE = frozenset(
    "hospital dying critical seriously ambulance hospice very intensive stroke operation op surgery out".split()
)
_NEGATIONS = frozenset(("not", "no", "never", "isnt", "nobody", "nothing"))
_WHOM = frozenset("he she they it i we his her their".split())
#: With one of these a pupil writes ("from Ned", "hi miss").
_A_PUPILS = frozenset("mum dad from miss sir".split())
#: With one of these the child is ill as well: "I have covid and so does she".
_TOGETHER = frozenset(("both", "too", "also", "we", "us", "either", "everyone"))
_SO_IS = frozenset((("so", "is"), ("so", "has"), ("so", "does"), ("as", "well"), ("off", "me"), ("from", "me")))
#: "Sick of it", "you make me sick": words of an illness, or of a mood, that are no reason.
WEARY = "kind:weary"
#: Two reasons as near as this are even: neither is recorded without asking.
EVEN = 0.97


@dataclass(slots=True)
class Why:
    """The code to propose and how sure; `hits` are the words that count."""

    code: str | None = None
    certainty: float = 0.0
    hits: list[Hit] = field(default_factory=list)
    scores: dict[str, float] = field(default_factory=dict)
    anothers: bool = False
    """An illness is told of the writer or of a relative, and none of the child."""


def _kin() -> frozenset[str]:
    sets = table("people.toml")["sets"]
    return frozenset((*sets["kin"], *sets["siblings"], *sets["helpers"]))


@dataclass(frozen=True, slots=True)
class _People:
    """Who is spoken of: the words for relatives, where the children are named, and whether a pupil seems to write."""

    kin: frozenset[str]
    children_at: frozenset[int]
    pupil: bool


def read_why(
    words: Words,
    who: Who,
    hits: Sequence[Hit],
    ranges: Sequence[tuple[int, int]],
    not_theirs: frozenset[str] = frozenset(),
) -> Why:
    """Weigh the reasons found in the word ranges of one group of clauses."""
    why = Why()
    texts, people = words.texts, _people(words, who, hits)
    scores: dict[str, float] = defaultdict(float)
    over = False
    for hit, said in _told(texts, _in_place(hits, ranges, people.children_at)):
        counts = worth(texts, hit, said[0], people.kin)
        if not counts:
            continue
        over = over or counts == UNLESS_ILL
        code, weight = said[0], said[1] * counts
        if code == "M" and counts > 0.9 and weight < 3.0 and timed(texts, hit):
            weight = 3.0
        subject = subject_of(texts, hit, people.kin, people.children_at)
        if code == "I" and not_theirs & set(texts[max(0, hit.first - 2) : hit.first]):
            continue
        if subject == "speaker" and people.pupil:
            subject = "child"
        if code == "Y5" and subject != "child":
            continue
        why.anothers = why.anothers or (code == "I" and subject != "child")
        code, weight = _as_theirs(texts, hit, subject, people, (code, weight))
        if code == "I" and _over(texts, hit):
            weight *= 0.5
        scores[code] = max(scores[code], weight) + min(scores[code], weight) * 0.35
        why.hits.append(hit)
    _go_away(scores, words, over)
    weigh_together(scores, texts)
    _choose(scores, why)
    alike = not _TOGETHER.isdisjoint(texts) or any(pair in _SO_IS for pair in itertools.pairwise(texts))
    why.anothers = why.anothers and not scores.get("I") and not alike
    return why


def _people(words: Words, who: Who, hits: Sequence[Hit]) -> _People:
    kin = _kin()
    pupil = any(hit.tag == "kind:pupil" for hit in hits) and any(text in _A_PUPILS for text in words.texts)
    children_at = frozenset(n for named in who.named for n in range(named.first, named.until))
    return _People(kin, children_at, pupil or writes_itself(words.texts, who, kin))


def _in_place(hits: Sequence[Hit], ranges: Sequence[tuple[int, int]], children_at: frozenset[int]) -> list[Hit]:
    """The reasons within the ranges, the longest phrase of each code at each word; no child's name, no mood."""
    best: dict[tuple[int, str], Hit] = {}
    weary = [hit for hit in hits if hit.tag == WEARY]
    for hit in hits:
        if not hit.tag.startswith("why:") or not any(a <= hit.first and hit.until <= b for a, b in ranges):
            continue
        if hit.until - hit.first == 1 and hit.first in children_at:
            continue
        if any(one.first <= hit.first < one.until for one in weary):
            continue
        key = (hit.first, hit.tag.split(":")[1])
        if key not in best or best[key].until < hit.until:
            best[key] = hit
    return sorted(specific(list(best.values())), key=lambda hit: (hit.first, -hit.until))


def _told(texts: list[str], chosen: Sequence[Hit]) -> Iterator[tuple[Hit, tuple[str, float]]]:
    """Each reason that is not denied, with its code and its weight; in order of their first words."""
    covered: dict[str, int] = defaultdict(int)
    for hit in chosen:
        _, code, strength = hit.tag.split(":")
        if hit.until <= covered[code]:  # inside an earlier phrase of the same reason
            continue
        covered[code] = hit.until
        if texts[hit.first] in _DEAD and _THINGS & set(texts[max(0, hit.first - 3) : hit.first]):
            continue
        if not _negated(texts, hit):
            yield hit, (code, WEIGHTS[strength] + 0.35 * (hit.until - hit.first - 1))


def _as_theirs(texts: list[str], hit: Hit, subject: str, people: _People, said: tuple[str, float]) -> tuple[str, float]:
    """Code and weight as `said`, or what another's illness or appointment is for the child."""
    code, weight = said
    if code == "I" and subject != "child":
        grave = any(word in texts[max(0, hit.first - 5) : hit.until + 5] for word in _GRAVE)
        return ("C", max(weight, 3.0)) if subject == "kin" and grave else ("O", weight * 0.9)
    if code != "M":
        return said
    if anothers(texts, hit, people.kin, people.children_at):
        return "O", max(weight, 3.0)
    if subject != "child" and not people.kin.isdisjoint(texts[max(0, hit.first - 4) : hit.first]):
        in_hospital = "hospital" in texts[hit.first : hit.until + 1] and "appointment" not in texts
        return "C" if in_hospital else "O", weight * 0.7
    return said


def _go_away(scores: dict[str, float], words: Words, over: bool) -> None:
    """What a journey changes: a place that is named is one, and a close wedding somewhere else is more than its day."""
    if not scores.get("G") and _place_ahead(words):
        scores["G"] += 2.2
    if over and scores.get("I", 0.0) >= 2.9:
        scores["M"] *= ASIDE
    if scores.get("C") and wedding_away(words.texts, close_wedding(words.texts)):
        scores["G"] = max(scores["G"], scores.pop("C")) + 0.5


def _choose(scores: dict[str, float], why: Why) -> None:
    """The heaviest code, and how sure it is by its weight and by that of the next."""
    ranked = sorted(scores.items(), key=lambda row: -row[1])
    why.scores = dict(ranked)
    if not ranked or ranked[0][1] <= 0:
        return
    why.code, weight = ranked[0]
    if len(ranked) == 1:
        several = len(why.hits) > 1 and why.code == "I"
        why.certainty = 0.93 if weight >= 3 else 0.8 if weight >= 1.9 else 0.6 if several else 0.45
        return
    second = ranked[1][1]
    margin = weight / (weight + second)
    why.certainty = min(0.95, 0.35 + margin * 0.7 if weight >= 2 else 0.5)
    if second >= EVEN * weight:
        why.certainty = min(why.certainty, 0.45)


def _place_ahead(words: Words) -> bool:
    """ "Away with his dad in Dublin": going or being away, and a place's name that no list has to know."""
    texts = words.texts
    if words.shouting:
        return False
    goes = not _GOES.isdisjoint(texts)
    return any(
        texts[n - 1] in ("in", "to")
        and words.words[n].capital
        and (goes or texts[n - 2] in _STAYS)
        and texts[n] not in _DATED
        and texts[n] not in _NO_PLACE
        and texts[n + 1 : n + 2] != ["'s"]
        and not texts[n].isdigit()
        for n in range(2, len(texts))
    )


def _negated(texts: list[str], hit: Hit) -> bool:
    if any(word in _NEGATIONS for word in hit.phrase.split()) or "not" in hit.phrase:
        return False
    if {"stop", "stopped", "stopping", "only", "just"} & set(texts[max(0, hit.first - 3) : hit.first]):
        return False
    for number in range(hit.first - 1, max(-1, hit.first - 4), -1):
        if texts[number] in STOPS or texts[number] in (",", "but", "because", "so", "and"):
            return False
        if texts[number] == "no" and texts[number + 1 : number + 2] and texts[number + 1] in _WHOM:
            return False  # "no, he is suspended"
        if texts[number] in _NEGATIONS:
            return not (
                number + 1 < len(texts) and texts[number + 1] in ("in", "at", "coming", "only", "just", "sure", "been")
            )
    return False


def _over(texts: list[str], hit: Hit) -> bool:
    before = texts[max(0, hit.first - 3) : hit.first]
    over = {"better", "fine", "ok", "okay", "recovered", "normal", "himself", "herself", "gone"} & set(texts)
    return bool(over) and ("was" in before or "were" in before)
