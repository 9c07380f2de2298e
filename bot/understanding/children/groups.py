"""Groups: which children a message reports on, and which parts of the text are about which of them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from bot.understanding.children.beside_school import only_misses_what_is_beside_school
from bot.understanding.children.chosen import CLEAR, children_chosen, denied, drafted, said_well
from bot.understanding.children.clauses import OTHERS, TURNS, Clause, is_off_too, is_seen_to, only_owner, so_too
from bot.understanding.children.counted import UNNAMED
from bot.understanding.children.had_before import had_before
from bot.understanding.children.named import Named, ids_of
from bot.understanding.children.one_of_several import one_is_told
from bot.understanding.children.plainly_told import are_plainly_ill, are_plainly_late, named_in, only_owners
from bot.understanding.children.recorded_alike import recorded_alike
from bot.understanding.children.told_in import told_in
from bot.understanding.evidence import Reading
from bot.understanding.learned.children import several_meant, weigh_children

_KNOWS, _NOTHING = frozenset(("know", "idea", "sure", "heard")), frozenset(("not", "no", "nothing"))
_ALL = frozenset(("they", "them", "both", "all", "we", "everyone"))
_RELATIVES = frozenset("aunt aunty auntie uncle nan nana gran grandma grandad mum dad mam carer childminder".split())
_THEIRS = frozenset("he she his her him".split())
#: How sure it is whom plain words choose.
_CHOSEN = 0.9
#: Where a child is that is neither in school nor ill: at work experience, suspended, at an interview, at a match.
_ELSEWHERE = frozenset(("W", "K", "E", "D", "J1", "C1", "C2", "P", "S"))
#: What begins a remark that takes a reason back, and words of what is over or to come.
_OVER = frozenset("was were had last yesterday not better if when after until ask says said reckons thinks".split())
#: What the first of two has had, and has no more.
_OVER_IT = frozenset("better fine recovered over back had was last yesterday passed".split())
#: From this probability on a child of several is reported on.
_REPORTED = 0.5
#: Where nobody is that likely, one who is named is meant from this probability on.
_NOT_UNLIKELY = 0.2
#: How sure it is that "she" is the child that we asked about, beside a name that is on no list.
_ASKED_ABOUT = 0.75


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
    if seen.who.strangers and not any(named.certainty >= CLEAR for named in seen.who.named):
        return (), 0.3  # a name that is on no list is not silently one that is
    if any(one.how == "counted" and one.certainty <= UNNAMED for one in seen.who.named):
        return (), UNNAMED  # "one of the girls"
    if chosen := children_chosen(seen, clauses, intent):
        return chosen, _CHOSEN
    if (told := one_is_told(seen, intent)) is not None:
        return told, (_CHOSEN if told else UNNAMED)
    if intent == "return" and (every := recorded_alike(seen)):
        return every, _CHOSEN
    chances = weigh_children(seen, tokens, clauses, intent)
    for before, one in itertools.pairwise(seen.who.named):
        told_of_one = len(before.children) == len(one.children) == 1 and not said_well(before, clauses)
        told_of_one = told_of_one and _OVER_IT.isdisjoint(seen.words.texts[before.until : one.first])
        if told_of_one and so_too(seen.words.texts, before.until, one):
            alike = max(chances[before.children[0]], chances[one.children[0]])
            chances |= {before.children[0]: alike, one.children[0]: alike}
    if intent in ("absence", "late"):
        chances |= {child: _CHOSEN for child in _told_for_itself(seen, clauses) if chances[child] < _CHOSEN}
    named = set(ids_of(seen.who.named))
    if named and not several_meant(seen):  # one is named: nobody else is meant, whomever we asked about
        chances = {child: part if child in named else 0.0 for child, part in chances.items()}
    if intent == "absence":
        chances |= dict.fromkeys(_with_the_one_asked_about(seen), _CHOSEN)
    well = set[str]()
    if intent == "absence":
        well = _said_to_be_well(seen) | _well_together(seen, clauses) | had_before(seen)
        well |= _only_comes_along(seen, clauses) | only_misses_what_is_beside_school(seen, clauses)
    chances |= dict.fromkeys(_taken_back(seen) | _unknown(seen) | _compared(seen) | only_owners(seen) | well, 0.0)
    inside = told_in(seen) if intent in ("absence", "late") else set[str]()
    if any(part >= _REPORTED for child, part in chances.items() if child not in inside):
        chances |= dict.fromkeys(inside, 0.0)
    sure = min(max(part, 1 - part) for part in chances.values())
    meant = tuple(child for child, part in chances.items() if part >= _REPORTED)
    pool = named - drafted(seen) or named
    likely = max((child for child in chances if child in pool), key=lambda child: chances[child], default=None)
    corrects = seen.message.asked is not None and seen.message.asked.kind == "confirm"
    if not meant and likely is not None and (corrects or chances[likely] >= _NOT_UNLIKELY):
        return (likely,), sure  # somebody is named: it is hardly nobody
    if not meant and (asked := _asked_about(seen, named)):
        return asked, _ASKED_ABOUT
    return meant, sure


def _with_the_one_asked_about(seen: Reading) -> tuple[str, ...]:
    """ "Sick bug. His sister is off too": the one whom we asked about, and nobody names, and the one who is off too."""
    asked, named = seen.message.asked, seen.who.named
    if asked is None or asked.kind not in ("absence", "reason") or len(asked.about) != 1 or len(named) != 1:
        return ()
    one = named[0]
    if len(one.children) != 1 or one.children == asked.about or not is_off_too(seen.words.texts, one):
        return ()
    return (*asked.about, *one.children)


def _asked_about(seen: Reading, named: set[str]) -> tuple[str, ...]:
    """ "She has a splinter. Ned is in": the child that we asked about, where another one is named to be well."""
    asked = seen.message.asked
    return tuple(child for child in asked.about if child not in named) if asked is not None else ()


def _taken_back(seen: Reading) -> set[str]:
    """ "Not Tom, Ella", "Tom no, Ella": the children that are denied, where another one is named without."""
    back = denied(seen)
    return back if set(ids_of(seen.who.named)) - back else set()


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


def _well_together(seen: Reading, clauses: Sequence[Clause]) -> set[str]:
    """ "Jess has the dentist tomorrow, Molly and Fran will be in all day": two who are named in one clause, and well,
    beside another one of whom something else is told."""
    told = {child for clause in clauses if not clause.well for child in clause.children}
    if not told:
        return set()
    if all(one.how == "pronoun" for one in seen.who.named):  # "she is fine to come in and he is poorly"
        return {child for clause in clauses if clause.well for child in clause.children} - told
    if seen.language:  # what is learned is of English words
        return {child for clause in clauses if clause.well for child in clause.children} - told
    by_name = {child for one in seen.who.named if _is_told_apart(seen, one) for child in one.children}
    return {
        child
        for clause in clauses
        if clause.well and len(clause.children) > 1 and by_name.issuperset(clause.children)
        for child in clause.children
        if told.isdisjoint(clause.children)
    }


def _only_comes_along(seen: Reading, clauses: Sequence[Clause]) -> set[str]:
    """ "Tom is ill today, both will be in tomorrow": of the other one, whom we neither miss nor hold a report of, no
    absence is told."""
    asked = seen.message.asked.about if seen.message.asked is not None else ()
    away = {*asked, *(child for report in seen.message.known for child in report.children)}
    out: set[str] = set()
    for clause in clauses:
        told = {child for other in clauses if other is not clause and not other.well for child in other.children}
        tags = {hit.tag for hit in seen.hits if clause.first <= hit.first < clause.until}
        reasons = any(tag == "kind:absent" or tag.startswith("why:") for tag in tags)
        if told and told < set(clause.children) and "kind:back" in tags and not reasons:
            out.update(child for child in clause.children if child not in told and child not in away)
    return out


def _is_told_apart(seen: Reading, one: Named) -> bool:
    """One child by its name, or "the other two", "the rest"."""
    return len(one.children) == 1 or not OTHERS.isdisjoint(seen.words.texts[one.first : one.until])


def _told_for_itself(seen: Reading, clauses: Sequence[Clause]) -> set[str]:
    """ "Holly sick Ivy sick", "Ned's on work experience this week", "I'll be late with Ike": plainly told of the child.

    Behind a "but", or beside a word of being well, it is weighed: "Ned has a cold but I'm sending him".
    """
    texts = seen.words.texts
    out: set[str] = set()
    for number, clause in enumerate(clauses):
        own = named_in(seen, clause)
        group = next((one for one in own if one.how == "son or daughter" and len(one.children) > 1), None)
        if group is not None and set(group.children).issuperset(ids_of(own)):
            own = [group]  # "the girls Ann and Bo"
        if are_plainly_ill(seen, clause, own, clauses[number + 1 : number + 3]) or are_plainly_late(seen, clause, own):
            out.update(ids_of(own))
        turned = clauses[number + 1 : number + 2] and texts[clauses[number + 1].first] in TURNS
        if len(own) != 1 or clause.well or turned:
            continue
        if own[0].how in ("counted", "age") and _stay(seen, clause, own[0]):
            out.update(own[0].children)
        if group is own[0] and _are_ill(seen, clause, group):
            out.update(group.children)
        if len(own[0].children) != 1:
            continue
        if own[0].how == "pronoun" and any(
            hit.tag[:4] == "why:" and hit.tag.endswith(":strong") and clause.first <= hit.first < clause.until
            for hit in seen.hits
        ):
            out.update(own[0].children)
        if seen.why.code == "M" and texts[own[0].first - 1 : own[0].first] == ["and"] and _on_its_day(seen, own[0]):
            out.update(own[0].children)
        if is_seen_to(texts, own[0]):
            out.update(own[0].children)
        late = texts[max(0, own[0].first - 2) : own[0].first] == ["late", "with"]
        if late or (own[0].first - clause.first <= 1 and _has_reason(seen, clause, own[0])):
            out.update(own[0].children)
    return out


def _on_its_day(seen: Reading, named: Named) -> bool:
    """ "Nora has the dentist today and Finn on Thursday", "and Finn at 9.45"."""
    at = named.until
    if seen.words.texts[at : at + 1] not in (["at"], ["on"]):
        return False
    starts = [mention.start for mention, _ in seen.days.roles] + [moment.start for moment, _ in seen.times.roles]
    return any(seen.words.word_at(start) in (at, at + 1) for start in starts)


def _stay(seen: Reading, clause: Clause, named: Named) -> bool:
    """ "The little ones are stopping with us today"."""
    inside = [hit for hit in seen.hits if named.until <= hit.first < clause.until]
    away = any(hit.tag == "kind:absent" for hit in inside)
    return away and not any(hit.tag in ("kind:fine", "kind:present") for hit in inside)


def _are_ill(seen: Reading, clause: Clause, named: Named) -> bool:
    """ "The girls are poorly", "both boys have a cold", and no word of being well or in school, or of another day."""
    inside = [hit for hit in seen.hits if clause.first <= hit.first < clause.until]
    ill = any(hit.tag.startswith("why:I:") and hit.first >= named.until for hit in inside)
    other = any(hit.tag in ("kind:fine", "kind:present", "kind:late") for hit in inside)
    words = seen.words.texts[clause.first : clause.until]
    return ill and not other and "over" not in words and _OVER.isdisjoint(words)


def _has_reason(seen: Reading, clause: Clause, named: Named) -> bool:
    """Whether a reason stands right behind the name, or where the child is, or why it is off."""
    words = seen.words.texts[clause.first : clause.until]
    inside = [hit for hit in seen.hits if clause.first <= hit.first < clause.until]
    if any(hit.tag in ("kind:fine", "kind:present", "kind:late") for hit in inside) or not _OVER.isdisjoint(words):
        return False
    reasons = [hit for hit in inside if hit.tag.startswith("why:") and hit.tag.endswith(":strong")]
    near = seen.words.texts[named.until : named.until + 1] != ["no"] and any(
        hit.tag.startswith("why:I:") and named.until <= hit.first <= named.until + 1 for hit in reasons
    )
    off = any(hit.tag == "kind:absent" and hit.phrase.startswith("off") for hit in inside)
    return near or (off and bool(reasons)) or any(hit.tag.split(":")[1] in _ELSEWHERE for hit in reasons)


def _compared(seen: Reading) -> set[str]:
    """ "Same as Luca yesterday, sick", of whom we asked about: of Luca nothing is told."""
    asked, texts = seen.message.asked, seen.words.texts
    if asked is None or asked.kind not in ("absence", "reason"):
        return set()
    return {
        child
        for one in seen.who.named
        if (texts[max(0, one.first - 2) : one.first] == ["same", "as"] or texts[one.first - 1 : one.first] == ["like"])
        and texts[one.until : one.until + 1] in (["yesterday"], ["last"], ["had"], ["did"], ["was"], ["on"])
        for child in one.children
        if child not in asked.about
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


def _only_child(seen: Reading, clauses: Sequence[Clause]) -> tuple[tuple[str, ...], float]:
    """The one child of the list, unless the message is about another: "Tom's brother Jack is ill", "Tom is fine"."""
    ids = tuple(child.id for child in seen.message.children)
    clear = [named for named in seen.who.named if named.certainty >= CLEAR]
    if seen.who.strangers:
        texts = seen.words.texts
        clear = [one for one in clear if _RELATIVES.isdisjoint(texts[one.until : one.until + 2])]  # "Tom's auntie here"
        told = [
            named for named in clear if not only_owner(seen.words.texts, named, True) and not said_well(named, clauses)
        ]
        if told:
            return ids_of(told), min(named.certainty for named in told)
        return (ids, _ASKED_ABOUT) if seen.message.asked is not None and _said_so(seen) else ((), 0.3)
    if clear:
        return ids_of(clear), min(named.certainty for named in clear)
    return ids, 0.95


def _said_so(seen: Reading) -> bool:
    """Whether the child that we asked about is she in the answer, whoever is named: "she never got to Tia's"."""
    return not _THEIRS.isdisjoint(seen.words.texts)


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
            not _THEIRS.isdisjoint(seen.words.texts[clause.first : clause.until]) or _late_after_all(seen, clause)
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


def _late_after_all(seen: Reading, clause: Clause) -> bool:
    """ "Nell is ill, Ike can come but I'll be late": late with the one named last."""
    texts = seen.words.texts
    late = any(hit.tag == "kind:late" and clause.first <= hit.first < clause.until for hit in seen.hits)
    return late and texts[clause.first] in TURNS and _ALL.isdisjoint(texts[clause.first : clause.until])


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
