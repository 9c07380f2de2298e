"""Whose chat is it? A chat is linked to people only by proof of the number that the school has listed for them.

Either the token of a link that was sent to that number by text (once, for seven days), or the writer's own number as
Telegram knows it. A number proves a phone and not a person: everybody who is listed with it is linked, so that a phone
that two families share stays in doubt as it is by text. Nobody is told whether a number is listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final

from attendance.calendar import local
from attendance.effects import RaiseAlert
from attendance.people import AddressState, Contact, StaffMember
from messaging.numbers import BadNumber, is_landline, normal
from service.errors import CannotDo
from service.turns.turn import Turn
from service.turns.words import TELEGRAM, WordsToSend, school_values
from storage import people, timers
from storage.timers import Timer

INVITATION: Final = "telegram_invitation"
"""The kind of timer that an invitation is: taking it is what makes it count once, and falling due is its end."""
LIVES: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Linked:
    """Who was linked to a chat."""

    contacts: tuple[Contact, ...] = ()
    staff: tuple[StaffMember, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.contacts or self.staff)


async def invite(turn: Turn, who: str, bot: str, token: str) -> None:
    """Text a link for Telegram to the listed number of a contact or member of staff (id). Raises CannotDo.

    `bot` is the bot's user name; `token` is random, of A-Z a-z 0-9 _ and -, and is kept only as its print.
    """
    person = turn.school.roll.contacts.get(who) or turn.school.roll.staff_member(who)
    if person is None:
        raise CannotDo(f"Nobody on the contact list or the staff list has the id {who}.")
    if person.phone is None or is_landline(person.phone):
        raise CannotDo(f"{who} has no mobile number that a link could be sent to; add it first.")
    contact = person.id if isinstance(person, Contact) else None
    if turn.school.roll.state("sms", person.phone) is not AddressState.LIVE:
        raise CannotDo(f"The number of {who} takes no texts from us (stopped or wrong); mend that first.")
    if contact and not _may_be_linked(turn, contact):
        raise CannotDo(f"{who} is barred for every child here; nobody writes to them.")
    ends = turn.now + LIVES
    data = {"who": person.id, "phone": person.phone}
    await timers.put(turn.db, turn.school.id, [Timer(INVITATION, _print(token), ends, data)])
    link = f"https://t.me/{bot}?start={token}"
    turn.send(
        WordsToSend(
            key=f"telegram/invite/{_print(token)}",
            channel="sms",
            address=person.phone,
            words=turn.wording.say("telegram.invite", school=turn.school.policy.short_name, link=link),
            pupils=(),
            contact=contact,
            staff=None if contact else person.id,
            not_before=turn.school.words_may_leave(turn.now),
            not_after=ends,
        )
    )


async def redeem(turn: Turn, chat: str, token: str) -> Linked | None:
    """Link a chat by the token of an invitation. None: this school gave no such token, or it was used or is too old."""
    invitation = await timers.get(turn.db, turn.school.id, INVITATION, _print(token))
    if invitation is None or invitation.due_at <= turn.now:
        return None
    if not await timers.take(turn.db, turn.school.id, invitation):
        return None
    phone = invitation.data["phone"]
    person = turn.school.roll.contacts.get(invitation.data["who"]) or turn.school.roll.staff_member(
        invitation.data["who"]
    )
    if person is None or person.phone != phone:  # the school has learned since that the number was wrong
        return None
    return await link(turn, chat, phone)


async def link(turn: Turn, chat: str, phone: str) -> Linked:
    """Link a chat to everybody who is listed with this number, in any spelling. Nobody, where none is.

    Also to somebody barred who shares it, so that the bar holds for the chat as it does for the number.
    """
    number = _normal(phone)
    roll = turn.school.roll
    closed = number is None or roll.state("sms", number) is AddressState.BAD  # whoever holds it said it is not theirs
    listed = [] if closed else [one for one in roll.contacts.values() if _normal(one.phone) == number]
    contacts = tuple(listed) if any(_may_be_linked(turn, one.id) for one in listed) else ()
    staff = tuple(one for one in roll.staff if not closed and _normal(one.phone) == number)
    await _tell_of_barred(turn, [one for one in listed if one not in contacts])
    for contact in contacts:
        await people.set_telegram(turn.db, turn.school.id, contact.id, chat)
        pupils = [one.pupil for one in roll.children_of(contact.id)]
        turn.note("telegram_linked", pupils, contact=contact.id)
    for member in staff:
        await people.set_staff_telegram(turn.db, turn.school.id, member.id, chat)
        turn.note("telegram_linked", (), staff=member.id)
    if contacts or staff:
        await turn.set_address(TELEGRAM, chat, AddressState.LIVE, "linked")
        await _end_invitations(turn, {one.id for one in contacts} | {one.id for one in staff})
    return Linked(contacts, staff)


def _may_be_linked(turn: Turn, contact: str) -> bool:
    """Somebody barred for every child here gets no chat: nobody writes to them, and they learn nothing."""
    links = turn.school.roll.children_of(contact)
    return any(not one.barred for one in links)


async def _tell_of_barred(turn: Turn, barred: Sequence[Contact]) -> None:
    for contact in barred:
        pupils = tuple(one.pupil for one in turn.school.roll.children_of(contact.id))
        if not pupils:
            continue
        await turn.raise_alert(
            RaiseAlert(
                f"telegram/barred/{contact.id}/{local(turn.now).date()}",
                "barred_contact_wrote",
                True,
                pupils,
                "Somebody who is barred tried to link a Telegram chat; it was not linked, and nothing was said.",
                roles=("safeguarding_lead",),
            )
        )


async def _end_invitations(turn: Turn, who: set[str]) -> None:
    """Other links that the same people were sent count no more."""
    waiting = await timers.all_of(turn.db, turn.school.id, INVITATION)
    await timers.drop(turn.db, turn.school.id, [(one.kind, one.key) for one in waiting if one.data["who"] in who])


def reply(turn: Turn, template: str, key: str, chat: str, share: bool = False) -> WordsToSend:
    """Words to a chat about the chat itself, which name no child and nobody else."""
    values = school_values(turn)
    label = turn.wording.say("telegram.share").text if share else ""
    return WordsToSend(
        key=f"reply/{key}",
        channel=TELEGRAM,
        address=chat,
        words=turn.wording.say(template, **values),
        pupils=(),
        not_after=turn.now + timedelta(hours=12),
        chat={"share": label} if share else {},
    )


def _print(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _normal(phone: str | None) -> str | None:
    """E.164. Telegram gives numbers with their country and mostly without the plus."""
    if not phone:
        return None
    try:
        return normal(phone if phone.startswith(("+", "0")) else f"+{phone}")
    except BadNumber:
        return None
