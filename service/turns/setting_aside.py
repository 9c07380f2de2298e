"""A contact whom words name as who harmed a child is set aside for it, with all that waits for them (reading A123)."""

from __future__ import annotations

from collections.abc import Sequence

from service.turns.turn import Turn
from storage import people

WHY = "this contact is set aside now"


async def set_aside(turn: Turn, pupil: str, contacts: Sequence[str]) -> None:
    """Of the pupil these contacts are asked and told nothing from now on, until a person releases them."""
    new = [one for one in contacts if not turn.school.roll.is_set_aside(pupil, one)]
    await people.set_aside(turn.db, turn.school.id, pupil, new, turn.now)
    await turn.reload_roll()
    for contact in new:
        await turn.cancel_words_to(contact, pupil, WHY)
        turn.note("contact", (pupil,), contact=contact, what="set_aside")
