"""Counted children: "one of the boys", "neither girl", "none of mine", "everyone except Ella", "my two eldest".

Refines what who.py saw. "One of" several that nobody names is a question to the parent, never a guess.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.children.named import Named, Who
from bot.understanding.children.names import sex
from bot.understanding.values import Child
from bot.understanding.words.normalise import Words

#: Below every threshold: which of them has to be asked.
UNNAMED = 0.3
_SIGNS = frozenset("1 one ones uns none neither except bar apart but excluding besides 2 3 4 5 any either".split())
_GROUP = (
    r"(?:the|my|our|his|her)? ?(?:\d )?(?P<of>boys?|girls?|lads?|lasses|sons?|daughters?|children|child|twins?|kids?"
    r"|brothers|sisters|mine|ours|them|us|ones?|[234])\b"
)
_ONE = re.compile(
    r"\b(?:just |only )?(?:(?:1|one) of " + _GROUP + r"|(?:1|one) (?P<kind>twin|boy|girl|child|son|daughter|lad|kid))\b"
)
_NONE = re.compile(r"\b(?:none|neither|any|either) (?:of )?" + _GROUP)
_SAVE = re.compile(
    r"\b(?:everyone|everybody|all (?:of them|3|4|the children|my children|(?:our|my|the) (?:whole )?lot)"
    r"|the (?:whole )?lot|both|children|the rest|they are all|we are all"
    r"|all(?= (?:fine|in|well|ok|okay|good|off|ill|sick|coming|going|here|there|present)\b))\b"
    r"(?P<state>(?: (?!except|apart|bar\b|but\b|excluding|besides)[^ .!?,;]+){0,6}) ?,?"
    r" (?:except|apart from|bar|but not|but|excluding|besides|other than)(?: for)? "
)
_AGED = re.compile(
    r"\b(?:my|our|the) (?:(?P<n>[23]) (?P<age>eldest|oldest|older|elder|big|youngest|younger|little|small|wee)"
    r"|(?P<age2>eldest|oldest|youngest) (?P<n2>[23]))(?: ones?| ?uns| boys| girls| children| kids)?\b"
    r"|\b(?P<n3>[23]) (?P<age3>eldest|oldest|older|elder|big|bigger|youngest|younger|little|small|wee)(?: ones| ?uns)\b"
)
_LITTLE_ONES = re.compile(
    r"\b(?:my|our|the) (?P<age>older|elder|big|bigger|younger|little|small|smaller|wee)(?: ones| ?uns)\b"
)
_YOUNG = frozenset(("youngest", "younger", "little", "small", "smaller", "wee"))
_EVERY = ("every ", "each ", "every last ", "every single ")
_AS_MANY = re.compile(r"\b(?P<n>[2-5]) (?:off|sick|ill|poorly|down|away|absent|of (?:mine|them|us))\b")
_ONLY_A_NUMBER = re.compile(r"^(?:the |all )?(?P<n>[2-5])(?: (?:of them|of mine|please|thanks|kids|children))* ?[.!]?$")
_WELL = frozenset("in fine ok okay well good coming there alright normal attending going school".split())
_THEY = frozenset("he she him her his".split())
_MALE = frozenset(("boy", "lad", "son", "brother"))
_FEMALE = frozenset(("girl", "lass", "daughter", "sister", "lasse"))


def refine(words: Words, children: Sequence[Child], who: Who, about: str | None = None) -> None:
    """Put the counted groups of a message in place of what was seen of them before.

    `about`: the only child that we asked about, if we did.
    """
    if len(children) < 2 or not _SIGNS & set(words.texts):
        return
    for match in _AGED.finditer(words.line):
        number = int(match["n"] or match["n2"] or match["n3"])
        age = match["age"] or match["age2"] or match["age3"]
        _put(words, who, match, _by_age(children, who, age, number), 0.9)
    for match in _LITTLE_ONES.finditer(words.line):
        named = {child for one in who.named if one.how == "name" for child in one.children}
        some = 2 if len(children) == 3 else len(children) - len(named) if named or len(children) == 2 else 0
        ids = _by_age(children, who, match["age"], some) if some > 1 else [child.id for child in children]
        _put(words, who, match, ids, 0.9 if some > 1 else UNNAMED)
    if (bare := _ONLY_A_NUMBER.match(words.line)) is not None and int(bare["n"]) == len(children):
        _put(words, who, bare, [child.id for child in children], 0.9)
    for match in _AS_MANY.finditer(words.line):
        if int(match["n"]) == len(children) and not who.named:
            _put(words, who, match, [child.id for child in children], 0.9)
    for match in _NONE.finditer(words.line):
        if (
            match[0].startswith(("any", "either"))
            and "not" not in words.line[max(0, match.start() - 16) : match.start()]
        ):
            continue
        _put(words, who, match, _fitting(match["of"], children), 0.9)
    everybody = [named for named in who.named if named.how == "all"]
    others = [] if about is None else [n for n, text in enumerate(words.texts) if text in _THEY]
    for match in _ONE.finditer(words.line):
        if match["of"] in ("them", "us") and any(words.offsets[one.first] < match.start() for one in everybody):
            continue
        if words.line[: match.start()].endswith(_EVERY):
            _put(words, who, match, [child.id for child in children], 0.9)
            continue
        if others and others[0] < words.word_at(match.start()):
            continue  # "he was hit by one of the lads", of a boy whom we asked about
        fits = _fitting(match["of"] or match["kind"], children)
        end = words.word_at(match.end() - 1) + 1
        told = any(named.first in range(end, end + 4) and "name" in named.how for named in who.named)
        _put(words, who, match, [] if told else fits, 0.9 if len(fits) == 1 else UNNAMED)
    for match in _SAVE.finditer(words.line):
        _save(words, who, match, children)


def _by_age(children: Sequence[Child], who: Who, age: str, number: int) -> list[str]:
    """The youngest or oldest; those who are not named, if they are as many: "the little ones, and Ed gets the bus"."""
    named = {child for one in who.named if one.how == "name" for child in one.children}
    left = [child.id for child in children if child.id not in named]
    if named and len(left) == number:
        return left
    ordered = sorted(children, key=lambda child: child.year)
    return [child.id for child in (ordered[:number] if age in _YOUNG else ordered[-number:])]


def _fitting(group: str, children: Sequence[Child]) -> list[str]:
    stem = group.rstrip("s")
    want = "m" if stem in _MALE else "f" if stem in _FEMALE else ""
    if stem == "twin":
        years = [child.year for child in children]
        return [child.id for child in children if years.count(child.year) > 1] or [child.id for child in children]
    return [child.id for child in children if not want or sex(child) in (want, "")]


def _put(words: Words, who: Who, match: re.Match[str], ids: list[str], sure: float) -> None:
    first, until = words.word_at(match.start()), words.word_at(match.end() - 1) + 1
    who.named[:] = [named for named in who.named if named.until <= first or until <= named.first]
    if ids:
        who.named.append(Named(first, until, tuple(ids), sure, "counted"))
        who.named.sort(key=lambda named: named.first)


def _save(words: Words, who: Who, match: re.Match[str], children: Sequence[Child]) -> None:
    """ "everyone except Ella is ill" is about the others; "all are in except Josh, he has a cold" is about Josh."""
    begin = words.word_at(match.end())
    but = next((named for named in who.named if named.first in (begin, begin + 1)), None)
    if but is None or (match[0].endswith(" but ") and but.first != begin):
        return
    spared = _chain(words.texts, who.named[who.named.index(but) :])
    first = words.word_at(match.start())
    told = {child for one in spared for child in one.children}
    rest = tuple(child.id for child in children if child.id not in told)
    who.named[:] = [named for named in who.named if named.until <= first or named.first >= but.first]
    state = match["state"].split()
    if not state:  # "everyone except Ella is in"
        state = list(itertools.takewhile(lambda text: text[0].isalnum(), words.texts[spared[-1].until :]))[:3]
    well = not _WELL.isdisjoint(state) and "not" not in state
    who.away = tuple(child.id for child in children if (child.id in told) == well)
    for one in spared:
        if well:
            who.named[who.named.index(one)] = replace(one, how="counted")  # of the others it is said that they are well
        else:
            who.named.remove(one)
    if not well:
        who.named.append(Named(first, first + 1, rest, 0.9, "counted"))
    who.named.sort(key=lambda named: named.first)


def _chain(texts: Sequence[str], named: Sequence[Named]) -> list[Named]:
    """ "Ella and Tom", "Ella, Ben and Tom": the names of one list; behind a comma alone another sentence may begin."""
    out, waiting = [named[0]], list[Named]()
    last = named[0]
    for one in named[1:]:
        between = list(texts[last.until : one.first])
        if between and set(between) <= {",", "and", "&", "+"}:
            waiting.append(one)
        else:
            break
        if between[-1] != ",":
            out += waiting
            waiting = []
            break
        last = one
    return out
