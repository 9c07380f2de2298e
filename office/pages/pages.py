"""Pages out of templates, and what goes along with every answer: a strict content policy, the session, a note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from attendance import spoken
from office import wording
from office.board.finding import other_names, year_to_say
from office.pages.parts import stamp_of
from office.paths import STATIC, pages_root
from office.sign_in.sessions import COOKIE, LONGEST, Session
from office.visit import Office, Visit, office_of

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
REFUSED = 400
ONLY_LOOKS = ("/parts", "/cost", "/stream", "/live")
"""Endings of paths that bring an open page up to date, or reckon: to open the page was written down."""
FOR_EVER = "public, max-age=31536000, immutable"


@cache
def environment(*more: str) -> Environment:
    """The office's templates; `more` are further folders."""
    env = Environment(
        loader=FileSystemLoader([str(pages_root()), *more]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters.update(
        clock=wording.clock,
        number=wording.number,
        numbers_in=wording.numbers_in,
        year=wording.year,
        role=wording.role,
        together=spoken.together,
        dom=dom_id,
        span=wording.span,
        stamp=stamp_of,
        other_names=other_names,
        year_to_say=year_to_say,
    )
    env.globals.update(wording=wording, static=static, minutes=wording.minutes, day_and_clock=wording.day_and_clock)
    env.globals.update(code_name=wording.code_name, day_words=spoken.day_words)
    return env


@cache
def static(name: str) -> str:
    """A static file's path under the office, with a print of its content, so that a browser may keep it for ever."""
    return f"/static/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"


def dom_id(text: str) -> str:
    """A text as an id of an element."""
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in text)


def print_of(html: str) -> str:
    """A short print of a fragment, so that a page that refreshes itself is only sent what changed."""
    return sha256(html.encode()).hexdigest()[:16]


def fill(template: str, office: Office, session: Session, **values: Any) -> str:
    """A template with what every one of them may use."""
    return (
        environment()
        .get_template(template)
        .render(base=office.settings.base, csrf=session.csrf, demo=office.settings.plays is not None, **values)
    )


def draw(template: str, visit: Visit, **values: Any) -> str:
    """A template for somebody who is signed in."""
    return fill(template, visit.office, visit.session, visit=visit, school=visit.school, now=visit.desk.now(), **values)


def waiting_note(visit: Visit) -> tuple[str, str] | None:
    """What is to be said on the next page, for a page that says it itself; it is said once."""
    return (visit.session.note_kind, visit.session.note) if visit.session.note else None


def page(template: str, visit: Visit, status: int = 200, **values: Any) -> HTMLResponse:
    """A whole page; a note that waits is said, once."""
    html = draw(template, visit, note=values.pop("note", None) or waiting_note(visit), **values)
    visit.request.state.session = visit.session.without_note()
    return HTMLResponse(html, status)


def fragment(template: str, visit: Visit, seen: str | None, **values: Any) -> Response:
    """A part of a page that refreshes itself: nothing (204) while it is what the page has."""
    html = draw(template, visit, **values)
    stamp = print_of(html)
    if seen == stamp:
        return Response(status_code=204)
    return HTMLResponse(html.replace(STAMP, stamp, 1))


STAMP = "0000000000000000"
"""Stands in a fragment where its own print comes."""


def stamped(html: str) -> str:
    """A fragment with its own print in it."""
    return html.replace(STAMP, print_of(html), 1)


def back(visit: Visit, kind: str, text: str) -> RedirectResponse:
    """To the page that the form was on, where the note is said."""
    visit.request.state.session = visit.session.with_note(kind, text)
    return RedirectResponse(local_path(visit.form.get("back"), visit.office.settings.base), 303)


def query(**values: str) -> str:
    """The part of an address after the question mark."""
    return urlencode(values)


def local_path(wanted: str | None, base: str) -> str:
    """A path on this site, or the board: nobody is sent elsewhere by a form or a link."""
    if wanted and wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and "\n" not in wanted:
        return wanted
    return f"{base}/"


class Finish:
    """Puts the headers on every answer, and the session's cookie where it changed. Plain ASGI: streams pass through."""

    def __init__(self, app: ASGIApp, office: Office) -> None:
        self._app = app
        self._office = office

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})

        status = REFUSED

        async def with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *self._headers(scope, message)]
            await send(message)

        await self._app(scope, receive, with_headers)
        await self._write_down(scope, status)

    async def _write_down(self, scope: Scope, status: int) -> None:
        """A press, or a look at one child, of which its route has written nothing down; what is refused is no press."""
        state, path = scope["state"], str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
        visit = state.get("pressed_by")
        if visit is None or state.get("written") or status >= REFUSED or path.endswith(ONLY_LOOKS):
            return
        named = " ".join(f"{key}/{value}" for key, value in scope.get("path_params", {}).items())
        action = "pressed" if scope["method"] == "POST" else "looked"
        await (visit.write_down(action, named, path=path) if named else visit.write_down(action, path))

    def _headers(self, scope: Scope, message: Message) -> Iterable[tuple[bytes, bytes]]:
        own = {name.lower() for name, _ in message["headers"]}  # a download brings a stricter policy
        for name, value in {**HEADERS, "Cache-Control": "no-store"}.items():
            if (key := name.lower().encode()) not in own:
                yield key, value.encode()
        session = scope.get("state", {}).get("session")
        if isinstance(session, Session) and session != scope["state"].get("came_with"):
            # A page that refreshes itself changes nothing, and must not bring back an older cookie.
            answer = Response()
            answer.set_cookie(
                COOKIE,
                self._office.sessions.dump(session),
                max_age=int(LONGEST.total_seconds()),
                path="/",
                secure=self._office.settings.secure,
                httponly=True,
                samesite="lax",
            )
            yield from ((name, value) for name, value in answer.raw_headers if name == b"set-cookie")


def static_file(request: Request, name: str) -> Response:
    """One of the few static files."""
    kinds = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".LICENSE": "text/plain"}
    path = STATIC / name
    kind = kinds.get(path.suffix)
    if kind is None or path.parent != STATIC or not path.is_file():
        return Response("There is no such file.", 404, media_type="text/plain")
    keep = FOR_EVER if "v" in request.query_params else "no-cache"
    return Response(path.read_bytes(), media_type=f"{kind}; charset=utf-8", headers={"Cache-Control": keep})


def plain_page(
    request: Request, status: int, title: str, text: str, typed: Sequence[str] = (), way: tuple[str, str] | None = None
) -> HTMLResponse:
    """A page that says why there is nothing to see.

    `typed` is what somebody had written, to be copied; `way` (address, words) is where to go on.
    """
    office = office_of(request)
    session = getattr(request.state, "session", None) or office.sessions.new(next(iter(office.desks.values())).now())
    return HTMLResponse(fill("plain.html", office, session, title=title, text=text, typed=typed, way=way), status)
