"""One turn: one transaction for one school. What happens in it, and the order in which all of it is stored.

Cases, alerts, marks, words, tasks and the journal of one decision are stored together or not at all. A stale version
raises Stale, and the runner loads and decides all of it again. What the turn reads and changes of each kind stands
beside it: turn_cases, turn_alerts, turn_tasks, turn_words; what it writes down in journal_lines.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.absences import Absence
from attendance.calendar import Session, local
from attendance.calling import advance
from attendance.case import Case
from attendance.effects import (
    Ask,
    CancelWords,
    CloseTasks,
    Effect,
    Hold,
    OpenTask,
    RaiseAlert,
    StandDown,
    Tell,
)
from attendance.events import Event, WordsFailed
from attendance.ladder import Alert, TellStaff, more_children, open_alert
from attendance.leave import LeaveRequest
from attendance.leave.request import id_in_alert
from attendance.one_child import goes_to_all
from attendance.people import AddressState, address_key
from attendance.register import Amendment, Entry
from attendance.school import School
from attendance.tasks import Task
from attendance.telling import to_tell
from messaging.wording import Wording
from office.desk import stamp
from office.leave.links import Links
from service.outgoing import copies
from service.staff.alert_numbers import AlertNumbers
from service.turns import journal_lines
from service.turns.journal_lines import plain
from service.turns.kept import Kept
from service.turns.turn_alerts import AlertMoved, TurnAlerts, is_under
from service.turns.turn_cases import CaseMoved, TurnCases
from service.turns.turn_tasks import TurnTasks
from service.turns.turn_words import TurnWords
from service.turns.words import EMAIL, SMS, TELEGRAM, WordsToSend
from storage import absences, journal, leave, outbox, people, register, schools, threads, timers
from storage.journal import Line
from storage.outbox import OutboxRow
from storage.schools import SchoolRow
from storage.timers import Timer

HEARD = frozenset({SMS, TELEGRAM, EMAIL})


@dataclass
class Turn:
    """The unit of work. `ours` maps a channel to our own address on it."""

    db: AsyncConnection
    school: School
    now: datetime
    wording: Wording
    ours: dict[str, str]
    link: str
    """Where the board is, for staff alerts."""
    new_id: Callable[[], str]
    row: SchoolRow
    """The school's row, locked until the transaction ends."""
    kept: Kept | None = None
    """What is known of the school from the turn before; None: nothing that holds."""
    seen: dict[str, str] = field(default_factory=dict)
    """What a button under an alert has seen of its child (office.desk.stamp): filled when words are queued."""
    links: Links | None = None
    """Signed links for families and whoever decides on leave; None where the service has no public address."""
    hears: frozenset[str] = HEARD
    """Channels on which an answer of staff is heard: words on any other do not ask for one."""
    numbers: AlertNumbers = field(default_factory=lambda: AlertNumbers((), ""))
    """By which staff name an alert: filled when words are queued."""
    actor: str = ""
    """The member of staff (id) who acts in this turn, and what they did where it has a word of its own (ACTS)."""
    did: str = ""
    shown: set[str] = field(default_factory=set)
    """Copies of alerts (message ids) that show already what was done."""
    lines: list[Line] = field(default_factory=list)
    _at_the_end: list[Callable[[], Awaitable[None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        today, kept = local(self.now).date(), self.kept
        of_today = kept.cases if kept is not None and kept.day == today else None
        self._cases = TurnCases(self.db, self.school.id, today, of_today)
        self._alerts = TurnAlerts(self.db, self.school.id, kept.alerts if kept is not None else None)
        self._tasks = TurnTasks(self.db, self.school.id, self.now, kept.tasks if kept is not None else None)
        self._words = TurnWords(self.db, self.school.id)

    async def reload_roll(self) -> None:
        """The people of the school as they stand now, after this turn has changed them."""
        roll = replace(await people.load_roll(self.db, self.school.id), senders=self.school.roll.senders)
        self.school = replace(self.school, roll=roll)

    # -- what happened ---------------------------------------------------------------------------------------------

    def note(self, kind: str, pupils: Iterable[str] = (), /, **data: Any) -> None:
        """Write one line of the journal; it is stored with the turn."""
        plain_data = {key: plain(value) for key, value in data.items()}
        self.lines.append(Line(at=self.now, kind=kind, data=plain_data, pupils=tuple(pupils)))

    def note_leave(self, request: LeaveRequest, **decided: Any) -> None:
        """A leave request as it stands now; `decided` says by whom and why."""
        self.note("leave", (request.pupil,), **journal_lines.of_leave(request), **decided)

    # -- cases -----------------------------------------------------------------------------------------------------

    async def cases_of(self, day: Any, pupils: Sequence[str] | None = None) -> list[Case]:
        """The cases of a day as this turn sees them, its own changes included."""
        return await self._cases.of_day(day, pupils)

    async def case(self, pupil: str, session: Session) -> Case | None:
        """One case, or None."""
        return await self._cases.one(pupil, session)

    async def open_case(self, case: Case) -> Case:
        """Put a new case into this turn; a pupil and session that has one already keeps it."""
        return await self._cases.open(case)

    async def move(self, case: Case, event: Event) -> Case:
        """Let one event happen to one case, with all that follows."""
        moved, effects = advance(self._cases.as_it_is(case), event, self.now, self.school)
        await self.replace_case(moved, effects)
        return moved

    async def replace_case(self, case: Case, effects: Sequence[Effect]) -> None:
        """Put a case that a rule has decided, with all that follows."""
        self._cases.put(case)
        await self.apply(effects)

    # -- effects ---------------------------------------------------------------------------------------------------

    async def apply(self, effects: Iterable[Effect]) -> None:
        """Carry out effects in order."""
        for effect in effects:
            match effect:
                case Ask():
                    self._words.ask(effect)
                case Tell():
                    if self._may_know(effect):
                        self._words.tell(effect)
                case CancelWords(pupil=pupil, session=session):
                    await self._words.cancel(pupil, session)
                case RaiseAlert():
                    await self.raise_alert(effect)
                case StandDown(prefix=prefix):
                    await self.stand_down(prefix)
                case OpenTask():
                    for task in await self._tasks.open(effect):
                        self.note("task", task.pupils, **journal_lines.of_task(task))
                case CloseTasks(prefix=prefix):
                    await self._tasks.close_under(prefix)
                case Hold():
                    self.note("held", effect.pupils, what=effect.what, why=effect.why)

    async def look_around(self, pupils: Sequence[str]) -> None:
        """Read at once what the events of many pupils will ask for one by one: alerts, and words about them."""
        if len(pupils) < 2:
            return
        await self.live_alerts()
        await self._words.look_around(pupils)

    # -- tasks -----------------------------------------------------------------------------------------------------

    async def open_tasks(self, what: str | None = None) -> list[Task]:
        """Open tasks (of one kind of work), this turn's changes included; the one due first at the top."""
        return await self._tasks.all_open(what)

    async def finish_task(self, key: str, by: str, outcome: str) -> None:
        """A task is done, and what came of it."""
        await self._tasks.finish(key, by, outcome)

    # -- alerts ----------------------------------------------------------------------------------------------------

    async def raise_alert(self, effect: RaiseAlert) -> None:
        """Open an alert once; a key that is already live tells nobody again, but of children who were not in it."""
        known = await self.alert_by_key(effect.key)
        if known is not None and known.live:
            if set(effect.pupils) <= set(known.pupils):
                return
            effect = replace(effect, pupils=tuple(dict.fromkeys((*known.pupils, *effect.pupils))))
        if effect.beside is not None and effect.staff is None:
            effect = replace(effect, staff=await self._who_has(effect.beside))
        if known is not None and known.live:
            self.tell_staff(*more_children(known, effect, self.now, self.school))
            return
        alert, words = open_alert(effect, self.now, self.school)
        late = alert.session is not None and alert.session.half == "pm" and alert.staff is None
        if late and goes_to_all(alert, await self.live_alerts()):
            alert, words = open_alert(effect, self.now, self.school, to_all=True)
        if known is not None:
            alert = replace(alert, version=known.version, told=(*known.told, *alert.told))
            words = [replace(word, number=word.number + len(known.told)) for word in words]
        self.tell_staff(alert, words)

    async def _who_has(self, prefix: str) -> str | None:
        """Who acknowledged, last of all, an alert that is still live under this key."""
        under = (one for one in await self.live_alerts() if is_under(one.key, prefix))
        held = ((one.acknowledged_at, one.acknowledged_by) for one in under if one.acknowledged_at is not None)
        return max(held, key=lambda one: one[0], default=(None, None))[1]

    def tell_staff(self, alert: Alert, words: Sequence[TellStaff]) -> None:
        """Queue the words of one rung, and write down who was told."""
        self.put_alert(alert)
        self._words.staff += [(alert, word) for word in words]

    async def alert_by_key(self, key: str) -> Alert | None:
        """One alert as this turn sees it, or None."""
        return await self._alerts.by_key(key)

    async def look_up_alerts(self, keys: Sequence[str]) -> None:
        """Read many alerts at once that `alert_by_key` will be asked for."""
        await self._alerts.look_up(keys)

    async def live_alerts(self) -> list[Alert]:
        """Every alert that is not over, this turn's changes included."""
        return await self._alerts.live()

    async def stand_down(self, prefix: str) -> None:
        """End every live alert whose key is `prefix`, or lies under it."""
        await self._alerts.end_under(prefix)

    def put_alert(self, alert: Alert) -> None:
        """Put an alert that a rule of the ladder moved."""
        self._alerts.put(alert)

    # -- the register ----------------------------------------------------------------------------------------------

    async def entries(self, pupils: Sequence[str], first: Any, last: Any) -> dict[tuple[str, Session], Entry]:
        """Entries of these pupils in a span of days, both ends included."""
        if not pupils:
            return {}
        found = await register.entries_between(self.db, self.school.id, first, last, pupils)
        return {(entry.pupil, entry.session): entry for entry in found}

    async def amend(self, amendments: Sequence[Amendment]) -> None:
        """Change our layer of the register; every change is kept."""
        if not amendments:
            return
        await register.amend(self.db, self.school.id, amendments)
        for one in amendments:
            self.note("mark", (one.pupil,), **journal_lines.of_amendment(one))

    async def add_absence(self, absence: Absence) -> None:
        """Keep one report."""
        await absences.add(self.db, self.school.id, [absence])

    # -- words -----------------------------------------------------------------------------------------------------

    def send(self, words: WordsToSend) -> None:
        """Queue words that are not a case's: a reply, a decision on leave, a person's own text."""
        self._words.said.append(words)

    def wait_again(self, row: OutboxRow) -> None:
        """Words that were tried have not left and are queued again; they may go in one text with others."""
        self._words.wait_again(row)

    async def cancel_words_to(self, contact: str, pupil: str, why: str = "this contact is barred now") -> None:
        """Queued words to this contact about this pupil do not leave; siblings in the same text are asked anew.

        Whoever has not been asked after all is waited for no longer: the case goes on to the next contact.
        """
        messages, asks = await self._words.cancel_to(contact, pupil)
        for message_id in messages:
            self.note("cancelled", (pupil,), message=message_id, why=why)
        for ask in asks:
            if (case := await self.case(pupil, ask.session)) is not None:
                event_id = f"withdrawn/{case.key}/{contact}/{ask.channel}/{ask.round}/{self.now.isoformat()}"
                await self.move(case, WordsFailed(event_id, contact, ask.channel, ask.round, "withdrawn"))

    async def set_address(self, channel: str, address: str, state: AddressState, why: str) -> None:
        """Remember that an address is stopped, bad or live; decisions of this turn see it at once."""
        await people.set_address_state(self.db, self.school.id, channel, address, state, why, self.now)
        await schools.touch_people(self.db, self.school.id)
        roll, key = self.school.roll, (channel, address_key(address))
        chosen = {way: at for way, at in roll.chosen.items() if way != key}
        if state is AddressState.LIVE:
            chosen[key] = self.now
        known = {**roll.addresses, (channel, address): state}
        self.school = replace(self.school, roll=replace(roll, addresses=known, chosen=chosen))

    # -- the end ---------------------------------------------------------------------------------------------------

    def at_the_end(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do `work` when everything else of this turn is decided, and before it is stored."""
        self._at_the_end.append(work)

    async def finish(self) -> Kept:
        """Store everything: cases and alerts under their versions, words under their keys, then the journal.

        Answers what is known of the school when all of this is committed. Raises Stale.
        """
        for work in self._at_the_end:
            await work()
        await self._end_holds()
        await self._leave_held_threads()
        moved_cases = await self._cases.save()
        for case in moved_cases:
            if case.shows:
                self.note("case", (case.after.pupil,), **journal_lines.of_case(case.after))
        moved_alerts = await self._alerts.save()
        await self._set_timers(moved_cases, moved_alerts)
        await self._queue_words()
        decided = bool(moved_cases or moved_alerts or self._tasks.moved)
        await journal.append(self.db, self.school.id, self.lines, decided=decided)
        return Kept(
            self.row.decided + decided,
            local(self.now).date(),
            self._cases.kept(moved_cases),
            self._alerts.kept(moved_alerts),
            self._tasks.kept(),
        )

    async def _end_holds(self) -> None:
        """A held send is over when none of its children is held any more: seen, explained, released or stopped. Until
        then whoever hears of it next hears of those who are.
        """
        for session in self._cases.let_go():
            cases = await self.cases_of(session.day)
            held = {case.pupil for case in cases if case.held and case.session == session}
            alert = await self.alert_by_key(f"hold/{session}")
            if not held:
                await self.stand_down(f"hold/{session}")
            elif alert is not None and alert.live and not held.issuperset(alert.pupils):
                self.put_alert(replace(alert, pupils=tuple(pupil for pupil in alert.pupils if pupil in held)))

    async def _leave_held_threads(self) -> None:
        """Whoever has taken a thread over tells the contact how it ended; they hear so, unless it was their own act."""
        if not self._words.tells:
            return
        rows = [row for row in await threads.owned(self.db) if self.ours.get(row.channel) == row.our_address]
        held = {(row.channel, address_key(row.their_address)): row.owner for row in rows if row.owner}
        for tell, holder in await self._words.leave_to_whoever_holds(held):
            if holder != self.actor:
                await self.raise_alert(to_tell(tell, holder, self.school))

    async def _set_timers(self, moved_cases: Iterable[CaseMoved], moved_alerts: Iterable[AlertMoved]) -> None:
        """When each is looked at again; one that is needed no more is dropped, where there was one before."""
        due = [*(case.timer for case in moved_cases), *(alert.timer for alert in moved_alerts)]
        due = [one for one in due if one.at is not None or one.was_set]
        await timers.put(self.db, self.school.id, [Timer(*one.of, one.at, {}) for one in due if one.at is not None])
        await timers.drop(self.db, self.school.id, [one.of for one in due if one.at is None])

    def _can_hear(self, channel: str, address: str) -> bool:
        return self.school.roll.state(channel, address) is AddressState.LIVE

    def _may_hear(self, tell: Tell) -> bool:
        roll = self.school.roll
        return any(
            (tell.channel, tell.address) in roll.ways_to(pupil, tell.contact, (tell.channel,)) for pupil in tell.pupils
        )

    def _may_know(self, tell: Tell) -> bool:
        """How it ended is nothing for whoever is said to have harmed the child."""
        return not any(self.school.roll.is_set_aside(pupil, tell.contact) for pupil in tell.pupils)

    async def _queue_words(self) -> None:
        await self._words.join_waiting()
        await self._words.keep_back_all_clears()
        await self._words.say_what_was_kept_back(self._can_hear)
        await self._words.say_to_those_who_feared(self._may_hear)
        await self._words.drop_needless(self._may_know)
        await self._words.name_those_still_open(self.cases_of, self.school)
        await self._look_for_buttons()
        self._words.said += await copies.put_right(self, copies.moved(self._alerts.stored, self._alerts.touched()))
        told = self._words.staff
        self._words.staff = [(alert, word) for alert, word in told if not self._needs_no_telling(alert, word)]
        if self._words.staff:
            newest = await outbox.about_of_newest_to_staff(self.db, self.school.id)
            self.numbers = AlertNumbers(newest, self.school.id)
        words = self._words.in_words(self)
        for group in journal_lines.tellings(self._words.staff):
            about = dict.fromkeys(pupil for alert, _ in group for pupil in alert.pupils)
            self.note("alert", about, **journal_lines.of_telling(group, self.ours))
        rows = [word.row(self.now, self.new_id()) for word in words]
        await self._words.queue(words, rows, self.ours)

    def _needs_no_telling(self, alert: Alert, word: TellStaff) -> bool:
        """Whoever took the matter in this very turn (stopped or held a send) knows of it."""
        now = self._alerts.now.get(alert.key, alert)
        return now.acknowledged_by == word.staff.id == self.actor and now.acknowledged_at == self.now

    async def _look_for_buttons(self) -> None:
        """What those see whose chat gets buttons with the alert."""
        for alert, told in self._words.staff:
            if told.staff.telegram and (id := id_in_alert(alert.key)) and f"leave/{id}" not in self.seen:
                request = await leave.get(self.db, self.school.id, id)
                if request is not None:
                    self.seen[f"leave/{id}"] = str(request.version)
            if told.staff.telegram and TELEGRAM in self.ours and len(alert.pupils) == 1:
                self.seen[alert.pupils[0]] = await self.stamp(alert.pupils[0])

    async def stamp(self, pupil: str) -> str:
        """What a decision about this pupil sees now, this turn's changes included."""
        today = local(self.now).date()
        entries = await register.entries(self.db, self.school.id, today, pupils=[pupil])
        return stamp(pupil, await self.cases_of(today, [pupil]), await self.live_alerts(), entries)
