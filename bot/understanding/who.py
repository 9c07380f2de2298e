"""Who: which of the sender's children the words are about, and which other people are in them.

Names with typos and short forms, names that are also words ("Will will be late"), "both", "the twins", "my eldest",
"her brother". A named child who is not on the list is never taken for the one who is.
"""

# ruff: noqa: E501 - long regular expressions are easier to read in one line.

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.understanding.data import rows, table
from bot.understanding.normalise import Words, plain
from bot.understanding.shortnames import is_short_for
from bot.understanding.values import Asked, Child

VERBS = frozenset(
    "is has was will can had does did would could should needs need 's not off ill sick poorly unwell went came goes got"
    " just still woke feels felt says said and in at just been may might keeps started seems wants left late , - : have"
    " full only also too again today tomorrow isnt wont attends attended returned returns starts having being sits"
    " temperature vomiting feverish dentist fell banged hurt broke threw caught takes leaves gets back vomited slept"
    " refuses refused rang told missed absent appointment running for to on must as hit with are".split()
)
_STRONG = frozenset(
    "is has was will can had does did would could should needs need 's not off ill sick poorly unwell went woke feels felt and".split()
)
_LEADS = frozenset(
    "keeping keep take taking bring bringing for with of collect have my our pick is re about and & having get getting"
    " regarding to child son daughter , ( let leave dropping drop that if because hope report reporting fetch tell".split()
)
_NOT_BEFORE_DATE = frozenset("in on until of next last this since by early late mid end start from th 's".split())


@dataclass(frozen=True, slots=True)
class Named:
    """A child meant by the words `first` up to `until`. Several ids: the words fit more than one child."""

    first: int
    until: int
    children: tuple[str, ...]
    certainty: float
    how: str


@dataclass(slots=True)
class Who:
    """What was seen of people. `line` is the date grammar's line with names that look like dates blotted out."""

    named: list[Named] = field(default_factory=list)
    strangers: list[tuple[int, str]] = field(default_factory=list)
    sender: list[int] = field(default_factory=list)
    line: str = ""


@lru_cache(maxsize=1)
def _word_names() -> tuple[frozenset[str], frozenset[str]]:
    data = table("wordnames.toml")
    return frozenset(data["dated"]), frozenset(data["everyday"])


@lru_cache(maxsize=1)
def sexes() -> dict[str, str]:
    """Given name -> m or f, of names that are nearly always the one or the other."""
    return {row["name"]: row["sex"] for row in rows("names.csv")}


@lru_cache(maxsize=1)
def _short_forms() -> dict[str, tuple[str, ...]]:
    short: dict[str, tuple[str, ...]] = {}
    for row in rows("nicknames.csv"):
        short[row["name"]] = (*short.get(row["name"], ()), *row["short"].split("|"))
    return short


@lru_cache(maxsize=1)
def _full_forms() -> dict[str, tuple[str, ...]]:
    full: dict[str, tuple[str, ...]] = {}
    for name, shorts in _short_forms().items():
        for short in shorts:
            full[short] = (*full.get(short, ()), name)
    return full


@lru_cache(maxsize=512)
def _forms(child: Child) -> dict[tuple[str, ...], float]:
    """The ways to write a child's name, as words, with how surely each means this child."""
    forms: dict[tuple[str, ...], float] = {}

    def add(text: str, sure: float) -> None:
        words = tuple(re.findall(r"[^\W\d_]+", plain(text).replace("'", "")))
        if words and len("".join(words)) > 1:
            forms[words] = max(sure, forms.get(words, 0.0))
            if len(words) > 1:
                joined = ("".join(words),)
                forms[joined] = max(sure, forms.get(joined, 0.0))
                forms[words[:1]] = max(sure - 0.08, forms.get(words[:1], 0.0))
                if len(words[-1]) > 2:
                    forms[words[-1:]] = max(sure - 0.12, forms.get(words[-1:], 0.0))

    for name in (child.given, *child.known_as):
        add(name, 0.99)
    for name in (child.given, *child.known_as):
        for base in {plain(name), *plain(name).replace("-", " ").split()}:
            for short in (*_short_forms().get(base, ()), *_full_forms().get(base, ())):
                if (short,) not in forms:
                    forms[(short,)] = 0.9
    return forms


