"""Children without a name: "both", "the twins", "my eldest", "her brother", "the one in year 3"."""

# ruff: noqa: E501 - long regular expressions are easier to read in one line.

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.children.named import Named, Who
from bot.understanding.children.names import sex
from bot.understanding.data import table
from bot.understanding.values import Asked, Child
from bot.understanding.words.normalise import Words, plain

_OTHER = re.compile(
    r"(?P<both>\b(?:both\b|the 2 of them|all (?:3|4|5|of them|my children|the children|of us|children|3 of|4 of)|(?<!1 of )(?<!one of )(?:the|my|our) (?:children|twins|2|3|4)\b|(?<!of )(?<!other )(?<!my )(?<!the )children(?= (?:are|were|will|not|have|is|can|off|both|ill|sick))|the lot of them|everyone|all 3|all 4|each of them|neither|(?<=expect )either|(?<=send )either|(?<=sending )either|either of them|either one|baith|the pair of them|(?:the|our) whole (?:house|household|family|lot|tribe|brood|clan)|whole (?:house|household)|(?<=^)none (?:today|in|of us|are)|(?<!1 of )(?<!of )(?<!of the )(?<!other )twins))"
    r"|(?:(?P<rel>his|her|their|the|and|my|is|for|'s) (?:(?P<size>little|big|older|younger|wee|twin|baby|other) )?(?P<kin>brother|sister|twin))\b(?! 's? ?(?:carer|school|wedding|nursery|teacher|childminder|birthday|appointment|funeral|graduation))"
    r"|(?:(?<=^)|(?<=and )|(?<=just )|(?<=only )|(?<=is )|(?<=it )|(?<=for )|(?<=[.,:] ))(?P<bare>eldest|oldest|youngest|middle|elder|younger|older|little|big|biggest|bigger|smallest|smaller|littlest|wee)(?: (?P<baresex>1|one|un|boy|girl|son|daughter|child|lad|lass)\b|(?= (?:and|only|please|is|has|off|ill|sick|has)\b|$| [.!,]))"
    r"|(?:(?<=^)|(?<=the )|(?<=my )|(?<=our ))(?P<fused>littl|little|young|old|big|wee)(?:un|uns|ling)\b"
    r"|(?:my|our|the) (?P<age>eldest|oldest|youngest|middle|elder|younger|older|little|big|biggest|bigger|smallest|smaller|littlest|small(?= (?:1|one)\b)|wee(?= (?:1|one|man|lad|lass|boy|girl)\b))(?: (?:of (?:the|my|our) (?:2|3|4|(?P<ofsex>boys|girls|sons|daughters|lads|lasses))|(?P<agesex>1|one|un|boys?|girls?|sons?|daughters?|child|lads?|lass|lasses|2)))?\b"
    r"|(?:(?:my|our|the) |(?<=^)|(?:(?<=[,.] )|(?<=and )|(?<=but ))(?=(?:boys|girls) (?:off|in|are|both|have|ill|sick|fine|ok|will)\b|(?:son|daughter|boy|girl|lad|lass) (?:is|has|was|will|got|had|off|in|ill|sick|poorly|unwell|late|running|fine|ok|not|still|at|coming|going|needs|feeling)\b))(?P<sex>(?:grand|step|god)?(?:sons?|daughters?)|boys?|girls?|lads?|lass|lassie)\b(?! (?:club|school|brigade|scout|guide|toilet|changing|football|'s school))"
    r"|\b(?P<year>year|yr|yeargroup|reception|y)(?: (?P<n>\d{1,2})(?![.:/]\d))?\b(?! (?:old|ago|and))"
    r"|(?P<others>(?:(?:the|my|our) )?other (?:1|2|3|two|ones|one|children)\b|(?:the|my) others\b)"
)
_SUBJECT_OF = frozenset(
    "is might may should would could has 's was will can does did had not still just went goes came woke says missed"
    " overslept needs feels felt".split()
)
_HE, _SHE = frozenset(("he", "him")), frozenset(("she", "her"))
_HIS, _HERS = _HE | {"his", "himself"}, _SHE | {"hers", "herself"}
#: Of one of these "he" or "she" may be said.
_ANYBODY_ELSE = frozenset(
    "mr mrs miss ms dr sir doctor nurse friend friends cousin baby dog cat childminder nanny neighbour boss head"
    " headteacher police kids children both twins everyone worker ta senco partner somebody someone who nobody".split()
)
#: Where a child may be lost, no word as small as "he" rules the others out.
_LOST = frozenset("where missing vanished disappeared lost ran run left".split())
#: "She and her brother": both of them.
_AND_WITH = re.compile(r"\b(?:he|she|him|her) (?:and|&) $")
_BREAKS = frozenset(", . ! ; : - and but".split())
_TOO = re.compile(r"\b(?:and|not|also|as well|too|same|both|off|likewise)\b")


