"""A parent who tells of themselves: "I'm struggling, I can't get out of bed", "my depression is bad, I can't cope".

Whatever it says of the child, who looks after the child is the question: the safeguarding lead reads it at once and
rings. "I'm struggling to get him up" is a child that does not want to, and "couldn't get up, slept in" is a late one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from attendance.effects import OpenTask
from bot.for_staff.passing_on import is_to_read, to_read
from bot.outcome import Heard, Outcome, Reply, Situation

BECAUSE = "A parent writes that they are not well enough to cope: read it, ring, and see who is with the child."
LEAD = ("safeguarding_lead",)
RING_WITHIN = timedelta(minutes=30)
_VERY = r"(?:just |really |so |still |very |a bit |honestly |totally |completely )*"
_LOW = r"(?:struggling|overwhelmed|exhausted|drained|low|down|depressed|unwell|a mess|broken)"
_OF_ONESELF = re.compile(
    rf"\bi {_VERY}(?:can|could) (?:not|barely|hardly) {_VERY}(?:cope|go on|carry on|function|do this any ?more"
    r"|get out of (?:my )?bed|face (?:the day|today|anything|anyone|people|getting up))\b"
    rf"|\bi (?:am|have been|feel) {_VERY}(?:not coping|at breaking point|at (?:the end of )?my (?:wits|tether|limit)\w*"
    r"|falling apart|having a (?:mental |nervous )?(?:breakdown|crisis|panic attack))"
    rf"|\bi (?:am|have been) (?:not )?{_VERY}struggling(?: (?:at the moment|today|a lot|badly|so much|mentally|really"
    r"|again|with (?:my|everything|life|it all|things|depression|anxiety|grief)))*"
    r"\s*(?:[.!,;]|$|and\b|so\b|because\b|sorry\b)"
    r"|\b(?:my|mums|mum 's) (?:depression|anxiety|mental health|ptsd|bipolar)\b"
    r".{0,40}\b(?:bad|worse|awful|terrible|low|back|hard|not)\b"
    rf"|\bi (?:am|feel) {_VERY}{_LOW} and\b.{{0,30}}\b(?:can|could) not (?:cope|get out of bed|do)\b"
)
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:cope with (?:(?:the|your|this|that) (?:\w+ )?)?(?:app|system|texts|messages|noise|parking)"
    r"|(?:his|her|their) (?:depression|anxiety))\b"
)


def of_a_parent_in_crisis(heard: Heard) -> bool:
    """Whether whoever writes says of themselves that they cannot cope."""
    return _OF_ONESELF.search(heard.line) is not None and _OF_SOMETHING_ELSE.search(heard.line) is None


def with_a_parent_in_crisis(heard: Heard, outcome: Outcome, situation: Situation) -> Outcome:
    """The same outcome, and the safeguarding lead, who reads it at once and rings; a cheerful receipt is none."""
    if not of_a_parent_in_crisis(heard):
        return outcome
    read = to_read(heard, situation, BECAUSE)
    about = next((one.pupils for one in outcome.effects if is_to_read(one) and one.pupils), read.pupils)
    pupils = about or situation.sender.children
    others = tuple(one for one in outcome.effects if not is_to_read(one))
    alert = replace(read, urgent=True, pupils=pupils, roles=LEAD)
    ring = OpenTask(f"message/{heard.id}/ring", "ring", LEAD[0], heard.at + RING_WITHIN, pupils)
    reply = Reply("absence.handed_to_staff")
    return replace(outcome, effects=(*others, alert, ring), reply=reply)
