"""The service behind the pages for families and for decisions by link. Implements office.leave_door.Door."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from office.desk import Desk, Overtaken
from office.leave.family_form import Answers
from office.leave.leave_door import USED
from office.leave.links import DecisionLink, Links, OpenForm
from service.leave import forms
from service.leave.forms import HandedIn
from service.runner import Runner
from service.turns.carrying_out import carry_out_effect
from service.turns.turn import Turn
from storage import timers


class LeaveDoor:
    """The door of every school of one database."""

    def __init__(
        self,
        runner: Runner,
        desks: Mapping[str, Desk],
        links: Links,
        after: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._runner = runner
        self._desks = desks
        self._links = links
        self._after = after

    @property
    def desks(self) -> Mapping[str, Desk]:
        """The desk of every school of this database."""
        return self._desks

    def now(self) -> datetime:
        """The present instant (aware UTC)."""
        return self._runner.clock.now()

    async def form(self, token: str) -> OpenForm | None:
        """The form of a link, while it can still be handed in."""
        link = self._links.read_form(token, self.now())
        if link is None or link.school not in self._desks:
            return None
        async with self._runner.database.read() as db:
            waiting = await timers.get(db, link.school, forms.FORM, forms.key_of(link))
        if waiting is None or not forms.is_theirs(waiting, (await self._runner.school(link.school)).roll):
            return None
        return OpenForm(link, waiting.data["channel"], waiting.data["address"])

    def decision(self, token: str) -> DecisionLink | None:
        """What a decision's link says, while it lives."""
        return self._links.read_decision(token, self.now())

    async def hand_in(self, form: OpenForm, answers: Answers) -> tuple[str, ...]:
        """Make the requests at every school that the form names, all of them or none. Raises Overtaken."""
        link, handed_in = form.link, HandedIn(form, answers)
        named = dict.fromkeys(child.school.id for child in answers.children)
        schools = [link.school, *(school for school in named if school != link.school)]

        async def work(turn: Turn) -> str:
            if turn.school.id == link.school and not await forms.take(turn, link):
                raise Overtaken(USED)
            return await _at(turn, handed_in) if turn.school.id in named else ""

        said = await self._runner.together(schools, work)
        if self._after is not None:
            await self._after()
        return tuple(words for words in said if words)


async def _at(turn: Turn, form: HandedIn) -> str:
    outcome, heard, situation = await forms.requests_of(turn, form)
    forms.note_received(turn, form, heard, situation)
    for effect in outcome.effects:
        await carry_out_effect(turn, effect)
    return forms.tell(turn, outcome.reply, heard, situation) if outcome.reply is not None else ""
