"""A decision by the buttons under an alert: all days, the days that are ticked, refused, or words of the head's own.

A button says what it does and for which message; ticks stand in the button itself, so that nothing is kept between two
presses and nothing is decided by ticking. What needs words asks for them in the chat (decided_in_words.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from attendance.people import StaffMember
from messaging.telegram_updates import ChatUpdate
from messaging.wording import short_day
from service.errors import CannotDo
from service.leave import decided_in_words
from service.leave.deciding import Decision, decide
from service.leave.requests import as_it_was
from service.leave.ticks import MOST_DAYS, base_of, ticked, ticks_of
from service.outgoing import copies
from service.turns.turn import Turn
from service.turns.words import WordsToSend
from storage import outbox
from storage.inbox import InboxRow
from storage.outbox import OutboxRow

GRANT, REFUSE, SOME, ONLY, ENOUGH, BACK = "grant", "not_exceptional", "some", "only", "enough", "back"
DECIDES = frozenset({GRANT, ONLY, ENOUGH, REFUSE})
STEPS = frozenset({SOME, BACK, *decided_in_words.ACTS})
"""What prepares a decision, and decides nothing."""
NOT_EXCEPTIONAL = "The circumstances are not exceptional."
OF_THE_OTHERS = {
    ONLY: "For the other days the circumstances are not exceptional.",
    ENOUGH: "The days that are granted are enough for the occasion.",
}
"""What the letter says of the days that are not granted; or the head's own words (decided_in_words)."""


def stands_under(act: str, acts: Sequence[str]) -> bool:
    """Whether a press belongs under an alert that has these buttons: those for days come with "only some days"."""
    base = base_of(act)
    return base in acts or (base in (ONLY, ENOUGH, decided_in_words.ONLY_WHY, BACK) and SOME in acts)


async def pressed(turn: Turn, member: StaffMember, act: str, about: Mapping[str, Any]) -> None:
    """Decide on the request that the alert was about, as it was then. Raises CannotDo, Overtaken."""
    request = await as_it_was(turn, str(about.get("leave", "")))
    match base_of(act):
        case "grant":
            decision = Decision("grant")
        case "only" | "enough" as said:
            chosen, all_of_them = ticked(act, request, turn.school.calendar)
            decision = Decision("grant", "" if all_of_them else OF_THE_OTHERS[said], chosen)
        case _:
            decision = Decision("refuse", NOT_EXCEPTIONAL)
    await decide(turn, member, request, decision)


async def prepare(
    turn: Turn, row: InboxRow, update: ChatUpdate, under: OutboxRow, member: StaffMember, act: str
) -> WordsToSend:
    """The next step towards a decision: the days to tick, back to the buttons, or the question for words.

    Raises CannotDo, Overtaken.
    """
    request = await as_it_was(turn, str(under.about.get("leave", "")))
    if base_of(act) in decided_in_words.ACTS:
        return decided_in_words.ask(turn, row, under, member, act, request)
    sent = await outbox.to_staff(turn.db, turn.school.id, [member.id], turn.now - copies.LOOK_BACK)
    copy = replace(under, provider_id=f"{update.chat}/{update.pressed}")
    note = note_of(turn)
    key = f"reply/{row.inbox_id}"
    if base_of(act) == BACK:
        return await copies.with_buttons(turn, copy, sent, copies.Below(under.about["acts"], without=note), key)
    days = request.asked_days(turn.school.calendar)
    if len(days) > MOST_DAYS:
        raise CannotDo(f"{len(days)} days are too many to tick here; open the request in the office.")
    return await copies.with_buttons(turn, copy, sent, _to_tick(days, ticks_of(act), note), key)


def note_of(turn: Turn) -> str:
    """What stands under an alert while days are ticked."""
    return turn.wording.say("staff.leave", step="tick", days=()).text


def _to_tick(days: Sequence[date], ticks: int, note: str) -> copies.Below:
    """A button for each day, the decision for those that are ticked, and the way back."""
    labels = {f"{SOME}.{ticks ^ 1 << number:x}": _label(day, ticks >> number & 1) for number, day in enumerate(days)}
    count = ticks.bit_count()
    if count == len(days):
        labels[f"{ONLY}.{ticks:x}"] = "Grant all days"
    elif ticks:
        these = "this day" if count == 1 else f"these {count} days"
        labels[f"{ONLY}.{ticks:x}"] = f"Grant {these}; not exceptional beyond {'it' if count == 1 else 'them'}"
        labels[f"{ENOUGH}.{ticks:x}"] = f"Grant {these}; {'it is' if count == 1 else 'they are'} enough"
        labels[f"{decided_in_words.ONLY_WHY}.{ticks:x}"] = f"Grant {these}; I write why"
    labels[BACK] = "Back"
    return copies.Below(tuple(labels), note, note, labels)


def _label(day: date, ticked: int) -> str:
    return f"{'✅ ' if ticked else ''}{short_day(day)}"
