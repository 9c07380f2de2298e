"""How each contact of a child can be reached, and what was tried today and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.calendar import local
from attendance.people import Contact, Link, Pupil
from attendance.school import School
from messaging.numbers import is_landline
from office import wording
from office.child.moments import Receipts, Written, delivery_of, how_of
from office.families.numbers import Dead, dead_of, numbers_of
from storage import schools, threads
from storage.journal import Line

WRITABLE = ("sms", "email", "telegram", "whatsapp")


@dataclass(frozen=True, slots=True)
class Person:
    """One contact as the office may use it. A barred contact is never shown with a number."""

    place: int
    contact: Contact
    link: Link
    numbers: tuple[tuple[str, str, str], ...] = ()
    """(channel, address as read out, what is wrong with it)."""
    dead: tuple[Dead, ...] = ()
    owner: str = ""
    """The member of staff who has taken the thread over."""
    owned: bool = False
    writable: bool = False
    invitable: bool = False
    """A link for Telegram can be texted to their listed number."""
    tried: tuple[str, ...] = ()
    """What was tried today and what came of it, in order: "09:15 text: on the phone 09:15"."""


async def people_of(
    db: AsyncConnection, school: School, pupil: Pupil, tried: Mapping[str, Sequence[str]]
) -> tuple[Person, ...]:
    """The contacts of a child in their order; `tried` is what `tried_today` found of each."""
    ours = {
        channel: address
        for channel in WRITABLE
        if (address := await schools.sender_of(db, school.id, channel)) is not None
    }
    found = []
    for place, link in enumerate(school.roll.links_of(pupil.id), 1):
        contact = school.roll.contacts[link.contact]
        owner = None
        for channel, our in ours.items():
            their = contact.address(channel)
            row = await threads.get(db, our, channel, their) if their else None
            owner = owner or (row.owner if row else None)
        member = school.roll.staff_member(owner) if owner else None
        found.append(
            Person(
                place,
                contact,
                link,
                numbers_of(school, pupil.id, link),
                dead_of(school, pupil.id, link),
                owner=member.name if member else (owner or ""),
                owned=owner is not None,
                writable=bool(school.roll.ways_to(pupil.id, contact.id, tuple(ours))),
                invitable=contact.telegram is None and _can_be_texted(school, pupil.id, contact),
                tried=tuple(tried.get(contact.id, ())),
            )
        )
    return tuple(found)


def _can_be_texted(school: School, pupil: str, contact: Contact) -> bool:
    ways = school.roll.ways_to(pupil, contact.id, ("sms",))
    return bool(ways) and not is_landline(ways[0][1])


def tried_today(
    lines: Sequence[Line], school: School, written: Written, receipts: Receipts, today: date
) -> dict[str, list[str]]:
    """Contact -> what each channel brought today: words that left and their receipts, answers, calls."""
    found: dict[str, list[str]] = {}
    for line in lines:
        if local(line.at).date() != today:
            continue
        at, data = wording.clock(line.at), line.data
        match line.kind:
            case "sent" | "sent_again":
                how = how_of(data.get("channel"))
                came = delivery_of(str(data.get("message")), written, receipts)
                found.setdefault(str(data.get("to")), []).append(f"{at} {how}: {came}" if came else f"{at} {how}")
            case "received" if data.get("contact"):
                how = how_of(data.get("channel"))
                found.setdefault(str(data["contact"]), []).append(f"{at} answered by {how}")
            case "rang":
                came = wording.CALLS.get(str(data.get("came")), str(data.get("came")))
                found.setdefault(str(data.get("contact")), []).append(f"{at} rung: {came[0].lower()}{came[1:]}")
    return found
