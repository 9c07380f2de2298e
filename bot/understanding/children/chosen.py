"""Chosen: the children that words choose by themselves, before anything is weighed.

An answer to what we asked or read back, a name that the writer puts in place of another one, and the rest of the
family where one child is said to be the only one who comes.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from bot.understanding.children.clauses import Clause
from bot.understanding.children.named import Named, ids_of
from bot.understanding.evidence import Reading
from bot.understanding.values import Child
from bot.understanding.words.normalise import STOPS

#: A no before a name, in the languages of most families whose answers to "Which child?" we have to read.
_NOT = frozenset("not nie nicht nao nu ne pas non".split())
#: What stands before the one child that is meant, and words that say that there are others as well.
_ONLY = (["only"], ["just"], ["meant"])
_IT_IS = (["it", "is"], ["it", "was"], ["should", "be"])
_TOO = frozenset("both too also same either neither likewise".split())
_AND = frozenset(("and", "&", "+", "plus"))
#: From this certainty on a name means a child of the list.
CLEAR = 0.5
#: So many words tell of more than why a child is away.
AT_LENGTH = 90
#: "It's the other one", "wrong twin": the child that we did not read back; not "the other one is fine".
_ONE = frozenset(("one", "1", "twin", "child", "kid"))
_FINE = frozenset("fine ok okay well in alright good here there at coming going".split())
#: What may stand before the name with which somebody answers.
_LEADS_IN = frozenset("it is that 's for just only sorry hi hello hey good morning afternoon oh , . !".split())
_MIXED = frozenset("mixed mixing muddled muddling confused confusing swapped wrong".split())
#: With these a writer puts another name in place of the one just written.
_SLIP = frozenset("sorry oops whoops no wait actually correction apologies".split())
_MEAN, _THAT_IS = frozenset(("mean", "meant")), (["that", "is"], ["it", "is"], ["this", "is"], ["that", "was"])
#: "The only one I can send", "the only one well": whoever is named so comes to school, and none of the others.
_COMES = frozenset("send sending coming in fit well ok okay fine going escaped standing healthy able go come".split())
_AWAY = frozenset("off ill sick poorly unwell not home absent away with affected".split())
_SPARED = frozenset("lucky escaped dodged avoided survived spared".split())
_OF = (["out", "of"], ["of"], ["of", "the"], ["of", "my"], ["out", "of", "the"], ["of", "our"], ["out", "of", "my"])


def children_chosen(seen: Reading, clauses: Sequence[Clause], intent: str) -> tuple[str, ...]:
    """The children that plain words choose; none where it has to be weighed."""
    if len(same := _same_for(seen, clauses)) > 1:
        return same
    if other := the_other(seen):
        return (other,)
    rules = (
        _put_right(seen, clauses),
        _kept(seen, clauses),
        _left_over(seen),
        fewer(seen),
        _all_listed(seen),
        _answered_first(seen),
        _mixed_up(seen),
        _meant_instead(seen),
    )
    chosen = next((children for children in rules if children), ()) or _named_at_length(seen)
    return chosen or (
        _excepted(seen, clauses) or _the_rest(seen, clauses) or _only_one_off(seen, clauses)
        if intent == "absence"
        else ()
    )


def _named_at_length(seen: Reading) -> tuple[str, ...]:
    """Of a hundred words most are about something else: the one child that is named in them, and no other, is meant."""
    named = {one.children for one in seen.who.named if one.certainty >= CLEAR}
    only = next(iter(named), ()) if len(named) == 1 and len(seen.words.texts) >= AT_LENGTH else ()
    return only if len(only) == 1 and any(one.how == "name" for one in seen.who.named) else ()


def drafted(seen: Reading) -> set[str]:
    """The children of what we read back: one who is named in answer to it is rather another one."""
    asked = seen.message.asked
    return set(asked.draft.children) if asked is not None and asked.draft is not None else set()


def denied(seen: Reading) -> set[str]:
    """ "Not Tom", "Tom no": the children that are taken back."""
    texts = seen.words.texts
    return {
        child
        for one in seen.who.named
        if not _NOT.isdisjoint(texts[max(0, one.first - 1) : one.first])
        or texts[max(0, one.first - 2) : one.first] == ["not", "for"]
        or (texts[one.until : one.until + 2] == ["no", ","] and not drafted(seen).isdisjoint(one.children))
        for child in one.children
    }


def said_well(named: Named, clauses: Sequence[Clause]) -> bool:
    """Whether the words about a child say that it is well, or in school."""
    return any(clause.well for clause in clauses if clause.first <= named.first < clause.until)


def the_other(seen: Reading) -> str:
    """ "No, it's the other one", "wrong twin", to what we read back: the child that it was not about, or nothing."""
    asked, texts = seen.message.asked, seen.words.texts
    told = drafted(seen)
    if asked is None or asked.kind != "confirm" or len(told) != 1 or _TOO & set(texts):
        return ""
    if any(one.certainty >= CLEAR and one.how not in ("all", "the others") for one in seen.who.named):
        return ""
    for at in range(len(texts) - 1):
        said = texts[at] in ("other", "wrong") and texts[at + 1] in _ONE
        behind = texts[at + 2 : at + 5]
        ends = texts[at] == "other" or not behind or behind[0] in STOPS or behind[0] in (",", "it")
        if said and ends and not (behind[:1] in (["is"], ["'s"]) and not _FINE.isdisjoint(behind)):
            return _beside(seen.message.children, next(iter(told)), texts[at + 1] == "twin")
    return ""


def _beside(children: Sequence[Child], told: str, twin: bool) -> str:
    """The only other child, or the only one of the same year."""
    others = [child for child in children if child.id != told]
    if len(others) > 1 and twin:
        year = next((child.year for child in children if child.id == told), None)
        others = [child for child in others if child.year == year]
    return others[0].id if len(others) == 1 else ""


def _clear(seen: Reading) -> list[Named]:
    return [one for one in seen.who.named if one.certainty >= CLEAR and len(one.children) == 1]


def _left_over(seen: Reading) -> tuple[str, ...]:
    """ "Not Wiktor", in answer to "Which child?": the other one of two."""
    asked, listed = seen.message.asked, [child.id for child in seen.message.children]
    if asked is None or asked.kind != "child" or len(listed) != 2:
        return ()
    taken = denied(seen)
    named = set(ids_of(seen.who.named))
    return tuple(child for child in listed if child not in taken) if named and named == taken else ()


def _put_right(seen: Reading, clauses: Sequence[Clause]) -> tuple[str, ...]:
    """ "It's Sophie who is ill, Emma has the plait", "only Ana goes", "Paul is well, Lena has the fever": the children
    of what we read back, put right where two of them are named; none where neither is chosen nor said to be well."""
    asked, texts = seen.message.asked, seen.words.texts
    named = _clear(seen)
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
    well = {child for one in named if said_well(one, clauses) for child in one.children}
    rest = tuple(child for child in dict.fromkeys(ids_of(named)) if child not in well)
    return rest if well & drafted(seen) else ()


def _kept(seen: Reading, clauses: Sequence[Clause]) -> tuple[str, ...]:
    """ "Yes, Polly is in", to what we read back of Ned: whoever is named beside him is said to be well."""
    asked, told = seen.message.asked, drafted(seen)
    if asked is None or asked.kind != "confirm":
        return ()
    others = [one for one in _clear(seen) if told.isdisjoint(one.children)]
    well = bool(others) and all(said_well(one, clauses) for one in others)
    return tuple(asked.draft.children) if well and asked.draft is not None else ()


def _same_for(seen: Reading, clauses: Sequence[Clause]) -> tuple[str, ...]:
    """ "Yes, and the same for his sister", "yes and Musa now": the children of the draft, and those named beside."""
    asked, texts = seen.message.asked, seen.words.texts
    opening = next((text for text in texts if text not in _LEADS_IN), "")
    goes_on = asked is not None and asked.kind == "confirm" and (opening in _AND or "both" in texts[-2:])
    if asked is None or asked.draft is None or seen.signals.has("reject"):
        return ()
    if not seen.signals.has("confirm") and not goes_on:  # "and Leo"
        return ()
    named = [one for one in seen.who.named if one.certainty >= CLEAR and not said_well(one, clauses)]
    added = named and texts[named[0].first - 1 : named[0].first] != [] and texts[named[0].first - 1] in _AND
    alike = (
        (goes_on and "both" in texts[-2:])
        or seen.signals.has("same")
        or "same" in texts
        or (added and named[0].first <= 3)
    )
    return tuple(dict.fromkeys((*asked.draft.children, *ids_of(named)))) if alike else ()


def _answered_first(seen: Reading) -> tuple[str, ...]:
    """ "Tia. Sorry, both of them begin with T", to "Which child?": the name is the answer, and "both" a remark."""
    asked, named, texts = seen.message.asked, seen.who.named, seen.words.texts
    if asked is None or asked.kind != "child" or not named or named[0].first or len(named[0].children) != 1:
        return ()
    until = named[0].until
    remark = texts[until : until + 1] in (["."], ["!"], ["sorry"]) or texts[until : until + 2] == [",", "sorry"]
    told = any(hit.first >= until and hit.tag.startswith(("kind:absent", "why:")) for hit in seen.hits)
    both = len(named) > 1 and all(one.how == "all" for one in named[1:])
    return named[0].children if remark and both and not told else ()


def fewer(seen: Reading) -> tuple[str, ...]:
    """ "Not Tom", "yes but not Tom", "just Ella", to what we read back of several: those for whom it holds still."""
    asked, told, texts = seen.message.asked, drafted(seen), seen.words.texts
    if asked is None or asked.kind != "confirm" or asked.draft is None or len(told) < 2:
        return ()
    named, back = set(ids_of(seen.who.named)), denied(seen)
    only = {child for one in _clear(seen) if texts[one.first - 1 : one.first] in _ONLY[:2] for child in one.children}
    if named < told and only == named and not back and "not" not in texts:
        return tuple(child for child in asked.draft.children if child in only)
    if not back < told or back != named:
        return ()
    return tuple(child for child in asked.draft.children if child not in back) if back else ()


def _all_listed(seen: Reading) -> tuple[str, ...]:
    """ "Omar, Zara and Alfie", to "Which child?": all of them, with nothing but a joining word between the names."""
    asked, named, texts = seen.message.asked, seen.who.named, seen.words.texts
    if asked is None or asked.kind != "child" or len(named) < 2 or not _LEADS_IN.issuperset(texts[: named[0].first]):
        return ()
    if any(one.how != "name" or len(one.children) != 1 or one.certainty < CLEAR for one in named):
        return ()
    between = [text for one, then in itertools.pairwise(named) for text in texts[one.until : then.first]]
    return ids_of(named) if (_AND | {","}).issuperset(between) else ()


def names_the_child(seen: Reading) -> bool:
    """ "Frank. Why do I have to say it every time??", to "Which child?": an answer, whatever else is said with it."""
    asked, texts, named = seen.message.asked, seen.words.texts, seen.who.named
    if asked is None or asked.kind != "child" or not named:
        return False
    one = named[0]
    if len(one.children) != 1 or one.certainty < CLEAR or not _LEADS_IN.issuperset(texts[: one.first]):
        return False
    behind = texts[one.until : one.until + 1]
    ends = not behind or (behind[0] in STOPS and behind[0] != "?") or behind[0] in (",", "not", "obviously")
    there = any(
        hit.tag in ("kind:present", "kind:fine", "kind:cancel") and not hit.phrase.startswith("why")
        for hit in seen.hits
    )
    return ends and not there


def _meant_instead(seen: Reading) -> tuple[str, ...]:
    """ "Ned is ill, sorry I mean Polly", "oops, that's Polly": the name that is put in place of the one before."""
    texts, named = seen.words.texts, _clear(seen)
    for number, one in enumerate(named[1:], 1):
        before = texts[max(0, one.first - 2) : one.first]
        behind = texts[one.until : one.until + 2]
        if behind[:1] == ["'s"] or behind[:1] in (["too"], ["also"]) or behind == ["as", "well"]:
            continue
        slipped = not _SLIP.isdisjoint(texts[max(0, one.first - 5) : one.first])
        means = before[-1:] != [] and before[-1] in _MEAN and not _NOT & set(texts[max(0, one.first - 4) : one.first])
        means = means or (behind[:1] == ["i"] and not _MEAN.isdisjoint(behind)) or before[-1:] in (["oops"], ["whoops"])
        if not means and not (slipped and before in _THAT_IS):
            continue
        if named[number - 1].children == one.children:
            continue
        chain = [one]
        for other in named[number + 1 :]:
            if other.first == chain[-1].until + 1 and texts[chain[-1].until] in _AND:
                chain.append(other)
        return ids_of(chain)
    return ()


def _mixed_up(seen: Reading) -> tuple[str, ...]:
    """ "Sorry, got my children mixed up, it's Tom", to what we read back of another one."""
    asked, texts, told = seen.message.asked, seen.words.texts, drafted(seen)
    if asked is None or asked.kind != "confirm" or not told or _MIXED.isdisjoint(texts) or not _TOO.isdisjoint(texts):
        return ()
    others = [one for one in _clear(seen) if one.how != "all" and told.isdisjoint(one.children)]
    return ids_of(others) if others and texts[others[0].until : others[0].until + 2] != ["as", "well"] else ()


def _only_one_off(seen: Reading, clauses: Sequence[Clause]) -> tuple[str, ...]:
    """ "Both have colds but only Luca is staying off", "everyone bar Rosa is ill": exactly these."""
    texts, named = seen.words.texts, [one for one in seen.who.named if one.certainty >= CLEAR]
    if len(named) == 1 and named[0].how == "counted" and seen.message.asked is None:
        return named[0].children
    for one in _clear(seen):
        until = min([clause.until for clause in clauses if clause.first <= one.first < clause.until] or [len(texts)])
        off = any(hit.tag == "kind:absent" and one.until <= hit.first <= one.until + 2 < until for hit in seen.hits)
        alone = texts[one.first - 1 : one.first] in (["only"], ["just"]) and texts[one.first - 2 : one.first - 1] != [
            "not"
        ]
        if alone and off and one.until < until:
            return one.children
        if alone and texts[one.first - 1] == "only" and _off_and_no_more(texts, one.until):
            return one.children
    return ()


def _off_and_no_more(texts: Sequence[str], at: int) -> bool:
    """ "Only Jayce off", "only June is off though"."""
    at += texts[at : at + 1] in (["is"], ["'s"])
    return texts[at : at + 1] in (["off"], ["home"]) and (
        at + 1 == len(texts) or texts[at + 1] in STOPS or texts[at + 1] in (",", "though", "today", "as", "and")
    )


def _excepted(seen: Reading, clauses: Sequence[Clause]) -> tuple[str, ...]:
    """ "All in except Ann and Bo who have colds": these, and whoever else is told to be away."""
    away = seen.who.away
    if not away:
        return ()
    more = {
        child
        for one in _clear(seen)
        if one.how == "name" and not said_well(one, clauses)
        for clause in clauses
        if clause.first <= one.first < clause.until
        and any(
            hit.tag in ("kind:absent", "why:I:strong") for hit in seen.hits if one.until <= hit.first < clause.until
        )
        for child in one.children
    }
    return tuple(child.id for child in seen.message.children if child.id in away or child.id in more)


def _the_rest(seen: Reading, clauses: Sequence[Clause]) -> tuple[str, ...]:
    """ "Ned's the only one I can send", "2 out of 3 ill, Ned is the lucky one", "only Ned today, the other two have
    nits": all the others."""
    asked, texts = seen.message.asked, seen.words.texts
    named = _clear(seen)
    if (asked is not None and asked.kind not in ("absence", "reason")) or not named:
        return ()
    everybody = [child.id for child in seen.message.children]
    for one in named:
        if _is_the_only_one_well(texts, one):
            return tuple(child for child in everybody if child not in one.children)
    left = tuple(child for child in everybody if child not in ids_of(named))
    if len(left) > 1 and _counted_as(texts, len(left), len(everybody)) and _spared(texts, named):
        return left
    return _others_told(seen, clauses, named)


