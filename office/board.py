"""The board: one row a child, the most urgent first, each with a clock to the next thing that happens by itself.

Bands say what a person does next: act now, read, check and confirm, wait, settled. A pure function of a snapshot.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from attendance.calendar import Half, Session
from attendance.case import Case
from attendance.codes import is_unexplained
from attendance.ladder import READ_IS_ENOUGH, Alert
from attendance.leave import LeaveRequest
from attendance.people import Pupil
from attendance.register import Entry
from attendance.rounds import rounds_of
from attendance.tasks import Task
from office import wording
from office.snapshot import Said, Snapshot

OF_A_CLASS = frozenset({"unaccounted", "register_missing"})
OF_THE_SCHOOL = frozenset({"mass_send_held", "leave_to_decide", "discrepancy", "morning_summary"})
"""Alerts with a place of their own beside the rows."""
TO_READ = frozenset({"message_to_read", "sender_doubt", "unlisted_number", "number_bad", "opted_out"})
DANGER = (
    "missing",
    "believed_in_school",
    "contradicted",
    "safeguarding",
    "barred_contact_wrote",
    "afternoon_absence",
    "vulnerable_absent",
    "not_settled",
    "no_contact",
    "not_reached",
    "not_returned",
    "delivery_outage",
)
"""What a person acts on, the worst first."""
CALM = ("late_on_the_way", "no_reason_given")
SINGLY = frozenset({"M"})
"""Medical marks are confirmed one by one, evidence beside them; never in a batch."""


@dataclass(frozen=True, slots=True)
class Countdown:
    """The next thing that happens by itself: when (aware UTC), and what."""

    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Row:
    """One child (or one matter without a child) on the board."""

    id: str
    title: str
    pupil: Pupil | None = None
    detail: str = ""
    asked: tuple[str, ...] = ()
    words: Said | None = None
    hidden: bool = False
    """The words are not for whoever looks: a disclosure of harm."""
    mark: str | None = None
    provisional: bool = False
    countdown: Countdown | None = None
    owner: str = ""
    owned: bool = False
    alerts: tuple[Alert, ...] = ()
    tasks: tuple[Task, ...] = ()
    tier: str = ""
    stamp: str = ""
    may_confirm: bool = False
    in_bulk: bool = False
    rank: tuple[int, ...] = (99,)

    @property
    def is_news(self) -> bool:
        """To know of it is all that is asked: the chase goes on by itself."""
        return bool(self.alerts) and all(alert.reason in READ_IS_ENOUGH for alert in self.alerts)


@dataclass(frozen=True, slots=True)
class Band:
    """Rows with one thing to do."""

    id: str
    title: str
    hint: str
    nothing: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class whose register is not in."""

    group: str
    half: Half
    alert: Alert | None
    pupils: tuple[Pupil, ...]
    teacher: str = ""
    unaccounted: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the page."""

    bands: tuple[Band, ...]
    held: Alert | None = None
    held_rows: tuple[Row, ...] = ()
    registers: tuple[ClassRow, ...] = ()
    discrepancies: tuple[Row, ...] = ()
    leave: tuple[tuple[LeaveRequest, Pupil, str], ...] = ()
    counts: dict[str, int] = field(default_factory=dict)

    def band(self, name: str) -> Band:
        """One band by its id."""
        return next(band for band in self.bands if band.id == name)


Sees = Callable[[Pupil], bool]
Reads = Callable[[str, Said], bool]


def build(snapshot: Snapshot, sees: Sees = lambda _: True, reads: Reads = lambda _, __: True) -> Board:
    """The board for somebody who `sees` some pupils and `reads` some words about them (pupil id, words)."""
    rows: dict[str, list[Row]] = {"act": [], "read": [], "confirm": [], "wait": [], "settled": []}
    for pupil in _concerned(snapshot):
        if sees(pupil):
            band, row = _row(snapshot, pupil, reads)
            if band is not None:
                rows[band].append(row)
    if sees_all := all(sees(pupil) for pupil in snapshot.school.roll.pupils.values()):
        for alert in snapshot.alerts:
            if not alert.pupils and alert.reason not in OF_THE_SCHOOL:
                rows["act" if alert.urgent else "read"].append(_without_child(snapshot, alert, reads))
    held = next((alert for alert in snapshot.alerts if alert.reason == "mass_send_held"), None)
    bands = tuple(
        Band(id_, title, hint, nothing, tuple(sorted(rows[id_], key=_order))) for id_, title, hint, nothing in BANDS
    )
    registers = tuple(row for row in _registers(snapshot) if any(sees(pupil) for pupil in row.pupils))
    return Board(
        bands=bands,
        held=held if sees_all else None,
        registers=registers,
        discrepancies=tuple(_discrepancies(snapshot, sees)),
        leave=tuple(_leave(snapshot, sees, reads)),
        counts={band.id: len(band.rows) for band in bands},
    )


BANDS = (
    ("act", "Act now", "Danger, missing, or nobody reached by the deadline.", "Nothing needs you this minute."),
    ("read", "Read", "Messages that the machine was not sure of.", "Nothing to read."),
    ("confirm", "Check and confirm", "A family gave a reason; the code is provisional until you confirm it.",
     "Nothing to confirm."),
    ("wait", "Waiting", "Families were asked. The clock shows what happens next by itself.", "Nobody is being asked."),
    ("settled", "Settled", "Accounted for today. A settled case still hears danger.", "Nothing settled yet."),
)  # fmt: skip


def _order(row: Row) -> tuple[object, ...]:
    at = row.countdown.at.timestamp() if row.countdown else float("inf")
    name = (row.pupil.family, row.pupil.given) if row.pupil else ("", "")
    return (*row.rank, at, *name)


def _concerned(snapshot: Snapshot) -> list[Pupil]:
    """Everybody with a case, an alert of their own, or a code to confirm today."""
    ids = dict.fromkeys(case.pupil for case in snapshot.cases)
    for alert in snapshot.alerts:
        if alert.reason not in OF_A_CLASS | OF_THE_SCHOOL:
            ids.update(dict.fromkeys(alert.pupils))
    ids.update(dict.fromkeys(entry.pupil for entry in snapshot.entries if to_confirm(entry)))
    ids.update(dict.fromkeys(pupil for task in snapshot.tasks for pupil in task.pupils))
    pupils = snapshot.school.roll.pupils
    return [pupils[id] for id in ids if id in pupils]


def to_confirm(entry: Entry) -> bool:
    """A provisional code that says why a child is away, and that a person has not confirmed yet."""
    return entry.provisional and not is_unexplained(entry.ours) and not entry.present


def _row(snapshot: Snapshot, pupil: Pupil, reads: Reads) -> tuple[str | None, Row]:
    cases = snapshot.cases_of(pupil.id)
    case = main_case(cases)
    alerts = [a for a in snapshot.alerts_of(pupil.id) if a.reason not in OF_A_CLASS | OF_THE_SCHOOL]
    entries = [entry for entry in snapshot.entries if entry.pupil == pupil.id]
    tasks = tuple(task for task in snapshot.tasks if pupil.id in task.pupils)
    proposed = next((entry for entry in entries if to_confirm(entry)), None)
    band = _band(case, alerts, proposed, tasks)
    if band is None:
        return None, Row("", "")
    entry = proposed or _entry_of(entries, case)
    acting = sorted((a for a in alerts if a.reason not in TO_READ), key=lambda a: _danger_rank(a.reason))
    shown = acting if band == "act" else alerts
    words = newest_words(snapshot, pupil.id, shown)
    tier = tier_of(snapshot, pupil)
    owner = next((a for a in shown if a.acknowledged_by), None)
    return band, Row(
        id=f"row-{pupil.id}",
        title=_title(case, shown, proposed, tasks, snapshot, band),
        pupil=pupil,
        detail=_detail(case, shown, band),
        asked=asked_words(snapshot, case) if band in ("wait", "act") and case else (),
        words=words,
        hidden=words is not None and not reads(pupil.id, words),
        mark=entry.current if entry else (case.mark if case else None),
        provisional=bool(entry and entry.provisional and entry.current == entry.ours),
        countdown=_countdown(snapshot, case, shown, band),
        owner=_owner(snapshot, owner) if owner else "",
        owned=bool(shown) and all(a.acknowledged_by for a in shown),
        alerts=tuple(shown),
        tasks=tasks,
        tier=tier,
        stamp=snapshot.stamp(pupil.id),
        may_confirm=proposed is not None and band in ("confirm", "settled"),
        in_bulk=band == "confirm" and proposed is not None and proposed.ours not in SINGLY and not tier and not tasks,
        rank=_rank(shown, case, tier, band),
    )


def main_case(cases: Sequence[Case]) -> Case | None:
    """The case of the day that needs more of a person."""
    worst = ("alarmed", "handed_over", "open", "asked", "answered", "settled")
    return min(cases, key=lambda case: worst.index(case.stage), default=None)


def _band(case: Case | None, alerts: Sequence[Alert], proposed: Entry | None, tasks: Sequence[Task]) -> str | None:
    if any(alert.reason not in TO_READ for alert in alerts):
        return "act"
    if case is not None and case.stage in ("alarmed", "handed_over"):
        return "act"
    if alerts:
        return "read"
    if tasks and (case is None or case.stage in ("answered", "settled")):
        return "read"
    if proposed is not None:
        return "confirm"
    if case is None:
        return None
    if case.stage == "answered":
        return "wait" if case.outcome == "late_on_the_way" else "confirm"
    return "settled" if case.stage == "settled" else "wait"


def _danger_rank(reason: str) -> int:
    return DANGER.index(reason) if reason in DANGER else len(DANGER)


def _rank(alerts: Sequence[Alert], case: Case | None, tier: str, band: str) -> tuple[int, ...]:
    if band == "act":
        worst = min((_danger_rank(alert.reason) for alert in alerts), default=len(DANGER) - 3)
        open_ = any(alert.acknowledged_by is None for alert in alerts)
        return (0 if open_ else 1, worst, 0 if tier else 1)
    if band == "wait":
        return (0 if tier else 1, 0 if case and case.afternoon_missed else 1)
    return (0 if tier else 1,)


def _title(
    case: Case | None,
    alerts: Sequence[Alert],
    proposed: Entry | None,
    tasks: Sequence[Task],
    snapshot: Snapshot,
    band: str,
) -> str:
    if alerts and band in ("act", "read"):
        return wording.ALERTS.get(alerts[0].reason, alerts[0].reason)
    if band == "read" and tasks:
        return wording.TASKS.get(tasks[0].what, tasks[0].what)
    if band == "confirm" and proposed is not None:
        return wording.code_name(proposed.ours, snapshot.school.policy.code_set)
    if case is None:
        return ""
    if case.stage in ("answered", "settled", "handed_over"):
        return wording.settled_as(case)
    if case.held:
        return "Held: not asked yet"
    return "Asked, no answer yet" if case.attempts else "Not asked yet"


def _detail(case: Case | None, alerts: Sequence[Alert], band: str) -> str:
    if alerts and band in ("act", "read"):
        return alerts[0].because
    if band == "wait" and case is not None and case.afternoon_missed:
        return "Missed the afternoon register too."
    return ""


def _owner(snapshot: Snapshot, alert: Alert) -> str:
    member = snapshot.school.roll.staff_member(alert.acknowledged_by or "")
    name = member.name if member else "Somebody"
    since = wording.clock(alert.acknowledged_at) if alert.acknowledged_at else ""
    return f"{name} has it since {since}"


def _countdown(snapshot: Snapshot, case: Case | None, alerts: Sequence[Alert], band: str) -> Countdown | None:
    found: list[Countdown] = []
    if case is not None and case.due_at is not None and band in ("wait", "act"):
        found.append(Countdown(case.due_at, next_step(snapshot, case)))
    found += [Countdown(alert.due_at, climbs_to(alert)) for alert in alerts if alert.due_at is not None]
    return min(found, key=lambda one: one.at, default=None)


def next_step(snapshot: Snapshot, case: Case) -> str:
    """What the case's own clock runs to."""
    if case.stage == "answered":
        return "should have arrived"
    if case.held or case.next_at is None or case.due_at == case.deadline_at:
        return "goes to staff"
    roll = snapshot.school.roll
    links = roll.links_of(case.pupil)
    for step in rounds_of(case, snapshot.school)[case.round :]:
        channels = [channel for channel in step.by if channel != "call"]
        for place in step.to:
            if place > len(links):
                continue
            link = links[place - 1]
            ways = roll.ways_to(case.pupil, link.contact, channels)
            if any(not case.asked_on(link.contact, channel) for channel, _ in ways):
                return f"asks {roll.contacts[link.contact].name} ({link.relation})"
        if "call" in step.by and any(place <= len(links) for place in step.to):
            return "the office is asked to ring"
    return "nobody is left to ask"


