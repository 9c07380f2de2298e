"""In answer to why a child is away: it has come home by itself, and tells that it bunked off or walked out of school.

The family has it, so nobody need look for it; unless it went out again.
"""

from __future__ import annotations

import re

from bot.understanding.evidence import Reading

WAITED_FOR = frozenset(("absence", "reason"))
"""Questions that such words may answer."""
#: In at the family's own door: "he's just walked in, says he bunked off"; not the writer ("just got in from work").
_CAME_HOME = re.compile(
    r"\b(?:he|she|they) (?:is |are |has |have |only |just |now )*"
    r"(?:walked|come|came|got|strolled|rolled|waltzed|wandered|turned up)"
    r" (?:(?:back )?(?:in|through|to|up|at) (?:(?:at|the|our|my|his|her|their) )*"
    r"(?:front |back )?(?:door|house|mine|ours|work)\b|here\b)"
    r"|\b(?:he|she|they) (?:is |are |has |have |only )*just (?:now )?(?:walked|strolled|rolled|waltzed) (?:back )?in\b"
    r"(?! (?:to|late|at|school|class|reception)\b)"
    r"|\b(?:he|she|they) (?:is |are |has |have |only |just |now )*(?:come|came|got|turned up|arrived) (?:back )?"
    r"(?:at )?home\b"
    r"|^(?:(?:sorry|oh|ok|hi)[ ,.!]*)*(?:he |she |they )?(?:has |have )?just (?:now )?(?:turned up|come|came|got) "
    r"(?:back )?(?:at )?(?:home|here)\b"
    r"|\b(?:he|she|they) (?:is |are |has |have |only |just |now )*(?:turned up|arrived) (?:back )?here\b"
    r"|\band (?:came|come|got|walked) (?:straight |back )?home\b"
)
_AT_HOME_NOW = re.compile(r"\b(?:he|she|they) (?:is|are) (?:now |back )?(?:at )?home\b")
#: Why it is at home and not in class: it walked out of school, by the parent's word or by its own.
_LEFT = re.compile(
    r"\b(?:left|walked out|came out|stormed out)(?: of)? "
    r"(?:school|class|lessons?|(?:at |after |before )?(?:lunch|dinner|break))\b"
)
_SAYS_WHY = re.compile(
    r"\b(?:say|says|said|saying|told|reckons|because|cos|after)\b.*"
    r"\b(?:left|leaving|(?:walked|came|stormed) out|row|(?:fell|fallen|falling) out|argument|fight|had enough)\b"
)
_AND_LEFT = frozenset("went gone left leaves out again last yesterday earlier police not".split())


def came_home(seen: Reading) -> bool:
    """ "He's just walked in the door, says he bunked off": the family has it, and nobody need look any more."""
    line = _line_of_the_child(seen)
    bunked = seen.signals.has("truant") and _AND_LEFT.isdisjoint(line.split()) and _CAME_HOME.search(line) is not None
    return _is_said_plainly(seen) and (bunked or _walked_home(line))


def walked_out(seen: Reading) -> bool:
    """ "He's just come home, says he had a row with a teacher and left": where it is, is known, and no machine says
    what its absence is.
    """
    unexplained = seen.why.code in (None, "N", "O")
    return _is_said_plainly(seen) and unexplained and _walked_home(_line_of_the_child(seen))


def home_by_itself(seen: Reading) -> bool:
    """ "She's come home, says she walked out", and nobody asked: school has to hear of it, and nobody need look."""
    return seen.message.is_unasked and _walked_home(_line_of_the_child(seen))


def _is_said_plainly(seen: Reading) -> bool:
    asked = seen.message.asked
    return asked is not None and asked.kind in WAITED_FOR and "?" not in seen.words.texts


def _walked_home(line: str) -> bool:
    """Home by now, out of school by itself, and not gone again."""
    if not (_AND_LEFT - {"left", "out"}).isdisjoint(line.split()):
        return False
    came, left = _CAME_HOME.search(line), _LEFT.search(line)
    said = came is not None and (left is not None or _SAYS_WHY.search(line) is not None)
    return said or (left is not None and _AT_HOME_NOW.search(line) is not None)


def _line_of_the_child(seen: Reading) -> str:
    """The words, each child of the list that is named in them as "he"."""
    texts = seen.texts_of("he")
    return " ".join(
        "is" if text == "'s" and texts[place - 1 : place] == ["he"] else text for place, text in enumerate(texts)
    )
