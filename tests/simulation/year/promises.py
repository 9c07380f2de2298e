"""The promises of the design as invariants, one function for each, held after every step of a simulated stretch.

`before` and `now` are what was stored before and after the step, `lines` what it printed. Each yields faults in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from attendance.absences import Absence
from attendance.calendar import Session, instant, local
from attendance.case import Case
from attendance.closing import LATE, was_released
from attendance.codes import has_arrived, is_unexplained
from attendance.ladder import Alert
from attendance.people import Pupil
from attendance.register import MACHINE
from storage.journal import Line
from tests.simulation.year.drive import ASKS, Drive
from tests.simulation.year.ledger import Mark, Snapshot
from tests.simulation.year.words import is_danger, is_thought_in_school

Lines = Sequence[Mapping[str, Any]]

MINUTE = timedelta(minutes=1)
CHEERFUL = frozenset(
    {
        "absence.recorded",
        "absence.corrected",
        "absence.in_school",
        "late.recorded",
        "late.here",
        "leave.received",
        "help",
    }
)
NEUTRAL = frozenset({"unknown_sender", "absence.handed_to_staff", "absence.danger"})
TO_STAFF = timedelta(seconds=10)
SUMMARY = timedelta(minutes=10)
EXPIRES = time(17, 0)


def promise_1_no_n_is_dropped(drive: Drive, before: Snapshot, now: Snapshot, lines: Lines) -> Iterator[str]:
    """A minute after close, or after the mark came, every N has words on their way, an answer, or a named person."""
    for pupil, session in _sessions(now):
        taken, closes = now.taken.get((pupil.group, session)), now.closes_at(pupil, session)
        if closes is None or taken is None:
            continue
        mark = now.marks.get((pupil.id, session), Mark(None, None, None, None, False))
        since = max(closes, taken, mark.mis_at or taken, mark.ours_at or taken, drive.up_since)
        if now.now < since + MINUTE or not _is_unexplained(mark) or _is_accounted(now, pupil, session):
            continue
        if not _is_seen_to(now, pupil, session):
            yield f"{pupil.id} is unexplained in {session} and nobody was asked or told"


def promise_2_every_case_has_a_deadline_with_a_name(
    drive: Drive, before: Snapshot, now: Snapshot, lines: Lines
) -> Iterator[str]:
    """Silence becomes an event: what waits has a timer of its own, and past the deadline a person has it."""
    for key, case in now.cases.items():
        name = f"{case.pupil}/{case.session}"
        if case.is_waiting and case.deadline_at < now.now:
            yield f"{case.key} is {case.stage} after its deadline"
        if case.is_waiting and case.due_at is None:
            yield f"{case.key} waits for nothing"
        if case.due_at is not None and now.timers.get(("case", name)) != case.due_at:
            yield f"{case.key} is due at {case.due_at}, its timer at {now.timers.get(('case', name))}"
        if case.due_at is not None and case.due_at <= now.now:
            yield f"{case.key} was due at {case.due_at}"
        if (
            case.stage in ("handed_over", "alarmed")
            and _is_new(case, before.cases.get(key))
            and not _is_told(now, case.pupil)
        ):
            yield f"{case.key} is {case.stage}, and nobody is told of it"
    for alert in now.alerts.values():
        if alert.live:
            yield from _climbs(alert, before.alerts.get(alert.key), now)
    yield from _cases_with_nobody(now)
    away = {member.id for member in now.school.roll.staff if member.away}
    if len(away) < len(now.school.roll.staff):
        for line in lines:
            if line["kind"] == "alert" and line["to"] in away and line["reason"] != "morning_summary":
                yield f"{line['to']} is away and was told of {line['reason']}"


def promise_3_danger_is_heard_at_once(drive: Drive, before: Snapshot, now: Snapshot, lines: Lines) -> Iterator[str]:
    """Danger is an urgent alert in the same step, never answered cheerfully, and somebody rings."""
    for line, raw in _received(drive, lines):
        text, at = line["text"], datetime.fromisoformat(line["at"])
        children = _children_at(now, line)
        away = {
            case.pupil
            for case in before.cases.values()
            if case.session.day == now.day and case.stage in ("open", "asked", "handed_over")
        }
        named = {pupil for pupil in children if now.school.roll.pupils[pupil].given in text}
        if not is_danger(text) and not (is_thought_in_school(text) and named & away):
            continue
        urgent = [
            one
            for one in lines
            if one["kind"] == "alert"
            and one["urgent"]
            and datetime.fromisoformat(one["at"]) - at <= TO_STAFF
            and (not children or children & set(one.get("pupils", ())))
        ]
        if not urgent:
            yield f"{line['from']} wrote of danger at {line['at']}, and nobody was told"
        reply = drive.ledger.reply_to(str(raw))
        if reply in CHEERFUL:
            yield f"{line['from']} wrote of danger at {line['at']} and was answered {reply}"
        if reply == "absence.danger" and not any(
            one["kind"] == "task" and one["what"] in ("ring", "find_child") for one in lines
        ):
            yield f"{line['from']} was promised at {line['at']} that staff will ring, and nobody has the task"


def promise_4_nothing_is_lost_and_nothing_done_twice(
    drive: Drive, before: Snapshot, now: Snapshot, lines: Lines
) -> Iterator[str]:
    """Each message is stored and handled once; no provider has the same words twice; nothing due is left behind."""
    if now.unread:
        yield f"{now.unread} messages were not handled"
    for (kind, key), at in now.timers.items():
        if at <= now.now:
            yield f"the timer {kind} {key} was due at {at}"
    if not lines:
        return
    for channel, simulator in drive.world.simulators.items():
        ids = {one.message_id for one in simulator.sent}
        if len(ids) != len(simulator.sent):
            yield f"{channel} has the same words twice"
    yield from (f"{twice} twice" for twice in drive.ledger.twice)
    if any(line["kind"] == "received" for line in lines) and (strange := drive.ledger.stored() - drive.written.keys()):
        yield f"messages are stored that nobody sent: {', '.join(sorted(strange))}"


def promise_5_who_may_say_what(drive: Drive, before: Snapshot, now: Snapshot, lines: Lines) -> Iterator[str]:
    """Nobody who is barred for a child hears of it, on any number that they share; strangers learn nothing."""
    roll = now.school.roll
    for line in lines:
        if line["kind"] != "sent":
            continue
        if line["to"] not in roll.contacts:
            if line["template"] not in NEUTRAL or line.get("pupils"):
                yield f"an unknown number was sent {line['template']} at {line['at']}"
            continue
        address = roll.contacts[line["to"]].address(line["channel"])
        for pupil in line.get("pupils", ()):
            if address is not None and address.casefold() in roll.barred_addresses(pupil):
                yield f"{line['to']} was written to about {pupil} at {line['at']} on a barred number"
            if roll.link(pupil, line["to"]) is None:
                yield f"{line['to']} was written to about {pupil} at {line['at']} and is no contact of that child"


def promise_6_the_machine_proposes(drive: Drive, before: Snapshot, now: Snapshot, lines: Lines) -> Iterator[str]:
    """What the machine enters is provisional; every change has a reason, a name and a position; N ends on its day."""
    staff = {member.name: member.position for member in now.school.roll.staff}
    for line in lines:
        if line["kind"] == "letter" and line["state"] == "released":
            yield "a letter left without a person"
        if line["kind"] != "mark":
            continue
        what = f"the mark {line['code']} of {line['pupil']} {line['day']} {line['session']}"
        if not all(str(line.get(key) or "").strip() for key in ("code", "reason", "by", "position")):
            yield f"{what} lacks its reason, name or position"
        if line["by"] == MACHINE and not line["provisional"]:
            yield f"{what} was entered by the machine, and no person confirmed it"
        if not line["provisional"] and staff.get(line["by"]) != line["position"]:
            yield f"{what} was entered by {line['by']}, {line['position']}, who is nobody here"
        rule = str(line["reason"]).startswith("Rule report.accepts")
        if rule and line["code"] not in now.school.policy.report.accepts:
            yield f"{what} was confirmed by a rule that the policy does not have"
    yield from (f"our mark of {one}" for one in drive.ledger.wrong_entries() if any(x["kind"] == "mark" for x in lines))
    oldest = drive.ledger.oldest_n()
    if oldest is None or not now.school.calendar.is_school_day(now.day):
        return
    last = now.school.calendar.after(oldest, now.school.policy.ncode.expires_school_days)
    if instant(last, EXPIRES) + MINUTE < now.now and drive.up_since + MINUTE < now.now:
        yield f"an N of {oldest} is still N at {now.now}"


def promise_7_a_mass_send_is_braked(drive: Drive, before: Snapshot, now: Snapshot, lines: Lines) -> Iterator[str]:
    """Far more cases than usual are held, with an alert; the all-clear goes once, to those who were asked.

    Those that a person has let go were looked at, and are not counted with what comes afterwards.
    """
    counted = Counter(case.session for case in now.cases.values() if _was_chased(case) and not was_released(case))
    for key, case in now.cases.items():
        pupil = now.school.roll.pupils[case.pupil]
        fresh = key not in before.cases and case.is_waiting and not now.school.policy.is_tiered(pupil.tags)
        if fresh and counted[case.session] > now.school.policy.brake.more_than and not case.held:
            yield f"{case.key} is one of {counted[case.session]} cases and was not held"
        was = before.cases.get(key)
        if (
            was is None
            and case.held
            and not any(
                alert.reason == "mass_send_held" and case.pupil in alert.pupils and alert.live
                for alert in now.alerts.values()
            )
        ):
            yield f"{case.key} is held, and nobody is told of the hold"
    for words in now.queued:
        for about in words.about:
            asked = now.cases.get((about["pupil"], _session(about)))
            if asked is None or not words.key.startswith("ask/"):
                continue
            if asked.held or asked.stage in ("answered", "settled", "alarmed"):
                yield f"{words.key} still waits to leave, and {asked.key} is {'held' if asked.held else asked.stage}"
    yield from _all_clear_once(drive)


def promise_8_a_missing_register_is_an_alarm(
    drive: Drive, before: Snapshot, now: Snapshot, lines: Lines
) -> Iterator[str]:
    """From the register deadline on staff know of every unmarked class; its families hear nothing of it."""
    for group, pupils in now.school.roll.groups.items():
        for half in ("am", "pm"):
            session = Session(now.day, half)
            window = now.school.window(pupils[0], half)
            if window is None or (group, session) in now.taken or not now.school.calendar.is_school_day(now.day):
                continue
            deadline = instant(now.day, now.school.policy.register_deadline_for(window, half))
            expected = [
                pupil
                for pupil in pupils
                if _is_unexplained(now.marks.get((pupil.id, session))) and not _covering(now, pupil, session)
            ]
            alert = now.alerts.get(f"unaccounted/{session}/{group}")
            late = before.now < max(deadline, drive.up_since) <= now.now or before.now == now.now
            if late and deadline <= now.now and expected and (alert is None or not alert.told):
                yield f"{group} is not marked in {session}, and nobody knows that its children are unaccounted for"
            by_hand = any(one.kind in ("closed", "settled") for one in drive.ledger.new)
            was = before.alerts.get(alert.key) if alert is not None else None
            sought = set(alert.pupils) if alert is not None and alert.live else set()
            dropped = (set(was.pupils) if was is not None and was.live else set()) - sought
            lost = dropped & {pupil.id for pupil in expected}
            if lost and not by_hand:
                yield f"the alarm for {group} looks no more for {sorted(lost)}, of whom nobody knows where they are"
    for line, _, asked in _asks(drive, lines):
        for pupil_id in line["pupils"]:
            if asked is not None and (now.school.roll.pupils[pupil_id].group, asked) not in now.taken:
                yield f"{line['to']} was asked about {pupil_id}, whose class has no register of {asked}"


def promise_9_families_are_not_pestered(drive: Drive, before: Snapshot, now: Snapshot, lines: Lines) -> Iterator[str]:
    """Nobody is asked what they or another said already, in quiet hours, or twice at once for two children.

    When the process comes up, registers that waited for it are taken one after another, and a child whose mark changed
    meanwhile is asked about when that is known.
    """
    asked: set[tuple[str, str, str]] = set()
    came_up = before.now < drive.up_since <= now.now or before.now == now.now == drive.up_since
    for line, message, session in _asks(drive, lines):
        if message not in drive.handed_over:
            continue
        at = datetime.fromisoformat(line["at"])
        if now.school.is_quiet(at):
            yield f"{line['to']} was asked in quiet hours, at {line['at']}"
        who = (line["to"], line["channel"], f"{session} {line['template'] == 'absence.ask_other_contact'}")
        if who in asked and not came_up:
            yield f"{line['to']} was sent two texts at {line['at']} for one close"
        asked.add(who)
        for pupil in line["pupils"]:
            case = before.cases.get((pupil, session)) if session else None
            if case is not None and case.stage in ("answered", "settled") and session is not None:
                after = now.cases[pupil, session]
                if after.reopened == case.reopened and after.stage == case.stage:
                    yield f"{line['to']} was asked at {line['at']} about {pupil}, whose case is {case.stage}"
            reports = [one for one in before.reports if session and one.pupil == pupil and _counts(one, now, session)]
            reports = [one for one in reports if session and not _signed_in_all_the_same(one, now, session)]
            if reports and any(_counts(one, now, session) for one in now.reports if one.pupil == pupil and session):
                yield f"{line['to']} was asked at {line['at']} about {pupil}, who is reported {reports[0].code}"


def promise_10_minutes_are_measured(drive: Drive, before: Snapshot, now: Snapshot, lines: Lines) -> Iterator[str]:
    """A case counts from close, or from its mark; ten minutes after the first round the office hears how it went."""
    for key, case in now.cases.items():
        if key in before.cases:
            continue
        closes = now.closes_at(now.school.roll.pupils[case.pupil], case.session)
        if closes is not None and case.opened_at < closes:
            yield f"{case.key} counts from {case.opened_at}, before its register closed"
    if not now.school.calendar.is_school_day(now.day):
        return
    for pupil, session in _sessions(now):
        closes = now.closes_at(pupil, session)
        if session.half == "pm" or closes is None:
            continue
        due = max(closes + SUMMARY, drive.up_since) + MINUTE
        if before.now < due <= now.now and not any(at >= closes for at in drive.ledger.summaries):
            yield f"the office has heard nothing of the close at {closes}"


PROMISES = (
    promise_1_no_n_is_dropped,
    promise_2_every_case_has_a_deadline_with_a_name,
    promise_3_danger_is_heard_at_once,
    promise_4_nothing_is_lost_and_nothing_done_twice,
    promise_5_who_may_say_what,
    promise_6_the_machine_proposes,
    promise_7_a_mass_send_is_braked,
    promise_8_a_missing_register_is_an_alarm,
    promise_9_families_are_not_pestered,
    promise_10_minutes_are_measured,
)


def broken_promises(drive: Drive, before: Snapshot, now: Snapshot, lines: list[dict[str, Any]]) -> list[str]:
    """What this step has broken, each beginning with the promise's number."""
    return [
        f"promise {promise.__name__.split('_')[1]}: {fault} (after {local(now.now):%d %b %H:%M:%S})"
        for promise in PROMISES
        for fault in promise(drive, before, now, lines)
    ]


