"""What a member of staff does in a chat: the buttons under an alert, and the board. The same acts as at the desk.

A button carries what it does and the id of the alert's message, so nothing about a child. Only the member to whom that
message was sent can press it, and only what their role allows; the message then shows who did what.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from attendance.calendar import local
from attendance.people import StaffMember
from messaging.telegram_updates import CHANNEL, ChatUpdate
from messaging.wording import Words
from office import permissions
from office.board import board as office_board
from office.board import snapshot
from office.board.rows import Row
from office.board.snapshot import Said
from office.desk import Overtaken
from service.errors import CannotDo
from service.leave import decided_by_buttons
from service.leave.ticks import base_of
from service.outgoing import copies
from service.staff import checked, staffing, taking
from service.turns.turn import Turn
from service.turns.words import ACTS, WordsToSend
from storage import audit, outbox
from storage.inbox import InboxRow
from storage.outbox import OutboxRow

LIVES = timedelta(hours=12)
RING_WITHIN = timedelta(minutes=10)
VISIT_WITHIN = timedelta(minutes=60)
MOST_LINES = 30
FOUND = "present_after_all"
PROMISES = {"ring": ("ring", RING_WITHIN), "visit": ("home_visit", VISIT_WITHIN)}
BOARD = ("act", "read", "confirm", "wait")


async def pressed(turn: Turn, row: InboxRow, update: ChatUpdate) -> None:
    """Carry out a button. What is not possible is said to whoever pressed it; a stranger's press does nothing."""
    act, _, message_id = update.payload.partition(":")
    under = await outbox.by_id(turn.db, turn.school.id, message_id)
    if (
        under is None
        or under.channel != CHANNEL
        or not decided_by_buttons.stands_under(act, under.about.get("acts", ()))
    ):
        return
    member = turn.school.roll.staff_member(under.staff_id or "")
    if member is None or member.telegram is None or update.writer != member.telegram or update.chat != member.telegram:
        turn.note("press_refused", under.pupils, message=message_id)
        return
    turn.actor, turn.did = member.id, base_of(act)
    try:
        await taking.check(turn, member, under.pupils)
        if base_of(act) in decided_by_buttons.STEPS:
            turn.send(await decided_by_buttons.prepare(turn, row, update, under, member, act))
            return
        if act != "ack" or not await taking.has_them(turn, member, under.about["alerts"]):
            await _carry_out(turn, member, act, under)
    except (CannotDo, Overtaken) as refusal:
        turn.send(to_member(turn, member, turn.wording.say("staff.note", detail=str(refusal)), row.inbox_id))
        return
    detail = {"alerts": list(under.about.get("alerts", ())), "by": CHANNEL}
    subject = f"pupil/{under.pupils[0]}" if len(under.pupils) == 1 else f"message/{message_id}"
    await audit.append(
        turn.db, turn.school.id, [audit.Deed(turn.now, member.id, f"telegram_{turn.did}", subject, detail)]
    )
    turn.send(await _shown(turn, row, update, under, member, act))


async def _carry_out(turn: Turn, member: StaffMember, act: str, under: OutboxRow) -> None:
    pupil = under.pupils[0] if under.pupils else ""
    match act:
        case "ack":
            await taking.take_all(turn, member, under.about["alerts"])
        case "safe":
            await checked.decide(
                turn, pupil, under.about["seen"], lambda now: staffing.settle(now, member.id, pupil, FOUND)
            )
        case _ if base_of(act) in decided_by_buttons.DECIDES:
            await decided_by_buttons.pressed(turn, member, act, under.about)
        case _:
            what, within = PROMISES[act]
            await staffing.promise(turn, member.id, pupil, what, within)
            await staffing.acknowledge(turn, member.id, pupil=pupil)


async def _shown(
    turn: Turn, row: InboxRow, update: ChatUpdate, under: OutboxRow, member: StaffMember, act: str
) -> WordsToSend:
    """The alert's message with who did what below it, and the buttons that still make sense."""
    copy = replace(under, provider_id=f"{update.chat}/{update.pressed}")
    sent = await outbox.to_staff(turn.db, turn.school.id, [member.id], turn.now - copies.LOOK_BACK)
    left = (
        []
        if act == "safe" or turn.did in decided_by_buttons.DECIDES
        else [one for one in under.about["acts"] if one not in ("ack", act)]
    )
    turn.shown.add(under.message_id)
    below = copies.Below(left, copies.acted(turn, member, turn.did), decided_by_buttons.note_of(turn))
    return await copies.with_buttons(turn, copy, sent, below, f"reply/{row.inbox_id}")


def to_member(turn: Turn, member: StaffMember, words: Words, key: str) -> WordsToSend:
    """An answer to a member of staff, in their chat."""
    return WordsToSend(
        key=f"reply/{key}",
        channel=CHANNEL,
        address=member.telegram or "",
        words=words,
        pupils=(),
        staff=member.id,
        not_after=turn.now + LIVES,
    )


async def board(turn: Turn, member: StaffMember, key: str) -> WordsToSend:
    """The board in a few lines: initials and group, what to do, who has it. Only what this person may see."""
    granted = permissions.permissions_of(member.roles, turn.school.policy.leave.decides)
    if "see_board" not in granted:
        detail = "Your role sees no children here."
        return to_member(turn, member, turn.wording.say("staff.note", detail=detail), key)
    seen = await snapshot.take(turn.db, turn.school, turn.now)
    told = permissions.told(member, seen.alerts)
    whole = office_board.build(
        seen,
        lambda pupil: permissions.sees(member, member.roles, pupil) or pupil.id in told,
        _no_words,
        flags="see_flags" in granted,
    )
    lines = [
        f"Class {one.group}: {'children unaccounted for' if one.unaccounted else 'register not in'}"
        for one in whole.registers
    ]
    if whole.held:
        lines.insert(0, "The send is held until somebody looks")
    lines += [_line(row) for band in BOARD for row in whole.band(band).rows]
    words = turn.wording.say(
        "staff.board",
        lines=lines[:MOST_LINES],
        more=max(0, len(lines) - MOST_LINES),
        school=turn.school.policy.short_name,
        at=local(turn.now).time(),
        link=turn.link,
    )
    return to_member(turn, member, words, key)


def _no_words(pupil: str, words: Said) -> bool:
    """Nobody's words are shown in a chat."""
    return False


def _line(row: Row) -> str:
    who = f"{row.pupil.initials} {row.pupil.group}: " if row.pupil else ""
    return f"{who}{row.title}{'; ' + row.owner if row.owner else ''}"


assert set(PROMISES) < set(ACTS)
