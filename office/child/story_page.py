"""The page of one child, and everything that staff do there. Every look at it is written down."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response

from attendance.calendar import Half, Session, local
from attendance.codes import code_set, is_unexplained
from attendance.ladder import READ_IS_ENOUGH, Alert
from attendance.people import Pupil
from attendance.settling import all_clear as all_clear_of
from attendance.settling import ends_with_the_day
from messaging.segments import count
from office import wording
from office.board import countdown, rows
from office.board.board_page import snapshot_for
from office.board.snapshot import Snapshot
from office.child import story
from office.child.files import may_open
from office.desk import NotPossible, Overtaken
from office.pages import pages
from office.pages.feed import Moment, feed_of
from office.pages.live import Drawn, stream_of
from office.pages.parts import PageParts, Part, have_of, joined, with_clocks
from office.visit import BadForm, NotHere, Visit, needs
from storage import attachments, journal

router = APIRouter()

SEE = needs("see_story")
ACT = needs("act")
CHANGE = needs("change_register")
WRITE = needs("write")
HOLD = needs("hold")
LONGEST_TEXT = 1000
Note = tuple[str, str]


async def _values(visit: Visit, pupil: Pupil, snapshot: Snapshot) -> dict[str, Any]:
    async with visit.desk.database.read() as db:
        found = await story.read(
            db, visit.school, pupil, visit.desk.now(), lambda words: visit.reads(snapshot, pupil.id, words),
            visit.may("see_flags"),
        )  # fmt: skip
    cases = snapshot.cases_of(pupil.id)
    alerts = snapshot.alerts_of(pupil.id)
    own = [alert for alert in alerts if visit.may_have(alert)]
    flags = visit.may("see_flags")
    tasks = snapshot.tasks_of(pupil.id) if flags else rows.without_flag_tasks(snapshot.tasks_of(pupil.id))
    edition = visit.school.policy.code_set
    return {
        "pupil": pupil,
        "story": found,
        "snapshot": snapshot,
        "edition": edition,
        "case": rows.main_case(cases),
        "alerts": alerts,
        "shown_alerts": _once(alerts),
        "own_alerts": own,
        "climbs_to": countdown.climbs_to,
        "apart": _apart(own, pupil, snapshot),
        "is_news": all(alert.reason in READ_IS_ENOUGH for alert in own),
        "tasks": tasks,
        "promised": any(task.key.endswith("/promised") for task in tasks),
        "may_clear": any(all_clear_of(case, visit.school)[1] for case in cases),
        "proposed": next((entry for entry in snapshot.entries_of(pupil.id) if entry.to_confirm), None),
        "tier": rows.tier_shown(snapshot, pupil, flags),
        "with_safeguarding": rows.told_of_harm(snapshot, alerts),
        "seen": snapshot.stamp(pupil.id),
        "codes": [code for code in code_set(edition) if not is_unexplained(code.code)],
        "outcomes": [(key, wording.OUTCOMES[key]) for key in wording.SETTLE_WITH],
        "countdowns": countdown.all_of(snapshot, cases, ()),
    }


def _apart(alerts: Sequence[Alert], pupil: Pupil, snapshot: Snapshot) -> list[Alert]:
    """What settling the day does not end, so that it has a button of its own: harm, a barred person, siblings."""
    urgent = [one for one in alerts if rows.is_of_the_child(one) and one.reason not in rows.TO_READ]
    return [one for one in urgent if not ends_with_the_day(one, pupil.id, snapshot.today)]


def _once(alerts: Sequence[Alert]) -> list[Alert]:
    """One line for each matter: what several people are told of is said once, as whoever has it knows it."""
    found: dict[tuple[str, str], Alert] = {}
    for alert in sorted(alerts, key=lambda one: one.acknowledged_by is None):
        found.setdefault((alert.reason, alert.because), alert)
    return list(found.values())


def _drawn(visit: Visit, values: Mapping[str, Any], typed: Mapping[str, str]) -> PageParts:
    visit.page = f"{visit.office.settings.base}/child/{quote(values['pupil'].id)}"
    parts = [
        Part.of(f"story-{name}", pages.draw(f"story_{name}.html", visit, typed=typed, **values).strip())
        for name in ("now", "moments", "people")
    ]
    return PageParts({"child": tuple(parts)})


async def _page(visit: Visit, pupil: Pupil, note: Note | None = None, status: int = 200) -> HTMLResponse:
    moment = await feed_of(visit.desk).look()
    values = await _values(visit, pupil, moment.snapshot)
    drawn = _drawn(visit, values, visit.form if note else {})
    inner = with_clocks(joined(drawn.lists["child"]), moment.snapshot.now)
    return pages.page("story.html", visit, status, inner=inner, note=note, **values)


@router.get("/child/{pupil}")
async def child(pupil: str, visit: Visit = Depends(SEE)) -> HTMLResponse:
    """The whole story."""
    found = visit.pupil(pupil)
    await visit.write_down("view_story", f"pupil/{pupil}")
    return await _page(visit, found)


@router.get("/child/{pupil}/stream")
async def child_events(pupil: str, visit: Visit = Depends(SEE)) -> Response:
    """What changes on an open page; that it was looked at is written down already."""
    visit.pupil(pupil)

    async def draw(looking: Visit, moment: Moment) -> Drawn:
        values = await _values(looking, looking.pupil(pupil), moment.snapshot)
        return _drawn(looking, values, {}), (0, "")

    return stream_of(visit, draw)


@router.post("/child/{pupil}/parts")
async def child_parts(pupil: str, visit: Visit = Depends(SEE)) -> Response:
    """The parts of the story that a browser has not."""
    moment = await feed_of(visit.desk).latest()
    visit = visit.at(moment.school)
    values = await _values(visit, visit.pupil(pupil), moment.snapshot)
    patch = _drawn(visit, values, {}).patch(have_of(visit.form.get("have", "")), moment.snapshot.now)
    return Response(patch, media_type="application/json")


@router.get("/child/{pupil}/file/{message}/{number}")
async def file(pupil: str, message: str, number: int, visit: Visit = Depends(SEE)) -> Response:
    """A file that came with a message, as a download: no browser shows it, runs it or guesses what it is."""
    visit.pupil(pupil)
    snapshot = await snapshot_for(visit)
    async with visit.desk.database.read() as db:
        lines = await journal.of_pupil(db, visit.school.id, pupil)
        found = None
        if may_open(lines, pupil, message, number, lambda words: visit.reads(snapshot, pupil, words)):
            found = await attachments.get(db, message, number)
    if found is None:
        raise NotHere("There is no such file here.")
    await visit.write_down("open_file", f"pupil/{pupil}", message=message, number=number)
    return Response(found.data, media_type="application/octet-stream", headers=_as_download(found.name))


def _as_download(name: str) -> dict[str, str]:
    plain = "".join(c if c.isascii() and (c.isalnum() or c in " .-_") else "_" for c in name)
    return {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "no-store",
    }


async def _do(visit: Visit, pupil: Pupil, act: Awaitable[None], said: str, action: str, **detail: str) -> Response:
    """Carry out an act. What was typed stays in its box when it could not be done."""
    try:
        await act
    except NotPossible as error:
        return await _page(visit, pupil, ("problem", str(error)), 422)
    except Overtaken as error:
        return await _page(visit, pupil, ("newer", str(error)), 409)
    await visit.write_down(action, f"pupil/{pupil.id}", **detail)
    feed_of(visit.desk).nudge()
    return pages.back(visit, "done", said)


@router.post("/child/{pupil}/settle")
async def settle(pupil: str, visit: Visit = Depends(ACT)) -> Response:
    """A person closes the matter with an outcome."""
    child, outcome = visit.pupil(pupil), visit.form.get("outcome", "")
    act = visit.desk.settle(visit.staff, pupil, outcome, visit.form.get("seen", ""))
    ended, snapshot = wording.OUTCOMES.get(outcome, outcome), (await feed_of(visit.desk).look()).snapshot
    apart = _apart([one for one in snapshot.alerts_of(pupil) if visit.may_have(one)], child, snapshot)
    said = f"Settled: {ended}." + (" What stands apart from the day is closed under Now." if apart else "")
    return await _do(visit, child, act, said, "settle", outcome=outcome)


@router.post("/child/{pupil}/promise")
async def promise(pupil: str, visit: Visit = Depends(ACT)) -> Response:
    """I ring, or I go there: a task of this person, and the matter with it."""
    child, what = visit.pupil(pupil), visit.form.get("what", "")
    said = (
        "You go there; write down what you found." if what == "home_visit" else "You ring; write down what came of it."
    )
    return await _do(visit, child, visit.desk.promise(visit.staff, pupil, what), said, "promise", what=what)


@router.post("/child/{pupil}/note")
async def note(pupil: str, visit: Visit = Depends(ACT)) -> Response:
    """A line of one's own in the story."""
    child = visit.pupil(pupil)
    act = visit.desk.note(visit.staff, pupil, visit.form.get("note", ""))
    return await _do(visit, child, act, "The note is in the story.", "note")


