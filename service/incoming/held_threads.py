"""Threads that a member of staff has taken over: what was written there is read, and the machine is silent on them.

Source: DESIGN section 6 ("A member of staff can take a thread over; the bot is then silent on it until handed back").
The first question about a child leaves all the same: no N is dropped (promise 1). Nobody hands back what they have
forgotten, so that a takeover ends with the school day: what we ask the next morning, and the answer, count.
"""

from __future__ import annotations

from dataclasses import replace

from attendance import ladder
from attendance.ladder import Alert
from attendance.people import StaffMember, address_key
from attendance.telling import TO_TELL
from bot.for_staff.passing_on import NO_REASON, TAKEN_BACK
from service.errors import CannotDo
from service.incoming import conversations
from service.turns.turn import Turn
from service.turns.turn_alerts import is_under
from storage import inbox, threads

READ = "/read"
ENDS = (READ, NO_REASON, TAKEN_BACK)
"""How the keys of those alerts end that a person reads the words."""


async def take_over(turn: Turn, member: StaffMember, contact: str, back: bool = False) -> None:
    """Take the contact's threads over, or hand them `back`; either way what the contact wrote there is read."""
    owner = None if back else member.id
    for channel, address in threads_of(turn, contact):
        thread = await conversations.load(turn.db, turn.ours[channel], channel, address, turn.school.id)
        owned = replace(thread.part, owner=owner)
        await conversations.save(turn.db, turn.ours[channel], channel, address, owned, turn.school.id, thread)
    await has_read(turn, member, contact)
    pupils = [link.pupil for link in turn.school.roll.children_of(contact)]
    turn.note("thread", pupils, contact=contact, by=member.name, position=member.position, owner=owner)


async def end_with_the_day(turn: Turn) -> None:
    """The school day is over, or a new one begins: the machine answers again in every thread that is still held. What
    nobody has read there goes on climbing.
    """
    named = _named(turn)
    for row in await threads.owned(turn.db):
        contacts = named.get((row.channel, address_key(row.their_address)))
        if row.owner is None or contacts is None or turn.ours.get(row.channel) != row.our_address:
            continue
        thread = await conversations.load(turn.db, row.our_address, row.channel, row.their_address, turn.school.id)
        ours = (row.our_address, row.channel, row.their_address)
        await conversations.save(turn.db, *ours, replace(thread.part, owner=None), turn.school.id, thread)
        holder = turn.school.roll.staff_member(row.owner)
        by, position = (holder.name, holder.position) if holder else ("a member of staff", "")
        for contact in contacts:
            pupils = [link.pupil for link in turn.school.roll.children_of(contact)]
            turn.note("thread", pupils, contact=contact, by=by, position=position, owner=None, ended="day")


def _named(turn: Turn) -> dict[tuple[str, str], list[str]]:
    """Whose each address is; several contacts may share one."""
    found: dict[tuple[str, str], list[str]] = {}
    for contact in turn.school.roll.contacts:
        for channel, address in threads_of(turn, contact):
            found.setdefault((channel, address_key(address)), []).append(contact)
    return found


async def answered(turn: Turn, member: StaffMember, contact: str) -> None:
    """Whoever holds the thread and writes in it has read what stands there."""
    for channel, address in threads_of(turn, contact):
        thread = await conversations.load(turn.db, turn.ours[channel], channel, address, turn.school.id)
        if thread.part.owner == member.id:
            await has_read(turn, member, contact)
            return


async def has_read(turn: Turn, member: StaffMember, contact: str) -> None:
    """The messages of this contact that somebody was to read, and what the contact was to be told. Danger, and whom
    nobody accounts for, go on; that danger stands in their own thread, its holder has read.
    """
    for alert in await turn.live_alerts():
        if alert.reason != "message_to_read" or (alert.urgent and alert.staff != member.id):
            continue
        if is_under(alert.key, f"{TO_TELL}/{contact}") or await _wrote(turn, contact, alert):
            turn.put_alert(ladder.acknowledge(alert, member.id, turn.now, turn.school))


async def did_what_they_wrote(turn: Turn, member: StaffMember) -> None:
    """A member of staff wrote words to the absence line that no machine reads ("just been to see, she is in 9C"), and
    acts on a child now: whoever else was told to read those words need not be told again. Danger in them goes on.
    """
    for alert in await turn.live_alerts():
        if alert.urgent or alert.pupils or alert.reason != "message_to_read" or not alert.key.endswith(READ):
            continue
        row = await inbox.get(turn.db, alert.key.removeprefix("message/").removesuffix(READ))
        if row is not None and address_key(row.their_address) in _addresses(member):
            turn.put_alert(ladder.acknowledge(alert, member.id, turn.now, turn.school))


def _addresses(member: StaffMember) -> set[str]:
    return {address_key(one) for one in (member.phone, member.email, member.telegram) if one}


async def _wrote(turn: Turn, contact: str, alert: Alert) -> bool:
    if not (alert.key.startswith("message/") and alert.key.endswith(ENDS)):
        return False
    row = await inbox.get(turn.db, alert.key.removeprefix("message/").rsplit("/", 1)[0])
    return row is not None and (row.channel, row.their_address) in threads_of(turn, contact)


def threads_of(turn: Turn, contact: str) -> list[tuple[str, str]]:
    """The (channel, address) of each thread with this contact. Raises CannotDo for somebody unknown."""
    person = turn.school.roll.contacts.get(contact)
    if person is None:
        raise CannotDo(f"Nobody on the contact list has the id {contact}.")
    return [
        (channel, address)
        for channel in turn.ours
        if channel in ("sms", "telegram", "email") and (address := person.address(channel))
    ]