# -- what they look at ---------------------------------------------------------------------------------------------


def _sessions(now: Snapshot) -> Iterator[tuple[Pupil, Session]]:
    if now.school.calendar.is_school_day(now.day):
        for pupil in now.school.roll.pupils.values():
            yield pupil, Session(now.day, "am")
            yield pupil, Session(now.day, "pm")


def _is_unexplained(mark: Mark | None) -> bool:
    """As the register's two layers count: a person's decision stands, a provisional code is outdone by being seen."""
    if mark is None:
        return True
    if mark.ours is None or (mark.provisional and (has_arrived(mark.mis) or is_unexplained(mark.ours))):
        return is_unexplained(mark.mis)
    return is_unexplained(mark.ours)


def _counts(report: Absence, now: Snapshot, session: Session) -> bool:
    return report.live and report.code != LATE and report.covers(session, now.school.calendar)


def _signed_in_all_the_same(report: Absence, now: Snapshot, session: Session) -> bool:
    """Reported away for the day, and seen by the office in the morning: the afternoon is missed (reading A42)."""
    morning = now.marks.get((report.pupil, Session(session.day, "am")))
    if session.half == "am" or report.half != "day" or morning is None or morning.mis_at is None:
        return False
    return morning.mis in ("L", "U") and morning.mis_at > report.recorded_at


