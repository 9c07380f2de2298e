"""The office as one application, to be mounted under `/office`: routes, headers, and what a refusal looks like."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from office.board import board_page
from office.child import story_page
from office.desk import Desk
from office.families import messages_page, people_page
from office.figures import figures_page, minutes_page
from office.leave import leave_page
from office.pages import lost_form, pages
from office.pages.compressed import Compressed
from office.policy import policy_page
from office.sheet import sheet_page
from office.sign_in import account_page, lock_page, oidc_page, password_page, signing_in
from office.sign_in.sessions import Sessions
from office.staff import audit_page, staff_page
from office.visit import EVENTS, LOCK, PART, BadForm, Forbidden, Locked, NotHere, NotSignedIn, Office, OfficeSettings

SIGNED_OUT = "What you sent did not count, and nothing was done. Sign in, and do it once more."


def create_office(desks: Desk | Sequence[Desk], settings: OfficeSettings) -> FastAPI:
    """The office of one school, or of several in one database. Mount it at `settings.base`."""
    every = list(desks) if isinstance(desks, Sequence) else [desks]
    if not every:
        raise ValueError("The office needs a school; run `firstcall init` first.")
    idle = None if settings.plays is not None else settings.lock_after
    office = Office({desk.school_id: desk for desk in every}, settings, Sessions(settings.secret_key, idle))
    app = FastAPI(title="Firstcall office", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.office = office
    app.add_middleware(pages.Finish, office=office)
    app.add_middleware(Compressed)
    app.add_api_route("/static/{name}", pages.static_file, include_in_schema=False)
    if settings.plays is None:
        app.include_router(signing_in.router)
        app.include_router(oidc_page.router)
        app.include_router(account_page.router)
        app.include_router(password_page.router)
        app.include_router(lock_page.router)
    for room in (
        board_page,
        story_page,
        messages_page,
        sheet_page,
        minutes_page,
        people_page,
        staff_page,
        policy_page,
        figures_page,
        leave_page,
        audit_page,
    ):
        app.include_router(room.router)
    refuse_plainly(app)
    return app


def refuse_plainly(app: FastAPI) -> None:
    """What is refused gets a page that says why, never a bare status."""

    async def not_signed_in(request: Request, error: Exception) -> Response:
        base = request.app.state.office.settings.base
        to = f"{base}{error.path if isinstance(error, NotSignedIn) else NotSignedIn.path}"
        lock = {LOCK: "1"} if isinstance(error, Locked) else {}
        if PART in request.headers or EVENTS in request.headers.get("accept", ""):
            return Response("Sign in again.", 401, lock, media_type="text/plain")
        if request.headers.get("HX-Request") == "true":
            there = {"HX-Trigger": "firstcall:locked"} if lock else {"HX-Redirect": to}
            return Response(status_code=401, headers={**lock, **there})
        if lock and request.method == "POST" and (page := await lock_page.hold_form(request)) is not None:
            return page
        if request.method == "POST":
            to = f"{to}?next={quote(await lost_form.came_from(request))}"
            if written := await lost_form.typed(request):
                return pages.plain_page(request, 401, "You are signed out", SIGNED_OUT, written, (to, "Sign in again"))
            return RedirectResponse(to, 303)
        wanted = f"{base}{request.scope.get('path', '/').removeprefix(base)}"
        return RedirectResponse(f"{to}?next={quote(wanted)}", 303)

    async def forbidden(request: Request, error: Exception) -> Response:
        return pages.plain_page(request, 403, "Not for your role", str(error))

    async def not_here(request: Request, error: Exception) -> Response:
        return pages.plain_page(request, 404, "Not here", str(error) or "There is no such page.")

    async def bad_form(request: Request, error: Exception) -> Response:
        way = (await lost_form.came_from(request), "Back to the page")
        written = await lost_form.typed(request)
        return pages.plain_page(request, 403, "That form did not count", str(error), written, way)

    async def no_page(request: Request, _: Exception) -> Response:
        return pages.plain_page(request, 404, "Not here", "There is no such page.")

    app.add_exception_handler(NotSignedIn, not_signed_in)
    app.add_exception_handler(Forbidden, forbidden)
    app.add_exception_handler(NotHere, not_here)
    app.add_exception_handler(BadForm, bad_form)
    app.add_exception_handler(404, no_page)
