"""Pupils, contacts, the links between them, staff, and what we learned of an address.

What comes from the school's own system and what people here decided are kept apart: no import clears a bar, an overlay,
who is away, or a Telegram chat. A barred link stays, whatever a file leaves out (promise 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.people import (
    AddressState,
    Contact,
    Link,
    Pupil,
    Roll,
    StaffMember,
    address_key,
    spellings_of,
)
from storage import people_rows as rows
from storage import schools
from storage.people_rows import Key, Row, by_key
from storage.statements import upsert
from storage.tables import address_state, contact, contact_overlay, link, link_overlay, pupil, staff


class UnknownLink(LookupError):
    """The contact is not listed for that pupil."""


class UnknownStaff(LookupError):
    """There is no such member of staff."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What an import did, in rows. `kept_barred` are (pupil, contact) that it would have unbarred or taken off."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    kept_barred: tuple[tuple[str, str], ...] = ()

    def __add__(self, other: Changes) -> Changes:
        return Changes(self.added + other.added, self.changed + other.changed, self.removed + other.removed)

    @property
    def any(self) -> bool:
        """True when the file changed something."""
        return bool(self.added or self.changed or self.removed)


def _rows_of(table: sa.Table) -> sa.Select[Any]:
    return sa.select(table).where(table.c.school_id == sa.bindparam("school"))


_pupils = _rows_of(pupil).order_by(pupil.c.pupil_id)
_contacts = _rows_of(contact).order_by(contact.c.contact_id)
_links = _rows_of(link).order_by(link.c.pupil_id, link.c.place)
_overlays = _rows_of(link_overlay)
_languages = _rows_of(contact_overlay).where(contact_overlay.c.language.is_not(None))
_staff = _rows_of(staff).order_by(staff.c.place)
_addresses = _rows_of(address_state)
_pupil_is_known = sa.select(pupil.c.pupil_id).where(
    pupil.c.school_id == sa.bindparam("school"), pupil.c.pupil_id == sa.bindparam("of_pupil")
)
_contact_is_known = sa.select(contact.c.contact_id).where(
    contact.c.school_id == sa.bindparam("school"), contact.c.contact_id == sa.bindparam("of_contact")
)
_drop_link = sa.delete(link).where(
    link.c.school_id == sa.bindparam("school"),
    link.c.pupil_id == sa.bindparam("of_pupil"),
    link.c.contact_id == sa.bindparam("of_contact"),
)
_unbar_link = (
    sa.update(link)
    .where(
        link.c.school_id == sa.bindparam("school"),
        link.c.pupil_id == sa.bindparam("of_pupil"),
        link.c.contact_id == sa.bindparam("of_contact"),
    )
    .values(barred=False)
)
_away = (
    sa.update(staff)
    .where(staff.c.school_id == sa.bindparam("school"), staff.c.staff_id == sa.bindparam("of_staff"))
    .values(away=sa.bindparam("is_away"))
)
_telegram = (
    sa.update(contact)
    .where(contact.c.school_id == sa.bindparam("school"), contact.c.contact_id == sa.bindparam("of_contact"))
    .values(telegram=sa.bindparam("chat"))
)
_staff_telegram = (
    sa.update(staff)
    .where(staff.c.school_id == sa.bindparam("school"), staff.c.staff_id == sa.bindparam("of_staff"))
    .values(telegram=sa.bindparam("chat"))
)
_listed_by = {
    column.key: sa.select(contact.c.school_id).distinct().where(found, contact.c.listed).order_by(contact.c.school_id)
    for column, found in (
        (contact.c.phone, contact.c.phone == sa.bindparam("at_address")),
        (contact.c.email, sa.func.lower(contact.c.email).in_(sa.bindparam("at_address", expanding=True))),
        (contact.c.telegram, contact.c.telegram == sa.bindparam("at_address")),
    )
}
_COLUMN = {"sms": "phone", "whatsapp": "phone", "voice": "phone", "email": "email", "telegram": "telegram"}
_put = {table.name: upsert(table) for table in (pupil, contact, link, contact_overlay, staff, address_state)}
_decide_link = upsert(link_overlay, only=("barred", "may_report", "asked_first", "note", "set_by", "set_at"))
_set_aside = upsert(link_overlay, only=("set_aside",))


async def load_roll(db: AsyncConnection, school_id: str) -> Roll:
    """Everybody of one school as decisions see them: pupils on roll, what is listed for them, overlays merged in."""
    return await _roll(db, school_id, with_overlays=True)


async def schools_listing(db: AsyncConnection, channel: str, address: str) -> list[str]:
    """Every school of this database that lists a contact at this address, in order of id."""
    at = spellings_of(address) if channel == "email" else address
    return list((await db.execute(_listed_by[_COLUMN[channel]], {"at_address": at})).scalars())


