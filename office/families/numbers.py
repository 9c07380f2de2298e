"""A contact's numbers and addresses as staff may use them: what is wrong with each, and which can be tried again."""

from __future__ import annotations

from dataclasses import dataclass

from attendance.people import AddressState, Link, address_key
from attendance.school import School
from office import wording

PHONES = ("mobile", "landline")
CHANNEL_OF = {"mobile": "sms", "e-mail": "email", "Telegram": "telegram"}


@dataclass(frozen=True, slots=True)
class Dead:
    """An address that a provider called dead. A person may say that it works again; one that was stopped is its
    owner's to open."""

    channel: str
    shown: str


def dead_of(school: School, pupil: str, link: Link) -> tuple[Dead, ...]:
    """The dead addresses of a contact that may be used for this child."""
    contact = school.roll.contacts[link.contact]
    barred = school.roll.barred_addresses(pupil)
    return tuple(
        Dead(channel, wording.number(address) if channel != "telegram" else "the Telegram chat")
        for channel in CHANNEL_OF.values()
        if not link.barred
        and (address := contact.address(channel))
        and address_key(address) not in barred
        and school.roll.state(channel, address) is AddressState.BAD
    )


def numbers_of(school: School, pupil: str, link: Link) -> tuple[tuple[str, str, str], ...]:
    """A contact's addresses as staff may use them for this child: none of a barred contact, nor one that is shared."""
    if link.barred:
        return ()
    contact = school.roll.contacts[link.contact]
    barred = school.roll.barred_addresses(pupil)
    found: dict[str, tuple[str, str, str]] = {}
    for channel, address in (
        ("mobile", contact.phone),
        ("landline", contact.landline),
        ("e-mail", contact.email),
        ("Telegram", contact.telegram),
    ):
        if not address:
            continue
        if address_key(address) in barred:
            found[channel] = (channel, "", "shared with a barred contact: do not use")
            continue
        state = school.roll.state(CHANNEL_OF.get(channel, channel), address)
        wrong = {AddressState.STOPPED: "stopped messages", AddressState.BAD: "does not work"}.get(state, "")
        found[channel] = (channel, wording.number(address) if channel != "Telegram" else "linked", wrong)
    return tuple(found.values())