@dataclass(frozen=True, slots=True)
class _Scene:
    """A message with what was read of it before: whom it names, whom we asked about, who was spoken of last."""

    words: Words
    texts: list[str]
    children: tuple[Child, ...]
    asked: Asked | None
    seen: Who
    spoken_of: str
    sexes: frozenset[str]
    """Of whom "son", "girls" and the like are said anywhere in it: m, f."""

    @property
    def ids(self) -> tuple[str, ...]:
        """All the writer's children."""
        return tuple(child.id for child in self.children)


#: Who is meant, and how: nobody where it has to be asked or somebody else is spoken of.
_Meant = tuple[tuple[str, ...], str]


def described(
    words: Words, texts: list[str], children: tuple[Child, ...], asked: Asked | None, seen: Who, spoken_of: str = ""
) -> None:
    """ "both", "my eldest", "his sister", "the boy", "the one in year 3": children without a name."""
    if len(children) < 2:
        return
    found = list(_OTHER.finditer(words.line))
    sexes = frozenset(_sex_said(match) for match in found if match["sex"])
    scene = _Scene(words, texts, children, asked, seen, spoken_of, sexes)
    for match in found:
        first, until = words.word_at(match.start()), words.word_at(max(match.start(), match.end() - 1)) + 1
        if any(named.first < until and first < named.until for named in seen.named):
            continue
        chosen, how = next(of(scene, match, first, until) for group, of in _OF_GROUP.items() if match[group])
        if chosen:
            seen.named.append(Named(first, until, chosen, 0.9, how))
            seen.named.sort(key=lambda named: named.first)
    if asked is None and not seen.named and (son := _one_of_several_sons(scene, found)) is not None:
        seen.named.append(son)


def _both(scene: _Scene, match: re.Match[str], first: int, until: int) -> _Meant:
    """ "Both", "the twins", "all three", "both girls"; not "both" of three, and not "the two" that are named behind."""
    said, texts, seen = match["both"], scene.texts, scene.seen
    sexed = until < len(texts) and texts[until] in ("girls", "boys", "lads", "daughters", "sons")
    if said in ("both", "baith", "neither") and len(scene.children) > 2 and not sexed:
        return (), ""
    named_two = [named for named in seen.named if named.first in range(until, until + 4)]
    if said.endswith(("my 3", "the 2", "our 2")) and len(named_two) > 1:
        return (), ""
    if sexed and (said == "both" or said.endswith("2")):
        want = "f" if texts[until] in ("girls", "daughters") else "m"
        chosen = _of_sex(want, scene.children, seen, pair=True)
        if len(chosen) <= 2:
            return chosen, "son or daughter"
        seen.named.append(Named(first, until, chosen, 0.3, "counted"))  # which two has to be asked
        return (), ""
    if said.endswith("twins"):
        years = [child.year for child in scene.children]
        chosen = tuple(child.id for child in scene.children if years.count(child.year) > 1) or scene.ids
        return chosen, "all" if chosen == scene.ids else "counted"
    return scene.ids, "all"


