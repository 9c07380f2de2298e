"""Messages with families as threads: one for each contact, whatever channels it runs over, newest on top."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.calendar import instant, local
from attendance.ladder import Alert
from attendance.people import Contact, Pupil, address_key
from attendance.school import School
from office import wording
from office.board.snapshot import Said, Snapshot, said
from office.child.moments import delivery_of, reading_of
from office.families.bubbles import Bubble
from office.families.finding_messages import Wanted
from storage import journal, outbox, threads
from storage.journal import Line

SHOWN = timedelta(days=14)
KINDS = ("received", "sent", "sent_again", "thread")
MOST = 80
"""Threads on the page; older ones are in the child's story."""
Reads = Callable[[Said], bool]


@dataclass(frozen=True, slots=True)
class Thread:
    """One contact's messages. `owner` is the staff id of whoever has taken it over, or None."""

    contact: Contact
    pupils: tuple[tuple[Pupil, str], ...]
    """(child, what this contact is to it), those it is barred for left out."""
    barred_for: tuple[Pupil, ...]
    bubbles: tuple[Bubble, ...]
    owner: str | None = None
    to_read: int = 0
    """Messages that wait for a person to read them."""
    hit: Bubble | None = None
    """The message by which the thread was found."""

    @property
    def last(self) -> Bubble | None:
        """The newest message."""
        return self.bubbles[-1] if self.bubbles else None

    @property
    def shown(self) -> Bubble | None:
        """The message that stands for the thread in the list."""
        return self.hit or self.last

    @property
    def barred(self) -> bool:
        """Barred for every child here: nobody writes to them."""
        return not self.pupils


def span_of(now: datetime, day: date | None) -> tuple[datetime, datetime]:
    """From when to when messages are read: the last days, or a day before them that is looked for."""
    first, end = now - SHOWN, now + now.resolution
    if day is None or day >= local(first).date():
        return first, end
    return instant(day, time.min), instant(day + timedelta(days=1), time.min)


async def read(
    db: AsyncConnection,
    snapshot: Snapshot,
    reads: Callable[[Said], bool],
    wanted: str | None = None,
    looked_for: Wanted = Wanted(),  # noqa: B008 (a frozen value)
) -> tuple[Thread, ...]:
    """Every thread of the last days that is looked for, those with something to read first; `wanted`, a contact, is
    there in any case.
    """
    school, now = snapshot.school, snapshot.now
    lines = await journal.of_kinds(db, school.id, *span_of(now, looked_for.day), KINDS)
    by: dict[str, list[Line]] = {}
    for line in lines:
        contact = _contact_of(line)
        if contact in school.roll.contacts:
            by.setdefault(contact, []).append(line)
    if wanted in school.roll.contacts:
        by.setdefault(str(wanted), [])
    owners = await owners_of(db, school)
    waiting = _to_read(snapshot.alerts, lines, reads)
    found = [
        Thread(
            school.roll.contacts[id],
            *_children(school, id),
            tuple(bubble for line in of if (bubble := _bubble(line, school, reads)) is not None),
            owners.get(id),
            waiting.get(id, 0),
        )
        for id, of in by.items()
    ]
    if not looked_for.wants_all:
        of_each = [(one, looked_for.hit(one.contact, (pupil for pupil, _ in one.pupils), one.bubbles)) for one in found]
        found = [replace(one, hit=hit) for one, hit in of_each if hit is not None or one.contact.id == wanted]
    found.sort(key=lambda one: (one.to_read > 0, one.last.at if one.last else now - SHOWN), reverse=True)
    return tuple(found[:MOST]) + tuple(one for one in found[MOST:] if one.contact.id == wanted)


async def with_receipts(
    db: AsyncConnection, snapshot: Snapshot, contact: str, day: date | None = None
) -> Mapping[datetime, str]:
    """What became of each message to this contact, by when it left."""
    school = snapshot.school
    lines = await journal.of_kinds(db, school.id, *span_of(snapshot.now, day), ("sent", "sent_again"))
    found: dict[datetime, str] = {}
    for line in lines:
        if line.data.get("to") == contact:
            id = str(line.data.get("message"))
            row = await outbox.by_id(db, school.id, id)
            receipts = {id: await outbox.receipts_of(db, school.id, id)}
            found[line.at] = delivery_of(id, {id: row} if row else {}, receipts)
    return found


async def owners_of(db: AsyncConnection, school: School) -> dict[str, str]:
    """Contact -> the staff id of whoever has taken a thread of theirs over."""
    at: dict[tuple[str, str], list[str]] = {}
    for contact in school.roll.contacts.values():
        for channel in ("sms", "telegram", "email"):
            if address := contact.address(channel):
                at.setdefault((channel, address_key(address)), []).append(contact.id)
    return {
        id: row.owner
        for row in await threads.owned(db)
        if row.owner is not None and school.roll.staff_member(row.owner) is not None
        for id in at.get((row.channel, address_key(row.their_address)), ())
    }


def _children(school: School, contact: str) -> tuple[tuple[tuple[Pupil, str], ...], tuple[Pupil, ...]]:
    links = [link for link in school.roll.children_of(contact) if link.pupil in school.roll.pupils]
    mine = tuple((school.roll.pupils[link.pupil], link.relation) for link in links if not link.barred)
    return mine, tuple(school.roll.pupils[link.pupil] for link in links if link.barred)


def _contact_of(line: Line) -> str:
    return str(line.data.get("to") if line.kind in ("sent", "sent_again") else line.data.get("contact"))


def _to_read(alerts: Sequence[Alert], lines: Sequence[Line], reads: Reads) -> dict[str, int]:
    """Contact -> how many of its messages wait for a person."""
    waiting = {alert.key.split("/")[1] for alert in alerts if alert.key.startswith("message/")}
    found: dict[str, int] = {}
    for line in lines:
        if line.kind != "received" or not line.data.get("contact"):
            continue
        if line.data.get("message") in waiting or _is_open_danger(line, alerts, reads):
            contact = str(line.data["contact"])
            found[contact] = found.get(contact, 0) + 1
    return found


def _is_open_danger(line: Line, alerts: Iterable[Alert], reads: Reads) -> bool:
    """Whether these words raised an alarm that nobody has taken yet; only for those who may read them."""
    words = said(line)
    urgent = bool(words.understood and words.understood.get("urgent")) or words.intent in ("missing", "present")
    return (
        urgent
        and reads(words)
        and any(
            alert.urgent and alert.acknowledged_by is None and alert.opened_at >= line.at
            for alert in alerts
            if not set(alert.pupils).isdisjoint(words.about)
        )
    )


def _bubble(line: Line, school: School, reads: Reads) -> Bubble | None:
    data = line.data
    if line.kind == "thread":
        did = "handed the thread back to the machine" if data.get("owner") is None else "took the thread over"
        note = f"{data.get('by')} {did}"
        if data.get("ended"):
            note = f"The school day is over, and the machine answers again: {data.get('by')} had the thread until now"
        return Bubble(line.at, True, "", "", note=note)
    how = wording.CHANNELS.get(str(data.get("channel")), str(data.get("channel")))
    if line.kind == "received":
        words = said(line)
        hidden = not reads(words)
        text, reading = ("", ()) if hidden else (words.text, reading_of(words.understood, school))
        return Bubble(line.at, False, how, text, words.doubt, hidden, reading)
    own = data.get("template") == "staff.own_words"
    return Bubble(line.at, True, f"{'a person here' if own else 'the machine'} by {how}", str(data.get("text", "")))
