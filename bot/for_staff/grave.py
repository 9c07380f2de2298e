"""News that is no ordinary illness: "had a seizure, the ambulance is here", "he's in custody".

It is recorded as any other reason, because it is one, and nothing of it is a matter of minutes for the school: the
child is with those who help it, or with the police. But no machine says thanks for it, or asks on which day the child
is back, and a person hears of it: whoever cares for the family, of an emergency; the safeguarding lead, of a child in
custody (of which no text of ours says a word: policies/codes, Y5), and the youth offending worker is to be told where
it has one.
"""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.effects import OpenTask, RaiseAlert
from bot.for_staff.passing_on import to_read
from bot.outcome import Heard, Outcome, Record, Situation
from bot.readback import READ_BACK

DETAINED = "Y5"
EMERGENCIES = frozenset({"I", "M"})
"""What an emergency is recorded as."""
_EMERGENCY = re.compile(
    r"\b(?:ambulances?|paramedics?|air lifted|airlifted|air ambulance|blue lights?|blue lighted|resus\w*|intensive care"
    r"|icu|itu|picu|life support|induced coma|in a coma|unconscious|stopped breathing|meningitis|sepsis|septic"
    r"|seizures?|convulsions?|had a fit|having fits|anaphyla\w+|(?:hit|knocked down|knocked over|run over) by"
    r" (?:a|the) (?:car|van|bus|lorry|bike|motorbike)|car (?:crash|accident)|emergency (?:operation"
    r"|op|surgery)|(?:rushed|rush|blue lighted) (?:\w+ ){0,4}(?:a and e|a & e|hospital|casualty|theatre))\b"
)
#: An emergency of somebody else's, or none: what was long ago, did not come to it, or might.
_NOT_THE_CHILD = re.compile(
    r"\b(?:(?:his|her|their|my|our|the) (?:\w+ )?(?:dad|mum|father|mother|nan|nana|gran\w*|grandad|uncle|aunt\w*|cousin"
    r"|brother|sister|dog|cat|neighbour|friend)(?: \w+){0,4} (?:ambulance|paramedics?|hospital|seizure|fit"
    r"|intensive care|icu|coma)|ambulance (?:driver|station|service|trip|visit)|(?:no|not|never|without)"
    r" (?:\w+ ){0,4}(?:ambulance|paramedics?|seizures?|fit|unconscious)|last (?:week|month|year|term)|(?:weeks?|months?"
    r"|years?) ago|history of|follow up|check ?up|clinic|appointment|review|jabs?|vaccin\w*|tests? for"
    r"|if (?:\w+ ){0,4}(?:ambulance|seizure|fit))\b"
)
OF_AN_EMERGENCY = "Read what the family writes now, and see who speaks with them."
OF_CUSTODY = "What is reported of the child is for the safeguarding lead to read first."
TELL_THE_WORKER = "Tell the worker what the family has written."


def with_grave_news(heard: Heard, outcome: Outcome, situation: Situation) -> Outcome:
    """The same outcome in other words, and a person who hears of it."""
    if outcome.reply is None or outcome.reply.template not in READ_BACK:
        return outcome
    held = {one.absence.pupil: one.absence.code for one in outcome.effects if isinstance(one, Record)}
    custody = tuple(pupil for pupil, code in held.items() if code == DETAINED)
    ill = tuple(pupil for pupil, code in held.items() if code in EMERGENCIES) if tells_of_an_emergency(heard) else ()
    if not custody and not ill:
        return outcome
    told: list[RaiseAlert | OpenTask] = [
        *_lead_hears(heard, custody, situation),
        *_worker_to_tell(heard, custody, situation),
    ]
    if ill:
        told.append(_to_whoever_cares(heard, ill, situation))
    keys = {one.key for one in told}
    before = [one for one in outcome.effects if not (isinstance(one, RaiseAlert) and one.key in keys)]
    values = {key: value for key, value in outcome.reply.values.items() if key != "until"}
    question = outcome.conversation.question
    asks_when = question is not None and question.kind == "return" and not question.leave
    conversation = replace(outcome.conversation, question=None) if asks_when else outcome.conversation
    reply = replace(outcome.reply, values={**values, "grave": True})
    return replace(outcome, conversation=conversation, effects=(*before, *told), reply=reply)


def tells_of_an_emergency(heard: Heard) -> bool:
    """True for an ambulance, a seizure, an accident with a car: of the child, and now."""
    line = heard.line
    return _EMERGENCY.search(line) is not None and not _NOT_THE_CHILD.search(line)


def _to_whoever_cares(heard: Heard, pupils: tuple[str, ...], situation: Situation) -> RaiseAlert:
    read = to_read(heard, situation, OF_AN_EMERGENCY)
    return replace(read, pupils=pupils, roles=("pastoral", "attendance_officer"))


def _lead_hears(heard: Heard, pupils: tuple[str, ...], situation: Situation) -> list[RaiseAlert]:
    """Whoever else reads the thread has not read it for the lead: the notice has a key of its own."""
    if not pupils:
        return []
    read = replace(to_read(heard, situation, OF_CUSTODY), key=f"message/{heard.id}/custody")
    return [replace(read, pupils=pupils, roles=("safeguarding_lead",))]


def _worker_to_tell(heard: Heard, pupils: tuple[str, ...], situation: Situation) -> list[OpenTask]:
    firstday, known = situation.school.policy.firstday, situation.school.roll.pupils
    return [
        OpenTask(
            f"message/{heard.id}/tell_yot/{pupil}",
            "tell_yot",
            "safeguarding_lead",
            heard.at + firstday.settle_within,
            (pupil,),
            note=TELL_THE_WORKER,
        )
        for pupil in pupils
        if "yot" in known[pupil].tags and "yot" in firstday.notify_workers
    ]