def sex(child: Child) -> str:
    """m, f or "" when the name does not say."""
    known = sexes()
    for name in (child.given, *child.known_as):
        for part in (plain(name), *plain(name).replace("-", " ").split()):
            if part in known:
                return known[part]
    return ""


def read_who(words: Words, children: tuple[Child, ...], asked: Asked | None, known_words: frozenset[str]) -> Who:
    """Every mention of a listed child, in order, and the names of strangers in a child's place."""
    seen = Who()
    texts = words.texts
    forms: dict[str, list[tuple[tuple[str, ...], float, str]]] = {}
    for child in children:
        for form, sure in _forms(child).items():
            forms.setdefault(form[0], []).append((form, sure, child.id))
    at = 0
    while at < len(texts):
        hit = _name_at(words, texts, at, forms, asked is not None and asked.kind == "child" and len(texts) < 12)
        if hit is not None:
            seen.named.append(hit)
            at = hit.until
        else:
            at += 1
    _told_apart(seen)
    _misspelt(words, texts, children, seen, known_words)
    if asked is not None and asked.kind == "child":
        _initials(texts, children, seen)
    _described(words, texts, children, asked, seen)
    seen.named.sort(key=lambda named: named.first)
    _strangers(words, texts, children, seen, known_words)
    seen.line = _blotted(words, seen)
    return seen


def _name_at(
    words: Words,
    texts: list[str],
    at: int,
    forms: dict[str, list[tuple[tuple[str, ...], float, str]]],
    sure_place: bool = False,
) -> Named | None:
    best: dict[int, list[tuple[float, str]]] = {}
    word = texts[at]
    tries = [(word, False)]
    if word.endswith("s") and len(word) > 3:
        tries.append((word[:-1], True))
    for text, cut in tries:
        for form, sure, child in forms.get(text, ()):
            until = at + 1
            for part in form[1:]:
                if until < len(texts) and texts[until] == "-":
                    until += 1
                if until < len(texts) and (texts[until] == part or texts[until] == part + "s"):
                    until += 1
                else:
                    break
            else:
                best.setdefault(until, []).append((sure - (0.05 if cut else 0.0), child))
    if not best:
        return None
    until = max(best)
    if not sure_place and not _is_name(words, texts, at, until):
        return None
    options = best[until]
    top = max(sure for sure, _ in options)
    ids = tuple(dict.fromkeys(child for sure, child in options if sure >= top - 0.05))
    return Named(at, until, ids, top if len(ids) == 1 else 0.4, "name")


def _is_name(words: Words, texts: list[str], at: int, until: int) -> bool:
    dated, everyday = _word_names()
    word = texts[at]
    stem = word[:-1] if word.endswith("s") and word not in dated and word not in everyday else word
    if until - at > 1 or (stem not in dated and stem not in everyday):
        return True
    after = texts[until] if until < len(texts) else ""
    before = texts[at - 1] if at else ""
    starts = at == 0 or before in (".", "!", "?", ":", ",", "-")
    if stem in dated:
        if before in _NOT_BEFORE_DATE or re.fullmatch(r"\d+(?:th)?", before) or re.fullmatch(r"\d+(?:th)?", after):
            return False
        if stem == "may" and not starts and not words.words[at].capital:
            return after in ("is", "has", "'s", "was", "will") or before in ("keeping", "our", "for")
        return after in VERBS or before in _LEADS or starts
    if not words.shouting and words.words[at].capital and not starts:
        return True
    if stem in ("will", "can", "do", "so", "my", "an", "may"):
        if (
            words.words[at].capital
            and not words.shouting
            and after in ("will", "is", "has", "was", "'s", "not", "had", "can")
        ):
            return after != "not" or at == 0 or before in (".", "!")
        return after in ("is", "has", "will", "was", "'s", "had") and before not in (
            "he",
            "she",
            "it",
            "they",
            "i",
            "we",
            "that",
            "what",
        )
    if not words.shouting and words.words[at].capital:
        return after in VERBS or not after
    if before in (
        "he",
        "she",
        "it",
        "they",
        "i",
        "we",
        "you",
        "to",
        "not",
        "will",
        "would",
        "the",
        "a",
        "no",
        "up",
        "very",
        "some",
        "any",
    ):
        return False
    return after in _STRONG or before in _LEADS or (starts and after in VERBS) or (not after and starts)


