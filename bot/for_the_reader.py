"""A message as the reader takes it: with the writer's children, what we asked, and what we know already."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attendance.people import Roll
from bot.conversation import asked_of
from bot.outcome import Heard, Situation
from bot.understanding import Child, Message, Report

_BESIDE_A_NAME = frozenset("mr mrs ms miss dr and mum mother mam dad father parent of carer nan grandmother".split())
_OF_AN_AUNT = re.compile(r"\b(?:great[ -]?)?(?:aunt\w*|uncle)\b")
_YEARS = re.compile(
    r"\b(?:years?|yrs?) \d{1,2}(?: ?(?:,|&|\+|\band\b|\bn\b) ?(?:(?:year|yr) )?\d{1,2})+\b", re.IGNORECASE
)
_NO_TIME = (
    r"(?<![\d:.])(?<!at )(?<!by )(?<!til )(?<!for )(?<!half )(?<!past )(?<!from )(?<!until )(?<!after )(?<!before )\b"
)
_DOES = (
    r"\b(?= (?:has|is|will|can|won|needs?|got|had|was|off|ill|poorly|sick|late|overslept|isn|goes|going|feel\w*)\b"
    r"|['\u2019]s\b)"
)
"""What a number that stands for a child has behind it, and one that stands for a time has not."""
_NEPHEW = re.compile(r"\b(nephew|neice|niece)(s?)\b", re.IGNORECASE)
_GRANDCHILD = {"nephew": "grandson", "niece": "granddaughter", "neice": "granddaughter"}
"""A child of the family that is not the writer's own, in the word that the reader takes for one of the list."""


def message_in_context(heard: Heard, situation: Situation) -> Message:
    """The message with everything that the reader may know of its writer."""
    known = tuple(
        Report((a.pupil,), a.code, a.first_day, a.return_day, a.half, a.arrives, a.leaves)
        for a in situation.known
        if a.live
    )
    asked = asked_of(situation.conversation.open_question(heard.at))
    text = by_their_years(as_their_own(without_the_sign_off(heard.text, situation), situation), situation)
    return Message(heard.at, (*children_of(situation), *situation.elsewhere), asked, known, text)


def without_the_sign_off(text: str, situation: Situation) -> str:
    """A mail without the last line that only holds its writer's name ("V Sharma (father)"): a name is no news of a
    child, and some read like an illness.
    """
    contact, roll = situation.sender.contact, situation.school.roll
    said, _, last = text.rstrip().rpartition("\n")
    if contact is None or not said.strip():
        return text
    family = {roll.pupils[child].family for child in situation.sender.children}
    theirs = {word for name in (contact.name, *family) for word in _words(name)}
    words = _words(last)
    names = [word for word in words if word in theirs]
    if not names or any(word not in theirs | _BESIDE_A_NAME and len(word) > 1 for word in words):
        return text
    return said.rstrip()


def as_their_own(text: str, situation: Situation) -> str:
    """An aunt's "my nephew is poorly" with the word for a child of the family: of a mother's nephew nothing is
    reported, and of the one for whom this writer is listed as the aunt, all of it.
    """
    contact, roll = situation.sender.contact, situation.school.roll
    links = roll.children_of(contact.id) if contact is not None else ()
    if not links or not all(_OF_AN_AUNT.search(link.relation.casefold()) for link in links):
        return text
    return _NEPHEW.sub(lambda found: _GRANDCHILD[found[1].casefold()] + found[2], text)


def by_their_years(text: str, situation: Situation) -> str:
    """ "Years 3 and 5: 3 has the dentist at 10, 5 is ill" with the year before each number that stands for a child."""
    said, roll = _YEARS.search(text), situation.school.roll
    if said is None:
        return text
    numbers = re.findall(r"\d+", said[0])
    years = [str(roll.pupils[child].year) for child in situation.sender.children]
    if len(set(numbers)) < len(numbers) or any(years.count(number) != 1 for number in numbers):
        return text
    behind = re.sub(rf"{_NO_TIME}({'|'.join(numbers)}){_DOES}", r"year \1", text[said.end() :], flags=re.IGNORECASE)
    return text[: said.end()] + behind


def _words(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"[^\W_]+", text)]


def children_of(situation: Situation) -> tuple[Child, ...]:
    """The writer's children, by every name that the roll has of them."""
    return children_listed(situation.school.roll, situation.sender.children)


def children_listed(roll: Roll, ids: Iterable[str]) -> tuple[Child, ...]:
    """These pupils as the reader knows children."""
    pupils = (roll.pupils[id] for id in ids)
    return tuple(Child(p.id, p.given, p.family, p.known_as, p.year, p.group) for p in pupils)
