"""Openings: how an answer in several texts begins. "Morning", "Its about Tom", "This is Toms mum" say who writes and of
whom, and nothing of where the child is or why: what was asked is still to come.
"""

from __future__ import annotations

import re

from attendance.calendar import local
from bot.understanding.data import table
from bot.understanding.evidence import Reading

LONGEST = 14
_CLASS = re.compile(r"\b(?P<year>\d{1,2}) ?(?!am\b|pm\b)[a-z]{0,2}\W*$", re.IGNORECASE)
"""A class at the end of the words."""
_SIBLING = re.compile(
    r"^(?:(?:hi|hello|hey|hiya|morning|good|miss|sir|sorry|,) )*(?:it is|this is|i am|its) (?:just )?"
    r"(?:his|her|their|(?:\w+ )?'s|\w+) (?:(?:big|older|elder|little|younger|twin|step|half) )*(?:sister|brother)\b"
    r"(?! (?:(?!he |she |they )\w+ )?(?:'s|who|that|is|has|was|and|also|too|not|with)\b)"
)
_NOON = 12
_AT_LENGTH = 40


def only_opens(seen: Reading) -> bool:
    """Whether the words only greet, sign, say who writes, or name the child and its class: in answer to why the child
    is away or when it is back, or behind what we hold of it already.
    """
    asked, texts = seen.message.asked, seen.words.texts
    kind = asked.kind if asked is not None else "absence" if seen.message.known else ""
    if kind not in ("absence", "reason", "return") or len(texts) > LONGEST or "?" in texts:
        return False
    sets = table("kinds.toml")["sets"]
    names = {part for child in seen.message.children for part in child.family.casefold().split()}
    allowed = frozenset((*sets["opening"], *sets["family"], *names))
    allowed |= {_greeting(seen)} if kind != "return" else set()
    allowed |= frozenset(sets["parting"]) if asked is None else set()
    if not frozenset(sets["a_text"]).isdisjoint(texts):
        allowed |= frozenset(sets["got"])
    told = {child for report in seen.message.known for child in report.children}
    if asked is None and not {child for name in seen.who.named for child in name.children} <= told:
        return False
    named = {number for name in seen.who.named for number in range(name.first, name.until)}
    said = [number for number, text in enumerate(texts) if number not in named and text[0].isalnum()]
    if not named and not said:
        return False
    classes = _of_a_class(seen)
    return all(number in classes or texts[number] in allowed or _belongs(texts, number, sets) for number in said)


def _of_a_class(seen: Reading) -> set[int]:
    """The places of a class at the end: "Tom Smith 3B", "Tom in year 3". The reader may have it as "3", "be"."""
    texts, found = seen.words.texts, _CLASS.search(seen.words.original)
    if found is None or int(found["year"]) not in {child.year for child in seen.message.children}:
        return set()
    first = max((number for number, text in enumerate(texts) if text.startswith(found["year"])), default=-1)
    if first < len(texts) - 2:
        return set()
    before = first
    while before and texts[before - 1] in ("in", "of", "year", "your", "class", "form", "tutor", "group"):
        before -= 1
    return set(range(before, len(texts)))


def says_whose_parent(seen: Reading) -> bool:
    """ "This is Toms mum" and no more: how parents begin. A pupil who writes so on has something to report."""
    return only_opens(seen) and seen.signals.has("kin_claim")


def is_told_at_length(seen: Reading) -> bool:
    """Whether somebody tells it at length: no pupil who passes for a parent writes more than a few lines."""
    return sum(text[0].isalpha() for text in seen.words.texts) > _AT_LENGTH


def says_whose_sibling(seen: Reading) -> bool:
    """ "It's his sister, mum's asleep": a brother or a sister who writes on a parent's phone. Not "it's his sister's
    birthday", nor "it's his brother who is ill".
    """
    return _SIBLING.search(seen.words.line) is not None


def _greeting(seen: Reading) -> str:
    """The part of the day that greets at this hour: "afternoon" at nine is when the child comes."""
    return "morning" if local(seen.message.sent_at).hour < _NOON else "afternoon"


def _belongs(texts: list[str], number: int, sets: dict[str, list[str]]) -> bool:
    """A title's name ("Mrs Smith"), "dad here", "good afternoon", "mornin all"."""
    before = texts[number - 1] if number else ""
    if before in sets["titles"]:
        return True
    if texts[number] == "here":
        return before in sets["family"]
    return before == "good" and texts[number] in ("morning", "afternoon", "evening")
