"""A child's story: every attempt, word, receipt, mark and amendment, with who and when, newest day first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.calendar import local
from attendance.people import Contact, Link, Pupil
from attendance.register import Amendment, Entry
from attendance.school import School
from messaging.numbers import is_landline
from office import wording
from office.board.last_words import doubts, reported
from office.board.rows import FLAG_TASKS
from office.board.snapshot import Said, said
from office.child.because import because
from office.families.numbers import Dead, dead_of, numbers_of
from storage import journal, outbox, register, schools, threads
from storage.journal import Line
from storage.outbox import OutboxRow

SHOWN_DAYS = timedelta(days=35)
REGISTER_DAYS = timedelta(days=7)
Reads = Callable[[Said], bool]
WRITABLE = ("sms", "email", "telegram", "whatsapp")


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the story. `side` says where it belongs: in (from the family), out (to it), staff, register."""

    at: datetime
    side: str
    title: str
    text: str = ""
    reading: tuple[tuple[str, str], ...] = ()
    note: str = ""
    hidden: bool = False
    alarming: bool = False
    because: tuple[str, ...] = ()
    """What in the words stood for what was read in them."""
    message: str = ""
    files: tuple[tuple[int, str, int], ...] = ()
    """(number, name, bytes) of what can be downloaded with `message`."""


@dataclass(frozen=True, slots=True)
class Person:
    """One contact as the office may use it. A barred contact is never shown with a number."""

    place: int
    contact: Contact
    link: Link
    numbers: tuple[tuple[str, str, str], ...] = ()
    """(channel, address as read out, what is wrong with it)."""
    dead: tuple[Dead, ...] = ()
    owner: str = ""
    """The member of staff who has taken the thread over."""
    owned: bool = False
    writable: bool = False
    invitable: bool = False
    """A link for Telegram can be texted to their listed number."""
    tried: tuple[str, ...] = ()
    """What was tried today and what came of it, in order: "09:15 text: on the phone 09:15"."""


@dataclass(frozen=True)
class Story:
    """Everything on the page of one child."""

    pupil: Pupil
    moments: tuple[tuple[date, tuple[Moment, ...]], ...]
    people: tuple[Person, ...]
    entries: tuple[Entry, ...]
    amendments: tuple[Amendment, ...]


async def read(
    db: AsyncConnection, school: School, pupil: Pupil, now: datetime, reads: Reads, flags: bool = True
) -> Story:
    """Read a story. `reads`: whether words are for whoever looks; `flags`: whether it says who works with a family."""
    today = local(now).date()
    lines = [line for line in await journal.of_pupil(db, school.id, pupil.id) if flags or not _is_flag(line)]
    written = {row.message_id: row for row in await outbox.of_pupil(db, school.id, pupil.id)}
    receipts = {
        id_: await outbox.receipts_of(db, school.id, id_)
        for id_, row in written.items()
        if row.staff_id is None and now - row.created_at < SHOWN_DAYS
    }
    entries = await register.entries_between(db, school.id, today - REGISTER_DAYS, today, [pupil.id])
    first = now - SHOWN_DAYS
    moments = [
        moment
        for line in lines
        if line.at >= first and (moment := _moment(line, school, pupil, written, receipts, reads)) is not None
    ]
    moments += _files(lines, first, pupil.id, reads)
    tried = tried_today(lines, school, written, receipts, today)
    moments += [_waiting(row, school) for row in written.values() if row.state == "queued" and row.staff_id is None]
    return Story(
        pupil,
        _by_day(moments),
        await _people(db, school, pupil, tried),
        tuple(sorted(entries, key=lambda entry: entry.session, reverse=True)),
        tuple(reversed(await register.amendments_of(db, school.id, pupil.id))),
    )


def _is_flag(line: Line) -> bool:
    return line.kind == "task" and line.data.get("what") in FLAG_TASKS


def _by_day(moments: Sequence[Moment]) -> tuple[tuple[date, tuple[Moment, ...]], ...]:
    days: dict[date, list[Moment]] = {}
    for moment in sorted(dict.fromkeys(moments), key=lambda one: one.at)[::-1]:
        days.setdefault(local(moment.at).date(), []).append(moment)
    return tuple((day, tuple(found)) for day, found in days.items())


