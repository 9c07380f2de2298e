"""Signing in and out: a name and a password, then a code where the account has one.

The answer never says which half was wrong, and a wrong try costs the same for a name that does not exist.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from office.desk import Desk
from office.pages import pages
from office.sign_in.proving import TOO_MANY, failed, password_is_right, too_many, use_code, welcome
from office.sign_in.sessions import Session, account_print
from office.visit import CODE, Office, account_of, address_of, browser_session, check_form, office_of
from storage import accounts, second_factors
from storage.accounts import Account

router = APIRouter()

HALF_WAY = timedelta(minutes=10)
"""How long a right password waits for its code."""
WRONG = "The name or the password is not right."
WRONG_CODE = "That code is not right, or it was used already. Wait for the next one, or type a recovery code."
AGAIN = "Please begin again."


@router.get("/sign-in")
async def sign_in_page(request: Request) -> Response:
    """The form."""
    return page(request, 200, "")


def page(
    request: Request, status: int, problem: str, name: str = "", wanted: str | None = None, school: str = ""
) -> HTMLResponse:
    """The form, with what was wrong; what was `wanted` and which school it is stay as they were."""
    office, session = office_of(request), browser_session(request)
    wanted = pages.local_path(wanted or request.query_params.get("next"), office.settings.base)
    html = pages.fill(
        "sign_in.html", office, session, problem=problem, name=name, schools=sorted(office.desks), chosen=school,
        wanted=wanted, ways=ways(office, wanted),
    )  # fmt: skip
    return HTMLResponse(html, status)


def ways(office: Office, wanted: str) -> list[tuple[str, str]]:
    """(what it says, address) of each way to sign in elsewhere, for the form; `wanted` is where it leads."""
    wanted = quote(wanted)
    several = len(office.desks) > 1
    return [
        (
            f"Sign in with {client.provider.label}" + (f" at {school}" if several else ""),
            f"{office.settings.base}/sign-in/with/{kind}?school={quote(school)}&next={wanted}",
        )
        for kind, client in office.clients.items()
        for school in sorted(office.desks)
    ]


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Name and password."""
    office, session = office_of(request), browser_session(request)
    await check_form(request, session)
    form = await request.form()
    name, password = str(form.get("name", "")).strip().casefold()[:200], str(form.get("password", ""))[:1000]
    desk = office.desks.get(str(form.get("school", ""))) or next(iter(office.desks.values()))
    address, wanted = address_of(request), pages.local_path(str(form.get("next", "")), office.settings.base)
    if await too_many(desk, f"name/{name}", address):
        return page(request, 429, TOO_MANY, name, wanted, desk.school_id)
    async with desk.database.read() as db:
        account = await accounts.by_name(db, desk.school_id, name)
    if not await password_is_right(account, password) or account is None:
        await failed(desk, f"name/{name}", address, "sign_in_failed", f"account/{name}")
        return page(request, 401, WRONG, name, wanted, desk.school_id)
    if account.has_code:
        request.state.session = let_in(office, desk, account, step=CODE, wanted=wanted)
        return RedirectResponse(f"{office.settings.base}/sign-in/code", 303)
    await welcome(desk, account, "sign_in", by="password")
    request.state.session = let_in(office, desk, account)
    return RedirectResponse(wanted, 303)


def let_in(office: Office, desk: Desk, account: Account, *, step: str = "", how: str = "", wanted: str = "") -> Session:
    """A fresh session for this account; `step` is what is still asked of it."""
    mark = account_print(account.password_hash)
    fresh = office.sessions.signed_in(desk.now(), desk.school_id, account.username, mark)
    return replace(fresh, step=step, how=how, wanted=wanted[:300])


async def _half_way(request: Request) -> tuple[Desk, Session, Account] | None:
    """Whoever has given the right password a moment ago, and no code yet."""
    office, session = office_of(request), browser_session(request)
    desk = office.desks.get(session.school)
    if desk is None or session.step != CODE:
        return None
    account = await account_of(desk, session)
    late = desk.now().timestamp() - session.began > HALF_WAY.total_seconds()
    return None if account is None or late else (desk, session, account)


def _code_page(request: Request, status: int, problem: str) -> HTMLResponse:
    office, session = office_of(request), browser_session(request)
    return HTMLResponse(pages.fill("sign_in_code.html", office, session, problem=problem), status)


@router.get("/sign-in/code")
async def code_page(request: Request) -> Response:
    """The second step."""
    if await _half_way(request) is None:
        return RedirectResponse(f"{office_of(request).settings.base}/sign-in", 303)
    return _code_page(request, 200, "")


@router.post("/sign-in/code")
async def sign_in_code(request: Request) -> Response:
    """A code of the app, or a recovery code."""
    office = office_of(request)
    await check_form(request, browser_session(request))
    if (found := await _half_way(request)) is None:
        return page(request, 401, AGAIN)
    desk, session, account = found
    key, address = f"code/{account.username}", address_of(request)
    if await too_many(desk, key, address):
        return _code_page(request, 429, TOO_MANY)
    typed = str((await request.form()).get("code", ""))[:40]
    proof = await use_code(desk, office.second_factors, account, typed)
    if proof is None:
        await failed(desk, key, address, "code_failed", f"account/{account.username}")
        return _code_page(request, 401, WRONG_CODE)
    await welcome(desk, account, "sign_in", by=f"password and {proof.replace('_', ' ')}")
    fresh = let_in(office, desk, account)
    if proof == "recovery_code":
        fresh = fresh.with_note("problem", await _codes_left(desk, account))
    request.state.session = fresh
    return RedirectResponse(pages.local_path(session.wanted, office.settings.base), 303)


async def _codes_left(desk: Desk, account: Account) -> str:
    async with desk.database.read() as db:
        left = await second_factors.codes_left(db, desk.school_id, account.username)
    return f"That recovery code is used up; {left} are left. Make new ones, or set up your new phone, under Account."


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """Nobody is signed in on this browser any more."""
    office, session = office_of(request), browser_session(request)
    await check_form(request, session)
    now = next(iter(office.desks.values())).now()
    request.state.session = office.sessions.new(now)
    return RedirectResponse(f"{office.settings.base}/sign-in", 303)
