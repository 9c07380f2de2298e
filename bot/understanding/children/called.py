"""Children called by their names: as written, short, misspelt, by a letter; names that are words ("Will will ...")."""

# ruff: noqa: E501 - sets of words are easier to read in long lines.

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.understanding.children.named import Named, Who
from bot.understanding.children.names import forms_of, sexes, word_names
from bot.understanding.children.shortnames import is_short_for
from bot.understanding.values import Child
from bot.understanding.words.normalise import Words, plain

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
_LETTERED = frozenset("in fine ok okay :".split())
_LEADS = frozenset(
    "keeping keep take taking bring bringing for with of collect have my our pick is re about and & having get getting"
    " regarding to child son daughter , ( let leave dropping drop that if because hope report reporting fetch tell".split()
)
#: What stands behind a name in a list: "Off: Rowan, Ash. Both sick", "Ash (tummy), Sky (tummy)".
_IN_A_LIST = frozenset(". ( ) & + ; and".split())
_NOT_BEFORE_DATE = frozenset("in on until of next last this since by early late mid end start from th 's".split())

#: Words that open a sentence as themselves: "Hope you are well", "Dear Miss Reed"; behind another word of those that are
#: names, what stands in the second set says that it is no name: "Patience of a saint", "Sunny day".
_OPENERS = frozenset(
    "hope love so my do can an will may god dear early happy lucky long short young little baby darling don al bear skip"
    " rain storm ever kind true neat rich link page cook cat aid wing sue merry ginger".split()
)
_COMMON_BEHIND = frozenset(
    "of for to you that this it the a an he she they we i if there with him her them his on about me up out off day days"
    " time morning weather period bless notice word words".split()
)


def name_at(
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
    dated, everyday = word_names()
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
        if after in VERBS or not after or (before in (",", ":") and after in _IN_A_LIST and stem not in _OPENERS):
            return True
        return before != "," and stem not in _OPENERS and after not in _COMMON_BEHIND
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
    if len(shorter) > 4 and shorter[-1] == "n" and shorter[-2] in "aeo":
        return shorter[:-2] + "n"  # Jensen and Jenson, Kieran and Kieron
    return shorter[:1] + shorter[1:].rstrip("eh")


def misspelt(
    words: Words, texts: list[str], children: tuple[Child, ...], seen: Who, known_words: frozenset[str]
) -> None:
    """A word one or two letters from a name, in a name's place, when that child was not named anyway."""
    taken = {n for named in seen.named for n in range(named.first, named.until)}
    already = {child for named in seen.named for child in named.children}
    if len(already) == len(children):
        return
    names = _names_of(child for child in children if child.id not in already)
    for at, text in enumerate(texts):
        after = texts[at + 1] if at + 1 < len(texts) else ""
        if at not in taken and len(initial := _initial(words, texts, at, children)) == 1:
            seen.named.append(Named(at, at + 1, initial, 0.8, "initial"))
        if at not in taken and _shortened(words, texts, at, children, already, known_words, seen):
            taken.add(at)
            continue
        placed = len(text) > 4 and text.isalpha() and after in VERBS and after != "fever"
        if at not in taken and (text in sexes() or placed):
            alike = tuple(dict.fromkeys(child for name, child in names if _sound(name) == _sound(text)))
            if len(alike) == 1:
                seen.named.append(Named(at, at + 1, alike, 0.9, "name"))
                continue
        if at in taken or len(text) < 4 or text in known_words or text in sexes() or not text.isalpha():
            continue
        ids = _nearest(text, names) if words.words[at].capital or after in VERBS or at == 0 else ()
        if ids:
            seen.named.append(Named(at, at + 1, ids, 0.85 if len(ids) == 1 else 0.4, "misspelt name"))
            taken.add(at)


def _names_of(children: Iterable[Child]) -> list[tuple[str, str]]:
    """Single names of some length that are surely theirs, each with the child."""
    return [
        (form[0], child.id)
        for child in children
        for form, sure in forms_of(child).items()
        if len(form) == 1 and len(form[0]) > 2 and sure > 0.8
    ]


def _initial(words: Words, texts: list[str], at: int, children: tuple[Child, ...]) -> tuple[str, ...]:
    """Whose initial a capital letter may be that stands where a name would: "N is ill"; no "I", and no "and"."""
    letter = words.words[at].raw.removesuffix("s").rstrip("'’`")
    after = texts[at + 1] if at + 1 < len(texts) else ""
    if len(letter) != 1 or not letter.isupper() or letter in "IAX" or not (after in _STRONG or after in _LETTERED):
        return ()
    if texts[at] == "and" and at > 0 and texts[at - 1] not in (".", "!", ",", ";"):
        return ()
    return _of_letter(letter.lower(), children)


def _nearest(text: str, names: list[tuple[str, str]]) -> tuple[str, ...]:
    """The children whose names are fewest letters from a word, with or without its s; nobody's where none is near."""
    for cut in (text, text.removesuffix("s")):
        near = [
            (0 if name.startswith(cut) and len(cut) > 2 else OSA.distance(cut, name), name, child)
            for name, child in names
            if abs(len(cut) - len(name)) <= 2 or name.startswith(cut)
        ]
        near = [row for row in near if _is_near(cut, row[0], row[1])]
        if near:
            least = min(near)[0]
            return tuple(dict.fromkeys(child for distance, _, child in near if distance == least))
    return ()


def _is_near(word: str, distance: int, name: str) -> bool:
    """One letter, or two of a long name; the first one is right, or the only one that is wrong."""
    few = distance <= (1 if len(name) < 7 else 2)
    return few and (word[0] == name[0] or distance == 1) and (len(name) > 3 or word.startswith(name))


def initials(texts: list[str], children: tuple[Child, ...], seen: Who) -> None:
    """ "T", "d and m": an answer to "Which child?" of initials alone."""
    letters = [(at, text) for at, text in enumerate(texts) if len(text) == 1 and text.isalpha()]
    others = [text for text in texts if text.isalpha() and len(text) > 1 and text not in ("and", "please", "sorry")]
    if others or seen.named:
        return
    for at, letter in letters:
        fits = _of_letter(letter, children)
        if len(fits) == 1:
            seen.named.append(Named(at, at + 1, fits, 0.85, "initial"))


def _of_letter(letter: str, children: tuple[Child, ...]) -> tuple[str, ...]:
    """The children whose name begins with a letter."""
    return tuple(child.id for child in children if plain(child.given).startswith(letter))


def lettered(words: Words, children: tuple[Child, ...], seen: Who) -> None:
    """ "G and L are off", "H & M": two capital letters of two children, each of one alone."""
    raw = [word.raw for word in words.words]
    for at in range(len(raw) - 2):
        first, second = raw[at], raw[at + 2]
        pair = [letter for letter in (first, second) if len(letter) == 1 and letter.isupper()]
        if len(pair) < 2 or words.words[at + 1].text not in ("and", "+", ",", "/"):
            continue
        fits = [_of_letter(letter.lower(), children) for letter in pair]
        if any(len(ids) != 1 for ids in fits) or fits[0] == fits[1]:
            continue
        taken = {number for named in seen.named for number in range(named.first, named.until)}
        for place, ids in ((at, fits[0]), (at + 2, fits[1])):
            if place not in taken:
                seen.named.append(Named(place, place + 1, ids, 0.9, "initial"))


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
