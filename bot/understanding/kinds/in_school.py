"""Children that a message says are at school, or that nobody can find, beside those that are away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from attendance.codes import is_unexplained
from bot.understanding.children.groups import Group
from bot.understanding.children.named import Named
from bot.understanding.children.names import sex
from bot.understanding.children.sibling_aside import SEX_OF
from bot.understanding.judging import Told, judge
from bot.understanding.kinds.fetched import is_taken_out
from bot.understanding.kinds.whereabouts import of_school
from bot.understanding.values import Asked, Report

#: From this probability on words about one child say that it is at school, or that nobody knows where it is.
_BELIEVED = 0.4
#: A child of whom nothing but this is said is well.
_WELL = frozenset("fine ok okay good well right alright grand great healthy normal unaffected".split())
_AROUND = frozenset(
    "is 's seems was all very really perfectly absolutely completely totally quite both the other one but and so"
    " though although however luckily thankfully thank thanks goodness god she he they it her his my our son daughter"
    " sister brother twin girl boy as usual far x xx xxx emoji just otherwise still yes".split()
)


def whose_place(told: Told) -> tuple[str, ...]:
    """Of several children those in whose clauses it is said that one is at school, or that nobody knows where."""
    if len(told.seen.message.children) < 2:
        return ()
    places = [hit.first for hit in (*of_school(told.seen), *told.seen.signals.by.get("lost", ()))]
    found = [c.children for c in told.clauses if any(c.first <= place < c.until for place in places)]
    return tuple(dict.fromkeys(child for children in found for child in children))


def looked_for(told: Told, there: tuple[str, ...], intent: str) -> tuple[str, ...]:
    """ "I dropped them both at 8.15", "Polly got the bus but he wasn't on it", of one whom we asked about: that one.

    Two who are said to be gone are both looked for; and of whom we asked about, unless another reason is told of it.
    """
    asked = told.seen.message.asked
    if asked is None or not asked.about or intent not in ("present", "missing"):
        return there
    missed = tuple(child for child in there if child in asked.about)
    if missed:
        return missed if intent == "present" else there
    if _told_away(told, asked.about):
        return there
    return asked.about if _means_whom_we_asked_about(told, there) else there


_HIS_OR_HERS = {"he": "m", "him": "m", "she": "f", "her": "f"}
_THEIRS = frozenset(("they", "them"))
_BESIDE = frozenset(("with", "and", "&", "plus", "like"))
_SAYS = frozenset(("says", "said", "reckons", "thinks", "told", "texted", "tells"))


def _means_whom_we_asked_about(told: Told, named: tuple[str, ...]) -> bool:
    """ "He got the bus with Polly", where we asked about him. "Polly left at eight", "Polly is in, I took her" are of
    Polly, whatever we asked.
    """
    asked, who = told.seen.message.asked, told.seen.who.named
    assert asked is not None
    if any(set(one.children) & set(asked.about) and len(one.children) == 1 for one in who):
        return True
    if asked.kind not in ("absence", "reason"):
        return False
    texts = told.seen.words.texts
    theirs = [one for one in who if set(one.children) & set(named)]
    before = {texts[one.first - 1] if one.first else "" for one in theirs}
    return not _THEIRS.isdisjoint(texts) or not _BESIDE.isdisjoint(before) or _is_of_another(told, theirs)


def _is_of_another(told: Told, named: Sequence[Named]) -> bool:
    """ "He", before anybody is named, of whom a girl's name does not tell, or of whom she tells; her brother."""
    texts, children = told.seen.words.texts, {child.id: child for child in told.seen.message.children}
    for place, text in enumerate(texts):
        if text in SEX_OF and texts[place - 1 : place] in (["his"], ["her"]):
            return True
        if (own := _HIS_OR_HERS.get(text)) is None:
            continue
        ahead = [one for one in named if one.until <= place]
        if not ahead or any(not _SAYS.isdisjoint(texts[one.until : one.until + 1]) for one in ahead):
            return True
        if all(sex(children[child]) not in (own, "") for one in ahead for child in one.children):
            return True
    return False