def _kin(scene: _Scene, match: re.Match[str], first: int, until: int) -> _Meant:
    """ "His sister"; beside what we asked of another child only where it is told of as well."""
    line, asked, seen = scene.words.line, scene.asked, scene.seen
    near = f"{line[max(0, match.start() - 14) : match.start()]} {match[0]} {line[match.end() : match.end() + 26]}"
    if asked is not None and asked.kind not in ("child", "confirm") and not _TOO.search(near):
        return (), ""
    chosen = _sibling(match, scene.children, asked, seen, first, scene.spoken_of)
    base = _whose_sibling(asked, seen, first, scene.spoken_of)
    if chosen and base is not None and _AND_WITH.search(line[: match.start()]):
        seen.named.append(Named(first - 2, first - 1, (base,), 0.8, "pronoun"))
    return chosen, "sibling"


def _bare_age(scene: _Scene, match: re.Match[str], first: int, until: int) -> _Meant:
    return _by_age(match["bare"], match["baresex"] or "", scene.children), "age"


def _fused_age(scene: _Scene, match: re.Match[str], first: int, until: int) -> _Meant:
    return _by_age("eldest" if match["fused"] in ("old", "big") else "youngest", "", scene.children), "age"


def _age(scene: _Scene, match: re.Match[str], first: int, until: int) -> _Meant:
    return _by_age(match["age"], match["agesex"] or match["ofsex"] or "", scene.children), "age"


def _son_or_daughter(scene: _Scene, match: re.Match[str], first: int, until: int) -> _Meant:
    """ "My son" where one child may be it, "the girls" where some are; of several we ask."""
    said = match["sex"]
    want = _sex_said(match)
    if said.endswith("s") and said != "lass":
        return _of_sex(want, scene.children, scene.seen), "son or daughter"
    known = {child.id: sex(child) for child in scene.children}
    if scene.sexes == {"f", "m"}:
        known = _told_apart(scene.children)
    fits = tuple(child for child, own in known.items() if own in (want, ""))
    if len(fits) > 1 and scene.asked is not None and scene.asked.kind == "child":
        scene.seen.named.append(Named(first, until, fits, 0.3, "several fit"))
    return (fits if len(fits) == 1 else ()), "son or daughter"


def _one_of_several_sons(scene: _Scene, found: Sequence[re.Match[str]]) -> Named | None:
    """ "My son is ill", unasked, where two children may be it and nobody is named: which of them has to be asked."""
    for match in found:
        if not match["sex"] or not match[0].startswith(("my ", "our ")) or match["sex"].endswith("s"):
            continue
        fits = tuple(child.id for child in scene.children if sex(child) in (_sex_said(match), ""))
        if len(fits) > 1 and scene.spoken_of not in fits:
            first = scene.words.word_at(match.start())
            return Named(first, scene.words.word_at(match.end() - 1) + 1, fits, 0.3, "counted")
    return None


def _year(scene: _Scene, match: re.Match[str], first: int, until: int) -> _Meant:
    """ "The one in year 3", where no other is in it."""
    number = 0 if match["year"] == "reception" else int(match["n"]) if match["n"] else None
    chosen = tuple(child.id for child in scene.children if child.year == number) if number is not None else ()
    return (chosen if len(chosen) == 1 else ()), match.lastgroup or ""


def _others(scene: _Scene, match: re.Match[str], first: int, until: int) -> _Meant:
    """ "The others": all but who was named before, or was spoken of last."""
    alone = [named.children[0] for named in scene.seen.named if named.first < first and len(named.children) == 1]
    before = set(alone) or ({scene.spoken_of} if scene.spoken_of else set())
    return tuple(child for child in scene.ids if before and child not in before), "the others"


