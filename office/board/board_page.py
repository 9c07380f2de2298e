"""The board as a page that changes by itself, and the acts that stand in its rows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, JSONResponse, Response

from attendance.ladder import READ_IS_ENOUGH
from attendance.stages import NO_IMPROVEMENT
from office.board.board_parts import View, filtered, title_of, view_of
from office.board.finding import Choices, Filter
from office.board.rows import FLAG_TASKS
from office.board.snapshot import Snapshot
from office.desk import NotPossible, Overtaken
from office.pages import pages
from office.pages.feed import Moment, feed_of
from office.pages.live import Drawn, stream_of
from office.pages.parts import PageParts, for_reader, have_of, with_clocks
from office.visit import NotHere, Visit, needs

router = APIRouter()

SEE = needs("see_board")
ACT = needs("act")
CHANGE = needs("change_register")
HOLD = needs("hold")
LEAVE = needs("decide_leave")
Note = tuple[str, str]


async def snapshot_for(visit: Visit) -> Snapshot:
    """The school at this moment."""
    return (await feed_of(visit.desk).look()).snapshot


async def board_html(visit: Visit, note: Note | None, wanted: Filter | None) -> tuple[str, View]:
    """The board as a piece of a page, and what it shows. `wanted` None: a board without its filter."""
    view = view_of(visit, moment := await feed_of(visit.desk).look())
    chosen = wanted or Filter()
    pupils = [pupil for pupil in moment.school.roll.pupils.values() if visit.sees(pupil)]
    shown = sum(chosen.shows(row.pupil, row.tier) for _, row, _ in view.rows.values())
    html = pages.draw(
        "board_live.html",
        visit,
        board=view.board,
        lists=filtered(view.page, view.rows, chosen),
        filter=wanted,
        choices=Choices.of(pupils),
        shown=shown,
        of=len(view.rows),
        note=note,
    )
    return for_reader(with_clocks(html, moment.snapshot.now), visit.session.csrf), view


@router.get("/")
async def board(visit: Visit = Depends(SEE)) -> HTMLResponse:
    """The home page."""
    note = pages.waiting_note(visit)
    inner, view = await board_html(visit, note, Filter.of(visit.request.query_params))
    return pages.page("board.html", visit, inner=inner, title=title_of(view.board, visit.school.policy.short_name))


@router.get("/board/live")
async def board_events(visit: Visit = Depends(SEE)) -> Response:
    """What changes on the board, as it changes."""
    return stream_of(visit, _drawn)


async def _drawn(visit: Visit, moment: Moment) -> Drawn:
    view = view_of(visit, moment)
    return view.page, view.before


@router.post("/board/parts")
async def board_parts(visit: Visit = Depends(SEE)) -> Response:
    """The parts of the board that a browser has not: it says which it has."""
    moment = await feed_of(visit.desk).latest()
    visit = visit.at(moment.school)
    return parts_answer(visit, view_of(visit, moment).page, moment)


def parts_answer(visit: Visit, page: PageParts, moment: Moment) -> Response:
    """A page's patch for a browser that says what it has."""
    patch = page.patch(have_of(visit.form.get("have", "")), moment.snapshot.now)
    return Response(for_reader(patch, visit.session.csrf), media_type="application/json")


async def done(
    visit: Visit,
    act: Awaitable[Sequence[str] | None],
    said: str | Callable[[], str],
    action: str,
    subject: str,
    **detail: Any,
) -> Response:
    """Carry out an act, write it down, and answer: back to the page, with what came of it; a script hears only that.

    An act may answer what of it was not possible, in words; the rest is done.
    """
    kind, text = "done", ""
    try:
        left_out = await act
        text = said if isinstance(said, str) else said()
        if left_out:
            kind, text = "problem", f"{text} Not taken: {' '.join(left_out)}"
        await visit.write_down(action, subject, **detail)
    except NotPossible as error:
        kind, text = "problem", str(error)
    except Overtaken as error:
        kind, text = "newer", str(error)
    feed_of(visit.desk).nudge()
    if visit.is_scripted:
        return JSONResponse({"kind": kind, "text": text})
    return pages.back(visit, kind, text)


