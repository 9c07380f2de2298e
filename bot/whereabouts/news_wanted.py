""" "Have you found her??", "any news": the family of a child who is being sought hears that staff are looking."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.for_staff.only_asks import SEARCHED
from bot.naming import names_of
from bot.outcome import Heard, Situation
from bot.understanding import Understanding

LOOKING = "absence.looking"
"""The answer; a text of its own, because the one before it was given some minutes ago."""

_WHO = (
    r"(?:the school"
    r"|(?!(?:just|now|finally|only|not|at|with|in|home|back|here|been|safe|already|i|we|to|a|the|it|my)\b)\w+)"
)
_FOUND = (
    r"(?:found|find|located|locate|seen|spotted|got (?:hold of )?(?:him|her|them)|heard|turned up|turn up|shown up"
    r"|show up|appeared|arrived)"
)
_BEGINS = r"(?:^|[.!?,] |\b(?:and|so|omg|god|hello|hi|hey|please|but|well|ok|yet|if|know|sorry) )"
_ASKS = re.compile(
    r"\bany(?:thing)?(?: more| further| other| new)* (?:news|updates?|sign|luck|joy|word|info\w*)\b"
    rf"|{_BEGINS}(?:has|have|did|is|are|was|were) {_WHO} (?:(?:been|yet|even|managed|able|actually|to) ){{0,3}}?"
    rf"{_FOUND}\b"
    rf"|{_BEGINS}(?:you )?found (?:him|her|them|\w+) (?:yet|now)\b"
    r"|\b(?:please|someone|somebody|anyone|anybody|can you|will you) (?:just |please )*"
    r"(?:answer|reply|respond|ring|call|phone|tell|text)(?: me| back| us)?\b"
    r"|\bstill (?:waiting|nothing|no (?:word|call|news|answer|reply))\b"
    r"|\b(?:nobody|no one|noone)(?: has| is|'s)? (?:answer\w*|r[aui]ng\w*|call(?:ed|ing)|repl(?:ied|ying)|picking up"
    r"|told)\b"
    r"|\b(?:are|is) (?:you|they|any(?:one|body)|some(?:one|body)|staff) (?:all |even |still |out )*"
    r"(?:looking|searching)\b"
    r"|\bwhat is (?:happening|going on|the latest|the news)\b|(?:^|[.!?,] )anything(?: yet)? ?[?]"
)
_WHERE = re.compile(rf"{_BEGINS}(?:where|is (?:he|she)|are they)\b")
#: What may stand beside it and tells nothing of the child.
_BESIDE = re.compile(
    r"\b(?:hi|hello|hey|please|sorry|thanks|thank you|omg|oh|my|god|gosh|no|yet|still|now|ok|well|and|so|just|on|of"
    r"|for|me|i|am|is|are|was|been|have|we|here|going|mad|out|mind|worried|sick|scared|panicking|frantic|beside|myself"
    r"|really|so|want|need|to|know|tell|let|anything|him|her|them|he|she|they|my|son|daughter|boy|girl|lad|little|one"
    r"|it|this|that|very|all|the|your|back|somewhere|anywhere)\b"
)
_SENTENCE = re.compile(r"[.!?]+")


def asks_for_news(heard: Heard, understood: Understanding, situation: Situation) -> bool:
    """Whether the words ask what became of the search, whatever else they say, and report nothing."""
    theirs = set(situation.sought) & set(situation.sender.may_report)
    asks = understood.intent in ("question", "chat", "return", *SEARCHED) and not understood.safeguarding
    if not theirs or not asks or not _ASKS.search(heard.line):
        return False
    return {child for report in understood.reports for child in report.children} <= theirs


def only_asks_for_news(heard: Heard, understood: Understanding, pupils: Iterable[str], situation: Situation) -> bool:
    """ "Have you found him??" of a child who is sought already is no news of it: nothing is to be begun anew."""
    meant = set(pupils)
    if not meant or not meant <= set(situation.sought) or not asks_for_news(heard, understood, situation):
        return False
    roll = situation.school.roll.pupils
    called = {word for pupil in meant for name in names_of(roll[pupil]) for word in name.casefold().split()}
    return all(_tells_nothing(part, called) for part in _SENTENCE.split(heard.line))


def asks(heard: Heard) -> bool:
    """Whether there is a question in the words ("where is he", "is she there then"), as far as they show it."""
    return "?" in heard.text or _ASKS.search(heard.line) is not None or _WHERE.search(heard.line) is not None


def _tells_nothing(sentence: str, called: set[str]) -> bool:
    rest = _BESIDE.sub(" ", _ASKS.sub(" ", sentence.strip())).split()
    return all(word in called or not any(letter.isalpha() for letter in word) for word in rest)