def _is_the_only_one_well(texts: Sequence[str], one: Named) -> bool:
    """ "Ned is the only one I can send", and not "the only one off"."""
    start = one.until + (texts[one.until : one.until + 1] in (["is"], ["'s"]))  # "neds the only one"
    if list(texts[start : start + 2]) != ["the", "only"]:
        return False
    behind = []
    for text in texts[start + 2 : start + 9]:
        if text in STOPS or text == ",":
            break
        behind.append(text)
    return not _COMES.isdisjoint(behind) and _AWAY.isdisjoint(behind)


def _counted_as(texts: Sequence[str], some: int, all_of_them: int) -> bool:
    """ "2 out of 3", "3 of the 4"."""
    for at, text in enumerate(texts):
        for between in _OF:
            end = at + 1 + len(between)
            if (
                text == str(some)
                and list(texts[at + 1 : end]) == between
                and texts[end : end + 1] == [str(all_of_them)]
            ):
                return list(texts[end + 1 : end + 2]) not in (["days"], ["weeks"], ["lessons"])
    return False


def _spared(texts: Sequence[str], named: Sequence[Named]) -> bool:
    """Whether those who are named are the lucky ones, and not those who are counted."""
    near = {text for one in named for text in texts[one.until : one.until + 5]}
    return not _SPARED.isdisjoint(near) or (not _FINE.isdisjoint(near) and _AWAY.isdisjoint(near))


def _others_told(seen: Reading, clauses: Sequence[Clause], named: Sequence[Named]) -> tuple[str, ...]:
    """ "Only Ned today. The other two have nits": a reason is told of the others, and none of Ned."""
    others = next((one for one in seen.who.named if one.how == "the others"), None)
    if others is None or any(one.first > others.first for one in named):
        return ()
    own = [one for one in clauses if one.first <= others.first < one.until]
    since = own[0].first if own and own[0].first > named[-1].first else others.first
    until = own[0].until if own else len(seen.words.texts)
    told = [hit for hit in seen.hits if hit.tag.startswith(("why:", "kind:absent")) and hit.tag[:6] != "why:N:"]
    ill = any(since <= hit.first < until for hit in told) and not any(clause.well for clause in own)
    alone = seen.words.texts[max(0, named[0].first - 2) : named[0].first]
    quiet = not any(hit.first < since for hit in told) and bool({"only", "just"} & set(alone))
    return others.children if ill and quiet else ()