def climbs_to(alert: Alert) -> str:
    """Whom an alert goes to when its time is up."""
    if alert.acknowledged_by is not None:
        return "must be settled"
    if alert.rung + 1 < len(alert.rungs):
        return f"climbs to the {wording.role(alert.rungs[alert.rung + 1].role)}"
    return "everybody is told again"


def asked_words(snapshot: Snapshot, case: Case) -> tuple[str, ...]:
    """Who was asked, how and when: "Sana Hussain (mother), 09:15 by text"."""
    roll = snapshot.school.roll
    found = []
    for attempt in case.attempts:
        contact = roll.contacts.get(attempt.contact)
        link = roll.link(case.pupil, attempt.contact)
        name = contact.name if contact else "A former contact"
        relation = f" ({link.relation})" if link else ""
        failed = ", did not arrive" if attempt.state == "failed" else ""
        how = wording.CHANNELS.get(attempt.channel, attempt.channel)
        found.append(f"{name}{relation}, {wording.clock(attempt.at)} by {how}{failed}")
    return tuple(found)


def newest_words(snapshot: Snapshot, pupil: str, alerts: Sequence[Alert]) -> Said | None:
    """The message that an alert is about, else the newest one about this pupil."""
    for alert in alerts:
        parts = alert.key.split("/")
        if parts[0] == "message" and len(parts) > 1:
            for one in snapshot.said:
                if one.id == parts[1]:
                    return one
    return next((one for one in reversed(snapshot.said) if one.is_about(pupil)), None)


