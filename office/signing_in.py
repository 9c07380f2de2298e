"""Signing in and out: local accounts with argon2, few tries, and an answer that does not say which half was wrong."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from office import pages
from office.desk import Desk
from office.sessions import account_print
from office.visit import browser_session, check_form, office_of
from storage import accounts, audit
from storage.accounts import Account

router = APIRouter()

WINDOW = timedelta(minutes=15)
TRIES = 5
TRIES_FROM_ONE_ADDRESS = 30
WRONG = "The name or the password is not right."
TOO_MANY = "Too many tries. Wait a quarter of an hour, then try again, or ask your administrator."

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """A password as it is stored (argon2id). Slow on purpose: call it outside the event loop."""
    return _hasher.hash(password)


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("nobody has this password")


def _matches(account: Account | None, password: str) -> bool:
    """As slow for a name that does not exist, so that nobody learns which names do."""
    try:
        _hasher.verify(account.password_hash if account else _nobodys_hash(), password)
    except (Argon2Error, InvalidHashError):
        return False
    return account is not None and not account.disabled


@router.get("/sign-in")
async def sign_in_page(request: Request) -> Response:
    """The form."""
    return _page(request, 200, "")


def _page(request: Request, status: int, problem: str, name: str = "") -> HTMLResponse:
    office, session = office_of(request), browser_session(request)
    html = pages.fill(
        "sign_in.html", office, session, problem=problem, name=name, schools=sorted(office.desks),
        wanted=pages.local_path(request.query_params.get("next"), office.settings.base),
    )  # fmt: skip
    return HTMLResponse(html, status)


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Name and password."""
    office, session = office_of(request), browser_session(request)
    await check_form(request, session)
    form = await request.form()
    name, password = str(form.get("name", "")).strip().casefold()[:200], str(form.get("password", ""))[:1000]
    desk = office.desks.get(str(form.get("school", ""))) or next(iter(office.desks.values()))
    address = request.client.host if request.client else "unknown"
    if await _too_many(desk, name, address):
        return _page(request, 429, TOO_MANY, name)
    async with desk.database.read() as db:
        account = await accounts.by_name(db, desk.school_id, name)
    if not await asyncio.to_thread(_matches, account, password) or account is None:
        await _failed(desk, name, address)
        return _page(request, 401, WRONG, name)
    await _welcome(desk, account)
    now = desk.now()
    request.state.session = office.sessions.signed_in(
        now, desk.school_id, account.username, account_print(account.password_hash)
    )
    return RedirectResponse(pages.local_path(str(form.get("next", "")), office.settings.base), 303)


async def _too_many(desk: Desk, name: str, address: str) -> bool:
    now = desk.now()
    async with desk.database.read() as db:
        by_name = await accounts.failures(db, desk.school_id, f"name/{name}", now, WINDOW)
        by_address = await accounts.failures(db, desk.school_id, f"from/{address}", now, WINDOW)
    return by_name >= TRIES or by_address >= TRIES_FROM_ONE_ADDRESS


async def _failed(desk: Desk, name: str, address: str) -> None:
    now = desk.now()
    async with desk.database.begin() as db:
        await accounts.failed(db, desk.school_id, f"name/{name}", now, WINDOW)
        await accounts.failed(db, desk.school_id, f"from/{address}", now, WINDOW)
        await audit.append(db, desk.school_id, [audit.Deed(now, None, "sign_in_failed", f"account/{name}")])


async def _welcome(desk: Desk, account: Account) -> None:
    async with desk.database.begin() as db:
        await accounts.forget_failures(db, desk.school_id, f"name/{account.username}")
        deed = audit.Deed(desk.now(), account.staff_id, "sign_in", f"account/{account.username}")
        await audit.append(db, desk.school_id, [deed])


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """Nobody is signed in on this browser any more."""
    office, session = office_of(request), browser_session(request)
    await check_form(request, session)
    now = next(iter(office.desks.values())).now()
    request.state.session = office.sessions.new(now)
    return RedirectResponse(f"{office.settings.base}/sign-in", 303)