async def _people(
    db: AsyncConnection, school: School, pupil: Pupil, tried: Mapping[str, Sequence[str]]
) -> tuple[Person, ...]:
    ours = {
        channel: address
        for channel in WRITABLE
        if (address := await schools.sender_of(db, school.id, channel)) is not None
    }
    found = []
    for place, link in enumerate(school.roll.links_of(pupil.id), 1):
        contact = school.roll.contacts[link.contact]
        owner = None
        for channel, our in ours.items():
            their = contact.address(channel)
            row = await threads.get(db, our, channel, their) if their else None
            owner = owner or (row.owner if row else None)
        member = school.roll.staff_member(owner) if owner else None
        found.append(
            Person(
                place,
                contact,
                link,
                numbers_of(school, pupil.id, link),
                dead_of(school, pupil.id, link),
                owner=member.name if member else (owner or ""),
                owned=owner is not None,
                writable=bool(school.roll.ways_to(pupil.id, contact.id, tuple(ours))),
                invitable=contact.telegram is None and _can_be_texted(school, pupil.id, contact),
                tried=tuple(tried.get(contact.id, ())),
            )
        )
    return tuple(found)


def _can_be_texted(school: School, pupil: str, contact: Contact) -> bool:
    ways = school.roll.ways_to(pupil, contact.id, ("sms",))
    return bool(ways) and not is_landline(ways[0][1])


Written = Mapping[str, OutboxRow]
Receipts = Mapping[str, Sequence[tuple[str, str | None, datetime]]]


def tried_today(
    lines: Sequence[Line], school: School, written: Written, receipts: Receipts, today: date
) -> dict[str, list[str]]:
    """Contact -> what each channel brought today: words that left and their receipts, answers, calls."""
    found: dict[str, list[str]] = {}
    for line in lines:
        if local(line.at).date() != today:
            continue
        at, data = wording.clock(line.at), line.data
        match line.kind:
            case "sent" | "sent_again":
                how = wording.CHANNELS.get(str(data.get("channel")), str(data.get("channel")))
                came = delivery_of(str(data.get("message")), written, receipts)
                found.setdefault(str(data.get("to")), []).append(f"{at} {how}: {came}" if came else f"{at} {how}")
            case "received" if data.get("contact"):
                how = wording.CHANNELS.get(str(data.get("channel")), str(data.get("channel")))
                found.setdefault(str(data["contact"]), []).append(f"{at} answered by {how}")
            case "rang":
                came = wording.CALLS.get(str(data.get("came")), str(data.get("came")))
                found.setdefault(str(data.get("contact")), []).append(f"{at} rung: {came[0].lower()}{came[1:]}")
    return found


def delivery_of(message: str, written: Written, receipts: Receipts) -> str:
    """What became of words that left, in the office's words, with the minute of each receipt."""
    parts = []
    for status, code, at in receipts.get(message, ()):
        failed = f" ({code})" if code else ""
        parts.append(f"{wording.DELIVERY.get(status, status)}{failed} {wording.clock(at)}")
    if not parts and (row := written.get(message)) is not None:
        parts.append(wording.DELIVERY.get(row.state, row.state))
    return ", ".join(parts)


def _waiting(row: OutboxRow, school: School) -> Moment:
    leaves = f"Leaves at {wording.clock(row.try_at)}." if row.try_at > row.created_at else ""
    return Moment(row.created_at, "out", f"To {_name(school, row.contact_id)}: waiting to leave", row.text, note=leaves)


def _name(school: School, contact: str | None) -> str:
    person = school.roll.contacts.get(contact or "")
    return person.name if person else "somebody who is not listed"


def _staff_name(school: School, staff: Any) -> str:
    member = school.roll.staff_member(str(staff))
    return member.name if member else str(staff)


