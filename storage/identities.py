"""Who a person is at the school's Google or Microsoft, and the ways there that are not back yet.

An identity is its issuer and subject, never an e-mail address. A way is taken once: whoever comes back by it again
finds none.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import Instant
from storage.statements import insert_new
from storage.tables import identity, sign_in_flow


@dataclass(frozen=True, slots=True)
class Flow:
    """One way to a provider. `browser` is a print of the browser that set out; `wanted` the page it comes back to."""

    state: str
    provider: str
    nonce: str
    verifier: str
    browser: str
    wanted: str
    expires_at: datetime


_of_school = identity.c.school_id == sa.bindparam("school")
_account_of = sa.select(identity.c.username).where(
    _of_school, identity.c.issuer == sa.bindparam("of_issuer"), identity.c.subject == sa.bindparam("of_subject")
)
_link = insert_new(identity).returning(identity.c.username)
_unlink = sa.delete(identity).where(_of_school, identity.c.username == sa.bindparam("of_name"))
_linked = sa.select(identity.c.issuer).where(_of_school, identity.c.username == sa.bindparam("of_name"))
_set_out = sa.insert(sign_in_flow)
_clean = sa.delete(sign_in_flow).where(
    sign_in_flow.c.school_id == sa.bindparam("school"),
    sign_in_flow.c.expires_at <= sa.bindparam("now", type_=Instant),
)
_take = (
    sa.delete(sign_in_flow)
    .where(sign_in_flow.c.school_id == sa.bindparam("school"), sign_in_flow.c.state == sa.bindparam("of_state"))
    .returning(
        sign_in_flow.c.state,
        sign_in_flow.c.provider,
        sign_in_flow.c.nonce,
        sign_in_flow.c.verifier,
        sign_in_flow.c.browser,
        sign_in_flow.c.wanted,
        sign_in_flow.c.expires_at,
    )
)


async def account_of(db: AsyncConnection, school_id: str, issuer: str, subject: str) -> str | None:
    """The name of the account that belongs to this person, or None."""
    of = {"school": school_id, "of_issuer": issuer, "of_subject": subject}
    found: str | None = (await db.execute(_account_of, of)).scalar_one_or_none()
    return found


async def link(db: AsyncConnection, school_id: str, issuer: str, subject: str, username: str, at: datetime) -> bool:
    """From now on this person is that account. False when the person, or the account, is linked already."""
    values = {"issuer": issuer, "subject": subject, "username": username, "linked_at": at}
    return (await db.execute(_link, {"school_id": school_id, **values})).scalar_one_or_none() is not None


async def linked(db: AsyncConnection, school_id: str, username: str) -> str | None:
    """Who vouches for this account, or None."""
    found: str | None = (await db.execute(_linked, {"school": school_id, "of_name": username})).scalar_one_or_none()
    return found


async def unlink(db: AsyncConnection, school_id: str, username: str) -> bool:
    """The account belongs to nobody at a provider any more. False when it did not."""
    return (await db.execute(_unlink, {"school": school_id, "of_name": username})).rowcount == 1


async def set_out(db: AsyncConnection, school_id: str, flow: Flow, now: datetime) -> None:
    """Keep a way; those that are over are forgotten."""
    await db.execute(_clean, {"school": school_id, "now": now})
    await db.execute(_set_out, {"school_id": school_id, **asdict(flow)})


async def come_back(db: AsyncConnection, school_id: str, state: str) -> Flow | None:
    """The way of this state, taken: nobody comes back by it again. None when there is none."""
    row = (await db.execute(_take, {"school": school_id, "of_state": state})).mappings().one_or_none()
    return None if row is None else Flow(**row)
