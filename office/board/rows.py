"""One row of the board: one child (or one matter without a child), where it stands and what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from attendance.case import Attempt, Case
from attendance.ladder import READ_IS_ENOUGH, Alert
from attendance.people import Pupil
from attendance.register import Entry
from attendance.tasks import Task
from office import wording
from office.board.countdown import Countdown, climbs_to, countdown_of
from office.board.last_words import LastWords, last_words
from office.board.snapshot import Said, Snapshot
from office.families.numbers import PHONES, numbers_of

OF_A_CLASS = ("register/", "unaccounted/")
OF_THE_SCHOOL = ("hold/", "leave/")
ELSEWHERE = frozenset({"discrepancy", "morning_summary"})
"""Alerts with a place of their own beside the rows: by the beginning of their key, or by their reason."""
TO_READ = frozenset({"message_to_read", "sender_doubt", "unlisted_number", "number_bad", "opted_out"})
CHASED = frozenset({"act", "read", "wait"})
"""Bands in which somebody may still be asked."""
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
SINGLY = frozenset({"M"})
"""Medical marks are confirmed one by one, evidence beside them; never in a batch."""
ASKED_FOR_THE_RECORD = frozenset({"return"})
"""Until when a child is away is asked beside a sure code, and is no doubt of it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One child (or one matter without a child) on the board."""

    id: str
    title: str
    pupil: Pupil | None = None
    about: tuple[Pupil, ...] = ()
    """The children whom a matter without a row of a child names."""
    detail: str = ""
    asked: tuple[str, ...] = ()
    words: LastWords | None = None
    hidden: bool = False
    """The words are not for whoever looks: a disclosure of harm."""
    hidden_with: str = ""
    """Who of the safeguarding team has such words, or was told of them."""
    mark: str | None = None
    provisional: bool = False
    countdown: Countdown | None = None
    owner: str = ""
    owned: bool = False
    alerts: tuple[Alert, ...] = ()
    tasks: tuple[Task, ...] = ()
    ring: tuple[str, ...] = ()
    """Whom to ring where a task says so or nobody was reached: "Fiona Haddow (mother) 07700 900103"."""
    tier: str = ""
    stamp: str = ""
    may_confirm: bool = False
    in_bulk: bool = False
    case_waits: bool = False
    """The case itself is a person's: an alarm, or nobody reached by the deadline."""
    rank: tuple[int, ...] = (99,)

    @property
    def is_news(self) -> bool:
        """To know of it is all that is asked: the chase goes on by itself."""
        return bool(self.alerts) and all(alert.reason in READ_IS_ENOUGH for alert in self.alerts)


Reads = Callable[[str, Said], bool]
Has = Callable[[Alert], bool]


def is_of_the_child(alert: Alert) -> bool:
    """Whether an alert stands in the rows of the children it names."""
    return alert.reason not in ELSEWHERE and not alert.key.startswith((*OF_A_CLASS, *OF_THE_SCHOOL))


def as_read(row: Row, reads: Reads) -> Row:
    """The row for somebody who `reads` some words: what is not for them is hidden."""
    pupil = row.pupil
    if row.words is None or pupil is None or all(reads(pupil.id, one) for one in row.words.every):
        return row
    return replace(row, hidden=True)


def as_taken(snapshot: Snapshot, band: str, row: Row, has: Has) -> tuple[str, Row]:
    """The band and the row for somebody who may take some alerts: what is for others alone waits for them."""
    own = tuple(alert for alert in row.alerts if has(alert))
    if band != "act" or row.pupil is None or len(own) == len(row.alerts):
        return band, row
    told = told_of_harm(snapshot, row.alerts)
    if not own and not row.case_waits:
        return "wait", replace(row, alerts=(), title=WITH_SAFEGUARDING, detail=told, owner="", owned=False)
    taken = next((alert for alert in own if alert.acknowledged_by), None)
    owner = _owner(snapshot, taken, own) if taken else ""
    return band, replace(row, alerts=own, owner=owner, owned=all(alert.acknowledged_by for alert in own), rank=(
        0 if any(alert.acknowledged_by is None for alert in own) else 1, *row.rank[1:]))  # fmt: skip


RINGING = frozenset({"ring", "ring_back"})
FLAG_TASKS = frozenset({"tell_social_worker", "tell_yot"})
"""Tasks that say by themselves who works with a family."""
PRIORITY = "priority"
WITH_SAFEGUARDING = "With the safeguarding team"


def without_flags(row: Row) -> Row:
    """The row for somebody who may know that a child comes first, and not why."""
    kept = without_flag_tasks(row.tasks)
    own = not row.alerts and any(row.title == wording.TASKS[task.what] for task in row.tasks if task not in kept)
    return replace(
        row, tier=PRIORITY if row.tier else "", tasks=kept, title=WITH_SAFEGUARDING if own else row.title
    )  # fmt: skip


