"""One request of one person: who it is and what they may do. Every route states its permission by `needs`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from fastapi import Request
from starlette.requests import ClientDisconnect

from attendance.ladder import Alert
from attendance.leave.people import may_decide
from attendance.people import Pupil, StaffMember
from attendance.school import School
from office import permissions
from office.board.snapshot import Said, Snapshot
from office.desk import Desk
from office.permissions import ADMINISTRATOR, Permission
from office.sign_in.sealing import Sealer
from office.sign_in.sessions import COOKIE, IDLE, Session, Sessions, account_print, same_token
from office.sign_in.vouched import Provider
from storage import accounts, alerts, audit
from storage.accounts import Account

if TYPE_CHECKING:
    from office.sign_in.oidc import Client

POLL = "X-Firstcall-Poll"
"""A page that refreshes itself says so: that keeps nobody signed in."""
PART = "X-Firstcall-Part"
"""A page whose script sent a form says so: it wants to hear what came of it, and no page."""
LOCK = "X-Firstcall-Lock"
"""An answer that refuses says so when the browser is only locked."""
EVENTS = "text/event-stream"
LARGEST_FORM = 200_000
SEARCHES = ("missing", "believed_in_school")


CODE = "code"
"""The step of a session that has given the right password and owes a code."""


class NotSignedIn(Exception):
    """Nobody is signed in on this browser, or not any more. `path`: where that is put right."""

    path = "/sign-in"


class OwesCode(NotSignedIn):
    """The password was right; the code is still to come."""

    path = "/sign-in/code"


class Locked(NotSignedIn):
    """The browser was left alone: the same person opens it again."""

    path = "/lock"


class MustEnrol(NotSignedIn):
    """The role needs a second factor, and the account has none yet."""

    path = "/account"


class Forbidden(Exception):
    """This person may not do this; the message says what and whom to ask."""


class NotHere(Exception):
    """There is no such child (or not for this person)."""


class BadForm(Exception):
    """A form that did not come from one of our pages, or is not one."""


@dataclass(frozen=True)
class OfficeSettings:
    """What the office needs to know. `secret_key` signs sessions; cookies are Secure when `public_url` is https.

    `plays` is for the demo: nobody signs in, and this member of staff (id) acts unless another is chosen.
    """

    secret_key: str
    public_url: str = ""
    base: str = "/office"
    plays: str | None = None
    code_roles: frozenset[str] = frozenset()
    """Roles whose password alone is not enough: they set up a code before they see anything."""
    lock_after: timedelta = IDLE
    """A browser that was left alone for so long asks who is there."""
    providers: tuple[Provider, ...] = ()
    """Where staff may sign in elsewhere."""

    @property
    def secure(self) -> bool:
        """Whether browsers send the cookie by https only."""
        return urlsplit(self.public_url).scheme == "https"


@dataclass
class Office:
    """What every route of one office shares."""

    desks: Mapping[str, Desk]
    settings: OfficeSettings
    sessions: Sessions

    @cached_property
    def second_factors(self) -> Sealer:
        """Seals and opens the secrets of authenticator apps."""
        return Sealer(self.settings.secret_key, "second factor")

    @cached_property
    def held_forms(self) -> Sealer:
        """Seals forms that were sent from a locked screen, until whoever typed them is back."""
        return Sealer(self.settings.secret_key, "held form")

    @property
    def lock_seconds(self) -> int:
        """After how many seconds a page covers itself; 0 where nobody signs in."""
        return int(self.sessions.idle.total_seconds()) if self.sessions.idle else 0

    @cached_property
    def clients(self) -> dict[str, Client]:
        """The providers by kind."""
        if not self.settings.providers:
            return {}
        from office.sign_in.oidc import Client  # slow to load, and not every school needs it

        root = f"{self.settings.public_url.rstrip('/')}{self.settings.base}/sign-in/with"
        return {one.kind: Client(one, f"{root}/{one.kind}/back") for one in self.settings.providers}

    def wants_code(self, roles: Iterable[str]) -> bool:
        """Whether somebody with these roles needs a second factor."""
        return not self.settings.code_roles.isdisjoint(roles)


@dataclass
class Visit:
    """One request by somebody who may make it."""

    request: Request
    office: Office
    desk: Desk
    school: School
    session: Session
    member: StaffMember | None
    roles: tuple[str, ...]
    granted: frozenset[Permission]
    account: Account | None = None
    """None in the demo, where nobody signs in."""
    told: frozenset[str] = frozenset()
    """Pupils of whom the ladder has told somebody who sees a part of the school only."""
    form: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    page: str = ""
    """The page that parts are drawn for, where they are asked for apart from it."""

    def may(self, permission: Permission) -> bool:
        """Whether this person may do it."""
        return permission in self.granted

    def sees(self, pupil: Pupil) -> bool:
        """Whether this person may see the pupil."""
        return permissions.sees(self.member, self.roles, pupil) or pupil.id in self.told

    @property
    def sees_all(self) -> bool:
        """Whether this person's roles are for the whole school."""
        return permissions.sees_whole_school(self.roles)

    def pupil(self, id_: str) -> Pupil:
        """A pupil whom this person may see. Raises NotHere, the same for an unknown id and for a foreign group."""
        pupil = self.school.roll.pupils.get(id_)
        if pupil is None or not self.sees(pupil):
            raise NotHere("There is no child with this address on your list.")
        return pupil

    def reads(self, snapshot: Snapshot, pupil: str, words: Said) -> bool:
        """Whether this person may read these words. A disclosure of harm is for those whose role says so.

        Whom the ladder told of it reads it too: nobody above answered. And whoever was told to look for a child reads
        the words that say where the child may be, whatever else they say.
        """
        if not words.safeguarding or self.may("read_safeguarding"):
            return True
        reasons = {"safeguarding", *(SEARCHES if words.intent in ("missing", "present") else ())}
        return self.member is not None and any(
            told.staff == self.member.id
            for alert in snapshot.alerts
            if alert.reason in reasons and pupil in (*alert.pupils, "")
            for told in alert.told
        )

    def may_have(self, alert: Alert) -> bool:
        """Whether this person may take the alert, or end it."""
        return permissions.may_have(self.member, self.roles, alert)

    @property
    def staff(self) -> str:
        """The id under which decisions are made. Raises Forbidden for an account that belongs to no member of staff."""
        if self.member is None:
            raise Forbidden(
                "Your account is not linked to a member of staff, so it can look and not decide. "
                "Import the staff list, then link the account."
            )
        return self.member.id

    @property
    def here(self) -> str:
        """The page that a form is on, to come back to."""
        if self.page:
            return self.page
        if self.is_htmx and (current := self.request.headers.get("HX-Current-URL")):
            parts = urlsplit(current)
            return f"{parts.path}?{parts.query}" if parts.query else parts.path
        if self.request.method != "GET":
            return self.form.get("back", f"{self.office.settings.base}/")
        path, query = self.request.url.path, self.request.url.query
        return f"{path}?{query}" if query else path

    @property
    def is_htmx(self) -> bool:
        """Whether the page asked for a part of itself."""
        return self.request.headers.get("HX-Request") == "true"

    @property
    def is_scripted(self) -> bool:
        """Whether a script of ours sent the form, and shows what came of it."""
        return PART in self.request.headers

    def at(self, school: School) -> Visit:
        """The same person at the school as it is now: a role that was taken away is gone."""
        if school is self.school:
            return self
        newer = _as_staff(self.request, self.office, self.desk, school, self.session, self.staff_id, self.account)
        newer.page, newer.told = self.page, self.told
        return newer

    @property
    def staff_id(self) -> str | None:
        """Whom this person is on the staff list; None for an account that is linked to nobody."""
        return self.member.id if self.member else None

    async def write_down(self, action: str, subject: str, **detail: Any) -> None:
        """One line of the audit: who did or looked at what."""
        self.request.state.written = True
        deed = audit.Deed(
            self.desk.now(), self.member.id if self.member else None, action, subject,
            {"account": self.session.username, **detail},
        )  # fmt: skip
        async with self.desk.database.begin() as db:
            await audit.append(db, self.desk.school_id, [deed])