@router.post("/child/{pupil}/acknowledge")
async def acknowledge(pupil: str, visit: Visit = Depends(ACT)) -> Response:
    """I have it."""
    name = visit.pupil(pupil).called
    own = [alert for alert in (await snapshot_for(visit)).alerts_of(pupil) if visit.may_have(alert)]
    said = f"You have {name}. If it is not settled in time, it climbs again."
    if all(alert.reason in READ_IS_ENOUGH for alert in own):
        said = f"Noted for {name}. The chase goes on by itself."
    return await done(visit, visit.desk.acknowledge(visit.staff, pupil=pupil), said, "acknowledge", f"pupil/{pupil}")


@router.post("/alert/acknowledge")
async def acknowledge_alert(visit: Visit = Depends(ACT)) -> Response:
    """I have it: an alert that is not one child's."""
    key = visit.form.get("key", "")
    await _may_touch(visit, key)
    return await done(
        visit, visit.desk.acknowledge(visit.staff, key=key), "You have it.", "acknowledge", f"alert/{key}"
    )


@router.post("/alert/close")
async def close_alert(visit: Visit = Depends(ACT)) -> Response:
    """Read, or mended: it is over."""
    keys = [key for key in (*visit.lists.get("key", ()), *visit.form.get("keys", "").splitlines()) if key]
    for key in keys:
        await _may_touch(visit, key)
    return await done(visit, _close(visit, keys), "Done: it is off the board.", "close", f"alert/{' '.join(keys)}")


async def _close(visit: Visit, keys: list[str]) -> None:
    if not keys:
        raise NotPossible("Nothing was chosen.")
    for key in keys:
        await visit.desk.close_alert(visit.staff, key)


async def _may_touch(visit: Visit, key: str) -> None:
    """A tutor touches nothing that is about children of other groups."""
    if visit.sees_all:
        return
    snapshot = await snapshot_for(visit)
    alert = next((alert for alert in snapshot.alerts if alert.key == key), None)
    for pupil in alert.pupils if alert else ():
        visit.pupil(pupil)


@router.post("/child/{pupil}/confirm")
async def confirm(pupil: str, visit: Visit = Depends(CHANGE)) -> Response:
    """The code is right."""
    name = visit.pupil(pupil).called
    act = visit.desk.confirm(visit.staff, pupil, visit.form.get("seen", ""))
    return await done(visit, act, f"Confirmed for {name}.", "confirm", f"pupil/{pupil}")


@router.post("/confirm")
async def confirm_many(visit: Visit = Depends(CHANGE)) -> Response:
    """Twenty sure ones at once; each with what was seen of it."""
    chosen = [tuple(value.rsplit(":", 1)) for value in visit.lists.get("pupil", ()) if ":" in value]
    names = [visit.pupil(pupil).called for pupil, _ in chosen]
    said = f"Confirmed: {', '.join(names)}."
    subject = " ".join(f"pupil/{pupil}" for pupil, _ in chosen)
    return await done(visit, _confirm_all(visit, chosen), said, "confirm", subject)


async def _confirm_all(visit: Visit, chosen: list[tuple[str, ...]]) -> None:
    changed = []
    for pupil, seen in chosen:
        try:
            await visit.desk.confirm(visit.staff, pupil, seen)
        except (Overtaken, NotPossible):
            changed.append(visit.pupil(pupil).called)
    if not chosen:
        raise NotPossible("Nothing was there to confirm.")
    if changed:
        raise Overtaken(f"Confirmed, except {', '.join(changed)}: something changed there meanwhile. Look again.")


@router.post("/send/release")
async def release(visit: Visit = Depends(HOLD)) -> Response:
    """What is held and still worth saying leaves."""
    return await done_to_many(visit, visit.desk.release(visit.staff), _released, "release")