def without_flag_tasks(tasks: Sequence[Task]) -> tuple[Task, ...]:
    """Tasks that say nothing about who works with a family."""
    return tuple(task for task in tasks if task.what not in FLAG_TASKS)


def told_of_harm(snapshot: Snapshot, alerts: Sequence[Alert]) -> str:
    """Who has a disclosure in hand, or was told of it: what those see who may not read it."""
    harm = [alert for alert in alerts if alert.reason == "safeguarding"]
    if owner := next((alert for alert in harm if alert.acknowledged_by), None):
        return f"{owner_of(snapshot, owner)}."
    told = sorted((told for alert in harm for told in alert.told), key=lambda one: one.at)
    if not told:
        return ""
    member = snapshot.school.roll.staff_member(told[-1].staff)
    return f"{member.name if member else 'Somebody'} was told at {wording.clock(told[-1].at)}."


def row_of(snapshot: Snapshot, pupil: Pupil) -> tuple[str | None, Row]:
    """The band and the row of a child, as somebody who reads every word sees it; no band: nothing to say."""
    cases = snapshot.cases_of(pupil.id)
    case = main_case(cases)
    alerts = [alert for alert in snapshot.alerts_of(pupil.id) if is_of_the_child(alert)]
    entries = snapshot.entries_of(pupil.id)
    tasks = snapshot.tasks_of(pupil.id)
    proposed = next((entry for entry in entries if entry.to_confirm), None)
    band = _band(case, alerts, proposed, tasks)
    if band is None:
        return None, Row("", "")
    entry = _entry_of(entries, case) if band == "wait" else proposed or _entry_of(entries, case)
    acting = sorted((a for a in alerts if a.reason not in TO_READ), key=lambda a: _danger_rank(a.reason))
    shown = acting if band == "act" else alerts
    words = last_words(snapshot, pupil.id, shown, (proposed.ours or "") if proposed and band == "confirm" else "")
    tier = tier_of(snapshot, pupil)
    owner = next((a for a in shown if a.acknowledged_by), None)
    return band, Row(
        id=f"row-{pupil.id}",
        title=_title(case, shown, proposed, tasks, snapshot, band),
        pupil=pupil,
        detail=_detail(case, shown, band),
        asked=asked_words(snapshot, case) if band in CHASED and case and _asked_since(case, words) else (),
        words=words,
        hidden_with=told_of_harm(snapshot, alerts) if words is not None and words.safeguarding else "",
        mark=entry.current if entry else (case.mark if case else None),
        provisional=bool(entry and entry.to_confirm),
        countdown=countdown_of(snapshot, case, shown, band, [task for task in tasks if task.what in RINGING]),
        owner=_owner(snapshot, owner, shown) if owner else "",
        owned=bool(shown) and all(a.acknowledged_by for a in shown),
        alerts=tuple(shown),
        tasks=tasks,
        ring=to_ring(snapshot, pupil) if band in ("act", "read") and _wants_a_call(case, tasks) else (),
        tier=tier,
        stamp=snapshot.stamp(pupil.id) if proposed is not None else "",
        may_confirm=proposed is not None and band in ("confirm", "settled"),
        in_bulk=band == "confirm" and proposed is not None and not tier and not tasks and _is_sure(proposed, words),
        case_waits=case is not None and case.stage in ("alarmed", "handed_over"),
        rank=_rank(shown, case, tier, band),
    )


def _asked_since(case: Case, words: LastWords | None) -> bool:
    """Whether somebody was asked after these words, or there are none: then who was asked is what matters."""
    return words is None or any(attempt.at > words.newest.at for attempt in case.attempts)


def _is_sure(proposed: Entry, words: LastWords | None) -> bool:
    """Whether the code may be confirmed with others: nothing medical, doubtful or worrying in what was said."""
    if proposed.ours in SINGLY:
        return False
    newest = words.newest if words is not None else None
    read = newest.understood if newest is not None else None
    if newest is None or read is None:
        return newest is None
    worry = any(read.get(key) for key in ("urgent", "safeguarding", "sender_doubt"))
    open_questions = set(read.get("ask", ())) - ASKED_FOR_THE_RECORD
    return not worry and not open_questions and not newest.doubt and _says_no_more(proposed, read)


def _says_no_more(proposed: Entry, read: Mapping[str, Any]) -> bool:
    """Whether the newest words give this code, or answer what had been asked about it."""
    reports = read.get("reports", ())
    match read.get("intent"):
        case "absence" | "late":
            return any(report.get("code") == proposed.ours for report in reports)
        case "return":
            return any(report.get("return_day") for report in reports)
        case intent:
            return intent == "confirm"