@router.post("/child/{pupil}/rang/{contact}")
async def rang(pupil: str, contact: str, visit: Visit = Depends(ACT)) -> Response:
    """What came of a call."""
    child, came = visit.pupil(pupil), visit.form.get("came", "")
    act = visit.desk.rang(visit.staff, pupil, contact, came, visit.form.get("said", ""))
    return await _do(visit, child, act, "The call is in the story.", "rang", contact=contact, came=came)


@router.post("/child/{pupil}/visited")
async def visited(pupil: str, visit: Visit = Depends(ACT)) -> Response:
    """What a home visit found."""
    child, came = visit.pupil(pupil), visit.form.get("came", "")
    act = visit.desk.visited(visit.staff, pupil, visit.form.get("key", ""), came, visit.form.get("outcome", ""))
    return await _do(
        visit, child, act, "The visit is in the story. Settle the case when it is over.", "visited", came=came
    )


@router.post("/child/{pupil}/all-clear")
async def all_clear(pupil: str, visit: Visit = Depends(HOLD)) -> Response:
    """Those who were asked about this child hear that all is well."""
    child = visit.pupil(pupil)
    said = f"The all-clear about {child.called} is on its way to those who were asked; to nobody twice."
    return await _do(visit, child, visit.desk.all_clear(visit.staff, pupil), said, "all_clear")


