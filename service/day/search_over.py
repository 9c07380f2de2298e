"""A search without a case is over: whoever feared for the child, and heard that staff were being told, hears that it
is in school. A case tells those whom it asked; here nobody was asked, because a report explained the day."""

from __future__ import annotations

from attendance.calendar import Session, local
from attendance.case import PRESENT_OUTCOMES
from attendance.effects import Tell
from attendance.ladder import Alert
from attendance.settling import SEARCHES
from bot.whereabouts.in_after_all import MORNING_IS_OVER
from service.day.of_a_message import message_of
from service.turns.turn import Turn
from storage import inbox


async def tell_the_writer(turn: Turn, alert: Alert, pupil: str, outcome: str) -> None:
    """Once, on the way on which they wrote, if they may still be written to about this child."""
    told = message_of(alert)
    if told is None or alert.reason not in SEARCHES or outcome not in PRESENT_OUTCOMES:
        return
    row = await inbox.get(turn.db, told[0])
    if row is None:
        return
    now, roll = local(turn.now), turn.school.roll
    way = (row.channel, row.their_address)
    for contact in roll.at(*way):
        if way in roll.ways_to(pupil, contact.id, (row.channel,)):
            session = Session(now.date(), "am" if now.time() < MORNING_IS_OVER else "pm")
            tell = Tell((pupil,), session, contact.id, *way, "absence.all_clear", f"found_{row.inbox_id}", how="found")
            await turn.apply([tell])
            return