def _moment(
    line: Line,
    school: School,
    pupil: Pupil,
    written: Mapping[str, OutboxRow],
    receipts: Mapping[str, Sequence[tuple[str, str | None, datetime]]],
    reads: Reads,
) -> Moment | None:
    data = line.data
    match line.kind:
        case "received":
            return _received(line, school, pupil, reads)
        case "sent" | "sent_again":
            return _sent(line, school, written, receipts)
        case "mark":
            return _mark(line, school)
        case "case":
            return Moment(line.at, "register", _case(data), alarming=data.get("state") in ("alarmed", "handed_over"))
        case "alert":
            title = wording.ALERTS.get(str(data.get("reason")), str(data.get("reason")))
            told = f"{_staff_name(school, data.get('to'))}, {wording.role(str(data.get('role')))}, was told"
            because = str(data.get("because", ""))
            return Moment(line.at, "staff", f"{told}: {title}", note=because, alarming=bool(data.get("urgent")))
        case "acknowledged":
            return Moment(line.at, "staff", f"{_staff_name(school, data.get('by'))} has it")
        case "settled":
            ended = wording.OUTCOMES.get(str(data.get("outcome")), "")
            return Moment(line.at, "staff", f"Settled by {data.get('by')}, {data.get('position')}: {ended}")
        case "closed" | "taken_back":
            did = "Read and closed" if line.kind == "closed" else "What was recorded was taken back"
            return Moment(line.at, "staff", f"{did} by {data.get('by')}, {data.get('position')}")
        case "task":
            what = wording.TASKS.get(str(data.get("what")), str(data.get("what")))
            return Moment(line.at, "staff", f"Task for the {wording.role(str(data.get('role')))}: {what}")
        case "task_done":
            return Moment(line.at, "staff", f"Task done by {data.get('by')}: {data.get('outcome')}")
        case "leave":
            return _leave(line)
        case "contact":
            what = {"barred": "was barred", "unbarred": "is not barred any more"}.get(str(data.get("what")), "changed")
            return Moment(
                line.at,
                "staff",
                f"{_name(school, data.get('contact'))} {what}",
                note=f"{data.get('by')}, {data.get('position')}",
            )
        case "works_again":
            how = wording.CHANNELS.get(str(data.get("channel")), str(data.get("channel")))
            title = f"{_name(school, data.get('to'))} can be reached by {how} again"
            return Moment(line.at, "staff", title, note=f"{data.get('by')}, {data.get('position')}")
        case "thread":
            did = "handed back to the machine" if data.get("owner") is None else "taken over"
            by = "when the school day ended; until then with" if data.get("ended") else "by"
            return Moment(
                line.at, "staff", f"Thread with {_name(school, data.get('contact'))} {did} {by} {data.get('by')}"
            )
        case "staff_note":
            return Moment(line.at, "staff", f"Note of {data.get('by')}, {data.get('position')}", str(data.get("text")))
        case "rang":
            came = wording.CALLS.get(str(data.get("came")), str(data.get("came")))
            title = f"{data.get('by')}, {data.get('position')}, rang {_name(school, data.get('contact'))}: {came}"
            return Moment(line.at, "staff", title, str(data.get("text", "")))
        case "released":
            return Moment(line.at, "staff", f"Held message released by {data.get('by')}, {data.get('position')}")
        case "stopped":
            title = f"Message to the family stopped by {data.get('by')}, {data.get('position')}"
            return Moment(line.at, "staff", title, note="The case is theirs until it is settled.")
        case "all_clear":
            return Moment(line.at, "staff", f"All-clear pressed by {data.get('by')}, {data.get('position')}")
        case "undelivered":
            row = written.get(str(data.get("message")))
            return Moment(line.at, "out", f"Did not arrive at {_name(school, row.contact_id if row else None)}")
        case "cancelled":
            return Moment(line.at, "out", "Cancelled before it left", note=str(data.get("why", "")))
        case "held":
            what = "A mark was refused" if data.get("what") == "mark" else "Held: nobody was written to"
            return Moment(line.at, "staff", what, note=str(data.get("why", "")))
    return None


def _received(line: Line, school: School, pupil: Pupil, reads: Reads) -> Moment | None:
    words = said(line)
    if not words.is_about(pupil.id):
        return None
    link = school.roll.link(pupil.id, words.contact or "")
    relation = f" ({link.relation})" if link else ""
    how = wording.CHANNELS.get(words.channel, words.channel)
    hidden = not reads(words)
    return Moment(
        line.at,
        "in",
        f"{_name(school, words.contact)}{relation} wrote by {how}",
        "" if hidden else words.text,
        () if hidden else reading_of(words.understood, school),
        because=() if hidden else because(words, school),
        note="" if hidden else _of_a_mail(words),
        hidden=hidden,
        alarming=words.safeguarding or bool(words.understood and words.understood.get("urgent")),
        message=words.id,
        files=() if hidden else words.files,
    )


def _of_a_mail(words: Said) -> str:
    said = [words.doubt] if words.doubt else []
    if words.automatic:
        said.append("An automatic reply: kept, not answered, nothing recorded from it.")
    if words.turned:
        said.append(f"Not kept: {', '.join(words.turned)}.")
    return " ".join(said)


def may_open(lines: Sequence[Line], pupil: str, message: str, number: int, reads: Reads) -> bool:
    """Whether the file belongs to a message of this child's story that whoever asks may read."""
    fetched = any(line.data.get("message") == message and line.data.get("number") == number for line in _fetched(lines))
    return any(
        words.id == message
        and words.is_about(pupil)
        and reads(words)
        and (fetched or number in [one[0] for one in words.files])
        for line in lines
        if line.kind == "received"
        for words in [said(line)]
    )


