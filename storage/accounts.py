"""Who may sign in to the office, and how often somebody failed to."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import Instant
from storage.statements import insert_new
from storage.tables import account, second_factor, sign_in_failure


@dataclass(frozen=True, slots=True)
class Account:
    """One way in. `username` and `email` are kept in small letters; `password_hash` is argon2's whole text.

    An empty `password_hash` is an account that signs in through the school's Google or Microsoft only.
    """

    username: str
    password_hash: str
    created_at: datetime
    staff_id: str | None = None
    disabled: bool = False
    email: str | None = None
    """The address under which the school's Google or Microsoft may know this person: who may be linked by it."""
    signed_out_at: datetime | None = None
    """Sessions that began before this moment are over."""
    has_code: bool = False
    """Whether signing in by password asks for a code of an app too (see storage/second_factors.py)."""


_of_school = account.c.school_id == sa.bindparam("school")
_this = sa.and_(_of_school, account.c.username == sa.bindparam("of_name"))
_confirmed = sa.exists().where(
    second_factor.c.school_id == account.c.school_id,
    second_factor.c.username == account.c.username,
    second_factor.c.confirmed_at.is_not(None),
)
_columns = (
    account.c.username,
    account.c.password_hash,
    account.c.created_at,
    account.c.staff_id,
    account.c.disabled,
    account.c.email,
    account.c.signed_out_at,
    _confirmed.label("has_code"),
)
_add = insert_new(account).returning(account.c.username)
_by_name = sa.select(*_columns).where(_this)
_by_email = sa.select(*_columns).where(_of_school, account.c.email == sa.bindparam("of_email"))
_all = sa.select(*_columns).where(_of_school).order_by(account.c.username)
_set_password = sa.update(account).where(_this).values(password_hash=sa.bindparam("new_hash"))
_set_disabled = sa.update(account).where(_this).values(disabled=sa.bindparam("is_disabled"))
_set_email = sa.update(account).where(_this).values(email=sa.bindparam("new_email"))
_sign_out = sa.update(account).where(_this).values(signed_out_at=sa.bindparam("at", type_=Instant))
_failure = sa.and_(
    sign_in_failure.c.school_id == sa.bindparam("school"), sign_in_failure.c.who == sa.bindparam("of_whom")
)
_failures = sa.select(sign_in_failure).where(_failure)
_insert = insert(sign_in_failure)
_new = _insert.excluded
_starts_anew = sign_in_failure.c.last_at < sa.bindparam("window_began", type_=Instant)
_count = _insert.on_conflict_do_update(
    index_elements=["school_id", "who"],
    set_={
        "count": sa.case((_starts_anew, 1), else_=sign_in_failure.c.count + 1),
        "first_at": sa.case((_starts_anew, _new.last_at), else_=sign_in_failure.c.first_at),
        "last_at": _new.last_at,
    },
).returning(sign_in_failure.c.count)
_forget = sa.delete(sign_in_failure).where(_failure)


async def add(db: AsyncConnection, school_id: str, new: Account) -> bool:
    """A new account. False when the name, or the e-mail address, is taken."""
    values = {**asdict(new), "username": new.username.casefold(), "school_id": school_id}
    values["email"] = new.email.casefold() if new.email else None
    del values["has_code"]
    return (await db.execute(_add, values)).scalar_one_or_none() is not None


async def by_name(db: AsyncConnection, school_id: str, username: str) -> Account | None:
    """The account of this name in any letter case, disabled ones too, or None."""
    of = {"school": school_id, "of_name": username.casefold()}
    row = (await db.execute(_by_name, of)).mappings().one_or_none()
    return None if row is None else Account(**row)


async def by_email(db: AsyncConnection, school_id: str, email: str) -> Account | None:
    """The account that is listed with this address in any letter case, or None."""
    row = (await db.execute(_by_email, {"school": school_id, "of_email": email.casefold()})).mappings().one_or_none()
    return None if row is None else Account(**row)


async def all_of(db: AsyncConnection, school_id: str) -> list[Account]:
    """Every account of one school."""
    return [Account(**row) for row in (await db.execute(_all, {"school": school_id})).mappings()]


async def set_password(db: AsyncConnection, school_id: str, username: str, password_hash: str) -> bool:
    """A new password. False when there is no such account."""
    of = {"school": school_id, "of_name": username.casefold(), "new_hash": password_hash}
    return (await db.execute(_set_password, of)).rowcount == 1


async def set_disabled(db: AsyncConnection, school_id: str, username: str, disabled: bool) -> bool:
    """Close an account or open it again. False when there is no such account."""
    of = {"school": school_id, "of_name": username.casefold(), "is_disabled": disabled}
    return (await db.execute(_set_disabled, of)).rowcount == 1


async def set_email(db: AsyncConnection, school_id: str, username: str, email: str | None) -> bool:
    """The address to be known by at Google or Microsoft. False when there is no such account."""
    of = {"school": school_id, "of_name": username.casefold(), "new_email": email.casefold() if email else None}
    return (await db.execute(_set_email, of)).rowcount == 1


async def sign_out_everywhere(db: AsyncConnection, school_id: str, username: str, at: datetime) -> bool:
    """End every session that began before `at`. False when there is no such account."""
    return (await db.execute(_sign_out, {"school": school_id, "of_name": username.casefold(), "at": at})).rowcount == 1


async def failed(db: AsyncConnection, school_id: str, who: str, at: datetime, window: timedelta) -> int:
    """Count one failed sign-in of `who` (a name, or an address it came from) and answer how many there are by now.

    A pause longer than `window` since the last one begins the count anew.
    """
    values = {"school_id": school_id, "who": who, "count": 1, "first_at": at, "last_at": at}
    return int((await db.execute(_count, {**values, "window_began": at - window})).scalar_one())


async def failures(db: AsyncConnection, school_id: str, who: str, at: datetime, window: timedelta) -> int:
    """How often `who` failed, with no pause longer than `window`; 0 when the last one is longer ago."""
    row = (await db.execute(_failures, {"school": school_id, "of_whom": who})).mappings().one_or_none()
    return 0 if row is None or row["last_at"] < at - window else int(row["count"])


async def forget_failures(db: AsyncConnection, school_id: str, who: str) -> None:
    """`who` got in."""
    await db.execute(_forget, {"school": school_id, "of_whom": who})
