"""Words that will not arrive: the case moves on, the office mends the number, and what matters goes another way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from attendance.calendar import Session
from attendance.calling import advance
from attendance.effects import Ask, OpenTask, RaiseAlert
from attendance.events import WordsFailed, WordsHeldUp, WordsLeft
from attendance.people import AddressState
from attendance.settling import WRITTEN
from attendance.telling import SOUGHT
from bot.asking import SAME_WORDS_AGAIN
from messaging.segments import count
from messaging.wording import Words
from office import wording
from service.turns.turn import Turn
from service.turns.turn_words import ALL_CLEAR, told_by
from service.turns.words import SMS, TELEGRAM, WordsToSend
from storage import outbox
from storage.outbox import OutboxRow

DEAD = frozenset({"bad_number", "not_a_mobile", "not_linked"})
CORRECT_WITHIN = timedelta(hours=4)


async def tell_cases(turn: Turn, row: OutboxRow, failed: str | None) -> None:
    """What became of these words moves the cases that they are about; `failed` says why they did not leave."""
    for about in row.about.get("cases", ()):
        case = await turn.case(about["pupil"], Session(date.fromisoformat(about["day"]), about["half"]))
        if case is None:
            continue
        event_id = f"{row.message_id}/{failed or 'left'}"
        if failed is None:
            await turn.move(case, WordsLeft(event_id, about["contact"], row.channel, about["round"]))
        else:
            await turn.move(case, WordsFailed(event_id, about["contact"], row.channel, about["round"], failed))


async def outage(turn: Turn, channel: str, why: str) -> None:
    """One alarm for a channel that fails for everybody, by another route; it stands down when words leave again."""
    await turn.raise_alert(
        RaiseAlert(
            f"outage/{channel}",
            "delivery_outage",
            True,
            (),
            f"Messages by {wording.CHANNELS.get(channel, channel)} are not leaving: "
            f"{wording.NOT_OUR_MESSAGES.get(why, why).rstrip('.')}. Use the call sheet until they do.",
        )
    )


async def meanwhile(turn: Turn, row: OutboxRow) -> bool:
    """A question that waits for a channel which fails for everybody goes the contact's next way, which the round lists.

    False where there is none for one of its children, or that way fails as well: then these words wait. True: they are
    not said any more, for nobody is told the same by two ways.
    """
    moved = []
    for about in row.about.get("cases", ()):
        case = await turn.case(about["pupil"], Session(date.fromisoformat(about["day"]), about["half"]))
        if case is None or not case.is_waiting:
            continue
        event = WordsHeldUp(f"{row.message_id}/held_up", about["contact"], row.channel, about["round"])
        decided, effects = advance(case, event, turn.now, turn.school)
        asks = [one for one in effects if isinstance(one, Ask)]
        if not asks or not all([await _leaves(turn, one.channel) for one in asks]):
            return False
        moved.append((decided, effects))
    for decided, effects in moved:
        await turn.replace_case(decided, effects)
    return bool(moved)


async def _leaves(turn: Turn, channel: str) -> bool:
    alert = await turn.alert_by_key(f"outage/{channel}")
    return channel in turn.ours and (alert is None or not alert.live)


async def could_not_arrive(turn: Turn, row: OutboxRow, kind: str, code: str, advice: str) -> None:
    """The words will not arrive: the case moves on at once; a dead number is a task for the office."""
    turn.note("undelivered", row.pupils, message=row.message_id, kind=kind, code=code, channel=row.channel)
    if kind in DEAD:
        await turn.set_address(row.channel, row.address, AddressState.BAD, f"{kind} {code}")
        if row.contact_id or row.staff_id:  # a stranger's address is nobody's to correct
            await _number_bad(turn, row, advice)
    elif kind == "opted_out":
        await turn.set_address(row.channel, row.address, AddressState.STOPPED, f"{kind} {code}")
        await turn.raise_alert(_notice(row, "opted_out", "A contact has stopped messages on this channel."))
        if row.channel == TELEGRAM:
            await _task_for_the_office(turn, row, advice)
    elif kind == "ours_to_fix":
        await outage(turn, row.channel, advice)
    await tell_cases(turn, row, kind)
    await another_way(turn, row)


async def another_way(turn: Turn, row: OutboxRow) -> None:
    """What these words were for is said on another channel. (A question of a case finds its own next way.)"""
    if row.channel == TELEGRAM:
        await _by_text_instead(turn, row)
    elif row.template == ALL_CLEAR:
        await _all_clear_elsewhere(turn, row)


async def _all_clear_elsewhere(turn: Turn, row: OutboxRow) -> None:
    """Whoever was asked about a child hears that all is well, once more where that did not arrive; not of a child who
    is looked for again.
    """
    roll = turn.school.roll
    tried = {row.channel, TELEGRAM} if row.key.endswith(f"/{SMS}") else {row.channel}  # a text for Telegram's words
    for tell in told_by(row, "all_clear_elsewhere"):
        (pupil,) = tell.pupils
        ways = [way for way in roll.ways_to(pupil, tell.contact, WRITTEN) if way[0] not in tried]
        cases = await turn.cases_of(tell.session.day, [pupil])
        if ways and row.contact_id and not any(case.stage in SOUGHT for case in cases):
            await turn.apply([replace(tell, channel=ways[0][0], address=ways[0][1])])


async def _by_text_instead(turn: Turn, row: OutboxRow) -> None:
    """What Telegram did not bring goes by text, once."""
    if row.about.get("cases") or row.about.keys() & {"edits", "asks"} or SMS not in turn.ours:
        return
    phone = _phone_of_the_reader(turn, row)
    if phone is None:
        return
    since = turn.now - SAME_WORDS_AGAIN
    if row.contact_id and await outbox.said_since(turn.db, turn.school.id, SMS, phone, row.text, since):
        return
    cost = count(row.text)
    turn.send(
        WordsToSend(
            key=row.key.replace(f"/{TELEGRAM}/", f"/{SMS}/", 1) if row.staff_id else f"{row.key}/{SMS}",
            channel=SMS,
            address=phone,
            words=Words(row.text, row.template, cost.count, cost.encoding, subject=row.subject),
            pupils=row.pupils,
            contact=row.contact_id,
            staff=row.staff_id,
            not_after=row.not_after,
            chat={name: row.about[name] for name in ("alerts", "number") if name in row.about},
        )
    )


def _phone_of_the_reader(turn: Turn, row: OutboxRow) -> str | None:
    """The number of whom these words are for, where they may be texted about each child that is meant."""
    roll = turn.school.roll
    if row.staff_id:
        member = roll.staff_member(row.staff_id)
        return member.phone if member else None
    if row.contact_id is None or row.contact_id not in roll.contacts:
        return None
    pupils = row.pupils or tuple(link.pupil for link in roll.children_of(row.contact_id) if not link.barred)
    contact = row.contact_id
    ways = [roll.ways_to(pupil, contact, (SMS,)) for pupil in pupils]
    return ways[0][0][1] if ways and all(ways) else None


async def _number_bad(turn: Turn, row: OutboxRow, advice: str) -> None:
    await turn.raise_alert(_notice(row, "number_bad", advice))
    await _task_for_the_office(turn, row, advice)


async def _task_for_the_office(turn: Turn, row: OutboxRow, advice: str) -> None:
    await turn.apply(
        [
            OpenTask(
                f"number/{row.channel}/{row.contact_id or row.staff_id}",
                "correct_number",
                "office",
                turn.now + CORRECT_WITHIN,
                row.pupils,
                note=advice,
            )
        ]
    )


def _notice(row: OutboxRow, reason: str, because: str) -> RaiseAlert:
    key = f"number/{row.channel}/{row.contact_id or row.staff_id or row.message_id}/{reason}"
    return RaiseAlert(key, reason, False, row.pupils, because, roles=("attendance_officer",), climbs=False)
