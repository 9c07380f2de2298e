"""What staff do in a rehearsal, by the very functions that the office's buttons call."""

from __future__ import annotations

from attendance.calendar import Session, local
from service.day import holding
from service.errors import CannotDo
from service.leave import letters
from service.leave.deciding import Decision
from service.rehearsal.scenario_parts import StaffActPart
from service.staff import staffing
from service.turns.turn import Turn
from storage import leave_letters


async def done(turn: Turn, act: StaffActPart) -> None:
    """One act of a member of staff. Raises CannotDo."""
    pupil, contact = act.pupil or "", act.contact or ""
    match act.does:
        case "acknowledge":
            await staffing.acknowledge(turn, act.who, act.pupil)
        case "settle":
            await staffing.settle(turn, act.who, pupil, act.outcome or "")
        case "confirm":
            await staffing.confirm(turn, act.who, pupil)
        case "amend":
            session = Session(local(turn.now).date(), act.session)
            await staffing.amend(turn, act.who, pupil, session, act.code or "", act.reason)
        case "grant" | "refuse" | "ask_more":
            decision = Decision(act.does, act.text if act.does == "ask_more" else act.reason, act.days)
            await staffing.decide_leave(turn, act.who, pupil, decision)
        case "take_over" | "hand_back":
            await staffing.take_over(turn, act.who, contact, back=act.does == "hand_back")
        case "send":
            await staffing.send(turn, act.who, contact, act.text)
        case "hold":
            await holding.hold(turn, act.who)
        case "release":
            await holding.release(turn, act.who)
        case "stop":
            await holding.stop(turn, act.who)
        case "all_clear":
            await staffing.all_clear(turn, act.who)
        case "away":
            await staffing.set_away(turn, act.who)
        case "done":
            await staffing.finish_tasks_of(turn, act.who, pupil, act.what or "", act.reason)
        case "release_letter":
            await _release_letter(turn, act)


async def _release_letter(turn: Turn, act: StaffActPart) -> None:
    """The pupil's letter that waits: by e-mail where there is an address, unless `text` says print."""
    waiting = [one for one in await leave_letters.drafts(turn.db, turn.school.id) if one.pupil_id == act.pupil]
    if not waiting:
        raise CannotDo("There is no letter of this pupil waiting.")
    letter = waiting[-1]
    mailed = act.text != "print" and letters.address_of(turn, letter) is not None
    member = staffing.member_of(turn, act.who)
    await letters.release(turn, member, letter.letter_id, "email" if mailed else "print")
