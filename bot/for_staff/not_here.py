""" "Stop texting me at work", "don't text this number in the day, e-mail me": a wish of when and how, and no opt-out.

The office can meet it; a STOP would end the school's texts to this parent for good, and the safety net with them.
"""

from __future__ import annotations

import re

from bot.outcome import Heard

#: The keywords of an opt-out stand for themselves, whatever is said beside them.
_FOR_GOOD = re.compile(
    r"\b(?:unsub\w*|opt ?-? ?(?:me )?out|(?:take|remove) (?:me|this number|yourselves) (?:off|from)|ever again)\b"
)
_OPT_OUT = re.compile(
    r"\b(?:stop|do not|never|no more|can you stop|quit)(?:(?: \.)? (?:please|keep|all|the|these|those|your|sending|send"
    r"|texting|text|texts|messaging|message|messages|contacting|contact|me|us|this|number|to|on|it|them|again))*"
)
_WHEN = re.compile(
    r"\b(?:at|from|in) (?:\. )?(?:my )?work\b|\bwork (?:phone|number|mobile|line|e ?-? ?mail)\b"
    r"|\b(?:during|in|through|on) (?:the|a|my|school|working|work) ?(?:day|daytime|week|mornings?|afternoon|nights?"
    r"|evenings?|shift|hours|lessons?|meetings?|lectures?)\b|\bat night\b|\bday ?time\b"
    r"|\b(?:before|after|until|till|between|at|past) (?:about )?(?:\d|half|noon|lunch|dinner|midnight|school)"
    r"|\b(?:while|when|if|because) (?:i|we) (?:am|are)\b|\bso (?:early|late)\b|\bfirst thing\b|\bearly (?:in|morning)\b"
)
_HOW = re.compile(
    r"\b(?<!i will )(?:e ?-? ?mail|ring|call|phone|whatsapp|telegram|write|use|text|message|contact|try|send)"
    r"(?: (?:them|it|these))?(?: to)?"
    r" (?:me|us|him|her|his|my|the|mum|dad|their|our|on|at|instead)\b|\binstead\b|\brather you\b|\bjust ring\b"
)
#: "I rang at 8" says when that was.
_I_DID = re.compile(r"\bi (?:have |already |had )*(?:rang|rung|called|phoned|told|texted|mailed|pressed)\b[^,.!]*")


def wishes_for_another_way(heard: Heard) -> bool:
    """Whether words that the reader takes for an opt-out say when, where or how else the writer wants to hear."""
    line = heard.line
    if _FOR_GOOD.search(line):
        return False
    rest = _OPT_OUT.sub(" ", _I_DID.sub(" ", line).replace(" . ", " "))
    return _WHEN.search(rest) is not None or _HOW.search(rest) is not None
