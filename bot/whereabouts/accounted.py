"""Words that say where a child is, and not yet why it is away: "she is at home with me".

They answer the first of the two clocks (docs/vocabulary.md, whereabouts). Nobody need look for such a child, and nobody
else is asked where it is; why it is away is still asked of whoever wrote.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.outcome import Heard, Situation
from bot.understanding import Understanding

_ADULTS = r"(?:nan\w*|nanny|gran\w*|grandm\w+|grandp\w+|grampy|auntie|aunty|aunt|uncle|childminder|minder|carer)"
_WHOSE = r"(?:his|her|their|my|our|the)"
_PLACE = rf"(?:at|back|in) (?:home|bed|mine|ours|(?:{_WHOSE} )?{_ADULTS})"
_HOME = (
    r"(?:(?:is|are|stays|stay|staying|stayed|safe|him|her|them) home"
    r"|(?:he|she|they) (?:has |have |just |already )*(?:came|come|got) (?:straight |back )?home)"
)
_WITH = rf"(?:with|w /) (?:me|us|{_WHOSE} (?:\w+ )?{_ADULTS})"
_KEPT = r"(?:keep|keeping|kept) (?:him|her|them|\w+) (?:off|home|at home|in bed|with me)"
_ACCOUNTED = re.compile(rf"\b(?:{_PLACE}|{_HOME}|{_WITH}|{_KEPT})\b")
_FETCHED = re.compile(
    r"\b(?:i|we|mum|mam|dad|nan|gran|grandad|husband|wife|partner|auntie|aunty|aunt|uncle)(?: have| had| has)?"
    r" (?:(?:signed|picked) (?:him|her|them|\w+) (?:out|up)|(?:collected|fetched) (?:him|her|them|\w+))\b"
)
"""Taken out of school by the family: it has the child."""
_ANOTHER_TIME = re.compile(r"\b(?:yesterday|last|since|after school|monday|tuesday|wednesday|thursday|friday)\b")
_WRITER = re.compile(
    r"\bi (?:am|was|will be|have been|just got|only) (?:not )?(?:\w+ )?(?:at|back|in) (?:home|bed|mine)\b"
)
_IN_DOUBT = re.compile(
    r"\?|\b(?:not|no|never|nobody(?! (?:has |have )?(?:answer|repl|rung|rang|call|got back))"
    r"|think|thought|believe|guess|assume\w*|maybe|perhaps|probably|might|may|could|should"
    r"|supposed|sure|unless|if|was|were|left|leaving|walk\w*|sent|until|when|where|or)\b"
)

_KEPT_BACK = re.compile(
    r"\b(?:(?:(?:i|we) )?(?:would )?(?:rather|prefer) not(?: to)?"
    r"|(?:i|we) (?:do|will|would) not (?:want to |wish to )?|(?:(?:i|we) )?(?:am |are )?not sure what to)"
    r" ?(?:say|tell|go into|share|discuss|disclose|explain)(?: \w+){0,4}"
)
"""Not saying why is no doubt of where."""


_STAYS = re.compile(r"\b(?:stay|stays|staying|stopping|stops|keeping|kept|spending)\b")
_COMES = re.compile(
    r"\b(?:late|later|on (?:his|her|our|my|the) way|bring\w*|drop\w*|be in|in (?:by|at) \d|until|till)\b"
)


def stays_where_it_is(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """ "Amina's stopping at mine today", of a child that another contact said to be on the way: it is not."""
    stays = says_where(heard) and _STAYS.search(heard.line) is not None and _COMES.search(heard.line) is None
    reports = understood.reports
    if understood.intent != "late" or not stays or not reports or any(one.arrives or one.code for one in reports):
        return understood
    away = tuple(replace(one, code="N", first_day=heard.day, session="day") for one in reports)
    return replace(understood, intent="absence", reports=away, ask=("reason",))


def names_a_place(heard: Heard) -> bool:
    """True when the words speak of the child's being at home or with somebody, surely or not."""
    return _ACCOUNTED.search(heard.line) is not None


def says_where(heard: Heard) -> bool:
    """True when the words plainly say that the child is at home, or with somebody who minds or has fetched it, now."""
    line = _KEPT_BACK.sub("", heard.line)
    fetched = _FETCHED.search(line) is not None and _ANOTHER_TIME.search(line) is None
    return not _IN_DOUBT.search(line) and not _WRITER.search(line) and (fetched or _ACCOUNTED.search(line) is not None)