async def load_listed(db: AsyncConnection, school_id: str) -> Roll:
    """The same as the school's own system has it, for an import to build on; of our overlays only the bars, which no
    import clears.
    """
    return await _roll(db, school_id, with_overlays=False)


async def _roll(db: AsyncConnection, school_id: str, *, with_overlays: bool) -> Roll:
    of = {"school": school_id}
    pupils = [rows.pupil_of(row) for row in (await db.execute(_pupils, of)).mappings() if row["on_roll"]]
    spoken: dict[str, str] = {}
    if with_overlays:
        spoken = {row["contact_id"]: row["language"] for row in (await db.execute(_languages, of)).mappings()}
    contacts = [
        rows.contact_of(row, spoken.get(row["contact_id"]))
        for row in (await db.execute(_contacts, of)).mappings()
        if row["listed"]
    ]
    overlays = {
        (row["pupil_id"], row["contact_id"]): row if with_overlays else rows.bar_alone(row)
        for row in (await db.execute(_overlays, of)).mappings()
    }
    on_roll, listed = {child.id for child in pupils}, {person.id for person in contacts}
    links = [
        rows.link_of(row, overlays.get((row["pupil_id"], row["contact_id"])))
        for row in (await db.execute(_links, of)).mappings()
        if row["pupil_id"] in on_roll and row["contact_id"] in listed
    ]
    members = [rows.staff_of(row) for row in (await db.execute(_staff, of)).mappings() if row["listed"]]
    known = (await db.execute(_addresses, of)).mappings().all()
    states = {(row["channel"], row["address"]): AddressState(row["state"]) for row in known}
    chosen = {(row["channel"], row["address"]): row["at"] for row in known if row["state"] == AddressState.LIVE}
    return Roll.of(pupils, contacts, links, members, rows.addresses_as_listed(states, contacts), chosen)


async def save_people(
    db: AsyncConnection, school_id: str, pupils: Iterable[Pupil], contacts: Iterable[Contact], links: Iterable[Link]
) -> Changes:
    """Take over a full list from the school's own system; what is not on it any more is taken off.

    The same list again changes nothing. Whoever is barred stays barred and listed: only `set_overlay` unbars.
    """
    of = {"school": school_id}
    old_links = by_key(link, (await db.execute(_links, of)).mappings())
    overlay_bars: set[Key] = {
        (row["pupil_id"], row["contact_id"]) for row in (await db.execute(_overlays, of)).mappings() if row["barred"]
    }
    new_links, kept = rows.keep_bars(rows.link_rows(links), old_links, overlay_bars)
    held = {other for _, other in kept}

    old_pupils = by_key(pupil, (await db.execute(_pupils, of)).mappings())
    new_pupils: dict[Key, Row] = {(one.id,): rows.pupil_row(one) for one in pupils}
    old_contacts = by_key(contact, (await db.execute(_contacts, of)).mappings())
    new_contacts: dict[Key, Row] = {(one.id,): rows.contact_row(one, old_contacts.get((one.id,))) for one in contacts}
    for key, row in old_contacts.items():
        if key[0] in held and key not in new_contacts:
            new_contacts[key] = row

    changes = await _save(db, school_id, pupil, old_pupils, new_pupils)
    changes += await _save(db, school_id, contact, old_contacts, new_contacts)
    changes += await _save(db, school_id, link, old_links, new_links)
    if changes.any:
        await schools.touch_people(db, school_id)
    return replace(changes, kept_barred=kept)


async def save_staff(db: AsyncConnection, school_id: str, members: Iterable[StaffMember]) -> Changes:
    """Take over the full list of staff. Who is away, and a Telegram chat that was linked here, stay as they are."""
    old = by_key(staff, (await db.execute(_staff, {"school": school_id})).mappings())
    new: dict[Key, Row] = {
        (one.id,): rows.staff_row(one, place, old.get((one.id,))) for place, one in enumerate(members)
    }
    changes = await _save(db, school_id, staff, old, new)
    if changes.any:
        await schools.touch_people(db, school_id)
    return changes


async def _save(
    db: AsyncConnection, school_id: str, table: sa.Table, old: Mapping[Key, Row], new: Mapping[Key, Row]
) -> Changes:
    """Write the difference. Links that are gone are deleted; people stay as rows that are on no list any more."""
    added, changed = rows.difference(old, new)
    gone = {key: row for key, row in old.items() if key not in new}
    if table is link:
        drops = [{"school": school_id, "of_pupil": one, "of_contact": other} for one, other in gone]
        if drops:
            await db.execute(_drop_link, drops)
        hidden: list[Row] = []
    else:
        flag = "on_roll" if table is pupil else "listed"
        hidden = [{**row, flag: False} for row in gone.values() if row[flag]]
    if writes := [{**row, "school_id": school_id} for row in (*added, *changed, *hidden)]:
        await db.execute(_put[table.name], writes)
    return Changes(len(added), len(changed), len(hidden) if table is not link else len(gone))


