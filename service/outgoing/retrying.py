"""A number or address that was dead is tried again, because a person says that it works."""

from __future__ import annotations

from attendance.calendar import local
from attendance.events import AddressWorks
from attendance.people import AddressState
from service.errors import CannotDo
from service.staff.staffing import finish_task, member_of
from service.turns.turn import Turn


def is_live(turn: Turn, contact: str, channel: str) -> bool:
    """Whether nothing is known against this address."""
    address = _address(turn, contact, channel)
    return turn.school.roll.state(channel, address) is AddressState.LIVE


async def works_again(turn: Turn, staff: str, contact: str, channel: str) -> int:
    """The address is live again, its tasks and notices are over, and who waits for an answer on it asks at once.

    Answers about how many children. Raises CannotDo for an address that its owner stopped: that is theirs to open.
    """
    member = member_of(turn, staff)
    address = _address(turn, contact, channel)
    if turn.school.roll.state(channel, address) is AddressState.STOPPED:
        raise CannotDo("Its owner stopped messages there; it opens when they write START or answer. Ring instead.")
    await turn.set_address(channel, address, AddressState.LIVE, f"tried again by {staff}")
    pupils = [link.pupil for link in turn.school.roll.children_of(contact) if not link.barred]
    await turn.stand_down(f"number/{channel}/{contact}")
    rang = [f"number/{pupil}/{contact}/rang" for pupil in pupils]
    for task in await turn.open_tasks():
        if task.key in (f"number/{channel}/{contact}", *rang):
            await finish_task(turn, staff, task.key, "works again")
    turn.note("works_again", pupils, to=contact, channel=channel, by=member.name, position=member.position)
    asked = 0
    for case in await turn.cases_of(local(turn.now).date(), pupils):
        event = AddressWorks(f"again/{channel}/{contact}/{turn.now.isoformat()}/{case.session}", contact, channel)
        asked += len((await turn.move(case, event)).attempts) > len(case.attempts)
    return asked


def _address(turn: Turn, contact: str, channel: str) -> str:
    person = turn.school.roll.contacts.get(contact)
    address = person.address(channel) if person is not None else None
    if address is None:
        raise CannotDo("This contact has no such number or address any more; look again.")
    return address
