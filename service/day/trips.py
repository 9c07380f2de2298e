"""At a register's close: who is said to be on a trip of the school's, and has an N in the school's own register."""

from __future__ import annotations

from collections.abc import Iterable

from attendance.calendar import Session
from attendance.codes import is_unexplained
from attendance.on_a_trip import ON_A_TRIP, look_on_the_trip
from attendance.register import Entry
from service.turns.turn import Turn


async def look_on_trips(turn: Turn, entries: Iterable[Entry], session: Session) -> None:
    """Each such child is looked for once a day; a code that a person entered stands."""
    for entry in entries:
        said = entry.ours == ON_A_TRIP and not entry.decided
        if said and entry.mis is not None and is_unexplained(entry.mis):
            await turn.apply(look_on_the_trip(entry.pupil, session, turn.now))
