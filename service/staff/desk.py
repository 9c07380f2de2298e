"""The office's desk: each act of staff is one turn of the runner, checked against what the page had shown."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TypeVar

from attendance.calendar import Session
from attendance.incoming import RefusedMark
from attendance.school import School
from office.desk import LeaveAct, LinkWish, NotPossible, Overtaken
from service.day import holding, nudging, registers
from service.errors import CannotDo, Stale
from service.incoming import linking
from service.incoming.chat_acts import RING_WITHIN, VISIT_WITHIN
from service.leave import deciding, letters
from service.leave.deciding import Decision
from service.outgoing import retrying
from service.runner import Runner
from service.staff import checked, overlaying, staffing, written_down
from service.staff.checked import Work
from service.turns.turn import Turn
from storage import leave, outbox
from storage.engine import Database

T = TypeVar("T")
SAME_WORDS_WITHIN = timedelta(minutes=1)
BotName = Callable[[], Awaitable[str]]
"""Asks how people find the bot (t.me/<name>). Raises OSError where Telegram cannot be asked."""
PROMISES = {"ring": RING_WITHIN, "home_visit": VISIT_WITHIN}
"""How soon somebody who says that they do it is expected to have done it."""


class OfficeDesk:
    """One school's desk. Implements office.desk.Desk."""

    def __init__(self, runner: Runner, school_id: str, bot: BotName | None = None) -> None:
        self._runner = runner
        self._school_id = school_id
        self._bot = bot

    @property
    def school_id(self) -> str:
        """The school whose desk this is."""
        return self._school_id

    @property
    def database(self) -> Database:
        """Where pages read."""
        return self._runner.database

    @property
    def has_bot(self) -> bool:
        """Whether families can be invited to Telegram."""
        return self._bot is not None

    def now(self) -> datetime:
        """The present instant (aware UTC)."""
        return self._runner.clock.now()

    async def school(self) -> School:
        """The school as it stands now."""
        return await self._runner.school(self._school_id)

    async def _do(self, work: Callable[[Turn], Awaitable[T]]) -> T:
        with _in_words_of_the_office():
            return await self._runner.turn(self._school_id, work)

    async def _decide(self, pupil: str, seen: str, work: Work) -> None:
        """Do `work` unless the matter has changed since the page was made."""
        await self._do(lambda turn: checked.decide(turn, pupil, seen, work))

    async def acknowledge(self, staff: str, *, pupil: str | None = None, key: str | None = None) -> None:
        """I have it."""
        await self._do(lambda turn: checked.take(turn, staff, pupil=pupil, key=key))

    async def settle(self, staff: str, pupil: str, outcome: str, seen: str) -> None:
        """Close today's cases with an outcome."""
        await self._decide(pupil, seen, lambda turn: staffing.settle(turn, staff, pupil, outcome))

    async def confirm(self, staff: str, pupil: str, seen: str) -> None:
        """Confirm the provisional code."""
        await self._decide(pupil, seen, lambda turn: staffing.confirm(turn, staff, pupil))

    async def amend(self, staff: str, pupil: str, session: Session, code: str, reason: str, seen: str) -> None:
        """Enter another code, with its reason."""
        await self._decide(pupil, seen, lambda turn: staffing.amend(turn, staff, pupil, session, code, reason))

    async def close_alert(self, staff: str, key: str) -> None:
        """A matter without a case is over."""

        async def work(turn: Turn) -> None:
            alert = await turn.alert_by_key(key)
            if alert is None or not alert.live:
                raise Overtaken("Somebody closed this before you.")
            await staffing.close_alert(turn, staff, key)

        await self._do(work)

    async def release(self, staff: str) -> int:
        """What is still worth saying leaves."""
        return await self._let_go(staff, holding.release)

    async def stop(self, staff: str) -> int:
        """Nobody is written to; the children are with whoever stopped it."""
        return await self._let_go(staff, holding.stop)

    async def _let_go(self, staff: str, act: Callable[[Turn, str], Awaitable[int]]) -> int:
        async def work(turn: Turn) -> int:
            if not await holding.is_held(turn):
                raise Overtaken("Nothing is held any more.")
            return await act(turn, staff)

        return await self._do(work)

    async def hold(self, staff: str) -> int:
        """Hold what has not left yet."""
        return await self._do(lambda turn: holding.hold(turn, staff))

    async def all_clear(self, staff: str, pupil: str | None = None) -> None:
        """Tell those who were written to about a child who is accounted for."""
        await self._do(lambda turn: staffing.all_clear(turn, staff, pupil))

    async def promise(self, staff: str, pupil: str, what: str) -> None:
        """This person rings, or goes there; whoever says so has the matter too."""

        async def work(turn: Turn) -> None:
            if what not in PROMISES:
                raise CannotDo("Nobody can promise that here.")
            await staffing.promise(turn, staff, pupil, what, PROMISES[what])
            await staffing.acknowledge(turn, staff, pupil=pupil)

        await self._do(work)

    async def note(self, staff: str, pupil: str, text: str) -> None:
        """A line of one's own in the story."""
        await self._do(lambda turn: written_down.note(turn, staff, pupil, text))

    async def rang(self, staff: str, pupil: str, contact: str, came: str, text: str) -> None:
        """What came of a call."""
        await self._do(lambda turn: written_down.rang(turn, staff, pupil, contact, came, text))

    async def visited(self, staff: str, pupil: str, key: str, came: str, text: str) -> None:
        """What a home visit found."""
        await self._do(lambda turn: written_down.visited(turn, staff, pupil, key, came, text))

    async def send(self, staff: str, contact: str, text: str) -> None:
        """A person's own words; a second press of the button sends nothing."""

        async def work(turn: Turn) -> None:
            newest = await outbox.newest_to(turn.db, turn.school.id, contact)
            if (
                newest is not None
                and newest.text == text.strip()
                and newest.state != "cancelled"
                and turn.now - newest.created_at < SAME_WORDS_WITHIN
            ):
                return
            await staffing.send(turn, staff, contact, text)

        await self._do(work)

    async def invite(self, staff: str, contact: str) -> None:
        """Text a contact a link for Telegram; a second press of the button sends nothing."""
        if self._bot is None:
            raise NotPossible("There is no Telegram bot here; docs/how-to/telegram.md says how to make one.")
        try:
            bot = await self._bot()
        except OSError as error:
            raise NotPossible(f"Telegram could not be asked, so nothing was sent: {error}. Try again later.") from error
        token = secrets.token_urlsafe(24)

        async def work(turn: Turn) -> None:
            newest = await outbox.newest_to(turn.db, turn.school.id, contact)
            just_now = newest is not None and turn.now - newest.created_at < SAME_WORDS_WITHIN
            if newest is None or newest.template != "telegram.invite" or not just_now:
                staffing.member_of(turn, staff)
                await linking.invite(turn, contact, bot, token)

        await self._do(work)

    async def take_over(self, staff: str, contact: str, back: bool = False) -> None:
        """Take the contact's threads over, or hand them back."""
        await self._do(lambda turn: staffing.take_over(turn, staff, contact, back))

    async def finish_task(self, staff: str, key: str, outcome: str) -> None:
        """A task is done."""

        async def work(turn: Turn) -> None:
            if all(task.key != key for task in await turn.open_tasks()):
                raise Overtaken("Somebody finished this task before you.")
            await staffing.finish_task(turn, staff, key, outcome)

        await self._do(work)

    async def decide_leave(
        self,
        staff: str,
        leave_id: str,
        seen_version: int,
        act: LeaveAct,
        reason: str,
        days: Sequence[date] | None = None,
    ) -> None:
        """Grant all or some days, refuse, or ask for more, on what the page had shown."""

        async def work(turn: Turn) -> None:
            request = await leave.get(turn.db, turn.school.id, leave_id)
            if request is None or request.version != seen_version:
                raise Overtaken("The request changed, or somebody decided it, while you were reading. Look again.")
            await deciding.decide(turn, staffing.member_of(turn, staff), request, Decision(act, reason, days))

        await self._do(work)

    async def decide_link(self, staff: str, pupil: str, contact: str, wish: LinkWish) -> None:
        """What no import clears about one contact of a pupil."""
        await self._do(lambda turn: overlaying.decide_link(turn, staff, pupil, contact, wish))

    async def release_contact(self, staff: str, pupil: str, contact: str, why: str) -> int:
        """A contact who was set aside is asked again."""
        return await self._do(lambda turn: overlaying.release(turn, staff, pupil, contact, why))

    async def decide_language(self, staff: str, contact: str, language: str | None) -> None:
        """The language of a contact."""
        await self._do(lambda turn: overlaying.decide_language(turn, staff, contact, language))

    async def set_away(self, staff: str, who: str, away: bool) -> None:
        """A member of staff is away from now on, or here again."""

        async def work(turn: Turn) -> None:
            by = staffing.member_of(turn, staff)
            await staffing.set_away(turn, who, away)
            turn.actor = by.id

        await self._do(work)

    async def try_again(self, staff: str, contact: str, channel: str) -> int:
        """A dead address works again."""

        async def work(turn: Turn) -> int:
            if retrying.is_live(turn, contact, channel):
                raise Overtaken("That number or address counts as working already.")
            return await retrying.works_again(turn, staff, contact, channel)

        return await self._do(work)

    async def nudge(self, staff: str, group: str, session: Session) -> None:
        """Remind a class's teacher of the register."""
        await self._do(lambda turn: nudging.nudge(turn, staff, group, session))

    async def release_letter(self, staff: str, letter_id: str, way: letters.Way) -> None:
        """A letter goes out by e-mail, or is printed."""
        await self._do(lambda turn: letters.release(turn, staffing.member_of(turn, staff), letter_id, way))

    async def put_marks(self, staff: str, session: Session, marks: Mapping[str, str]) -> tuple[str, ...]:
        """Take a register by hand; it counts as the school system's marks, and who did it is written down.

        Answers the marks that were refused, each with its reason; the others are taken.
        """

        refused: list[RefusedMark] = []

        async def work(turn: Turn) -> None:
            member = staffing.member_of(turn, staff)
            known = turn.school.roll.pupils
            groups: Sequence[str] = sorted({known[pupil].group for pupil in marks if pupil in known})
            refused[:] = await registers.marks_came(turn, session, marks, groups)
            turn.note(
                "register_taken", (), groups=groups, session=session.half, by=member.name, position=member.position
            )

        await self._do(work)
        return tuple(f"`{one.code}`: {one.why}" for one in refused)


@contextmanager
def _in_words_of_the_office() -> Iterator[None]:
    try:
        yield
    except CannotDo as error:
        raise NotPossible(str(error)) from error
    except Stale as error:
        raise Overtaken("Somebody else decided at the same moment. Look again, then decide.") from error
