"""The lines of a child's story: what each line of the journal says to staff, and which side it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from attendance.people import Pupil
from attendance.school import School
from office import wording
from office.board.last_words import doubts, reported
from office.board.snapshot import Said, said
from office.child.because import because
from storage.journal import Line
from storage.outbox import OutboxRow

CAME_OF_A_CONTACT = {
    "barred": "was barred",
    "unbarred": "is not barred any more",
    "set_aside": "is set aside: asked and told nothing of the child until the safeguarding lead says so",
    "released": "is asked and told again",
}
Reads = Callable[[Said], bool]
Written = Mapping[str, OutboxRow]
Receipts = Mapping[str, Sequence[tuple[str, str | None, datetime]]]


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
class Beside:
    """What a line is told with. `reads`: whether words are for whoever looks."""

    school: School
    pupil: Pupil
    written: Written
    receipts: Receipts
    reads: Reads


def moment_of(line: Line, beside: Beside) -> Moment | None:
    """One line of the journal as the story tells it, or None for what it leaves out."""
    tells = _TOLD.get(line.kind)
    return tells(line, beside) if tells is not None else None


def waiting(row: OutboxRow, school: School) -> Moment:
    """Words that have not left yet."""
    leaves = f"Leaves at {wording.clock(row.try_at)}." if row.try_at > row.created_at else ""
    return Moment(
        row.created_at, "out", f"To {name_of(school, row.contact_id)}: waiting to leave", row.text, note=leaves
    )


def name_of(school: School, contact: str | None) -> str:
    """A contact by name."""
    person = school.roll.contacts.get(contact or "")
    return person.name if person else "somebody who is not listed"


def _staff_name(school: School, staff: Any) -> str:
    member = school.roll.staff_member(str(staff))
    return member.name if member else str(staff)


def how_of(channel: object) -> str:
    """A channel as the office calls it."""
    return wording.CHANNELS.get(str(channel), str(channel))


def delivery_of(message: str, written: Written, receipts: Receipts) -> str:
    """What became of words that left, in the office's words, with the minute of each receipt."""
    parts = []
    for status, code, at in receipts.get(message, ()):
        failed = f" ({code})" if code else ""
        parts.append(f"{wording.DELIVERY.get(status, status)}{failed} {wording.clock(at)}")
    if not parts and (row := written.get(message)) is not None:
        parts.append(wording.DELIVERY.get(row.state, row.state))
    return ", ".join(parts)


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


# -- one function for each kind of line ------------------------------------------------------------------------------


