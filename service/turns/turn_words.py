"""The words of one turn: what it asks, tells and answers, until they are rows of the outbox."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.calendar import Session, local
from attendance.case import Case
from attendance.effects import Ask, Tell
from attendance.ladder import Alert, TellStaff
from attendance.people import address_key
from attendance.school import School
from attendance.telling import still_open
from bot.whereabouts.news_wanted import LOOKING
from service.incoming import conversations
from service.turns.words import Speaker, WordsToSend, asks_in_words, staff_in_words, tells_in_words
from storage import outbox
from storage.outbox import OutboxRow

ALL_CLEAR = "absence.all_clear"
_SESSION_OF = re.compile(r"/(?P<day>\d{4}-\d\d-\d\d)/(?P<half>am|pm)/")
DANGER = "absence.danger"
FEARED = frozenset({DANGER, LOOKING})
"""What somebody was answered who feared for a child."""
WHY = "absence.reason"
SAID_ONCE = frozenset({ALL_CLEAR, "absence.settled_other_household"})
Way = tuple[Session, str | None, str, str]
"""Of which session whom we ask, on which channel and at which address."""
WILL_NOT_LEAVE = frozenset({"cancelled", "failed"})


class TurnWords:
    """What is asked about one case can be cancelled again; what has left cannot."""

    def __init__(self, db: AsyncConnection, school_id: str) -> None:
        self._db = db
        self._school = school_id
        self._asks: list[Ask] = []
        self._waiting_again: list[OutboxRow] = []
        self._tells: list[Tell] = []
        self.staff: list[tuple[Alert, TellStaff]] = []
        """Whom an alert tells."""
        self.said: list[WordsToSend] = []
        """Words that are not a case's."""
        self._written: dict[str, list[OutboxRow]] = {}
        """What was written about the pupils of `look_around`, until this turn changes it."""

    async def look_around(self, pupils: Sequence[str]) -> None:
        """Read at once what was written about many pupils."""
        self._written = await outbox.of_pupils(self._db, self._school, pupils)

    async def _written_about(self, pupil: str) -> Sequence[OutboxRow]:
        if pupil in self._written:
            return self._written[pupil]
        return await outbox.of_pupil(self._db, self._school, pupil)

    async def _queued_about(self, pupil: str) -> Sequence[OutboxRow]:
        if pupil in self._written:
            return [row for row in self._written[pupil] if row.state == "queued"]
        return await outbox.queued_of_pupil(self._db, self._school, pupil)

    def ask(self, effect: Ask) -> None:
        """Ask a contact about a case."""
        self._asks.append(effect)

    @property
    def tells(self) -> bool:
        """Whether anybody is told how a case ended."""
        return bool(self._tells)

    def tell(self, effect: Tell) -> None:
        """Tell a contact how a case ended."""
        self._tells.append(effect)

    async def cancel(self, pupil: str, session: Session) -> None:
        """Queued words about this case are no longer worth saying; siblings in the same text are asked anew."""
        self._asks = [ask for ask in self._asks if (ask.pupil, ask.session) != (pupil, session)]
        for row in await self._queued_about(pupil):
            asked = cases_of(row)
            if not any(_is_about(one, pupil, session) for one in asked):
                continue
            await outbox.cancel(self._db, self._school, message_ids=[row.message_id])
            for one in row.pupils:
                self._written.pop(one, None)
            self._asks += [asked_anew(row, one) for one in asked if not _is_about(one, pupil, session)]

    async def cancel_to(self, contact: str, pupil: str) -> tuple[list[str], list[Ask]]:
        """Queued words to this contact about this pupil do not leave, siblings in the same text are asked anew.

        Answers which (message ids), and what was asked of the pupil and does not leave.
        """
        withdrawn = [ask for ask in self._asks if (ask.contact, ask.pupil) == (contact, pupil)]
        self._asks = [ask for ask in self._asks if ask not in withdrawn]
        self._tells = [tell for tell in self._tells if tell.contact != contact or pupil not in tell.pupils]
        rows = [row for row in await self._queued_about(pupil) if row.contact_id == contact]
        for row in rows:
            await outbox.cancel(self._db, self._school, message_ids=[row.message_id])
            for one in row.pupils:
                self._written.pop(one, None)
            asks = [asked_anew(row, one) for one in cases_of(row)]
            self._asks += [ask for ask in asks if ask.pupil != pupil]
            withdrawn += [ask for ask in asks if ask.pupil == pupil]
        return [row.message_id for row in rows], withdrawn

    def wait_again(self, row: OutboxRow) -> None:
        """Words that nobody could say of whether they had left have not, and may go with others."""
        self._waiting_again.append(row)

    async def join_waiting(self) -> None:
        """A question that could not leave yet (an outage, quiet hours) goes in one text with this turn's to the same
        contact: when the provider is back, a family hears of both children at once (promise 9). So do two that wait,
        where it was only found out now that the one had not left.
        """
        asked_now = {_asked_way(ask) for ask in self._asks if not ask.again}
        waiting = {_asked_way(asked_anew(row, one)) for row in self._waiting_again for one in cases_of(row)[:1]}
        for session in {session for session, *_ in asked_now | waiting}:
            by_way: dict[Way, list[OutboxRow]] = {}
            for row in await outbox.queued_with_key(self._db, self._school, f"ask/{session}/"):
                if "/again/" not in row.key:
                    by_way.setdefault((session, row.contact_id, row.channel, row.address), []).append(row)
            for way, rows in by_way.items():
                if way in asked_now or (way in waiting and len(rows) > 1):
                    await outbox.cancel(self._db, self._school, message_ids=[row.message_id for row in rows])
                    self._asks += [asked_anew(row, one) for row in rows for one in cases_of(row)]

    async def keep_back_all_clears(self) -> None:
        """ "In school after all" that could not leave yet (an outage) is not said while the child is sought again."""
        for pupil in {ask.pupil for ask in self._asks}:
            for row in [one for one in await self._queued_about(pupil) if one.template == ALL_CLEAR]:
                await outbox.cancel(self._db, self._school, message_ids=[row.message_id])
                for one in row.pupils:
                    self._written.pop(one, None)
                self._tells += [tell for tell in told_by(row) if tell.pupils != (pupil,)]

    async def say_what_was_kept_back(self, can_hear: Callable[[str, str], bool]) -> None:
        """Found at last: who never heard how an earlier session of the day ended hears it now, like those asked since.

        `can_hear`: whether an address (by channel) may be written to.
        """
        clear = [(pupil, tell) for tell in self._tells if tell.template == ALL_CLEAR for pupil in tell.pupils]
        for pupil, found in clear:
            told = {tell.contact for one, tell in clear if one == pupil}
            rows = [row for row in await self._written_about(pupil) if row.template == ALL_CLEAR]
            for row in rows:
                today = local(row.created_at).date() == found.session.day
                if (
                    today
                    and row.state == "cancelled"
                    and row.contact_id not in told
                    and can_hear(row.channel, row.address)
                ):
                    self._tells += [replace(tell, how=found.how) for tell in told_by(row) if tell.pupils == (pupil,)]

    async def say_to_those_who_feared(self, may_hear: Callable[[Tell], bool]) -> None:
        """Found after a search: so hears everybody who wrote of the child today and heard that staff were being told,
        asked or not.
        """
        for found in [tell for tell in self._tells if tell.template == ALL_CLEAR and tell.how == "found"]:
            told = {tell.contact for tell in self._tells if tell.pupils == found.pupils}
            for row in await self._written_about(found.pupils[0]):
                feared = row.template in FEARED and local(row.created_at).date() == found.session.day
                who = row.contact_id
                if not feared or who is None or who in told:
                    continue
                tell = replace(found, contact=who, channel=row.channel, address=row.address)
                if may_hear(tell):
                    told.add(who)
                    self._tells.append(tell)

    async def drop_needless(self, may_know: Callable[[Tell], bool]) -> None:
        """Only somebody whom our question may have reached hears how it ended, and once that a child is here."""
        needed = [tell for tell in self._tells if may_know(tell) and await self._was_written_to(tell)]
        last = {(tell.contact, tell.pupils, tell.template): tell for tell in needed}
        self._tells = [tell for tell in needed if tell.template != ALL_CLEAR or tell in last.values()]
        self.said = [words for words in self.said if not self._is_asked_anyway(words)]

    async def leave_to_whoever_holds(self, held: Mapping[tuple[str, str], str]) -> list[tuple[Tell, str]]:
        """How a case ended is not told in a thread that a person has taken over (`held`: who, by channel and address).

        Answers what they have to tell themselves, and who.
        """
        theirs = [tell for tell in self._tells if _way(tell) in held]
        self._tells = [tell for tell in self._tells if _way(tell) not in held]
        return [(tell, held[_way(tell)]) for tell in theirs if await self._was_written_to(tell)]

    async def name_those_still_open(
        self, cases_of: Callable[[date, Sequence[str]], Awaitable[list[Case]]], school: School
    ) -> None:
        """ "You need not reply to our message" is not said while another child of the same text is looked for."""
        for number, tell in enumerate(self._tells):
            others = [link.pupil for link in school.roll.children_of(tell.contact) if link.pupil not in tell.pupils]
            if others:
                self._tells[number] = still_open(tell, await cases_of(tell.session.day, others), school)

    def _is_asked_anyway(self, words: WordsToSend) -> bool:
        """ "Can you tell us why?" beside the first-day question of this turn, to the same contact about the same."""
        asked = {ask.pupil for ask in self._asks if ask.contact == words.contact}
        return words.words.template == WHY and words.contact is not None and set(words.pupils) <= asked

    async def _was_written_to(self, tell: Tell) -> bool:
        """A stopped question frightened nobody. Nobody hears twice that a child is here, or that we have heard of it,
        but after having been asked again, or after having written that it should be here and heard that staff are
        being told.
        """
        asked: set[str] = set()
        cleared = False
        for pupil in tell.pupils:
            for row in await self._written_about(pupil):
                if row.contact_id != tell.contact or row.state in WILL_NOT_LEAVE:
                    continue
                said = row.template == tell.template in SAID_ONCE and row.state != "undelivered"
                if said and local(row.created_at).date() == tell.session.day:
                    cleared = True
                if row.template in FEARED and local(row.created_at).date() == tell.session.day:
                    cleared = False
                    asked.add(row.state)
                if row.state == "queued" or not cases_of(row):
                    continue
                cleared = False
                if any(_is_about(one, pupil, tell.session) for one in cases_of(row)):
                    asked.add(row.state)
        return bool(asked) and not cleared

    def in_words(self, speaker: Speaker) -> list[WordsToSend]:
        """Everything, in the order in which it leaves."""
        return [
            *asks_in_words(self._asks, speaker),
            *tells_in_words(self._tells, speaker),
            *self.said,
            *staff_in_words(self.staff, speaker),
        ]

    async def queue(self, words: Sequence[WordsToSend], rows: Sequence[OutboxRow], ours: Mapping[str, str]) -> None:
        """Write the rows of these words under their keys, and what is asked now into its threads."""
        new = {row.key for row in await outbox.add(self._db, self._school, rows)}
        asked = [(word, row) for word, row in zip(words, rows, strict=True) if word.question is not None]
        # a send that was held before it left is released under its old key
        leave = [word for word, row in asked if word.key in new or await outbox.revive(self._db, self._school, row)]
        await conversations.open_questions(self._db, ours, leave, self._school)


def cases_of(row: OutboxRow) -> Sequence[Mapping[str, Any]]:
    """The cases that a message asks about."""
    found: Sequence[Mapping[str, Any]] = row.about.get("cases", ())
    return found


def _way(tell: Tell) -> tuple[str, str]:
    return tell.channel, address_key(tell.address)


def told_by(row: OutboxRow, purpose: str = "all_clear_later") -> list[Tell]:
    """The words of an all-clear that did not leave or arrive, child by child; under a key of their own."""
    found = _SESSION_OF.search(row.key)
    if found is None:
        raise ValueError(f"{row.key} is no key of words about a session; see tells_in_words")
    session = Session(date.fromisoformat(found["day"]), "pm" if found["half"] == "pm" else "am")
    to, how = (row.contact_id or "", row.channel, row.address), row.about.get("how", "here")
    return [Tell((pupil,), session, *to, row.template, purpose, how) for pupil in row.pupils]


def _asked_way(ask: Ask) -> Way:
    return ask.session, ask.contact, ask.channel, ask.address


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
        told_on=date.fromisoformat(about["told_on"]) if "told_on" in about else None,
    )