@lru_cache(maxsize=4096)
def _sound(name: str) -> str:
    """A name without what its spellings differ in: Oskar and Oscar, Sara and Sarah, Kian and Cian."""
    for written, heard in (("ph", "f"), ("ck", "k"), ("c", "k"), ("z", "s"), ("y", "i"), ("ie", "i"), ("ee", "i")):
        name = name.replace(written, heard)
    shorter = "".join(letter for at, letter in enumerate(name) if letter != name[at - 1 : at])
    return shorter[:1] + shorter[1:].rstrip("eh")


def _misspelt(
    words: Words, texts: list[str], children: tuple[Child, ...], seen: Who, known_words: frozenset[str]
) -> None:
    """A word one or two letters from a name, in a name's place, when that child was not named anyway."""
    taken = {n for named in seen.named for n in range(named.first, named.until)}
    already = {child for named in seen.named for child in named.children}
    if len(already) == len(children):
        return
    names: list[tuple[str, str]] = []
    for child in children:
        if child.id not in already:
            names += [
                (form[0], child.id)
                for form, sure in _forms(child).items()
                if len(form) == 1 and len(form[0]) > 2 and sure > 0.8
            ]
    for at, text in enumerate(texts):
        after = texts[at + 1] if at + 1 < len(texts) else ""
        if (
            len(text) == 1
            and text not in ("i", "a", "x")
            and words.words[at].capital
            and after in _STRONG
            and at not in taken
        ):
            initial = tuple(child.id for child in children if plain(child.given).startswith(text))
            if len(initial) == 1:
                seen.named.append(Named(at, at + 1, initial, 0.8, "initial"))
        if at not in taken and _shortened(words, texts, at, children, already, known_words, seen):
            taken.add(at)
            continue
        if at not in taken and text in sexes():
            alike = tuple(dict.fromkeys(child for name, child in names if _sound(name) == _sound(text)))
            if len(alike) == 1:
                seen.named.append(Named(at, at + 1, alike, 0.9, "name"))
                continue
        if at in taken or len(text) < 4 or text in known_words or text in sexes() or not text.isalpha():
            continue
        for cut in (text, text.removesuffix("s")):
            near = [
                (0 if name.startswith(cut) and len(cut) > 2 else OSA.distance(cut, name), name, child)
                for name, child in names
                if abs(len(cut) - len(name)) <= 2 or name.startswith(cut)
            ]
            near = [
                row
                for row in near
                if row[0] <= (1 if len(row[1]) < 7 else 2)
                and (cut[0] == row[1][0] or row[0] == 1)
                and (len(row[1]) > 3 or cut.startswith(row[1]))
            ]
            if not near:
                continue
            least = min(near)[0]
            ids = tuple(dict.fromkeys(child for distance, _, child in near if distance == least))
            after = texts[at + 1] if at + 1 < len(texts) else ""
            if words.words[at].capital or after in VERBS or at == 0:
                seen.named.append(Named(at, at + 1, ids, 0.85 if len(ids) == 1 else 0.4, "misspelt name"))
                taken.add(at)
                break


def _initials(texts: list[str], children: tuple[Child, ...], seen: Who) -> None:
    """ "T", "d and m": an answer to "Which child?" of initials alone."""
    letters = [(at, text) for at, text in enumerate(texts) if len(text) == 1 and text.isalpha()]
    others = [text for text in texts if text.isalpha() and len(text) > 1 and text not in ("and", "please", "sorry")]
    if others or seen.named:
        return
    for at, letter in letters:
        fits = tuple(child.id for child in children if plain(child.given).startswith(letter))
        if len(fits) == 1:
            seen.named.append(Named(at, at + 1, fits, 0.85, "initial"))


def _told_apart(seen: Who) -> None:
    """ "Freddie and Winnie": a short form of two names means the one who is not named beside it."""
    sure = {named.children[0] for named in seen.named if len(named.children) == 1}
    for number, named in enumerate(seen.named):
        left = tuple(child for child in named.children if child not in sure)
        if len(named.children) > 1 and len(left) == 1:
            seen.named[number] = replace(named, children=left, certainty=0.75)


