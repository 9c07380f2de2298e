"""Groups: which children a message reports on, and which parts of the text are about which of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.understanding.clauses import TURNS, Clause, only_owner
from bot.understanding.counted import UNNAMED
from bot.understanding.evidence import Reading
from bot.understanding.learned.children import several_meant, weigh_children
from bot.understanding.named import Named, ids_of

#: A no before a name, in the languages of most families whose answers to "Which child?" we have to read.
_NOT = frozenset("not nie nicht nao nu ne".split())
_KNOWS, _NOTHING = frozenset(("know", "idea", "sure", "heard")), frozenset(("not", "no", "nothing"))
_THEIRS = frozenset("he she his her him".split())
#: What stands before the one child that is meant, and words that say that there are others as well.
_ONLY = (["only"], ["just"], ["meant"])
_IT_IS = (["it", "is"], ["it", "was"], ["should", "be"])
_TOO = frozenset("both too also same either neither likewise".split())
#: From this probability on a child of several is reported on.
_REPORTED = 0.5
#: Where nobody is that likely, one who is named is meant from this probability on.
_NOT_UNLIKELY = 0.2
#: How sure it is that "she" is the child that we asked about, beside a name that is on no list.
_ASKED_ABOUT = 0.75
#: From this certainty on a name means a child of the list.
_CLEAR = 0.5


@dataclass(frozen=True, slots=True)
class Group:
    """Children that share what is said; `parts` are the word ranges about them (all, for one group)."""

    children: tuple[str, ...]
    parts: tuple[tuple[int, int], ...]


def children_meant(
    seen: Reading, tokens: Sequence[str], clauses: Sequence[Clause], intent: str
) -> tuple[tuple[str, ...], float]:
    """The children that the message reports on, and how sure the least sure of them is; none: it cannot be known."""
    listed = seen.message.children
    if len(listed) < 2:
        return _only_child(seen, clauses)
    if seen.who.strangers and not any(named.certainty >= _CLEAR for named in seen.who.named):
        return (), 0.3  # a name that is on no list is not silently one that is
    if any(one.how == "counted" and one.certainty <= UNNAMED for one in seen.who.named):
        return (), UNNAMED  # "one of the girls"
    if len(same := _same_for(seen)) > 1:
        return same, 0.9
    if right := _put_right(seen, clauses):
        return right, 0.9
    if other := _left_over(seen):
        return other, 0.9
    chances = weigh_children(seen, tokens, clauses, intent)
    named = set(ids_of(seen.who.named))
    if named and not several_meant(seen):  # one is named: nobody else is meant, whomever we asked about
        chances = {child: part if child in named else 0.0 for child, part in chances.items()}
    well = _said_to_be_well(seen) if intent == "absence" else set[str]()
    chances |= dict.fromkeys(_taken_back(seen) | _unknown(seen) | well, 0.0)
    sure = min(max(part, 1 - part) for part in chances.values())
    meant = tuple(child for child, part in chances.items() if part >= _REPORTED)
    pool = named - _drafted(seen) or named
    likely = max((child for child in chances if child in pool), key=lambda child: chances[child], default=None)
    corrects = seen.message.asked is not None and seen.message.asked.kind == "confirm"
    if not meant and likely is not None and (corrects or chances[likely] >= _NOT_UNLIKELY):
        return (likely,), sure  # somebody is named: it is hardly nobody
    if not meant and (asked := _asked_about(seen, named)):
        return asked, _ASKED_ABOUT
    return meant, sure


def _asked_about(seen: Reading, named: set[str]) -> tuple[str, ...]:
    """ "She has a splinter. Ned is in": the child that we asked about, where another one is named to be well."""
    asked = seen.message.asked
    return tuple(child for child in asked.about if child not in named) if asked is not None else ()


def _taken_back(seen: Reading) -> set[str]:
    """ "Not Tom, Ella", "Tom no, Ella": the children that are denied, where another one is named without."""
    denied = _denied(seen)
    return denied if set(ids_of(seen.who.named)) - denied else set()


def _said_to_be_well(seen: Reading) -> set[str]:
    """ "No, Tobias is fine, just her": he is not away."""
    texts = seen.words.texts
    return {
        child
        for one in seen.who.named
        if texts[one.until : one.until + 1] in (["is"], ["'s"])
        and texts[one.until + 1 : one.until + 2] in (["fine"], ["ok"], ["okay"], ["well"], ["alright"])
        and texts[one.until + 2 : one.until + 3] in ([], [","], ["."], ["!"], ["and"], ["just"], ["only"], ["thanks"])
        for child in one.children
    }


def _unknown(seen: Reading) -> set[str]:
    """ "Tess is ill, don't know about Vic": of Vic nothing is told."""
    texts = seen.words.texts
    return {
        child
        for one in seen.who.named
        if texts[max(0, one.first - 1) : one.first] == ["about"]
        and not _KNOWS.isdisjoint(texts[max(0, one.first - 3) : one.first])
        and not _NOTHING.isdisjoint(texts[max(0, one.first - 5) : one.first])
        for child in one.children
    }


def _denied(seen: Reading) -> set[str]:
    texts = seen.words.texts
    return {
        child
        for one in seen.who.named
        if not _NOT.isdisjoint(texts[max(0, one.first - 1) : one.first])
        or texts[max(0, one.first - 2) : one.first] == ["not", "for"]
        or (texts[one.until : one.until + 2] == ["no", ","] and not _drafted(seen).isdisjoint(one.children))
        for child in one.children
    }


def _left_over(seen: Reading) -> tuple[str, ...]:
    """ "Not Wiktor", in answer to "Which child?": the other one of two."""
    asked, listed = seen.message.asked, [child.id for child in seen.message.children]
    if asked is None or asked.kind != "child" or len(listed) != 2:
        return ()
    denied = _denied(seen)
    named = set(ids_of(seen.who.named))
    return tuple(child for child in listed if child not in denied) if named and named == denied else ()


def _put_right(seen: Reading, clauses: Sequence[Clause]) -> tuple[str, ...]:
    """ "It's Sophie who is ill, Emma has the plait", "only Ana goes", "Paul is well, Lena has the fever": the children
    of what we read back, put right where two of them are named; none where neither is chosen nor said to be well."""
    asked, texts = seen.message.asked, seen.words.texts
    named = [one for one in seen.who.named if one.certainty >= _CLEAR and len(one.children) == 1]
    if asked is None or asked.kind != "confirm" or len(set(ids_of(named))) < 2 or not _TOO.isdisjoint(texts):
        return ()
    chosen: list[Named] = []
    for one in named:
        alone = texts[one.first - 1 : one.first] in _ONLY or texts[max(0, one.first - 2) : one.first] in _IT_IS
        beside = chosen and chosen[-1].until == one.first - 1 and texts[one.first - 1] in ("and", "&", "+")
        if (alone and texts[one.until : one.until + 1] != ["'s"]) or beside:
            chosen.append(one)
    if chosen:
        return tuple(dict.fromkeys(ids_of(chosen)))
    well = {child for one in named if _well(one, clauses) for child in one.children}
    rest = tuple(child for child in dict.fromkeys(ids_of(named)) if child not in well)
    return rest if well & _drafted(seen) else ()


def _drafted(seen: Reading) -> set[str]:
    """The children of what we read back: one who is named in answer to it is rather another one."""
    asked = seen.message.asked
    return set(asked.draft.children) if asked is not None and asked.draft is not None else set()


def _same_for(seen: Reading) -> tuple[str, ...]:
    """ "Yes, and the same for his sister": the children of the draft, and those that are named beside them."""
    asked = seen.message.asked
    if asked is None or asked.draft is None or not (seen.signals.has("same") and seen.signals.has("confirm")):
        return ()
    named = [one for one in seen.who.named if one.certainty >= _CLEAR]
    return tuple(dict.fromkeys((*asked.draft.children, *ids_of(named))))


def _only_child(seen: Reading, clauses: Sequence[Clause]) -> tuple[tuple[str, ...], float]:
    """The one child of the list, unless the message is about another: "Tom's brother Jack is ill", "Tom is fine"."""
    ids = tuple(child.id for child in seen.message.children)
    clear = [named for named in seen.who.named if named.certainty >= _CLEAR]
    if seen.who.strangers:
        told = [named for named in clear if not only_owner(seen.words.texts, named, True) and not _well(named, clauses)]
        if told:
            return ids_of(told), min(named.certainty for named in told)
        return (ids, _ASKED_ABOUT) if seen.message.asked is not None and _said_so(seen) else ((), 0.3)
    if clear:
        return ids_of(clear), min(named.certainty for named in clear)
    return ids, 0.95


def _said_so(seen: Reading) -> bool:
    """Whether the child that we asked about is she in the answer, whoever is named: "she never got to Tia's"."""
    return not _THEIRS.isdisjoint(seen.words.texts)


def _well(named: Named, clauses: Sequence[Clause]) -> bool:
    return any(clause.well for clause in clauses if clause.first <= named.first < clause.until)


def read_groups(seen: Reading, clauses: Sequence[Clause], children: tuple[str, ...]) -> list[Group]:
    """The children in groups with the parts of the text that are about them; parts about nobody go to all."""
    whole = ((0, len(seen.words.texts)),)
    if len(children) < 2:
        return [Group(children, whole)]
    parts: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    shared: list[tuple[int, int]] = []
    last: tuple[str, ...] = ()
    for clause in clauses:
        ids = tuple(child for child in children if child in clause.children)
        place = (clause.first, clause.until)
        if ids:
            parts.setdefault(ids, []).append(place)
            last = ids
        elif last and (
            _turns_to_late(seen, clause) or not _THEIRS.isdisjoint(seen.words.texts[clause.first : clause.until])
        ):
            parts[last].append(place)
        elif not clause.children:
            shared.append(place)
    merged = _told_apart(parts)
    if len(merged) < 2:
        return [Group(children, whole)]
    left = tuple(child for child in children if all(child not in ids for ids in merged))
    groups = [Group(ids, tuple(sorted({*own, *shared}))) for ids, own in merged.items()]
    return [*groups, Group(left, whole)] if left else groups


def _turns_to_late(seen: Reading, clause: Clause) -> bool:
    """ "Ava is ill. Max is fine but running late, in by 9.30": the time is his and nobody else's."""
    if seen.words.texts[clause.first] not in TURNS or clause.children:
        return False
    return any(hit.tag == "kind:late" and clause.first <= hit.first < clause.until for hit in seen.hits)


def _told_apart(parts: dict[tuple[str, ...], list[tuple[int, int]]]) -> dict[tuple[str, ...], list[tuple[int, int]]]:
    """A group that holds another one ("both ... Mo") is told by the smaller ones where they cover it."""
    merged: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for ids, own in parts.items():
        inside = [other for other in parts if other != ids and set(other) < set(ids)]
        for other in inside:
            merged.setdefault(other, list(parts[other])).extend(own)
        rest = tuple(child for child in ids if all(child not in other for other in inside))
        if rest:
            merged.setdefault(rest, []).extend(own)
    return merged
