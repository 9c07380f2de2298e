"""One's own password, changed in the browser: the old one is asked, and everywhere else one is signed out."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from office.pages import pages
from office.sign_in.account_page import account_of, account_page
from office.sign_in.proving import (
    SHORTEST_PASSWORD,
    TOO_MANY,
    failed,
    hash_password,
    password_is_right,
    too_many,
    welcome,
)
from office.sign_in.signing_in import let_in
from office.visit import Visit, address_of, needs
from storage import accounts

router = APIRouter()
OWN = needs("own_account")
LONGEST = 1000
WRONG_OLD = "The old password is not right. Nothing was changed."
WITHOUT_ONE = "This account has no password: you sign in elsewhere. Your administrator can give it one."


@router.post("/account/password")
async def change_password(visit: Visit = Depends(OWN)) -> Response:
    """A new password for whoever knows the old one. Every other session of the account is over at once."""
    account, desk = account_of(visit), visit.desk
    if not account.password_hash:
        return await account_page(visit, WITHOUT_ONE, 422)
    key, address = f"name/{account.username}", address_of(visit.request)
    if await too_many(desk, key, address):
        return await account_page(visit, TOO_MANY, 429)
    old, new = (visit.form.get(name, "") for name in ("old", "new"))
    if not await password_is_right(account, old[:LONGEST]):
        await failed(desk, key, address, "password_failed", f"account/{account.username}")
        return await account_page(visit, WRONG_OLD, 403)
    if why := unfit(new, visit.form.get("again", ""), old, account.username):
        return await account_page(visit, why, 422)
    hashed = await asyncio.to_thread(hash_password, new)
    async with desk.database.begin() as db:
        await accounts.set_password(db, desk.school_id, account.username, hashed)
        await accounts.sign_out_everywhere(db, desk.school_id, account.username, desk.now())
    async with desk.database.read() as db:
        changed = await accounts.by_name(db, desk.school_id, account.username)
    if changed is not None:
        await welcome(desk, changed, "change_password")
        visit.request.state.written = True
        visit.session = let_in(visit.office, desk, changed, how=visit.session.how)
    return pages.back(visit, "done", "Your password is changed, and you are signed out everywhere else.")


def unfit(new: str, again: str, old: str, username: str) -> str:
    """What is wrong with a new password, in words; empty when nothing is."""
    if new != again:
        return "The two new passwords are not the same. Nothing was changed."
    if len(new) < SHORTEST_PASSWORD:
        return f"A password needs at least {SHORTEST_PASSWORD} characters; a few words in a row do well."
    if len(new) > LONGEST:
        return f"A password has at most {LONGEST} characters."
    if new == old or username.casefold() in new.casefold():
        return "Choose one that is not the old one and does not have your user name in it."
    return ""
