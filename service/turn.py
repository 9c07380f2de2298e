"""One turn: one transaction for one school. What it loads, what is decided, and everything that follows.

Cases, alerts, marks, words, tasks and the journal of one decision are stored together or not at all. A stale version
raises Stale, and the runner loads and decides all of it again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
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
from attendance.events import Event
from attendance.ladder import Alert, TellStaff, open_alert, stand_down
from attendance.leave import LeaveRequest
from attendance.leave.request import id_in_alert
from attendance.people import AddressState
from attendance.register import MACHINE, Amendment, Entry
from attendance.school import School
from attendance.tasks import Task
from messaging.wording import Wording
from office.desk import stamp
from office.links import Links
from service import conversations, copies
from service.alert_numbers import AlertNumbers
from service.errors import Stale
from service.words import (
    EMAIL,
    SMS,
    TELEGRAM,
    WordsToSend,
    asks_in_words,
    routes_to,
    staff_in_words,
    tells_in_words,
)
from storage import absences, alerts, cases, journal, leave, outbox, people, register, schools, tasks, timers
from storage.journal import Line
from storage.outbox import OutboxRow
from storage.timers import Timer

OF_A_CLASS = ("register/", "unaccounted/")
SHOWN = 3
"""So many classes are named in one line about registers that are not in; its pupils are all of theirs."""
ALL_CLEAR = "absence.all_clear"
HEARD = frozenset({SMS, TELEGRAM, EMAIL})
WILL_NOT_LEAVE = frozenset({"cancelled", "failed"})


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
    _cases: dict[tuple[str, Session], Case] = field(default_factory=dict)
    _stored: dict[tuple[str, Session], Case] = field(default_factory=dict)
    _days_read: dict[date, frozenset[str] | None] = field(default_factory=dict)
    """For each day the pupils whose cases were read, None for everybody's: nobody else can change them meanwhile."""
    _fresh: set[tuple[str, Session]] = field(default_factory=set)
    _alerts: dict[str, Alert] = field(default_factory=dict)
    _stored_alerts: dict[str, Alert | None] = field(default_factory=dict)
    _live_loaded: bool = False
    _looked_under: set[str] = field(default_factory=set)
    _asks: list[Ask] = field(default_factory=list)
    _tells: list[Tell] = field(default_factory=list)
    _staff: list[tuple[Alert, TellStaff]] = field(default_factory=list)
    _words: list[WordsToSend] = field(default_factory=list)
    _written: dict[str, list[OutboxRow]] = field(default_factory=dict)
    """What was written about the pupils of `look_around`, until this turn changes it."""
    _tasks: dict[str, Task] | None = None
    """Every open task by its key, this turn's changes included, after `look_around`."""
    _at_the_end: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    _due: list[tuple[tuple[str, str], datetime | None]] = field(default_factory=list)
    """(Kind, key) of timers, and when each is due from now on; None for one that is needed no more."""

    # -- what happened ---------------------------------------------------------------------------------------------

    def note(self, kind: str, pupils: Iterable[str] = (), /, **data: Any) -> None:
        """Write one line of the journal; it is stored with the turn."""
        plain_data = {key: plain(value) for key, value in data.items()}
        self.lines.append(Line(at=self.now, kind=kind, data=plain_data, pupils=tuple(pupils)))

    def note_leave(self, request: LeaveRequest, **decided: Any) -> None:
        """A leave request as it stands now; `decided` says by whom and why."""
        self.note(
            "leave",
            (request.pupil,),
            pupil=request.pupil,
            first_day=request.first_day,
            return_day=request.return_day,
            state=request.state,
            code=request.code,
            flags=request.flags,
            notice_days=request.notice_days,
            id=request.id,
            **({"days": request.days} if request.days else {}),
            **({"until": request.until} if request.until else {}),
            **({"lacks": request.lacks} if request.lacks else {}),
            **decided,
        )

    # -- cases -----------------------------------------------------------------------------------------------------

    async def cases_of(self, day: Any, pupils: Sequence[str] | None = None) -> list[Case]:
        """The cases of a day as this turn sees them, its own changes included."""
        wanted = None if pupils is None else set(pupils)
        unread = _unread(self._days_read.get(day, frozenset()), wanted)
        if unread is None or unread:
            for stored in await cases.of_day(self.db, self.school.id, day, unread):
                self._remember(stored)
            self._days_read[day] = None if unread is None else frozenset({*(self._days_read.get(day) or ()), *unread})
        return [
            case
            for (pupil, session), case in self._cases.items()
            if session.day == day and (wanted is None or pupil in wanted)
        ]

    async def case(self, pupil: str, session: Session) -> Case | None:
        """One case, or None."""
        if (pupil, session) not in self._cases and _unread(self._days_read.get(session.day, frozenset()), {pupil}):
            stored = await cases.get(self.db, self.school.id, pupil, session)
            if stored is None:
                return None
            self._remember(stored)
        return self._cases.get((pupil, session))

    def _remember(self, case: Case) -> None:
        key = (case.pupil, case.session)
        if key not in self._cases:
            self._cases[key] = self._stored[key] = case

    async def open_case(self, case: Case) -> Case:
        """Put a new case into this turn; a pupil and session that has one already keeps it."""
        key = (case.pupil, case.session)
        if await self.case(*key) is None:
            self._cases[key] = case
            self._fresh.add(key)
        return self._cases[key]

    async def move(self, case: Case, event: Event) -> Case:
        """Let one event happen to one case, with all that follows."""
        seen = self._cases[case.pupil, case.session]
        moved, effects = advance(seen, event, self.now, self.school)
        self._cases[case.pupil, case.session] = moved
        await self.apply(effects)
        return moved

    async def replace_case(self, case: Case, effects: Sequence[Effect]) -> None:
        """Put a case that a rule outside `advance` decided (the all-clear button)."""
        self._cases[case.pupil, case.session] = case
        await self.apply(effects)

    # -- effects ---------------------------------------------------------------------------------------------------

    async def apply(self, effects: Iterable[Effect]) -> None:
        """Carry out effects in order."""
        for effect in effects:
            match effect:
                case Ask():
                    self._asks.append(effect)
                case Tell():
                    self._tells.append(effect)
                case CancelWords(pupil=pupil, session=session):
                    await self._cancel(pupil, session)
                case RaiseAlert():
                    await self.raise_alert(effect)
                case StandDown(prefix=prefix):
                    await self.stand_down(prefix)
                case OpenTask():
                    await self._open_task(effect)
                case CloseTasks(prefix=prefix):
                    await self._close_tasks(prefix)
                case Hold():
                    self.note("held", effect.pupils, what=effect.what, why=effect.why)

    async def _cancel(self, pupil: str, session: Session) -> None:
        """Queued words about this case are no longer worth saying; siblings in the same text are asked anew."""
        self._asks = [ask for ask in self._asks if (ask.pupil, ask.session) != (pupil, session)]
        known = self._written.get(pupil)
        for row in await outbox.queued_of_pupil(self.db, self.school.id, pupil) if known is None else known:
            asked = _cases(row)
            if row.state != "queued" or not any(_is_about(one, pupil, session) for one in asked):
                continue
            await outbox.cancel(self.db, self.school.id, message_ids=[row.message_id])
            for one in row.pupils:
                self._written.pop(one, None)
            self._asks += [asked_anew(row, one) for one in asked if not _is_about(one, pupil, session)]

    async def raise_alert(self, effect: RaiseAlert) -> None:
        """Open an alert once; a key that is already live tells nobody again, but of children who were not in it."""
        known = await self.alert_by_key(effect.key)
        if known is not None and known.live:
            if set(effect.pupils) <= set(known.pupils):
                return
            effect = replace(effect, pupils=tuple(dict.fromkeys((*known.pupils, *effect.pupils))))
        alert, words = open_alert(effect, self.now, self.school)
        if known is not None:
            alert = replace(alert, version=known.version, told=(*known.told, *alert.told))
            words = [replace(word, number=word.number + len(known.told)) for word in words]
        self.tell_staff(alert, words)

    def tell_staff(self, alert: Alert, words: Sequence[TellStaff]) -> None:
        """Queue the words of one rung, and write down who was told."""
        self._alerts[alert.key] = alert
        for word in words:
            self._staff.append((alert, word))

    async def alert_by_key(self, key: str) -> Alert | None:
        """One alert as this turn sees it, or None."""
        if key not in self._alerts and key not in self._stored_alerts:
            stored = await alerts.get(self.db, self.school.id, key)
            self._stored_alerts[key] = stored
            if stored is not None:
                self._alerts[key] = stored
        return self._alerts.get(key)

    async def look_up_alerts(self, keys: Sequence[str]) -> None:
        """Read many alerts at once that `alert_by_key` will be asked for."""
        if new := [key for key in keys if key not in self._stored_alerts and key not in self._alerts]:
            self._remember_alerts(await alerts.of_keys(self.db, self.school.id, new))
            self._stored_alerts |= {key: None for key in new if key not in self._stored_alerts}

    def _remember_alerts(self, stored: Iterable[Alert]) -> None:
        for one in stored:
            if one.key not in self._alerts:
                self._alerts[one.key] = self._stored_alerts[one.key] = one

    async def live_alerts(self) -> list[Alert]:
        """Every alert that is not over, this turn's changes included."""
        if not self._live_loaded:
            self._remember_alerts(await alerts.live(self.db, self.school.id))
            self._live_loaded = True
        return [alert for alert in self._alerts.values() if alert.live]

    async def stand_down(self, prefix: str) -> None:
        """End every live alert whose key is `prefix`, or lies under it."""
        if not self._live_loaded and prefix not in self._looked_under:
            self._remember_alerts(await alerts.live_under(self.db, self.school.id, prefix))
            self._looked_under.add(prefix)
        for alert in list(self._alerts.values()):
            if alert.live and is_under(alert.key, prefix):
                self._alerts[alert.key] = stand_down(alert)

    def put_alert(self, alert: Alert) -> None:
        """Put an alert that a rule of the ladder moved."""
        self._alerts[alert.key] = alert

    async def look_around(self, pupils: Sequence[str]) -> None:
        """Read at once what the events of many pupils will ask for one by one: alerts, tasks and words about them."""
        if len(pupils) < 2:
            return
        await self.live_alerts()
        self._tasks = {task.key: task for task in await tasks.open(self.db, self.school.id)}
        self._written = await outbox.of_pupils(self.db, self.school.id, pupils)

    async def _written_about(self, pupil: str) -> Sequence[OutboxRow]:
        if pupil in self._written:
            return self._written[pupil]
        return await outbox.of_pupil(self.db, self.school.id, pupil)

    async def _close_tasks(self, prefix: str) -> None:
        read = self._tasks
        found = await tasks.open_under(self.db, self.school.id, prefix) if read is None else list(read.values())
        for task in found:
            if is_under(task.key, prefix):
                await tasks.finish(self.db, self.school.id, task.key, MACHINE, self.now, "no longer needed")
                if read is not None:
                    del read[task.key]

    async def _open_task(self, effect: OpenTask) -> None:
        if await self._is_at_work(effect):
            return
        task = Task(effect.key, effect.what, effect.role, effect.due, effect.pupils, effect.session, effect.note)
        for added in await tasks.add(self.db, self.school.id, [task], self.now):
            if self._tasks is not None:
                self._tasks[added.key] = added
            self.note(
                "task",
                added.pupils,
                role=added.role,
                what=added.what,
                due=added.due,
                session=added.session.half if added.session else None,
                key=added.key,
            )

    async def _is_at_work(self, effect: OpenTask) -> bool:
        """Whether the same work is open from an alarm before this one: its earlier time stands, and one is enough."""
        before, alarm, _ = effect.key.rpartition("/alarm/")
        if not alarm:
            return False
        prefix = f"{before}{alarm}"
        known = self._tasks
        if known is not None:
            return any(key.startswith(prefix) for key in known)
        return bool(await tasks.open_under(self.db, self.school.id, prefix))

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
            self.note(
                "mark",
                (one.pupil,),
                pupil=one.pupil,
                day=one.session.day,
                session=one.session.half,
                original=one.original,
                code=one.code,
                provisional=one.provisional,
                by=one.by,
                position=one.position,
                reason=one.reason,
            )

    async def add_absence(self, absence: Absence) -> None:
        """Keep one report."""
        await absences.add(self.db, self.school.id, [absence])

    # -- words -----------------------------------------------------------------------------------------------------

    def send(self, words: WordsToSend) -> None:
        """Queue words that are not a case's: a reply, a decision on leave, a person's own text."""
        self._words.append(words)

    async def cancel_words_to(self, contact: str, pupil: str) -> None:
        """Queued words to this contact about this pupil do not leave; siblings in the same text are asked anew."""
        for row in await outbox.queued_of_pupil(self.db, self.school.id, pupil):
            if row.contact_id == contact:
                await outbox.cancel(self.db, self.school.id, message_ids=[row.message_id])
                self.note("cancelled", (pupil,), message=row.message_id, why="this contact is barred now")
                self._asks += [asked_anew(row, one) for one in _cases(row) if one["pupil"] != pupil]

    async def set_address(self, channel: str, address: str, state: AddressState, why: str) -> None:
        """Remember that an address is stopped, bad or live; decisions of this turn see it at once."""
        await people.set_address_state(self.db, self.school.id, channel, address, state, why, self.now)
        await schools.touch_people(self.db, self.school.id)
        roll, key = self.school.roll, (channel, address.casefold())
        chosen = {way: at for way, at in roll.chosen.items() if way != key}
        if state is AddressState.LIVE:
            chosen[key] = self.now
        known = {**roll.addresses, (channel, address): state}
        self.school = replace(self.school, roll=replace(roll, addresses=known, chosen=chosen))

    def at_the_end(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do `work` when everything else of this turn is decided, and before it is stored."""
        self._at_the_end.append(work)

    # -- the end ---------------------------------------------------------------------------------------------------

    async def finish(self) -> None:
        """Store everything: cases and alerts under their versions, words under their keys, then the journal."""
        for work in self._at_the_end:
            await work()
        await self._end_holds()
        await self._save_cases()
        await self._save_alerts()
        await self._set_timers()
        await self._queue_words()
        await journal.append(self.db, self.school.id, self.lines)

    async def _end_holds(self) -> None:
        """A held send is over when none of its children is held any more: seen, explained, released or stopped."""
        before = self._stored
        let_go = {case.session for key, case in self._cases.items() if _was_held(before.get(key)) and not case.held}
        for session in let_go:
            if not any(case.held and case.session == session for case in await self.cases_of(session.day)):
                await self.stand_down(f"hold/{session}")

    async def _save_cases(self) -> None:
        fresh = [self._cases[key] for key in self._cases if key in self._fresh]
        if fresh:
            await cases.add(self.db, self.school.id, fresh)
        changed = [
            case for key, case in self._cases.items() if key not in self._fresh and case != self._stored.get(key)
        ]
        for case in await cases.save(self.db, self.school.id, changed):
            raise Stale(case.key)
        moved = [*fresh, *changed]
        for case in moved:
            old = self._stored.get((case.pupil, case.session))
            self._look_again("case", f"{case.pupil}/{case.session}", case.due_at, old.due_at if old else None)
        for case in moved:
            before = self._stored.get((case.pupil, case.session))
            if before is None or _shown(before) != _shown(case):
                self.note(
                    "case",
                    (case.pupil,),
                    pupil=case.pupil,
                    day=case.session.day,
                    session=case.session.half,
                    state=case.stage,
                    whereabouts=case.whereabouts,
                    reason=case.reason,
                    outcome=case.outcome,
                )

    async def _save_alerts(self) -> None:
        moved = [alert for key, alert in self._alerts.items() if alert != self._stored_alerts.get(key)]
        await alerts.add(self.db, self.school.id, [one for one in moved if self._stored_alerts.get(one.key) is None])
        changed = [one for one in moved if self._stored_alerts.get(one.key) is not None]
        for one in await alerts.save(self.db, self.school.id, changed):
            raise Stale(one.key)
        for one in moved:
            old = self._stored_alerts.get(one.key)
            self._look_again("alert", one.key, one.due_at if one.live else None, old.due_at if old else None)

    def _look_again(self, kind: str, key: str, due: datetime | None, before: datetime | None) -> None:
        """From now on the timer is due then; None: never, and there is none to drop where there was none before."""
        if due is not None or before is not None:
            self._due.append(((kind, key), due))

    async def _set_timers(self) -> None:
        await timers.put(self.db, self.school.id, [Timer(*of, at, {}) for of, at in self._due if at is not None])
        await timers.drop(self.db, self.school.id, [of for of, at in self._due if at is None])

    def _note_alerts(self) -> None:
        for group in _tellings(self._staff):
            alert, told = group[0]
            routes = routes_to(alert, told.staff, self.ours)
            reasons = [one.because for one, _ in group]
            more = f" And {len(reasons) - SHOWN} more classes." if len(reasons) > SHOWN else ""
            self.note(
                "alert",
                dict.fromkeys(pupil for one, _ in group for pupil in one.pupils),
                to=told.staff.id,
                role=told.role,
                reason=told.reason,
                urgent=alert.urgent,
                channel=routes[0][0] if routes else "board",
                because=" ".join(reasons[:SHOWN]) + more,
                key=alert.key,
                session=alert.session.half if alert.session else None,
            )

    async def _was_written_to(self, tell: Tell) -> bool:
        """Only somebody whom our question may have reached hears how it ended: a stopped question frightened nobody.

        Nobody hears twice that a child is here, but after having been asked again.
        """
        asked: set[str] = set()
        cleared = False
        for pupil in tell.pupils:
            for row in await self._written_about(pupil):
                if row.contact_id != tell.contact or row.state in WILL_NOT_LEAVE:
                    continue
                if row.template == tell.template == ALL_CLEAR and local(row.created_at).date() == tell.session.day:
                    cleared = True
                if row.state == "queued" or not _cases(row):
                    continue
                cleared = False
                if any(_is_about(one, pupil, tell.session) for one in _cases(row)):
                    asked.add(row.state)
        return bool(asked) and not cleared

    async def stamp(self, pupil: str) -> str:
        """What a decision about this pupil sees now, this turn's changes included."""
        today = local(self.now).date()
        entries = await register.entries(self.db, self.school.id, today, pupils=[pupil])
        return stamp(pupil, await self.cases_of(today, [pupil]), await self.live_alerts(), entries)

    async def _look_for_buttons(self) -> None:
        """What those see whose chat gets buttons with the alert."""
        for alert, told in self._staff:
            if told.staff.telegram and (id := id_in_alert(alert.key)) and f"leave/{id}" not in self.seen:
                request = await leave.get(self.db, self.school.id, id)
                if request is not None:
                    self.seen[f"leave/{id}"] = str(request.version)
            if told.staff.telegram and TELEGRAM in self.ours and len(alert.pupils) == 1:
                self.seen[alert.pupils[0]] = await self.stamp(alert.pupils[0])

    def _needs_no_telling(self, alert: Alert, word: TellStaff) -> bool:
        """Whoever took the matter in this very turn (stopped or held a send) knows of it."""
        now = self._alerts.get(alert.key, alert)
        return now.acknowledged_by == word.staff.id == self.actor and now.acknowledged_at == self.now

    async def _queue_words(self) -> None:
        self._tells = [tell for tell in self._tells if await self._was_written_to(tell)]
        await self._look_for_buttons()
        self._words += await copies.put_right(self, copies.moved(self._stored_alerts, self._alerts))
        self._staff = [(alert, word) for alert, word in self._staff if not self._needs_no_telling(alert, word)]
        if self._staff:
            newest = await outbox.about_of_newest_to_staff(self.db, self.school.id)
            self.numbers = AlertNumbers(newest, self.school.id)
        words = [
            *asks_in_words(self._asks, self),
            *tells_in_words(self._tells, self),
            *self._words,
            *staff_in_words(self._staff, self),
        ]
        self._note_alerts()
        rows = [word.row(self.now, self.new_id()) for word in words]
        added = await outbox.add(self.db, self.school.id, rows)
        new = {row.key for row in added}
        asked = [(word, row) for word, row in zip(words, rows, strict=True) if word.question is not None]
        # a send that was held before it left is released under its old key
        leave = [w for w, row in asked if w.key in new or await outbox.revive(self.db, self.school.id, row)]
        await conversations.open_questions(self.db, self.ours, leave, self.school.id)


def _was_held(case: Case | None) -> bool:
    return case is not None and case.held


def _tellings(told: Sequence[tuple[Alert, TellStaff]]) -> list[list[tuple[Alert, TellStaff]]]:
    """What is one telling: the classes without marks of one register, to one person; anything else by itself."""
    found: dict[tuple[object, ...], list[tuple[Alert, TellStaff]]] = {}
    for alert, one in told:
        of_class = alert.key.startswith(OF_A_CLASS)
        key = (one.staff.id, one.role, one.reason, alert.session if of_class else (alert.key, one.number))
        found.setdefault(key, []).append((alert, one))
    return list(found.values())


def plain(value: Any) -> Any:
    """A value as the journal keeps it: JSON, with instants on London's wall clock."""
    match value:
        case datetime():
            return local(value).isoformat()
        case date() | time():
            return value.isoformat()
        case tuple() | list():
            return [plain(one) for one in value]
        case Mapping():
            return {str(key): plain(one) for key, one in value.items()}
        case _:
            return value


def _unread(read: frozenset[str] | None, wanted: set[str] | None) -> set[str] | None:
    """Whose cases are still to be read: an empty set when nobody's, None when the whole day is wanted."""
    if read is None:
        return set()
    return None if wanted is None else wanted - read


def _shown(case: Case) -> tuple[object, ...]:
    return case.stage, case.whereabouts, case.reason, case.outcome


def _cases(row: OutboxRow) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = row.about.get("cases", ())
    return found


def _is_about(asked: Mapping[str, Any], pupil: str, session: Session) -> bool:
    return (asked["pupil"], asked["day"], asked["half"]) == (pupil, session.day.isoformat(), session.half)


def asked_anew(row: OutboxRow, about: Mapping[str, Any]) -> Ask:
    """The ask of a sibling whose shared text was cancelled before it left."""
    return Ask(
        about["pupil"],
        Session(datetime.fromisoformat(about["day"]).date(), about["half"]),
        about["contact"],
        row.channel,
        row.address,
        about["round"],
        about["parent"],
    )


def is_under(key: str, prefix: str) -> bool:
    """True when the key is `prefix` or begins with it and a slash: pupil 1 is not pupil 12, class 1 not class 10."""
    return f"{key}/".startswith(f"{prefix.removesuffix('/')}/")
