"""Signing in with the school's Google or Microsoft: there, back, and only accounts that the school has listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from office.desk import Desk
from office.pages import pages
from office.sign_in.proving import TOO_MANY, failed, too_many, welcome
from office.sign_in.sessions import Session
from office.sign_in.signing_in import let_in, page
from office.sign_in.vouched import NotVouched, Unreachable, Vouched
from office.visit import NotHere, address_of, browser_session, office_of
from storage import accounts, identities
from storage.accounts import Account
from storage.identities import Flow

if TYPE_CHECKING:
    from office.sign_in.oidc import Client

router = APIRouter()
log = structlog.get_logger("firstcall.sign_in")

AWAY = timedelta(minutes=10)
"""How long somebody may be at the provider's."""
NOT_LISTED = (
    "{label} knows you, but the school has not listed you for Firstcall. Ask your administrator for an account with "
    "the address that you use there."
)
REFUSED = "{label} did not vouch for an account of this school. Choose your school account there, and try again."
NO_ANSWER = "{label} does not answer. Try again in a minute, or sign in with your password."
NO_WAY = "That way back was used already, took too long, or began in another browser. Please begin again."


def _client(request: Request, provider: str) -> Client:
    client = office_of(request).clients.get(provider)
    if client is None:
        raise NotHere("This school does not sign in that way.")
    return client


def _print(session: Session) -> str:
    return sha256(f"browser/{session.csrf}".encode()).hexdigest()


@router.get("/sign-in/with/{provider}")
async def there(provider: str, request: Request) -> Response:
    """Off to the provider, with everything kept that proves the way back."""
    office, session, client = office_of(request), browser_session(request), _client(request, provider)
    desk = office.desks.get(request.query_params.get("school", "")) or next(iter(office.desks.values()))
    now = desk.now()
    try:
        address, state, nonce, verifier = await client.way_there(now)
    except Unreachable as error:
        log.warning("provider_unreachable", provider=provider, why=str(error))
        return page(request, 503, NO_ANSWER.format(label=client.provider.label))
    wanted = pages.local_path(request.query_params.get("next"), office.settings.base)[:300]
    flow = Flow(state, provider, nonce, verifier, _print(session), wanted, now + AWAY)
    async with desk.database.begin() as db:
        await identities.set_out(db, desk.school_id, flow, now)
    return RedirectResponse(address, 303)


@router.get("/sign-in/with/{provider}/back")
async def back(provider: str, request: Request) -> Response:
    """Back from the provider."""
    client, session = _client(request, provider), browser_session(request)
    label, address = client.provider.label, address_of(request)
    found = await _flow(request, request.query_params.get("state", ""))
    first = next(iter(office_of(request).desks.values()))
    if found is None or not _is_own(found[1], provider, session, found[0]):
        await failed(first, f"with/{provider}", address, "sign_in_failed", f"provider/{provider}", why="state")
        return page(request, 400, NO_WAY)
    desk, flow = found
    if await too_many(desk, "", address):
        return page(request, 429, TOO_MANY)
    try:
        if "code" not in request.query_params:
            raise NotVouched("refused_there")
        who = await client.who(request.query_params["code"], flow.verifier, flow.nonce, desk.now())
        account = await _account(desk, who)
    except Unreachable as error:
        log.warning("provider_unreachable", provider=provider, why=str(error))
        return page(request, 503, NO_ANSWER.format(label=label))
    except NotVouched as error:
        await failed(desk, f"with/{provider}", address, "sign_in_failed", f"provider/{provider}", why=error.why)
        text = NOT_LISTED if error.why == "not_listed" else REFUSED
        return page(request, 403, text.format(label=label))
    await welcome(desk, account, "sign_in", by=label)
    mine = session.locked and (session.school, session.username) == (desk.school_id, account.username)
    fresh = let_in(office_of(request), desk, account, how=label)
    # Whoever only opens their own locked screen keeps its pages: what is half typed there can still be sent.
    request.state.session = replace(fresh, csrf=session.csrf, began=session.began) if mine else fresh
    return RedirectResponse(flow.wanted, 303)


async def _flow(request: Request, state: str) -> tuple[Desk, Flow] | None:
    """The way that this state belongs to; it is used up by asking."""
    for desk in office_of(request).desks.values() if state else ():
        async with desk.database.begin() as db:
            if flow := await identities.come_back(db, desk.school_id, state):
                return desk, flow
    return None


def _is_own(flow: Flow, provider: str, session: Session, desk: Desk) -> bool:
    return flow.provider == provider and flow.browser == _print(session) and desk.now() < flow.expires_at


async def _account(desk: Desk, who: Vouched) -> Account:
    """The account of this person; at the first time the one that the school listed with the address. Raises NotVouched.

    Afterwards the address plays no part: whoever is given it later is somebody else.
    """
    async with desk.database.begin() as db:
        name = await identities.account_of(db, desk.school_id, who.issuer, who.subject)
        account = await accounts.by_name(db, desk.school_id, name) if name else None
        if name is None and (account := await accounts.by_email(db, desk.school_id, who.email)):
            now = desk.now()
            if account.disabled or not await identities.link(
                db, desk.school_id, who.issuer, who.subject, account.username, now
            ):
                raise NotVouched("not_listed")
    if account is None or account.disabled:
        raise NotVouched("not_listed")
    return account
