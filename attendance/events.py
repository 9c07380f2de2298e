"""Everything that can happen to a case. An event has an id; repeating one changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ChaseBegins:
    """The register closed, or the mark arrived after it: nobody has said why this child is not here."""

    id: str


@dataclass(frozen=True, slots=True)
class SendHeld:
    """Far more N marks than usual: a person must look before families are written to."""

    id: str


@dataclass(frozen=True, slots=True)
class SendReleased:
    """A person released the held send."""

    id: str
    by: str


@dataclass(frozen=True, slots=True)
class SendStopped:
    """A person stopped the held send: nobody is written to about this child, and a person has the case."""

    id: str
    by: str


@dataclass(frozen=True, slots=True)
class TimePassed:
    """A waiting time ended. `due_at` names the time that it is for; one that was overtaken changes nothing."""

    id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class WordsLeft:
    """The provider took the words; the contact's time to answer runs from here."""

    id: str
    contact: str
    channel: str
    round: int


@dataclass(frozen=True, slots=True)
class WordsFailed:
    """The words will not arrive: dead number, landline, opted out, too late. It only makes the next step sooner."""

    id: str
    contact: str
    channel: str
    round: int
    kind: str


@dataclass(frozen=True, slots=True)
class WordsHeldUp:
    """A channel fails for everybody: the words wait. The contact's next channel now, where the round lists one."""

    id: str
    contact: str
    channel: str
    round: int


@dataclass(frozen=True, slots=True)
class AddressWorks:
    """A person says that an address which was dead works again: it was corrected, or the family said so."""

    id: str
    contact: str
    channel: str


@dataclass(frozen=True, slots=True)
class ReasonGiven:
    """A contact who may report said why, and the report covers this session."""

    id: str
    contact: str
    code: str
    says_where: bool = False
    """The words say plainly where the child is: at home, or with somebody who minds it."""
    is_with_them: bool = False
    """The child is with that contact, by the same words ("in bed here")."""


@dataclass(frozen=True, slots=True)
class SafeWithoutReason:
    """A contact knows where the child is and gives no usable reason: whereabouts known, reason still open."""

    id: str
    contact: str
    says_where: bool = False
    is_with_them: bool = False
    """Both as in `ReasonGiven`."""


@dataclass(frozen=True, slots=True)
class UnclearAnswer:
    """A contact who was asked wrote, and it settles nothing yet: we asked back, or a person has to read it."""

    id: str
    contact: str


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """The child is late and coming; `expected_at` is when we ask again whether it has arrived.

    `reason_stands`: why it is away until then was said in the same breath ("sick in the night, in at 11").
    """

    id: str
    contact: str
    expected_at: datetime
    reason_stands: bool = False
    is_with_them: bool = False
    """Whoever writes so brings it."""


@dataclass(frozen=True, slots=True)
class DangerHeard:
    """Believed in school, missing, harm, contradiction: `kind` is an alert reason of the vocabulary."""

    id: str
    contact: str | None
    kind: str
    because: str
    where: bool = False
    """What is feared is where the child is said to be: whoever settles that has settled it."""


@dataclass(frozen=True, slots=True)
class NotWithMe:
    """This contact points to somebody else, or only a person can use what they said: ask the next contact now."""

    id: str
    contact: str
    outcome: str


@dataclass(frozen=True, slots=True)
class ContactStopped:
    """This contact wants no more messages on a channel: no answer to what they were asked on it."""

    id: str
    contact: str
    channel: str


@dataclass(frozen=True, slots=True)
class ReasonWithdrawn:
    """The parent says that what we recorded is wrong: the case is open again. `stands`: another contact whose word that
    the child is safe still holds.
    """

    id: str
    contact: str
    stands: str | None = None


@dataclass(frozen=True, slots=True)
class MarkChanged:
    """The register now says `code`. `by_staff` is the name of the person who amended it here, None for the MIS.

    `later`: it is the mark of a later register of the day, and says nothing against an earlier absence.
    """

    id: str
    code: str | None
    by_staff: str | None = None
    later: bool = False


@dataclass(frozen=True, slots=True)
class AfternoonMissed:
    """The afternoon register closed and the child of an open morning case is still not here."""

    id: str


@dataclass(frozen=True, slots=True)
class SeenSince:
    """The register of a later day has the child in school."""

    id: str


@dataclass(frozen=True, slots=True)
class HeardSince:
    """A contact who may report accounts for the child on a later day."""

    id: str
    contact: str


@dataclass(frozen=True, slots=True)
class StaffConfirmed:
    """A person confirmed the proposed code."""

    id: str
    by: str


@dataclass(frozen=True, slots=True)
class StaffSettled:
    """A named person closes the case with an outcome of the vocabulary."""

    id: str
    by: str
    outcome: str


@dataclass(frozen=True, slots=True)
class StaffTookBack:
    """A named person takes back what they said came of the child: nobody has seen it after all."""

    id: str
    by: str


Event = (
    ChaseBegins
    | SendHeld
    | SendReleased
    | SendStopped
    | TimePassed
    | WordsLeft
    | WordsFailed
    | WordsHeldUp
    | AddressWorks
    | ReasonGiven
    | SafeWithoutReason
    | UnclearAnswer
    | OnTheWay
    | DangerHeard
    | NotWithMe
    | ContactStopped
    | ReasonWithdrawn
    | MarkChanged
    | AfternoonMissed
    | SeenSince
    | HeardSince
    | StaffConfirmed
    | StaffSettled
    | StaffTookBack
)
