"""The other parent has answered for the child, and now this one writes, who was asked as well.

"Sorry, just on my break, is that sorted?" would answer our question if it stood alone. Beside what the other has told
it says nothing of the child: read as an answer it would contradict, or hand the one home's reason to the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from attendance.absences import Absence
from attendance.codes import is_unexplained
from bot.for_the_reader import message_in_context
from bot.known import is_away_on
from bot.outcome import Heard, Situation
from bot.understanding import Message, Understanding

Read = Callable[[Message], Understanding]
ANSWERS = frozenset({"absence", "late", "return"})
SAYS_NOTHING = frozenset({"question", "chat", "help"})
_ASKS = re.compile(
    r"\?|\b(?:did|has|have|was|is) (?:you|u|he|she|they|it|that|anyone|somebody|(?:his|her|their|my) \w+)\b",
    re.IGNORECASE,
)


def says_nothing_beside_it(
    heard: Heard, message: Message, whole: Understanding, situation: Situation, read: Read
) -> Understanding:
    """The words as they stand, where they are an answer only because somebody was asked, and another has answered."""
    children = {child for report in whole.reports for child in report.children}
    answers = whole.intent in ANSWERS and not whole.safeguarding and not whole.urgent
    question = situation.conversation.open_question(heard.at)
    if not answers or not children or (question is not None and question.kind != "absence"):
        return whole
    today = [known for known in situation.known if known.live and is_away_on(known, heard.day)]
    mine = {known.pupil for known in today if _is_the_writers(known, situation)}
    theirs = {known.pupil for known in today if not is_unexplained(known.code)} - mine
    if not children <= theirs:
        return whole
    kept = tuple(known for known in situation.known if known.pupil not in theirs)
    known = message_in_context(heard, replace(situation, known=kept)).known
    plain = read(replace(message, asked=None, known=known))
    asks = _ASKS.search(heard.text) is not None
    unsure = "confirm" in whole.ask or plain.intent == "chat" or asks
    if plain.intent not in SAYS_NOTHING or not unsure:
        return whole
    return replace(plain, intent="question") if asks else plain


def _is_the_writers(absence: Absence, situation: Situation) -> bool:
    return absence.contact is None or absence.contact == situation.sender.writer
