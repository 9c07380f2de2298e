"""Why: words -> the code to propose, with negation, what is past, and whose illness it is."""

# ruff: noqa: E501 - a few sentences and word sets are longer than a line.

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.understanding.children.named import Who
from bot.understanding.children.pupil import writes_itself
from bot.understanding.data import table
from bot.understanding.reasons.aside import (
    ASIDE,
    UNLESS_ILL,
    anothers,
    close_wedding,
    specific,
    timed,
    wedding_away,
    worth,
)
from bot.understanding.words.normalise import STOPS, Words
from bot.understanding.words.phrases import Hit
from bot.understanding.words.signals import WEIGHTS

_DATED = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday easter christmas eid".split()
)
_BOOKED = frozenset(
    "clinic appointment appointments consultant physio dentist optician camhs therapy scan orthodontist".split()
)
_THINGS = frozenset("car phone battery alarm van boiler laptop engine bus tyre".split())
_GRAVE = frozenset(
    "hospital dying critical seriously ambulance hospice very intensive stroke operation op surgery out".split()
)
_NEGATIONS = frozenset(("not", "no", "never", "isnt", "nobody", "nothing"))
_BODY = frozenset(
    "face head back arm leg eye eyes hand foot chest tooth knee waters blood mental health stomach own car".split()
)


_IN_THE_WRITERS_CARE = frozenset(
    "grandson granddaughter grandchild grandkid stepson stepdaughter godson goddaughter".split()
)
_A_CHILD = (["child"], ["boy"], ["girl"], ["lad"], ["son"], ["daughter"], ["kid"], ["little"], ["one"], ["bunny"])
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


def read_why(
    words: Words,
    who: Who,
    hits: Sequence[Hit],
    ranges: Sequence[tuple[int, int]],
    not_theirs: frozenset[str] = frozenset(),
) -> Why:
    """Weigh the reasons found in the word ranges of one group of clauses."""
    why = Why()
    texts = words.texts
    kin = _kin()
    children_at = {n for named in who.named for n in range(named.first, named.until)}
    pupil = any(hit.tag == "kind:pupil" for hit in hits) and any(
        text in ("mum", "dad", "from", "miss", "sir") for text in texts
    )
    pupil = pupil or writes_itself(texts, who, kin)
    best: dict[tuple[int, str], Hit] = {}
    weary = [hit for hit in hits if hit.tag == WEARY]
    for hit in hits:
        if not hit.tag.startswith("why:") or not any(a <= hit.first and hit.until <= b for a, b in ranges):
            continue
        if any(n in children_at for n in range(hit.first, hit.until)) and hit.until - hit.first == 1:
            continue
        if any(one.first <= hit.first < one.until for one in weary):
            continue
        key = (hit.first, hit.tag.split(":")[1])
        if key not in best or best[key].until < hit.until:
            best[key] = hit
    chosen = sorted(specific(list(best.values())), key=lambda hit: (hit.first, -hit.until))
    covered: dict[str, int] = defaultdict(int)
    scores: dict[str, float] = defaultdict(float)
    over = False
    for hit in chosen:
        _, code, strength = hit.tag.split(":")
        if hit.until <= covered[code]:  # in order of their first words: inside an earlier phrase of the same reason
            continue
        covered[code] = hit.until
        if texts[hit.first] in ("died", "dead", "dies") and _THINGS & set(texts[max(0, hit.first - 3) : hit.first]):
            continue
        weight = WEIGHTS[strength] + 0.35 * (hit.until - hit.first - 1)
        if _negated(texts, hit):
            continue
        counts = worth(texts, hit, code, kin)
        if not counts:
            continue
        weight *= counts
        over = over or counts == UNLESS_ILL
        if code == "M" and counts > 0.9 and weight < 3.0 and timed(texts, hit):
            weight = 3.0
        subject = _subject(texts, hit, kin, children_at)
        if code == "I" and not_theirs & set(texts[max(0, hit.first - 2) : hit.first]):
            continue
        if subject == "speaker" and pupil:
            subject = "child"
        if code == "Y5" and subject != "child":
            continue
        if code == "I" and subject in ("kin", "speaker"):
            why.anothers = True
            grave = any(word in texts[max(0, hit.first - 5) : hit.until + 5] for word in _GRAVE)
            code, weight = ("C", max(weight, 3.0)) if subject == "kin" and grave else ("O", weight * 0.9)
        elif code == "M" and anothers(texts, hit, kin, children_at):
            code, weight = "O", max(weight, 3.0)
        elif (
            code == "M"
            and subject in ("kin", "speaker")
            and any(t in kin for t in texts[max(0, hit.first - 4) : hit.first])
        ):
            code, weight = (
                "C" if "hospital" in texts[hit.first : hit.until + 1] and "appointment" not in texts else "O",
                weight * 0.7,
            )
        if _over(texts, hit) and code == "I":
            weight *= 0.5
        scores[code] = max(scores[code], weight) + min(scores[code], weight) * 0.35
        why.hits.append(hit)
    if not scores.get("G") and _place_ahead(words):
        scores["G"] += 2.2
    if over and scores.get("I", 0.0) >= 2.9:
        scores["M"] *= ASIDE
    if scores.get("C") and wedding_away(texts, close_wedding(texts)):
        scores["G"] = max(scores["G"], scores.pop("C")) + 0.5
    _weigh(scores, texts, why)
    alike = not _TOGETHER.isdisjoint(texts) or any(pair in _SO_IS for pair in itertools.pairwise(texts))
    why.anothers = why.anothers and not scores.get("I") and not alike
    return why


