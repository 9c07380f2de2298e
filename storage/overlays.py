"""What persons here decided about contacts, as they decided it: for the page on which it is changed.

Decisions see it merged into the roll (storage/people.py); here it stands apart from what the school's own system says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import address_state, contact_overlay, link, link_overlay


@dataclass(frozen=True, slots=True)
class Overlay:
    """One decision about a pupil's contact; None leaves that question to the school's own system."""

    contact: str
    barred: bool | None
    may_report: bool | None
    asked_first: bool | None
    note: str
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class Address:
    """An address that cannot be written to, why, and since when (aware UTC). `state`: "bad" or "stopped"."""

    channel: str
    address: str
    state: str
    why: str
    at: datetime


_of_pupil = sa.select(link_overlay).where(
    link_overlay.c.school_id == sa.bindparam("school"), link_overlay.c.pupil_id == sa.bindparam("of_pupil")
)
_barred_by_list = sa.select(link.c.contact_id).where(
    link.c.school_id == sa.bindparam("school"), link.c.pupil_id == sa.bindparam("of_pupil"), link.c.barred
)
_languages = sa.select(contact_overlay.c.contact_id, contact_overlay.c.language).where(
    contact_overlay.c.school_id == sa.bindparam("school"), contact_overlay.c.language.is_not(None)
)
_not_live = (
    sa.select(address_state)
    .where(address_state.c.school_id == sa.bindparam("school"), address_state.c.state != "live")
    .order_by(address_state.c.at.desc())
)


async def of_pupil(db: AsyncConnection, school_id: str, pupil: str) -> dict[str, Overlay]:
    """The overlays of one pupil's contacts, by contact."""
    found = (await db.execute(_of_pupil, {"school": school_id, "of_pupil": pupil})).mappings()
    return {
        row["contact_id"]: Overlay(
            row["contact_id"], row["barred"], row["may_report"], row["asked_first"], row["note"], row["set_by"],
            row["set_at"],
        )
        for row in found
    }  # fmt: skip


async def barred_by_the_list(db: AsyncConnection, school_id: str, pupil: str) -> frozenset[str]:
    """Contacts of the pupil whose bar came with an import of the school's own system."""
    return frozenset((await db.execute(_barred_by_list, {"school": school_id, "of_pupil": pupil})).scalars())


async def languages(db: AsyncConnection, school_id: str) -> dict[str, str]:
    """The language that a person here set, by contact."""
    return {row.contact_id: row.language for row in await db.execute(_languages, {"school": school_id})}


async def not_live(db: AsyncConnection, school_id: str) -> list[Address]:
    """Every address that failed or that its owner stopped, the newest first."""
    return [
        Address(row["channel"], row["address"], row["state"], row["why"], row["at"])
        for row in (await db.execute(_not_live, {"school": school_id})).mappings()
    ]
