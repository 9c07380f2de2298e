"""A child is being sought, and somebody of the family writes: whoever searches hears it now, and no guess is recorded.

"He's back, was at a mate's" is no small talk then, and no day of return; only a named person ends the search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from attendance.alarms import outcome_of
from attendance.calendar import local
from attendance.effects import RaiseAlert
from attendance.events import DangerHeard
from bot.for_staff.only_asks import SEARCHED
from bot.leave.words import only_polite
from bot.outcome import BotEffect, CaseEvent, Heard, Outcome, Reply, Situation
from bot.understanding import Understanding
from bot.understanding.places import places_in
from bot.whereabouts.accounted import says_where
from bot.whereabouts.news_wanted import LOOKING, asks_for_news

GUESSES = frozenset({"O", "N"})
"""Codes of a reading in which nothing need be said of the child."""
_NEWS = re.compile(
    r"\b(?:found (?:him|her|them)|turned up|just (?:walked|come|came|got) (?:back )?in(?! (?:late|to|at)\b)"
    r"|show(?:ed|n) up|panic over|false alarm|safe (?:and|&|n) (?:well|sound)"
    r"|(?:he|she|they)(?:['\u2019]?(?:s|re)| is| are)? (?:just )?(?:back|home)(?! (?:on|(?:in|at) school|tomorrow))"
    r"|was at (?:a |her |his )?(?:mates?|friends?))\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:not|(?:do|does|did|is|are|was|ca|wo|would|could|should|have|has)n['\u2019]?t|cannot|no idea|no clue|missing"
    r"|lost|supposed|should|thought|think|hope|maybe|might|if)\b",
    re.IGNORECASE,
)


def says_who_has_the_sought(heard: Heard, pupils: Iterable[str], situation: Situation) -> bool:
    """ "She just rang me, she's at her nan's", of children who are all being sought: whoever writes knows where they
    are, whatever else went wrong. Those who search read it, and the search goes on until a person ends it.
    """
    meant = set(pupils)
    return bool(meant) and meant <= set(situation.sought) and is_with_somebody(heard)


def says_the_sought_is_here(heard: Heard, pupils: Iterable[str], situation: Situation) -> bool:
    """ "Panic over, he's just walked in the front door", of children who are all being sought."""
    meant = set(pupils)
    return bool(meant) and meant <= set(situation.sought) and "?" not in heard.text and is_news(heard)


def is_with_somebody(heard: Heard) -> bool:
    """ "He's with me", "she's at my mum's, I should have told you": plainly, and in no doubt of it."""
    return places_in(heard.line).is_with_somebody()


def news_of_a_search(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """What the family of a child who is sought writes, where it is not plainly a report; None where nobody is."""
    named = {child for report in understood.reports for child in report.children}
    sought = tuple(pupil for pupil in situation.sought if not named or pupil in named)
    asks = asks_for_news(heard, understood, situation)
    news = asks or _NEWS.search(heard.text) or (understood.intent in SEARCHED and is_with_somebody(heard))
    if not sought or not (news or _says_no_report(heard, understood, situation)):
        return None
    alert = _to_read(heard, sought, situation)
    conversation = replace(situation.conversation, question=None)
    answer = Reply(LOOKING, values={"at": local(heard.at)}) if asks else Reply("absence.handed_to_staff")
    return Outcome(conversation, (alert,), answer)


def said_again(heard: Heard, danger: Iterable[BotEffect], situation: Situation) -> tuple[RaiseAlert, ...]:
    """Whoever searches hears further words about a child that is sought already ("he's turned up, he was at his nan's",
    "he says he's in maths"): the alarm that they repeat is not raised anew, and nobody would read them.
    """
    again = tuple(
        one.pupil
        for one in danger
        if isinstance(one, CaseEvent)
        and isinstance(one.event, DangerHeard)
        and one.event.kind != "safeguarding"
        and one.pupil in situation.sought
        and (case := situation.cases.get(one.pupil)) is not None
        and case.outcome == outcome_of(one.event)
    )
    return (_to_read(heard, again, situation),) if again else ()


def is_news(heard: Heard) -> bool:
    """ "Panic over, he's just walked in": the child is here, and nobody doubts it."""
    return _NEWS.search(heard.text) is not None and _UNSURE.search(heard.text) is None


def _to_read(heard: Heard, sought: tuple[str, ...], situation: Situation) -> RaiseAlert:
    return RaiseAlert(
        f"message/{heard.id}/read",
        "message_to_read",
        True,
        sought,
        "The family of a child who is being sought writes: read it now. Only a named person ends the search.",
        climbs=False,  # the search itself does
        beside=situation.sought[sought[0]],
    )


def _says_no_report(heard: Heard, understood: Understanding, situation: Situation) -> bool:
    """ "She is here with me, back tomorrow" says where a sought child is, and is a day of return only of a report."""
    if understood.intent == "chat":
        return not only_polite(heard.text)
    if understood.intent == "question":
        return "?" not in heard.text  # "no I didn't, it's not my day", to "his dad dropped him": nobody asked anything
    if understood.intent == "absence":  # "I feel sick. Leaving work now": a guess of why, by who has not got the child
        guessed = bool(understood.reports) and all(one.code in GUESSES for one in understood.reports)
        return guessed and "return" in understood.ask and not (is_with_somebody(heard) or says_where(heard))
    if understood.intent != "return":
        return False
    named = {child for one in understood.reports for child in one.children}
    reported = any(absence.live and absence.pupil in named for absence in situation.known)
    return not reported or all(one.return_day in (None, heard.day) for one in understood.reports)
