"""What whoever decides writes in the chat: the reason of a refusal, or a question to the family.

We ask for the words, and only an answer to that very message is taken as them: nothing that is typed by the way decides
anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.leave import LeaveRequest
from attendance.people import StaffMember
from attendance.school import School
from messaging.telegram_updates import CHANNEL, stored_update
from messaging.wording import Words
from office.desk import LeaveAct, Overtaken
from service.errors import CannotDo, Handled
from service.leave.deciding import Decision, decide
from service.leave.requests import as_it_was
from service.leave.ticks import base_of, ticked
from service.staff import taking
from service.turns.turn import Turn
from service.turns.words import ALERT_LIVES, WordsToSend
from storage import audit, inbox, outbox
from storage.inbox import InboxRow
from storage.outbox import OutboxRow

ONLY_WHY = "only_why"
"""Some days, and the head's own words of the others: the button carries the ticks of the days behind a point."""
ACTS: Mapping[str, LeaveAct] = {"refuse_why": "refuse", ONLY_WHY: "grant", "more": "ask_more"}
LONGEST: Mapping[str, int] = {"refuse_why": 600, ONLY_WHY: 600, "more": 300}
"""Letters, as on the office's page."""


@dataclass(frozen=True, slots=True)
class Written:
    """Words that somebody was asked for: about which request as it was then (`leave`), and for which act."""

    school: str
    staff: str
    act: str
    leave: str


def ask(
    turn: Turn, row: InboxRow, under: OutboxRow, member: StaffMember, act: str, request: LeaveRequest
) -> WordsToSend:
    """Ask for the words; the answer to this message is them. Raises CannotDo for ticks of days that are none."""
    about = {"asks": act, "leave": under.about["leave"], "of": under.message_id, "answer": True}
    days = ticked(act, request, turn.school.calendar)[0] if base_of(act) == ONLY_WHY else []
    words = turn.wording.say("staff.leave", step=base_of(act), days=days)
    return _to(turn, row, member, words, under.pupils, about)


async def read_written(db: AsyncConnection, row: InboxRow, schools: Sequence[School]) -> Written | None:
    """Whether a stored message is the answer to such a question, by the member who was asked. None: it is not."""
    update = stored_update(row.channel, row.raw)
    if update is None or not update.answers or not row.text.strip():
        return None
    asked = await outbox.by_provider_id(db, CHANNEL, f"{row.their_address}/{update.answers}")
    if asked is None or base_of(asked.about.get("asks") or "") not in ACTS or asked.staff_id is None:
        return None
    school = next((one for one in schools if one.id == asked.school_id), None)
    member = school.roll.staff_member(asked.staff_id) if school else None
    if school is None or member is None or member.telegram != row.their_address:
        return None
    return Written(school.id, member.id, asked.about["asks"], asked.about["leave"])


class Deciding:
    """Carries the written decision out, in one transaction of one school."""

    def __init__(self, row: InboxRow, written: Written) -> None:
        self._row, self._written = row, written

    async def __call__(self, turn: Turn) -> None:
        """Everything that follows, and that the message is done."""
        row, written = self._row, self._written
        stored = await inbox.get(turn.db, row.inbox_id)
        if stored is None or stored.state == "done":
            raise Handled(row.inbox_id)
        member = turn.school.roll.staff_member(written.staff)
        if member is not None:
            turn.actor, turn.did = member.id, base_of(written.act)
            turn.note(
                "received", (), **{"from": row.their_address}, channel=row.channel, text=row.text,
                message=row.inbox_id, staff=member.id,
            )  # fmt: skip
            try:
                words = await self._decide(turn, member)
            except (CannotDo, Overtaken) as refusal:
                words = turn.wording.say("staff.note", detail=str(refusal))
            turn.send(_to(turn, row, member, words))
        await inbox.done(turn.db, row.inbox_id, turn.school.id, None, None, turn.now)

    async def _decide(self, turn: Turn, member: StaffMember) -> Words:
        act, text = base_of(self._written.act), " ".join(self._row.text.split())
        if len(text) > LONGEST[act]:
            raise CannotDo(f"Please write at most {LONGEST[act]} letters: answer our question again.")
        request = await as_it_was(turn, self._written.leave)
        await taking.check(turn, member, (request.pupil,))
        days = ticked(self._written.act, request, turn.school.calendar)[0] if act == ONLY_WHY else None
        await decide(turn, member, request, Decision(ACTS[act], text, days))
        deed = audit.Deed(turn.now, member.id, f"telegram_{act}", f"pupil/{request.pupil}", {"by": CHANNEL})
        await audit.append(turn.db, turn.school.id, [deed])
        return turn.wording.say("staff.leave", step=f"done_{act}", days=())


def _to(
    turn: Turn,
    row: InboxRow,
    member: StaffMember,
    words: Words,
    pupils: tuple[str, ...] = (),
    about: Mapping[str, Any] | None = None,
) -> WordsToSend:
    return WordsToSend(
        key=f"reply/{row.inbox_id}",
        channel=CHANNEL,
        address=member.telegram or "",
        words=words,
        pupils=pupils,
        staff=member.id,
        not_after=turn.now + ALERT_LIVES,
        chat=about or {},
    )
