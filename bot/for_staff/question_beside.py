"""What a family asks beside a report: "Amos is ill. What time is parents' evening?", "can her form come home with Ben".

The report is recorded and read back by the machine; what is asked of the school is work for a person, and nothing else
brings it before anybody. It is a task for the office, not an alert: nothing of it is about where a child is. What is
only politeness ("is that ok?", "please let her teacher know"), or asks what we answer by ourselves, is none. Who wants
to be rung is rung back (bot/for_staff/ring_back.py).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from attendance.effects import OpenTask, RaiseAlert
from bot.for_staff.passing_on import is_to_read, to_read
from bot.naming import of_whom_it_tells
from bot.outcome import Heard, Outcome, Situation
from bot.readback import READ_BACK
from bot.understanding import Understanding

WHAT = "pass_on"
WITHIN = timedelta(hours=2)
#: What is answered by the machine alone, and says nothing of what was asked; a request for leave is itself asked for.
READ_AND_RECORDED = (*READ_BACK, "late.recorded")
#: We ask for something ourselves, and what was asked of the school would be forgotten over the answer.
ASKED_IN_TURN = ("absence.reason", "absence.return", "absence.which_child", "absence.confirm")
READ_BY_A_PERSON = frozenset({"message_to_read", "safeguarding"})

_QUESTION = re.compile(r"[^.!?\n]+\?")
_ASKS = re.compile(
    r"\b(?:what|when|where|who|how|which)\b"
    r"|\b(?:is|are|was|can|could|do|does|did|will|would|has|have|should) (?:i|you|u|he|she|it|they|we|there|the|his|her"
    r"|their|my|anyone|someone|everything|any|this|that)\b"
    r"|\b(?:do|does|did|will|has|is) (?-i:[A-Z])\w+ (?:need|have|get|want|still|got|in|on|allowed)\b"
    r"|\b(?:he|she|they|i|we) (?:can|could|should|must|needs? to|ha(?:s|ve) to)\b.*\?"
    r"|\b(?:can|could|should|must) (?!you\b|u\b|not\b)\w+ (?:bring|take|have|get|come)\b",
    re.IGNORECASE,
)
_NEEDS_NOBODY = re.compile(
    r"\b(?:(?<!everything )(?:ok|okay|alright|all right)|that fine|possible|please mark|mark (?:him|her|them)"
    r"|(?<!need to )(?<!have to )(?<!should i )let (?!(?:me|us) know (?:when|what|where|how|which|who)\b)"
    r"(?:\w+ ){1,3}know|confirm"
    r"|get (?:this|my|that)|got (?:this|my|that)|receive|is that|do (?:i|you) need (?:to know )?anything|acceptable)\b",
    re.IGNORECASE,
)
_POLITE = re.compile(r"^\W*(?:(?:ok|okay|ta|cheers|great|thanks|thank you)\b\W*)+", re.IGNORECASE)
#: A question of fewer words asks nothing that a person need look up.
_SHORTEST = 4

_SCHOOL = (
    r"(?:you|u|ya|someone|somebody|some ?1|anyone|school|the office|reception|(?:his|her|their|the) (?:teacher|tutor)s?"
    r"|he|she|mrs?|miss|ms)"
)
_REQUEST = re.compile(
    rf"\b(?:can|cud|could|would|will|cld) {_SCHOOL}\b|\b(?:please|pls|plz|kindly)(?: also)? (?=\w)"
    rf"|\b(?:ask|tell) {_SCHOOL}\b",
    re.IGNORECASE,
)
_TO_DO = re.compile(
    r"\W*(?:\w+\W+){0,4}?(?:send|give|pass|tell|ask|e-?mail|text|book|order|cancel|keep|find|look|check|make sure"
    r"|collect|bring|print|set|put|post|forward|remind|swap|move|refund|get|hand|miss|skip|sit out|stay in"
    r"|go easy|take it easy|be (?:gentle|kind|patient|careful|nice|extra|aware)|watch (?:him|her|them|out|over))\b",
    re.IGNORECASE,
)
_ONLY_TO_KNOW = re.compile(
    r"\W*(?:\w+\W+){0,3}?(?:(?:text|e-?mail|contact|message|tell) (?:me|us)\W+(?:if|should|for any)\b"
    r"|(?:let|tell)(?: \w+){1,3} (?:know|he|she|they|that)?|mark|note|confirm|authori[sz]e|excuse|accept|forgive)\b",
    re.IGNORECASE,
)


_UNMARKED = re.compile(
    r"(?:^|[.!\n])\W*(?:(?:also|and|but|pls|please|so)\W+)*"
    r"(?:what time|when (?:is|are|do|does|will|can|should)|where (?:is|are|do|can)|who (?:is|do|can|should)"
    r"|how (?:long|much|many|soon) (?:is|are|do|does|should|will|can|must|has|have)"
    r"|how (?:do|does|can|should)|is everything|(?:is|are|will) there (?:a|an|any|anything|some)"
    r"|(?:do|should|must) i (?:need|have|ring|call|text))\b[^.!?\n]+"
    r"|(?:^|[.!?,\n])\W*(?:(?:also|and|but|pls|please|so|ok|okay|ta|cheers|great|thanks|thank you)\W+)*"
    r"(?:(?:is|was) it|(?:are|were) (?:they|there)|(?:will|would|does|has) (?:it|he|she|they)|do (?:i|we|they)|am i"
    r"|wh(?:at|ich) (?:is|are|was|does|do|should|can|will|work|page|pages|book)|when (?:is|are|do|does|will))"
    r"\b[^.!?\n]+"
    r"|(?:^|[.!,\n])\W*(?:(?:also|and|but|pls|please|so)\W+)*"
    r"(?:can|could|should|do|does|must) (?!you\b|u\b|not\b)\w+ (?:still )?"
    r"(?:come|go|return|stay|keep|send|need|have|bring|take|get)"
    r"\b[^.!?\n]+"
    r"|(?<!\bif )(?<!\bwhen )\b(?:can|could|does|do) (?:he|she|they|i) (?:still )?"
    r"(?:come|go|return|stay|need|have to)\b[^.!?\n]+",
    re.IGNORECASE,
)
"""Nobody types the question mark of "How long does she need to be off", or of "can he come in tomorrow"; nor,
in a hurry, the stop before it ("doing the lotion now can she come in after dinner").
"""
_MAY_COME = re.compile(
    r"\b(?:(?:would|'d) (?:like|love)|wants?|hoping|hopes|keen|ready|well enough) to (?:come|go|be|get)"
    r" (?:back )?(?:in|to school)\b"
    r"[^.!?\n]*\b(?:is|would) (?:this|that|it) (?:be )?(?:ok|okay|alright|all right|fine|allowed|possible)\b",
    re.IGNORECASE,
)
"""Whether a child may come in is a question, however politely it is put; "is that ok" by itself is none."""
_COMPLAINS = re.compile(
    r"\b(?:complain(?:ing|t|ts)?|unacceptable|disgraceful|appalling|not (?:at all )?happy (?:with|about|that)"
    r"|shambles|sort (?:it|this|yourselves) out|how many times (?:do|must|have)"
    r"|do(?:es)? (?:nobody|no ?one|anybody|anyone|no 1) (?:ever |actually )?(?:listen|check|read|answer))\b",
    re.IGNORECASE,
)
COMPLAINT = "The message also complains of something; the rest of it is dealt with."

_COME_IN = re.compile(
    r"\b(?:would like|['\u2019]d like|wants?|would love|is keen|ok(?:ay)?|all ?right"
    r"|can|could|may|shall|should|is it fine)\b[^.!?]*"
    r"\b(?:comes?|coming|go|goes|be|is|send|bring)\b[^.!?]*\b(?:in|to school|back)\b",
    re.IGNORECASE,
)


def with_the_complaint(heard: Heard, outcome: Outcome, situation: Situation) -> Outcome:
    """The same outcome, and a person who reads what the family complains of, whatever the machine made of the rest."""
    read = any(isinstance(one, RaiseAlert) and one.reason in READ_BY_A_PERSON for one in outcome.effects)
    if outcome.reply is None or read or not _COMPLAINS.search(heard.text):
        return outcome
    return replace(outcome, effects=(*outcome.effects, to_read(heard, situation, COMPLAINT)))


def asks_beside(text: str) -> bool:
    """True when the words ask a person for an answer, or for something to be done."""
    found = (one[0] for pattern in (_QUESTION, _UNMARKED) for one in pattern.finditer(text))
    asked = (_POLITE.sub("", words, count=1) for words in found)
    questions = (words for words in asked if len(words.split()) >= _SHORTEST and _ASKS.search(words))
    asks = any(not _NEEDS_NOBODY.search(words) for words in questions) or _MAY_COME.search(text) is not None
    return asks or _wants_something_done(text)


def _wants_something_done(text: str) -> bool:
    rests = (text[found.end() :] for found in _REQUEST.finditer(text))
    return any(_TO_DO.match(rest) and not _ONLY_TO_KNOW.match(rest) for rest in rests)


def with_the_question(heard: Heard, outcome: Outcome, situation: Situation) -> Outcome:
    """The same outcome, with the task to pass on what is asked, unless somebody reads the words anyway."""
    answered = (*READ_AND_RECORDED, *ASKED_IN_TURN)
    if outcome.reply is None or outcome.reply.template not in answered or not asks_beside(heard.text):
        return outcome
    if any(map(is_to_read, outcome.effects)):
        return outcome
    task = OpenTask(
        f"message/{heard.id}/{WHAT}",
        WHAT,
        "office",
        heard.at + WITHIN,
        outcome.reply.pupils or of_whom_it_tells(heard.text, situation),
        note="The message also asks for something; the report in it is recorded.",
    )
    said = {"passed_on": True} if outcome.reply.template in READ_BACK else {}
    reply = replace(outcome.reply, values={**outcome.reply.values, **said})
    return replace(outcome, effects=(*outcome.effects, task), reply=reply)


def asks_to_come_in(heard: Heard, understood: Understanding) -> bool:
    """ "She would like to come in, ok?", of a child who is ill, with no day and no time."""
    said = any(report.return_day or report.arrives for report in understood.reports)
    return not said and "?" in heard.text and _COME_IN.search(heard.text) is not None
