"""For which schools of a database a message is: whose number it came to, who lists the writer, whose child is meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.school import School
from bot.families.elsewhere import child_elsewhere
from bot.families.whose import Claim, Meant
from bot.for_staff.only_asks import SEARCHED
from bot.for_the_reader import children_listed
from bot.sender import who_writes
from bot.understanding import Child, Message, mentioned
from messaging.incoming_mail.reading import MAIL
from service.errors import Handled
from service.incoming import receiving
from service.incoming.in_context import OPT_OUT
from service.incoming.receiving import Reading
from service.turns.turn import Turn
from storage import inbox, outbox, people, schools
from storage.inbox import InboxRow

_ANSWERS = frozenset({"confirm", "reject", "other_parent", "wrong_number"})
"""What answers a question of ours without a report."""


@dataclass(frozen=True, slots=True)
class Places:
    """`at`: the schools that a message was written to. `beside`: others of this database that list the writer."""

    at: tuple[str, ...]
    beside: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Those that were written to before the others."""
        return (*self.at, *self.beside)


async def places_of(db: AsyncConnection, row: InboxRow) -> Places:
    """The schools that send from the number that was written to (all of them where nobody knows it), and those beside.

    What is about the address alone, STOP or a robot's answer, is for whom it was written to.
    """
    at = await schools.schools_at(db, row.channel, row.our_address) or await schools.ids(db)
    if len(at) > 1 and (answered := await _answered(db, row)) in at:
        at = [answered]
    if row.raw.get(OPT_OUT) or (row.raw.get(MAIL) or {}).get("automatic"):
        return Places(tuple(at))
    listing = await people.schools_listing(db, row.channel, row.their_address)
    return Places(tuple(at), tuple(one for one in listing if one not in at))


async def _answered(db: AsyncConnection, row: InboxRow) -> str:
    """The school whose message this mail answers, by our own id in it; "" where it names none."""
    for ours in (row.raw.get(MAIL) or {}).get("answers", ()):
        if (found := await outbox.find(db, ours)) is not None:
            return found.school_id
    return ""


@dataclass(frozen=True, slots=True)
class Family:
    """The writer's children, by school, and which of them the words mention."""

    children: Mapping[str, tuple[Child, ...]]
    mentioned: frozenset[str]

    @classmethod
    def of(cls, row: InboxRow, known: Iterable[School]) -> Family:
        """Whom the words mention, read once over all children of the writer."""
        children = {
            school.id: children_listed(
                school.roll, who_writes(school.roll.at(row.channel, row.their_address), school.roll).children
            )
            for school in known
        }
        everybody = tuple(child_elsewhere(school, child) for school, some in children.items() for child in some)
        return cls(children, mentioned(Message(row.received_at, everybody, None, (), row.text)))

    def mentions(self, school: str) -> bool:
        """True when the words mention a child of this school."""
        return any(child_elsewhere(school, child).id in self.mentioned for child in self.children[school])

    def elsewhere(self, school: str) -> tuple[Child, ...]:
        """The mentioned children of the other schools."""
        others = (child_elsewhere(one, child) for one, some in self.children.items() if one != school for child in some)
        return tuple(child for child in others if child.id in self.mentioned)


def claim(school: str, reading: Reading, places: Places, family: Family) -> Claim:
    """What speaks for the message being this school's."""
    understood, situation = reading.outcome.understood, reading.situation
    told = understood is not None and any(report.children for report in understood.reports)
    return Claim(
        school,
        written_to=school in places.at,
        knows=situation.sender.contact is not None,
        mentions=family.mentions(school),
        tells=told,
        waits=situation.conversation.open_question(reading.heard.at) is not None,
        answers=told or (understood is not None and understood.intent in _ANSWERS),
        serious=understood is not None
        and (understood.urgent or understood.safeguarding or understood.intent in SEARCHED),
    )


def written_here(row: InboxRow, turn: Turn, places: Places) -> InboxRow:
    """The message as if it had come to this school's own number: there its conversation with the writer is."""
    if turn.school.id in places.at:
        return row
    return replace(row, our_address=turn.ours.get(row.channel, row.our_address))


@dataclass(frozen=True, slots=True)
class Addressed:
    """A message with the schools that it is for. `family` is None where it cannot be for more than one."""

    places: Places
    meant: Meant
    family: Family | None = None

    @classmethod
    def to_one(cls, school: str) -> Addressed:
        """A message that is for nobody else."""
        return cls(Places((school,)), Meant(acts=(school,)))

    @property
    def schools(self) -> tuple[str, ...]:
        """Who acts comes first: the first school marks the message as done."""
        return (*self.meant.acts, *self.meant.hears)

    async def answer(self, turn: Turn, row: InboxRow) -> None:
        """One school's part, in the transaction of all of them. Raises Handled where another process was quicker."""
        row = written_here(row, turn, self.places)
        elsewhere = self.family.elsewhere(turn.school.id) if self.family is not None else ()
        reading = await receiving.read_message(turn, row, elsewhere)
        if len(self.schools) == 1:
            await receiving.carry_out(turn, row, reading)
            return
        first = turn.school.id == self.schools[0]
        stored = await inbox.get(turn.db, row.inbox_id)
        if first and (stored is None or stored.state == "done"):
            raise Handled(row.inbox_id)
        if turn.school.id in self.meant.acts:
            await receiving.carry_out_here(turn, row, reading)
        else:
            await receiving.carry_out_in_doubt(turn, row, reading, answers=first)
        await receiving.mark_done(turn, row, reading)