def _covering(now: Snapshot, pupil: Pupil, session: Session) -> bool:
    return any(one.pupil == pupil.id and _counts(one, now, session) for one in now.reports)


def _is_accounted(now: Snapshot, pupil: Pupil, session: Session) -> bool:
    """A report says why."""
    return any(
        one.pupil == pupil.id and _counts(one, now, session) and not is_unexplained(one.code) for one in now.reports
    )


def _is_seen_to(now: Snapshot, pupil: Pupil, session: Session) -> bool:
    """Words are on their way, somebody answered, or a person was told of this child today."""
    sessions = {session, Session(session.day, "am")}
    for case in (now.cases.get((pupil.id, one)) for one in sessions):
        if case is not None and (
            case.stage in ("answered", "settled") or any(one.may_have_arrived for one in case.attempts)
        ):
            return True
    return any(
        pupil.id in alert.pupils and any(local(told.at).date() == session.day for told in alert.told)
        for alert in now.alerts.values()
    )


def _is_new(case: Case, before: Case | None) -> bool:
    """It came to this stage just now: a person may have ended the alert since, and what the mark grows into is none."""
    return before is None or (case.stage, case.reopened) != (before.stage, before.reopened)


def _is_told(now: Snapshot, pupil: str) -> bool:
    return any(alert.live and pupil in alert.pupils and alert.told for alert in now.alerts.values())


