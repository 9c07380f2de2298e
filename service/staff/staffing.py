"""What a member of staff does: every act is a decision with a name and a position, in one transaction."""

from __future__ import annotations

from datetime import timedelta

from attendance import ladder
from attendance.alarms import RING_FIRST, is_of_where
from attendance.calendar import Session, local
from attendance.case import NOT_FOUND
from attendance.codes import code_set, is_unexplained
from attendance.effects import OpenTask
from attendance.events import MarkChanged, StaffConfirmed, StaffSettled
from attendance.ladder import Alert
from attendance.on_a_trip import trip_key
from attendance.people import StaffMember
from attendance.proof_wanted import after_refusing
from attendance.register import CONFIRMED, Amendment, Entry
from attendance.settling import all_clear as all_clear_of
from attendance.settling import ends_with_the_day
from attendance.stages import NO_IMPROVEMENT
from messaging.segments import count
from messaging.wording import Words
from office.permissions import may_have
from service.day import registers, stages
from service.day.accounted import accounted_for, cases_of_the_unmarked
from service.day.no_longer import is_accounted_for, was_looked_at, was_read_by
from service.day.search_over import tell_the_writer
from service.errors import CannotDo
from service.incoming import held_threads
from service.leave import deciding
from service.leave.deciding import Decision
from service.turns.turn import Turn
from service.turns.words import WordsToSend
from storage import absences, people, schools

OUTCOMES = frozenset(
    "answered_ill answered_other no_reason_given late_on_the_way arrived_late present_after_all believed_in_school "
    "left_for_school does_not_know with_other_parent not_with_me wrong_person answered_by_other_adult contradicted "
    "on_leave not_expected not_reached".split()
)
OVER = {"present_after_all": "found safe"}
"""What is written at the end of a promise to ring or to go, by the outcome that ended it."""
SEARCH_TASKS = frozenset({"find_child", "ring"})
NOT_YOURS = "A message about harm is taken and ended by the safeguarding lead, or by whom the ladder told of it."
OWN_WORDS_LIVE = timedelta(hours=12)


def member_of(turn: Turn, staff: str) -> StaffMember:
    """The member of staff who acts in this turn, or a clear refusal."""
    member = turn.school.roll.staff_member(staff)
    if member is None:
        raise CannotDo(f"Nobody on the staff list has the id {staff}; add them to the staff list first.")
    turn.actor = staff
    return member


async def acknowledge(turn: Turn, staff: str, pupil: str | None = None, key: str | None = None) -> None:
    """This person has it: the alert named by `key`, all of the pupil, or all that the person was told of."""
    member = member_of(turn, staff)
    written = set[tuple[object, ...]]()
    for alert in await turn.live_alerts():
        if key is None and pupil is None:
            meant = any(told.staff == staff for told in alert.told)
        else:
            meant = alert.key == key or (pupil is not None and pupil in alert.pupils)
        if alert.acknowledged_by is not None or not meant or not may_have(member, member.roles, alert):
            continue
        turn.put_alert(ladder.acknowledge(alert, staff, turn.now, turn.school))
        matter = (alert.pupils, alert.session, alert.reason)
        if matter in written:  # told to several people, and one thing to have
            continue
        written.add(matter)
        told_as = next((told.role for told in alert.told if told.staff == staff), None)
        turn.note(
            "acknowledged",
            alert.pupils,
            by=staff,
            role=told_as or next(iter(member.roles), ""),
            session=alert.session.half if alert.session else None,
            reason=alert.reason,
            key=alert.key,
        )
        if await _is_settled(turn, alert):
            await turn.stand_down(alert.key)
    await held_threads.did_what_they_wrote(turn, member)


async def close_alert(turn: Turn, staff: str, key: str) -> None:
    """A matter that has no case of its own (a message that was read, a number that was mended) is over."""
    member = member_of(turn, staff)
    alert = await turn.alert_by_key(key)
    if alert is None or not alert.live:
        return
    if not may_have(member, member.roles, alert):
        raise CannotDo(NOT_YOURS)
    await turn.stand_down(key)
    turn.note("closed", alert.pupils, key=key, by=member.name, position=member.position)


