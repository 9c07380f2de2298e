"""Alerts whose ground is gone: the register says what was reported after all, or has the child in school since."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date

from attendance.absences import Absence
from attendance.calendar import Session, local
from attendance.codes import has_arrived, is_unexplained
from attendance.events import HeardSince, SeenSince
from attendance.ladder import Alert, acknowledge, matter, stand_down
from attendance.on_a_trip import trip_key
from attendance.proposals import withdrawals
from attendance.register import Entry
from bot.for_staff.passing_on import NO_REASON, NOBODY_ASKS, TAKEN_BACK
from bot.known import is_away_on
from service.turns.turn import Turn


def discrepancy_key(entry: Entry) -> str:
    """The key of the alert that this entry's mark says otherwise than what was reported."""
    return f"discrepancy/{entry.session}/{entry.pupil}"


async def take_back(
    turn: Turn, absence: Absence, instead: Absence | None, since: date | None = None, used_up: bool = False
) -> None:
    """The codes that a report proposed and that no longer hold, but for what the report that takes its place covers.

    `since`: from this day on only; what the register says of the days before is not touched. `used_up`: the child was
    back, so that what was confirmed of it in advance holds no more either.
    """
    last = absence.return_day or absence.first_day
    entries = await turn.entries([absence.pupil], since or absence.first_day, last)
    await turn.amend(withdrawals(absence, instead, entries, turn.now, turn.school.calendar, used_up))


async def agrees_again(turn: Turn, entry: Entry) -> None:
    """The mark no longer contradicts the report: nobody has to look. What hangs below the key is another matter."""
    alert = await turn.alert_by_key(discrepancy_key(entry))
    if alert is not None and alert.live:
        turn.put_alert(stand_down(alert))


async def was_looked_at(turn: Turn, pupil: str, session: Session) -> None:
    """A person entered the code that stands: nobody has to look any more at what did not agree about this mark."""
    key = discrepancy_key(Entry(pupil, session))
    for alert in await turn.live_alerts():
        if alert.key in (key, f"case/{pupil}/{session}/discrepancy") or alert.key.startswith(f"{key}/"):
            turn.put_alert(stand_down(alert))


async def said_this_morning(turn: Turn, entry: Entry) -> bool:
    """The morning's mark contradicts the same report in the same way: once is enough."""
    if entry.session.half == "am":
        return False
    today = await turn.entries([entry.pupil], entry.session.day, entry.session.day)
    morning = today.get((entry.pupil, replace(entry.session, half="am")))
    return morning is not None and morning.disagrees and morning.ours == entry.ours


async def nothing_disagrees(turn: Turn, absence: Absence) -> None:
    """A report that was taken back contradicts no mark of today any more."""
    for session in absence.sessions(turn.school.calendar):
        if session.day == local(turn.now).date():
            await agrees_again(turn, Entry(absence.pupil, session))
            await turn.stand_down(f"case/{absence.pupil}/{session}/discrepancy")


async def seen_since(turn: Turn, session: Session, codes: Mapping[str, str]) -> None:
    """Children who are in school now are sought no more for an earlier day (`codes`: their new marks)."""
    here = {pupil for pupil, code in codes.items() if has_arrived(code)}
    known = {trip_key(session.day, pupil) for pupil, code in codes.items() if not is_unexplained(code)}
    await _can_be_checked_later(turn, here)
    for alert in await turn.live_alerts() if known else ():
        if alert.key in known:
            turn.put_alert(stand_down(alert))
        if (
            alert.key.startswith("message/")
            and alert.key.endswith((NOBODY_ASKS, TAKEN_BACK))
            and here.issuperset(alert.pupils)
        ):
            turn.put_alert(stand_down(alert))
    for pupil, earlier in await _sought_before(turn, here, session.day):
        if (case := await turn.case(pupil, earlier)) is not None:
            await turn.move(case, SeenSince(f"seen/{session}/{pupil}"))


async def heard_since(turn: Turn, absence: Absence) -> None:
    """A contact says where the child is today: nobody goes on looking for it because of an earlier day."""
    today = local(turn.now).date()
    if absence.contact is None or not is_away_on(absence, today):
        return
    await _can_be_checked_later(turn, {absence.pupil})
    for pupil, earlier in await _sought_before(turn, {absence.pupil}, today):
        if (case := await turn.case(pupil, earlier)) is not None:
            await turn.move(case, HeardSince(f"heard/{absence.id}", absence.contact))


async def was_read_by(turn: Turn, staff: str, pupil: str) -> None:
    """Whoever holds a family's thread and says what came of the child has read the words that came in it."""
    for alert in await turn.live_alerts():
        if alert.pupils == (pupil,) and matter(alert) == "message_to_read" and alert.staff == staff:
            turn.put_alert(acknowledge(alert, staff, turn.now, turn.school))


async def is_accounted_for(turn: Turn, pupil: str) -> None:
    """A person, or somebody who may report, has said by now where this child is: there is nobody left to be rung
    because nobody could be asked, and doubtful words need not be hurried.
    """
    await _can_be_checked_later(turn, {pupil})
    for alert in await turn.live_alerts():
        unasked = alert.key.startswith("message/") and alert.key.endswith(NOBODY_ASKS)
        if unasked and await _all_accounted_for(turn, alert, {pupil}):
            turn.put_alert(stand_down(alert))


async def _can_be_checked_later(turn: Turn, pupils: AbstractSet[str]) -> None:
    """Words about these children that may be nobody's who may report: since a parent's word, or the register, accounts
    for the children, whoever reads them need not be hurried. They stay on the board and climb no more.
    """
    for alert in await turn.live_alerts() if pupils else ():
        if matter(alert) != "sender_doubt" or alert.urgent or not alert.pupils or not alert.climbs:
            continue
        if await _all_accounted_for(turn, alert, pupils):
            turn.put_alert(replace(alert, climbs=False, due_at=None))


async def _all_accounted_for(turn: Turn, alert: Alert, pupils: AbstractSet[str]) -> bool:
    """The children of this alert are among these, or somebody has said by now why they are away."""
    today = local(turn.now).date()
    others = [pupil for pupil in alert.pupils if pupil not in pupils]
    cases = {case.pupil: case for case in await turn.cases_of(today, others)} if others else {}
    return not pupils.isdisjoint(alert.pupils) and all(
        pupil in cases and cases[pupil].stage in ("answered", "settled") for pupil in others
    )


async def reason_came(turn: Turn, absence: Absence) -> None:
    """ "He is with me", and a minute later "got a cold": nobody need read the first words for the reason any more."""
    if is_unexplained(absence.code) or not is_away_on(absence, local(turn.now).date()):
        return
    await is_accounted_for(turn, absence.pupil)
    for alert in await turn.live_alerts():
        if alert.key.endswith(NO_REASON) and alert.pupils == (absence.pupil,):
            turn.put_alert(stand_down(alert))


async def _sought_before(turn: Turn, pupils: AbstractSet[str], day: date) -> list[tuple[str, Session]]:
    """Those of these pupils whom staff are told to look for because of a day before `day`."""
    if not pupils:
        return []
    sought = {
        (alert.pupils[0], alert.session)
        for alert in await turn.live_alerts()
        if alert.session is not None and alert.session.day < day and len(alert.pupils) == 1
    }
    return [one for one in sorted(sought, key=str) if one[0] in pupils]