def _climbs(alert: Alert, before: Alert | None, now: Snapshot) -> Iterator[str]:
    """A live alert has a clock that runs until every rung was told, and when it ran out somebody was told."""
    timer = now.timers.get(("alert", alert.key))
    if not alert.told:
        yield f"nobody was told of {alert.key}"
    if alert.climbs and alert.due_at is None:
        yield f"the alert {alert.key} has no clock"
    if alert.due_at is not None and timer != alert.due_at:
        yield f"the alert {alert.key} climbs at {alert.due_at}, its timer is at {timer}"
    if alert.due_at is not None and alert.due_at <= now.now:
        yield f"the alert {alert.key} should have climbed at {alert.due_at}"
    if before is None or not before.live or before.due_at is None or before.due_at > now.now:
        return
    nobody_new = before.acknowledged_by is None and alert.acknowledged_by is None
    if alert.climbs and nobody_new and len(alert.told) == len(before.told):
        yield f"the alert {alert.key} climbed past {before.due_at} and told nobody"


def _cases_with_nobody(now: Snapshot) -> Iterator[str]:
    """A case that a person has to end stays on somebody's ladder for as long as it is open."""
    told = {pupil for alert in now.alerts.values() if alert.live and alert.due_at for pupil in alert.pupils}
    for case in now.cases.values():
        if case.stage in ("handed_over", "alarmed") and case.pupil not in told and case.session.day == now.day:
            yield f"{case.key} is {case.stage}, and no ladder holds it"