class Needs(Protocol):
    """A route's dependency, with the permission that it states."""

    permission: Permission

    async def __call__(self, request: Request) -> Visit:
        """Let the request in, or raise."""
        ...


class _Needs:
    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    async def __call__(self, request: Request) -> Visit:
        visit = await enter(request, enrolling=self.permission == "own_account")
        if self.permission not in visit.granted:
            raise Forbidden(REFUSALS[self.permission])
        if "pupil" in request.path_params:
            request.state.pressed_by = visit
        if request.method == "POST":
            await check_form(request, visit.session)
            form = await request.form()
            visit.form = {key: value for key, value in form.items() if isinstance(value, str)}
            request.state.pressed_by = visit
            visit.lists = {key: [v for v in form.getlist(key) if isinstance(v, str)] for key in form}
        return visit


REFUSALS: dict[Permission, str] = {
    "see_board": "Your role sees no children here.",
    "see_story": "Your role sees no children here.",
    "see_call_sheet": "The call sheet is for the office and the leaders of the school.",
    "see_people": "Your role sees no children here.",
    "see_policy": "Your role sees no children here.",
    "see_figures": "Figures are for the office and for those who lead a year, a house or the school.",
    "change_people": "What is known of contacts is changed by the office; ask the attendance officer.",
    "lift_bar": "A bar is lifted, and a contact released, by the safeguarding lead or the headteacher.",
    "read_safeguarding": "These words are for the safeguarding lead.",
    "see_flags": "Why a child comes first is for those who look after its safety.",
    "see_audit": "Who looked at what is for the safeguarding lead and the headteacher.",
    "act": "Your role looks and does not decide; ask the attendance officer.",
    "change_register": "Codes are confirmed and amended by the office; ask the attendance officer.",
    "take_register": "Registers are taken by teachers and the office.",
    "write": "Messages to families are written by the office; ask the attendance officer.",
    "hold": "Holding and releasing messages is for the office and the senior leaders.",
    "decide_leave": "Only the headteacher decides on leave.",
    "own_account": "Nobody signs in here, so there is no account to look after.",
}