def _released(children: int) -> str:
    if not children:
        return "Released. Nothing was worth sending any more: everybody is accounted for, or a person has the case."
    return f"Released: families of {_children(children)} are being written to now, about nobody else."


@router.post("/send/stop")
async def stop(visit: Visit = Depends(HOLD)) -> Response:
    """Nobody is written to; the children are with whoever stopped it."""
    return await done_to_many(visit, visit.desk.stop(visit.staff), _stopped, "stop")


def _stopped(children: int) -> str:
    if not children:
        return "Stopped: nobody is written to, and every child is accounted for or with a person already."
    return (
        f"Stopped: nobody is written to. You have {_children(children)}, under Act now: settle each, or correct the "
        "marks. What is not settled in time climbs."
    )


@router.post("/send/hold")
async def hold(visit: Visit = Depends(HOLD)) -> Response:
    """Hold what has not left yet."""
    return await done_to_many(visit, visit.desk.hold(visit.staff), _held, "hold")


def _held(children: int) -> str:
    if not children:
        return "Nothing was left to hold. Children in a risk tier are never held."
    return f"Held for {_children(children)} until you release or stop it. Children in a risk tier are never held."


def _children(count: int) -> str:
    return "one child" if count == 1 else f"{count} children"


async def done_to_many(
    visit: Visit, act: Awaitable[int], said: Callable[[int], str], action: str, subject: str = "send", **detail: Any
) -> Response:
    """Carry out an act; what is said hangs on how many children it came to concern."""
    count = 0

    async def counted() -> None:
        nonlocal count
        count = await act

    return await done(visit, counted(), lambda: said(count), action, subject, **detail)


@router.post("/all-clear")
async def all_clear(visit: Visit = Depends(HOLD)) -> Response:
    """A wrong send, put right in one press."""
    said = "The all-clear goes to those who were written to about a child who is accounted for; to nobody twice."
    return await done(visit, visit.desk.all_clear(visit.staff), said, "all_clear", "send")


@router.post("/task/finish")
async def finish_task(visit: Visit = Depends(ACT)) -> Response:
    """A task is done."""
    key, outcome = visit.form.get("key", ""), visit.form.get("outcome", "").strip() or "done"
    if visit.form.get("goes_on"):
        outcome = NO_IMPROVEMENT
    await may_touch_task(visit, key)
    act = visit.desk.finish_task(visit.staff, key, outcome)
    return await done(visit, act, "Done.", "finish_task", f"task/{key}", outcome=outcome)


async def may_touch_task(visit: Visit, key: str) -> None:
    """Nobody ends a task about children whom they do not see, or one that they are not shown. Raises NotHere."""
    task = next((one for one in (await snapshot_for(visit)).tasks if one.key == key), None)
    if task is not None and task.what in FLAG_TASKS and not visit.may("see_flags"):
        raise NotHere("There is no such task on your list.")
    for pupil in task.pupils if task is not None and not visit.sees_all else ():
        visit.pupil(pupil)


@router.post("/leave/{leave_id:path}")
async def decide_leave(leave_id: str, visit: Visit = Depends(LEAVE)) -> Response:
    """Grant or refuse; the family is told."""
    pupil = visit.pupil(visit.form.get("pupil", ""))
    granted = visit.form.get("decision") == "grant"
    version = visit.form.get("version", "")
    reason = visit.form.get("reason", "").strip()
    act = _decide(visit, leave_id, granted, reason, int(version) if version.isdigit() else -1)
    said = f"Leave {'granted' if granted else 'refused'} for {pupil.called}; the family is told."
    return await done(visit, act, said, "grant" if granted else "refuse", f"leave/{leave_id}")


async def _decide(visit: Visit, leave_id: str, granted: bool, reason: str, version: int) -> None:
    if not granted and not reason:
        raise NotPossible("A refusal needs its reason; write it in the box, then refuse.")
    await visit.desk.decide_leave(visit.staff, leave_id, version, "grant" if granted else "refuse", reason)