async def set_overlay(
    db: AsyncConnection,
    school_id: str,
    pupil_id: str,
    contact_id: str,
    *,
    barred: bool | None = None,
    may_report: bool | None = None,
    asked_first: bool | None = None,
    note: str = "",
    set_by: str,
    set_at: datetime,
) -> None:
    """What a person here decided about one link; None leaves that question to the school's own system.

    `barred=False` clears a bar, also one that an import brought; the next import may bring it again. Raises UnknownLink
    for a pupil or contact that is not known.
    """
    key = {"school": school_id, "of_pupil": pupil_id, "of_contact": contact_id}
    values = {
        "school_id": school_id,
        "pupil_id": pupil_id,
        "contact_id": contact_id,
        "barred": barred,
        "may_report": may_report,
        "asked_first": asked_first,
        "note": note,
        "set_by": set_by,
        "set_at": set_at,
    }
    known = [(await db.execute(statement, key)).first() for statement in (_pupil_is_known, _contact_is_known)]
    if None in known:
        raise UnknownLink(
            f"Pupil {pupil_id!r} or contact {contact_id!r} is not known to school {school_id!r}; import people first."
        )
    await db.execute(_decide_link, values)
    if barred is False:
        await db.execute(_unbar_link, key)
    await schools.touch_people(db, school_id)


async def set_aside(
    db: AsyncConnection, school_id: str, pupil_id: str, contacts: Iterable[str], at: datetime, aside: bool = True
) -> None:
    """These contacts of the pupil are asked and told nothing of it from now on; or (`aside` False) they are again."""
    of = {"school_id": school_id, "pupil_id": pupil_id, "note": "", "set_by": "", "set_at": at, "set_aside": aside}
    if rows := [{**of, "contact_id": contact_id} for contact_id in contacts]:
        await db.execute(_set_aside, rows)
        await schools.touch_people(db, school_id)


async def set_language(
    db: AsyncConnection, school_id: str, contact_id: str, language: str | None, set_by: str, set_at: datetime
) -> None:
    """The language in which a contact is written to; None leaves it to the school's own system. Raises UnknownLink."""
    values = {
        "school_id": school_id, "contact_id": contact_id, "language": language, "set_by": set_by, "set_at": set_at
    }  # fmt: skip
    if (await db.execute(_contact_is_known, {"school": school_id, "of_contact": contact_id})).first() is None:
        raise UnknownLink(f"Contact {contact_id!r} is not known to school {school_id!r}; import people first.")
    await db.execute(_put["contact_overlay"], values)
    await schools.touch_people(db, school_id)


async def set_address_state(
    db: AsyncConnection, school_id: str, channel: str, address: str, state: AddressState, why: str, at: datetime
) -> None:
    """What we learned of one address: stopped by its owner, bad, or live again."""
    values = {
        "school_id": school_id,
        "channel": channel,
        "address": address_key(address),
        "state": str(state),
        "why": why,
        "at": at,
    }
    await db.execute(_put["address_state"], values)
    await schools.touch_people(db, school_id)


async def set_away(db: AsyncConnection, school_id: str, staff_id: str, away: bool) -> None:
    """Alerts skip a person who is away. Raises UnknownStaff."""
    done = await db.execute(_away, {"school": school_id, "of_staff": staff_id, "is_away": away})
    if done.rowcount == 0:
        raise UnknownStaff(f"There is no member of staff {staff_id!r} at school {school_id!r}.")
    await schools.touch_people(db, school_id)


async def set_telegram(db: AsyncConnection, school_id: str, contact_id: str, chat: str | None) -> None:
    """Link a contact to a Telegram chat, or unlink it; imports know nothing of chats and leave it."""
    await db.execute(_telegram, {"school": school_id, "of_contact": contact_id, "chat": chat})
    await schools.touch_people(db, school_id)


async def set_staff_telegram(db: AsyncConnection, school_id: str, staff_id: str, chat: str | None) -> None:
    """Link a member of staff to a Telegram chat, or unlink it. Raises UnknownStaff."""
    done = await db.execute(_staff_telegram, {"school": school_id, "of_staff": staff_id, "chat": chat})
    if done.rowcount == 0:
        raise UnknownStaff(f"There is no member of staff {staff_id!r} at school {school_id!r}.")
    await schools.touch_people(db, school_id)
