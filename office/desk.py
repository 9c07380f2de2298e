"""What the office may ask the service to do, and what it may read. The service implements it; the office is handed it.

Every act is a decision of a named member of staff. It carries what was seen (`seen`, see `stamp`), and a lost race is
`Overtaken`, so that the page can show the newer state with a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Literal, Protocol

from attendance.calendar import Session
from attendance.case import Case
from attendance.ladder import Alert
from attendance.register import Entry
from attendance.school import School
from storage.engine import Database

LeaveAct = Literal["grant", "refuse", "ask_more"]
"""What whoever decides may do with a request for leave."""


class NotPossible(ValueError):
    """What was asked for cannot be done; the message says why and what to do instead."""


class Overtaken(Exception):
    """Somebody or something was quicker; the message says what happened meanwhile. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class LinkWish:
    """What a person wants of one contact of a pupil. None leaves the bar, or who may report, as it is listed."""

    barred: bool | None = None
    may_report: bool | None = None
    asked_first: bool = False
    note: str = ""


class Desk(Protocol):
    """One school's service, as staff may use it. `staff` is always the id of whoever acts."""

    @property
    def school_id(self) -> str:
        """The school whose desk this is."""
        ...

    @property
    def database(self) -> Database:
        """Where pages read."""
        ...

    @property
    def has_bot(self) -> bool:
        """Whether families can be invited to Telegram."""
        ...

    def now(self) -> datetime:
        """The present instant (aware UTC), from the service's clock."""
        ...

    async def school(self) -> School:
        """Policy, calendar and roll as they stand now."""
        ...

    async def acknowledge(self, staff: str, *, pupil: str | None = None, key: str | None = None) -> None:
        """I have it: the live alerts of a pupil, or the one of this key. Raises Overtaken when somebody has it."""
        ...

    async def settle(self, staff: str, pupil: str, outcome: str, seen: str) -> None:
        """Close today's cases of a pupil with an outcome of the vocabulary. Raises NotPossible, Overtaken."""
        ...

    async def confirm(self, staff: str, pupil: str, seen: str) -> None:
        """Confirm the provisional code. Raises NotPossible, Overtaken."""
        ...

    async def amend(self, staff: str, pupil: str, session: Session, code: str, reason: str, seen: str) -> None:
        """Enter another code with its reason. Raises NotPossible, Overtaken."""
        ...

    async def close_alert(self, staff: str, key: str) -> None:
        """A matter without a case is over: read, mended. Raises Overtaken when it was closed before."""
        ...

    async def release(self, staff: str) -> int:
        """What is held and still worth saying leaves. Answers about how many children somebody is written to.

        Raises Overtaken when nothing is held any more.
        """
        ...

    async def stop(self, staff: str) -> int:
        """Nobody is written to. Answers how many children are with `staff` now, on the ladder. Raises Overtaken."""
        ...

    async def hold(self, staff: str) -> int:
        """Hold what has not left yet. Answers for how many children."""
        ...

    async def all_clear(self, staff: str, pupil: str | None = None) -> None:
        """Tell those who were written to about a child who is now accounted for; `pupil`: only about this one.

        Raises NotPossible where nobody may be told about that child.
        """
        ...

    async def promise(self, staff: str, pupil: str, what: str) -> None:
        """I ring, or I go there (`ring`, `home_visit`): a task of this person with a clock. Raises NotPossible."""
        ...

    async def note(self, staff: str, pupil: str, text: str) -> None:
        """A line of one's own in the story. Raises NotPossible."""
        ...

    async def rang(self, staff: str, pupil: str, contact: str, came: str, text: str) -> None:
        """What came of a call to a contact. Raises NotPossible."""
        ...

    async def visited(self, staff: str, pupil: str, key: str, came: str, text: str) -> None:
        """What a home visit found. Raises NotPossible."""
        ...

    async def send(self, staff: str, contact: str, text: str) -> None:
        """A person's own words to a contact. The same words twice within a minute leave once. Raises NotPossible."""
        ...

    async def invite(self, staff: str, contact: str) -> None:
        """Text a contact a link that joins their Telegram chat to their listed number; twice within a minute it leaves
        once. Raises NotPossible."""
        ...

    async def take_over(self, staff: str, contact: str, back: bool = False) -> None:
        """The bot is silent on this contact's threads until they are handed `back`. Raises NotPossible."""
        ...

    async def finish_task(self, staff: str, key: str, outcome: str) -> None:
        """A task is done, and what came of it. Raises Overtaken when somebody finished it before."""
        ...

    async def decide_leave(
        self,
        staff: str,
        leave_id: str,
        seen_version: int,
        act: LeaveAct,
        reason: str,
        days: Sequence[date] | None = None,
    ) -> None:
        """Grant all days or `days`, refuse, or ask for more (`reason` is the question).

        Raises NotPossible, Overtaken.
        """
        ...

    async def release_letter(self, staff: str, letter_id: str, way: Literal["email", "print"]) -> None:
        """A letter goes out by e-mail, or is printed. Raises NotPossible."""
        ...

    async def decide_link(self, staff: str, pupil: str, contact: str, wish: LinkWish) -> None:
        """What no import clears about one contact of a pupil. Raises NotPossible."""
        ...

    async def release_contact(self, staff: str, pupil: str, contact: str, why: str) -> int:
        """A contact who was said to have harmed the pupil is asked of it again. Answers in how many cases they are
        asked now. Raises NotPossible.
        """
        ...

    async def try_again(self, staff: str, contact: str, channel: str) -> int:
        """A dead address works again. Answers about how many children the contact is asked now.

        Raises NotPossible for an address that its owner stopped, Overtaken for one that is live.
        """
        ...

    async def decide_language(self, staff: str, contact: str, language: str | None) -> None:
        """The language of a contact; None leaves it to the school's own system. Raises NotPossible."""
        ...

    async def set_away(self, staff: str, who: str, away: bool) -> None:
        """A member of staff is away from now on, or here again."""
        ...

    async def nudge(self, staff: str, group: str, session: Session) -> None:
        """Remind the teacher of a class whose register is not in. Raises NotPossible."""
        ...

    async def put_marks(self, staff: str, session: Session, marks: Mapping[str, str]) -> tuple[str, ...]:
        """Take a class's register by hand; answers the marks that were refused, with the reason. Raises NotPossible."""
        ...


def stamp(pupil: str, cases: Iterable[Case], alerts: Iterable[Alert], entries: Iterable[Entry]) -> str:
    """What a decision about this pupil looked at, in twelve letters: same letters, same matter.

    A text that leaves or an alert that climbs does not make a decision stale; a new answer, mark or alarm does.
    """
    seen = (
        sorted(
            (
                str(c.session),
                c.stage,
                c.whereabouts,
                c.reason,
                str(c.outcome),
                str(c.code),
                c.alarms,
                c.reopened,
                c.held,
            )
            for c in cases
            if c.pupil == pupil
        ),
        sorted(alert.key for alert in alerts if alert.live and pupil in alert.pupils),
        sorted((str(e.session), str(e.current), e.provisional) for e in entries if e.pupil == pupil),
    )
    return sha256(repr(seen).encode()).hexdigest()[:12]
