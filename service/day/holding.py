"""The brake in a person's hands (promise 7): hold what has not left, release it, or stop it for good."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attendance import ladder
from attendance.calendar import Session, local
from attendance.case import Case
from attendance.closing import held_alert, release_of
from attendance.effects import CancelWords, Hold
from attendance.events import SendHeld, SendReleased, SendStopped
from attendance.ladder import Alert
from service.day.held_send import HELD
from service.errors import CannotDo
from service.staff.staffing import member_of
from service.turns.turn import Turn


async def hold(turn: Turn, staff: str) -> int:
    """Hold what is queued and not yet with the provider; it waits for release or stop, with whoever held it.

    What the brake held stays held, and is theirs. Where nothing is, before today's next register closes, what its close
    would send is held. Children in a risk tier are never held. Answers how many children are concerned.
    """
    member = member_of(turn, staff)
    held: dict[Session, list[Case]] = {}
    for case in await turn.cases_of(local(turn.now).date()):
        if case.stage not in ("open", "asked") or case.held:
            continue
        if turn.school.policy.is_tiered(turn.school.roll.pupils[case.pupil].tags):
            continue
        await turn.move(case, SendHeld(f"hold/{staff}/{turn.now.isoformat()}/{case.pupil}"))
        await turn.apply([CancelWords(case.pupil, case.session)])
        held.setdefault(case.session, []).append(case)
    if not held and (now := await _held_today(turn)):  # the brake has done it: whoever holds says that it stays so
        await _is_theirs(turn, staff, now)
        return 0
    if not held and (coming := _closes_next(turn)) is not None:
        held[coming] = []
    for session, found in held.items():
        pupils = [turn.school.roll.pupils[case.pupil] for case in found]
        alert = held_alert(session, pupils, turn.school, by=f"{member.name}, {member.position}")
        await turn.apply([*([Hold("first_day_round", alert.because, alert.pupils)] if found else []), alert])
        await _is_theirs(turn, staff, [alert.key])
    return sum(len(found) for found in held.values())


def _closes_next(turn: Turn) -> Session | None:
    """The first of today's sessions in which a register is still open for somebody, or None."""
    today = local(turn.now).date()
    if not turn.school.calendar.is_school_day(today):
        return None
    for session in (Session(today, "am"), Session(today, "pm")):
        closes = (turn.school.closes_at(pupil, session) for pupil in turn.school.roll.pupils.values())
        if any(at is not None and at > turn.now for at in closes):
            return session
    return None


async def release(turn: Turn, staff: str) -> int:
    """What is still worth saying leaves; the hold is over. Answers for how many children somebody is asked now.

    A child who was seen, explained or answered for meanwhile is let go in silence; so is a send of an earlier day.
    """
    member = member_of(turn, staff)
    today = await turn.cases_of(local(turn.now).date())
    waiting = [case for case in today if case.held]
    looked_at = {case.session for case in waiting}
    for case in today:  # a tiered child was never held, and another's family wrote meanwhile: they were in the list too
        if case.session in looked_at and not case.held:
            await turn.move(case, SendReleased(release_of(case, turn.now), member.name))
    asked = 0
    for case in waiting:
        before = len(case.attempts)
        moved = await turn.move(case, SendReleased(release_of(case, turn.now), member.name))
        asked += len(moved.attempts) > before or (moved.stage == "asked" and moved.next_at is not None)
    await turn.stand_down(HELD)
    turn.note("released", [case.pupil for case in waiting], by=member.name, position=member.position)
    return asked


async def stop(turn: Turn, staff: str) -> int:
    """Nobody is written to. Each child who is still unexplained is with whoever stopped it, and climbs if not settled.

    Answers how many children that are.
    """
    member = member_of(turn, staff)
    if any(not alert.pupils for alert in await _alerts(turn)):
        raise CannotDo("No register has closed yet, so there is no child to stop it for: release it, or wait.")
    stopped = []
    for day in await _days_held(turn):
        for case in [case for case in await turn.cases_of(day) if case.held]:
            moved = await turn.move(case, SendStopped(f"stop/{case.session}/{case.pupil}", member.name))
            if moved.stage == "handed_over":
                stopped.append(moved)
    await _is_theirs(turn, staff, [f"{case.key}/not_reached/{case.reopened}" for case in stopped])
    await turn.stand_down(HELD)
    turn.note("stopped", [case.pupil for case in stopped], by=member.name, position=member.position)
    return len(stopped)


async def is_held(turn: Turn) -> bool:
    """Whether there is anything to release or stop."""
    return bool(await _alerts(turn)) or any(case.held for case in await turn.cases_of(local(turn.now).date()))


async def _held_today(turn: Turn) -> list[str]:
    """The keys of the alerts about children who are held today."""
    today = local(turn.now).date()
    return [
        one.key for one in await _alerts(turn) if one.pupils and one.session is not None and one.session.day == today
    ]


async def _is_theirs(turn: Turn, staff: str, keys: Sequence[str]) -> None:
    await turn.look_up_alerts(keys)
    for key in keys:
        alert = await turn.alert_by_key(key)
        if alert is not None and alert.live and alert.acknowledged_by is None:
            turn.put_alert(ladder.acknowledge(alert, staff, turn.now, turn.school))


async def _days_held(turn: Turn) -> list[date]:
    today = local(turn.now).date()
    days = {alert.session.day for alert in await _alerts(turn) if alert.session is not None}
    return sorted({today, *days})


async def _alerts(turn: Turn) -> list[Alert]:
    return [alert for alert in await turn.live_alerts() if alert.key.startswith(HELD)]
