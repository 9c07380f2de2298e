"""A screen that was left alone is locked: the same person opens it again, and nothing that was half typed is lost.

A form that is sent from a locked screen is kept sealed on the page that asks who is there; afterwards it is sent by one
press. With a script the page stays where it is under a cover. Source: WCAG 2.2, success criterion 2.2.5.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from office.desk import Desk
from office.pages import pages
from office.sign_in.proving import failed, prove, too_many, welcome
from office.sign_in.sessions import Session
from office.visit import PART, BadForm, Office, account_of, address_of, browser_session, check_form, office_of
from storage import audit
from storage.accounts import Account

router = APIRouter()
WRONG = "That is neither your password nor a code that counts now."
ENDED = "Too many tries: you were signed out. Sign in again in a quarter of an hour."
LONGEST_HELD = 60_000
Held = tuple[str, Sequence[tuple[str, str]]]
"""Where a form was going, and its fields."""


async def _who(request: Request) -> tuple[Desk, Session, Account] | None:
    """Whose session this is, locked or not; None where nobody has signed in to the end."""
    office, session = office_of(request), browser_session(request)
    desk = office.desks.get(session.school)
    if desk is None or not session.username or session.step:
        return None
    account = await account_of(desk, session)
    return None if account is None else (desk, session, account)


def _page(
    request: Request, account: Account, status: int, problem: str = "", held: str = "", wanted: str = ""
) -> HTMLResponse:
    office, session = office_of(request), browser_session(request)
    vouching = next((key for key, one in office.clients.items() if one.provider.label == session.how), "")
    html = pages.fill(
        "lock.html", office, session, problem=problem, held=held, account=account, vouching=vouching,
        how=session.how, locked=session.locked,
        wanted=pages.local_path(wanted or request.query_params.get("next"), office.settings.base),
    )  # fmt: skip
    return HTMLResponse(html, status)


@router.get("/lock")
async def locked(request: Request) -> Response:
    """Who is there?"""
    base = office_of(request).settings.base
    if (found := await _who(request)) is None:
        return RedirectResponse(f"{base}/sign-in", 303)
    if not found[1].locked:
        return RedirectResponse(pages.local_path(request.query_params.get("next"), base), 303)
    return _page(request, found[2], 200)


@router.get("/lock/state")
async def state(request: Request) -> Response:
    """For a script: whether this browser is locked, and after how many seconds it will be. Keeps nobody signed in."""
    if (found := await _who(request)) is None:
        return JSONResponse({"signed_in": False})
    desk, session, _ = found
    left = office_of(request).sessions.left(session, desk.now())
    return JSONResponse({"signed_in": True, "locked": session.locked, "left": left})


@router.post("/still-here")
async def still_here(request: Request) -> Response:
    """Somebody types or points on an open page; that they sent something nobody could see otherwise."""
    await check_form(request, browser_session(request))
    found = await _who(request)
    return Response(status_code=204 if found and not found[1].locked else 401)


@router.post("/lock/now")
async def lock_now(request: Request) -> Response:
    """I leave my desk."""
    session = browser_session(request)
    await check_form(request, session)
    base = office_of(request).settings.base
    if (found := await _who(request)) is None:
        return RedirectResponse(f"{base}/sign-in", 303)
    desk, _, account = found
    request.state.session = replace(session, locked=True)
    deed = audit.Deed(
        desk.now(), account.staff_id, "lock", f"account/{account.username}", {"account": account.username}
    )
    async with desk.database.begin() as db:
        await audit.append(db, desk.school_id, [deed])
    if PART in request.headers:
        return JSONResponse({"locked": True})
    back = pages.local_path(str((await request.form()).get("back", "")), base)
    return RedirectResponse(f"{base}/lock?{pages.query(next=back)}", 303)


@router.post("/lock")
async def unlock(request: Request) -> Response:
    """The same person proves to be there."""
    office, session = office_of(request), browser_session(request)
    await check_form(request, session)
    if (found := await _who(request)) is None:
        return _answer(request, 401, "Sign in again.") or RedirectResponse(f"{office.settings.base}/sign-in", 303)
    desk, session, account = found
    form = await request.form()
    if session.locked and (refused := await _refused(request, desk, account, str(form.get("proof", ""))[:1000])):
        return refused
    request.state.session = office.sessions.touched(replace(session, locked=False), desk.now())
    if (answer := _answer(request, 200, "")) is not None:
        return answer
    if (held := _opened(office, session, str(form.get("held", "")))) is not None:
        html = pages.fill("held.html", office, session, action=held[0], fields=held[1])
        return HTMLResponse(html)
    return RedirectResponse(pages.local_path(str(form.get("next", "")), office.settings.base), 303)


def _answer(request: Request, status: int, problem: str) -> Response | None:
    """What a script hears; None where a page is wanted."""
    if PART not in request.headers:
        return None
    return JSONResponse({"unlocked": not problem, "text": problem}, status)


async def _refused(request: Request, desk: Desk, account: Account, typed: str) -> Response | None:
    """The answer to a wrong proof; after too many the session is over. None for a right one."""
    office, form = office_of(request), await request.form()
    key, address = f"code/{account.username}", address_of(request)
    if await too_many(desk, key, address) or await too_many(desk, f"name/{account.username}", address):
        request.state.session = office.sessions.new(desk.now())
        gone = HTMLResponse(
            pages.fill("plain.html", office, request.state.session, title="Signed out", text=ENDED, typed=(), way=None),
            429,
        )
        return _answer(request, 429, ENDED) or gone
    if proof := await prove(desk, office.second_factors, account, typed):
        await welcome(desk, account, "unlock", by=proof.replace("_", " "))
        return None
    await failed(desk, key, address, "unlock_failed", f"account/{account.username}")
    held, wanted = str(form.get("held", "")), str(form.get("next", ""))
    return _answer(request, 403, WRONG) or _page(request, account, 403, WRONG, held, wanted)


async def hold_form(request: Request) -> Response | None:
    """The page for a form that was sent from a locked screen, with the form sealed in it. None for a foreign form."""
    office, session = office_of(request), browser_session(request)
    if (found := await _who(request)) is None:
        return None
    try:
        await check_form(request, session)
    except BadForm:
        return None
    form = await request.form()
    fields = [(key, value) for key, value in form.multi_items() if isinstance(value, str) and key != "csrf"]
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    sealed = office.held_forms.seal(json.dumps([session.csrf, path, fields]))
    if len(sealed) > LONGEST_HELD:
        sealed = ""
    return _page(request, found[2], 401, held=sealed, wanted=f"{office.settings.base}/")


def _opened(office: Office, session: Session, sealed: str) -> Held | None:
    """The form that was kept, if it is of this session and goes to a page of ours."""
    text = office.held_forms.open(sealed) if sealed else None
    if text is None:
        return None
    csrf, path, fields = json.loads(text)
    if csrf != session.csrf or pages.local_path(path, office.settings.base) != path:
        return None
    return path, [(str(name), str(value)) for name, value in fields]
