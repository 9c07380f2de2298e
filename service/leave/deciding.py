"""The head's decision on a request: kept, entered in the register, and told to the family."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from attendance.absences import Absence
from attendance.calendar import Session, local
from attendance.leave import LeaveRequest, machine
from attendance.leave.grounds import taken_as
from attendance.leave.people import may_decide
from attendance.people import StaffMember
from bot.conversation import Question
from bot.leave.asked import DETAIL
from service.errors import CannotDo, Stale
from service.leave import days as granted_days
from service.leave import letters
from service.leave.requests import chase_today, remind
from service.turns.carrying_out import record
from service.turns.turn import Turn
from service.turns.words import EMAIL, SMS, TELEGRAM, WordsToSend, unasked
from storage import leave, outbox

Act = Literal["grant", "refuse", "ask_more"]
WAYS = (SMS, TELEGRAM, EMAIL)
_OF_SEVERAL = ("leave.granted", "leave.refused")
"""The words that may be of several children at once."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What whoever decides says. `days` None: all days asked for. `reason` is the question where more is asked."""

    act: Act
    reason: str = ""
    days: Sequence[date] | None = None


async def decide_newest(turn: Turn, member: StaffMember, pupil: str, decision: Decision) -> LeaveRequest:
    """Decide on the request of this pupil that waits, else on the newest one. Raises CannotDo."""
    waiting = [one for one in await leave.open(turn.db, turn.school.id) if one.pupil == pupil]
    newest = max(waiting, key=lambda one: one.asked_at) if waiting else None
    request = newest or await leave.newest(turn.db, turn.school.id, pupil)
    if request is None:
        raise CannotDo("There is no leave request of this pupil to decide.")
    return await decide(turn, member, request, decision)


async def decide(turn: Turn, member: StaffMember, request: LeaveRequest, decision: Decision) -> LeaveRequest:
    """Decide on one request as it was read in this turn. The family is told in the morning if it is late.

    Raises CannotDo for somebody who may not decide, and for what the request's state does not allow.
    """
    if not may_decide(member, turn.school):
        raise CannotDo(f"Only the {turn.school.policy.leave.decides} decides on leave; ask them to.")
    by = machine.Decider(member.name, member.position, turn.now)
    try:
        decided = _decided(turn, request, by, decision)
    except machine.NotNow as why:
        raise CannotDo(str(why)) from why
    if not await leave.save(turn.db, turn.school.id, decided, request.version):
        raise Stale(request.id)
    stays = decision.act == "refuse" and request.until is not None
    said = request.longer(turn.school.calendar, "refused") if stays else decided
    if stays:
        await _away_all_the_same(turn, request)
    turn.note_leave(said, by=member.name, position=member.position, reason=decision.reason)
    await turn.stand_down(f"leave/{request.id}")
    await remind(turn, decided)
    if request.is_granted or decided.is_granted:
        await granted_days.enter(turn, member, decided, request)
        await chase_today(turn, decided, request)
    if decision.act != "ask_more" and (decision.act == "grant" or request.until is None):
        await letters.draft(turn, decided)
    await _tell(turn, request, decided, decision)
    return decided


async def _away_all_the_same(turn: Turn, request: LeaveRequest) -> None:
    """More days were refused, and the first of them has begun: the child is away as the family said, and that is known
    as leave taken without being granted. Before that day the family may still bring the child, which is then expected.
    """
    more = request.longer(turn.school.calendar)
    if more.first_day > local(turn.now).date():
        return
    refused = Absence(
        id=f"leave/{request.id}/refused/{request.until}",
        pupil=request.pupil,
        first_day=more.first_day,
        code=taken_as(request.code),
        recorded_at=turn.now,
        return_day=request.until,
        contact=request.contact,
    )
    await record(turn, refused)


def _decided(turn: Turn, request: LeaveRequest, by: machine.Decider, decision: Decision) -> LeaveRequest:
    match decision.act:
        case "grant":
            first = first_grantable(turn, request)
            return machine.grant(request, by, turn.school.calendar, first, decision.days, decision.reason)
        case "refuse":
            return machine.refuse(request, by, decision.reason)
        case "ask_more":
            return machine.ask_more(request, decision.reason)