BESIDE_THE_CODE = frozenset({"ask_evidence", "pass_on"})
"""Tasks that need not be done before the code is confirmed; they are shown with it, and stay after it."""


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
    beside_the_code = proposed is not None and all(task.what in BESIDE_THE_CODE for task in tasks)
    if tasks and not beside_the_code and (case is None or case.stage in ("answered", "settled")):
        return "read"
    if any(task.what in RINGING for task in tasks):
        return "read"
    if case is not None and case.is_waiting and (proposed is None or proposed.session != case.session):
        return "wait"  # what is known of another session does not say where the child is now
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
    if case.attempts and all(attempt.state == "queued" for attempt in case.attempts):
        return "Not asked yet: the message has not left"
    return "Asked, no answer yet" if case.attempts else "Not asked yet"


def _detail(case: Case | None, alerts: Sequence[Alert], band: str) -> str:
    if alerts and band in ("act", "read"):
        return alerts[0].because
    if band == "wait" and case is not None and case.afternoon_missed:
        return "Missed the afternoon register too."
    return ""


def _owner(snapshot: Snapshot, owner: Alert, alerts: Sequence[Alert]) -> str:
    """Who has the child, and whether something came since that nobody has."""
    has = owner_of(snapshot, owner)
    return has if all(alert.acknowledged_by for alert in alerts) else f"{has}; what came since is nobody’s yet"


def owner_of(snapshot: Snapshot, alert: Alert) -> str:
    member = snapshot.school.roll.staff_member(alert.acknowledged_by or "")
    name = member.name if member else "Somebody"
    since = wording.clock(alert.acknowledged_at) if alert.acknowledged_at else ""
    return f"{name} has it since {since}"


def asked_words(snapshot: Snapshot, case: Case) -> tuple[str, ...]:
    """Who was asked, how and when: "Sana Hussain (mother), 09:15 by text"."""
    roll = snapshot.school.roll
    found = []
    for attempt in case.attempts:
        contact = roll.contacts.get(attempt.contact)
        link = roll.link(case.pupil, attempt.contact)
        name = contact.name if contact else "A former contact"
        relation = f" ({link.relation})" if link else ""
        how = wording.CHANNELS.get(attempt.channel, attempt.channel)
        found.append(f"{name}{relation}, {wording.clock(attempt.at)} by {how}{came_of(attempt)}")
    return tuple(found)


def came_of(attempt: Attempt) -> str:
    """What to say behind an attempt that did not simply leave: ", not left yet"."""
    came = wording.ATTEMPTS.get(attempt.state)
    return f", {came}" if came else ""


def _wants_a_call(case: Case | None, tasks: Sequence[Task]) -> bool:
    """A task says so, or nobody was reached and a person has the case."""
    return any(task.what in RINGING for task in tasks) or (case is not None and case.stage == "handed_over")


def to_ring(snapshot: Snapshot, pupil: Pupil) -> tuple[str, ...]:
    """The contacts who can be rung about a pupil, in order, with a number that works."""
    school, found = snapshot.school, list[str]()
    for link in school.roll.links_of(pupil.id):
        numbers = [shown for kind, shown, wrong in numbers_of(school, pupil.id, link) if kind in PHONES and not wrong]
        if numbers:
            found.append(f"{school.roll.contacts[link.contact].name} ({link.relation}) {' or '.join(numbers)}")
    return tuple(found)


def tier_of(snapshot: Snapshot, pupil: Pupil) -> str:
    """Why this child is in a risk tier: "social worker"; empty for everybody else."""
    policy = snapshot.school.policy
    return ", ".join(wording.TAGS.get(tag, tag) for tag in sorted(pupil.tags) if policy.is_tiered([tag]))


def tier_shown(snapshot: Snapshot, pupil: Pupil, flags: bool) -> str:
    """The same for somebody who may know why (`flags`), or only that it is so."""
    tier = tier_of(snapshot, pupil)
    return tier if flags or not tier else PRIORITY


def _entry_of(entries: Sequence[Entry], case: Case | None) -> Entry | None:
    if case is not None:
        return next((entry for entry in entries if entry.session == case.session), None)
    return next(iter(entries), None)


def row_without_child(snapshot: Snapshot, alert: Alert, reads: Reads) -> Row:
    """A matter that is nobody's row: an unknown number, an outage, a class of yesterday."""
    words, pupils = last_words(snapshot, "", (alert,)), snapshot.school.roll.pupils
    day = alert.session.day if alert.session and alert.session.day != snapshot.today else None
    return Row(
        id=f"alert-{alert.key.replace('/', '-')}",
        title=wording.ALERTS.get(alert.reason, alert.reason),
        about=tuple(pupils[id] for id in alert.pupils if id in pupils),
        detail=f"{day:%a} {day.day} {day:%b}: {alert.because}" if day else alert.because,
        words=words,
        hidden=words is not None and not all(reads("", one) for one in words.every),
        countdown=Countdown(alert.due_at, climbs_to(alert)) if alert.due_at else None,
        owner=owner_of(snapshot, alert) if alert.acknowledged_by else "",
        owned=alert.acknowledged_by is not None,
        alerts=(alert,),
        rank=(0 if alert.acknowledged_by is None else 1, _danger_rank(alert.reason), 0),
    )