def _received(line: Line, beside: Beside) -> Moment | None:
    school, pupil = beside.school, beside.pupil
    words = said(line)
    if not words.is_about(pupil.id):
        return None
    link = school.roll.link(pupil.id, words.contact or "")
    relation = f" ({link.relation})" if link else ""
    how = how_of(words.channel)
    hidden = not beside.reads(words)
    return Moment(
        line.at,
        "in",
        f"{name_of(school, words.contact)}{relation} wrote by {how}",
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


def _sent(line: Line, beside: Beside) -> Moment:
    data, message = line.data, str(line.data.get("message"))
    row = beside.written.get(message)
    by = ", once more" if line.kind == "sent_again" else ""
    if row is not None and row.key.startswith("own/"):
        by = f", written by {_staff_name(beside.school, row.key.split('/')[1])}"
    title = f"To {name_of(beside.school, data.get('to'))} by {how_of(data.get('channel'))}{by}"
    return Moment(
        line.at, "out", title, str(data.get("text", "")), note=delivery_of(message, beside.written, beside.receipts)
    )


def _mark(line: Line, beside: Beside) -> Moment:
    data = line.data
    day = date.fromisoformat(str(data["day"]))
    code = str(data.get("code"))
    meaning = wording.code_name(code, beside.school.policy.code_set)
    provisional = " (provisional)" if data.get("provisional") else ""
    became = f"{data['original']} became" if data.get("original") else "no mark yet, now"
    title = f"Mark of {wording.short_day(day)} {data.get('session')}: {became} {code}, {meaning}{provisional}"
    return Moment(line.at, "register", title, note=f"{data.get('by')}, {data.get('position')}: {data.get('reason')}")


def _case(line: Line, beside: Beside) -> Moment:
    data = line.data
    stage = wording.STAGES.get(str(data.get("state")), str(data.get("state")))
    ended = wording.OUTCOMES.get(str(data.get("outcome")), "")
    where = wording.WHEREABOUTS.get(str(data.get("whereabouts")), "")
    half = wording.HALVES.get(str(data.get("session")), "")
    title = f"Case of the {half}: {stage}" + (f", {ended[0].lower()}{ended[1:]}" if ended else "") + f" ({where})"
    return Moment(line.at, "register", title, alarming=data.get("state") in ("alarmed", "handed_over"))


def _alert(line: Line, beside: Beside) -> Moment:
    data = line.data
    title = wording.ALERTS.get(str(data.get("reason")), str(data.get("reason")))
    told = f"{_staff_name(beside.school, data.get('to'))}, {wording.role(str(data.get('role')))}, was told"
    note = str(data.get("because", ""))
    return Moment(line.at, "staff", f"{told}: {title}", note=note, alarming=bool(data.get("urgent")))


def _acknowledged(line: Line, beside: Beside) -> Moment:
    return Moment(line.at, "staff", f"{_staff_name(beside.school, line.data.get('by'))} has it")


def _settled(line: Line, beside: Beside) -> Moment:
    ended = wording.OUTCOMES.get(str(line.data.get("outcome")), "")
    return Moment(line.at, "staff", f"Settled by {_who(line)}: {ended}")


def _ended(line: Line, beside: Beside) -> Moment:
    did = "Read and closed" if line.kind == "closed" else "What was recorded was taken back"
    return Moment(line.at, "staff", f"{did} by {_who(line)}")


def _task(line: Line, beside: Beside) -> Moment:
    what = wording.TASKS.get(str(line.data.get("what")), str(line.data.get("what")))
    return Moment(line.at, "staff", f"Task for the {wording.role(str(line.data.get('role')))}: {what}")


def _task_done(line: Line, beside: Beside) -> Moment:
    what, came = wording.TASKS.get(str(line.data.get("what")), ""), str(line.data.get("outcome") or "")
    title = f"{what}: done by {line.data.get('by')}" if what else f"Task done by {line.data.get('by')}"
    return Moment(line.at, "staff", title if came in ("", "done") else f"{title}: {came}")


def _leave(line: Line, beside: Beside) -> Moment:
    data = line.data
    state = wording.LEAVE_STATES.get(str(data.get("state")), str(data.get("state")))
    days = [f"{word} {wording.short_day(date.fromisoformat(str(data[key])))}"
            for word, key in (("from", "first_day"), ("back", "return_day")) if data.get(key)]  # fmt: skip
    title = f"Leave {', '.join(days)}: {state[:1].lower()}{state[1:]}"
    by = f"{data['by']}, {data.get('position')}: {data.get('reason')}" if data.get("by") else ""
    return Moment(line.at, "staff", title, note=by)


def _contact(line: Line, beside: Beside) -> Moment:
    what = CAME_OF_A_CONTACT.get(str(line.data.get("what")), "changed")
    title = f"{name_of(beside.school, line.data.get('contact'))} {what}"
    why = f": {line.data['why']}" if line.data.get("why") else ""
    return Moment(line.at, "staff", title, note=f"{_who(line)}{why}" if line.data.get("by") else "")


def _works_again(line: Line, beside: Beside) -> Moment:
    name, how = name_of(beside.school, line.data.get("to")), how_of(line.data.get("channel"))
    return Moment(line.at, "staff", f"{name} can be reached by {how} again", note=_who(line))


def _thread(line: Line, beside: Beside) -> Moment:
    data = line.data
    did = "handed back to the machine" if data.get("owner") is None else "taken over"
    by = "when the school day ended; until then with" if data.get("ended") else "by"
    name = name_of(beside.school, data.get("contact"))
    return Moment(line.at, "staff", f"Thread with {name} {did} {by} {data.get('by')}")


def _staff_note(line: Line, beside: Beside) -> Moment:
    return Moment(line.at, "staff", f"Note of {_who(line)}", str(line.data.get("text")))


def _rang(line: Line, beside: Beside) -> Moment:
    came = wording.CALLS.get(str(line.data.get("came")), str(line.data.get("came")))
    title = f"{_who(line)}, rang {name_of(beside.school, line.data.get('contact'))}: {came}"
    return Moment(line.at, "staff", title, str(line.data.get("text", "")))


def _released(line: Line, beside: Beside) -> Moment:
    return Moment(line.at, "staff", f"Held message released by {_who(line)}")


def _stopped(line: Line, beside: Beside) -> Moment:
    title = f"Message to the family stopped by {_who(line)}"
    return Moment(line.at, "staff", title, note="The case is theirs until it is settled.")


def _all_clear(line: Line, beside: Beside) -> Moment:
    return Moment(line.at, "staff", f"All-clear pressed by {_who(line)}")


def _undelivered(line: Line, beside: Beside) -> Moment:
    row = beside.written.get(str(line.data.get("message")))
    return Moment(line.at, "out", f"Did not arrive at {name_of(beside.school, row.contact_id if row else None)}")


def _cancelled(line: Line, beside: Beside) -> Moment:
    return Moment(line.at, "out", "Cancelled before it left", note=str(line.data.get("why", "")))


def _held(line: Line, beside: Beside) -> Moment:
    what = "A mark was refused" if line.data.get("what") == "mark" else "Held: nobody was written to"
    return Moment(line.at, "staff", what, note=str(line.data.get("why", "")))


def _who(line: Line) -> str:
    return f"{line.data.get('by')}, {line.data.get('position')}"


_TOLD: Mapping[str, Callable[[Line, Beside], Moment | None]] = {
    "received": _received,
    "sent": _sent,
    "sent_again": _sent,
    "mark": _mark,
    "case": _case,
    "alert": _alert,
    "acknowledged": _acknowledged,
    "settled": _settled,
    "closed": _ended,
    "taken_back": _ended,
    "task": _task,
    "task_done": _task_done,
    "leave": _leave,
    "contact": _contact,
    "works_again": _works_again,
    "thread": _thread,
    "staff_note": _staff_note,
    "rang": _rang,
    "released": _released,
    "stopped": _stopped,
    "all_clear": _all_clear,
    "undelivered": _undelivered,
    "cancelled": _cancelled,
    "held": _held,
}