async def settle(turn: Turn, staff: str, pupil: str, outcome: str) -> None:
    """Close the pupil's cases of today with an outcome of the vocabulary."""
    if outcome not in OUTCOMES:
        raise CannotDo(f"{outcome} is no outcome; use one of {', '.join(sorted(OUTCOMES))}.")
    member = member_of(turn, staff)
    today = local(turn.now).date()
    cases = await turn.cases_of(today, [pupil])
    if not cases:
        cases = await cases_of_the_unmarked(turn, pupil, today, found=outcome not in NOT_FOUND)
    for case in cases:
        event = StaffSettled(f"settle/{staff}/{turn.now.isoformat()}/{case.session}", member.name, outcome)
        await turn.move(case, event)
        turn.note("settled", (pupil,), pupil=pupil, by=member.name, position=member.position, outcome=outcome)
    for alert in await turn.live_alerts():
        if ends_with_the_day(alert, pupil, today) and _knows_of_it(member, alert, outcome):
            await turn.stand_down(alert.key)
            by = {"by": member.name, "position": member.position, "outcome": outcome}
            if alert.session is None:  # a child who had no case, because a report covered the day
                turn.note("settled", (pupil,), pupil=pupil, **by)
                await tell_the_writer(turn, alert, pupil, outcome)
            else:
                turn.note("closed", (pupil,), key=alert.key, **by)
    await was_read_by(turn, staff, pupil)
    if outcome not in NOT_FOUND:
        await is_accounted_for(turn, pupil)
    await _end_search(turn, member, pupil, outcome)
    await end_promises(turn, staff, pupil, OVER.get(outcome, "settled"))
    await held_threads.did_what_they_wrote(turn, member)


def _knows_of_it(member: StaffMember, alert: Alert, outcome: str) -> bool:
    """Said to be with somebody barred: what nobody has read yet is not ended by whoever knows nothing of it, nor by a
    child that was not found.
    """
    if not is_of_where(alert):
        return True
    return outcome not in NOT_FOUND and (alert.acknowledged_by is not None or may_have(member, member.roles, alert))


async def _is_settled(turn: Turn, alert: Alert) -> bool:
    """The alert is about where a child is said to be, and that was settled before anybody took it: it is read now."""
    found = await turn.cases_of(local(turn.now).date(), alert.pupils) if is_of_where(alert) else []
    return bool(found) and all(case.stage == "settled" and case.outcome not in NOT_FOUND for case in found)


async def _end_search(turn: Turn, member: StaffMember, pupil: str, outcome: str) -> None:
    """The tasks of an alarm about a child who has no case end with the same word."""
    for task in await turn.open_tasks():
        if task.pupils == (pupil,) and task.what in SEARCH_TASKS and task.key.startswith("message/"):
            await turn.finish_task(task.key, member.name, outcome)


async def confirm(turn: Turn, staff: str, pupil: str) -> None:
    """Confirm what was proposed: every provisional mark of the reports that cover today."""
    member = member_of(turn, staff)
    today = local(turn.now).date()
    known = await absences.of_pupils(turn.db, turn.school.id, [pupil], today - timedelta(days=30))
    mine = [a for a in known if a.live and a.first_day <= today < (a.return_day or today + timedelta(days=1))]
    last = max((a.return_day or a.first_day for a in mine), default=today)
    first = min((a.first_day for a in mine), default=today)
    entries = await turn.entries([pupil], first, last)
    provisional = [e for e in entries.values() if e.to_confirm]
    if not provisional:
        raise CannotDo("There is no provisional code to confirm for today; amend the mark instead.")
    await turn.amend([_by(member, entry, entry.ours or "N", CONFIRMED, turn) for entry in provisional])
    await absences.set_state(turn.db, turn.school.id, [a.id for a in mine], "confirmed")
    await turn.stand_down(trip_key(today, pupil))
    for case in await turn.cases_of(today, [pupil]):
        await turn.move(case, StaffConfirmed(f"confirm/{staff}/{turn.now.isoformat()}/{case.session}", member.name))


async def amend(turn: Turn, staff: str, pupil: str, session: Session, code: str, reason: str) -> None:
    """Enter another code, with the reason; the entry before it, the name and the position are kept."""
    member = member_of(turn, staff)
    if not reason.strip():
        raise CannotDo("An amendment needs its reason (register regulations); write a few words.")
    if not code_set(turn.school.policy.code_set).is_valid(code, session.half):
        raise CannotDo(f"{code} is not a code of {turn.school.policy.code_set} for a {session.half} session.")
    entries = await turn.entries([pupil], session.day, session.day)
    entry = entries.get((pupil, session), Entry(pupil, session))
    await turn.amend([_by(member, entry, code, reason, turn)])
    if (told := after_refusing(entry, code, turn.now, turn.school)) is not None:
        await turn.apply([told])
    await was_looked_at(turn, pupil, session)
    if not is_unexplained(code):
        await turn.stand_down(trip_key(session.day, pupil))
        await accounted_for(turn, session, {pupil})
    case = await turn.case(pupil, session)
    if case is not None:
        event_id = f"amend/{staff}/{turn.now.isoformat()}"
        moved = await turn.move(case, MarkChanged(event_id, code, by_staff=member.name))
        if moved.stage == "settled":
            await is_accounted_for(turn, pupil)
    elif is_unexplained(code) and session.day == local(turn.now).date():
        await registers.chase_now(turn, pupil, session)


def _by(member: StaffMember, entry: Entry, code: str, reason: str, turn: Turn) -> Amendment:
    return Amendment(
        pupil=entry.pupil,
        session=entry.session,
        original=entry.stood,
        code=code,
        provisional=False,
        by=member.name,
        position=member.position,
        reason=reason,
        at=turn.now,
    )


