"""The ladder: an alert goes to a named member of staff, and climbs until somebody has it and the matter is settled.

Unacknowledged within the rung's minutes: the next rung. Acknowledged but not settled within the policy's time: it
climbs again. The last rung repeats to all rungs where the design says so: cases, unread messages, held sends, classes
without marks (promises 2 and 8). Anything else is told once to each rung and then waits on the board. People marked
away are skipped. Nothing here is ever the end by itself: only standing the alert down is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from attendance.calendar import Session, instant, local
from attendance.effects import RaiseAlert
from attendance.people import StaffMember
from attendance.policy import Rung
from attendance.school import School

NOTICE_MINUTES = 15
AGAIN = timedelta(hours=1)
"""How soon all rungs hear again of what is not urgent, and of anything in quiet hours, once each was told."""
LATER_THAT_DAY = timedelta(hours=3)
"""How soon after that they hear again of words that can wait; from the next school day on, once a morning (A63)."""
READ_IS_ENOUGH = frozenset(
    {"message_to_read", "unlisted_number", "vulnerable_absent", "number_bad", "opted_out", "morning_summary"}
)
"""Matters that end when somebody has read them; the case, the number's task and the register go on by themselves.

Danger from an unlisted number has nothing else that goes on: it is over when a person says so.
"""
MESSAGES = frozenset({"message_to_read", "sender_doubt", "unlisted_number"})
"""Somebody's words that nobody of the staff has read: they climb as a case does (promise 2)."""
PATIENT = READ_IS_ENOUGH | {"unaccounted"}
"""Urgent, but once everybody was told an hour may pass before all hear again."""
UNTIL_THE_CHILDREN_GO_HOME = frozenset({"unaccounted"})
"""Matters of the school day: after its end they wait for the next school morning, when there is a new register."""
TUTORS = ("tutor", "teacher")


@dataclass(frozen=True, slots=True)
class Told:
    """One member of staff was told at one time, as holder of one role."""

    staff: str
    role: str
    at: datetime
    reason: str


ALERT_REASONS = frozenset(
    """not_reached no_contact believed_in_school missing safeguarding contradicted vulnerable_absent afternoon_absence
    unaccounted register_missing discrepancy mass_send_held message_to_read sender_doubt barred_contact_wrote
    unlisted_number number_bad opted_out not_returned not_settled delivery_outage leave_to_decide
    leave_overdue leave_contradicted leave_taken morning_summary""".split()
)
"""Why staff are told: the closed list of docs/vocabulary.md."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One matter that staff must know of. `due_at` is when it climbs; None when it does not climb or is over."""

    key: str
    reason: str
    urgent: bool
    pupils: tuple[str, ...]
    because: str
    opened_at: datetime
    session: Session | None = None
    rungs: tuple[Rung, ...] = ()
    own: int | None = None
    """How many rungs the alert asked for itself; the others are the policy's. None: raised before this was kept."""
    climbs: bool = True
    staff: str | None = None
    rung: int = -1
    told: tuple[Told, ...] = ()
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    due_at: datetime | None = None
    live: bool = True
    version: int = 0


@dataclass(frozen=True, slots=True)
class TellStaff:
    """Write to this member of staff about the alert; `number` counts what this alert has told, for its key."""

    staff: StaffMember
    role: str
    reason: str
    number: int


Climb = tuple[Alert, list[TellStaff]]


def open_alert(effect: RaiseAlert, now: datetime, school: School, to_all: bool = False) -> Climb:
    """Begin an alert at its first rung: those named first, then the roles asked for, then the policy's ladder.

    `to_all`: at the last one at once, because everybody hears of this child already.
    """
    own = tuple(Rung(role=role, minutes=NOTICE_MINUTES) for role in effect.roles)
    ladder = tuple(rung for rung in school.policy.firstday.ladder if rung.role not in effect.roles)
    alert = Alert(
        key=effect.key,
        reason=effect.reason,
        urgent=effect.urgent,
        pupils=effect.pupils,
        because=effect.because,
        opened_at=now,
        session=effect.session,
        rungs=(*own, *ladder),
        own=len(own),
        climbs=effect.climbs,
        staff=effect.staff,
        rung=len(own) + len(ladder) if to_all else -1,
    )
    return _to_next_rung(alert, now, school)