def _shortened(
    words: Words,
    texts: list[str],
    at: int,
    children: tuple[Child, ...],
    already: set[str],
    known: frozenset[str],
    seen: Who,
) -> bool:
    """A short form that no list knows, of exactly one child who is not named otherwise, where a name stands."""
    text = texts[at]
    if len(text) < 3 or not text.isalpha() or text in known:
        return False
    names = {text, text.removesuffix("s")}
    ids = tuple(
        child.id
        for child in children
        if child.id not in already
        and any(
            is_short_for(word, plain(part))
            for word in names
            for name in (child.given, *child.known_as)
            for part in name.replace("-", " ").split()
        )
    )
    after = texts[at + 1] if at + 1 < len(texts) else ""
    placed = after in VERBS or (words.words[at].capital and not words.shouting) or (at and texts[at - 1] in _LEADS)
    if len(ids) != 1 or not placed or (text in sexes() and after not in VERBS and not (at and texts[at - 1] in _LEADS)):
        return False
    seen.named.append(Named(at, at + 1, ids, 0.8, "short name"))
    return True


_OTHER = re.compile(
    r"(?P<both>\b(?:both|the 2 of them|all (?:3|4|5|of them|my children|the children|of us|children|3 of|4 of)|(?<!1 of )(?<!one of )(?:the|my|our) (?:children|twins|2|3|4)\b|(?<!of )(?<!other )(?<!my )(?<!the )children(?= (?:are|were|will|not|have|is|can|off|both|ill|sick))|the lot of them|everyone|all 3|all 4|each of them|neither|baith|the pair of them|(?:the|our) whole (?:house|household|family|lot|tribe|brood|clan)|whole (?:house|household)|(?<=^)none (?:today|in|of us|are)|(?<!1 of )(?<!of )(?<!of the )(?<!other )twins))"
    r"|(?:(?P<rel>his|her|their|the|and|my|is|for|'s) (?:(?P<size>little|big|older|younger|wee|twin|baby|other) )?(?P<kin>brother|sister|twin))\b(?! 's? ?(?:carer|school|wedding|nursery|teacher|childminder|birthday|appointment|funeral|graduation))"
    r"|(?:(?<=^)|(?<=and )|(?<=just )|(?<=only ))(?P<bare>eldest|oldest|youngest)(?= (?:and|only|one|please|is|has|off|ill|sick|has)|$| [.!,])"
    r"|(?:my|our|the) (?P<age>eldest|oldest|youngest|middle|elder|younger|older|little|big|biggest|bigger|smallest|smaller|littlest|small(?= (?:1|one)\b)|wee(?= (?:1|one|man|lad|lass|boy|girl)\b))(?: (?P<agesex>1|one|boy|girl|son|daughter|child|lad|lass|2))?\b"
    r"|(?:my|our|the) (?P<sex>son|daughter|boys?|girls?|lads?|lass|lassie|sons|daughters)\b(?! (?:club|school|brigade|scout|guide|toilet|changing|football|'s school))"
    r"|(?P<year>year|yr|yeargroup|reception|y)(?: (?P<n>\d{1,2}))?\b(?! (?:old|ago|and))"
    r"|(?P<others>(?:the )?other (?:1|2|3|two|ones|one|children)\b)"
)


_TOO = re.compile(r"\b(?:and|not|also|as well|too|same|both|off|likewise)\b")