def _told_away(told: Told, children: tuple[str, ...]) -> bool:
    """ "Ned is ill, Polly should be in", where we asked about Ned: a reason is told of him, or that he is off."""
    own = [clause for clause in told.clauses if not set(children).isdisjoint(clause.children)]
    away = [hit.first for hit in told.seen.hits if hit.tag.startswith(("kind:absent", "why:"))]
    return any(clause.first <= place < clause.until for clause in own for place in away)


def said_off(told: Told, children: tuple[str, ...]) -> bool:
    """ "Polly has gone in, just Ned off": that he is off stands right behind his name, so that nobody need look."""
    texts, off = told.seen.words.texts, set[str]()
    for one in told.seen.who.named:
        behind = [text for text in texts[one.until : one.until + 3] if text not in ("is", "'s", "still")]
        if behind[:1] in (["off"], ["away"]):
            off.update(one.children)
    return set(children) <= off


def without(reports: Sequence[Report], child: str) -> tuple[Report, ...]:
    """The reports of the other children; what is left of nobody falls away."""
    others = [replace(one, children=tuple(c for c in one.children if c != child)) for one in reports]
    return tuple(new for new, old in zip(others, reports, strict=True) if new.children or not old.children)


def _is_only_well(told: Told, asked: Asked, child: str) -> bool:
    """ "Gavin is ill, Gia is fine", where we asked about both: who says so does not know that Gia is missed. What is
    said of the child besides ("fine at home with me", "fine now, back tomorrow") says where it is, or of when that is.
    """
    if asked.kind not in ("absence", "reason") or asked.only_missed or "?" in told.seen.words.texts:
        return False
    named = {place for one in told.seen.who.named for place in range(one.first, one.until)}
    own = [clause for clause in told.clauses if child in clause.children]
    words = [
        text
        for clause in own
        for place, text in enumerate(told.seen.words.texts[clause.first : clause.until], clause.first)
        if place not in named and any(letter.isalnum() for letter in text)
    ]
    alone = all(clause.children == (child,) for clause in own)
    return alone and not _WELL.isdisjoint(words) and _WELL.union(_AROUND).issuperset(words)


def _goes(told: Told, asked: Asked, child: str) -> bool:
    """The same in another language: "a Inês está doente, o Tiago vai à escola", with no day or time said of it."""
    if not told.seen.language or asked.kind not in ("absence", "reason") or asked.only_missed:
        return False
    own = [clause for clause in told.clauses if child in clause.children]
    starts = [day.start for day, _ in told.seen.days.roles] + [moment.start for moment, _ in told.seen.times.roles]
    said = [told.seen.words.word_at(start) for start in starts]
    return all(
        clause.well and clause.children == (child,) and not any(clause.first <= at < clause.until for at in said)
        for clause in own
    )


def believed_elsewhere(told: Told, reports: Sequence[Report]) -> tuple[str, Report] | None:
    """Of a child that we asked about, and of whom the other reports say no reason, the parent may say that it is at
    school, or not know where it is: "Ben is ill, Lily should be in". The kind, which then goes first, and its report.
    """
    asked = told.seen.message.asked
    reported = {child for report in reports if report.code != "N" for child in report.children}
    away = any(not is_unexplained(report.code) for report in reports)
    only = asked is not None and len(asked.about) == 1 and is_taken_out(told.seen)
    for child in asked.about if asked is not None and not only else ():
        places = tuple((clause.first, clause.until) for clause in told.clauses if child in clause.children)
        if child in reported or not places:
            continue
        if away and asked is not None and (_is_only_well(told, asked, child) or _goes(told, asked, child)):
            return "present", Report((child,))
        kind, sure = judge(told, Group((child,), places), "present", True).judged.best("kind")
        if kind in ("present", "missing") and sure >= _BELIEVED:
            return kind, Report((child,))
    return None
