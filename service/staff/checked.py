"""Acts of staff, checked against what was seen, in the turn that carries them out: at the desk and in a chat."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from attendance.ladder import Alert
from office import wording
from office.desk import Overtaken
from office.permissions import may_have
from service.errors import CannotDo
from service.staff import staffing
from service.turns.turn import Turn

Work = Callable[[Turn], Awaitable[None]]


async def decide(turn: Turn, pupil: str, seen: str, work: Work) -> None:
    """Do `work` unless the matter has changed since somebody looked. Raises Overtaken."""
    if await turn.stamp(pupil) != seen:
        name = turn.school.roll.pupils[pupil].called if pupil in turn.school.roll.pupils else "this child"
        raise Overtaken(f"Something changed for {name} while you were deciding. Look again, then decide.")
    await work(turn)


async def take(turn: Turn, staff: str, *, pupil: str | None = None, key: str | None = None) -> None:
    """This person has it: the live alerts of a pupil, or the one of this key. Raises Overtaken when somebody has it."""
    mine = [
        alert for alert in await turn.live_alerts() if alert.key == key or (pupil is not None and pupil in alert.pupils)
    ]
    if not mine:
        raise Overtaken("This is over; nothing was left to take.")
    member = staffing.member_of(turn, staff)
    mine = [alert for alert in mine if may_have(member, member.roles, alert)]
    if not mine:
        raise CannotDo(staffing.NOT_YOURS)
    if all(alert.acknowledged_by is not None for alert in mine):
        raise Overtaken(_who_has_it(mine[0], turn))
    await staffing.acknowledge(turn, staff, pupil, key)


def _who_has_it(alert: Alert, turn: Turn) -> str:
    member = turn.school.roll.staff_member(alert.acknowledged_by or "")
    since = f" since {wording.clock(alert.acknowledged_at)}" if alert.acknowledged_at else ""
    return f"{member.name if member else 'Somebody'} has this{since}."
