"""A child of whom a message told harm or a threat, and whom a register misses: whoever reads of the harm hears at once.

The chase goes on, since words of harm do not say where the child is (reading A94); but "a boy has a knife for her", and
then an empty chair, is not for the deadline.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from attendance.alarms import ON_THE_LIST
from attendance.calendar import CalendarTooShort, local
from attendance.case import Case
from attendance.effects import RaiseAlert
from attendance.ladder import Alert
from service.day.of_a_message import message_of
from service.turns.turn import Turn

BECAUSE = "A message disclosed possible harm to this child, and the register misses it: read the message, and ring."
ROLES = ("safeguarding_lead",)


async def harm_told(turn: Turn, pupils: Collection[str]) -> dict[str, Alert]:
    """Of which of these pupils a message told harm since the last school day ended, and it is still an alert."""
    found: dict[str, Alert] = {}
    since = _last_end(turn)
    for alert in await turn.live_alerts() if pupils else ():
        told = message_of(alert)
        if told is None or told[1] != "safeguarding" or alert.opened_at < since:
            continue
        found |= dict.fromkeys(set(pupils).intersection(alert.pupils), alert)
    return found


def _last_end(turn: Turn) -> datetime:
    today = local(turn.now).date()
    try:
        return turn.school.end_of_day(turn.school.calendar.before(today))
    except CalendarTooShort:
        return turn.school.end_of_day(today - timedelta(days=1))


def missed_after_harm(case: Case, alert: Alert) -> RaiseAlert:
    """Whoever has the alert of the harm hears first."""
    return RaiseAlert(
        key=f"{case.key}/{ON_THE_LIST}/harm",
        reason="vulnerable_absent",
        urgent=True,
        pupils=(case.pupil,),
        session=case.session,
        roles=ROLES,
        staff=alert.acknowledged_by,
        because=BECAUSE,
    )
