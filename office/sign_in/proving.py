"""Proving who one is: a password, a code of one's app, or a recovery code; and few tries of each.

Wrong tries are counted by account and by address; a code's tries are counted apart from a password's, so that whoever
knows the password cannot try codes for ever.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import cache
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from office.desk import Desk
from office.sign_in import totp
from office.sign_in.sealing import Sealer
from storage import accounts, audit, second_factors
from storage.accounts import Account

WINDOW = timedelta(minutes=15)
TRIES = 5
SHORTEST_PASSWORD = 10
"""Characters of a password that is chosen from now on."""
TRIES_FROM_ONE_ADDRESS = 30
TOO_MANY = "Too many tries. Wait a quarter of an hour, then try again, or ask your administrator."
Proof = Literal["password", "code", "recovery_code"]

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """A password as it is stored (argon2id). Slow on purpose: call it outside the event loop."""
    return _hasher.hash(password)


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("nobody has this password")


def _matches(account: Account | None, password: str) -> bool:
    """As slow for a name that does not exist or has no password, so that nobody learns which names do."""
    kept = account.password_hash if account else ""
    try:
        _hasher.verify(kept or _nobodys_hash(), password)
    except (Argon2Error, InvalidHashError):
        return False
    return account is not None and bool(kept) and not account.disabled


async def password_is_right(account: Account | None, typed: str) -> bool:
    """Whether this is the password of an account that is open. Takes as long for nobody's account."""
    return await asyncio.to_thread(_matches, account, typed)


async def use_code(desk: Desk, sealer: Sealer, account: Account, typed: str) -> Proof | None:
    """Whether this is a code of the account's app, or one of its recovery codes; either counts once and never again."""
    now, name = desk.now(), account.username
    async with desk.database.begin() as db:
        factor = await second_factors.get(db, desk.school_id, name)
        if factor is None or factor.confirmed_at is None or account.disabled:
            return None
        if totp.is_recovery_code(typed):
            code_print = totp.recovery_print(desk.school_id, name, typed)
            return "recovery_code" if await second_factors.use_code(db, desk.school_id, name, code_print) else None
        secret = sealer.open(factor.secret)
        step = totp.matching_step(secret, typed, now, factor.last_step) if secret else None
        used = step is not None and await second_factors.use_step(db, desk.school_id, name, step, now)
        return "code" if used else None


async def prove(desk: Desk, sealer: Sealer, account: Account, typed: str) -> Proof | None:
    """Whichever was typed by somebody who has signed in before: a code, a recovery code or the password."""
    if account.has_code and (proof := await use_code(desk, sealer, account, typed)):
        return proof
    return "password" if await password_is_right(account, typed) else None


async def too_many(desk: Desk, account: str, address: str) -> bool:
    """Whether to wait: too many wrong tries at this account (`name/…`, `code/…`) or from this address."""
    now = desk.now()
    async with desk.database.read() as db:
        by_account = await accounts.failures(db, desk.school_id, account, now, WINDOW)
        by_address = await accounts.failures(db, desk.school_id, f"from/{address}", now, WINDOW)
    return by_account >= TRIES or by_address >= TRIES_FROM_ONE_ADDRESS


async def failed(desk: Desk, account: str, address: str, action: str, subject: str, **detail: str) -> None:
    """Count a wrong try, and write it down."""
    now = desk.now()
    async with desk.database.begin() as db:
        await accounts.failed(db, desk.school_id, account, now, WINDOW)
        await accounts.failed(db, desk.school_id, f"from/{address}", now, WINDOW)
        await audit.append(db, desk.school_id, [audit.Deed(now, None, action, subject, detail)])


async def welcome(desk: Desk, account: Account, action: str, **detail: str) -> None:
    """Forget the wrong tries, and write down who came in."""
    deed = audit.Deed(desk.now(), account.staff_id, action, f"account/{account.username}", detail)
    async with desk.database.begin() as db:
        for kind in ("name", "code"):
            await accounts.forget_failures(db, desk.school_id, f"{kind}/{account.username}")
        await audit.append(db, desk.school_id, [deed])