def tier_of(snapshot: Snapshot, pupil: Pupil) -> str:
    """Why this child is in a risk tier: "social worker"; empty for everybody else."""
    policy = snapshot.school.policy
    return ", ".join(wording.TAGS.get(tag, tag) for tag in sorted(pupil.tags) if policy.is_tiered([tag]))


def _entry_of(entries: Sequence[Entry], case: Case | None) -> Entry | None:
    if case is not None:
        return next((entry for entry in entries if entry.session == case.session), None)
    return next(iter(entries), None)


def _without_child(snapshot: Snapshot, alert: Alert, reads: Reads) -> Row:
    words = newest_words(snapshot, "", (alert,))
    return Row(
        id=f"alert-{alert.key.replace('/', '-')}",
        title=wording.ALERTS.get(alert.reason, alert.reason),
        detail=alert.because,
        words=words,
        hidden=words is not None and not reads("", words),
        countdown=Countdown(alert.due_at, climbs_to(alert)) if alert.due_at else None,
        owner=_owner(snapshot, alert) if alert.acknowledged_by else "",
        owned=alert.acknowledged_by is not None,
        alerts=(alert,),
        rank=(0 if alert.acknowledged_by is None else 1, _danger_rank(alert.reason), 0),
    )


def _registers(snapshot: Snapshot) -> list[ClassRow]:
    """Classes whose register closed without marks, those past the deadline first."""
    roll = snapshot.school.roll
    found: dict[tuple[str, Half], ClassRow] = {}
    halves: tuple[Half, ...] = ("am", "pm")
    for half in halves:
        for group, pupils in roll.groups.items():
            closes = [snapshot.school.closes_at(pupil, Session(snapshot.today, half)) for pupil in pupils]
            closed = [at for at in closes if at is not None]
            if not snapshot.school.calendar.is_school_day(snapshot.today) or not closed or max(closed) > snapshot.now:
                continue
            if group in snapshot.taken.get(half, frozenset()):
                continue
            found[group, half] = ClassRow(group, half, None, pupils, _teacher(snapshot, group))
    for alert in snapshot.alerts:
        if alert.reason not in OF_A_CLASS and not alert.key.startswith(("register/", "unaccounted/")):
            continue
        group, session = alert.key.rsplit("/", 1)[-1], alert.session
        row = found.get((group, session.half)) if session and session.day == snapshot.today else None
        if row is None or session is None:
            continue
        late = alert.key.startswith("unaccounted/")
        if row.alert is None or late:
            missing = tuple(roll.pupils[id] for id in alert.pupils if id in roll.pupils)
            found[group, session.half] = ClassRow(
                group, session.half, alert, missing, row.teacher, unaccounted=late or row.unaccounted
            )
    return sorted(found.values(), key=lambda row: (not row.unaccounted, row.half, row.group))


