""" "Is Tom in school today?", "can you check he arrived": a question is no statement. It is answered with what the
register says; where it says nothing yet a person looks, and where the child is missed nobody knows where it is (A66).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from attendance.calendar import Session, local
from attendance.codes import SIGNED_IN
from bot.drafts import called_names
from bot.for_staff.passing_on import to_read
from bot.naming import any_name, is_named
from bot.outcome import Heard, Outcome, Reply, Situation
from bot.understanding import Understanding
from bot.whereabouts.here_already import all_signed_in, in_by_the_register

IN_SCHOOL = "absence.in_school"
NOBODY_KNOWS = "A contact asks whether the child is in school, and nobody has said where it is."
LEFT_IN_TIME = "The child was signed in late, and a contact says that it set off in time: ask where it has been."
_POLITE = r"(?:(?:hi|hello|hey|good|morning|afternoon|please|sorry|just|so|and|but|thanks|thank you|ok)[ ,.]*)*"
_ASKS = (
    r"(?:(?:can|could|would|will) (?:you|someone|somebody|anyone)|do you know|(?:tell|let) me(?: know)?|i|we|am|are"
    r"|was|just|please|wanting|want|need|would like|to|know|make sure|check(?:ing)?|confirm|wonder(?:ing)?|see|that|if"
    r"|whether)"
)
_BEGINS = re.compile(rf"{_POLITE}(?:is|are|has|have|did|was|were)\b|.*\b(?:check|confirm|whether|if|wonder|know|sure)")
_IN = (
    r"(?:(?:been|now|there|safely|safe|definitely|actually|already|ok|alright|is|are|has|have|did|get|gets|got|make"
    r"|made|come|came|go|went|turn(?:ed)?|show(?:ed)?|arrived?|marked|registered|signed|it|up|in|into|to|at|school|class"
    r"|lessons?|registration|present|yet)\b ?)+"
)
_ENDS = r"(?:(?:today|this morning|this afternoon|please|safely|now|then|at all|for me|or not|thanks|x+|,)[ ,]*)*"
_SAYS_IN = re.compile(
    r"\b(?:in|there|present|arrived?|school|class|lessons?|registration|turn(?:ed)? up|show(?:ed)? up|registered)\b"
)
_SENTENCE = re.compile(r" ?[.!?]+ ?")


def asked_whether_in(heard: Heard, situation: Situation) -> tuple[str, ...]:
    """The children of whom the words ask whether they are in school today, and nothing else; none for other words."""
    mine = situation.sender.may_hear_of
    line = heard.line
    if not mine or not ("?" in line or _BEGINS.match(line)):
        return ()
    who = rf"(?:{any_name(mine, situation).casefold()}|he|she|they|my (?:son|daughter|child))(?: 's|s)?"
    asks = re.compile(rf"{_POLITE}(?:{_ASKS}[ ,]+)*(?:(?:is|are|has|have|did|was|were) )?{who} {_IN}{_ENDS}")
    said = [part for part in _SENTENCE.split(line) if any(letter.isalnum() for letter in part)]
    asked = [part for part in said if asks.fullmatch(part) and _SAYS_IN.search(part)]
    if len(asked) != 1 or not all(re.fullmatch(_POLITE + _ENDS, part) for part in said if part not in asked):
        return ()
    named = tuple(child for child in mine if is_named(heard.text, child, situation))
    missed = tuple(child for child in mine if child in situation.cases)
    return named or (mine if len(mine) == 1 else missed if len(missed) == 1 else ())


def only_asks_of_the_missed(heard: Heard, pupils: Iterable[str], situation: Situation) -> bool:
    """Such a question, of children for whom nobody has answered: where they are nobody knows, and nobody has said."""
    meant = set(pupils)
    asked = set(asked_whether_in(heard, situation))
    return bool(meant) and meant <= asked and all(pupil in situation.cases for pupil in meant)


def by_the_register(heard: Heard, situation: Situation) -> Outcome | None:
    """What the register says, of children whom it has in school today and of whom nobody says that they are away; for
    any others None: then a person answers.
    """
    pupils = asked_whether_in(heard, situation)
    if not in_by_the_register(heard, pupils, situation):
        return None
    return Outcome(situation.conversation, (), _in_school(heard, pupils, situation))


def signed_in_since(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """ "But he left at 8??", of a child whom the office has signed in: it is here, and nobody need look for it. Where
    it has been meanwhile is for the office to ask.
    """
    pupils = tuple(dict.fromkeys(child for report in understood.reports for child in report.children))
    if understood.intent != "present" or understood.safeguarding or not all_signed_in(heard, pupils, situation):
        return None
    note = replace(to_read(heard, situation, LEFT_IN_TIME), pupils=pupils, climbs=False)
    calm = replace(situation.conversation, question=None)
    asks = set(pupils) <= set(asked_whether_in(heard, situation))
    return Outcome(calm, () if asks else (note,), _in_school(heard, pupils, situation))


def _in_school(heard: Heard, pupils: tuple[str, ...], situation: Situation) -> Reply:
    """That these are in school by the register, and since when where they were signed in late."""
    times = {_signed_in_at(pupil, heard, situation) for pupil in pupils}
    values = {"names": called_names(situation, pupils), "at": times.pop() if len(times) == 1 else None}
    return Reply(IN_SCHOOL, pupils, values)


def _signed_in_at(pupil: str, heard: Heard, situation: Situation) -> datetime | None:
    entries = [situation.entered.get((pupil, Session(heard.day, half))) for half in ("pm", "am")]
    newest = next((one for one in entries if one is not None and one.mis is not None), None)
    late = newest is not None and newest.current in SIGNED_IN and newest.mis_at is not None
    return local(newest.mis_at) if late and newest is not None and newest.mis_at is not None else None
