"""Words that say where a child is, and not yet why it is away: "she is at home with me".

They answer the first of the two clocks (docs/vocabulary.md, whereabouts). Nobody need look for such a child, and nobody
else is asked where it is; why it is away is still asked of whoever wrote.
"""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.events import ReasonGiven, SafeWithoutReason
from bot.naming import any_name
from bot.outcome import BotEffect, CaseEvent, Heard, Outcome, Record, Situation
from bot.understanding import Understanding
from bot.understanding.places import ACCOUNTED, places_in

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
    return places_in(heard.line).names(ACCOUNTED - {"fetched"})


def says_where(heard: Heard) -> bool:
    """True when the words plainly say that the child is at home, or with somebody who minds or has fetched it, now."""
    places = places_in(heard.line)
    return places.says(ACCOUNTED - {"fetched"} if "another_day" in places.doubts else ACCOUNTED)


def says_anything_of_where(heard: Heard) -> bool:
    """True when any word is of where the child is, or that it stays away: "not coming in", "with her dad"."""
    places = places_in(heard.line)
    return bool(places.placed) or not places.doubts.isdisjoint(("stays", "tended"))


def has_the_one_named(heard: Heard, child: str, situation: Situation) -> bool:
    """ "Zara is at the clinic and I couldn't leave Zain so he's with us": said of this child, behind its name and
    before another one's.
    """
    own = re.search(rf"\b(?:{any_name([child], situation)})\b.*", heard.line, re.IGNORECASE)
    others = [one for one in situation.sender.children if one != child]
    said = re.split(rf"\b(?:{any_name(others, situation)})\b", own[0], flags=re.IGNORECASE)[0] if own and others else ""
    return bool(said) and places_in(said.strip()).has_it_now()


def with_whom_it_is(heard: Heard, outcome: Outcome) -> Outcome:
    """The same; where the writer has the child, its report and the case that hears why it is away say that as well."""
    if not places_in(heard.line).has_it_now():
        return outcome
    return replace(outcome, effects=tuple(_with_the_writer(effect) for effect in outcome.effects))


def _with_the_writer(effect: BotEffect) -> BotEffect:
    if isinstance(effect, Record):
        return replace(effect, absence=replace(effect.absence, is_with_them=True))
    if isinstance(effect, CaseEvent) and isinstance(effect.event, ReasonGiven | SafeWithoutReason):
        return replace(effect, event=replace(effect.event, is_with_them=True))
    return effect