def _teacher(snapshot: Snapshot, group: str) -> str:
    for role in ("tutor", "teacher"):
        if holders := snapshot.school.roll.staff_for(role, group):
            return holders[0].name
    return ""


def _discrepancies(snapshot: Snapshot, sees: Sees) -> list[Row]:
    roll = snapshot.school.roll
    return [
        Row(
            id=f"alert-{alert.key.replace('/', '-')}",
            title=wording.ALERTS["discrepancy"],
            pupil=roll.pupils[pupil],
            detail=alert.because,
            alerts=(alert,),
            countdown=Countdown(alert.due_at, climbs_to(alert)) if alert.due_at else None,
            owned=alert.acknowledged_by is not None,
            owner=_owner(snapshot, alert) if alert.acknowledged_by else "",
        )
        for alert in snapshot.alerts
        if alert.reason == "discrepancy"
        for pupil in alert.pupils
        if pupil in roll.pupils and sees(roll.pupils[pupil])
    ]


def _leave(snapshot: Snapshot, sees: Sees, reads: Reads) -> list[tuple[LeaveRequest, Pupil, str]]:
    roll = snapshot.school.roll
    found = []
    for request in snapshot.leave:
        pupil = roll.pupils.get(request.pupil)
        if pupil is not None and sees(pupil):
            words = next((one for one in snapshot.said if one.id == request.message), None)
            text = words.text if words is not None and reads(pupil.id, words) else ""
            found.append((request, pupil, text))
    return found
