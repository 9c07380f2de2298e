"""Why the machine read a message as it did: the one place that asks the reader for its reasons.

What was read is stored with the message; the reasons are asked for again when somebody looks. The question that was
open at that time is not stored, so where these words alone would be read otherwise, that is said instead.
"""

from __future__ import annotations

from attendance.school import School
from bot.understanding import Child, Message, understand
from bot.understanding.saying import in_plain_words
from office import wording
from office.board.snapshot import Said


def because(words: Said, school: School) -> tuple[str, ...]:
    """What was understood, from which words, and what is asked and why; () where nobody read them."""
    if words.understood is None or not words.text.strip():
        return ()
    message = _message(words, school)
    again = understand(message, school.calendar, explain=True, certainty=school.policy.understanding)
    if again.intent != words.intent:
        alone = wording.INTENTS.get(again.intent, again.intent)
        return (f"Read in the light of what had been asked; by themselves these words would be “{alone}”.",)
    return (in_plain_words(message, again),)


def _message(words: Said, school: School) -> Message:
    roll = school.roll
    ids = [link.pupil for link in roll.children_of(words.contact)] if words.contact else list(words.pupils)
    children = tuple(
        Child(one.id, one.given, one.family, one.known_as, one.year, one.group)
        for id in ids
        if (one := roll.pupils.get(id)) is not None
    )
    return Message(words.at, children, None, (), words.text)
