"""A child of whom a message told harm, and by whom, before its register closed: whoever is named is not asked about it.

When the register closes without the child, its case begins with that contact left out, as it would leave them out after
the same words in answer to our question (reading A94), as long as the alert of the harm is not over.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.whereabouts.harm import said_to_have_harmed
from service.day.of_a_message import is_doubted, message_of
from service.turns.turn import Turn
from storage import inbox


async def harm_named_before(turn: Turn, pupils: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Of each of these pupils the contacts whom a message that is still an alert names as who harmed it."""
    found: dict[str, tuple[str, ...]] = {}
    for alert in await turn.live_alerts() if pupils else ():
        match message_of(alert):
            case (message, "safeguarding") if (row := await inbox.get(turn.db, message)) is not None:
                by_the_child = await is_doubted(turn, message)
            case _:
                continue
        for pupil in set(pupils).intersection(alert.pupils):
            named = said_to_have_harmed(row.text, row.contact_id, pupil, by_the_child, turn.school.roll)
            found[pupil] = (*found.get(pupil, ()), *named)
    return {pupil: named for pupil, named in found.items() if named}