def _described(words: Words, texts: list[str], children: tuple[Child, ...], asked: Asked | None, seen: Who) -> None:
    """ "both", "my eldest", "his sister", "the boy", "the one in year 3": children without a name."""
    if len(children) < 2:
        return
    ids = tuple(child.id for child in children)
    for match in _OTHER.finditer(words.line):
        first, until = words.word_at(match.start()), words.word_at(max(match.start(), match.end() - 1)) + 1
        if any(named.first < until and first < named.until for named in seen.named):
            continue
        chosen: tuple[str, ...] = ()
        how = match.lastgroup or ""
        if match["both"]:
            named_two = [named for named in seen.named if named.first in range(until, until + 4)]
            sexed = until < len(texts) and texts[until] in ("girls", "boys", "lads", "daughters", "sons")
            if match["both"] in ("both", "baith", "neither") and len(children) > 2 and not sexed:
                continue
            if match["both"].endswith(("my 3", "the 2", "our 2")) and len(named_two) > 1:
                continue
            chosen, how = ids, "all"
            after = texts[until] if until < len(texts) else ""
            if match["both"] == "both" and after in ("girls", "boys", "lads", "daughters", "sons"):
                want = "f" if after in ("girls", "daughters") else "m"
                chosen = tuple(child.id for child in children if sex(child) in (want, ""))
            if match["both"].endswith("twins"):
                years = [child.year for child in children]
                chosen = tuple(child.id for child in children if years.count(child.year) > 1) or ids
        elif match["kin"]:
            near = (
                words.line[max(0, match.start() - 14) : match.start()]
                + " "
                + match[0]
                + " "
                + words.line[match.end() : match.end() + 26]
            )
            if asked is not None and asked.kind not in ("child", "confirm") and not _TOO.search(near):
                continue
            chosen = _sibling(match, children, asked, seen, first, words)
            how = "sibling"
        elif match["bare"]:
            chosen, how = _by_age(match["bare"], "", children), "age"
        elif match["age"]:
            chosen = _by_age(match["age"], match["agesex"] or "", children)
            how = "age"
        elif match["sex"]:
            want = "m" if match["sex"].rstrip("s") in ("son", "boy", "lad") else "f"
            fits = tuple(child.id for child in children if sex(child) == want)
            if not fits:
                fits = tuple(child.id for child in children if not sex(child))
            plural = match["sex"].endswith("s") and match["sex"] != "lass"
            if len(fits) == 1 or (plural and len(fits) > 1):
                chosen = fits
            elif len(fits) > 1 and asked is not None and asked.kind == "child":
                seen.named.append(Named(first, until, fits, 0.3, "several fit"))
            how = "son or daughter"
        elif match["year"]:
            number = 0 if match["year"] == "reception" else int(match["n"]) if match["n"] else None
            chosen = tuple(child.id for child in children if child.year == number) if number is not None else ()
            chosen = chosen if len(chosen) == 1 else ()
        elif match["others"]:
            before = {
                child
                for named in seen.named
                if named.first < first and len(named.children) == 1
                for child in named.children
            }
            if before:
                chosen = tuple(child for child in ids if child not in before)
                how = "the others"
        if chosen:
            seen.named.append(Named(first, until, chosen, 0.9, how))
            seen.named.sort(key=lambda named: named.first)


def _sibling(
    match: re.Match[str], children: tuple[Child, ...], asked: Asked | None, seen: Who, first: int, words: Words
) -> tuple[str, ...]:
    base = next((n.children[0] for n in reversed(seen.named) if n.first < first and len(n.children) == 1), None)
    after = next((n.children[0] for n in seen.named if n.first >= first and len(n.children) == 1), None)
    if base is None:
        base = asked.about[0] if asked is not None and asked.about else after
    if match["rel"] in ("my", "the", "is") and match["rel"] != "the":
        return ()
    others = [child for child in children if child.id != base]
    if base is None:
        return ()
    kin = match["kin"]
    if kin == "twin":
        me = next(child for child in children if child.id == base)
        others = [child for child in others if child.year == me.year]
    else:
        want = "m" if kin == "brother" else "f"
        others = [child for child in others if sex(child) in (want, "")]
        if len(others) > 1:
            others = [child for child in others if sex(child) == want] or others
    if len(others) > 1 and match["size"] in ("little", "younger", "wee", "baby"):
        others = sorted(others, key=lambda child: child.year)[:1]
    elif len(others) > 1 and match["size"] in ("big", "older"):
        others = sorted(others, key=lambda child: -child.year)[:1]
    return (others[0].id,) if len(others) == 1 else ()