async def decide_leave(turn: Turn, staff: str, pupil: str, decision: Decision) -> None:
    """The head's decision on the request of this pupil that waits, or on the newest one."""
    await deciding.decide_newest(turn, member_of(turn, staff), pupil, decision)


async def take_over(turn: Turn, staff: str, contact: str, back: bool = False) -> None:
    """Take the contact's threads over, so that the bot is silent on them; or hand them `back`."""
    await held_threads.take_over(turn, member_of(turn, staff), contact, back)


async def send(turn: Turn, staff: str, contact: str, text: str) -> None:
    """A person's own words to a contact. No free text to a contact who is barred for every child here."""
    member = member_of(turn, staff)
    if all(link.barred for link in turn.school.roll.children_of(contact)):
        raise CannotDo("This contact is barred for every child here; nobody writes to them.")
    way = turn.school.roll.way_for_own_words(contact, tuple(turn.ours))
    if way is None:
        raise CannotDo("This contact has no address that works; ring them instead.")
    if not text.strip():
        raise CannotDo("The message is empty; write something first.")
    channel, address, about = way
    cost = count(text)
    turn.send(
        WordsToSend(
            key=f"own/{staff}/{contact}/{turn.now.isoformat()}",
            channel=channel,
            address=address,
            words=Words(text.strip(), "staff.own_words", cost.count, cost.encoding),
            pupils=about,
            contact=contact,
            not_after=turn.now + OWN_WORDS_LIVE,
        )
    )
    await held_threads.answered(turn, member, contact)
    turn.note("own_words", about, contact=contact, by=member.name, position=member.position)


async def all_clear(turn: Turn, staff: str, pupil: str | None = None) -> None:
    """To those who were written to today about a child now present or explained; nobody twice (promise 7).

    `pupil`: only about this one. Raises CannotDo where nobody may be told about the child.
    """
    member = member_of(turn, staff)
    mine = [pupil] if pupil is not None else None
    told = 0
    for case in await turn.cases_of(local(turn.now).date(), mine):
        cleared, effects = all_clear_of(case, turn.school)
        told += len(effects)
        await turn.replace_case(cleared, effects)
    if pupil is not None and not told:
        raise CannotDo("Nobody is left to tell: nobody was asked, or they know, or the child is not accounted for yet.")
    turn.note("all_clear", mine or (), by=member.name, position=member.position)


async def set_away(turn: Turn, staff: str, away: bool = True) -> None:
    """People marked away are skipped by the ladder."""
    member = member_of(turn, staff)
    await people.set_away(turn.db, turn.school.id, staff, away)
    await schools.touch_people(turn.db, turn.school.id)
    turn.note("away", (), staff=member.id, away=away)


async def promise(turn: Turn, staff: str, pupil: str, what: str, within: timedelta) -> None:
    """This person says that they do it (`ring`, `home_visit`): a task of theirs with a clock. Raises CannotDo."""
    member = member_of(turn, staff)
    today = await turn.cases_of(local(turn.now).date(), [pupil])
    about = max(today, key=lambda case: case.session).key if today else f"message/{pupil}/{local(turn.now).date()}"
    key = f"{about}/{what}/promised"
    for task in await turn.open_tasks():
        if task.key == key:
            raise CannotDo(f"{task.note} The task is on the board; finish it there first.")
    note = f"{member.name} said so at {local(turn.now):%H:%M}."
    role = next(iter(member.roles), "office")
    await turn.apply([OpenTask(key, what, role, turn.now + within, (pupil,), note=note)])


async def end_promises(turn: Turn, staff: str, pupil: str, outcome: str) -> None:
    """Whoever said that they ring or go need not any more."""
    for task in await turn.open_tasks():
        if task.pupils == (pupil,) and task.key.endswith("/promised"):
            await finish_task(turn, staff, task.key, outcome)


async def finish_task(turn: Turn, staff: str, key: str, outcome: str) -> None:
    """A task is done, with what came of it."""
    member = member_of(turn, staff)
    open_ones = [task for task in await turn.open_tasks() if task.key == key]
    pupils, what = [pupil for task in open_ones for pupil in task.pupils], next((task.what for task in open_ones), "")
    await turn.finish_task(key, member.name, outcome)
    turn.note("task_done", pupils, key=key, what=what, by=member.name, position=member.position, outcome=outcome)
    if "/ring/" in key:  # whoever rang has the child that was to be rung first
        await acknowledge(turn, staff, key=f"{key.partition('/ring/')[0]}/{RING_FIRST}")
    if outcome == NO_IMPROVEMENT:
        await stages.goes_on(turn, key, pupils)


async def finish_tasks_of(turn: Turn, staff: str, pupil: str, what: str, outcome: str = "") -> None:
    """The open tasks of this kind for this pupil are done."""
    for task in await turn.open_tasks():
        if task.what == what and pupil in task.pupils:
            await finish_task(turn, staff, task.key, outcome or "done")