def _place_ahead(words: Words) -> bool:
    """ "away with his dad in Dublin": going or being away, and a place's name that no list has to know."""
    texts = words.texts
    goes = {
        "off",
        "leave",
        "land",
        "driving",
        "drive",
        "away",
        "going",
        "travelling",
        "travel",
        "flying",
        "visit",
        "visiting",
    } & set(texts)
    if words.shouting:
        return False
    return any(
        (goes or texts[n - 2] in ("are", "still", "stuck")) and texts[n - 1] in ("in", "to") and words.words[n].capital and texts[n] not in _DATED and texts[n] not in ("school", "year", "mr", "mrs", "miss", "reception", "p", "a")
        and (n == len(texts) - 1 or texts[n + 1] != "'s") and not texts[n].isdigit()
        for n in range(2, len(texts))
    )  # fmt: skip


def _negated(texts: list[str], hit: Hit) -> bool:
    if any(word in _NEGATIONS for word in hit.phrase.split()) or "not" in hit.phrase:
        return False
    if {"stop", "stopped", "stopping", "only", "just"} & set(texts[max(0, hit.first - 3) : hit.first]):
        return False
    for number in range(hit.first - 1, max(-1, hit.first - 4), -1):
        if texts[number] in STOPS or texts[number] in (",", "but", "because", "so", "and"):
            return False
        if texts[number] in _NEGATIONS:
            return not (
                number + 1 < len(texts) and texts[number + 1] in ("in", "at", "coming", "only", "just", "sure", "been")
            )
    return False


def _over(texts: list[str], hit: Hit) -> bool:
    before = texts[max(0, hit.first - 3) : hit.first]
    over = {"better", "fine", "ok", "okay", "recovered", "normal", "himself", "herself", "gone"} & set(texts)
    return bool(over) and ("was" in before or "were" in before)


_AT, _TELLS = frozenset(("at", "with", "by", "to", "round")), frozenset(("who", "is", "has", "was", "had", "as"))


def _at_a_relatives(texts: list[str], at: int, until: int, kin: frozenset[str]) -> bool:
    """ "She is at my mum's with a cold": there, and it is not the mother who has it; "with my mum who is in hospital"."""
    there = at > 0 and texts[at - 1] in _AT and texts[at + 1 : at + 2] != [] and texts[at + 1] in kin
    return there and _TELLS.isdisjoint(texts[at + 2 : until])


def _subject(texts: list[str], hit: Hit, kin: frozenset[str], children_at: set[int]) -> str:
    """Whose it is: of the words before, the nearest person in the sentence: child, kin (the child's relative) or speaker."""
    if "myself" in texts[hit.until : hit.until + 2]:
        return "speaker"
    for number in range(hit.first - 1, max(-1, hit.first - 9), -1):
        text = texts[number]
        if text in STOPS:
            break
        if number in children_at or text in ("he", "she", "him", "son", "daughter", "they", "them"):
            return "child"
        if text in _IN_THE_WRITERS_CARE:  # a listed grandmother's is the child; beside a name it is another one
            return "child" if not children_at else "kin"
        if text == "her" and not (number + 1 < len(texts) and texts[number + 1] in kin):
            return "child"
        if (
            text in kin
            and "and" in texts[max(0, number - 3) : number]
            and children_at & set(range(max(0, number - 5), number))
        ):
            return "child"
        if text in kin and _owner_of_a_thing(texts, number, hit.first):
            continue
        if text in kin and {"with", "at", "by"} & set(texts[max(0, number - 2) : number]):
            continue
        if text in kin:
            after = texts[number + 1] if number + 1 < hit.first else ""
            if after in (
                "said",
                "says",
                "thinks",
                "took",
                "taking",
                "will",
                "and",
                "here",
                ",",
                "to",
                "is taking",
                "'s taking",
                "can",
                "has taken",
                "kept",
                "rang",
                "would",
            ):
                return "child"
            return "kin"
        if text == "my" and _at_a_relatives(texts, number, hit.first, kin):
            continue
        if text == "my" and number + 1 < len(texts) and (texts[number + 1] in _BODY or _is_mine(texts, number, hit)):
            return "speaker"
        if text == "i" and texts[max(0, number - 1)] == "and" and number - 2 in children_at:
            return "child"
        if (
            text == "i"
            and number + 1 < len(texts)
            and texts[number + 1] in ("am", "have", "was", "feel", "broke", "had")
        ):
            following = texts[number + 1 : hit.first]
            return (
                "speaker"
                if not {
                    "to",
                    "him",
                    "her",
                    "that",
                    "keeping",
                    "afraid",
                    "about",
                    "taking",
                    "kept",
                    "sure",
                    "taken",
                    "them",
                    ",",
                    "sorry",
                }
                & set(following)
                and ("a" not in following or _has_a(texts, hit))
                else "child"
            )
    return "child"