def _by_age(word: str, kind: str, children: tuple[Child, ...]) -> tuple[str, ...]:
    pool = list(children)
    if kind in ("boy", "son", "lad"):
        pool = [child for child in pool if sex(child) == "m"] or pool
    elif kind in ("girl", "daughter", "lass"):
        pool = [child for child in pool if sex(child) == "f"] or pool
    ordered = sorted(pool, key=lambda child: child.year)
    if kind == "2":
        return tuple(child.id for child in (ordered[:2] if word in ("youngest", "younger", "little") else ordered[-2:]))
    if word in ("eldest", "oldest", "elder", "older", "big", "bigger", "biggest"):
        return (ordered[-1].id,)
    if word == "middle":
        return (ordered[1].id,) if len(ordered) == 3 else ()
    return (ordered[0].id,)


_TITLES = frozenset("mr mrs miss ms dr doctor sir teacher nurse st saint".split())
_SUBJECT_VERBS = frozenset("is has will was can does had 's not wont needs".split())
_BEFORE_A_SUBJECT = frozenset(
    ". ! , : - hi hello morning that and so but please because afternoon evening hiya".split()
)
#: "Tom's brother Jack": the name is his, and not Tom's.
_KIN = frozenset("brother sister cousin friend mate stepbrother stepsister son daughter twin neighbour".split())
_GROUP = re.compile(r"\d{1,2}[a-z]{0,2}|[a-z]")


def _strangers(
    words: Words, texts: list[str], children: tuple[Child, ...], seen: Who, known_words: frozenset[str]
) -> None:
    """A given name in a child's place ("Jake won't be in") that belongs to none of the children."""
    dated, everyday = _word_names()
    names = sexes()
    families = {part for child in children for part in re.findall(r"[^\W\d_]+", plain(child.family))}
    taken = {n for named in seen.named for n in range(named.first, named.until)}
    for at, text in enumerate(texts):
        if at in taken or not text.isalpha() or text in families or text in dated or len(text) < 3:
            continue
        if text in everyday and texts[at + 1 : at + 2] not in (["is"], ["has"], ["'s"]):
            continue  # "Hope this is all right" is nobody
        before = texts[at - 1] if at else ""
        after = texts[at + 1] if at + 1 < len(texts) else ""
        if not text.isascii():  # another script, as the list of children is not: nobody can say that it is a stranger
            continue
        if (
            before in _TITLES
            or after == "here"
            or (before == "is" and at > 1 and texts[at - 2] in ("this", "it", "name"))
        ):
            seen.sender.append(at)
            continue
        is_name = text in names or (
            words.words[at].capital and not words.shouting and text not in known_words and at > 0
        )
        if not is_name:
            continue
        if _in_a_childs_place(words, at):
            seen.strangers.append((at, text))


def _in_a_childs_place(words: Words, at: int) -> bool:
    """Whether the name at this word is one whom something is reported of: "Jake won't be in", "keeping Jake off"."""
    texts = words.texts
    before = texts[at - 1] if at else ""
    behind = at + 1
    if _surname(words, behind):
        behind += 1
    while behind < min(len(texts), at + 4) and _GROUP.fullmatch(texts[behind]):
        behind += 1
    after = texts[behind] if behind < len(texts) else ""
    for_somebody = after == "has" and texts[behind + 1 : behind + 2] and texts[behind + 1] in ("him", "her", "them")
    if not for_somebody and after in _SUBJECT_VERBS and (at == 0 or before in _BEFORE_A_SUBJECT or before in _KIN):
        return True
    return before in ("keeping", "keep") or (before in ("son", "daughter", "child") and words.words[at].capital)


def _surname(words: Words, at: int) -> bool:
    """Whether a family name may stand here: a capital letter within a sentence that has others in small ones."""
    return at < len(words.words) and words.words[at].capital and not words.shouting and words.texts[at].isalpha()


def _blotted(words: Words, seen: Who) -> str:
    dated, _ = _word_names()
    line = words.line
    for named in seen.named:
        for number in range(named.first, named.until):
            text = words.words[number].text
            if text in dated or text.rstrip("s") in dated or text in ("mar", "sat", "sun"):
                offset = words.offsets[number]
                line = line[:offset] + "_" * len(text) + line[offset + len(text) :]
    return line


def ids_of(named: Iterable[Named]) -> tuple[str, ...]:
    """The children of several mentions, each once, in order."""
    return tuple(dict.fromkeys(child for one in named for child in one.children))