def needs(permission: Permission) -> Needs:
    """The dependency of a route: signed in, allowed, and for a POST a form of our own."""
    return _Needs(permission)


async def check_form(request: Request, session: Session) -> None:
    """Raises BadForm unless the form is small and came from a page of this session."""
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > LARGEST_FORM:
        raise BadForm("That form is too large.")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise BadForm("That form came from another site.")
    try:
        form = await request.form()
    except ClientDisconnect as error:
        raise BadForm("That form did not arrive whole.") from error
    token = form.get("csrf")
    if not same_token(session, token if isinstance(token, str) else None):
        raise BadForm("That page was too old, or you signed in again meanwhile. Open it anew, and do it once more.")


def office_of(request: Request) -> Office:
    """What the routes of this office share."""
    office: Office = request.app.state.office
    return office


def browser_session(request: Request) -> Session:
    """The session of this browser, a new one where there is none; the answer keeps it."""
    known: Session | None = getattr(request.state, "session", None)
    if known is not None:
        return known
    office = office_of(request)
    now = _any_now(office)
    request.state.came_with = office.sessions.load(request.cookies.get(COOKIE), now)
    session: Session = request.state.came_with or office.sessions.new(now)
    if not _by_itself(request):
        session = office.sessions.touched(session, now)
    request.state.session = session
    return session


def _by_itself(request: Request) -> bool:
    """Whether a page asks without anybody's doing; EventSource cannot say so by a header of ours."""
    return POLL in request.headers or EVENTS in request.headers.get("accept", "")


def _any_now(office: Office) -> datetime:
    return next(iter(office.desks.values())).now()


def address_of(request: Request) -> str:
    """Where a request comes from, for counting tries."""
    return request.client.host if request.client else "unknown"


async def account_of(desk: Desk, session: Session) -> Account | None:
    """The account of a session; None when it was closed, has another password, or was signed out everywhere since."""
    async with desk.database.read() as db:
        account = await accounts.by_name(db, desk.school_id, session.username)
    if account is None or account.disabled or account_print(account.password_hash) != session.account:
        return None
    over = account.signed_out_at
    return None if over is not None and session.began < int(over.timestamp()) else account


async def enter(request: Request, *, enrolling: bool = False) -> Visit:
    """Whoever makes this request. Raises NotSignedIn. `enrolling`: a page on which a second factor is set up."""
    office, session = office_of(request), browser_session(request)
    if office.settings.plays is not None:
        return await _play(request, office, session)
    desk = office.desks.get(session.school)
    if desk is None or not session.username:
        raise NotSignedIn
    if (account := await account_of(desk, session)) is None:
        raise NotSignedIn
    if session.step == CODE:
        raise OwesCode
    if session.locked:
        raise Locked
    visit = _as_staff(request, office, desk, await desk.school(), session, account.staff_id, account)
    if not (enrolling or account.has_code or session.how) and office.wants_code(visit.roles):
        raise MustEnrol
    return await _with_told(visit)


async def _with_told(visit: Visit) -> Visit:
    if visit.member is not None and not visit.sees_all:
        async with visit.desk.database.read() as db:
            visit.told = permissions.told(visit.member, await alerts.live(db, visit.school.id))
    return visit


async def _play(request: Request, office: Office, session: Session) -> Visit:
    desk = next(iter(office.desks.values()))
    staff = session.staff or office.settings.plays
    return await _with_told(_as_staff(request, office, desk, await desk.school(), session, staff, None))


def _as_staff(
    request: Request, office: Office, desk: Desk, school: School, session: Session, staff: str | None,
    account: Account | None,
) -> Visit:  # fmt: skip
    member = school.roll.staff_member(staff) if staff else None
    roles = member.roles if member else ((ADMINISTRATOR,) if staff is None else ())
    granted = permissions.permissions_of(roles, school.policy.leave.decides)
    if member is not None and may_decide(member, school):  # a deputy, while everybody who decides is away
        granted |= {"decide_leave"}
    if account is not None:
        granted |= {"own_account"}
    return Visit(request, office, desk, school, session, member, roles, granted, account)
