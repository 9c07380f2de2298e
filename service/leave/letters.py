"""Letters about decisions on leave: drafted with the decision, released by a person, sent by e-mail or printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal

from attendance.calendar import local
from attendance.effects import CloseTasks, OpenTask
from attendance.leave import LeaveRequest
from attendance.leave.letter import kind_of, letter_of
from attendance.leave.people import deciding_role
from attendance.people import StaffMember
from messaging.channel import Attachment
from messaging.letters import PDF, pdf
from service.errors import CannotDo
from service.turns.turn import Turn
from service.turns.words import EMAIL, WordsToSend, school_values
from storage import leave_letters
from storage.leave_letters import LetterRow
from storage.outbox import OutboxRow

TEMPLATE = "leave"
LIVES = timedelta(days=3)
NOTE = "The letter about the decision on leave is a draft: read it, then send it or print it (Leave, letters waiting)."
Way = Literal["email", "print"]


async def draft(turn: Turn, request: LeaveRequest) -> None:
    """The letter about a decision, as a draft that whoever decides is to release; an older one is withdrawn."""
    await _withdraw_drafts(turn, request)
    letter = LetterRow(
        letter_id=f"{request.id}/letter/{request.version}",
        leave_id=request.id,
        pupil_id=request.pupil,
        contact_id=request.contact,
        kind=kind_of(request),
        data=letter_of(request, turn.school, local(turn.now).date()),
        created_at=turn.now,
    )
    await leave_letters.add(turn.db, turn.school.id, letter)
    _note(turn, letter, "draft")
    await turn.apply([_to_release(turn, request)])


async def follow(turn: Turn, request: LeaveRequest, before: LeaveRequest) -> None:
    """The family changed a granted request: what was not released is withdrawn, and says the right thing anew.

    Where a letter had left already, a new one is drafted (no policy has such a letter: READINGS, A33). Before the
    decision there is no letter.
    """
    if not before.is_granted or (request.state, request.days, request.return_day) == (
        before.state, before.days, before.return_day,
    ):  # fmt: skip
        return
    known = await leave_letters.of_leave(turn.db, turn.school.id, request.id)
    if request.is_granted or any(one.state == "released" for one in known):
        await draft(turn, request)
    else:
        await _withdraw_drafts(turn, request)


async def _withdraw_drafts(turn: Turn, request: LeaveRequest) -> None:
    await leave_letters.withdraw_drafts(turn.db, turn.school.id, request.id)
    await turn.apply([CloseTasks(_task_key(request.id))])


def _to_release(turn: Turn, request: LeaveRequest) -> OpenTask:
    """No letter leaves without a person, so a person has to know that one waits."""
    due = turn.school.due_on(local(turn.now).date(), turn.now)
    key = f"{_task_key(request.id)}/{request.version}"
    return OpenTask(key, "letter_to_release", deciding_role(turn.school), due, (request.pupil,), note=NOTE)


def _task_key(leave_id: str) -> str:
    return f"letter/{leave_id}"


async def release(turn: Turn, member: StaffMember, letter_id: str, way: Way) -> None:
    """A person lets a letter out: by e-mail to whoever asked, or to be printed. Raises CannotDo."""
    letter = await leave_letters.get(turn.db, turn.school.id, letter_id)
    if letter is None or letter.state != "draft":
        raise CannotDo("There is no such letter waiting; somebody released it, or the decision was changed.")
    made = pdf(TEMPLATE, letter.data)
    by = f"{member.name}, {member.position}"
    if way == "email":
        turn.send(_mail(turn, letter))
    await leave_letters.release(turn.db, turn.school.id, letter_id, made, way, by, turn.now)
    await turn.apply([CloseTasks(_task_key(letter.leave_id))])
    _note(turn, letter, "released", way=way, by=member.name, position=member.position)


def address_of(turn: Turn, letter: LetterRow) -> str | None:
    """Where the letter can be mailed: the address of whoever asked, if it may be written to about this child."""
    if letter.contact_id is None or letter.contact_id not in turn.school.roll.contacts:
        return None
    ways = turn.school.roll.ways_to(letter.pupil_id, letter.contact_id, (EMAIL,))
    return ways[0][1] if ways and EMAIL in turn.ours else None


def _mail(turn: Turn, letter: LetterRow) -> WordsToSend:
    address = address_of(turn, letter)
    if address is None:
        raise CannotDo("There is no e-mail address that this letter may go to; print it.")
    called = turn.school.roll.pupils[letter.pupil_id].called
    words = turn.wording.say("leave.letter", names=(called,), **school_values(turn))
    return WordsToSend(
        key=f"letter/{letter.letter_id}",
        channel=EMAIL,
        address=address,
        words=words,
        pupils=(letter.pupil_id,),
        contact=letter.contact_id,
        not_before=turn.school.words_may_leave(turn.now),
        not_after=turn.school.words_may_leave(turn.now) + LIVES,
        chat={"letter": letter.letter_id},
    )


def _note(turn: Turn, letter: LetterRow, state: str, **more: str) -> None:
    turn.note(
        "letter",
        (letter.pupil_id,),
        pupil=letter.pupil_id,
        letter=f"leave_{letter.data.get('about', letter.kind)}",
        state=state,
        id=letter.letter_id,
        **more,
    )


async def enclosures(turn: Turn, rows: Sequence[OutboxRow]) -> dict[str, tuple[Attachment, ...]]:
    """The files that go along with these rows of the outbox, by message id."""
    wanted = {row.about["letter"]: row.message_id for row in rows if "letter" in row.about}
    found = await leave_letters.of_ids(turn.db, turn.school.id, wanted)
    return {
        wanted[id]: (Attachment(f"leave-{letter.data['reference']}.pdf", PDF, letter.pdf),)
        for id, letter in found.items()
        if letter.pdf is not None
    }