def _has_a(texts: list[str], hit: Hit) -> bool:
    """ "I've got a temperature", and not "I have a poorly girl"."""
    near = "a" in texts[max(0, hit.first - 2) : hit.first]
    return near and texts[hit.until : hit.until + 1] not in _A_CHILD


def _is_mine(texts: list[str], at: int, hit: Hit) -> bool:
    """ "My anxiety", "my depression is really bad", and not "my eldest is ill"."""
    between = texts[at + 1 : hit.first]
    if texts[at + 1] in _mine():
        return False
    return not between or (not {"is", "'s", "are", "has"}.isdisjoint(between) and _mine().isdisjoint(between))


def _mine() -> frozenset[str]:
    return frozenset(table("people.toml")["sets"]["mine"])


def _owner_of_a_thing(texts: list[str], at: int, until: int) -> bool:
    """ "broke her brother's phone and has a temperature": the brother is no longer spoken of."""
    return texts[at + 1 : at + 2] == ["'s"] and bool(
        {"and", "has", "have", "is", "was", "had", ",", "but", "so"} & set(texts[at + 3 : until])
    )


def _weigh(scores: dict[str, float], texts: list[str], why: Why) -> None:
    """Rules between codes that stand in one message; then the winner."""
    strong_illness = scores.get("I", 0.0) >= 3.0
    if scores.get("M", 0.0) >= 2.9 and scores.get("I", 0.0) <= 3.3 and _BOOKED & set(texts):
        scores["M"] += 0.3
    if strong_illness and scores.get("M", 0.0) and "N" in scores:
        scores["N"] *= 0.3
    if {"shattered", "knackered", "tired", "exhausted", "worn"} & set(texts) and scores.get("O", 0) >= 2.9:
        for code in ("P", "G", "V", "T", "B"):
            scores[code] = scores.get(code, 0.0) * 0.5
    if {"dentist", "dental", "orthodontist"} & set(texts) and {
        "tooth",
        "toothache",
        "teeth",
        "gum",
        "filling",
        "brace",
        "abscess",
    } & set(texts):
        scores["I"] = scores.get("I", 0.0) * 0.5
    if (
        scores.get("I")
        and scores.get("O")
        and {"lie", "lay", "sleep"} & set(texts)
        and {"as", "because", "since"} & set(texts)
    ):
        scores["O"] *= 0.4
    if strong_illness and 0 < scores.get("M", 0.0) < 2.9:
        scores["M"] *= 0.5
    for code in (
        "G",
        "M",
        "C",
        "E",
        "W",
        "V",
        "R",
        "J1",
        "C1",
        "T",
        "Y6",
        "Y7",
        "S",
        "K",
        "D",
        "P",
        "Y1",
        "Y2",
        "Y5",
        "B",
        "C2",
    ):
        if scores.get(code, 0) >= 3 and scores.get("O", 0):
            scores["O"] *= 0.6
        if code != "G" and scores.get(code, 0) >= 3 and scores.get("G", 0):
            scores["G"] *= 0.55 if code in ("T", "P", "V", "B", "W", "J1", "C1") else 0.9
        if scores.get(code, 0) >= 3 and scores.get("N", 0):
            scores["N"] *= 0.4
    if scores.get("I", 0) >= 3 and scores.get("N", 0):
        scores["N"] *= 0.5
    if scores.get("I", 0) >= 3 and scores.get("O", 0):
        scores["O"] *= 0.75
    ranked = sorted(scores.items(), key=lambda row: -row[1])
    why.scores = dict(ranked)
    if not ranked or ranked[0][1] <= 0:
        return
    why.code = ranked[0][0]
    if len(ranked) > 1:
        margin = ranked[0][1] / (ranked[0][1] + ranked[1][1])
        why.certainty = min(0.95, 0.35 + margin * 0.7 if ranked[0][1] >= 2 else 0.5)
        if ranked[1][1] >= EVEN * ranked[0][1]:
            why.certainty = min(why.certainty, 0.45)
    else:
        several = len(why.hits) > 1 and why.code == "I"
        why.certainty = 0.93 if ranked[0][1] >= 3 else 0.8 if ranked[0][1] >= 1.9 else 0.6 if several else 0.45