def _fetched(lines: Sequence[Line]) -> list[Line]:
    """What was said of files of texts and chats, which come after their message."""
    return [line for line in lines if line.kind == "file"]


def _files(lines: Sequence[Line], first: datetime, pupil: str, reads: Reads) -> list[Moment]:
    """Photographs that came with a text or a chat message, as they were fetched, or why one is not kept."""
    heard = {words.id: words for line in lines if line.kind == "received" for words in [said(line)]}
    found = []
    for line in _fetched(lines):
        data, words = line.data, heard.get(str(line.data.get("message")))
        if line.at < first or words is None or not words.is_about(pupil) or not reads(words):
            continue
        if why := data.get("why"):
            found.append(Moment(line.at, "in", "A photo or file that came with a message was not kept", note=f"{why}."))
            continue
        file = (int(data["number"]), str(data["name"]), int(data["size"]))
        found.append(Moment(line.at, "in", "A file that came with a message", message=words.id, files=(file,)))
    return found


def reading_of(understood: Mapping[str, Any] | None, school: School) -> tuple[tuple[str, str], ...]:
    """What the machine read in a message, as pairs of what and which."""
    if understood is None:
        return (("Read as", "not read by the machine"),)
    found = [("Read as", wording.INTENTS.get(str(understood.get("intent")), str(understood.get("intent"))))]
    for report in understood.get("reports", ()):
        names = [
            school.roll.pupils[child].called for child in report.get("children", ()) if child in school.roll.pupils
        ]
        found.append((", ".join(names) or "No child named", reported(report, school.policy.code_set) or "nothing more"))
    if understood.get("ask"):
        found.append(("Left open", doubts(understood)))
    for key, label in (
        ("urgent", "Urgent"),
        ("safeguarding", "Safeguarding"),
        ("sender_doubt", "Perhaps not the parent"),
    ):
        if understood.get(key):
            found.append((label, "yes"))
    return tuple(found)


def _sent(
    line: Line,
    school: School,
    written: Mapping[str, OutboxRow],
    receipts: Mapping[str, Sequence[tuple[str, str | None, datetime]]],
) -> Moment:
    data = line.data
    row = written.get(str(data.get("message")))
    by = ""
    if row is not None and row.key.startswith("own/"):
        by = f", written by {_staff_name(school, row.key.split('/')[1])}"
    how = wording.CHANNELS.get(str(data.get("channel")), str(data.get("channel")))
    return Moment(
        line.at,
        "out",
        f"To {_name(school, data.get('to'))} by {how}{by}",
        str(data.get("text", "")),
        note=delivery_of(str(data.get("message")), written, receipts),
    )


def _mark(line: Line, school: School) -> Moment:
    data = line.data
    day = date.fromisoformat(str(data["day"]))
    code = str(data.get("code"))
    meaning = wording.code_name(code, school.policy.code_set)
    provisional = " (provisional)" if data.get("provisional") else ""
    became = f"{data['original']} became" if data.get("original") else "no mark yet, now"
    title = f"Mark of {wording.short_day(day)} {data.get('session')}: {became} {code}, {meaning}{provisional}"
    return Moment(line.at, "register", title, note=f"{data.get('by')}, {data.get('position')}: {data.get('reason')}")


def _case(data: Mapping[str, Any]) -> str:
    stage = wording.STAGES.get(str(data.get("state")), str(data.get("state")))
    ended = wording.OUTCOMES.get(str(data.get("outcome")), "")
    where = wording.WHEREABOUTS.get(str(data.get("whereabouts")), "")
    half = wording.HALVES.get(str(data.get("session")), "")
    return f"Case of the {half}: {stage}" + (f", {ended[0].lower()}{ended[1:]}" if ended else "") + f" ({where})"


def _leave(line: Line) -> Moment:
    data = line.data
    state = wording.LEAVE_STATES.get(str(data.get("state")), str(data.get("state")))
    days = [f"{word} {wording.short_day(date.fromisoformat(str(data[key])))}"
            for word, key in (("from", "first_day"), ("back", "return_day")) if data.get(key)]  # fmt: skip
    title = f"Leave {', '.join(days)}: {state[:1].lower()}{state[1:]}"
    by = f"{data['by']}, {data.get('position')}: {data.get('reason')}" if data.get("by") else ""
    return Moment(line.at, "staff", title, note=by)