_OF_GROUP: Mapping[str, Callable[[_Scene, re.Match[str], int, int], _Meant]] = {
    "both": _both,
    "kin": _kin,
    "bare": _bare_age,
    "fused": _fused_age,
    "age": _age,
    "sex": _son_or_daughter,
    "year": _year,
    "others": _others,
}


def _sex_said(match: re.Match[str]) -> str:
    return "m" if match["sex"].rstrip("s").endswith(("son", "boy", "lad")) else "f"


def _told_apart(children: tuple[Child, ...]) -> dict[str, str]:
    """The sex of each child, where a son and a daughter are spoken of: of two, one name that says it tells both."""
    known = {child.id: sex(child) for child in children}
    if len(children) == 2 and sorted(known.values()) in (["", "f"], ["", "m"]):
        other = "m" if "f" in known.values() else "f"
        return {child: own or other for child, own in known.items()}
    return known


def _of_sex(want: str, children: tuple[Child, ...], seen: Who, pair: bool = False) -> tuple[str, ...]:
    """ "The girls", "both boys": those whose names say so, else with them those whose names do not say it; but not who
    is named beside them ("both girls are ill, Jory missed the bus"), unless the names are theirs."""
    sure = tuple(child.id for child in children if sex(child) == want)
    perhaps = tuple(child.id for child in children if sex(child) in (want, ""))
    if len(sure) == 2 or (len(sure) > 2 and not pair):
        return sure
    named = {child for one in seen.named if len(one.children) == 1 for child in one.children}
    unnamed = tuple(child for child in perhaps if child not in named)
    if len(perhaps) > 2 and len(unnamed) > 1:
        return unnamed
    if len(perhaps) > 2 and len(named.intersection(perhaps)) > 1:
        return tuple(child for child in perhaps if child in named)
    return perhaps


def by_pronoun(texts: list[str], children: tuple[Child, ...], seen: Who) -> None:
    """ "She's got a temperature, he's in", of a girl and a boy: as good as their names, where nobody is named, or where
    both are named before: "Tom and Ella are off, him with a cold and her at the hospital"."""
    ids = {own: child for child, own in _told_apart(children).items()}
    if len(children) != 2 or set(ids) != {"f", "m"}:
        return
    if _HE.isdisjoint(texts) or _SHE.isdisjoint(texts):
        return
    start = 0
    if seen.named:
        if {child for one in seen.named for child in one.children} != set(ids.values()):
            return
        start = seen.named[-1].until
    places = [
        (at, text) for at, text in enumerate(texts[:-1]) if text in ("he", "she") and texts[at + 1] in _SUBJECT_OF
    ]
    if seen.named:
        places = _apart(texts, places, start)
    if {text for _, text in places} != {"he", "she"}:
        return
    seen.named += [Named(at, at + 1, (ids["m" if text == "he" else "f"],), 0.8, "pronoun") for at, text in places]


def by_only_pronoun(texts: list[str], children: tuple[Child, ...], asked: Asked | None, seen: Who) -> None:
    """ "She's got a temperature" of one girl and her brothers, where nobody else is named whom "she" could be."""
    if seen.named or seen.strangers or len(children) < 2 or (asked is not None and asked.kind != "child"):
        return
    he, she = not _HIS.isdisjoint(texts), not _HERS.isdisjoint(texts)
    if he == she:
        return
    want, sexes = ("m" if he else "f"), [sex(child) for child in children]
    if "" in sexes or sexes.count(want) != 1:
        return
    people = table("people.toml")["sets"]
    others = {*people["men" if he else "women"], *people["helpers"], *_ANYBODY_ELSE, *_LOST}
    if not others.isdisjoint(texts):
        return
    at = next((n for n, text in enumerate(texts) if text in (_HE if he else _SHE)), None)
    if at is not None:
        seen.named.append(Named(at, at + 1, (children[sexes.index(want)].id,), 0.8, "pronoun"))


