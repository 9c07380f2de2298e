"""A guess of why a child is away whom we miss: "she said she had a headache last night", "not sure, I think her mum
said something about a dentist".

Whoever writes so does not say where it is: as a reason it would end the chase of a child that nobody has. A person
reads it, or whoever may have the child is asked, and the chase goes on. "He said he felt sick so I kept him off" is a
report, and so is what a parent says of an illness that it does not know by name ("not sure what it is, she's got a
rash").
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding
from bot.whereabouts.guessed_from_afar import is_guessed_from_afar

MISSED = frozenset({"open", "asked", "handed_over"})

_SAID = re.compile(
    r"\b(?:he|she|they)(?: did| had| would| has| have| was| were)? (?:just |only |also )?"
    r"(?:said|say|mentioned|mention|told me|tell me|complained|complaining|moaned|moaning|saying|texted me|texts)"
    r" (?:that |about |of )?(?:(?:he|she|they|his|her|their|a|an|the|to me|feeling|having|not)\b)"
)
_IS_WITH_SOMEBODY = re.compile(
    r"\b(?:home|bed|asleep|sleeping|house|here|off|with (?:me|us|him|her|his|my)|at (?:his|her|my|the|our)|keep\w*"
    r"|kept|stay\w*|stopp\w*|not (?:be )?(?:in|coming|going|sending|well enough)|do not want|so (?:i|we|he|she)|still"
    r"|since|doctors?|hospital|gp)\b"
)

#: "Wasn't there something about a dentist": what somebody half remembers, whoever it is.
_HALF_HEARD = re.compile(
    r"(?<!\bi )\b(?:mentioned|said|told \w+|saying|was (?:not )?there|heard|think)(?: \w+){0,3} something about\b"
    r"(?! (?:it|this|that)\b)"
    r"|\bdid not (?:(?:his|her|their) \w+|he|she|they) (?:say|tell|have)\b"
    r"|\bdid not (?!even|really|ever|actually)\w+ (?:say|mention|tell (?:me|us))\b"
)
#: "Not sure", but not of what it is called or how long it lasts.
_DOES_NOT_KNOW = re.compile(
    r"(?:\b(?:not|never)(?: \w+)? (?:sure|certain)|\bno (?:idea|clue)|\bdo not (?:really )?know(?: for \w+)?"
    r"|\bhave not (?:got )?(?:a|any) (?:clue|idea))"
    r"(?! (?:\w+ )?(?:what|when|how|which|if|whether|why|until|till|yet|about)\b)"
)
_SUPPOSES = re.compile(
    r"\b(?:might|may|could|must|maybe|perhaps|possibly|probably|think|thinks|thought|guess|suppose|mentioned|said)\b"
)
#: A parent that has the child knows that it is ill, and not of what.
_SUPPOSES_ILL = re.compile(r"\b(?:think|thought|guess|suppose|said)\b")
_HAS_IT = re.compile(
    r"\b(?:home|bed|asleep|sleeping|with (?:me|us)|keep\w*|kept|stay\w*|not (?:be )?(?:in|coming|going|sending))\b"
)


def only_guessed(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same; or words for a person, where a missed child is reported away by nothing but what it said itself. A
    guess of somebody who has not got the child has us ask whoever has.
    """
    if understood.intent != "absence" or not understood.reports:
        return understood
    missed = {pupil for pupil, case in situation.cases.items() if case.stage in MISSED}
    told = {child for report in understood.reports for child in report.children} or missed
    ahead = any(report.return_day is not None and report.return_day > heard.day for report in understood.reports)
    if not told or not told <= missed or ahead:
        return understood
    if is_guessed_from_afar(heard.line):
        return Understanding("other_parent", (Report(tuple(sorted(told))),), safeguarding=understood.safeguarding)
    own_words = _SAID.search(heard.line) is not None and _IS_WITH_SOMEBODY.search(heard.line) is None
    if not own_words and not _supposed(heard.line, told, understood, situation):
        return understood
    return Understanding("question", urgent=understood.urgent, safeguarding=understood.safeguarding)


def _supposed(line: str, told: Iterable[str], understood: Understanding, situation: Situation) -> bool:
    """Nothing but what the writer half remembers, or supposes and says that it does not know."""
    if _HAS_IT.search(line):
        return False
    if _HALF_HEARD.search(line):
        return True
    if _DOES_NOT_KNOW.search(line) is None or _SUPPOSES.search(line) is None:
        return False
    ill = all(report.code == "I" for report in understood.reports)
    return not (ill and _SUPPOSES_ILL.search(line) and _is_parent_of(told, situation))


def _is_parent_of(children: Iterable[str], situation: Situation) -> bool:
    contact = situation.sender.contact
    links = [situation.school.roll.link(child, contact.id) for child in children] if contact is not None else []
    return bool(links) and all(link is not None and link.is_parent for link in links)
