"""A nudge: a person reminds the teacher of a class whose register is not in."""

from __future__ import annotations

from datetime import datetime, timedelta

from attendance.calendar import Session, local
from attendance.people import StaffMember
from service.day.registers import has_closed
from service.errors import CannotDo
from service.staff.staffing import member_of
from service.turns.turn import Turn
from service.turns.words import EMAIL, SMS, TELEGRAM, WordsToSend, school_values
from storage import journal, register

AGAIN_AFTER = timedelta(minutes=5)
LIVES = timedelta(hours=2)


async def nudge(turn: Turn, staff: str, group: str, session: Session) -> None:
    """Write to the class's own teacher on every way that there is. Raises CannotDo when it is in, or was just done."""
    member = member_of(turn, staff)
    if group in await register.classes_taken(turn.db, turn.school.id, session):
        raise CannotDo(f"The register of {group} is in.")
    if not has_closed(turn, group, session):
        raise CannotDo(f"The register of {group} is not closed yet; remind the teacher after it has.")
    teachers = turn.school.roll.teachers_of(group)
    ways = [(one, way) for one in teachers for way in _ways(turn, one)]
    if not ways:
        raise CannotDo(f"Nobody who teaches {group} is here and has an address; ring the class, or go there.")
    if (last := await _last(turn, group, session)) is not None and turn.now - last < AGAIN_AFTER:
        again = local(last + AGAIN_AFTER)
        raise CannotDo(f"The teacher of {group} was reminded at {local(last):%H:%M}; again from {again:%H:%M}.")
    words = turn.wording.say(
        "staff.alert",
        reason="register_missing",
        who=group,
        urgent=False,
        number="",
        detail=f"{member.name} asks you to take it now.",
        link=turn.link,
        **school_values(turn),
    )
    for one, (channel, address) in ways:
        key = f"nudge/{session}/{group}/{one.id}/{channel}/{turn.now.isoformat()}"
        turn.send(WordsToSend(key, channel, address, words, (), staff=one.id, not_after=turn.now + LIVES))
    turn.note(
        "nudged",
        (),
        group=group,
        session=session.half,
        day=session.day,
        to=[one.id for one in teachers],
        by=member.name,
        position=member.position,
    )


def _ways(turn: Turn, member: StaffMember) -> list[tuple[str, str]]:
    addresses = ((EMAIL, member.email), (TELEGRAM, member.telegram), (SMS, member.phone))
    return [(channel, address) for channel, address in addresses if address and channel in turn.ours]


async def _last(turn: Turn, group: str, session: Session) -> datetime | None:
    """When this class was last reminded of this register."""
    lines = await journal.of_kinds(
        turn.db, turn.school.id, turn.now - timedelta(hours=12), turn.now + turn.now.resolution, ["nudged"]
    )
    this = (group, session.half)
    return max((line.at for line in lines if (line.data["group"], line.data["session"]) == this), default=None)
