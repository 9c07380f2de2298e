"""A message as the reader takes it: with the writer's children, what we asked, and what we know already."""

from __future__ import annotations

from collections.abc import Iterable

from attendance.people import Roll
from bot.conversation import asked_of
from bot.outcome import Heard, Situation
from bot.understanding import Child, Message, Report


def message_in_context(heard: Heard, situation: Situation) -> Message:
    """The message with everything that the reader may know of its writer."""
    known = tuple(
        Report((a.pupil,), a.code, a.first_day, a.return_day, a.half, a.arrives, a.leaves)
        for a in situation.known
        if a.live
    )
    asked = asked_of(situation.conversation.open_question(heard.at))
    return Message(heard.at, (*children_of(situation), *situation.elsewhere), asked, known, heard.text)


def children_of(situation: Situation) -> tuple[Child, ...]:
    """The writer's children, by every name that the roll has of them."""
    return children_listed(situation.school.roll, situation.sender.children)


def children_listed(roll: Roll, ids: Iterable[str]) -> tuple[Child, ...]:
    """These pupils as the reader knows children."""
    pupils = (roll.pupils[id] for id in ids)
    return tuple(Child(p.id, p.given, p.family, p.known_as, p.year, p.group) for p in pupils)
