"""Messages with families: the threads, one of them open, a person's own words with what they cost, taking over."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response

from attendance.people import Contact
from messaging.segments import count
from office.board.board_page import done
from office.board.snapshot import Said
from office.desk import NotPossible
from office.families import correspondence
from office.families.correspondence import Thread
from office.families.finding_messages import Wanted
from office.pages import pages
from office.pages.feed import Moment, feed_of
from office.pages.live import Drawn, stream_of
from office.pages.parts import PageParts, Part, have_of, joined
from office.visit import NotHere, Visit, needs

router = APIRouter()

WRITE = needs("write")
LONGEST = 1000


def cost_of(text: str) -> str:
    """What a text costs, in words: its letters, the texts it is charged as, and what makes it dearer."""
    parts = count(text)
    if not parts.count:
        return "160 letters are one text."
    said = f"{len(text)} letters, {'one text' if parts.count == 1 else f'{parts.count} texts'}."
    if parts.doubling:
        letters = " ".join(parts.doubling[:8])
        verb = "is" if len(parts.doubling) == 1 else "are"
        said += f" {letters} {verb} not in the plain text alphabet: a text then holds 70 letters, not 160."
    return said


async def _values(visit: Visit, moment: Moment) -> dict[str, Any]:
    wanted = visit.request.query_params.get("with")
    looked_for = Wanted.of(visit.request.query_params)
    snapshot = moment.snapshot

    def reads(words: Said) -> bool:
        return all(visit.reads(snapshot, pupil, words) for pupil in words.about or ("",))

    async with visit.desk.database.read() as db:
        every = await correspondence.read(db, snapshot, reads, wanted, looked_for)
        found = [one for one in every if _may_see(visit, one.contact)]
        chosen = next((one for one in found if one.contact.id == wanted), None)
        day, with_whom = looked_for.day, chosen.contact.id if chosen else None
        receipts = await correspondence.with_receipts(db, snapshot, with_whom, day) if with_whom else {}
    if wanted and chosen is None:
        raise NotHere("There is no contact with this address.")
    way = _way(visit, chosen)
    return {"threads": found, "chosen": chosen, "receipts": receipts, "way": way, "looked_for": looked_for}


def _way(visit: Visit, chosen: Thread | None) -> tuple[str, list[str]] | None:
    """The channel on which a person's words would reach the contact, and the children whom they may not be about on it.

    None where nothing reaches the contact.
    """
    way = visit.school.roll.way_for_own_words(chosen.contact.id, ("sms", "telegram", "email")) if chosen else None
    if chosen is None or way is None:
        return None
    channel, _, about = way
    return channel, [pupil.called for pupil, link in chosen.pupils if pupil.id not in about]


def _drawn(visit: Visit, values: dict[str, Any], typed: str = "") -> PageParts:
    base, chosen = visit.office.settings.base, values["chosen"]
    looked_for: Wanted = values["looked_for"]
    query = [f"with={quote(chosen.contact.id)}"] if chosen else []
    query += [looked_for.query] if looked_for.query else []
    visit.page = f"{base}/messages" + (f"?{'&'.join(query)}" if query else "")
    rows = tuple(
        Part.of(
            f"thread-{pages.dom_id(one.contact.id)}",
            pages.draw("message_row.html", visit, one=one, open=one is chosen, looked_for=looked_for).strip(),
        )
        for one in values["threads"]
    )
    lists = {"threads": rows}
    if chosen:
        more = {"typed": typed, "cost": cost_of(typed), "one": chosen, **values}
        lists["thread-open"] = (Part.of("bubbles", pages.draw("message_thread.html", visit, **more).strip()),)
        lists["thread-do"] = (Part.of("compose", pages.draw("message_compose.html", visit, **more).strip()),)
    return PageParts(lists)


async def _page(visit: Visit, typed: str = "", note: tuple[str, str] | None = None, status: int = 200) -> HTMLResponse:
    values = await _values(visit, await feed_of(visit.desk).look())
    drawn = _drawn(visit, values, typed)
    lists = {name: joined(parts) for name, parts in drawn.lists.items()}
    return pages.page("messages.html", visit, status, lists=lists, typed=typed, note=note, **values)


@router.get("/messages")
async def messages(visit: Visit = Depends(WRITE)) -> HTMLResponse:
    """Every thread, and the one that is asked for."""
    wanted = visit.request.query_params.get("with")
    if wanted:
        await visit.write_down("view_messages", f"contact/{wanted}")
    return await _page(visit)


@router.get("/messages/live")
async def messages_events(visit: Visit = Depends(WRITE)) -> Response:
    """What changes in them."""

    async def draw(looking: Visit, moment: Moment) -> Drawn:
        return _drawn(looking, await _values(looking, moment)), (0, "")

    return stream_of(visit, draw)


@router.post("/messages/parts")
async def messages_parts(visit: Visit = Depends(WRITE)) -> Response:
    """The parts that a browser has not."""
    moment = await feed_of(visit.desk).latest()
    visit = visit.at(moment.school)
    page = _drawn(visit, await _values(visit, moment))
    return Response(page.patch(have_of(visit.form.get("have", "")), moment.snapshot.now), media_type="application/json")


@router.post("/messages/cost")
async def cost(visit: Visit = Depends(WRITE)) -> Response:
    """What these words would cost, as a line."""
    return Response(cost_of(visit.form.get("text", "").strip()), media_type="text/plain")


@router.post("/messages/write")
async def write(visit: Visit = Depends(WRITE)) -> Response:
    """A person's own words, or only a look at what they cost."""
    contact, text = _contact(visit), visit.form.get("text", "").strip()
    if "preview" in visit.form:
        return await _page(visit, text)
    if not visit.is_scripted and (why := _too_long(text)):
        return await _page(visit, text, ("problem", why), 422)
    act = _send(visit, contact, text)
    said = f"Your words to {contact.name} are on their way ({cost_of(text).partition('.')[0]})."
    return await done(visit, act, said, "write", f"contact/{contact.id}")


def _too_long(text: str) -> str:
    return f"That is {len(text)} letters; keep it under {LONGEST}, or ring." if len(text) > LONGEST else ""


async def _send(visit: Visit, contact: Contact, text: str) -> None:
    if why := _too_long(text):
        raise NotPossible(why)
    await visit.desk.send(visit.staff, contact.id, text)


@router.post("/messages/thread")
async def thread(visit: Visit = Depends(WRITE)) -> Response:
    """Take the thread over, so that the machine is silent on it, or hand it back."""
    contact, back = _contact(visit), visit.form.get("owner") == "back"
    act = visit.desk.take_over(visit.staff, contact.id, back)
    said = "Handed back: the machine answers again." if back else "You have the thread: the machine is silent on it."
    return await done(visit, act, said, "hand_back" if back else "take_over", f"contact/{contact.id}")


def _contact(visit: Visit) -> Contact:
    contact = visit.school.roll.contacts.get(visit.form.get("contact", ""))
    if contact is None or not _may_see(visit, contact):
        raise NotHere("There is no contact with this address.")
    return contact


def _may_see(visit: Visit, contact: Contact) -> bool:
    """Whether the contact is one of a child whom this person sees."""
    pupils = visit.school.roll.pupils
    return visit.sees_all or any(
        visit.sees(pupils[link.pupil]) for link in visit.school.roll.children_of(contact.id) if link.pupil in pupils
    )
