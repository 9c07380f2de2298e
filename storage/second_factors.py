"""The second factor of an account: the sealed secret of an app, the last step that counted, and recovery codes.

A step counts once: `use_step` moves the last step forward in one statement, so that of two browsers with the same code
only one gets in (RFC 6238, section 5.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import Instant
from storage.statements import upsert
from storage.tables import recovery_code, second_factor


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """`secret` is sealed (office/sign_in/sealing.py). It counts once `confirmed_at` says that its app has shown it."""

    secret: str
    last_step: int
    created_at: datetime
    confirmed_at: datetime | None = None


_this = sa.and_(
    second_factor.c.school_id == sa.bindparam("school"), second_factor.c.username == sa.bindparam("of_name")
)
_codes = sa.and_(
    recovery_code.c.school_id == sa.bindparam("school"), recovery_code.c.username == sa.bindparam("of_name")
)
_get = sa.select(
    second_factor.c.secret, second_factor.c.last_step, second_factor.c.created_at, second_factor.c.confirmed_at
).where(_this)
_begin = upsert(second_factor)
_use_step = (
    sa.update(second_factor)
    .where(_this, second_factor.c.last_step < sa.bindparam("step"))
    .values(
        last_step=sa.bindparam("step"),
        confirmed_at=sa.func.coalesce(second_factor.c.confirmed_at, sa.bindparam("at", type_=Instant)),
    )
)
_remove = sa.delete(second_factor).where(_this)
_add_codes = sa.insert(recovery_code)
_drop_codes = sa.delete(recovery_code).where(_codes)
_use_code = sa.delete(recovery_code).where(_codes, recovery_code.c.print == sa.bindparam("of_print"))
_count_codes = sa.select(sa.func.count()).select_from(recovery_code).where(_codes)


async def get(db: AsyncConnection, school_id: str, username: str) -> SecondFactor | None:
    """The second factor of an account, one that is not confirmed yet too, or None."""
    row = (await db.execute(_get, {"school": school_id, "of_name": username})).mappings().one_or_none()
    return None if row is None else SecondFactor(**row)


async def begin(db: AsyncConnection, school_id: str, username: str, secret: str, at: datetime) -> None:
    """Keep a new sealed secret, not confirmed yet; the one before it is forgotten."""
    values = {"secret": secret, "last_step": 0, "created_at": at, "confirmed_at": None}
    await db.execute(_begin, {"school_id": school_id, "username": username, **values})


async def use_step(db: AsyncConnection, school_id: str, username: str, step: int, at: datetime) -> bool:
    """This step's code was typed: it counts now and never again. False when this step, or a later one, has counted."""
    of = {"school": school_id, "of_name": username, "step": step, "at": at}
    return (await db.execute(_use_step, of)).rowcount == 1


async def remove(db: AsyncConnection, school_id: str, username: str) -> bool:
    """No second factor and no recovery codes any more. False when there was none."""
    of = {"school": school_id, "of_name": username}
    await db.execute(_drop_codes, of)
    return (await db.execute(_remove, of)).rowcount == 1


async def set_codes(db: AsyncConnection, school_id: str, username: str, prints: Iterable[str]) -> None:
    """These recovery codes (their prints) instead of the ones before."""
    await db.execute(_drop_codes, {"school": school_id, "of_name": username})
    await db.execute(_add_codes, [{"school_id": school_id, "username": username, "print": one} for one in prints])


async def use_code(db: AsyncConnection, school_id: str, username: str, code_print: str) -> bool:
    """This recovery code was typed: it is gone. False when there is no such code."""
    of = {"school": school_id, "of_name": username, "of_print": code_print}
    return (await db.execute(_use_code, of)).rowcount == 1


async def codes_left(db: AsyncConnection, school_id: str, username: str) -> int:
    """How many recovery codes are left."""
    return int((await db.execute(_count_codes, {"school": school_id, "of_name": username})).scalar_one())