def more_children(alert: Alert, effect: RaiseAlert, now: datetime, school: School) -> Climb:
    """A live alert comes to concern further children (`effect` names them all): it is told anew, with all of them.

    Whoever had it had fewer, so its ladder begins again. Where nobody had it, all who were told hear of the others,
    and the clock of the first children goes on: a second class must not keep the next rung waiting for both. It is told
    as what it is: that the first children were not settled is no news of the others.
    """
    if alert.acknowledged_by is not None or not alert.told:
        fresh, words = open_alert(effect, now, school)
        again = [replace(word, number=word.number + len(alert.told)) for word in words]
        return replace(fresh, version=alert.version, told=(*alert.told, *fresh.told)), again
    reason = matter(alert)
    urgent = effect.urgent or alert.urgent
    grown = replace(alert, reason=reason, pupils=effect.pupils, because=effect.because, urgent=urgent)
    roles = {told.staff: told.role for told in alert.told}
    here = [(one, role) for id, role in roles.items() if (one := school.roll.staff_member(id)) and not one.away]
    told = tuple(Told(member.id, role, now, reason) for member, role in here)
    words = [TellStaff(member, role, reason, len(alert.told) + place) for place, (member, role) in enumerate(here)]
    return replace(grown, told=(*alert.told, *told)), words


def time_passed(alert: Alert, due_at: datetime, now: datetime, school: School) -> Climb:
    """The rung's minutes, or the time to settle, ran out. An overtaken time changes nothing."""
    if not alert.live or alert.due_at != due_at or now < due_at:
        return alert, []
    alert = _by_the_ladder_of_now(alert, school)
    if not _repeats(alert) and _was_told_to_all(alert, school):  # who was the next is away by now
        return replace(alert, climbs=False, due_at=None), []
    if alert.acknowledged_by is not None:
        alert = replace(alert, reason="not_settled", acknowledged_by=None, acknowledged_at=None)
    return _to_next_rung(alert, now, school)


def _by_the_ladder_of_now(alert: Alert, school: School) -> Alert:
    """The rungs that are still to come, where the policy's ladder was changed while the alert ran.

    Rungs that were told stay told. The others follow the ladder as it is now: a role that it does not name any more is
    no rung, one that is new is told before everybody hears again. What the alert itself asked for comes first.
    """
    if alert.own is None:
        return alert
    ladder = school.policy.firstday.ladder
    own = alert.rungs[: alert.own]
    asked = {rung.role for rung in own}
    done = alert.rungs[: alert.rung + 1]
    told = {rung.role for rung in done}
    if alert.rungs[alert.own :] == tuple(rung for rung in ladder if rung.role not in asked):
        return alert
    rest = tuple(rung for rung in (*own, *ladder) if rung.role not in told)
    rung = len(done) - 1 if rest or alert.rung < len(alert.rungs) else len(done)
    return replace(alert, rungs=(*done, *rest), rung=rung)


def matter(alert: Alert) -> str:
    """What it was about when it was raised; its reason may say by now that somebody had it and did not settle it."""
    return alert.told[0].reason if alert.told else alert.reason


def _repeats(alert: Alert) -> bool:
    """A case, an unread message, a held send, a class without marks. What a child of the priority list's named person
    is told at close has a case of its own that climbs."""
    return matter(alert) in MESSAGES or (alert.urgent and matter(alert) != "vulnerable_absent")


def _was_told_to_all(alert: Alert, school: School) -> bool:
    """No rung above this one has anybody."""
    return not any(_holders(alert, rung.role, school) for rung in alert.rungs[alert.rung + 1 :])


