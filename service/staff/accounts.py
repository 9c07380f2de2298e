"""Accounts of members of staff, looked after on the command line."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.people import Roll
from mis import cells
from mis.faults import CellFault
from office.sign_in.proving import hash_password
from service.faults import UserFault
from service.for_a_command import opened
from service.initial import checked_username
from storage import accounts, audit, identities, second_factors
from storage.accounts import Account
from storage.audit import Deed


@dataclass(frozen=True)
class _Books:
    """The accounts of one school, in one transaction."""

    db: AsyncConnection
    school_id: str
    roll: Roll
    now: datetime

    async def write_down(self, action: str, username: str, **detail: str) -> None:
        deed = Deed(self.now, None, action, f"account/{username}", {"by": "command line", **detail})
        await audit.append(self.db, self.school_id, [deed])


@asynccontextmanager
async def _books(school: str) -> AsyncIterator[_Books]:
    async with opened(school) as (runner, school_id):
        roll = (await runner.school(school_id)).roll
        async with runner.database.begin() as db:
            yield _Books(db, school_id, roll, runner.clock.now())


async def add_account(school: str, username: str, staff_id: str, password: str, email: str = "") -> str:
    """A way in for a member of staff; without a password through Google or Microsoft only. Raises UserFault."""
    name, address = checked_username(username), checked_email(email)
    password_hash = hash_password(password) if password else ""
    async with _books(school) as books:
        member = books.roll.staff_member(staff_id)
        if member is None:
            raise UserFault(f"Nobody on the staff list has the id {staff_id}; import the staff first")
        if address and await accounts.by_email(books.db, books.school_id, address):
            raise UserFault(f"There is an account with the e-mail address {address} already")
        new = Account(name, password_hash, books.now, staff_id, email=address)
        if not await accounts.add(books.db, books.school_id, new):
            raise UserFault(f"There is an account {name} already; choose another name")
        await books.write_down("add_account", name, staff=staff_id)
    return f"{name} can sign in as {member.position} ({', '.join(member.roles)})."


def checked_email(typed: str) -> str | None:
    """An e-mail address in small letters, or None for an empty one. Raises UserFault."""
    try:
        return (cells.email(typed) or "").casefold() or None if typed.strip() else None
    except CellFault as fault:
        raise UserFault(f"{typed}: {fault}; give the address that Google or Microsoft knows") from fault


async def list_accounts(school: str) -> list[str]:
    """One line for each account."""
    async with _books(school) as books:
        return [_line(one, books.roll) for one in await accounts.all_of(books.db, books.school_id)]


def _line(one: Account, roll: Roll) -> str:
    member = roll.staff_member(one.staff_id) if one.staff_id else None
    who = f"{member.name} ({', '.join(member.roles)})" if member else "linked to nobody: looks, decides nothing"
    ways = [
        *(["password"] if one.password_hash else []),
        *(["code"] if one.has_code else []),
        *([one.email] if one.email else []),
        *(["closed"] if one.disabled else []),
    ]
    return f"{one.username}: {who}; {', '.join(ways)}"


Change = Callable[[_Books, str], Awaitable[bool]]


async def _change(school: str, username: str, action: str, change: Change) -> str:
    """Change one account; whoever sits before it is signed out everywhere. Raises UserFault."""
    name = username.strip().casefold()
    async with _books(school) as books:
        if await accounts.by_name(books.db, books.school_id, name) is None:
            raise UserFault(f"There is no account {name}; `firstcall account list` shows them")
        if not await change(books, name):
            raise UserFault(f"{name} has none; nothing was changed")
        await accounts.sign_out_everywhere(books.db, books.school_id, name, books.now)
        await books.write_down(action, name)
    return name


async def reset_code(school: str, username: str) -> str:
    """The second factor and its recovery codes are gone: for a lost phone. Raises UserFault."""

    async def change(books: _Books, name: str) -> bool:
        return await second_factors.remove(books.db, books.school_id, name)

    name = await _change(school, username, "reset_second_factor", change)
    return f"{name} signs in with the password alone until a new code is set up; make sure who asked you for this."


async def set_password(school: str, username: str, password: str) -> str:
    """A new password. Raises UserFault."""

    async def change(books: _Books, name: str) -> bool:
        return await accounts.set_password(books.db, books.school_id, name, hash_password(password))

    return f"{await _change(school, username, 'set_password', change)} has a new password and is signed out everywhere."


async def set_email(school: str, username: str, email: str) -> str:
    """The address by which Google or Microsoft may know this person; empty for none. Raises UserFault."""
    address = checked_email(email)

    async def change(books: _Books, name: str) -> bool:
        held = await accounts.by_email(books.db, books.school_id, address) if address else None
        if held is not None and held.username != name:
            raise UserFault(f"{address} is the address of {held.username}")
        return await accounts.set_email(books.db, books.school_id, name, address)

    name = await _change(school, username, "set_account_email", change)
    return f"{name} is known as {address}." if address else f"{name} has no e-mail address any more."


async def unlink(school: str, username: str) -> str:
    """Whoever was this account at Google or Microsoft is not any more; its address may be linked anew. UserFault."""

    async def change(books: _Books, name: str) -> bool:
        return await identities.unlink(books.db, books.school_id, name)

    name = await _change(school, username, "unlink_account", change)
    return f"{name} is linked to nobody at Google or Microsoft; who signs in next with its address is."


async def close(school: str, username: str, closed: bool) -> str:
    """Close an account, or open it again. Raises UserFault."""

    async def change(books: _Books, name: str) -> bool:
        return await accounts.set_disabled(books.db, books.school_id, name, closed)

    name = await _change(school, username, "close_account" if closed else "open_account", change)
    return f"{name} is closed and signed out everywhere." if closed else f"{name} is open again."