def _apart(texts: list[str], subjects: list[tuple[int, str]], start: int) -> list[tuple[int, str]]:
    """Where it begins what is told of him and of her, behind both names; nothing unless each is told of once."""
    places = [(at, text) for at, text in subjects if at >= start]
    for at in range(start, len(texts)):
        if texts[at] not in ("him", "her"):
            continue
        who = "he" if texts[at] == "him" else "she"
        before, behind = texts[at - 1 : at], texts[at + 1 : at + 2]
        if before == ["for"] and (not behind or behind[0] in _BREAKS):
            first = next((n + 1 for n in range(at - 1, start - 1, -1) if texts[n] in _BREAKS), start)
            places.append((first, who))
        elif behind in (["with"], ["at"]) and before and before[0] in _BREAKS:
            places.append((at, who))
    return sorted(places) if len({text for _, text in places}) == len(places) == 2 else []


def _sibling(
    match: re.Match[str], children: tuple[Child, ...], asked: Asked | None, seen: Who, first: int, spoken_of: str
) -> tuple[str, ...]:
    base = _whose_sibling(asked, seen, first, spoken_of)
    if match["rel"] in ("my", "the", "is") and match["rel"] != "the":
        return ()
    others = [child for child in children if child.id != base]
    theirs = next((one for one in seen.named if len(one.children) > 1), None) if match["rel"] == "their" else None
    if base is None and theirs is not None and match["kin"] != "twin":  # "the boys have a cold, their sister is fine"
        others = [child for child in children if child.id not in theirs.children]
    elif base is None:
        return ()
    kin = match["kin"]
    if kin == "twin":
        me = next(child for child in children if child.id == base)
        others = [child for child in others if child.year == me.year]
    else:
        want = "m" if kin == "brother" else "f"
        either = frozenset(table("people.toml")["sets"]["either"]) if len(others) == 1 else frozenset()
        others = [child for child in others if sex(child) in (want, "") or plain(child.given) in either]
        if len(others) > 1:
            others = [child for child in others if sex(child) == want] or others
    if len(others) > 1 and match["size"] in ("little", "younger", "wee", "baby"):
        others = sorted(others, key=lambda child: child.year)[:1]
    elif len(others) > 1 and match["size"] in ("big", "older"):
        others = sorted(others, key=lambda child: -child.year)[:1]
    return (others[0].id,) if len(others) == 1 else ()


def _whose_sibling(asked: Asked | None, seen: Who, first: int, spoken_of: str) -> str | None:
    """The child of whom the words speak before they come to its brother, or its sister."""
    base = next((n.children[0] for n in reversed(seen.named) if n.first < first and len(n.children) == 1), None)
    after = next((n.children[0] for n in seen.named if n.first >= first and len(n.children) == 1), None)
    return base or (asked.about[0] if asked is not None and asked.about else after or spoken_of or None)


def _by_age(word: str, kind: str, children: tuple[Child, ...]) -> tuple[str, ...]:
    pool = list(children)
    kind = kind if kind == "lass" else kind.rstrip("s").removesuffix("se")
    if kind in ("boy", "son", "lad"):
        pool = [child for child in pool if sex(child) == "m"] or pool
    elif kind in ("girl", "daughter", "lass"):
        pool = [child for child in pool if sex(child) == "f"] or pool
    if word == "middle" and len(pool) != 3:
        pool = list(children)
    ordered = sorted(pool, key=lambda child: child.year)
    if kind == "2":
        return tuple(child.id for child in (ordered[:2] if word in ("youngest", "younger", "little") else ordered[-2:]))
    if word == "middle":
        return (ordered[1].id,) if len(ordered) == 3 else ()
    end = ordered[-1] if word in ("eldest", "oldest", "elder", "older", "big", "bigger", "biggest") else ordered[0]
    twins = [child for child in ordered if child.year == end.year]
    return (end.id,) if len(twins) == 1 else ()  # the list does not say which of two in one year is the elder
