"""What is said of a match or a concert is not said of a child who lies ill: "It's hockey, all day", in answer to when
Erin and Rory will be back, or why Rory is away.
"""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.continuous import ILL
from attendance.effects import RaiseAlert
from bot.for_staff.passing_on import to_staff
from bot.known import is_away_on
from bot.outcome import Heard, Outcome, Situation
from bot.understanding import Understanding

_EVENTS = frozenset(
    """hockey football rugby netball cricket tennis swimming athletics gymnastics judo karate badminton basketball
    rounders golf chess dance dancing cheerleading match matches game games fixture tournament competition comp gala
    trial trials final finals semifinal cup regatta race races concert rehearsal rehearsals show play performance
    audition trip festival orchestra choir band camp training squad""".split()
)
_AND_NO_MORE = frozenset(
    """it its is that thats this a an the at for on in of and with to all whole day long today just only away home he
    hes she shes they theyre his her their has have got will be playing there out school schools county club team
    regional national district area academy league indoor outdoor sorry yes about going gone till until late back
    after later this afternoon evening morning tonight""".split()
)


def is_only_of_an_event(text: str) -> bool:
    """Names what is played or shown, and says nothing else: no illness, no day."""
    words = re.sub(r"['’]", "", text.casefold())
    said = re.findall(r"[^\W_]+", words)
    return bool(_EVENTS & set(said)) and _EVENTS.union(_AND_NO_MORE).issuperset(said)


def of_the_event(heard: Heard, understood: Understanding, situation: Situation) -> Understanding | Outcome:
    """The words without the children who are reported ill, where they are only of an event; for a person where nobody
    else is left. The event alone is no illness: why the child is away is then known to the school, and to no text.
    """
    if understood.intent not in ("absence", "return") or not is_only_of_an_event(heard.text):
        return understood
    question = situation.conversation.open_question(heard.at)
    if question is not None and any(draft.code == ILL for draft in question.drafts):
        return understood  # the illness was said before
    if understood.intent == "absence":
        reports = tuple(replace(one, code="N") if one.code == ILL else one for one in understood.reports)
        asks = understood.ask if reports == understood.reports else ()
        return replace(understood, reports=reports, ask=asks)
    ill = {one.pupil for one in situation.known if one.live and one.code == ILL and is_away_on(one, heard.day)}
    kept = tuple(
        replace(report, children=others)
        for report in understood.reports
        if (others := tuple(child for child in report.children if child not in ill))
    )
    if kept or not ill or not understood.reports:
        return replace(understood, reports=kept) if kept else understood
    named = tuple(pupil for pupil in situation.sender.may_hear_of if pupil not in ill)
    told = to_staff(heard, understood, situation)
    about = named or situation.sender.may_hear_of
    effects = (replace(one, pupils=about) if isinstance(one, RaiseAlert) else one for one in told.effects)
    return replace(told, effects=tuple(effects))