def _was_chased(case: Case) -> bool:
    """Not one that was answered for before it began."""
    return case.is_waiting or bool(case.attempts) or case.held


def _received(drive: Drive, lines: Lines) -> Iterator[tuple[Mapping[str, Any], str]]:
    for line, raw in _of_kind(drive, lines, "received"):
        yield line, str(raw.data["message"])


def _of_kind(drive: Drive, lines: Lines, kind: str) -> Iterator[tuple[Mapping[str, Any], Line]]:
    """Printed lines of one kind, each with the line of the journal that it was made from."""
    printed = (line for line in lines if line["kind"] == kind)
    yield from zip(printed, (one for one in drive.ledger.new if one.kind == kind), strict=True)


def _children_at(now: Snapshot, line: Mapping[str, Any]) -> set[str]:
    """The children of everybody who is reached at the writer's address; nobody's for a stranger."""
    roll = now.school.roll
    writer = roll.contacts.get(line["from"])
    address = writer.address(line["channel"]) if writer else None
    people = roll.at(line["channel"], address) if address else ()
    return {link.pupil for person in people for link in roll.children_of(person.id)}


def _session(about: Mapping[str, Any]) -> Session:
    return Session(datetime.fromisoformat(about["day"]).date(), about["half"])


def _asks(drive: Drive, lines: Lines) -> Iterator[tuple[Mapping[str, Any], str, Session | None]]:
    """First-day texts that are said to have left: the line, our id, and the session that it is about."""
    for line, raw in _of_kind(drive, lines, "sent"):
        if line["template"] in ASKS:
            yield line, str(raw.data["message"]), drive.ledger.session_of(raw.data["message"])


def _all_clear_once(drive: Drive) -> Iterator[str]:
    """Who is worried hears the end of it, and once; whom it did not reach is as worried as before."""
    asked = drive.ledger.asked
    for raw in drive.ledger.new:
        if raw.kind == "undelivered":
            asked |= drive.ledger.not_cleared(raw.data["message"])
        if raw.kind != "sent":
            continue
        again = drive.ledger.is_said_again(raw.data["message"])
        for one in [(raw.data["to"], pupil) for pupil in raw.data["pupils"]]:
            if raw.data["template"] in ASKS or raw.data["template"] == "absence.danger":
                asked |= set() if again else {one}
            if raw.data["template"] == "absence.all_clear":
                if not again and one not in asked | drive.ledger.perhaps:
                    yield f"{one[0]} was cleared about {one[1]} at {raw.at.isoformat()} without having been asked"
                asked.discard(one)
