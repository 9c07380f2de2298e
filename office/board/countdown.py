"""The clock of a row: the next thing that happens by itself, and what that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from attendance.case import Case
from attendance.ladder import Alert
from attendance.rounds import rounds_of
from attendance.tasks import Task
from office import wording
from office.board.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Countdown:
    """The next thing that happens by itself: when (aware UTC), and what."""

    at: datetime
    what: str


def countdown_of(
    snapshot: Snapshot, case: Case | None, alerts: Sequence[Alert], band: str, calls: Sequence[Task] = ()
) -> Countdown | None:
    """The soonest of a row's clocks. `calls` are tasks to ring, whose time shows also when it has passed."""
    running = [case] if case is not None and band in ("wait", "act", "read") else []
    clocks = all_of(snapshot, running, alerts)
    if band == "read":
        clocks += [Countdown(task.due, "a call is due") for task in calls]
    return min(clocks, key=lambda one: one.at, default=None)


def all_of(snapshot: Snapshot, cases: Sequence[Case], alerts: Sequence[Alert]) -> list[Countdown]:
    """Every clock that runs for these cases and alerts."""
    found = [Countdown(case.due_at, next_step(snapshot, case)) for case in cases if case.due_at is not None]
    return found + [Countdown(alert.due_at, climbs_to(alert)) for alert in alerts if alert.due_at is not None]


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
            if not link.set_aside and any(not case.asked_on(link.contact, channel) for channel, _ in ways):
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
