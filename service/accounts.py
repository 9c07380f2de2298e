"""Accounts of members of staff, made on the command line."""

from __future__ import annotations

from argon2 import PasswordHasher

from service.faults import UserFault
from service.initial import checked_username
from service.tool import opened
from storage import accounts, audit
from storage.accounts import Account
from storage.audit import Deed


async def add_account(school: str, username: str, staff_id: str, password: str) -> str:
    """A way in for a member of staff. Raises UserFault when the name is taken or nobody has that id."""
    name = checked_username(username)
    async with opened(school) as (runner, school_id):
        member = (await runner.school(school_id)).roll.staff_member(staff_id)
        if member is None:
            raise UserFault(f"Nobody on the staff list has the id {staff_id}; import the staff first")
        now = runner.clock.now()
        new = Account(name, PasswordHasher().hash(password), now, staff_id)
        async with runner.database.begin() as db:
            if not await accounts.add(db, school_id, new):
                raise UserFault(f"There is an account {name} already; choose another name")
            await audit.append(db, school_id, [Deed(now, None, "add_account", name, {"staff": staff_id})])
    return f"{name} can sign in as {member.position} ({', '.join(member.roles)})."