def acknowledge(alert: Alert, staff: str, now: datetime, school: School) -> Alert:
    """Somebody has it. The clock goes on: not settled in time, it climbs again."""
    if not alert.live or alert.acknowledged_by is not None:
        return alert
    if alert.reason in READ_IS_ENOUGH and not (alert.urgent and alert.reason == "unlisted_number"):
        return replace(stand_down(alert), acknowledged_by=staff, acknowledged_at=now)
    ends = now + school.policy.firstday.settle_within
    due = ends if alert.urgent else school.words_may_leave(ends)
    return replace(alert, acknowledged_by=staff, acknowledged_at=now, due_at=due if alert.climbs else None)


def stand_down(alert: Alert) -> Alert:
    """The matter is settled; nobody is told any more."""
    return replace(alert, live=False, due_at=None)


def _to_next_rung(alert: Alert, now: datetime, school: School) -> Climb:
    holders: list[tuple[StaffMember, str]] = []
    rung = alert.rung
    if rung < 0 and alert.staff and (first := school.roll.staff_member(alert.staff)) and not first.away:
        holders.append((first, first.roles[0] if first.roles else "attendance_officer"))
    while rung + 1 < len(alert.rungs):
        rung += 1
        found = _holders(alert, alert.rungs[rung].role, school)
        holders += [(member, role) for member, role in found if member.id not in {told.id for told, _ in holders}]
        if found:
            break
    else:
        rung = len(alert.rungs)
        if not holders:
            holders = _everybody(alert, school)
    told = tuple(Told(member.id, role, now, alert.reason) for member, role in holders)
    words = [
        TellStaff(member, role, alert.reason, len(alert.told) + place) for place, (member, role) in enumerate(holders)
    ]
    alert = replace(alert, rung=rung, told=(*alert.told, *told))
    climbs = alert.climbs and (_repeats(alert) or not _was_told_to_all(alert, school))
    return replace(alert, climbs=climbs, due_at=climbs_at(alert, now, school) if climbs else None), words


def _holders(alert: Alert, role: str, school: School) -> list[tuple[StaffMember, str]]:
    pupil = school.roll.pupils.get(alert.pupils[0]) if alert.pupils else None
    group = pupil.group if pupil and role in TUTORS else None
    house = pupil.house if pupil else ""
    year = pupil.year if pupil else None
    return [(member, role) for member in school.roll.staff_for(role, group, house, year)[:1]]


def _everybody(alert: Alert, school: School) -> list[tuple[StaffMember, str]]:
    """All rungs at once; where no rung has anybody, every member of staff who is not away; else those too."""
    found: dict[str, tuple[StaffMember, str]] = {}
    for rung in alert.rungs:
        for member, role in _holders(alert, rung.role, school):
            found.setdefault(member.id, (member, role))
    if not found:
        here = [member for member in school.roll.staff if not member.away]
        for member in here or school.roll.staff:
            found.setdefault(member.id, (member, member.roles[0] if member.roles else "office"))
    return list(found.values())


def climbs_at(alert: Alert, now: datetime, school: School) -> datetime:
    """A child in danger climbs at any hour; what can wait for the morning does."""
    minutes = alert.rungs[min(max(alert.rung, 0), len(alert.rungs) - 1)].minutes if alert.rungs else NOTICE_MINUTES
    everybody_knows = alert.rung >= len(alert.rungs)
    if everybody_knows and not alert.urgent and matter(alert) in MESSAGES:
        return _reminded_at(alert, now, school)
    patient = not alert.urgent or matter(alert) in PATIENT or school.is_quiet(now)
    due = now + (AGAIN if everybody_knows and patient else timedelta(minutes=minutes))
    if matter(alert) in UNTIL_THE_CHILDREN_GO_HOME and school.is_odd_hour(due):
        return school.next_morning(due)
    return due if alert.urgent else school.words_may_leave(due)


def _reminded_at(alert: Alert, now: datetime, school: School) -> datetime:
    """Words that can wait, which everybody was told of: after an hour, some hours later, then once a school morning."""
    first: dict[str, datetime] = {}
    for told in alert.told:
        first.setdefault(told.staff, told.at)
    known = max(first.values(), default=now)
    if local(now).date() != local(known).date():
        return school.words_may_leave(instant(local(now).date() + timedelta(days=1), time.min))
    return school.words_may_leave(now + (AGAIN if now < known + AGAIN else LATER_THAT_DAY))