@router.post("/child/{pupil}/amend")
async def amend(pupil: str, visit: Visit = Depends(CHANGE)) -> Response:
    """Another code, with its reason."""
    child, code = visit.pupil(pupil), visit.form.get("code", "")
    session = _session(visit)
    reason, seen = visit.form.get("reason", ""), visit.form.get("seen", "")
    act = visit.desk.amend(visit.staff, pupil, session, code, reason, seen)
    said = f"Amended: {code}, {wording.code_name(code, visit.school.policy.code_set)}."
    return await _do(visit, child, act, said, "amend", code=code, session=str(session))


def _session(visit: Visit) -> Session:
    half: Half = "pm" if visit.form.get("half") == "pm" else "am"
    try:
        day = date.fromisoformat(visit.form.get("day", ""))
    except ValueError:
        day = local(visit.desk.now()).date()
    return Session(day, half)


@router.post("/child/{pupil}/write/{contact}")
async def write(pupil: str, contact: str, visit: Visit = Depends(WRITE)) -> Response:
    """A person's own words to one contact of this child."""
    child = visit.pupil(pupil)
    text = visit.form.get("text", "").strip()
    act = _write(visit, pupil, contact, text)
    cost = count(text)
    parts = "one text" if cost.count <= 1 else f"{cost.count} texts"
    return await _do(visit, child, act, f"Your words are on their way ({parts}).", "write", contact=contact)


async def _write(visit: Visit, pupil: str, contact: str, text: str) -> None:
    _link(visit, pupil, contact)
    if len(text) > LONGEST_TEXT:
        raise NotPossible(f"That is {len(text)} letters; keep it under {LONGEST_TEXT}, or ring.")
    await visit.desk.send(visit.staff, contact, text)


def _link(visit: Visit, pupil: str, contact: str) -> None:
    link = visit.school.roll.link(pupil, contact)
    if link is None:
        raise NotHere("There is no such contact of this child.")
    if link.barred:
        raise NotPossible("This contact is barred for this child; nobody writes to them.")


@router.post("/child/{pupil}/invite/{contact}")
async def invite(pupil: str, contact: str, visit: Visit = Depends(WRITE)) -> Response:
    """Text a contact of this child a link that joins their Telegram chat to their listed number."""
    child = visit.pupil(pupil)
    act = _invite(visit, pupil, contact)
    said = "A link is on its way to their phone; it works once, for seven days."
    return await _do(visit, child, act, said, "invite_telegram", contact=contact)


async def _invite(visit: Visit, pupil: str, contact: str) -> None:
    _link(visit, pupil, contact)
    await visit.desk.invite(visit.staff, contact)


@router.post("/child/{pupil}/thread/{contact}")
async def thread(pupil: str, contact: str, visit: Visit = Depends(WRITE)) -> Response:
    """Take the thread over, so that the machine is silent on it, or hand it back."""
    child = visit.pupil(pupil)
    back = visit.form.get("owner") == "back"
    act = _thread(visit, pupil, contact, back)
    said = "Handed back: the machine answers again." if back else "You have the thread: the machine is silent on it."
    return await _do(visit, child, act, said, "hand_back" if back else "take_over", contact=contact)


async def _thread(visit: Visit, pupil: str, contact: str, back: bool) -> None:
    if visit.school.roll.link(pupil, contact) is None:
        raise BadForm("There is no such contact of this child.")
    await visit.desk.take_over(visit.staff, contact, back)
