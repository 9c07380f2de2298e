"""What one message leads to: everything is stored with the decision in one transaction, or nothing is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from attendance.absences import Absence, AbsenceState
from attendance.calendar import Session, local
from attendance.case import Case
from attendance.effects import OpenTask, RaiseAlert
from attendance.events import Event, OnTheWay
from attendance.leave import LeaveRequest
from attendance.people import AddressState
from attendance.register import Entry
from attendance.school import School
from bot.conversation import Conversation
from bot.sender import Sender
from bot.understanding import Child, Understanding
from bot.understanding.words.normalise import line_of


@dataclass(frozen=True, slots=True)
class Heard:
    """One stored message. `at` is when it was written, as far as the provider says it (aware UTC)."""

    id: str
    channel: str
    address: str
    text: str
    at: datetime
    opt_out: str | None = None
    doubt: str = ""
    """Why the channel does not believe that the address is the writer's own (a forged e-mail), in words for staff."""
    automatic: bool = False
    """A program wrote it: it is kept, never answered, and nobody's word."""
    held: bool = False
    """A filter at the family's side wrote it, which keeps what we wrote from them."""
    passed_on: bool = False
    """The words are of a message that was forwarded, and the writer added none of their own."""
    edited: bool = False
    """An earlier message of theirs, which was read already, says this now."""
    edits: str = ""
    """The id of the message that this is the newer version of, where reports were made of it."""
    part_of: str = ""
    """The id of the message with which it was sent as one: a further picture of an album, without words."""
    quotes_ours: bool = False
    """It is a word or two and words of ours that it quotes: a thumb or a heart, as phones in other languages say it."""
    answers_about: tuple[str, ...] = ()
    """Pupils of the message of ours that it answers, where the channel can tell (e-mail, Telegram)."""
    files: int = 0
    """How many files came with it."""
    locked: bool = False
    """Its words are in a form that nobody here can open (an encrypted e-mail)."""

    @property
    def day(self) -> date:
        """The school's (London) date on which it was written."""
        return local(self.at).date()

    @property
    def line(self) -> str:
        """The words as the reader takes them: lower case, short forms written out, a blank between any two."""
        return line_of(self.text)


@dataclass(frozen=True)
class Situation:
    """What a message is decided against, as it stands now."""

    school: School
    sender: Sender
    conversation: Conversation
    known: tuple[Absence, ...] = ()
    cases: Mapping[str, Case] = field(default_factory=dict)
    """Today's newest case of each child of the sender, by pupil id."""
    leave: tuple[LeaveRequest, ...] = ()
    earlier: tuple[Heard, ...] = ()
    """The writer's messages that led to the open question, in order."""
    elsewhere: tuple[Child, ...] = ()
    """The writer's children at other schools of the trust whom the words mention: to be read, and not acted on."""
    entered: Mapping[tuple[str, Session], Entry] = field(default_factory=dict)
    """Register entries of the days that the message is about."""
    sought: Mapping[str, str] = field(default_factory=dict)
    """The sender's children whom somebody is looking for, each with the key of the search."""

    @property
    def own_reports(self) -> list[Absence]:
        """What this writer has reported and still holds."""
        return [absence for absence in self.known if absence.live and absence.contact == self.sender.writer]

    def last_told(self, now: datetime) -> list[Absence]:
        """The reports that the last read-back named and that still hold: what a "no" is about."""
        ids = self.conversation.last_recorded(now)
        return [absence for absence in self.known if absence.live and absence.id in ids]


@dataclass(frozen=True, slots=True)
class Reply:
    """The conversation's one answer to the writer."""

    template: str
    pupils: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """An event for the cases of this pupil today."""

    pupil: str
    event: Event


@dataclass(frozen=True, slots=True)
class SetAside:
    """Words name these contacts as who harmed the pupil: of it they are asked nothing until a person releases them."""

    pupil: str
    contacts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComesIn:
    """A child whom a report explained when the register closed is on the way now: it is waited for, as any other."""

    pupil: str
    event: OnTheWay


@dataclass(frozen=True, slots=True)
class Record:
    """A new report; it takes the place of `replaces` where it corrects one."""

    absence: Absence
    replaces: Absence | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """A report that does not hold: taken back (`cancelled`) or never right (`rejected`)."""

    absence: Absence
    state: AbsenceState


@dataclass(frozen=True, slots=True)
class AskLeave:
    """A request for the headteacher."""

    request: LeaveRequest


@dataclass(frozen=True, slots=True)
class ChangeLeave:
    """A request as the family's words leave it: changed, answered, withdrawn, asked to last longer."""

    request: LeaveRequest
    files: bool = False
    """This message brought evidence for it."""


@dataclass(frozen=True, slots=True)
class SendForm:
    """The writer wants the form: a link that is theirs, to this address."""

    contact: str


@dataclass(frozen=True, slots=True)
class AddressIs:
    """This address is stopped, bad or live again, on this channel."""

    channel: str
    address: str
    state: AddressState
    why: str


BotEffect = (
    CaseEvent
    | SetAside
    | ComesIn
    | Record
    | Withdraw
    | AskLeave
    | ChangeLeave
    | SendForm
    | AddressIs
    | RaiseAlert
    | OpenTask
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that follows from one message."""

    conversation: Conversation
    effects: tuple[BotEffect, ...] = ()
    reply: Reply | None = None
    understood: Understanding | None = None
