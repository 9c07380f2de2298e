"""What staff did with the telephone and their feet, written into a child's story: calls, notes, visits."""

from __future__ import annotations

from datetime import timedelta

from attendance.effects import OpenTask, RaiseAlert
from service.errors import CannotDo
from service.staff.staffing import finish_task, finish_tasks_of, member_of
from service.turns.turn import Turn

CALLS = {
    "spoke": "spoke to them",
    "no_answer": "no answer",
    "voicemail": "left a message on the machine",
    "wrong_number": "the number is wrong or dead",
}
"""What can come of a call. A machine that took a message is nobody reached (DESIGN section 7)."""
VISITS = {
    "seen_safe": "child seen, safe",
    "adult_only": "somebody was there, child not seen",
    "nobody": "nobody answered the door",
    "worried": "worried: the safeguarding lead is told",
}
LONGEST_NOTE = 1000
CORRECT_WITHIN = timedelta(hours=24)
RINGING = ("ring", "ring_back")


async def note(turn: Turn, staff: str, pupil: str, text: str) -> None:
    """A member of staff's own line in the story. Raises CannotDo for an empty one."""
    member = member_of(turn, staff)
    turn.note("staff_note", (pupil,), text=_said(text), by=member.name, position=member.position)


async def rang(turn: Turn, staff: str, pupil: str, contact: str, came: str, text: str) -> None:
    """A call to a contact, and what came of it. Having spoken to somebody ends the tasks to ring this family."""
    member = member_of(turn, staff)
    link = turn.school.roll.link(pupil, contact)
    if link is None:
        raise CannotDo("There is no such contact of this child.")
    if link.barred:
        raise CannotDo("This contact is barred for this child; nobody rings them.")
    if came not in CALLS:
        raise CannotDo("Say what came of the call: choose one of the list.")
    words = _said(text) if text.strip() else ""
    turn.note("rang", (pupil,), contact=contact, came=came, text=words, by=member.name, position=member.position)
    if came == "spoke":
        for what in RINGING:
            await finish_tasks_of(turn, staff, pupil, what)
    if came == "wrong_number":
        key = f"number/{pupil}/{contact}/rang"
        about = f"{turn.school.roll.contacts[contact].name}: {member.name} rang, and the number is wrong."
        due = turn.now + CORRECT_WITHIN
        await turn.apply([OpenTask(key, "correct_number", "attendance_officer", due, (pupil,), note=about)])


async def visited(turn: Turn, staff: str, pupil: str, key: str, came: str, text: str) -> None:
    """What a home visit found. It ends the task; where the child is, is settled by a person apart from it."""
    if came not in VISITS:
        raise CannotDo("Say what the visit found: choose one of the list.")
    if all(task.key != key or pupil not in task.pupils for task in await turn.open_tasks()):
        raise CannotDo("This visit is written down already.")
    words = f"{VISITS[came]}. {_said(text)}" if text.strip() else VISITS[came]
    await finish_task(turn, staff, key, words)
    if came == "worried":
        position = member_of(turn, staff).position
        about = f"{position} came back worried from the home visit; the words are in the story."
        alert = RaiseAlert(f"visit/{key}", "safeguarding", True, (pupil,), about, roles=("safeguarding_lead",))
        await turn.raise_alert(alert)


def _said(text: str) -> str:
    words = text.strip()
    if not words:
        raise CannotDo("Nothing was written; write a few words first.")
    if len(words) > LONGEST_NOTE:
        raise CannotDo(f"That is {len(words)} letters; keep it under {LONGEST_NOTE}.")
    return words