def first_grantable(turn: Turn, request: LeaveRequest) -> date:
    """Today while its registers are open, then tomorrow: leave is never granted after the event (reading A86).

    Of what was asked for during the day, a later return too, only while the morning's register is open.
    """
    today = local(turn.now).date()
    known = turn.school.roll.pupils.get(request.pupil)
    if known is None:
        return today
    morning = turn.school.closes_at(known, Session(today, "am"))
    in_advance = request.until is None and (morning is None or request.asked_at < morning)
    last = turn.school.closes_at(known, Session(today, "pm")) if in_advance else None
    closes = last or morning
    return today if closes is None or turn.now < closes else today + timedelta(days=1)


# -- the family hears it ---------------------------------------------------------------------------------------------


async def _tell(turn: Turn, before: LeaveRequest, request: LeaveRequest, decision: Decision) -> None:
    contact = turn.school.roll.contacts.get(request.contact or "")
    ways = turn.school.roll.ways_to(request.pupil, contact.id, WAYS) if contact is not None else ()
    if contact is None or not ways:
        return
    asked = await _asked_from(turn, request)
    channel, address = asked if asked in ways else ways[0]
    template, values = _words(turn, before, request, decision)
    pupils = (*await _told_together(turn, request, template, channel, address), request.pupil)
    words = turn.wording.say(
        template,
        contact.language,
        names=tuple(turn.school.roll.pupils[pupil].called for pupil in pupils),
        school=turn.school.policy.short_name,
        phone=turn.school.policy.phone,
        **values,
    )
    key = f"leave/{request.id}/{request.state}/{before.version}"
    until = max(request.first_day, local(turn.now).date() + timedelta(days=1))
    row = unasked(key, channel, address, words, pupils, contact.id, until, turn)
    turn.send(_as_question(turn, row, request) if decision.act == "ask_more" else row)


async def _told_together(
    turn: Turn, request: LeaveRequest, template: str, channel: str, address: str
) -> tuple[str, ...]:
    """The brothers and sisters, asked for in the same breath, of whom the same was decided while the words wait for the
    morning: the family hears of all of them in one message (promise 9). What was to say it of them alone is cancelled.
    """
    told: list[str] = []
    for other in await _alike(turn, request) if template in _OF_SEVERAL else ():
        rows = await outbox.queued_with_key(turn.db, turn.school.id, f"leave/{other.id}/{other.state}/")
        same = [row for row in rows if (row.template, row.channel, row.address) == (template, channel, address)]
        kept_back = await outbox.cancel(turn.db, turn.school.id, message_ids=[row.message_id for row in same])
        told += [pupil for row in kept_back for pupil in row.pupils if pupil not in told]
    return tuple(pupil for pupil in told if pupil != request.pupil)


async def _alike(turn: Turn, request: LeaveRequest) -> list[LeaveRequest]:
    """The other requests of the same breath that were decided alike, for the same days."""
    if not request.together or request.contact is None:
        return []
    siblings = [link.pupil for link in turn.school.roll.children_of(request.contact) if link.pupil != request.pupil]
    others = await leave.of_pupils(turn.db, turn.school.id, siblings, request.first_day)
    return [one for one in others if one.together == request.together and _what(turn, one) == _what(turn, request)]


def _what(turn: Turn, request: LeaveRequest) -> tuple[object, ...]:
    back = request.back_on(turn.school.calendar)
    return request.state, request.contact, request.first_day, back, request.half, request.until


async def _asked_from(turn: Turn, request: LeaveRequest) -> tuple[str, str] | None:
    """The channel and address where the family was told last that it would hear there, by a message or by the form."""
    row = await outbox.by_key(turn.db, turn.school.id, f"reply/{request.told[-1]}") if request.told else None
    return None if row is None else (row.channel, row.address)


def _words(turn: Turn, before: LeaveRequest, request: LeaveRequest, decision: Decision) -> tuple[str, dict[str, Any]]:
    calendar = turn.school.calendar
    if decision.act == "ask_more":
        return "leave.more", {"question": decision.reason}
    if before.until is not None and decision.act == "refuse":
        return "leave.extra_refused", {"return_day": request.back_on(calendar)}
    if request.state == "granted":
        return "leave.granted", {
            "first_day": request.first_day,
            "return_day": request.back_on(calendar),
            "half": request.half,
        }
    if request.state == "granted_in_part":
        return "leave.granted_in_part", {"days": request.days}
    days = request.school_days(calendar)
    return "leave.refused", {"first_day": request.first_day, "last_day": days[-1] if days else request.first_day}


def _as_question(turn: Turn, row: WordsToSend, request: LeaveRequest) -> WordsToSend:
    """What the head asks is the open question of the family's thread."""
    today = local(turn.now).date()
    return replace(row, question=Question(DETAIL, (request.pupil,), today, turn.now, leave=True, lacks=("more",)))
